"""What administrators are told of deliveries by themselves."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bot import logs
from bot.clock import Clock
from bot.digests.carrier import Carried
from bot.digests.holds import LongHolds
from bot.store.states import Delivery
from bot.subscription import Subscription
from bot.transport.errors import Meaning

_LOG = logging.getLogger(__name__)
_AGAIN: Final = 3600.0
"""Seconds before the same thing is told again."""


class TroubleKind(StrEnum):
    """What is wrong."""

    HELD = "held"
    """Telegram asks to send nothing to a chat for more than an hour: `seconds`."""
    SILENCED = "silenced"
    """Telegram asks to send nothing to anybody for more than an hour: `seconds`."""
    EXPIRED = "expired"
    """`count` recipients of an edition did not get it in time."""
    MISSED = "missed"
    """`count` deliveries were planned too late to be sent: the bot stood still when they were due."""
    RECALLED = "recalled"
    """An edition was deleted before the hour of `count` subscriptions came: they get nothing of its period."""
    UNCOMPOSED = "uncomposed"
    """An edition could not be composed, and `count` subscriptions wait for it."""
    UNPLANNED = "unplanned"
    """A job that prepares digests failed, and is tried again at the next tick."""
    FAILED = "failed"
    """Telegram refuses an edition's message as wrong."""
    UNPRINTED = "unprinted"
    """An edition could not be printed: an error of the program."""
    AWAY = "away"
    """Telegram has not answered for `seconds`."""
    REFUSED = "refused"
    """Telegram does not accept the token any more."""
    UNCONFIRMED = "unconfirmed"
    """Nobody knows whether messages stand in channels: somebody has to look."""
    OFTEN = "often"
    """`count` recipients were sent the same message three times, and Telegram confirmed none: it may stand as often."""
    BROKEN = "broken"
    """Sending ended by an error of the program, and begins anew."""
    DATABASE = "database"
    """The database takes no changes: full, read-only or gone. Nothing is sent until it does."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to tell; `edition` where it concerns one."""

    kind: TroubleKind
    edition: int | None = None
    count: int = 0
    seconds: float = 0.0


_Name = tuple[TroubleKind, int | None]
_ADDED: Final = frozenset(
    {TroubleKind.EXPIRED, TroubleKind.MISSED, TroubleKind.RECALLED, TroubleKind.FAILED, TroubleKind.OFTEN}
)
"""Of these each telling concerns others: they add up. Others are told again as long as they last."""


class Unheard(Exception):  # noqa: N818 - read as a sentence: raise Unheard
    """Administrators could not be told, for nothing may leave for so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"unheard for {seconds:.1f} s")
        self.seconds = seconds


Report = Callable[[Trouble], Awaitable[None]]
"""Tells the administrators. Raises Unheard."""
Tell = Callable[[Subscription, Meaning], Awaitable[None]]
"""Tells whoever agreed to be told (`Subscription.told`) why a subscription is silent: NO_RIGHTS or NO_THREAD."""


async def nobody_hears(_: Trouble) -> None:
    """Tell nobody."""


async def nobody_is_told(_: Subscription, __: Meaning) -> None:
    """Tell nobody."""


class Notices:
    """Tells administrators, of the same thing once an hour, without holding up anybody; where nothing may leave, when
    it may. Of recipients who were left out meanwhile the hour's end brings the sum."""

    def __init__(self, report: Report, clock: Clock) -> None:
        self._report, self._clock = report, clock
        self._told: dict[_Name, float] = {}
        self._owed: dict[_Name, Trouble] = {}
        self._holds = LongHolds()
        self._telling: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()

    def tell(self, trouble: Trouble) -> None:
        """Tell of this, unless it was told lately: then of how many it concerns, later."""
        now, name = self._clock.monotonic(), (trouble.kind, trouble.edition)
        self._told = {known: at for known, at in self._told.items() if now - at < _AGAIN}
        owed = self._owed.pop(name, None)
        both = replace(trouble, count=trouble.count + owed.count) if owed else trouble
        if name not in self._told:
            self._told[name] = now
            _begin(self._telling, self._say(both))
        elif trouble.kind in _ADDED:
            self._owed[name] = both
            if not owed:
                _begin(self._waiting, self._pay(name, self._told[name] + _AGAIN - now))

    def of(self, carried: Carried) -> None:
        """Tell of what became of a row, where administrators can do something about it."""
        edition = carried.outcome.row.edition
        if carried.unprinted:
            self.tell(Trouble(TroubleKind.UNPRINTED, edition))
        elif carried.meaning is Meaning.REFUSED:
            self.tell(Trouble(TroubleKind.REFUSED))
        elif carried.outcome.state is Delivery.UNCONFIRMED:
            self.tell(Trouble(TroubleKind.UNCONFIRMED))
        elif carried.often:
            self.tell(Trouble(TroubleKind.OFTEN, edition, 1))
        elif carried.wait and not self._holds.lasts(None, self._clock.monotonic()):
            self.held(carried.wait, carried.outcome.row.chat_id)
        elif carried.outcome.state is Delivery.FAILED and not carried.barred:
            self.tell(Trouble(TroubleKind.FAILED, edition, 1))

    def held(self, seconds: float, chat: int | None = None) -> None:
        """Nothing may leave for so many seconds, to a chat or to anybody: tell of each such hold that is a long one."""
        if self._holds.begins(chat, seconds, self._clock.monotonic()):
            kind = TroubleKind.SILENCED if chat is None else TroubleKind.HELD
            _LOG.warning("Telegram asks to wait for %.0f s: %s", seconds, kind.value)
            self.tell(Trouble(kind, seconds=seconds))

    def expired(self, counts: Counter[int]) -> None:
        """Tell how many recipients of each edition did not get it in time, and begin to count anew."""
        for edition, count in counts.items():
            self.tell(Trouble(TroubleKind.EXPIRED, edition, count))
        counts.clear()

    async def told(self) -> None:
        """Tell what is owed, and wait until all is told that may leave."""
        await self._wait_no_more()
        for owed in self._owed.values():
            _begin(self._telling, self._say(owed))
        self._owed.clear()
        await asyncio.gather(*self._telling)
        await self._wait_no_more()

    async def _wait_no_more(self) -> None:
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _pay(self, name: _Name, wait: float) -> None:
        await self._clock.sleep(wait)
        if owed := self._owed.pop(name, None):
            self._told[name] = self._clock.monotonic()
            _begin(self._telling, self._say(owed))

    async def _say(self, trouble: Trouble) -> None:
        try:
            await self._report(trouble)
        except Unheard as held:
            _LOG.warning("administrators cannot be told of deliveries for %.0f s: %s", held.seconds, trouble.kind.value)
            _begin(self._waiting, self._say_later(trouble, held.seconds))
        except Exception as error:  # noqa: BLE001 - whatever it is, digests go out
            _LOG.error("administrators could not be told of deliveries\n%s", logs.where(error))

    async def _say_later(self, trouble: Trouble, wait: float) -> None:
        await self._clock.sleep(wait)
        await self._say(trouble)


def _begin(running: set[asyncio.Task[None]], what: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(what)
    running.add(task)
    task.add_done_callback(running.discard)
