"""What the tests of taking back share: a Telegram that can be told to refuse, an edition whose words change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.digests.fates import Fate, Unanswered
from bot.digests.printing import Part, Rows, under
from bot.digests.recall import Recall
from bot.seal import Seal
from bot.store.database import Database
from bot.store.editions import EditionStore, Name
from bot.store.outbox import Holds
from bot.store.standing import Standing, StandingDeliveries
from bot.store.states import Delivery
from bot.subscription import ChatKind, Subscription
from tests.digests.post import FIRST_CHAT, Post, StandingClock


@dataclass
class Telegram:
    """What stands in chats: (chat, message) → text. Those in `refuse` are kept as they are."""

    messages: dict[tuple[int, int], str] = field(default_factory=dict)
    buttons: dict[tuple[int, int], Rows] = field(default_factory=dict)
    refuse: set[tuple[int, int]] = field(default_factory=set)
    kept: set[tuple[int, int]] = field(default_factory=set)
    """Those that it lets be written anew, and not be deleted."""
    silent: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    """Messages for which there is no answer so often: each time the seconds that it asks to wait, or 0."""
    out: bool = False
    """Whether it answers nothing at all."""
    dies_after: int | None = None
    calls: int = 0

    def _fate(self, place: tuple[int, int]) -> Fate:
        self.calls += 1
        if self.dies_after is not None and self.calls > self.dies_after:
            raise KeyboardInterrupt
        if self.out or self.silent.get(place):
            raise Unanswered(0.0 if self.out else self.silent[place].pop(0))
        if place in self.refuse:
            return Fate.REFUSED
        return Fate.DONE if place in self.messages else Fate.GONE

    async def delete(self, chat: int, message: int) -> Fate:
        fate = Fate.REFUSED if (chat, message) in self.kept else self._fate((chat, message))
        if fate is Fate.DONE:
            del self.messages[chat, message]
        return fate

    async def edit(self, chat: int, message: int, part: object) -> Fate:
        fate = self._fate((chat, message))
        if fate is Fate.DONE:
            assert isinstance(part, Part)
            self.messages[chat, message], self.buttons[chat, message] = part.html, part.buttons
        return fate


class Words:
    """A printer of texts, each a piece; after those told it goes on with the others."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    async def __call__(self, _: int, __: Subscription, ___: ChatKind, told: Holds, ____: int = 0) -> list[Part]:
        gone = [name for message in told for name in message]
        left = [Part(text, holds=(text[-4:],)) for text in self.texts if text[-4:] not in gone]
        return [*(Part("", holds=names) for names in told), *left]


class World:
    """An edition that was sent to some people, and what becomes of it."""

    def __init__(self, database: Database, seal: Seal, clock: StandingClock, post: Post) -> None:
        self.database, self.clock, self.post = database, clock, post
        self.telegram, self.version, self.parts = Telegram(), "2 abc", ["new"]
        self.buttons: Rows = ()
        self.standing = StandingDeliveries(database, seal)
        self.recall = Recall(
            database,
            seal,
            clock,
            self.printing,
            self.renew,
            delete=self.telegram.delete,
            edit=self.telegram.edit,
        )

    async def printing(
        self, edition: int, subscription: Subscription, kind: ChatKind, told: Holds, version: int = 0
    ) -> Sequence[Part]:
        return under(tuple(Part(html, holds=(html,)) for html in self.parts), self.buttons)

    async def renew(self, edition: int) -> str:
        return self.version

    async def all_sent(self, edition: int) -> list[Standing]:
        """The deliveries of which something stands."""
        return [row async for row in self.standing.all(edition)]

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
