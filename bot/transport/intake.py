"""Updates in, each handled once it is its turn: by long polling (`run`) or from a webhook (`feed`).

An update counts as taken only when it is handled or safe in the spool. After a kill some may be handled again; none
is lost. A handler that fails is given the same update once more; if it fails again the update is let go, so that one
bad update blocks nobody.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import orjson
from telegram.request import BaseRequest

from bot.clock import Clock, SystemClock
from bot.logs import where
from bot.transport.hand import Hand, Held, Update
from bot.transport.lanes import Lanes
from bot.transport.poller import Poller, PollSettings
from bot.transport.spool import Spool

_LOG = logging.getLogger(__name__)

Handler = Callable[[Update], Awaitable[None]]
"""Handles one update; an exception means that it was not handled."""

OnFailure = Callable[[Update, str], Awaitable[None]]
"""Called with an update that was let go and the incident's id, to say so to the user in one polite line."""


class IntakeFull(Exception):  # noqa: N818 - read as a sentence
    """Too many updates are in hand, or the bot is stopping: Telegram shall send this one again later."""


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """`at_once`: updates being handled at a time. `grace`: seconds that running handlings get at a stop.
    `drop_every`: seconds between two clearings of the spool."""

    at_once: int = 64
    grace: float = 10.0
    drop_every: float = 0.1
    poll: PollSettings = field(default_factory=PollSettings)


class Intake:
    """One per bot. `request` is initialised and shut down by the caller; `base_url` ends with the token."""

    def __init__(
        self,
        request: BaseRequest,
        base_url: str,
        handler: Handler,
        *,
        on_failure: OnFailure | None = None,
        spool: Spool | None = None,
        allowed_updates: Collection[str] | None = None,
        settings: IntakeSettings | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings or IntakeSettings()
        self._handler, self._on_failure, self._spool = handler, on_failure, spool
        self._clock = clock or SystemClock()
        self._hand = Hand()
        self._lanes: Lanes[Held] = Lanes(self._work, self._settings.at_once)
        self._poller = Poller(
            request,
            base_url,
            self._hand,
            self._put,
            clock=self._clock,
            spool=spool,
            allowed_updates=allowed_updates,
            settings=self._settings.poll,
        )
        self._stopping = asyncio.Event()
        self._sweeper: asyncio.Task[None] | None = None

    @property
    def unhandled(self) -> int:
        """How many updates are in hand and not handled yet, those in the spool among them."""
        return self._hand.unhandled

    async def open(self) -> None:
        """Take what the spool holds from the run before. `run` calls it; with a webhook, call it before `feed`."""
        if self._spool is None or self._sweeper is not None:
            return
        for _, raw in await self._spool.load():
            if held := self._hand.loaded(orjson.loads(raw)):
                self._put(held)
        self._sweeper = asyncio.create_task(self._sweep())

    async def run(self) -> None:
        """Poll until `stop`, then finish cleanly. Raises `TokenRefused`, and what the spool's `load` raises."""
        await self.open()
        polling = asyncio.create_task(self._poller.run())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(polling, stopping)
            await self._close()
        if not polling.cancelled():
            polling.result()
        await self._poller.confirm()

    def stop(self) -> None:
        """Ask `run` to stop: from now on no handling begins, and `feed` refuses."""
        self._stopping.set()
        self._lanes.shut()

    async def close(self) -> None:
        """For a webhook, in place of the end of `run`: no new updates, running handlings get their grace."""
        self.stop()
        await self._close()

    async def feed(self, update: Update) -> None:
        """Handle one update in its turn and return when that is done. Raises `IntakeFull`.

        The same update fed again meanwhile waits for the first; the caller's cancellation does not stop a handling.
        """
        held = self._hand.find(int(update["update_id"]))
        if held is None:
            if self._stopping.is_set() or self._hand.unhandled >= self._settings.poll.most_in_hand:
                raise IntakeFull
            held = self._hand.fed(update)
            if held is not None:
                self._put(held)
        if held is not None:
            await held.done.wait()

    def _put(self, held: Held) -> None:
        self._lanes.put(held.lane, held)

    async def _work(self, held: Held) -> None:
        first = await self._failure_of(held.update)
        error = first and await self._failure_of(held.update)
        if error:
            await self._let_go(held.update, error)
        self._hand.settle(held)

    async def _failure_of(self, update: Update) -> Exception | None:
        try:
            await self._handler(update)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises must block nobody
            return error
        return None

    async def _let_go(self, update: Update, error: Exception) -> None:
        incident = secrets.token_hex(4)
        # No message of the exception: it may quote what somebody wrote.
        _LOG.error("incident %s: an update could not be handled\n%s", incident, where(error))
        if self._on_failure is None:
            return
        try:
            await self._on_failure(update, incident)
        except Exception as second:  # noqa: BLE001 - as above
            _LOG.error("incident %s: nor could the user be told\n%s", incident, where(second))

    async def _close(self) -> None:
        await self._lanes.close(self._settings.grace)
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.wait({self._sweeper})
        await self._drop()

    async def _sweep(self) -> None:
        while True:
            await self._clock.sleep(self._settings.drop_every)
            await self._drop()

    async def _drop(self) -> None:
        numbers = self._hand.droppable[:]
        if self._spool is None or not numbers:
            return
        try:
            await self._spool.drop(numbers)
        except Exception as error:  # noqa: BLE001 - tried again with the next
            _LOG.error("handled updates stay in the spool (%s) and may be handled again", type(error).__name__)
        else:
            del self._hand.droppable[: len(numbers)]


async def _end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait for them; anew each second, since a cancellation is lost on whoever is just timing out."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1.0)
