"""Whether Telegram seems to be away: after a few failures in a row nothing but single trials leaves, ever more rarely.

Without this, an hour in which every request times out would turn every channel's message into an unconfirmed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AWAY: Final = 3
"""Failures in a row after which Telegram counts as away."""
_FIRST_REST: Final = 0.5  # seconds; doubled with each trial that fails
_LONGEST_REST: Final = 60.0


@dataclass(slots=True)
class Outage:
    """Counts. Moments are seconds of a steady clock."""

    failures: int = 0
    trials: int = 0
    began: float = 0.0
    rests_until: float = 0.0

    @property
    def on(self) -> bool:
        """Whether Telegram counts as away: at most one message may then be under way."""
        return self.failures >= AWAY

    def failed(self, now: float, chance: float) -> None:
        """A request was not answered; `chance` from 0 to 1 spreads the next trial."""
        if not self.failures:
            self.began = now
        self.failures += 1
        if self.on and now >= self.rests_until:  # before that it is one that was under way already
            rest = min(_FIRST_REST * 2.0 ** min(self.trials, 16), _LONGEST_REST)
            self.trials += 1
            self.rests_until = now + rest * (0.5 + chance / 2)

    def answered(self) -> None:
        """Telegram answered, be it with a refusal."""
        self.failures = self.trials = 0
        self.rests_until = 0.0

    def rest(self, now: float) -> float:
        """Seconds until the next trial."""
        return max(0.0, self.rests_until - now) if self.on else 0.0

    def lasts(self, now: float) -> float:
        """Seconds since the first of the failures in a row."""
        return now - self.began if self.on else 0.0
