"""What the tests of the editors' room share: the small content and the shipped one, a publisher over a folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalog.bundle import Bundle
from bot.editing.folder import Folder
from bot.editing.publishing import Publisher
from bot.store.database import Database, open_database
from bot.store.versions import Versions
from tests.catalog.conftest import house, shipped
from tests.catalog.house import House
from tests.editing.house_files import QuickClock, bundle_of, lay_out
from tests.store.conftest import postgresql

__all__ = ["database", "first", "folder", "house", "postgresql", "publisher", "shipped", "versions"]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open SQLite database."""
    opened = await open_database(f"sqlite+aiosqlite:///{tmp_path}/var/test.db")
    yield opened
    await opened.close()


@pytest.fixture
def first() -> Bundle:
    """The files that are published first."""
    return bundle_of(House())


@pytest.fixture
def folder(tmp_path: Path, first: Bundle) -> Folder:
    """A folder that holds them."""
    return lay_out(tmp_path, first)


@pytest.fixture
def versions(database: Database) -> Versions:
    """The store of versions."""
    return Versions(database)


@pytest.fixture
async def publisher(versions: Versions, folder: Folder) -> Publisher:
    """A publisher that has taken the folder up as the first version."""
    opened = Publisher(versions, folder, QuickClock())
    await opened.open()
    return opened
