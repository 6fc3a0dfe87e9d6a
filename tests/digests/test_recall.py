"""Taking an edition back: deleted while Telegram lets, or written anew; it goes on where it was broken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.digests.printing import Part
from bot.digests.recall import DELETABLE, PACE, Fate, Recall, Recalled
from bot.seal import Seal
from bot.store.database import Database
from bot.store.editions import EditionStore, Name
from bot.store.states import Delivery
from bot.subscription import ChatKind, Subscription
from tests.digests.post import FIRST_CHAT, Post, StandingClock


@dataclass
class Telegram:
    """What stands in chats: (chat, message) → text. Those in `refuse` are kept as they are."""

    messages: dict[tuple[int, int], str] = field(default_factory=dict)
    refuse: set[tuple[int, int]] = field(default_factory=set)
    dies_after: int | None = None
    calls: int = 0

    def _fate(self, place: tuple[int, int]) -> Fate:
        self.calls += 1
        if self.dies_after is not None and self.calls > self.dies_after:
            raise KeyboardInterrupt
        if place in self.refuse:
            return Fate.REFUSED
        return Fate.DONE if place in self.messages else Fate.GONE

    async def delete(self, chat: int, message: int) -> Fate:
        fate = self._fate((chat, message))
        if fate is Fate.DONE:
            del self.messages[chat, message]
        return fate

    async def edit(self, chat: int, message: int, part: object) -> Fate:
        fate = self._fate((chat, message))
        if fate is Fate.DONE:
            assert isinstance(part, Part)
            self.messages[chat, message] = part.html
        return fate


class World:
    """An edition that was sent to some people, and what becomes of it."""

    def __init__(self, database: Database, seal: Seal, clock: StandingClock, post: Post) -> None:
        self.database, self.clock, self.post = database, clock, post
        self.telegram, self.version, self.parts = Telegram(), "2 abc", ["new"]
        self.recall = Recall(
            database,
            seal,
            clock,
            self.printing,
            self.renew,
            delete=self.telegram.delete,
            edit=self.telegram.edit,
        )

    async def printing(self, edition: int, subscription: Subscription, kind: ChatKind) -> Sequence[Part]:
        return [Part(html) for html in self.parts]

    async def renew(self, edition: int) -> str:
        return self.version

    async def edition(self) -> int:
        async with self.database.begin() as connection:
            return await EditionStore().ensure(
                connection, Name("digest", "weekly", "w1", "", "en"), version=1, body={}, empty=False, created=1
            )

    async def sent(self, edition: int, *messages: int, ago: float = 60, state: Delivery = Delivery.SENT) -> int:
        """Somebody got these messages of it; the chat."""
        subscription = await self.post.subscriber()
        settled = self.clock.seconds - ago
        await self.post.deliver(edition, subscription, state=state, messages=messages, settled=settled)
        chat = FIRST_CHAT + self.post.count
        self.telegram.messages |= {(chat, message): "old" for message in messages}
        return chat


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    return World(database, seal, clock, post)


async def test_what_was_sent_is_deleted_and_what_waits_is_stopped(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, 2)
    await world.sent(edition, 3)
    await world.post.deliver(edition, await world.post.subscriber())
    assert await world.recall.delete(edition) == Recalled(done=3, stopped=1)
    assert world.telegram.messages == {}
    assert await world.recall.delete(edition) == Recalled()


@pytest.mark.parametrize("state", [Delivery.UNCONFIRMED, Delivery.EXPIRED, Delivery.FAILED])
async def test_parts_that_stand_are_deleted_whatever_became_of_the_next(world: World, state: Delivery) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, state=state)
    assert await world.recall.delete(edition) == Recalled(done=1)
    assert world.telegram.messages == {}


async def test_a_message_of_which_nobody_knows_the_number_is_counted_and_left(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 0, 2)
    world.parts = ["one", "two"]
    assert (await world.recall.rewrite(edition)).refused == 1
    assert world.telegram.messages[chat, 2] == "two"
    assert await world.recall.delete(edition) == Recalled(done=1, refused=1)


async def test_what_is_older_than_two_days_stays(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, ago=DELETABLE + 60)
    await world.sent(edition, 2)
    assert await world.recall.delete(edition) == Recalled(done=1, too_old=1)
    assert list(world.telegram.messages.values()) == ["old"]


async def test_what_telegram_refuses_is_tried_again_next_time(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, 2)
    world.telegram.refuse = {(chat, 2)}
    assert await world.recall.delete(edition) == Recalled(done=1, refused=1)
    world.telegram.refuse = set()
    assert await world.recall.delete(edition) == Recalled(done=1)


async def test_other_editions_are_left_alone(world: World, database: Database) -> None:
    edition = await world.edition()
    async with database.begin() as connection:
        other = await EditionStore().ensure(
            connection, Name("digest", "weekly", "w2", "", "en"), version=1, body={}, empty=False, created=1
        )
    await world.sent(other, 1)
    assert await world.recall.delete(edition) == Recalled()
    assert len(world.telegram.messages) == 1


async def test_what_was_sent_is_written_anew(world: World) -> None:
    edition = await world.edition()
    for number in (1, 2, 3):
        await world.sent(edition, number)
    assert await world.recall.rewrite(edition) == Recalled(done=3)
    assert set(world.telegram.messages.values()) == {"new"}


async def test_what_says_the_same_already_is_not_touched_again(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1)
    await world.recall.rewrite(edition)
    assert await world.recall.rewrite(edition) == Recalled()
    world.version, world.parts = "3 abc", ["newer"]
    assert await world.recall.rewrite(edition) == Recalled(done=1)
    assert set(world.telegram.messages.values()) == {"newer"}


async def test_a_message_that_the_edition_has_no_more_is_deleted(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, 2)
    assert await world.recall.rewrite(edition) == Recalled(done=2)
    assert list(world.telegram.messages.values()) == ["new"]
    old = await world.sent(edition, 3, 4, ago=DELETABLE + 60)
    assert await world.recall.rewrite(edition) == Recalled(done=1, refused=1)
    assert world.telegram.messages[old, 4] == "old"


@pytest.mark.parametrize("dies_after", range(1, 6))
async def test_broken_off_it_goes_on_where_it_was(world: World, dies_after: int) -> None:
    edition = await world.edition()
    for number in range(1, 7):
        await world.sent(edition, number)
    world.telegram.dies_after = dies_after
    with pytest.raises(KeyboardInterrupt):
        await world.recall.rewrite(edition)
    world.telegram.dies_after = None
    assert (await world.recall.rewrite(edition)).done == 6 - dies_after
    assert set(world.telegram.messages.values()) == {"new"}


@pytest.mark.parametrize("erase", [True, False])
async def test_what_was_ordered_is_known_until_it_is_done(world: World, erase: bool) -> None:
    edition = await world.edition()
    for number in range(1, 4):
        await world.sent(edition, number)
    await world.recall.order(edition, erase=not erase)
    await world.recall.order(edition, erase=erase)
    world.telegram.dies_after = 1
    with pytest.raises(KeyboardInterrupt):
        await world.recall.fulfil(edition, erase=erase)
    world.telegram.dies_after = None
    assert await world.recall.ordered() == ((edition, erase),)
    await world.recall.fulfil(edition, erase=erase)
    assert set(world.telegram.messages.values()) == (set() if erase else {"new"})
    assert await world.recall.ordered() == ()


async def test_it_keeps_to_its_pace(world: World, clock: StandingClock) -> None:
    edition = await world.edition()
    for number in range(1, 11):
        await world.sent(edition, number)
    before = clock.seconds
    await world.recall.rewrite(edition)
    assert clock.seconds - before == pytest.approx(10 / PACE)
