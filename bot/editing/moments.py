"""The moments at which a draft may be published: those that are offered, and any other in writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.views.cities import City, find_zone

_NEAR = {"today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1, "послезавтра": 2}
"""Days that are named by how far they are from today."""
_DATE = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?:\.(?P<y>\d{4}))?"
_AT = r"(?:at|в)\s+"
_TIMES = rf"{_AT}(?P<hour>\d{{1,2}})(?P<minute>)", rf"(?:{_AT})?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})"
_FORMS = [
    re.compile(rf"(?:(?:{_DATE}|(?P<near>{'|'.join(_NEAR)}))[\s,]+)?{time}(?:[\s,]+(?P<zone>\S.*))?", re.IGNORECASE)
    for time in _TIMES
]
_HOURS = (9, 18)
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as somebody wrote it: local to the timezone (an IANA name) that they named, or to that of the bot."""

    at: datetime
    zone: str


class UnknownZoneError(Exception):
    """What stands behind the time is no place and no timezone that is known; `near` are cities of nearly that name."""

    def __init__(self, words: str, near: tuple[City, ...]) -> None:
        super().__init__(words)
        self.words = words
        self.near = near


def moments_from(now: datetime) -> tuple[datetime, ...]:
    """The next mornings and evenings, at nine and at six, an hour from now at the earliest. Local as `now`."""
    days = (now.replace(minute=0, second=0, microsecond=0) + timedelta(days=number) for number in range(_OFFERED))
    found = [day.replace(hour=hour) for day in days for hour in _HOURS]
    return tuple([moment for moment in found if moment > now + timedelta(hours=1)][:_OFFERED])


def read_moment(words: str, now: datetime, zone: str) -> Moment | None:
    """`2026-12-01 09:00`, `1.12 9:00`, `tomorrow at 9`, or `18:30` for the next time that it is so late, each with a
    place behind it (`Tbilisi`, `Europe/Riga`, `UTC+4`) or else in `zone`. None for anything else.

    Raises UnknownZoneError where the place is not known.
    """
    match = next(filter(None, (form.fullmatch(words.strip()) for form in _FORMS)), None)
    if not match:
        return None
    if place := match["zone"]:
        found, near = find_zone(place.strip("() "))
        if found is None:
            raise UnknownZoneError(place, near)
        zone = found
    local = now.astimezone(ZoneInfo(zone))
    try:
        at = _next(match, local)
    except ValueError:
        return None
    return Moment(at, zone)


def _next(match: re.Match[str], now: datetime) -> datetime:
    """The moment that was written; without a day the next one at that time, without a year that of the coming year."""
    at = now.replace(hour=int(match["hour"]), minute=int(match["minute"] or 0), second=0, microsecond=0)
    if match["near"]:
        return at + timedelta(days=_NEAR[match["near"].casefold()])
    day, month, year = (match[name] or match[short] for name, short in (("day", "d"), ("month", "m"), ("year", "y")))
    if not day:
        return at if at > now else at + timedelta(days=1)
    at = at.replace(year=int(year or now.year), month=int(month), day=int(day))
    return at if year or at > now else at.replace(year=at.year + 1)
