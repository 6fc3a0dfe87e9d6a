"""Putting right when subscriptions are due next: after a pause, a change of the timezones' rules, a wrong clock.

Everything here may be killed and done again. A moment that is put right never rings an edition twice, since a
subscription has one delivery per period, and never skips one, since the bell that was awaited is still awaited.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.schedule import LONGEST, nearest_due, next_due
from bot.digests.zones import schedule_of
from bot.store.database import Database
from bot.store.subscriptions import set_next_due
from bot.store.tables import subscriptions
from bot.subscription import Cadence, Schedule, State

_LOG = logging.getLogger(__name__)
SLICE = 1_000
"""Subscriptions put right in one transaction."""
_FAR = timedelta(days=2)
"""How much longer than the longest time between two bells one may be away, whatever the clocks do."""
_RINGS = subscriptions.c.state == State.ACTIVE.value


async def end_pauses(database: Database, now: datetime) -> int:
    """Make active what was paused until now or earlier, to ring at its first moment after the pause; how many."""

    async def end(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> int:
        missing = [row for row in rows if row.next_due is None or row.next_due <= row.until]
        await set_next_due(connection, [(row.id, _after(row, row.until)) for row in missing])
        awake = update(subscriptions).where(subscriptions.c.id.in_([row.id for row in rows]))
        await connection.execute(awake.values(state=State.ACTIVE.value, until=None))
        return len(rows)

    over = and_(subscriptions.c.state == State.PAUSED.value, subscriptions.c.until <= _seconds(now))
    return await _in_slices(database, over, end)


async def follow_zones(database: Database) -> int:
    """Move every awaited bell to where the rules of its timezone have it now; how many moved."""

    async def follow(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> int:
        moves = [(row.id, moment) for row in rows if (moment := _nearest(row)) != row.next_due]
        await set_next_due(connection, moves)
        return len(moves)

    return await _in_slices(database, and_(_RINGS, subscriptions.c.next_due.is_not(None)), follow)


async def bring_back(database: Database, now: datetime) -> int:
    """Give the next moment from now to whoever awaits none, or one so far off that a clock was wrong; how many."""

    async def bring(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> int:
        await set_next_due(connection, [(row.id, _after(row, _seconds(now))) for row in rows])
        return len(rows)

    lost = or_(subscriptions.c.next_due.is_(None), *(_too_far(cadence, now) for cadence in Cadence))
    return await _in_slices(database, and_(_RINGS, lost), bring)


def _too_far(cadence: Cadence, now: datetime) -> ColumnElement[bool]:
    limit = _seconds(now + LONGEST[cadence] + _FAR)
    return and_(subscriptions.c.cadence == cadence.value, subscriptions.c.next_due > limit)


async def _in_slices(
    database: Database,
    which: ColumnElement[bool],
    act: Callable[[AsyncConnection, Sequence[Row[Any]]], Awaitable[int]],
) -> int:
    """Do something with subscriptions, each slice in a transaction of its own; the sum of what it answers."""
    columns = subscriptions.c
    when = (columns.cadence, columns.weekday, columns.hour, columns.timezone)
    query: Select[Any] = select(*when, columns.id, columns.next_due, columns.until)
    query = query.where(which).order_by(columns.id).limit(SLICE).with_for_update()
    count, last = 0, 0
    while True:
        async with database.begin() as connection:
            rows = (await connection.execute(query.where(columns.id > last))).all()
            count += await act(connection, rows) if rows else 0
        if len(rows) < SLICE:
            return count
        last = rows[-1].id


def _schedule(row: Row[Any]) -> Schedule:
    return schedule_of(row.cadence, row.weekday, row.hour, row.timezone)


def _after(row: Row[Any], moment: int) -> int:
    return _seconds(next_due(_schedule(row), datetime.fromtimestamp(moment, UTC)))


def _nearest(row: Row[Any]) -> int:
    return _seconds(nearest_due(_schedule(row), datetime.fromtimestamp(row.next_due, UTC)))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
