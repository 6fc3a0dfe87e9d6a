"""Databases for the tests of the store: SQLite in a file, and a real PostgreSQL of our own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.seal import KEY_BYTES, Seal
from bot.store.database import Database, open_database
from tests.store.postgresql import empty_database, running

KEY = bytes(range(KEY_BYTES))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL server."""
    with running() as address:
        yield address


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/var/test.db"


@pytest.fixture
async def postgresql_url(postgresql: str) -> AsyncIterator[str]:
    """Address of an empty PostgreSQL database."""
    async with empty_database(postgresql) as address:
        yield address


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
