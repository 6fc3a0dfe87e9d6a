"""Taking back while Telegram does not answer, or asks to wait: it is tried again, and the order is kept."""

from __future__ import annotations

import pytest

from bot.digests.fates import Recalled
from bot.digests.printing import FRESH_SECONDS
from bot.digests.recall import PATIENCE
from bot.seal import Seal
from bot.store.database import Database
from tests.digests.post import Post, StandingClock
from tests.digests.recalling import World


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    return World(database, seal, clock, post)


@pytest.mark.parametrize("erase", [True, False])
async def test_what_was_not_answered_is_tried_again_and_counted_once(world: World, erase: bool) -> None:
    edition, world.parts = await world.edition(), ["new", "new", "new"]
    chat = await world.sent(edition, 1, 2, 3)
    other = await world.sent(edition, 4)
    world.telegram.silent, world.telegram.refuse = {(chat, 2): [0.0, 0.0]}, {(chat, 3)}
    await world.recall.order(edition, erase=erase)
    recalled = await world.recall.fulfil(edition, erase=erase)
    assert (recalled.done, recalled.gone, recalled.refused, recalled.left) == (3, 0, 1, 0)
    stands = {(chat, 3): "old"} if erase else {(chat, 1): "new", (chat, 2): "new", (chat, 3): "old", (other, 4): "new"}
    assert world.telegram.messages == stands
    assert await world.recall.ordered() == ()


@pytest.mark.parametrize("erase", [True, False])
async def test_it_waits_as_long_as_telegram_asks(world: World, clock: StandingClock, erase: bool) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1)
    world.telegram.silent[chat, 1] = [PATIENCE + 100]
    begun = clock.seconds
    assert await world.recall.fulfil(edition, erase=erase) == Recalled(done=1)
    assert clock.seconds - begun == pytest.approx(PATIENCE + 100 + (0 if erase else FRESH_SECONDS), abs=2)
    assert world.telegram.calls == 2


@pytest.mark.parametrize("erase", [True, False])
async def test_in_an_outage_it_asks_seldom_gives_up_for_now_and_keeps_the_order(world: World, erase: bool) -> None:
    edition = await world.edition()
    for number in range(1, 31):
        await world.sent(edition, number)
    world.telegram.out = True
    await world.recall.order(edition, erase=erase)
    assert await world.recall.fulfil(edition, erase=erase) == Recalled(left=30)
    assert world.telegram.calls < 15
    assert await world.recall.ordered() == ((edition, erase),)
    world.telegram.out = False
    assert await world.recall.fulfil(edition, erase=erase) == Recalled(done=30)
    assert await world.recall.ordered() == ()
