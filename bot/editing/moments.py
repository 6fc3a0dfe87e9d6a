"""The moments at which a draft may be published: those that are offered, and any other in writing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_FORM = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})\s+)?(\d{1,2})[:.](\d{2})")
_HOURS = (9, 18)
_OFFERED = 5


def moments_from(now: datetime) -> tuple[datetime, ...]:
    """The next mornings and evenings, at nine and at six, an hour from now at the earliest. Local as `now`."""
    days = (now.replace(minute=0, second=0, microsecond=0) + timedelta(days=number) for number in range(_OFFERED))
    found = [day.replace(hour=hour) for day in days for hour in _HOURS]
    return tuple([moment for moment in found if moment > now + timedelta(hours=1)][:_OFFERED])


def read_moment(words: str, now: datetime) -> datetime | None:
    """`2026-12-01 09:00`, or `18:30` for the next time that it is so late; None for anything else. Local as `now`."""
    match = _FORM.fullmatch(words.strip())
    if not match:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        moment = now.replace(hour=hour or 0, minute=minute or 0, second=0, microsecond=0)
        if year and month and day:
            return moment.replace(year=year, month=month, day=day)
    except ValueError:
        return None
    return moment if moment > now else moment + timedelta(days=1)
