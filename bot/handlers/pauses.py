"""Waiting until somebody has sent all that they are sending: what is to be done then is begun anew with each piece."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.clock import Clock

Act = Callable[[], Awaitable[None]]
_LOG = logging.getLogger(__name__)

SECONDS = 2.0
"""How long after the last file it is looked at: a handful chosen at once comes in well within that."""
MEANWHILE = 0.5
"""How long after it what came so far is told anew: of ten files at once not ten times."""


class Pauses:
    """What waits, by whom it is for. Nothing of it outlasts the process: who needs it to keeps a mark elsewhere."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[int, asyncio.Task[None]] = {}

    def after(self, who: int, act: Act, meanwhile: Act | None = None) -> None:
        """Do this when nothing more has come for a while; what waited before for the same person waits no more.

        `meanwhile` is done sooner, when nothing more has come for a moment.
        """
        self.drop(who)
        self._waiting[who] = asyncio.create_task(self._wait(who, act, meanwhile))

    def drop(self, who: int) -> None:
        """Let it be, for it is done already."""
        if task := self._waiting.pop(who, None):
            task.cancel()

    async def _wait(self, who: int, act: Act, meanwhile: Act | None) -> None:
        await self._clock.sleep(MEANWHILE)
        if meanwhile:
            await _try(meanwhile)
        await self._clock.sleep(SECONDS - MEANWHILE)
        self._waiting.pop(who, None)
        await _try(act)

    def close(self) -> None:
        """Let everything be that still waits."""
        for who in tuple(self._waiting):
            self.drop(who)


async def _try(act: Act) -> None:
    try:
        await act()
    except Exception:  # noqa: BLE001 - nobody awaits the task
        _LOG.exception("a draft could not be looked at; its editor can ask for it again")
