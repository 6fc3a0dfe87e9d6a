"""The outbox: one row per recipient and edition; what may become of it stands in `states`.

A row is *claimed* (state `sending`, committed) before its request leaves, and its *outcome* is committed after. Both go
in groups; what a crash leaves in between is as many rows as may be claimed at a time. Each outcome names the epoch of
the leadership that claimed: that of an earlier one changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Float,
    Integer,
    Row,
    Text,
    Update,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.types import TypeEngine

from bot.seal import Seal, SealError
from bot.store.batches import Values, parameters, table_to_come
from bot.store.states import AGAIN, GROWN, PARKED, TRANSITIONS, Delivery, Halt, move
from bot.store.subscriptions import row_to_subscription
from bot.store.tables import chats, editions, outbox, subscriptions
from bot.subscription import ChatKind, State, Subscription

_LOG = logging.getLogger(__name__)

_HALTED: Final = frozenset(each.value for each in Halt)
_KINDS: Final = {each.value: each for each in ChatKind}
_MOVING: Final = range(-999_999_999_999, 0)
"""Ids of chats that may become another: small groups, which become supergroups (Bot API: those begin with -100)."""
_SWEEP: Final = 1000
"""Rows looked at together once rows turn up that are not to be sent."""
_SWEEPS: Final = 10
"""How often in one transaction, so that none lasts long."""


Holds = tuple[tuple[str, ...], ...]
"""What each message of a delivery holds, by the names of the pieces of its edition."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that was claimed, with all that sending it takes. Moments are seconds since 1970; `told` is what its
    messages hold that went, as far as that was kept; `version` the one of its edition from which its first message is
    printed, or a later one; `doubtful` how many copies may stand there besides, of which Telegram never told the
    numbers; `grown` whether it was sent whole before, and goes on as its edition has grown."""

    id: int
    edition: int
    period: str
    subscription: Subscription
    chat_id: int
    kind: ChatKind
    parts_sent: int
    message_ids: tuple[int, ...]
    attempts: int
    due: int
    send_before: int
    told: Holds
    version: int
    doubtful: int = 0
    grown: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed row: every column of it that changes. `settled` is when Telegram answered."""

    row: Claimed
    state: Delivery
    settled: float
    parts_sent: int
    message_ids: tuple[int, ...]
    attempts: int
    not_before: float
    reason: str | None = None
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """What a claim found: rows to send, and how many of each edition have expired meanwhile."""

    rows: list[Claimed]
    expired: dict[int, int]


class Outbox:
    """The rows as the sender sees them; every method works within a transaction of its caller (`Database.work`)."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def claim(self, connection: Connection, room: int, epoch: int, now: float) -> Claims:
        """Claim up to `room` rows: first what was begun or refused and is due again, then what waits longest.

        On the way, rows that are too late expire, those of a cancelled edition are cancelled, those of a paused one
        parked.
        """
        found: list[Claimed] = []
        expired: dict[int, int] = {}
        for state in (Delivery.RETRY, Delivery.QUEUED):
            most = room - len(found)
            for _ in range(_SWEEPS):
                if not most:
                    break
                wanted = {"state": state.value, "now": now, "most": most}
                rows: Sequence[Any] = connection.execute(_CANDIDATES, wanted).all()
                good = [row for row in rows if _sendable(row, now)]
                if len(good) < len(rows):
                    self._sort_out(connection, rows, now, expired)
                good = good[: room - len(found)]
                versions = _claim(connection, good, epoch)
                found += self._read(connection, good, versions, now)
                if len(rows) < most or len(found) == room:
                    break
                most = _SWEEP
        return Claims(found, expired)

    def _sort_out(self, connection: Connection, rows: Sequence[Row[Any]], now: float, expired: dict[int, int]) -> None:
        paused = _still_paused(connection, {row.edition for row in rows if row.edition_state == Halt.PAUSED})
        parked = [row.outbox_id for row in rows if row.edition in paused]
        cancelled = [row.outbox_id for row in rows if row.edition_state == Halt.CANCELLED]
        late = [row for row in rows if row.edition_state not in _HALTED and row.send_before < now]
        if parked:
            connection.execute(update(outbox).where(outbox.c.id.in_(parked)).values(not_before=PARKED))
        if cancelled:
            gone = move(Delivery.CANCELLED).where(outbox.c.id.in_(cancelled))
            connection.execute(gone.values(reason="cancelled", settled=now))
        if late:
            over, grown = outbox.c.id.in_([row.outbox_id for row in late]), outbox.c.reason.startswith(GROWN)
            connection.execute(move(Delivery.SENT, Delivery.RETRY).where(over, grown))
            connection.execute(move(Delivery.EXPIRED).where(over).values(settled=now))
        for edition, group in groupby(late, lambda row: row.edition):
            expired[edition] = expired.get(edition, 0) + len(list(group))

    def _read(
        self, connection: Connection, rows: Sequence[Row[Any]], versions: Mapping[int, int], now: float
    ) -> list[Claimed]:
        """Claimed rows; one that cannot be read, such as after a hand in the database, fails and holds up no other."""
        found, unreadable = [], []
        for row in rows:
            try:
                found.append(self._claimed(row, versions[row.outbox_id]))
            except (KeyError, ValueError, SealError):
                unreadable.append(row.outbox_id)
        if unreadable:
            _LOG.error("%d deliveries cannot be read, and fail", len(unreadable))
            failed = move(Delivery.FAILED).where(outbox.c.id.in_(unreadable))
            connection.execute(failed.values(reason="unreadable", settled=now))
        return found

    def _claimed(self, row: Row[Any], version: int) -> Claimed:
        own: Sequence[Any] = row
        number, edition, period, parts_sent, message_ids, attempts, due, send_before, holds, doubtful = own[:10]
        reason, sealed_id, kind = own[10:13]
        return Claimed(
            number,
            edition,
            period,
            row_to_subscription(row, self._seal),
            self._seal.open_id(sealed_id),
            _KINDS.get(kind, ChatKind.CHANNEL),
            parts_sent,
            tuple(message_ids),
            attempts,
            due,
            send_before,
            tuple(map(tuple, holds[:parts_sent])) if holds else (),
            version,
            doubtful,
            (reason or "").startswith(GROWN),
        )

    def note_holds(self, connection: Connection, holds: Mapping[int, Holds]) -> None:
        """Keep what the messages of these rows hold, of which the last may not have come: it counts once it has."""
        if holds:
            noted = update(outbox).where(outbox.c.id == bindparam("row")).values(holds=bindparam("held"))
            connection.execute(noted, [{"row": row, "held": held} for row, held in holds.items()])

    def settle(self, connection: Connection, outcomes: Collection[Outcome], epoch: int) -> None:
        """Commit what became of rows that this epoch claimed."""
        if outcomes:
            dialect = connection.dialect.name
            values = [_values(outcome) for outcome in self._where_numbers_hold(connection, outcomes)]
            given = parameters(dialect, _GIVEN, tuple(_OUTCOME), values)
            connection.execute(_settling(dialect), given | {"mine": epoch})

    def _where_numbers_hold(self, connection: Connection, outcomes: Collection[Outcome]) -> Collection[Outcome]:
        """The same; without the numbers of messages in groups that became supergroups since the rows were claimed."""
        small = {one.row.chat_id: self._seal.seal_id(one.row.chat_id) for one in outcomes if one.row.chat_id in _MOVING}
        if not small:
            return outcomes
        query = select(chats.c.sealed_id).where(chats.c.sealed_id.in_(small.values()))
        still = set(connection.execute(query.with_for_update(read=True, key_share=True)).scalars())
        moved = {chat_id for chat_id, sealed in small.items() if sealed not in still}
        return [
            replace(one, message_ids=(0,) * len(one.message_ids)) if one.row.chat_id in moved else one
            for one in outcomes
        ]

    def left_behind(self, connection: Connection, epoch: int) -> int:
        """How many rows earlier leaderships claimed and never settled."""
        claimed = (outbox.c.state == Delivery.SENDING) & (outbox.c.epoch != epoch)
        return connection.execute(select(func.count()).select_from(outbox).where(claimed)).scalar_one()

    def recover(self, connection: Connection, epoch: int, now: float) -> int:
        """Treat these as unconfirmed: those of people and groups go again, those of channels wait for somebody.

        How many do.
        """
        again = select(chats.c.key).where(chats.c.kind.in_(AGAIN))
        old = outbox.c.epoch != epoch
        reason = case((outbox.c.reason.startswith(GROWN), outbox.c.reason), else_="interrupted")
        unconfirmed: dict[str, Any] = {"settled": now, "reason": reason}
        first = move(Delivery.RETRY, Delivery.SENDING).where(old, outbox.c.chat.in_(again))
        connection.execute(first.values(unconfirmed | {"not_before": now, "doubtful": outbox.c.doubtful + 1}))
        waiting = connection.execute(move(Delivery.UNCONFIRMED).where(old).values(unconfirmed))
        return waiting.rowcount

    def let_go(self, connection: Connection, epoch: int, kept: Collection[int], now: float) -> None:
        """Rows of this epoch that nobody holds, for their claim was committed and the word of it lost, go back."""
        mine = (outbox.c.epoch == epoch) & outbox.c.id.not_in(kept)
        connection.execute(move(Delivery.RETRY, Delivery.SENDING).where(mine).values(not_before=now))

    def hurry(self, connection: Connection, now: float) -> None:
        """The clock was set back: what was to go again by the old one goes again now; not to whoever is paused."""
        later = (outbox.c.state == Delivery.RETRY) & (outbox.c.not_before > now) & (outbox.c.not_before < PARKED)
        paused = select(subscriptions.c.id).where(subscriptions.c.state == State.PAUSED.value)
        rows = update(outbox).where(later, outbox.c.subscription.not_in(paused))
        connection.execute(rows.values(not_before=now))

    def next_moment(self, connection: Connection) -> float | None:
        """From when on the next row may be claimed, in the past where one may be now; None where none waits."""
        waits = outbox.c.not_before < PARKED
        queued = select(outbox.c.id).where(outbox.c.state == Delivery.QUEUED, waits).limit(1)
        if connection.execute(queued).first():
            return 0.0
        later = select(func.min(outbox.c.not_before)).where(outbox.c.state == Delivery.RETRY, waits)
        moment: float | None = connection.execute(later).scalar()
        return moment


def _still_paused(connection: Connection, ids: Collection[int]) -> set[int]:
    """Of editions that were paused when they were read those that are, and stay so until the end of the transaction.

    What is parked is found by whoever lets them go on: so they either see it, or it is not parked. One that is being
    changed at this moment is left to the next look.
    """
    if not ids:
        return set()
    paused = select(editions.c.id).where(editions.c.id.in_(ids), editions.c.state == Halt.PAUSED)
    return set(connection.execute(paused.with_for_update(read=True, skip_locked=True)).scalars())


def _sendable(row: Row[Any], now: float) -> bool:
    return row.edition_state not in _HALTED and row.send_before >= now


def _claim(connection: Connection, rows: Sequence[Row[Any]], epoch: int) -> dict[int, int]:
    """Claim rows; from which version of its edition each is printed, 0 where that is not known."""
    if not rows:
        return {}
    dialect = connection.dialect.name
    given = parameters(dialect, _GIVEN, tuple(_ID), [(row.outbox_id,) for row in rows])
    claimed = connection.execute(_claiming(dialect), given | {"mine": epoch})
    return {row.id: row.version or 0 for row in claimed}


def _values(outcome: Outcome) -> Values:
    """The values of an outcome in the order of `_OUTCOME`."""
    if outcome.state not in TRANSITIONS[Delivery.SENDING]:
        raise ValueError(f"a message under way cannot become {outcome.state}")
    grown = outcome.row.grown and outcome.state in (Delivery.SENT, Delivery.RETRY)
    return (
        outcome.row.id,
        outcome.state.value,
        outcome.settled,
        outcome.parts_sent,
        outcome.message_ids,
        outcome.attempts,
        outcome.not_before,
        GROWN if grown else outcome.reason,
        outcome.doubtful,
    )


_OWN = (
    outbox.c.id.label("outbox_id"),
    outbox.c.edition,
    outbox.c.period,
    outbox.c.parts_sent,
    outbox.c.message_ids,
    outbox.c.attempts,
    outbox.c.due,
    outbox.c.send_before,
    outbox.c.holds,
    outbox.c.doubtful,
    outbox.c.reason,
)
# What is queued was due when it was planned, whatever the clock says now; only a second attempt waits for its moment.
_CANDIDATES = (
    select(*_OWN, chats.c.sealed_id, chats.c.kind, editions.c.state.label("edition_state"), subscriptions)
    .select_from(outbox)
    .join(chats, chats.c.key == outbox.c.chat)
    .join(editions, editions.c.id == outbox.c.edition)
    .join(subscriptions, subscriptions.c.id == outbox.c.subscription)
    .where(
        outbox.c.state == bindparam("state"),
        outbox.c.not_before < PARKED,
        (outbox.c.state == Delivery.QUEUED) | (outbox.c.not_before <= bindparam("now")),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
# One statement for all rows: a statement for each took the sender half of its processor time. As an expression the
# state is no way to the rows: SQLite would read all that is queued, not the few that are named.
_state = outbox.c.state.concat("")
_GIVEN: Final = "given"
_ID: Final[dict[str, TypeEngine[Any]]] = {"id": BigInteger()}
_OUTCOME: Final[dict[str, TypeEngine[Any]]] = {
    **_ID,
    "state": Text(),
    "settled": Float(),
    "parts_sent": Integer(),
    "message_ids": JSON(),
    "attempts": Integer(),
    "not_before": Float(),
    "reason": Text(),
    "doubtful": Integer(),
}


@cache
def _claiming(dialect: str) -> ReturningUpdate[Any]:
    given = table_to_come(dialect, _GIVEN, _ID).c
    claimed: Update = move(Delivery.SENDING, state=_state).where(outbox.c.id == given.id)
    # Read here, once nobody else may have the row, and not with the candidates: what was composed anew since counts.
    newest = select(editions.c.version).where(editions.c.id == outbox.c.edition).scalar_subquery()
    version = case((outbox.c.parts_sent == 0, newest), else_=outbox.c.version)
    return claimed.values(epoch=bindparam("mine"), version=version).returning(outbox.c.id, outbox.c.version)


@cache
def _settling(dialect: str) -> Update:
    given = table_to_come(dialect, _GIVEN, _OUTCOME).c
    mine = (outbox.c.epoch == bindparam("mine")) & (_state == Delivery.SENDING.value)
    settled = update(outbox).where(outbox.c.id == given.id, mine)
    return settled.values({column: given[column] for column in _OUTCOME if column not in _ID})
