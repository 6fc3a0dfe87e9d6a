"""What the tests of the digests share: databases of both systems, subscribers, a clock that is told the time; and for
those of sending a sandbox with an office over it, readers, a group, a channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Sandbox
from bot.seal import Seal
from bot.store.database import Database
from tests.digests.almanac import statistic, term
from tests.digests.correcting import Desk
from tests.digests.post import Post, StandingClock
from tests.digests.post_office import Office
from tests.store.conftest import database, seal

__all__ = ["database", "seal"]


@pytest.fixture
def post(database: Database, seal: Seal) -> Post:
    return Post(database, seal)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
async def desk(database: Database, clock: StandingClock, post: Post) -> Desk:
    """One at which a figure is published."""
    made = Desk(database, clock, post)
    await made.publish(statistic("s"), term("t"))
    return made


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(limits="off") as running:
        yield running


@pytest.fixture
def office(database: Database, seal: Seal, sandbox: Sandbox) -> Office:
    return Office(database, seal, sandbox.url, sandbox.token)


@pytest.fixture
def readers(sandbox: Sandbox) -> list[int]:
    return [sandbox.world.add_person(f"Reader {number}", started=True).id for number in range(100)]


@pytest.fixture
def group(sandbox: Sandbox) -> int:
    return sandbox.world.add_chat("supergroup", "Group").id


@pytest.fixture
def channel(sandbox: Sandbox) -> int:
    return sandbox.world.add_chat("channel", "Channel", bot="administrator").id


def got(sandbox: Sandbox) -> Counter[int]:
    """How many messages each chat got."""
    return Counter(taken.chat_id for taken in sandbox.journal.messages)
