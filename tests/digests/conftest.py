"""What the tests of the digests share: databases of both systems, subscribers, a clock that is told the time."""

from __future__ import annotations

import pytest

from bot.seal import Seal
from bot.store.database import Database
from tests.digests.post import Post, StandingClock
from tests.store.conftest import database, postgresql, postgresql_url, seal, sqlite_url, url

__all__ = ["database", "postgresql", "postgresql_url", "seal", "sqlite_url", "url"]


@pytest.fixture
def post(database: Database, seal: Seal) -> Post:
    return Post(database, seal)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()
