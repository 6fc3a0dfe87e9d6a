"""When a subscription rings, and what period its edition then covers. Pure: a schedule and a moment in, values out.

A day on which a schedule rings is a *day* here: a local date, whatever hour the clocks of that place make of it. Days
follow each other in equal steps, and each has one period of its own, so no change of clocks can give a period twice
or leave one out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.subscription import Cadence, Schedule

EPOCH = date(2024, 1, 1)
"""The Monday from which periods are counted, before anything was published."""
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
LONGEST = {Cadence.DAILY: _DAY, Cadence.WEEKLY: _WEEK, Cadence.FORTNIGHTLY: 2 * _WEEK, Cadence.MONTHLY: 5 * _WEEK}
"""The longest way from one day of a schedule to the next."""
_LETTER = {Cadence.DAILY: "d", Cadence.WEEKLY: "w", Cadence.FORTNIGHTLY: "f", Cadence.MONTHLY: "m"}
_SURVEYED = 14 * 53
"""Weeks from the epoch, to 2038, in which a zone's largest offset is looked for; its rules repeat after that."""


@dataclass(frozen=True, slots=True)
class Period:
    """What an edition covers: from `first` 00:00 UTC to `end` 00:00 UTC, which is over when the edition rings.

    A week begins on a Monday; a fortnight is two such weeks. A month begins and ends a day early, since its first
    morning in Tbilisi is the evening before in UTC: that of May runs from 30 April to 30 May, both included.
    `key` names it within at most 16 characters (`w2026-11-16`, `f2026-11-16`, `d2026-11-26` by the first day;
    `m2026-10` by the month). `ordinal` counts up by one per period of this cadence.
    """

    cadence: Cadence
    first: date
    end: date
    key: str
    ordinal: int


def next_due(schedule: Schedule, after: datetime, had: Collection[str] = ()) -> datetime:
    """The first moment, in UTC, strictly after this one at which the schedule rings, of a period that is none of `had`.

    An hour that the clocks leave out moves to the next one there is; one that comes twice rings the first time.
    Raises ZoneInfoNotFoundError where the timezone is unknown.
    """
    days = ((day, _moment(schedule, day)) for day in _days(schedule, _before(schedule, after)))
    coming = ((day, moment) for day, moment in days if moment > after)
    return next(moment for day, moment in coming if not had or _period(schedule, day).key not in had)


def nearest_due(schedule: Schedule, due: datetime) -> datetime:
    """The bell nearest to this moment: where a due moment went when the rules of its timezone changed."""
    last = _moment(schedule, _day_of(schedule, due))
    coming = next_due(schedule, due)
    return last if due - last <= coming - due else coming


def after_skipped(schedule: Schedule, due: int | None, skipped: str | None) -> int | None:
    """When the edition after the one that is due goes out, where that one is of the period that is skipped; else None.

    Moments are seconds since 1970.
    """
    if due is None or skipped is None:
        return None
    moment = datetime.fromtimestamp(due, UTC)
    if period_of(schedule, moment).key != skipped:
        return None
    return int(next_due(schedule, moment).timestamp())


def period_of(schedule: Schedule, due: datetime) -> Period:
    """The last complete period before the schedule rings at `due`, or before it rang last where `due` lies between.

    Counted from the wall clock less the zone's largest offset from UTC, the same all year, and so over in UTC already.
    Raises ZoneInfoNotFoundError where the timezone is unknown.
    """
    return _period(schedule, _day_of(schedule, due))


def forget_offsets() -> None:
    """Forget the largest offsets: the timezone database was replaced."""
    largest_offset.cache_clear()


@lru_cache(maxsize=1024)
def largest_offset(timezone: str) -> timedelta:
    """How far the clocks of a zone are ever ahead of UTC; negative where they are always behind."""
    zone = ZoneInfo(timezone)
    noons = (datetime.combine(EPOCH, time(12), zone) + number * _WEEK for number in range(_SURVEYED))
    return max(noon.utcoffset() or timedelta() for noon in noons)


def _before(schedule: Schedule, moment: datetime) -> date:
    """A local date so early that the last day of the schedule before this moment comes after it."""
    return moment.astimezone(ZoneInfo(schedule.timezone)).date() - LONGEST[schedule.cadence] - _DAY


def _day_of(schedule: Schedule, due: datetime) -> date:
    """The last day of a schedule on which it rings by `due`."""
    days = _days(schedule, _before(schedule, due))
    *_, last = takewhile(lambda day: _moment(schedule, day) <= due, days)
    return last


def _days(schedule: Schedule, start: date) -> Iterator[date]:
    """The days of a schedule from a local date on."""
    if schedule.cadence is not Cadence.DAILY:
        start += timedelta(days=(schedule.weekday - start.weekday()) % 7)
    step = _DAY if schedule.cadence is Cadence.DAILY else _WEEK
    while True:
        if _rings_on(schedule, start):
            yield start
        start += step


def _rings_on(schedule: Schedule, day: date) -> bool:
    """Whether a day of the right weekday is one of the schedule: every second one, or the first of its month."""
    if schedule.cadence is Cadence.FORTNIGHTLY:
        return (_safe_day(schedule, day) - EPOCH) // _WEEK % 2 == 0
    return schedule.cadence is not Cadence.MONTHLY or day.day <= _WEEK.days


def _moment(schedule: Schedule, day: date) -> datetime:
    """When a schedule rings on a day of its own, in UTC."""
    zone = ZoneInfo(schedule.timezone)
    wall = datetime.combine(day, time(schedule.hour))
    while (moment := wall.replace(tzinfo=zone).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) != wall:
        wall += _HOUR
    return moment


def _safe_day(schedule: Schedule, day: date) -> date:
    """The day that it is in UTC, or the one before, when a schedule rings on a day of its own."""
    return (datetime.combine(day, time(schedule.hour)) - largest_offset(schedule.timezone)).date()


def _period(schedule: Schedule, day: date) -> Period:
    cadence = schedule.cadence
    if cadence is Cadence.MONTHLY:
        begins = day.replace(day=1)
        month = (begins - _DAY).replace(day=1)
        ordinal = (month.year - EPOCH.year) * 12 + month.month - EPOCH.month
        return Period(cadence, month - _DAY, begins - _DAY, f"m{month:%Y-%m}", ordinal)
    ordinal = (_safe_day(schedule, day) - EPOCH) // LONGEST[cadence] - 1
    first = EPOCH + ordinal * LONGEST[cadence]
    return Period(cadence, first, first + LONGEST[cadence], f"{_LETTER[cadence]}{first}", ordinal)
