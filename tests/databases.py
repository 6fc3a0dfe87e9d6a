"""Databases for tests: SQLite in a file and a real PostgreSQL, each empty; and the whole bot on either of them.

A test of the whole bot runs on SQLite, or on both where it bears the mark `on_both`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.store.postgresql import empty_database, running

SYSTEMS = ("sqlite", "postgresql")
on_both = pytest.mark.parametrize("system", SYSTEMS, indirect=True)


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


@pytest.fixture(params=SYSTEMS)
def url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database, on each of the two systems."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
def system(request: pytest.FixtureRequest) -> str:
    """On which system the whole bot keeps its state."""
    chosen: str = getattr(request, "param", SYSTEMS[0])
    return chosen


@pytest.fixture
def home(request: pytest.FixtureRequest, system: str) -> str:
    """Address of an empty database on that system."""
    address: str = request.getfixturevalue(f"{system}_url")
    return address
