"""The tick: every half minute the jobs of the digests run, whatever becomes of the clocks.

APScheduler rings, and rings only: it stops for an hour where the clock is set back by one. So a watch looks at a clock
that nobody sets, and rings where the two part or the bell is overdue.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]

from bot import logs
from bot.clock import Clock

_LOG = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between two ticks."""
WATCH = 1.0
"""Seconds between two looks of the watch."""
PARTED = 5.0
"""Seconds by which wall and monotonic time may part before the clock counts as set."""
_NAME = "tick"


@dataclass(frozen=True, slots=True)
class Tick:
    """What a job is told: the moment, how often the clock was set since the start, for how many seconds it was not."""

    now: datetime
    sets: int
    steady: float


Job = Callable[[Tick], Awaitable[object]]


class _Again(BaseTrigger):  # type: ignore[misc]
    """Rings so many seconds after it rang last.

    APScheduler's own interval first lists every moment that a clock set ahead by a year has leapt over, a million of
    them, before it coalesces them into one; all the while nobody gets an answer.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, _before: datetime | None, now: datetime) -> datetime:
        return now + self._pause


class Ticking:
    """Runs jobs by name at every tick, side by side, each never twice at a time. Use it as a context manager.

    A job that fails is logged without what the exception says, and runs at the next tick. At the end no job is broken
    off; each is waited for, and `stop` tells them. `failed` is called when a job has failed.
    """

    def __init__(
        self,
        clock: Clock,
        jobs: Mapping[str, Job],
        stop: Callable[[], None] = lambda: None,
        *,
        failed: Callable[[], None] = lambda: None,
        every: float = EVERY,
        watch: float = WATCH,
    ) -> None:
        self._clock = clock
        self._jobs = dict(jobs)
        self._stop, self._failed = stop, failed
        self._every = every
        self._watch_every = watch
        self._due = {name: asyncio.Event() for name in jobs}
        self._running = {name: asyncio.Lock() for name in jobs}
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self._sets = 0
        self._set_at = self._rung_at = clock.monotonic()
        self._parting = self._apart()

    async def __aenter__(self) -> Self:
        self._scheduler.add_job(
            self._ring,
            _Again(self._every),
            id=_NAME,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._tasks = [asyncio.create_task(self._work(name)) for name in self._jobs]
        self._tasks.append(asyncio.create_task(self._watch()))
        self.wake()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        self._stop()
        self._scheduler.shutdown(wait=False)
        watch = self._tasks.pop()
        watch.cancel()
        for due in self._due.values():
            due.set()
        await asyncio.wait([watch, *self._tasks])

    def wake(self) -> None:
        """Tick now."""
        self._rung_at = self._clock.monotonic()
        for due in self._due.values():
            due.set()

    async def _ring(self) -> None:  # APScheduler would run a plain function in a thread
        self.wake()

    async def tick(self) -> None:
        """Run every job once, one after the other, and return when all are done."""
        for name in self._jobs:
            await self._run(name)

    async def _work(self, name: str) -> None:
        due = self._due[name]
        while True:
            await due.wait()
            due.clear()
            if self._stopping:
                return
            await self._run(name)

    async def _run(self, name: str) -> None:
        async with self._running[name]:
            tick = Tick(self._clock.now(), self._sets, self._clock.monotonic() - self._set_at)
            try:
                await self._jobs[name](tick)
            except Exception as error:  # noqa: BLE001 - whatever a job raises, the next tick comes
                _LOG.error("%s failed, and is tried again at the next tick\n%s", name, logs.where(error))
                self._failed()

    async def _watch(self) -> None:
        while True:
            await self._clock.sleep(self._watch_every)
            parted = self._apart() - self._parting
            if abs(parted) > PARTED:
                _LOG.warning("the clock was set by %+.0f seconds", parted)
                self._sets += 1
                self._parting += parted
                self._set_at = self._clock.monotonic()
                self._rearm()
            elif self._clock.monotonic() - self._rung_at > self._every + PARTED:
                self._rearm()

    def _rearm(self) -> None:
        self._scheduler.reschedule_job(_NAME, trigger=_Again(self._every))
        self.wake()

    def _apart(self) -> float:
        """What lies between the wall and the monotonic clock, in seconds."""
        return self._clock.now().timestamp() - self._clock.monotonic()
