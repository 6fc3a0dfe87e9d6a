"""Taking back where nobody knows the numbers of messages: they are told of, and nothing else is touched for them."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.digests.fates import Fate, Recalled
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.states import Delivery
from bot.store.tables import outbox
from tests.digests.post import Post, StandingClock
from tests.digests.recalling import World


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    return World(database, seal, clock, post)


async def test_a_message_of_which_nobody_knows_the_number_is_counted_and_left(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 0, 2)
    world.parts = ["one", "two"]
    recalled = await world.recall.rewrite(edition)
    assert (recalled.refused, recalled.by_hand, recalled.where) == (0, 1, (chat,))
    assert world.telegram.messages[chat, 2] == "two"
    assert await world.recall.delete(edition) == Recalled(done=1, by_hand=1, where=(chat,))


@pytest.mark.parametrize("erase", [True, False])
async def test_copies_whose_numbers_nobody_knows_are_told_of_and_do_not_count_as_stopped(
    world: World, database: Database, erase: bool
) -> None:
    deliveries, edition = Deliveries(database), await world.edition()
    for state in (Delivery.RETRY, Delivery.EXPIRED):
        await world.post.deliver(edition, await world.post.subscriber(), state=state, settled=world.clock.seconds)
    assert (await deliveries.sent(), await deliveries.sent_of(edition)) == ((), None)
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(doubtful=1))
    assert [each.count for each in await deliveries.sent()] == [2]
    await world.sent(edition, 1)
    await world.post.deliver(edition, await world.post.subscriber())
    recalled = await (world.recall.delete(edition) if erase else world.recall.rewrite(edition))
    assert recalled == Recalled(done=1, stopped=int(erase), copies=2)
    assert [each.count for each in await deliveries.sent()] == [2 if erase else 3]


@pytest.mark.parametrize("erase", [True, False])
async def test_a_group_that_moves_while_its_message_is_taken_back_keeps_no_number_of_before(
    world: World, database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch, erase: bool
) -> None:
    edition, new = await world.edition(), -1_001_234_567_890
    chat = await world.sent(edition, 1, 2)

    async def moved(old: int, _: int, __: object = None) -> Fate:
        await Chats(database, seal).move(old, new)
        return Fate.UNKNOWN

    with monkeypatch.context() as patch:
        patch.setattr(world.recall, "_delete", moved)
        patch.setattr(world.recall, "_edit", moved)
        recalled = await (world.recall.delete(edition) if erase else world.recall.rewrite(edition))
    assert (recalled.by_hand, recalled.where) == (2, (new,))
    (row,) = await world.all_sent(edition)
    assert row.message_ids == (0, 0)
    assert world.telegram.messages == {(chat, 1): "old", (chat, 2): "old"}
