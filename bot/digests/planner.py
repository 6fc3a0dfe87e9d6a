"""Planning: every subscription that is due gets a row in the outbox, in the transaction that moves its next moment.

Slices of a thousand, one transaction each. A kill loses the slice under way and nothing else: what was not committed
is still due, and what was committed is due no more.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import JSON, BigInteger, Float, Row, Select, String, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot import logs
from bot.digests.mending import end_pauses
from bot.digests.schedule import Period, next_due, period_of
from bot.digests.trouble import Trouble, TroubleKind
from bot.digests.zones import schedule_of
from bot.i18n import Language
from bot.store.batches import Values, as_table
from bot.store.database import Database, insert_into
from bot.store.editions import is_cancelled
from bot.store.states import Delivery
from bot.store.subscriptions import set_next_due
from bot.store.tables import outbox, subscriptions
from bot.subscription import Schedule, State

_LOG = logging.getLogger(__name__)
SLICE = 1_000
"""Subscriptions planned in one transaction."""

Compose = Callable[[AsyncConnection, Period, tuple[str, ...], Language], Awaitable[tuple[int, bool]]]
"""Gives the edition of a period, topics and language, made where there is none yet: its id, and whether it is empty."""

_SKIPPED: Final = "skipped"
_RECALLED: Final = "recalled"
_LATE: Final = "late"
"""Why a delivery ends where it begins."""

_DELIVERY: dict[str, TypeEngine[Any]] = {
    "id": BigInteger(),
    "edition": BigInteger(),
    "period": String(),
    "state": String(),
    "due": BigInteger(),
    "send_before": BigInteger(),
    "settled": Float(),
    "reason": String(),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned: deliveries to be sent, those that were too late, those that their owner skipped, and those
    left out because there was nothing new; those still due whose edition could not be composed, and those whose
    edition was taken back before their hour came."""

    count: int = 0
    expired: int = 0
    cancelled: int = 0
    empty: int = 0
    uncomposed: int = 0
    recalled: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(*(sum(pair) for pair in zip(astuple(self), astuple(other), strict=True)))


class Kind(NamedTuple):
    """What subscriptions that ring together with the same edition have in common."""

    cadence: str
    weekday: int
    hour: int
    timezone: str
    topics: str
    language: str
    due: int

    @property
    def schedule(self) -> Schedule:
        """When they ring."""
        return schedule_of(self.cadence, self.weekday, self.hour, self.timezone)


class Bell(NamedTuple):
    """What planning needs to know of all subscriptions of one kind. `recalled`: their edition goes to nobody any more;
    `moves_to`: when they are due next."""

    edition: int
    empty: bool
    recalled: bool
    period: str
    late: bool
    moves_to: int


class Planner:
    """Plans what is due. `planned` is called after each slice with something to send, `tell` with what administrators
    should know when a run has ended."""

    def __init__(
        self,
        database: Database,
        compose: Compose,
        *,
        late_hours: int,
        outbox_days: int,
        planned: Callable[[], None] = lambda: None,
        tell: Callable[[Trouble], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._compose = compose
        self._late = late_hours * 3600
        self._kept = timedelta(days=outbox_days)
        self._planned, self._tell = planned, tell
        self._untold = Planned()
        self._stopping = False

    def stop(self) -> None:
        """Break off after the slice under way; what is left is planned another time."""
        self._stopping = True

    async def plan(self, now: datetime) -> Planned:
        """Plan everything that is due by now. Safe to be killed, and to be called again or twice at a time.

        What is late by more than the setting becomes a row that expired. Of what was missed longer ago than rows are
        kept only the latest is planned. An edition that cannot be composed is logged, and holds up nobody else. Whose
        hour comes after an edition was deleted gets nothing: a row that is cancelled, and administrators hear of it.
        """
        await end_pauses(self._database, now)
        total, after, bells = Planned(), (0, 0), _Bells(self._compose, now, self._late, self._kept)
        while not self._stopping:
            async with self._database.begin() as connection:
                rows = (await connection.execute(_due(now, after))).all()
                done = await self._plan(connection, rows, bells)
            total += done
            self._untold += done
            if done.count:
                self._planned()
            if not rows:
                break
            after = (rows[-1].next_due, rows[-1].id)
        if total != Planned():
            _LOG.info(
                "planned: %d to send, %d expired, %d skipped, %d empty, %d without an edition, %d recalled",
                *astuple(total),
            )
        self._say_what_is_wrong(total)
        return total

    def _say_what_is_wrong(self, total: Planned) -> None:
        """Who was left out in a run that failed is told of with those of the one that did not."""
        untold, self._untold = self._untold, Planned()
        if untold.expired:
            self._tell(Trouble(TroubleKind.MISSED, count=untold.expired))
        if untold.recalled:
            self._tell(Trouble(TroubleKind.RECALLED, count=untold.recalled))
        if total.uncomposed:
            self._tell(Trouble(TroubleKind.UNCOMPOSED, count=total.uncomposed))

    async def _plan(self, connection: AsyncConnection, rows: Sequence[Row[Any]], bells: _Bells) -> Planned:
        moves: list[tuple[int, int | None]] = []
        deliveries: list[Values] = []
        empty = uncomposed = 0
        for row in rows:
            if row.state != State.ACTIVE:
                moves.append((row.id, None))  # whatever makes it active again says when it is due
            elif bell := await bells.of(connection, Kind(*row[: len(Kind._fields)])):
                moves.append((row.id, bell.moves_to))
                if row.skip_empty and bell.empty:
                    empty += 1
                    continue
                state, reason = _outcome(bell, row.skipped)
                settled = None if state is Delivery.QUEUED else bells.now.timestamp()
                due = row.next_due
                deliveries.append((row.id, bell.edition, bell.period, state, due, due + self._late, settled, reason))
            else:
                uncomposed += 1
        became = await _deliver(connection, deliveries) if deliveries else Counter()
        await set_next_due(connection, moves)
        return Planned(became[None], became[_LATE], became[_SKIPPED], empty, uncomposed, became[_RECALLED])


class _Bells:
    """What one run of planning has worked out so far; it ends with the first transaction that fails."""

    def __init__(self, compose: Compose, now: datetime, late: int, kept: timedelta) -> None:
        self.now = now
        self._compose = compose
        self._late = late
        self._kept = kept
        self._found: dict[Kind, Bell | None] = {}
        self._editions: dict[tuple[str, str, str], tuple[int, bool, bool] | None] = {}

    async def of(self, connection: AsyncConnection, kind: Kind) -> Bell | None:
        """The bell of these subscriptions; None where their edition cannot be had."""
        if kind not in self._found:
            self._found[kind] = await self._work_out(connection, kind)
        return self._found[kind]

    async def _work_out(self, connection: AsyncConnection, kind: Kind) -> Bell | None:
        due = datetime.fromtimestamp(kind.due, UTC)
        period = period_of(kind.schedule, due)
        moves_to = next_due(kind.schedule, max(due, self.now - self._kept))
        edition = await self._edition(connection, period, kind.topics, kind.language)
        late = kind.due + self._late < self.now.timestamp()
        return edition and Bell(*edition, period.key, late, int(moves_to.timestamp()))

    async def _edition(
        self, connection: AsyncConnection, period: Period, topics: str, language: str
    ) -> tuple[int, bool, bool] | None:
        """Its id, whether it is empty, whether it was taken back."""
        name = (period.key, topics, language)
        if name not in self._editions:
            try:
                async with connection.begin_nested():
                    chosen = tuple(topics.split(",")) if topics else ()
                    edition, empty = await self._compose(connection, period, chosen, Language(language))
                    self._editions[name] = edition, empty, await is_cancelled(connection, edition)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one edition must hold up no other
                _LOG.error("the edition %s in %s could not be composed\n%s", period.key, language, logs.where(error))
                self._editions[name] = None
        return self._editions[name]


def _due(now: datetime, after: tuple[int, int]) -> Select[Any]:
    """The next slice of what is due, in the order of moments; columns of `Kind` first."""
    columns = subscriptions.c
    kind = (columns.cadence, columns.weekday, columns.hour, columns.timezone, columns.topics, columns.language)
    place = (columns.next_due, columns.id)
    query = select(*kind, columns.next_due, columns.id, columns.state, columns.skip_empty, columns.skipped)
    query = query.where(
        columns.next_due <= int(now.timestamp()),
        tuple_(*place) > tuple_(*(literal(each, BigInteger) for each in after)),
    )
    return query.order_by(*place).limit(SLICE).with_for_update(skip_locked=True)


def _outcome(bell: Bell, skipped: str | None) -> tuple[Delivery, str | None]:
    """The state in which a delivery begins, and why where that is its end already."""
    if skipped == bell.period:
        return Delivery.CANCELLED, _SKIPPED
    if bell.recalled:
        return Delivery.CANCELLED, _RECALLED
    return (Delivery.EXPIRED, _LATE) if bell.late else (Delivery.QUEUED, None)


async def _deliver(connection: AsyncConnection, deliveries: Sequence[Values]) -> Counter[str | None]:
    """Write rows of the outbox, of which those that are there already stay as they are; how many for each reason why
    they are not to be sent, None for those that are."""
    given = as_table(connection, "given", _DELIVERY, deliveries).c
    names = ("edition", "period", "state", "due", "send_before", "settled", "reason")
    values = {
        **{name: given[name] for name in names},
        "subscription": subscriptions.c.id,
        "chat": subscriptions.c.chat,
        "parts_sent": literal(0),
        "message_ids": literal([], JSON),
        "attempts": literal(0),
        "not_before": given.due,
    }
    rows = select(*values.values()).where(subscriptions.c.id == given.id)
    query = insert_into(connection, outbox).from_select(list(values), rows).on_conflict_do_nothing()
    return Counter((await connection.execute(query.returning(outbox.c.reason))).scalars())
