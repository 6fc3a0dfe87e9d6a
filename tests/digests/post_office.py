"""What tests of the delivery share: recipients in the tables, letters to print, a sender over a sandbox."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select

from bot.clock import Clock, SystemClock
from bot.digests.probe import Probe, unwatched
from bot.digests.sender import Company, Limits, Sender
from bot.digests.trouble import Trouble
from bot.layout.blocks import Button, Press
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.outbox import Outbox
from bot.store.states import Delivery
from bot.store.tables import chats, editions, outbox, subscriptions
from bot.subscription import ChatKind, Subscription
from bot.transport.errors import Meaning
from bot.transport.lines import Lines
from bot.transport.pacing import Pace, Pacer
from bot.transport.posting import Posting
from bot.transport.request import Timeouts

MORNING = 1_800_000_000
"""When editions of these tests are due: in January 2027."""
FOR_EVER = 4_000_000_000
_SLICE = 5000
AT_ONCE = Pace(overall=100_000, reserve=0, private_burst=100_000, private_interval=0.00001, group=100_000)
"""A pace that never makes a test wait."""


@dataclass(frozen=True)
class Letter:
    """A part of an edition."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """Somebody subscribed: a chat of a kind, one of its threads, whom to tell."""

    chat_id: int
    kind: ChatKind = ChatKind.PRIVATE
    thread: int = 0
    told: int | None = None
    quiet: bool = False


def people(*ids: int) -> list[Recipient]:
    return [Recipient(number) for number in ids]


def channels(*ids: int) -> list[Recipient]:
    return [Recipient(number, ChatKind.CHANNEL) for number in ids]


def groups(*ids: int) -> list[Recipient]:
    return [Recipient(number, ChatKind.GROUP) for number in ids]


def key_of(chat_id: int) -> bytes:
    """The key under which these tests keep a chat."""
    return hashlib.blake2b(str(chat_id).encode(), digest_size=16).digest()


async def subscribe(database: Database, seal: Seal, recipients: Iterable[Recipient], **columns: Any) -> None:
    """Keep chats and subscriptions; ids of subscriptions count from 1 in order."""
    recipients = list(recipients)
    kinds = {told: ChatKind.PRIVATE for one in recipients if (told := one.told)}
    kinds |= {one.chat_id: one.kind for one in recipients}
    rows = [
        {"key": key_of(chat_id), "sealed_id": seal.seal_id(chat_id), "kind": kind.value, "language": None}
        for chat_id, kind in kinds.items()
    ]
    chosen = {"cadence": "weekly", "weekday": 0, "hour": 9, "timezone": "UTC", "topics": "", "skip_empty": False}
    chosen |= {"links": True, "preview_hours": 0, "state": "active", "since": 0, "next_due": MORNING, "language": "en"}
    places = [
        {
            **chosen,
            "key": f"k{number:07}",
            "chat": key_of(one.chat_id),
            "thread": one.thread,
            "quiet": one.quiet,
            "told": key_of(one.told) if one.told else None,
            **columns,
        }
        for number, one in enumerate(recipients, 1)
    ]
    async with database.begin() as connection:
        for table, values in ((chats, rows), (subscriptions, places)):
            for start in range(0, len(values), _SLICE):
                await connection.execute(insert(table), values[start : start + _SLICE])


async def plan(database: Database, period: str = "w2027-01-11", *, send_before: int = FOR_EVER, **columns: Any) -> int:
    """Put an edition into the outbox for every subscription; its id."""
    edition = {"kind": "digest", "cadence": "weekly", "period": period, "topics": "", "language": "en", "version": 1}
    edition |= {"body": {}, "empty": False, "created": MORNING, "state": "sending"}
    async with database.begin() as connection:
        made = await connection.execute(insert(editions).values(edition).returning(editions.c.id))
        number: int = made.scalar_one()
        query = select(subscriptions.c.id, subscriptions.c.chat).order_by(subscriptions.c.id)
        found = (await connection.execute(query)).all()
        row = {"edition": number, "period": period, "state": "queued", "parts_sent": 0, "message_ids": []}
        row |= {"attempts": 0, "due": MORNING, "send_before": send_before, "not_before": MORNING, **columns}
        values = [{**row, "subscription": one.id, "chat": one.chat} for one in found]
        for start in range(0, len(values), _SLICE):
            await connection.execute(insert(outbox), values[start : start + _SLICE])
    return number


def printing_of(parts: int = 1) -> Any:
    """A printer whose letters name edition, subscription and part, so that a log of texts can be counted."""

    async def printing(edition: int, subscription: Subscription, kind: ChatKind, *_: object) -> Sequence[Letter]:
        button = () if kind is ChatKind.CHANNEL else ((Press("Settings", f"a.u.{subscription.key}"),),)
        return [
            Letter(
                f"edition {edition}, subscription {subscription.id}, part {part}",
                button if part == parts else (),
                holds=(f"part {part}",),
            )
            for part in range(1, parts + 1)
        ]

    return printing


@dataclass
class Office:
    """A database with a sender that can be run over it, again and again, and what it told."""

    database: Database
    seal: Seal
    base: str
    token: str
    clock: Clock = field(default_factory=SystemClock)
    pace: Pace = AT_ONCE
    limits: Limits = field(default_factory=Limits)
    timeouts: Timeouts = field(default_factory=lambda: Timeouts(read=2.0))
    printing: Any = field(default_factory=printing_of)
    probe: Probe = unwatched
    chance: float = 0.0
    troubles: list[Trouble] = field(default_factory=list)
    told: list[tuple[int, Meaning]] = field(default_factory=list)
    running: asyncio.Task[None] | None = None
    pacer: Pacer | None = None

    @property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.database)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[Sender]:
        """A sender at work for as long as the block lasts, stopped in good order."""
        lines = Lines(f"{self.base}/bot{self.token}", timeouts=self.timeouts)
        self.pacer = pacer = Pacer(self.pace, self.clock)

        async def report(trouble: Trouble) -> None:
            self.troubles.append(trouble)

        async def tell(subscription: Subscription, why: Meaning) -> None:
            self.told.append((subscription.id, why))

        sender = Sender(
            self.database,
            Outbox(self.seal),
            Chats(self.database, self.seal),
            Company(Posting(lines), pacer, self.printing, report, tell),
            self.clock,
            limits=self.limits,
            probe=self.probe,
            chance=lambda: self.chance,
        )
        self.running = asyncio.create_task(sender.run())
        try:
            yield sender
        finally:
            sender.stop()
            await self.running
            pacer.close()
            await lines.close()

    async def states(self, edition: int = 1) -> dict[str, int]:
        """How many recipients of an edition are in which state, those without any left out."""
        return {state.value: number for state, number in (await self.deliveries.totals(edition)).items() if number}

    async def rows(self) -> list[Any]:
        """The outbox as it stands."""
        async with self.database.read() as connection:
            return list((await connection.execute(select(outbox).order_by(outbox.c.id))).all())

    async def at_rest(self, patience: float = 60.0, look_every: float = 0.02) -> None:
        """Wait until nothing waits or is under way."""
        open_states = (Delivery.QUEUED, Delivery.RETRY, Delivery.SENDING)
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(open_states))
        async with asyncio.timeout(patience):
            while True:
                self._look_after_it()
                async with self.database.read() as connection:
                    if not (await connection.execute(query)).scalar_one():
                        return
                await asyncio.sleep(look_every)

    async def comes_to(self, state: str, number: int, edition: int = 1) -> None:
        """Wait until so many recipients of an edition are in this state."""
        async with asyncio.timeout(30):
            while (await self.states(edition)).get(state, 0) != number:
                self._look_after_it()
                await asyncio.sleep(0.02)

    def _look_after_it(self) -> None:
        """Raise what ended the sender, where it ended by itself."""
        if self.running and self.running.done():
            self.running.result()

    async def send_all(self, patience: float = 60.0) -> None:
        """Run a sender until nothing waits."""
        async with self.sending():
            await self.at_rest(patience)
