from __future__ import annotations

import asyncio
import os
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.digests import pruning as pruning_module
from bot.digests.pruning import ENDED, Pruning
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.states import PARKED, Delivery
from bot.store.tables import chats, editions, outbox, subscriptions
from tests.digests.community import at, count, row, subscribe
from tests.store.postgresql import somebody_waits

NOW = at("2026-11-30T12:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning_module, "_SLICE", 4)


async def delivered(database: Database, days_ago: float, states: list[str]) -> int:
    """An edition that so many days ago went out to as many as there are states; its id."""
    ids = await subscribe(database, None, len(states))
    moment = (NOW - days_ago * DAY).timestamp()
    async with database.begin() as connection:
        values: dict[str, Any] = {
            "kind": "digest",
            "cadence": "weekly",
            "period": os.urandom(6).hex(),
            "topics": "",
            "language": "en",
        }
        values |= {"version": 1, "body": {}, "empty": False, "created": 0, "state": "ready"}
        edition: int = (await connection.execute(insert(editions).values(values).returning(editions.c.id))).scalar_one()
        for each, state in zip(ids, states, strict=True):
            chat = (await connection.execute(select(subscriptions.c.chat).where(subscriptions.c.id == each))).scalar()
            delivery = {"edition": edition, "subscription": each, "period": "w", "chat": chat, "state": state}
            delivery |= {"parts_sent": 0, "message_ids": [], "attempts": 0, "due": int(moment)}
            delivery |= {"send_before": int(moment), "not_before": moment}
            await connection.execute(insert(outbox).values(delivery))
    return edition


async def totals(database: Database, edition: int) -> dict[str, int] | None:
    async with database.read() as connection:
        found: dict[str, int] | None = (
            await connection.execute(select(editions.c.totals).where(editions.c.id == edition))
        ).scalar_one()
        return found


async def test_old_deliveries_go_and_their_edition_keeps_how_many_ended_how(database: Database) -> None:
    old = await delivered(database, 31, ["sent"] * 9 + ["failed"] * 2 + list(ENDED))
    recent = await delivered(database, 29, ["sent"] * 3)
    assert await Pruning(database, 30).prune(NOW) == 17
    assert await totals(database, old) == Counter(["sent"] * 9 + ["failed"] * 2 + list(ENDED))
    assert await totals(database, recent) is None
    assert await count(database) == 3
    assert (await Deliveries(database).totals(old))[Delivery.SENT] == 10


async def test_totals_add_up_however_often_it_is_pruned(database: Database) -> None:
    edition = await delivered(database, 31, ["sent"] * 6)
    pruning = Pruning(database, 30)
    await pruning.prune(NOW)
    async with database.begin() as connection:
        await connection.execute(update(editions).values(state="ready"))
    await pruning.prune(NOW + DAY)
    assert await totals(database, edition) == {"sent": 6}


async def test_what_was_cancelled_while_its_edition_was_paused_goes_too(database: Database) -> None:
    await delivered(database, 31, ["cancelled"])
    await delivered(database, 29, ["cancelled"])
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(not_before=PARKED))
    assert await Pruning(database, 30).prune(NOW) == 1


@pytest.mark.parametrize("state", ["queued", "retry", "sending"])
async def test_what_has_not_ended_stays(database: Database, state: str) -> None:
    await delivered(database, 300, [state])
    assert await Pruning(database, 30).prune(NOW) == 0
    assert await count(database) == 1


async def test_rows_that_keep_a_period_from_ringing_twice_stay_whatever_the_setting(database: Database) -> None:
    await delivered(database, 8.9, ["sent"])
    pruning = Pruning(database, 2)
    assert [await pruning.prune(NOW), await pruning.prune(NOW + DAY)] == [0, 1]


async def test_chats_out_of_reach_for_half_a_year_go_with_all_that_is_kept(database: Database) -> None:
    ids = await subscribe(database, None, 9, state="unreachable")
    keys = [(await row(database, each)).chat for each in ids]
    async with database.begin() as connection:
        for key, days in zip(keys, (181, 181, 181, 181, 181, 181, 179, 1, None), strict=True):
            since = None if days is None else int((NOW - days * DAY).timestamp())
            await connection.execute(update(chats).where(chats.c.key == key).values(unreachable_since=since))
    assert await Pruning(database, 30).prune(NOW) == 6
    async with database.read() as connection:
        left = (await connection.execute(select(subscriptions.c.id).order_by(subscriptions.c.id))).scalars().all()
        assert left == ids[6:]
        assert (await connection.execute(select(func.count()).select_from(chats))).scalar_one() == 3


async def test_a_run_ends_and_leaves_the_rest_for_the_next(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning_module, "_SLICES", 2)
    await delivered(database, 31, ["sent"] * 10)
    pruning = Pruning(database, 30)
    assert [await pruning.prune(NOW) for _ in range(3)] == [8, 2, 0]


class TestOnPostgreSQL:
    """Where somebody may come back at the very moment in which their chat is looked at."""

    @pytest.fixture
    def url(self, postgresql_url: str) -> str:
        return postgresql_url

    async def test_who_comes_back_at_that_moment_keeps_everything(self, database: Database) -> None:
        await subscribe(database, None, 2, state="unreachable")
        async with database.begin() as connection:
            await connection.execute(update(chats).values(unreachable_since=1))
            first = (await connection.execute(select(func.min(chats.c.key)))).scalar_one()
        async with database.begin() as coming_back:
            await coming_back.execute(update(chats).where(chats.c.key == first).values(unreachable_since=None))
            pruning = asyncio.create_task(Pruning(database, 30).prune(NOW))
            waits = asyncio.create_task(somebody_waits(database))
            await asyncio.wait((pruning, waits), return_when=asyncio.FIRST_COMPLETED)
            waits.cancel()
        assert await pruning == 1
        async with database.read() as connection:
            assert (await connection.execute(select(chats.c.key))).scalars().all() == [first]
            assert (await connection.execute(select(subscriptions.c.chat))).scalars().all() == [first]
