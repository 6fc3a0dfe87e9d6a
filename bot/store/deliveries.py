"""Deliveries as people see them: how a run goes, pausing and cancelling it, what is unconfirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    Update,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.states import GROWN, PARKED, WAITING, Delivery, Halt, move
from bot.store.tables import editions, outbox, subscriptions
from bot.subscription import ChatKey

SENDING: Final = "sending"
"""The state of an edition that is neither paused nor cancelled."""
_TELLING: Final = 60
"""Messages in a minute from which their number says how fast sending goes, and not how few there were."""
_SLICE: Final = 2000
"""Rows changed in one transaction, so that the sender need not wait long."""


@dataclass(frozen=True, slots=True)
class Run:
    """One kind of edition of one period, to all who get it: how many recipients are in which state.

    `busiest_minute` is how many messages were sent in the minute with the most, None where they are too few to tell how
    fast it goes; `late` is how many seconds after it was due the last message was sent, None where none was, what came
    later of an edition that has grown left out; `twice` in how many chats a message may stand more than once;
    `taken_back` in how many nothing of what was sent stands any more.
    """

    kind: str
    cadence: str
    period: str
    due: int
    states: Mapping[Delivery, int]
    busiest_minute: int | None
    late: float | None
    twice: int = 0
    taken_back: int = 0

    @property
    def recipients(self) -> int:
        """All of them, whatever became of each."""
        return sum(self.states.values())

    @property
    def waiting(self) -> int:
        """Those that are not done."""
        return sum(self.states.get(state, 0) for state in (*WAITING, Delivery.SENDING))


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A message to a channel of which nobody knows whether it stands there."""

    id: int
    edition: int
    chat: ChatKey
    subscription: str
    """The subscription's key."""
    due: int
    part: int
    """The number of the part, from 1."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An edition of which messages stand, or may, in `count` chats, or are under way there. `topics`: ids joined by
    commas, empty for all."""

    id: int
    kind: str
    period: str
    topics: str
    language: str
    count: int


class Deliveries:
    """The repository behind `/delivery`, `/announce` and pruning."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def totals(self, edition: int) -> dict[Delivery, int]:
        """How many recipients of an edition are in each state; those that were pruned included."""
        async with self._database.read() as connection:
            return await _totals(connection, edition)

    async def runs(self, most: int = 10) -> tuple[Run, ...]:
        """The latest runs, newest first; recipients whose deliveries were deleted are counted too."""
        newest = _newest(most)
        async with self._database.read() as connection:
            rows = (await connection.execute(_runs(newest))).all()
            kept = (await connection.execute(_kept(newest))).all()
            minutes = (await connection.execute(_minutes(newest))).all()
        gone: dict[tuple[str, str, str], Counter[str]] = {}
        for row in kept:
            gone.setdefault(tuple(row[:3]), Counter()).update(row.totals or {})
        busiest: dict[tuple[str, str, str], int] = {}
        for row in minutes:
            busiest[tuple(row[:3])] = max(row.messages, busiest.get(tuple(row[:3]), 0))
        named = _together(rows).items()
        return tuple([_run(rows_of, gone.get(name, {}), busiest.get(name, 0)) for name, rows_of in named][:most])

    async def unconfirmed_count(self) -> int:
        """How many messages wait for somebody to look."""
        query = select(func.count()).select_from(outbox).where(outbox.c.state == Delivery.UNCONFIRMED)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def unconfirmed(self, most: int = 10, skip: int = 0) -> tuple[Unconfirmed, ...]:
        """What waits for somebody to look, oldest first, without the first `skip`."""
        query = (
            select(outbox.c.id, outbox.c.edition, outbox.c.chat, subscriptions.c.key, outbox.c.due, outbox.c.parts_sent)
            .join(subscriptions, subscriptions.c.id == outbox.c.subscription)
            .where(outbox.c.state == Delivery.UNCONFIRMED)
            .order_by(outbox.c.id)
            .limit(most)
            .offset(skip)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return tuple(Unconfirmed(*row[:5], row.parts_sent + 1) for row in rows)

    async def sent(self, most: int = 10, skip: int = 0) -> tuple[Sent, ...]:
        """The editions that were sent last, newest first, what leaves just now before all; without the first `skip`."""
        newest = (
            _SENT.order_by(func.max(outbox.c.settled).desc().nulls_first(), editions.c.id.desc())
            .limit(most)
            .offset(skip)
        )
        async with self._database.read() as connection:
            return tuple(Sent(*row) for row in await connection.execute(newest))

    async def sent_of(self, edition: int) -> Sent | None:
        """One of them; None where nothing of it stands, or is known any more."""
        async with self._database.read() as connection:
            row = (await connection.execute(_SENT.where(editions.c.id == edition))).first()
            return Sent(*row) if row else None

    async def edition(self, edition: int) -> Sent | None:
        """The same, whether anything of it stands or not, without a count."""
        query = select(*_WHAT, literal(0)).where(editions.c.id == edition)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
            return Sent(*row) if row else None

    async def post_now(self, row: int, now: float, send_before: int) -> bool:
        """Somebody looked, and it is not there: send it, until then.

        Whether it goes: it was still unconfirmed, and its edition is not cancelled.
        """
        query = move(Delivery.QUEUED).where(outbox.c.id == row)
        async with self._database.begin() as connection:
            changed = query.values(not_before=now, send_before=send_before, reason="posted by hand", attempts=0)
            goes = (await connection.execute(changed)).rowcount == 1
            return goes and not await _end_where_cancelled(connection, row, now)

    async def is_there(self, row: int, now: float, send_before: int) -> bool:
        """Somebody looked, and it is there: what is left of it is sent until then. Whether it goes on, as above.

        Nobody knows the number of that message: 0 stands for it.
        """
        async with self._database.begin() as connection:
            query = select(outbox.c.parts_sent, outbox.c.message_ids).where(outbox.c.id == row).with_for_update()
            found = (await connection.execute(query)).first()
            if found is None:
                return False
            seen = {"parts_sent": found.parts_sent + 1, "message_ids": [*found.message_ids, 0], "attempts": 0}
            on = move(Delivery.RETRY, Delivery.UNCONFIRMED).where(outbox.c.id == row)
            changed = on.values(seen | {"not_before": now, "send_before": send_before, "reason": "seen"})
            goes = (await connection.execute(changed)).rowcount == 1
            return goes and not await _end_where_cancelled(connection, row, now)

    async def pause(self, edition: int) -> bool:
        """Send nothing more of an edition until `resume`; whether there is such a one that is not cancelled."""
        return await self._mark(edition, Halt.PAUSED.value)

    async def resume(self, edition: int, now: float, *, send_before: int = 0) -> bool:
        """Go on with it; what waits may be sent until `send_before`, where that is later than it was."""
        waiting = _waiting(edition)
        # Before the sender sees that it goes on: it would let expire what became too late in the pause.
        await self._in_slices(
            waiting.where(outbox.c.send_before < send_before), update(outbox).values(send_before=send_before)
        )
        if not await self._mark(edition, SENDING):
            return False
        await self._in_slices(waiting.where(outbox.c.not_before == PARKED), update(outbox).values(not_before=now))
        return True

    async def cancel(self, edition: int, now: float) -> int:
        """Send nothing more of an edition, ever; how many will not get it for sure. Messages under way are not held
        back."""
        await self._mark(edition, Halt.CANCELLED.value)
        waiting = _waiting(edition)
        return await self._in_slices(waiting, move(Delivery.CANCELLED).values(settled=now, reason="cancelled"))

    async def _mark(self, edition: int, state: str) -> bool:
        there = (editions.c.id == edition) & (editions.c.state != Halt.CANCELLED)
        async with self._database.begin() as connection:
            return (await connection.execute(update(editions).where(there).values(state=state))).rowcount == 1

    async def _in_slices(self, chosen: Select[Any], change: Update) -> int:
        """Change those that `_waiting` finds; of how many no message can stand that nobody confirmed."""
        changed = 0
        while True:
            async with self._database.begin() as connection:
                some = chosen.order_by(outbox.c.id).limit(_SLICE).with_for_update()
                rows = (await connection.execute(some)).all()
                await connection.execute(change.where(outbox.c.id.in_([row.id for row in rows])))
            changed += sum(not row.doubtful for row in rows)
            if len(rows) < _SLICE:
                return changed


def _waiting(edition: int) -> Select[Any]:
    return select(outbox.c.id, outbox.c.doubtful).where(outbox.c.edition == edition, outbox.c.state.in_(WAITING))


async def _end_where_cancelled(connection: AsyncConnection, row: int, now: float) -> bool:
    """Cancel a delivery that would go on, where its edition was cancelled meanwhile; whether it was."""
    cancelled = select(editions.c.id).where(editions.c.state == Halt.CANCELLED)
    gone = move(Delivery.CANCELLED).where(outbox.c.id == row, outbox.c.edition.in_(cancelled))
    return (await connection.execute(gone.values(settled=now, reason="cancelled"))).rowcount == 1


async def _totals(connection: AsyncConnection, edition: int) -> dict[Delivery, int]:
    kept = (await connection.execute(select(editions.c.totals).where(editions.c.id == edition))).scalar() or {}
    found = {Delivery(state): number for state, number in kept.items()}
    query = select(outbox.c.state, func.count()).where(outbox.c.edition == edition).group_by(outbox.c.state)
    for state, number in await connection.execute(query):
        found[Delivery(state)] = found.get(Delivery(state), 0) + number
    return found


_WHAT = (editions.c.id, editions.c.kind, editions.c.period, editions.c.topics, editions.c.language)
_SENT = (
    select(*_WHAT, func.count())
    .join(outbox, outbox.c.edition == editions.c.id)
    .where(
        (func.json_array_length(outbox.c.message_ids) > 0)
        | (outbox.c.doubtful > 0)
        | (outbox.c.state == Delivery.SENDING)
    )
    .group_by(*_WHAT)
)
_RUN = (editions.c.kind, editions.c.cadence, editions.c.period)


def _newest(most: int) -> Subquery:
    return (
        select(*_RUN, func.max(outbox.c.due).label("due"))
        .join(outbox, outbox.c.edition == editions.c.id)
        .group_by(*_RUN)
        .order_by(func.max(outbox.c.due).desc())
        .limit(most)
        .subquery()
    )


def _runs(newest: Subquery) -> Select[Any]:
    sent = outbox.c.state == Delivery.SENT
    once = sent & func.coalesce(outbox.c.reason, "").notlike(f"{GROWN}%")
    gone = sent & (outbox.c.parts_sent > 0) & (func.json_array_length(outbox.c.message_ids) == 0)
    twice = (outbox.c.doubtful > 1) | ((outbox.c.doubtful > 0) & sent)
    return (
        select(
            *_RUN,
            newest.c.due,
            outbox.c.state,
            func.count().label("number"),
            func.max(case((once, outbox.c.settled - outbox.c.due))).label("late"),
            func.count(case((twice, 1))).label("twice"),
            func.count(case((gone, 1))).label("gone"),
        )
        .join(outbox, outbox.c.edition == editions.c.id)
        .join(newest, _of_run(newest))
        .group_by(*_RUN, newest.c.due, outbox.c.state)
        .order_by(newest.c.due.desc(), *_RUN)
    )


def _kept(newest: Subquery) -> Select[Any]:
    return select(*_RUN, editions.c.totals).join(newest, _of_run(newest)).where(editions.c.totals.is_not(None))


def _minutes(newest: Subquery) -> Select[Any]:
    """How many messages of each run were sent in each minute."""
    minute = cast(outbox.c.settled / 60, BigInteger)
    return (
        select(*_RUN, func.sum(outbox.c.parts_sent).label("messages"))
        .join(outbox, outbox.c.edition == editions.c.id)
        .join(newest, _of_run(newest))
        .where(outbox.c.state == Delivery.SENT)
        .group_by(*_RUN, minute)
    )


def _of_run(newest: Subquery) -> ColumnElement[bool]:
    return and_(*(newest.c[column.name] == column for column in _RUN))


def _together(rows: Any) -> dict[tuple[str, str, str], list[Any]]:
    found: dict[tuple[str, str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.kind, row.cadence, row.period), []).append(row)
    return found


def _run(rows: list[Any], gone: Mapping[str, int], busiest: int) -> Run:
    states = Counter({row.state: row.number for row in rows}) + Counter(gone)
    return Run(
        rows[0].kind,
        rows[0].cadence,
        rows[0].period,
        rows[0].due,
        {Delivery(state): number for state, number in states.items()},
        busiest if busiest >= _TELLING else None,
        max((row.late for row in rows if row.late is not None), default=None),
        sum(row.twice for row in rows),
        sum(row.gone for row in rows),
    )
