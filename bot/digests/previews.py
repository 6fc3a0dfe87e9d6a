"""Previews: the owner of a channel sees an edition some hours before it goes out, and may skip it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import BigInteger, Row, cast, literal, select, true, tuple_, update

from bot import logs
from bot.digests.planner import Compose
from bot.digests.schedule import Period, period_of
from bot.digests.zones import schedule_of
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editions import is_cancelled
from bot.store.tables import subscriptions
from bot.subscription import State

_LOG = logging.getLogger(__name__)
_SLICE = 200
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is to be shown: the id and key of the subscription, the edition of its period, and when it goes
    out, in seconds since 1970. `empty`: it holds nothing new."""

    subscription: int
    key: str
    period: Period
    edition: int
    empty: bool
    due: int


Announce = Callable[[Preview], Awaitable[None]]
"""Shows a preview to whoever subscribed. An exception means that it was not shown, and shall be once more."""


class Previews:
    """Shows each preview that is due once."""

    def __init__(self, database: Database, compose: Compose, announce: Announce) -> None:
        self._database = database
        self._compose = compose
        self._announce = announce
        self._stopping = False

    def stop(self) -> None:
        """Break off after the preview under way."""
        self._stopping = True

    async def show(self, now: datetime) -> int:
        """Show the previews that are due by now and were not shown yet; how many.

        One comes no sooner than its period is over, since until then the edition is not known, and none of an edition
        that was taken back. A kill between showing
        and noting it shows one twice.
        """
        shown, after = 0, (0, 0)
        while rows := await self._slice(int(now.timestamp()), after):
            after = (rows[-1].next_due, rows[-1].id)
            for row in rows:
                if self._stopping:
                    return shown
                shown += await self._show(row, now)
        return shown

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next preview is due that was not shown yet, from now on; None where nobody awaits one."""
        found, after = [], (0, 0)
        while rows := await self._slice(int(now.timestamp()), after, ahead=True):
            after = (rows[-1].next_due, rows[-1].id)
            for row in rows:
                period = _period(row)
                due = max(datetime.fromtimestamp(row.next_due - row.preview_hours * _HOUR, UTC), _over(period))
                if period.key not in (row.previewed, row.skipped) and due.timestamp() < row.next_due:
                    found.append(max(due, now))
        return min(found, default=None)

    async def _slice(self, now: int, after: tuple[int, int], *, ahead: bool = False) -> list[Row[Any]]:
        """Those who await a preview that is due by now, or one that comes at some time."""
        columns = subscriptions.c
        place = (columns.next_due, columns.id)
        due = columns.next_due - cast(columns.preview_hours, BigInteger) * _HOUR <= now
        query = select(subscriptions).where(
            columns.preview_hours > 0,
            columns.state == State.ACTIVE.value,
            columns.told.is_not(None),
            columns.next_due > now,
            true() if ahead else due,
            tuple_(*place) > tuple_(*(literal(each, BigInteger) for each in after)),
        )
        async with self._database.read() as connection:
            return list((await connection.execute(query.order_by(*place).limit(_SLICE))).all())

    async def _show(self, row: Row[Any], now: datetime) -> bool:
        period = _period(row)
        if period.key in (row.previewed, row.skipped) or now < _over(period):
            return False
        topics = tuple(row.topics.split(",")) if row.topics else ()
        try:
            async with self._database.begin() as connection:
                edition, empty = await self._compose(connection, period, topics, Language(row.language))
                goes = not (empty and row.skip_empty) and not await is_cancelled(connection, edition)
            if goes:
                await self._announce(Preview(row.id, row.key, period, edition, empty, row.next_due))
            async with self._database.begin() as connection:
                noted = update(subscriptions).where(subscriptions.c.id == row.id)
                await connection.execute(noted.values(previewed=period.key))
        except Exception as error:  # noqa: BLE001 - one that cannot be shown must hold up no other
            _LOG.error("a preview of the edition %s could not be shown\n%s", period.key, logs.where(error))
            return False
        return goes


def _period(row: Row[Any]) -> Period:
    """The period of the edition that a subscription awaits."""
    schedule = schedule_of(row.cadence, row.weekday, row.hour, row.timezone)
    return period_of(schedule, datetime.fromtimestamp(row.next_due, UTC))


def _over(period: Period) -> datetime:
    """When a period is over, and its edition known."""
    return datetime.combine(period.end, time(), UTC)
