"""Long holds: Telegram asks to send nothing for more than an hour, to a chat or to anybody; each is told of once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LONG: Final = 3600.0
"""Seconds of waiting from which administrators hear of it."""


@dataclass(slots=True)
class LongHolds:
    """Those that last. Moments are seconds of a steady clock; a hold is that of a chat (its id), or None of all."""

    ends: dict[int | None, float] = field(default_factory=dict)

    def begins(self, whose: int | None, seconds: float, now: float) -> bool:
        """Whether a long hold begins that lasts so many seconds from now; one that is prolonged began before."""
        known = self.lasts(whose, now)
        if known or seconds > LONG:
            self.ends[whose] = max(self.ends.get(whose, now), now + seconds)
        return not known and seconds > LONG

    def lasts(self, whose: int | None, now: float) -> bool:
        """Whether a long hold is not over."""
        self.ends = {each: end for each, end in self.ends.items() if end > now}
        return whose in self.ends
