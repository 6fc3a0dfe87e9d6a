"""Asking Telegram for updates, and confirming only what cannot be lost any more.

Facts of the Bot API: getUpdates(offset) returns at most 100 updates from `offset` on and confirms all below it.
Asked again with the same offset within half a second, Telegram returns one update (tdlib/telegram-bot-api,
`Client::process_get_updates_query`), so asking again and again from the lowest unhandled update shows nobody else's.
Therefore what is not handled soon after it came goes into the spool, and the next request confirms it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import orjson
from telegram.error import RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.clock import Clock
from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.hand import Hand, Held, Update
from bot.transport.spool import Spool

_LOG = logging.getLogger(__name__)
_AT_MOST: Final = 100  # updates in one answer (Bot API: getUpdates, `limit`)
_FIRST_PAUSE: Final = 0.5  # seconds; doubled with each failure in a row


class TokenRefused(Exception):  # noqa: N818 - read as a sentence: raise TokenRefused
    """Telegram does not know this token; asking again cannot help."""


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How Telegram is asked; seconds everywhere.

    `hold`: how long Telegram may keep a request open (Bot API: at most 50). `slack`: how much longer we wait for the
    answer. `settle`: how long updates may take before they go into the spool and the next request leaves.
    `unspooled_pause`: how long to wait between requests where there is no spool and updates are unhandled.
    `longest_pause`: the most between two failed requests. `most_in_hand`: from so many unhandled updates on,
    Telegram is not asked.
    """

    hold: int = 30
    slack: float = 10.0
    settle: float = 0.1
    unspooled_pause: float = 0.6
    longest_pause: float = 30.0
    most_in_hand: int = 10_000


class Poller:
    """The loop. `take` gets each new update; `base_url` ends with the token, as in `https://api.telegram.org/bot…`."""

    def __init__(
        self,
        request: BaseRequest,
        base_url: str,
        hand: Hand,
        take: Callable[[Held], None],
        *,
        clock: Clock,
        spool: Spool | None = None,
        allowed_updates: Collection[str] | None = None,
        settings: PollSettings | None = None,
    ) -> None:
        self._request, self._url = request, f"{base_url}/getUpdates"
        self._hand, self._take, self._spool, self._clock = hand, take, spool, clock
        self._allowed = None if allowed_updates is None else list(allowed_updates)
        self._settings = settings or PollSettings()
        self._failures = 0
        self._asked: int | None = None
        self._more_waits = False
        self._random = secrets.SystemRandom().random

    async def run(self) -> None:
        """Ask until cancelled. Raises `TokenRefused`."""
        while True:
            await self._until_there_is_room()
            await self._until_settled()
            offset = self._hand.offset
            waiting = bool(self._hand.unsafe)
            try:
                updates = await self.ask(offset, hold=0 if waiting else self._settings.hold)
            except TelegramError as error:
                await self._clock.sleep(self._pause_after(error))
                continue
            self._hand.confirmed(offset)
            self._recovered()
            self._more_waits = len(updates) >= _AT_MOST
            for update in updates:
                if held := self._hand.polled(update):
                    self._take(held)

    async def ask(self, offset: int | None, *, hold: int, limit: int | None = None) -> Sequence[Update]:
        """One getUpdates. Raises what the request class raises."""
        self._asked = offset
        given = {"offset": offset, "timeout": hold, "limit": limit, "allowed_updates": self._allowed}
        parameters = [RequestParameter.from_input(name, value) for name, value in given.items() if value is not None]
        answer: Any = await self._request.post(
            self._url, RequestData(parameters), read_timeout=hold + self._settings.slack
        )
        if not isinstance(answer, list):
            raise TelegramError("Invalid server response: the updates are no list")
        return cast("Sequence[Update]", answer)

    async def confirm(self) -> None:
        """The last word at a clean stop: what is unhandled goes into the spool, and all that is safe is confirmed."""
        await self._keep_unsafe()
        offset = self._hand.offset
        if offset is None or offset == self._asked:
            return
        try:
            await self.ask(offset, hold=0, limit=1)
        except TelegramError as error:
            _LOG.warning("the last updates could not be confirmed (%s) and may come again", type(error).__name__)
        else:
            self._hand.confirmed(offset)

    async def _until_there_is_room(self) -> None:
        most = self._settings.most_in_hand
        if self._hand.unhandled < most:
            return
        _LOG.warning("%d updates are in hand and unhandled: not asking for more until some are", self._hand.unhandled)
        await self._until(lambda: self._hand.unhandled < most)
        _LOG.info("asking for updates again")

    async def _until_settled(self) -> None:
        """Until all is handled, or the rest is safe, or enough time has passed to ask again without a spool."""
        if not self._hand.unsafe:
            return
        settings = self._settings
        patience = settings.unspooled_pause
        if self._spool is not None:
            # After a full answer the next chat's update may stand behind it: go and look at once.
            patience = 0.0 if self._more_waits else settings.settle
        waiting = asyncio.ensure_future(self._until(lambda: not self._hand.unsafe))
        pause = asyncio.ensure_future(self._clock.sleep(patience))
        try:
            await asyncio.wait({waiting, pause}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            pause.cancel()
        await self._keep_unsafe()

    async def _until(self, true: Callable[[], bool]) -> None:
        while not true():
            self._hand.changed.clear()
            await self._hand.changed.wait()

    async def _keep_unsafe(self) -> None:
        unsafe = self._hand.unsafe
        if self._spool is None or not unsafe:
            return
        try:
            await self._spool.keep([(held.number, orjson.dumps(held.update)) for held in unsafe])
        except Exception as error:  # noqa: BLE001 - a full disk must not stop the answers
            _LOG.error("the spool keeps nothing (%s): updates stay unconfirmed instead", type(error).__name__)
            await self._clock.sleep(self._settings.unspooled_pause)
            return
        self._hand.spooled(unsafe)

    def _pause_after(self, error: TelegramError) -> float:
        """How long to wait after this failure; the first of a row is logged, with what to do about it."""
        what = meaning(error)
        if what is Meaning.REFUSED:
            raise TokenRefused("Telegram does not accept the token. Check it with @BotFather.") from None
        self._failures += 1
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        if what is Meaning.CONFLICT:
            _LOG.error("another program asks for this bot's updates, or a webhook is set (%s)", error.message)
        elif self._failures == 1:
            _LOG.warning("no updates from Telegram (%s): trying again, ever more slowly", error.message)
        doubled = _FIRST_PAUSE * 2.0 ** min(self._failures - 1, 16)
        return min(doubled, self._settings.longest_pause) * (0.5 + self._random() / 2)

    def _recovered(self) -> None:
        if self._failures:
            _LOG.info("updates come again, after %d failed requests", self._failures)
        self._failures = 0
