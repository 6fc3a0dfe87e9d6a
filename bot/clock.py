"""The clock that is passed in: nothing else asks what time it is."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """The current moment, in UTC and aware of it."""

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean something."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The current moment in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(seconds)


class MovableClock:
    """This machine's clock, moved ahead on request: a demo does not wait a week for the next digest.

    Both times leap together, as if that much of them had passed, and whoever sleeps wakes where the leap covers
    what was left of the sleep. For the event loop of one thread.
    """

    def __init__(self) -> None:
        self._ahead = 0.0
        self._moved: asyncio.Future[None] | None = None

    def now(self) -> datetime:
        """The current moment in UTC, ahead of this machine's by all the leaps."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds since some moment in the past, the leaps among them."""
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait until this clock has gone on by so much, on its own or moved."""
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            if self._moved is None or self._moved.done():
                self._moved = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._moved], timeout=left)
        if seconds <= 0:
            await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        """Move ahead. Raises ValueError for a step back: monotonic time has none."""
        if seconds < 0:
            raise ValueError("a clock moves ahead only")
        self._ahead += seconds
        if self._moved is not None and not self._moved.done():
            self._moved.set_result(None)
