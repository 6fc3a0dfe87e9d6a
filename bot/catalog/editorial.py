"""What editors decide of a week's editions beyond the content itself: cards pinned or held, a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.catalog.values import LanguageCode

_WEEK = timedelta(days=7)


def week_key(day: date) -> str:
    """The name of the week, from Monday to Sunday in UTC, in which editions go out on this day: `w2026-11-23`."""
    return f"w{day - timedelta(days=day.weekday())}"


def weeks_of(first: date, end: date) -> tuple[str, ...]:
    """The weeks that the days from `first` until before `end` fall in, in order."""
    monday = first - timedelta(days=first.weekday())
    count = max(0, -((monday - end) // _WEEK))
    return tuple(week_key(monday + number * _WEEK) for number in range(count))


@dataclass(frozen=True, slots=True)
class Week:
    """Decisions for the editions that go out in a week. Cards by id: `pins` in the order they were pinned."""

    pins: tuple[str, ...] = ()
    holds: frozenset[str] = frozenset()
    notes: Mapping[LanguageCode, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Editorial:
    """All decisions, by the key of their week. Those of past weeks stay, so that what was pinned is not shown again
    soon."""

    weeks: Mapping[str, Week] = field(default_factory=dict)

    def week(self, key: str) -> Week:
        """The decisions of one week."""
        return self.weeks.get(key, Week())

    def held(self, keys: Iterable[str]) -> frozenset[str]:
        """Cards held in any of these weeks."""
        return frozenset().union(*(self.week(key).holds for key in keys))
