"""Orders to take back: one that breaks off lets go of what it held, and none is forgotten for another."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select, update

from bot.digests.fates import Fate, Recalled
from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.editions import EditionStore, Name
from bot.store.states import Delivery
from bot.store.tables import outbox
from tests.digests.post import Post, StandingClock
from tests.digests.recalling import World


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    return World(database, seal, clock, post)


@pytest.mark.parametrize("room", ["_printing", "_edit"])
async def test_one_that_raises_lets_the_delivery_go_on_and_stays_ordered(
    world: World, database: Database, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    edition = await world.edition()
    await world.sent(edition, 1, state=Delivery.RETRY)
    await world.recall.order(edition, erase=False)
    with monkeypatch.context() as patch:
        patch.setattr(world.recall, room, broken)
        with pytest.raises(ZeroDivisionError):
            await world.recall.fulfil(edition, erase=False)
    async with database.read() as connection:
        row = (await connection.execute(select(outbox.c.not_before, outbox.c.message_ids))).one()
    assert (row.not_before, row.message_ids) == (pytest.approx(world.clock.seconds, abs=1), [1])
    assert await world.recall.ordered() == ((edition, False),)
    assert await world.recall.fulfil(edition, erase=False) == Recalled(done=1)


async def test_of_two_orders_for_one_edition_the_first_to_end_does_not_forget_the_second(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = await world.edition()
    for number in (1, 2):
        await world.sent(edition, number)
    edit, going, erased = world.telegram.edit, asyncio.Event(), asyncio.Event()

    async def slow(*given: object) -> Fate:
        going.set()
        await erased.wait()
        return await edit(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(world.recall, "_edit", slow)
    await world.recall.order(edition, erase=False)
    first = asyncio.create_task(world.recall.fulfil(edition, erase=False))
    await going.wait()
    await world.recall.order(edition, erase=True)
    second = asyncio.create_task(world.recall.fulfil(edition, erase=True))
    await asyncio.sleep(0)
    second.cancel()  # the bot ends before its turn comes
    erased.set()
    assert await first == Recalled(done=2)
    assert await world.recall.ordered() == ((edition, True),)
    assert await world.recall.fulfil(edition, erase=True) == Recalled(done=2)
    assert await world.recall.ordered() == ()


async def test_two_orders_for_one_edition_are_fulfilled_one_by_one(world: World) -> None:
    edition = await world.edition()
    for number in range(1, 5):
        await world.sent(edition, number)
    await world.recall.order(edition, erase=True)
    rewritten, deleted = await asyncio.gather(
        world.recall.fulfil(edition, erase=False), world.recall.fulfil(edition, erase=True)
    )
    assert (rewritten, deleted) == (Recalled(done=4), Recalled(done=4))
    assert world.telegram.messages == {}
    assert await world.recall.ordered() == ()


async def test_what_leaves_just_now_is_listed_before_what_was_sent(world: World, database: Database) -> None:
    async with database.begin() as connection:
        name = Name("digest", "weekly", "w0", "", "en")
        first = await EditionStore().ensure(connection, name, version=1, body={}, empty=False, created=1)
    await world.sent(first, state=Delivery.SENDING)
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(settled=None))
    second = await world.edition()
    await world.sent(second, 1)
    assert [each.id for each in await Deliveries(database).sent()] == [first, second]
