"""How many messages leave in the busiest second after a start, beside the limiter of python-telegram-bot.

No network: a message has left when it is handed over. What arrives, over ten minutes: `make soak`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import uvloop
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.clock import SystemClock
from bot.transport.pacing import Pace, Pacer, Priority
from tests.digests.soak import most_in_any

SECONDS = 4
LIMITS = (30, 1000)
"""Messages a second: Telegram's free limit and its paid one."""
TAKEN = b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}'


class Doorstep(BaseRequest):
    """Takes every message at once and notes when."""

    def __init__(self) -> None:
        self.left: list[float] = []

    @property
    def read_timeout(self) -> float:
        """Nothing is waited for."""
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Note the moment."""
        self.left.append(time.monotonic())
        return 200, TAKEN


async def _everybody(send: Callable[[int], Awaitable[object]], count: int) -> None:
    """One message to each of so many people, all at once; ended when the time is up."""
    tasks = [asyncio.create_task(_quietly(send, person)) for person in range(1, count + 1)]
    await asyncio.wait(tasks, timeout=SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _quietly(send: Callable[[int], Awaitable[object]], person: int) -> None:
    await send(person)


async def _library(limit: int) -> list[float]:
    door = Doorstep()
    limiter = AIORateLimiter(overall_max_rate=limit)
    bot = ExtBot("1:token", request=door, get_updates_request=Doorstep(), rate_limiter=limiter)
    await _everybody(lambda person: bot.send_message(person, "digest"), limit * SECONDS * 2)
    return door.left


async def _ours(limit: int) -> list[float]:
    left: list[float] = []
    pacer = Pacer(Pace.of(limit), SystemClock())

    async def send(person: int) -> None:
        async def call() -> None:
            left.append(time.monotonic())

        await pacer.send(person, 1, call, Priority.DIGEST)

    await _everybody(send, limit * SECONDS * 2)
    pacer.close()
    return left


def measure() -> list[tuple[str, float, str]]:
    """The most that left in any second, at each limit."""
    rows = []
    for limit in LIMITS:
        for name, run in (("ours", _ours), ("AIORateLimiter", _library)):
            left = uvloop.run(run(limit))
            rows.append(
                (f"{name}, at {limit:,} a second: most in any second", float(most_in_any(1.0, left)), "messages")
            )
    return rows
