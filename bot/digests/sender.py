"""The sender: claims rows of the outbox, has them carried, commits what became of them; while it leads, and only then.

Workers carry one row each; a clerk is the only one who writes. It commits outcomes in groups and claims anew in the
same transaction. So never more than `most` rows are claimed without a committed outcome: what a crash can double (to
people and groups) or leave unconfirmed (in channels).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, cast

from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.clock import Clock
from bot.digests.books import Books, Entry
from bot.digests.carrier import Carried, Carrier, Printing
from bot.digests.outage import Outage
from bot.digests.probe import Point, Probe, unwatched
from bot.digests.trouble import Notices, Report, Tell, Trouble, TroubleKind, nobody_hears, nobody_is_told
from bot.store.chats import Chats
from bot.store.database import Database, StoreError
from bot.store.leadership import Leadership, LostError, Term
from bot.store.outbox import Claimed, Claims, Outbox
from bot.store.states import Delivery
from bot.subscription import Subscription
from bot.transport.errors import Meaning
from bot.transport.pacing import Pacer
from bot.transport.posting import Posting

_LOG = logging.getLogger(__name__)

_LINGER: Final = 0.1  # seconds that an outcome waits for others to be committed with
_AHEAD: Final = 0.25  # seconds' worth of messages that are claimed before their turn
_LEAST_AHEAD: Final = 4
_LONGEST_SLEEP: Final = 30.0  # seconds after which the outbox is looked at, whatever is expected
_AFTER_FAILURE: Final = 2.0  # seconds until the database is tried again
_AFTER_A_FAULT: Final = 10.0  # seconds until sending begins anew that an error of the program ended
_CLOCK_SET: Final = 5.0  # seconds by which wall and steady time may part
_CHANCE: Final = secrets.SystemRandom().random
_LONG_OUTAGE: Final = 600.0  # seconds without an answer from which administrators hear of it


@dataclass(frozen=True, slots=True)
class Limits:
    """`most` rows claimed without a committed outcome; `rate` is how many messages a second may leave at best."""

    most: int = 64
    rate: int = 30

    @property
    def ahead(self) -> int:
        """Rows that may wait for their turn: enough for the next moment, since a crash leaves them unconfirmed."""
        return min(self.most, max(_LEAST_AHEAD, round(self.rate * _AHEAD)))


@dataclass(frozen=True, slots=True)
class Company:
    """Whom the sender works with, beside the store."""

    posting: Posting
    pacer: Pacer
    printing: Printing
    report: Report = nobody_hears
    tell: Tell = nobody_is_told


@dataclass(slots=True)
class _Desk:
    """What is in hand during one leadership. `busy`: claimed rows whose message has left, or that wait no longer."""

    term: Term
    to_carry: asyncio.Queue[Claimed] = field(default_factory=asyncio.Queue)
    claimed: dict[int, Claimed] = field(default_factory=dict)
    carriers: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)
    done: deque[Carried] = field(default_factory=deque)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    expired: Counter[int] = field(default_factory=Counter)
    doubtful: bool = False
    set_back: bool = False

    @property
    def waiting(self) -> int:
        """Claimed rows that wait for their turn."""
        return len(self.claimed) - len(self.busy)

    def finish(self, carried: Carried) -> None:
        """A row is carried; its outcome is to be committed."""
        self.busy.add(carried.outcome.row.id)
        self.done.append(carried)


class Sender:
    """Sends what is in the outbox, paced, until stopped. One per process; of several processes one sends."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        chats: Chats,
        company: Company,
        clock: Clock,
        *,
        limits: Limits | None = None,
        probe: Probe = unwatched,
        chance: Callable[[], float] = _CHANCE,
    ) -> None:
        self._database, self._chats, self._clock = database, chats, clock
        self._company, self._limits = company, limits or Limits()
        self._enough = max(1, self._limits.most // 4)
        self._probe, self._chance = probe, chance
        self._carrier = Carrier(company.posting, company.pacer, company.printing, clock, chance, probe)
        self._books = Books(outbox, chats, probe)
        self._leadership = Leadership(database, clock)
        self._outage = Outage()
        self._notices = Notices(company.report, clock)
        self._telling: set[asyncio.Task[None]] = set()
        self._desk: _Desk | None = None
        self._running: asyncio.Task[Any] | None = None
        self._stopped = False
        self._ahead_of_steady = self._now() - clock.monotonic()

    def wake(self) -> None:
        """There may be something to send: look now."""
        if self._desk:
            self._desk.stirred.set()

    def stop(self) -> None:
        """End `run` once the messages under way are answered; what has not left goes back into the outbox."""
        self._stopped = True
        if self._desk:
            self._desk.stirred.set()
        elif self._running:
            self._running.cancel()

    async def run(self) -> None:
        """Lead and send until `stop`. Raises StoreError where this database cannot hold deliveries."""
        self._running = asyncio.current_task()
        try:
            while not self._stopped:
                await self._lead_or_rest()
        except asyncio.CancelledError:
            if not self._stopped:
                raise
        await asyncio.gather(*self._telling, self._notices.told(), return_exceptions=True)

    async def _lead_or_rest(self) -> None:
        try:
            await self._lead()
        except LostError:
            _LOG.warning("another process sends the digests now, or may")
        except (DBAPIError, OSError) as error:
            _LOG.error("the outbox cannot be used: %s", type(error).__name__)
            self._notices.tell(Trouble(TroubleKind.DATABASE))
            await self._clock.sleep(_AFTER_FAILURE)
        except StoreError:  # this database can hold no deliveries, now or later
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, what can go out goes out when it is over
            _LOG.error("sending failed, and begins anew\n%s", logs.where(error))
            self._notices.tell(Trouble(TroubleKind.BROKEN))
            await self._clock.sleep(_AFTER_A_FAULT)

    async def _lead(self) -> None:
        async with self._leadership.lead() as term:
            _LOG.info("sending, epoch %d", term.epoch)
            await self._recover(term)
            self._desk = desk = _Desk(term)
            tasks = [asyncio.create_task(self._work(desk)) for _ in range(self._limits.most)]
            tasks.append(asyncio.create_task(_stir_when_lost(desk)))
            try:
                await self._keep_books(desk)
            finally:
                self._desk = None
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _recover(self, term: Term) -> None:
        """What earlier leaderships left: requests of theirs may still be answered for as long as one waits for it."""
        left = await self._database.work(partial(self._books.left_behind, term=term))
        if not left:
            return
        _LOG.warning("%d messages were under way when sending was interrupted", left)
        await self._clock.sleep(self._company.posting.patience)
        if await self._database.work(partial(self._books.recover, term=term, now=self._now())):
            self._notices.tell(Trouble(TroubleKind.UNCONFIRMED))

    async def _work(self, desk: _Desk) -> None:
        """Carry one row after the other."""
        while True:
            row = await desk.to_carry.get()
            desk.carriers[row.id] = cast("asyncio.Task[None]", asyncio.current_task())
            try:
                carried = await self._carrier.carry(row, partial(desk.busy.add, row.id))
            except asyncio.CancelledError:
                if row.id not in desk.busy:
                    desk.finish(self._carrier.unsent(row))
                raise
            finally:
                del desk.carriers[row.id]
            self._heed(carried)
            desk.finish(carried)
            if self._worth_it(desk):
                desk.stirred.set()

    def _heed(self, carried: Carried) -> None:
        """What an answer says about Telegram as a whole."""
        if carried.answered is False:
            self._outage.failed(self._clock.monotonic(), self._chance())
        elif carried.answered:
            self._outage.answered()
        self._notices.held(self._company.pacer.held_for())
        self._notices.of(carried)

    async def _keep_books(self, desk: _Desk) -> None:
        """The clerk's work: the only one who writes."""
        while not self._stopped:
            await self._try_after_outage(desk)
            self._notices.held(self._company.pacer.held_for())  # answers may have brought it about
            claims = await self._transact(desk, self._room(desk))
            if claims and not claims.expired:
                self._notices.expired(desk.expired)
            desk.stirred.clear()
            wait = _LINGER if desk.claimed else await self._until_due()
            if not self._worth_it(desk) and not self._stopped:
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await desk.stirred.wait()
        await self._wind_up(desk)

    def _worth_it(self, desk: _Desk) -> bool:
        """Whether there are outcomes enough for a transaction: thrice as many where others still wait to leave."""
        return len(desk.done) >= self._enough * (1 if desk.waiting < self._enough else 3)

    def _room(self, desk: _Desk) -> int:
        """How many rows may be claimed in a transaction that commits all outcomes there are."""
        if self._rest() > 0:
            return 0
        unsettled = len(desk.claimed) - len(desk.done)
        if self._outage.on:
            return 0 if unsettled else 1
        return max(0, min(self._limits.most - unsettled, self._limits.ahead - desk.waiting))

    def _rest(self) -> float:
        """For how many seconds nothing may leave, whoever it is for."""
        return max(self._outage.rest(self._clock.monotonic()), self._company.pacer.held_for())

    async def _until_due(self) -> float:
        """Seconds until there may be something to send; at most as long as one sleeps without a look."""
        moment = await self._database.work(self._books.next_moment)
        wait = _LONGEST_SLEEP if moment is None else moment - self._now()
        return min(max(wait, self._rest(), _LINGER), _LONGEST_SLEEP)

    async def _try_after_outage(self, desk: _Desk) -> None:
        """Telegram was away, and a rest is over: ask it something harmless before a message is risked."""
        if not self._outage.on or self._rest() > 0 or desk.claimed:
            return
        if not await self._company.posting.answers():
            self._outage.failed(self._clock.monotonic(), self._chance())
            if (lasts := self._outage.lasts(self._clock.monotonic())) > _LONG_OUTAGE:
                self._notices.tell(Trouble(TroubleKind.AWAY, seconds=lasts))

    async def _transact(self, desk: _Desk, room: int) -> Claims | None:
        """Commit all outcomes and claim; None where there was nothing to do or it failed, and outcomes stay in hand."""
        if not desk.done and not room and not desk.term.lost.is_set():
            return None
        kept = tuple(desk.claimed) if desk.doubtful else None
        desk.set_back = desk.set_back or self._set_back()
        entry = Entry(desk.term, tuple(desk.done), room, self._now(), kept, desk.set_back)
        try:
            claims = await self._database.work(partial(self._books.enter, entry=entry))
        except (DBAPIError, OSError) as error:
            _LOG.error("what became of deliveries cannot be written: %s", type(error).__name__)
            self._notices.tell(Trouble(TroubleKind.DATABASE))
            desk.doubtful = True
            await self._clock.sleep(_AFTER_FAILURE)
            return None
        desk.doubtful = desk.set_back = False
        self._committed(desk, entry.done, claims)
        return claims

    def _committed(self, desk: _Desk, done: tuple[Carried, ...], claims: Claims) -> None:
        for one in done:
            desk.done.popleft()
            desk.claimed.pop(one.outcome.row.id)
            desk.busy.discard(one.outcome.row.id)
            if one.moved_to is not None:
                self._chats.forget_languages(one.outcome.row.chat_id, one.moved_to)
            if one.barred and one.meaning and one.outcome.row.subscription.told:
                self._tell(one.outcome.row.subscription, one.meaning)
        desk.expired.update(claims.expired)
        if any(one.outcome.state is Delivery.RETRY and one.outcome.parts_sent for one in done):
            self._probe(Point.BETWEEN_PARTS)
        if claims.rows:
            self._probe(Point.CLAIMED)
        for row in claims.rows:
            desk.claimed[row.id] = row
            desk.to_carry.put_nowait(row)

    def _tell(self, subscription: Subscription, why: Meaning) -> None:
        async def tell() -> None:
            try:
                await self._company.tell(subscription, why)
            except Exception as error:  # noqa: BLE001 - whatever it is, digests go out
                _LOG.error("nobody could be told that a digest may not be posted\n%s", logs.where(error))

        task = asyncio.create_task(tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _set_back(self) -> bool:
        """Whether the clock on the wall was set back since this was asked last."""
        before, self._ahead_of_steady = self._ahead_of_steady, self._now() - self._clock.monotonic()
        return self._ahead_of_steady < before - _CLOCK_SET

    async def _wind_up(self, desk: _Desk) -> None:
        """What has not left goes back; what has is waited for."""
        while not desk.to_carry.empty():
            desk.finish(self._carrier.unsent(desk.to_carry.get_nowait()))
        for row_id, task in list(desk.carriers.items()):
            if row_id not in desk.busy:
                task.cancel()
        patience = self._clock.monotonic() + self._company.posting.patience + _LINGER
        while len(desk.done) < len(desk.claimed) and self._clock.monotonic() < patience:
            await self._clock.sleep(_LINGER / 5)
        await self._transact(desk, 0)

    def _now(self) -> float:
        return self._clock.now().timestamp()


async def _stir_when_lost(desk: _Desk) -> None:
    await desk.term.lost.wait()
    desk.stirred.set()
