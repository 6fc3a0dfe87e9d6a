"""What stands in chats of an edition, for whoever takes it back: read in slices, changed while the sender works on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database
from bot.store.outbox import Holds
from bot.store.states import GROWN, PARKED, WAITING, Delivery, Halt, move
from bot.store.subscriptions import row_to_subscription
from bot.store.tables import chats, editions, outbox, subscriptions
from bot.subscription import ChatKind, State, Subscription

_SLICE: Final = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery as it was read. `message_ids`: the messages that stand, 0 for one whose number nobody knows;
    `holds`: what each that went holds, as far as it was kept; `settled`: when the last answer about it came."""

    id: int
    chat_id: int
    kind: ChatKind
    subscription: Subscription
    state: Delivery
    parts_sent: int
    message_ids: tuple[int, ...]
    holds: Holds
    settled: float | None
    reason: str | None
    language: Language
    """That of its edition."""

    @property
    def grown(self) -> bool:
        """Whether it was sent whole once, and went on since its edition had grown."""
        return (self.reason or "").startswith(GROWN)


class StandingDeliveries:
    """The deliveries of which something stands, or may soon."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def under_way(self, edition: int) -> set[int]:
        """The ids of those of which a message is under way."""
        query = select(outbox.c.id).where(outbox.c.edition == edition, outbox.c.state == Delivery.SENDING)
        async with self._database.read() as connection:
            return set((await connection.execute(query)).scalars())

    async def doubtful(self, edition: int) -> tuple[int, int]:
        """In how many channels nobody knows whether a message stands; in how many other chats copies may stand of which
        nobody knows the numbers."""
        waits, more = outbox.c.state == Delivery.UNCONFIRMED, outbox.c.doubtful > 0
        numbers = select(func.count(case((waits, 1))), func.count(case((more, 1))))
        async with self._database.read() as connection:
            found = (await connection.execute(numbers.where(outbox.c.edition == edition))).one()
        return found[0], found[1]

    async def all(self, edition: int) -> AsyncIterator[Standing]:
        """Those with messages that stand, each as it is when its turn comes or shortly before."""
        last = 0
        while True:
            query = _QUERY.where(outbox.c.edition == edition, outbox.c.id > last, outbox.c.parts_sent > 0)
            async with self._database.read() as connection:
                rows = (await connection.execute(query.order_by(outbox.c.id).limit(_SLICE))).all()
            for row in rows:
                if row.message_ids or row.state == Delivery.SENDING:
                    yield self._read(row)
            if len(rows) < _SLICE:
                return
            last = rows[-1].outbox_id

    async def some(self, ids: Collection[int]) -> list[Standing]:
        """Those of these that are there still."""
        found: list[Standing] = []
        wanted = sorted(ids)
        async with self._database.read() as connection:
            for start in range(0, len(wanted), _SLICE):
                query = _QUERY.where(outbox.c.id.in_(wanted[start : start + _SLICE])).order_by(outbox.c.id)
                found += [self._read(row) for row in await connection.execute(query)]
        return found

    async def hold(self, row: Standing) -> bool:
        """Keep the sender from going on with it until `note`; False where it has gone on since it was read."""
        if row.state not in WAITING:
            return True
        held = update(outbox).where(*_as_read(row)).values(not_before=PARKED)
        async with self._database.begin() as connection:
            return (await connection.execute(held)).rowcount == 1

    async def note(
        self, row: Standing, stand: tuple[int, ...], *, reason: str | None, now: float, holds: Holds | None = None
    ) -> bool:
        """Keep which of its messages stand and why, and what they hold; what was held goes on from `now`.

        False, and nothing is kept, where it has gone on since it was read.
        """
        values: dict[str, Any] = {"message_ids": list(stand), "reason": reason}
        values |= {} if holds is None else {"holds": holds}
        values |= {"not_before": now} if row.state in WAITING else {}
        async with self._database.begin() as connection:
            if not await _numbers_hold(connection, row):
                return False
            noted = update(outbox).where(*_as_read(row)).values(values)
            return (await connection.execute(noted)).rowcount == 1

    async def go_on(self, row: Standing, *, now: float, send_before: float, holds: Holds) -> bool:
        """Send what a delivery that was sent whole does not hold yet, until `send_before`; it holds now `holds`.

        False, and nothing is changed, where its edition is cancelled, nobody wants it there any more, or it has changed
        since it was read.
        """
        if row.state is not Delivery.SENT or row.subscription.state is not State.ACTIVE:
            return False
        going = select(editions.c.id).where(editions.c.state != Halt.CANCELLED)
        on = move(Delivery.RETRY, Delivery.SENT).where(*_as_read(row), outbox.c.edition.in_(going))
        sent = {"parts_sent": len(row.message_ids), "holds": holds, "attempts": 0, "reason": GROWN}
        async with self._database.begin() as connection:
            if not await _numbers_hold(connection, row):
                return False
            changed = await connection.execute(on.values(sent | {"not_before": now, "send_before": int(send_before)}))
            return bool(changed.rowcount == 1)

    def _read(self, row: Any) -> Standing:
        return Standing(
            row.outbox_id,
            self._seal.open_id(row.sealed_id),
            ChatKind(row.kind) if row.kind else ChatKind.CHANNEL,
            row_to_subscription(row, self._seal),
            Delivery(row.outbox_state),
            row.parts_sent,
            tuple(row.message_ids),
            tuple(map(tuple, row.holds or ())),
            row.settled,
            row.reason,
            Language(row.edition_language),
        )


async def _numbers_hold(connection: AsyncConnection, row: Standing) -> bool:
    """Whether its messages have the numbers that were read: in a group that became a supergroup they have none."""
    query = select(outbox.c.message_ids).where(outbox.c.id == row.id).with_for_update()
    return (await connection.execute(query)).scalar() == list(row.message_ids)


def _as_read(row: Standing) -> tuple[Any, ...]:
    return outbox.c.id == row.id, outbox.c.state == row.state, outbox.c.parts_sent == row.parts_sent


_QUERY = (
    select(
        outbox.c.id.label("outbox_id"),
        outbox.c.state.label("outbox_state"),
        outbox.c.parts_sent,
        outbox.c.message_ids,
        outbox.c.holds,
        outbox.c.settled,
        outbox.c.reason,
        editions.c.language.label("edition_language"),
        chats.c.sealed_id,
        chats.c.kind,
        subscriptions,
    )
    .select_from(outbox)
    .join(editions, editions.c.id == outbox.c.edition)
    .join(chats, chats.c.key == outbox.c.chat)
    .join(subscriptions, subscriptions.c.id == outbox.c.subscription)
)
