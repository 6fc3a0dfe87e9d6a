"""All states of an edition add up to its recipients, whoever is forgotten in the middle."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.digests.pruning import Pruning
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.states import Delivery
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import chats, outbox
from bot.subscription import ChatKind, Subscription
from tests.digests.post import FIRST_CHAT, Post, StandingClock
from tests.digests.post_office import plan

LONG_AGO = 86_400 * 400


class Community:
    """Subscribers with an edition or two on their way, who leave in every way there is."""

    def __init__(self, database: Database, seal: Seal, clock: StandingClock, post: Post, seed: int) -> None:
        self.database, self.clock, self.post = database, clock, post
        self.chance = random.Random(seed)
        self.store, self.chats = SubscriptionStore(database, seal), Chats(database, seal)
        self.there: dict[int, Subscription] = {}

    async def arrive(self, count: int) -> None:
        for _ in range(count):
            kind = self.chance.choice(list(ChatKind))
            subscription = await self.post.subscriber(kind=kind)
            self.there[FIRST_CHAT + self.post.count] = subscription

    async def go_on(self) -> None:
        """Some deliveries come into other states."""
        for state in self.chance.sample(list(Delivery), 4):
            some = outbox.c.id % self.chance.randrange(2, 6) == 0
            async with self.database.begin() as connection:
                await connection.execute(update(outbox).where(some).values(state=state.value))

    async def unsubscribe(self) -> None:
        chat = self.chance.choice(list(self.there))
        assert await self.store.unsubscribe(self.there.pop(chat).key)

    async def forget(self) -> None:
        chat = self.chance.choice(list(self.there))
        del self.there[chat]
        assert await self.chats.forget(chat)

    async def merge(self) -> None:
        """A group moves to where there is a subscription already."""
        old, new = self.chance.sample(list(self.there), 2)
        del self.there[old]
        await self.chats.move(old, new)

    async def out_of_reach(self) -> None:
        """Somebody was out of reach for so long that all goes."""
        chat = self.chance.choice(list(self.there))
        gone = self.there.pop(chat)
        async with self.database.begin() as connection:
            lost = update(chats).where(chats.c.key == gone.chat)
            await connection.execute(lost.values(unreachable_since=int(self.clock.seconds) - LONG_AGO))
        await Pruning(self.database, 30).prune(self.clock.now())

    async def grow_old(self) -> None:
        """Some deliveries that ended are pruned."""
        async with self.database.begin() as connection:
            old = update(outbox).where(outbox.c.id % 7 == 0)
            await connection.execute(old.values(not_before=1.0))
        await Pruning(self.database, 30).prune(datetime.now(UTC))


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_leaves_in_the_middle_the_states_add_up_to_the_recipients(
    database: Database, seal: Seal, clock: StandingClock, post: Post, seed: int
) -> None:
    community = Community(database, seal, clock, post, seed)
    deliveries = Deliveries(database)
    await community.arrive(24)
    planned = {await plan(database, "w1"): 24}
    await community.arrive(4)
    planned[await plan(database, "w2")] = 28
    ways = [community.unsubscribe, community.forget, community.merge, community.out_of_reach, community.grow_old]
    for _ in range(4):
        for leave in community.chance.sample(ways, len(ways)):
            await community.go_on()
            await leave()
            assert {each: sum((await deliveries.totals(each)).values()) for each in planned} == planned
            assert sorted(run.recipients for run in await deliveries.runs()) == [24, 28]


async def test_what_waited_for_whoever_left_is_cancelled_and_what_was_under_way_is_unconfirmed(
    database: Database, seal: Seal, post: Post
) -> None:
    chats_, gone = Chats(database, seal), []
    for _ in range(4):
        await post.subscriber()
        gone.append(FIRST_CHAT + post.count)
    edition = await plan(database)
    states = (Delivery.QUEUED, Delivery.RETRY, Delivery.SENDING, Delivery.SENT)
    async with database.begin() as connection:
        for number, state in enumerate(states, start=1):
            await connection.execute(update(outbox).where(outbox.c.id == number).values(state=state.value))
    for chat in gone:
        assert await chats_.forget(chat)
    assert not await chats_.forget(gone[0])
    expected = {Delivery.CANCELLED: 2, Delivery.UNCONFIRMED: 1, Delivery.SENT: 1}
    assert await Deliveries(database).totals(edition) == expected
    assert await Deliveries(database).unconfirmed_count() == 0
