"""The time that the sandbox goes by, and how it is moved ahead: by so much, to a moment, or to what comes next."""

import math
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from inspect import isawaitable

from bot.sandbox.shapes import Clock

Move = Callable[[float], None]
"""Moves the clock ahead by so many seconds."""

NextDue = Callable[[], datetime | Awaitable[datetime | None] | None]
"""Answers (or will answer) the moment at which something is due next, None where nothing is."""

FARTHEST = 10 * 366 * 24 * 3600.0


class TimeError(ValueError):
    """The clock cannot be moved so; the message says why in plain words."""


class Timepiece:
    """A clock, what moves it, and who knows what is due next.

    Without a clock it is this machine's, which the sandbox then moves for itself; a clock of somebody else's moves
    only where `move` is given, too.
    """

    def __init__(self, clock: Clock | None = None, move: Move | None = None, next_due: NextDue | None = None) -> None:
        self._ahead = 0.0
        self._clock = clock or self._own
        self._move = move if clock else self._leap
        self.next_due = next_due

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self._clock()

    @property
    def is_movable(self) -> bool:
        """Whether it can be moved at all."""
        return self._move is not None

    def _own(self) -> float:
        return time.time() + self._ahead

    def _leap(self, seconds: float) -> None:
        self._ahead += seconds

    def advance(self, seconds: float) -> float:
        """Move ahead by so much, up to ten years, to the millisecond; answers the seconds moved. Raises TimeError."""
        if self._move is None:
            raise TimeError("this clock cannot be moved")
        if not 0 <= seconds <= FARTHEST:
            raise TimeError("the clock moves ahead only, by ten years at most")
        rounded = math.ceil(seconds * 1000) / 1000
        self._move(rounded)
        return rounded

    def advance_to(self, moment: datetime) -> float:
        """Move ahead to a moment (UTC where it names no timezone); answers the seconds moved. Raises TimeError."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = aware.timestamp() - self()
        if seconds < 0:
            raise TimeError(f"{aware.isoformat()} has passed already")
        return self.advance(seconds)

    async def advance_to_next(self) -> float:
        """Move ahead to what is due next; by nothing where it is due already. Raises TimeError where nothing is."""
        due = await self.due()
        if due is None:
            raise TimeError("nothing is scheduled")
        return self.advance(max(0.0, due.timestamp() - self()))

    async def due(self) -> datetime | None:
        """What is due next, in UTC; None where nothing is or nobody knows."""
        if self.next_due is None:
            return None
        answer = self.next_due()
        found = await answer if isawaitable(answer) else answer
        return None if found is None else found.astimezone(UTC)
