"""What the tests of the store share: an open database on each of the two systems, and a seal."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.seal import KEY_BYTES, Seal
from bot.store.database import Database, open_database

KEY = bytes(range(KEY_BYTES))


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
