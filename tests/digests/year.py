"""A simulated year: the real bot over the sandbox by a clock that leaps; what is counted is what chats received."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import Bot, open_bot
from bot.catalog.cards import Argument, Card, Debate, Recommendation, Statistic
from bot.catalog.snapshot import Catalog
from bot.clock import MovableClock
from bot.i18n import Language
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.store.database import Database
from bot.store.states import Delivery
from bot.store.tables import outbox
from bot.subscription import Cadence, ChatKind, Choices, Schedule
from tests.conftest import settings_for
from tests.conversation import FREE_PACE

START = datetime(2027, 1, 3, 12, tzinfo=UTC)
"""A Sunday: the first of 52 Mondays follows."""
END = datetime(2028, 1, 2, 12, tzinfo=UTC)
SLOTS: dict[str, tuple[type[Card], ...]] = {
    "statistic": (Statistic,),
    "recommendation": (Recommendation,),
    "voice": (Argument, Debate),
}
"""What an edition takes from the archive, by kinds of cards."""
_UNDER_WAY = (Delivery.QUEUED, Delivery.RETRY, Delivery.SENDING)


class YearClock(MovableClock):
    """A clock that starts at the beginning of the year."""

    def __init__(self) -> None:
        super().__init__()
        self._shift = START - datetime.now(UTC)

    def now(self) -> datetime:
        """The moment in the simulated year, in UTC."""
        return super().now() + self._shift

    def advance_to(self, moment: datetime) -> None:
        """Leap to a moment, if it is still to come."""
        self.advance(max(0.0, (moment - self.now()).total_seconds()))


@dataclass(eq=False)
class Reader:
    """Somebody subscribed. `local`: when each edition arrived by the clocks of the place; `cards`: what each
    showed of the archive; `messages`: all that arrived."""

    chat_id: int
    key: str
    schedule: Schedule
    local: list[datetime] = field(default_factory=list)
    cards: list[dict[str, str]] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)

    def days(self) -> list[str]:
        """The local dates of arrival."""
        return [f"{each:%F}" for each in self.local]


@dataclass
class Year:
    """The world in which it passes."""

    sandbox: Sandbox
    clock: YearClock
    library: Library
    url: str
    folder: Path
    readers: list[Reader] = field(default_factory=list)
    ticks: int = 0
    _running: Bot | None = None
    _seen: int = 0

    @property
    def bot(self) -> Bot:
        """The bot that runs now."""
        assert self._running
        return self._running

    @property
    def catalog(self) -> Catalog:
        """What it serves."""
        return self.library.catalog

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The bot from a start to a clean stop; its ticks come by hand."""
        settings = settings_for(self.sandbox, self.folder).model_copy(update={"database_url": SecretStr(self.url)})
        async with open_bot(settings, self.library, clock=self.clock, pace=FREE_PACE) as bot:
            self._running = bot
            sending = asyncio.create_task(bot.ringing.sender.run())
            try:
                yield
            finally:
                bot.ringing.sender.stop()
                await sending

    async def subscribe(
        self,
        timezone: str,
        *,
        topics: Sequence[str] = (),
        language: Language = Language.EN,
        cadence: Cadence = Cadence.WEEKLY,
        weekday: int = 0,
        hour: int = 9,
        chat_id: int | None = None,
    ) -> Reader:
        """One reader more: a person, or the channel whose id is given."""
        kind = ChatKind.CHANNEL if chat_id else ChatKind.PRIVATE
        chat_id = chat_id or self.sandbox.world.add_person("Reader", started=True).id
        schedule = Schedule(cadence, weekday, hour, timezone)
        desk = self.bot.desk
        kept = await desk.subscriptions.subscribe(
            chat_id,
            kind,
            0,
            language,
            Choices(schedule, tuple(topics)),
            None,
            desk.next_due(schedule),
            since=desk.now,
        )
        reader = Reader(chat_id, kept.key, schedule)
        self.readers.append(reader)
        return reader

    async def choose(self, reader: Reader, topics: Sequence[str]) -> None:
        """The reader wants other topics from now on."""
        desk = self.bot.desk
        choices = Choices(reader.schedule, tuple(topics))
        await desk.subscriptions.change(reader.key, choices, now=desk.now, next_due=desk.next_due)

    async def pause(self, reader: Reader, until: datetime) -> None:
        """The reader wants nothing until a moment."""
        desk, end = self.bot.desk, int(until.timestamp())
        await desk.subscriptions.pause(reader.key, end, desk.next_due(reader.schedule, end), now=desk.now)

    async def until(self, moment: datetime, every: timedelta | None = None) -> None:
        """Let time go by: from one due moment to the next, or by equal steps; a tick after each leap."""
        while (now := self.clock.now()) < moment:
            due = await self.bot.ringing.next_due()
            leap = min(moment, now + every if every else max(now, due or moment))
            self.clock.advance_to(leap)
            await self.tick()

    async def tick(self) -> None:
        """Tick, have everything sent, and look at what arrived."""
        self.ticks += 1
        await self.bot.ringing.ticking.tick()
        while await self._under_way():
            self.bot.ringing.sender.wake()
            await asyncio.sleep(0.005)
        self._collect()

    async def _under_way(self) -> int:
        database: Database = self.bot.ringing._database
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(_UNDER_WAY))
        async with database.read() as connection:
            return (await connection.execute(query)).scalar_one()

    def _collect(self) -> None:
        """Enter what the sandbox's log holds since the last look; parts that came together are one edition."""
        by_chat = {reader.chat_id: reader for reader in self.readers}
        arrived: dict[int, list[int]] = {}
        for message in self.sandbox.journal.messages:
            if message.seq > self._seen:
                arrived.setdefault(message.chat_id, []).append(message.message_id)
                self._seen = message.seq
        for chat_id, ids in arrived.items():
            reader = by_chat[chat_id]
            messages = self.sandbox.world.chats[chat_id].messages
            moment = datetime.fromtimestamp(messages[ids[0]]["date"], UTC)
            reader.messages += ids
            reader.local.append(moment.astimezone(ZoneInfo.no_cache(reader.schedule.timezone)))
            links = [link for number in ids for link in _links(messages[number])]
            reader.cards.append(dict(self._slots(links)))

    def _slots(self, links: Sequence[str]) -> Iterator[tuple[str, str]]:
        cards = [card for link in dict.fromkeys(links) if (card := self.catalog.find(link))]
        for slot, kinds in SLOTS.items():
            found = [card.id for card in cards if isinstance(card, kinds)]
            assert len(found) <= 1, f"an edition with {slot}s {found}"
            yield from ((slot, card_id) for card_id in found)

    def pool(self, slot: str, topics: Sequence[str]) -> set[str]:
        """The cards from which an edition of these topics takes one."""
        return {
            card.id
            for card in self.catalog.cards
            if isinstance(card, SLOTS[slot]) and (not topics or {*topics} & {*self.catalog.topics_of.get(card.id, ())})
        }


def _links(message: dict[str, object]) -> Iterator[str]:
    """The cards to which a message links."""
    entities = message.get("entities", [])
    assert isinstance(entities, list)
    for entity in entities:
        if entity["type"] == "text_link" and "?start=" in entity["url"]:
            yield entity["url"].rpartition("=")[2]


def repeats_only_when_used_up(shown: Sequence[str], pool: set[str]) -> bool:
    """Whether these are picks one after the other, in which no card comes again before all of the pool were shown.

    They may begin in the middle of a round: then its rest comes first, and whole rounds follow.
    """
    size = len(pool)

    def rounds(begun: int) -> Iterator[Sequence[str]]:
        yield shown[: size - begun]
        yield from (shown[start : start + size] for start in range(size - begun, len(shown), size))

    return set(shown) <= pool and any(
        all(len(set(each)) == len(each) for each in rounds(begun)) for begun in range(size)
    )
