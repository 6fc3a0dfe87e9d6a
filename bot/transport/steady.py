"""The clock that waits are measured on: it never jumps, and tests replace it."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class SteadyClock(Protocol):
    """Monotonic time in seconds, and sleep in the same seconds."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; at the next turn of the event loop where `seconds` is not positive."""
        ...


class ProcessClock:
    """The steady clock of this process."""

    def monotonic(self) -> float:
        """As `time.monotonic`."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """As `asyncio.sleep`."""
        await asyncio.sleep(seconds)
