"""Messages to a Telegram that takes each for a while and refuses as told, by a pacer in virtual time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import RetryAfter

from bot.transport.pacing import ChatKey, Pace, Pacer, Priority
from tests.transport.virtual import VirtualClock, in_virtual_time

ANN, BOB, GROUP, CHANNEL = 11, 22, -100, "@channel"


TIGHT = Pace(slack=0.0, reserve=0)


@dataclass(frozen=True)
class Left:
    """A message that has left: when, for whom, which, in how many parts."""

    at: float
    chat: ChatKey
    number: int
    parts: int
    priority: Priority


class Telegram:
    """Takes messages, each for a while; refuses as told."""

    def __init__(self, pace: Pace, took: float = 0.05) -> None:
        self.clock = VirtualClock()
        self.pacer = Pacer(pace, self.clock)
        self.asked: list[int] = []
        self.left: list[Left] = []
        self.refusals: dict[ChatKey, list[int]] = defaultdict(list)
        self._took = took

    async def send(
        self, chat: ChatKey, number: int, parts: int = 1, priority: Priority = Priority.ANSWER, after: float = 0.0
    ) -> int:
        await asyncio.sleep(after)
        self.asked.append(number)

        async def call() -> int:
            self.left.append(Left(self.clock.monotonic(), chat, number, parts, priority))
            await asyncio.sleep(self._took)
            if self.refusals[chat]:
                raise RetryAfter(self.refusals[chat].pop(0))
            return number

        return await self.pacer.send(chat, parts, call, priority)

    async def digest(self, chat: ChatKey, number: int = 0, after: float = 0.0) -> int:
        """A message of a digest, as the sender sends it: once."""
        await asyncio.sleep(after)
        self.asked.append(number)

        async def call() -> int:
            self.left.append(Left(self.clock.monotonic(), chat, number, 1, Priority.DIGEST))
            await asyncio.sleep(self._took)
            if self.refusals[chat]:
                raise RetryAfter(self.refusals[chat].pop(0))
            return number

        return await self.pacer.once(chat, call)

    def times(self, chat: ChatKey) -> list[float]:
        start = self.left[0].at
        return [round(left.at - start, 3) for left in self.left if left.chat == chat]


def run(scenario: Callable[[Telegram], Awaitable[None]], pace: Pace = TIGHT, took: float = 0.0) -> Telegram:
    """Play a scenario to its end."""

    async def play() -> Telegram:
        telegram = Telegram(pace, took)
        await scenario(telegram)
        return telegram

    return in_virtual_time(play())


def most_in_any(window: float, moments: list[tuple[float, int]]) -> int:
    """The most messages in any half-open stretch of this length."""
    return max(sum(parts for at, parts in moments if start <= at < start + window - 1e-9) for start, _ in moments)
