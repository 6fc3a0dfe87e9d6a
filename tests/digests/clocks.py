"""A clock for tests that is set and that goes on, apart from that of the machine."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest


class SetClock:
    """The machine's clock, whose wall time can be set while its monotonic time goes on."""

    def __init__(self) -> None:
        self.set_by = timedelta()

    def now(self) -> datetime:
        """The moment on the wall, in UTC."""
        return datetime.now(UTC) + self.set_by

    def monotonic(self) -> float:
        """Seconds, whatever the wall says."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(seconds)


class ToldClock:
    """A clock that stands still until it is told to go on or is set. Sleep is over at once."""

    def __init__(self, now: datetime) -> None:
        self._now, self._monotonic = now, 1000.0

    def now(self) -> datetime:
        """The moment on the wall."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that were told to go by."""
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        """Give others a turn."""
        await asyncio.sleep(0)

    def go_on(self, by: timedelta) -> None:
        """Time goes by."""
        self._now += by
        self._monotonic += by.total_seconds()

    def go_to(self, moment: datetime) -> None:
        """Time goes by until a moment."""
        self.go_on(moment - self._now)

    def set_to(self, moment: datetime) -> None:
        """Somebody sets the clock."""
        self._now = moment


def show_to_apscheduler(clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let APScheduler read the time on this wall instead of the machine's."""

    class Wall(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Self:
            return cls.fromtimestamp(clock.now().timestamp(), tz)

    for module in ("schedulers.base", "executors.base"):
        monkeypatch.setattr(f"apscheduler.{module}.datetime", Wall)
