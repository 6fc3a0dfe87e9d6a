"""Lanes: what is in one lane happens in order, lanes run side by side, and only work that is under way holds a slot."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

T = TypeVar("T")

_ASIDE_PER_SLOT = 8  # how many times more work may be begun (and mostly waiting aside) than may run


class Lanes(Generic[T]):
    """Runs `work(item)` for every item put, at most `at_once` at a time.

    `work` must not raise. Lanes take turns: after one item a lane goes to the end of those that have something to do.
    """

    def __init__(self, work: Callable[[T], Awaitable[None]], at_once: int) -> None:
        self._work = work
        self._slots = _Slots(at_once, self._fill)
        self._most_begun = at_once * _ASIDE_PER_SLOT
        self._waiting: dict[Hashable, deque[T]] = {}
        self._ready: deque[Hashable] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._closing = False

    def put(self, lane: Hashable, item: T) -> None:
        """Put an item at the end of its lane."""
        queue = self._waiting.get(lane)
        if queue is None:
            self._waiting[lane] = queue = deque()
            self._ready.append(lane)
        queue.append(item)
        self._fill()

    def shut(self) -> None:
        """Begin nothing more."""
        self._closing = True

    async def close(self, grace: float) -> None:
        """Begin nothing more; what runs has `grace` seconds to end and is cancelled after that."""
        self.shut()
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    def _fill(self) -> None:
        while self._ready and not self._closing and len(self._running) < self._most_begun and self._slots.take():
            lane = self._ready.popleft()
            task = asyncio.create_task(self._run(lane, self._waiting[lane].popleft()))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run(self, lane: Hashable, item: T) -> None:
        slot = _Slot(self._slots)
        _current.set(slot)
        try:
            await self._work(item)
        finally:
            self._running.discard(asyncio.current_task())
            if self._waiting[lane]:
                self._ready.append(lane)
            else:
                del self._waiting[lane]
            slot.end()
            self._fill()


class _Slots:
    """A count of free slots; those who stepped aside come back before anything new begins."""

    def __init__(self, free: int, freed: Callable[[], None]) -> None:
        self._free = free
        self._freed = freed
        self._returning: deque[asyncio.Future[None]] = deque()

    def take(self) -> bool:
        if self._free <= 0:
            return False
        self._free -= 1
        return True

    def give(self) -> None:
        while self._returning:
            waiter = self._returning.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self._free += 1
        self._freed()

    async def take_back(self) -> None:
        if self.take():
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._returning.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.give()
            raise


class _Slot:
    """The slot of one piece of work, which may be out of it while it only waits."""

    def __init__(self, slots: _Slots) -> None:
        self._slots = slots
        self._held = True
        self._aside = 0
        self._over = False

    def step_aside(self) -> None:
        self._aside += 1
        if self._held:
            self._held = False
            self._slots.give()

    async def come_back(self) -> None:
        self._aside -= 1
        if self._aside == 0 and not self._over:
            await self._slots.take_back()
            self._held = True

    def end(self) -> None:
        self._over = True
        if self._held:
            self._held = False
            self._slots.give()


_current: ContextVar[_Slot | None] = ContextVar("slot of the work under way", default=None)


@asynccontextmanager
async def aside() -> AsyncIterator[None]:
    """Hold no slot inside this block; for waits that are nobody's work, such as a chat's pace.

    Outside of lanes it does nothing.
    """
    slot = _current.get()
    if slot is None:
        yield
        return
    slot.step_aside()
    try:
        yield
    finally:
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            await slot.come_back()
