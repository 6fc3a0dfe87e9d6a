"""The moments at which a sender can be watched: where a crash would be worst, tests make one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """A moment on a message's way."""

    CLAIMED = "claimed"
    """Rows are claimed, and none of their messages has left."""
    LEFT = "left"
    """A request was written, and its answer not read."""
    TAKEN = "taken"
    """Telegram has answered, and the outcome is noted nowhere."""
    COMMITTING = "committing"
    """Outcomes are written and not yet committed."""
    BETWEEN_PARTS = "between parts"
    """The outcome of a part is committed, and the next has not left."""
    HELD = "held"
    """Telegram has asked to wait, and the wait has begun."""


Probe = Callable[[Point], None]


def unwatched(point: Point) -> None:
    """Nobody watches."""
