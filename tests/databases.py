"""Databases for tests: SQLite in a file and a real PostgreSQL, each empty; and the whole bot on either of them.

A test of the whole bot runs on SQLite, or on both where it bears the mark `on_both`; what it gets is a copy of a
database that is migrated, which takes a tenth of the time.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import open_database
from tests.store.postgresql import empty_database, make_database, running

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


async def migrate(url: str) -> None:
    """Leave a database as a bot does that was started and stopped."""
    await (await open_database(url)).close()


def run_aside(work: Coroutine[Any, Any, object]) -> None:
    """Run in a thread of its own: the loop of the test is none of this."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database in which nothing is kept, migrated."""
    path = tmp_path_factory.mktemp("migrated") / "test.db"
    run_aside(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_database(postgresql: str) -> str:
    """The name of such a database on PostgreSQL."""

    async def make() -> None:
        await migrate(await make_database(postgresql, "migrated"))

    run_aside(make())
    return "migrated"


@pytest.fixture
def sqlite_home(migrated_file: Path, tmp_path: Path) -> str:
    """Address of a copy of the one."""
    return f"sqlite+aiosqlite:///{shutil.copy(migrated_file, tmp_path / 'test.db')}"


@pytest.fixture
async def postgresql_home(postgresql: str, migrated_database: str) -> AsyncIterator[str]:
    """Address of a copy of the other."""
    async with empty_database(postgresql, like=migrated_database) as address:
        yield address


@pytest.fixture
def system(request: pytest.FixtureRequest) -> str:
    """On which system the whole bot keeps its state."""
    chosen: str = getattr(request, "param", SYSTEMS[0])
    return chosen


@pytest.fixture
def home(request: pytest.FixtureRequest, system: str) -> str:
    """Address of a database on that system in which nothing is kept."""
    address: str = request.getfixturevalue(f"{system}_home")
    return address
