"""Subscribers and their deliveries, as the planner and the sender leave them in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database
from bot.store.outbox import Outbox
from bot.store.states import Delivery
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import outbox, subscriptions
from bot.subscription import ChatKind, Choices, Subscription

FIRST_CHAT = 7_000_000_000


class StandingClock:
    """A clock that is told what time it is."""

    def __init__(self, now: int = 1_000_000_000) -> None:
        self.seconds = float(now)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Post:
    """Subscriptions and the rows of the outbox, in one database."""

    database: Database
    seal: Seal
    count: int = 0

    @property
    def store(self) -> SubscriptionStore:
        """What people change in them."""
        return SubscriptionStore(self.database, self.seal)

    async def claimed(self, now: float, *, set_back: bool = False) -> list[int]:
        """The subscriptions to which something leaves at a moment, after the clock was set back to it or not."""

        def claim(connection: Connection) -> list[int]:
            if set_back:
                Outbox(self.seal).hurry(connection, now)
            return [row.subscription.id for row in Outbox(self.seal).claim(connection, 10, 1, now).rows]

        return await self.database.work(claim)

    async def subscriber(
        self,
        language: Language = Language.EN,
        *,
        topics: tuple[str, ...] = (),
        since: int = 1,
        chat: int | None = None,
        kind: ChatKind = ChatKind.PRIVATE,
        **choices: object,
    ) -> Subscription:
        """A new active subscription."""
        self.count += 1
        wanted = Choices(topics=topics, **choices)  # type: ignore[arg-type]
        chat_id = FIRST_CHAT + self.count if chat is None else chat
        return await self.store.subscribe(chat_id, kind, 0, language, wanted, None, 2**40, since=since)

    async def stop(self, subscription: Subscription, state: str = "paused") -> None:
        """Ring no more."""
        async with self.database.begin() as connection:
            row = update(subscriptions).where(subscriptions.c.id == subscription.id)
            await connection.execute(row.values(state=state))

    async def deliver(
        self,
        edition: int,
        to: Subscription,
        period: str = "p",
        *,
        state: Delivery = Delivery.QUEUED,
        messages: tuple[int, ...] = (),
        settled: float | None = None,
    ) -> None:
        """A row of the outbox."""
        values = {"edition": edition, "subscription": to.id, "period": period, "chat": to.chat, "state": state.value}
        values |= {"parts_sent": len(messages), "message_ids": list(messages), "attempts": 0, "settled": settled}
        async with self.database.begin() as connection:
            await connection.execute(insert(outbox).values(**values, due=1, send_before=2**40, not_before=1.0))

    async def rows(self, connection: AsyncConnection) -> list[tuple[int, int, str, str]]:
        """(subscription, edition, period, state) of every row of the outbox, in the order of subscriptions."""
        columns = outbox.c
        query = select(columns.subscription, columns.edition, columns.period, columns.state)
        return [tuple(row) for row in await connection.execute(query.order_by(columns.subscription, columns.id))]

    async def all_rows(self) -> list[tuple[int, int, str, str]]:
        """The same, in a transaction of their own."""
        async with self.database.read() as connection:
            return await self.rows(connection)
