"""The pace of messages: how many may leave in a second, to one person, into one group.

No window can be exceeded, whatever the order:

- overall: in any `window` of 1 s at most `overall` messages arrive (sliding, not per calendar second);
- digests: `overall - reserve` a second and evenly, so that an answer never waits long for its turn;
- a group or channel: in any 60 s at most `group` messages;
- a private chat: a bucket of `private_burst` messages that fills at one per `private_interval`; so in any stretch of
  t seconds at most `private_burst + t / private_interval` messages, and after a burst one per interval. A digest waits
  until the bucket is full: its messages never come as a burst.

What a chat has had is counted from the moment of the answer, since an upload may reach Telegram long after it left.

Each chat is a queue of its own: messages of one chat leave one after the other, in order, and a chat that waits
holds back nobody else. Among chats that may send, who asked first goes first; answers always go before digests.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from telegram.error import RetryAfter

from bot.clock import Clock
from bot.transport.errors import seconds_to_wait
from bot.transport.lanes import aside
from bot.transport.windows import Arrivals, Bucket, Trips, Window

T = TypeVar("T")

ChatKey = int | str
"""A chat id, or `@name` of a public group or channel."""


class Priority(IntEnum):
    """Who goes first."""

    ANSWER = 0
    DIGEST = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """The numbers. Source: Bots FAQ, "My bot is hitting limits": 30 a second, 1 a second in a chat, 20 a minute in a
    group; the burst is what Telegram lets pass in practice.

    `slack` seconds are added to every window, since what leaves a second apart may arrive a little closer. `even`:
    digests make up for at most so many seconds in which they could not leave. `grain`: digests are looked after so
    many seconds apart at the least, and leave together where several may. `lead`: a digest that would wait longer is
    given back. `storm_chats` refusals (429) within `storm_window` seconds hold everybody. After `retries` refusals
    of one message, or where one asks for more than `patience` seconds, the sender gets the `RetryAfter`.
    """

    overall: int = 30
    window: float = 1.0
    reserve: int = 3
    private_burst: int = 3
    private_interval: float = 1.0
    group: int = 20
    group_window: float = 60.0
    slack: float = 0.008
    even: float = 0.15
    grain: float = 0.01
    lead: float = 2.0
    storm_chats: int = 3
    storm_window: float = 2.0
    retries: int = 3
    patience: float = 120.0

    @classmethod
    def of(cls, messages_per_second: int) -> Pace:
        """The pace for Telegram's free limit of 30 a second or its paid one; a tenth is for answers, at most 30."""
        return cls(overall=messages_per_second, reserve=max(1, min(messages_per_second // 10, 30)))


class Held(Exception):  # noqa: N818 - read as a sentence: raise Held
    """A digest's message may not leave for so many `seconds`; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"held for {seconds:.1f} s")
        self.seconds = seconds


@dataclass(slots=True, eq=False)
class _Ticket:
    priority: Priority
    number: int
    parts: int
    turn: asyncio.Future[None]
    left: float | None = None
    once: bool = False

    @property
    def order(self) -> tuple[int, int]:
        return self.priority, self.number


class _Chat:
    """One chat's queue and limits. `busy`: a message of it is under way. `entry`: its one valid place in a heap."""

    def __init__(self, key: ChatKey, limit: Window | Bucket) -> None:
        self.key, self.limit = key, limit
        self.waiting: list[tuple[tuple[int, int], _Ticket]] = []
        self.held_until = 0.0
        self.busy = False
        self.entry: int | None = None
        self.entered: tuple[float, tuple[int, int]] | None = None

    def opens_at(self) -> float:
        first = self.waiting[0][1]
        return self.opens_for(first.parts, first.priority)

    def opens_for(self, parts: int, priority: Priority) -> float:
        whole = priority is Priority.DIGEST and isinstance(self.limit, Bucket)
        return max(self.held_until, self.limit.empty_at() if whole else self.limit.opens_at(parts))

    def forgotten_at(self) -> float:
        return max(self.held_until, self.limit.empty_at())


class Pacer:
    """Lets messages leave at the pace. One per bot token; state is bounded by the chats of the last minute."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace, self._clock = pace, clock
        self._trips = Trips()
        self._overall = Arrivals(pace.overall, pace.window + pace.slack, self._trips)
        interval = pace.window / max(pace.overall - pace.reserve, 1)
        self._digests = Bucket(max(2, int(pace.even / interval)), interval)
        self._chats: dict[ChatKey, _Chat] = {}
        self._numbers = itertools.count()
        self._entries = itertools.count()
        self._ready: list[tuple[tuple[int, int], int, _Chat]] = []
        self._asleep: list[tuple[float, int, _Chat]] = []
        self._idle: list[tuple[float, int, _Chat]] = []
        self._refusals: deque[tuple[float, ChatKey, float]] = deque()
        self._all_held_until = 0.0
        self._timer: asyncio.Task[None] | None = None
        self._timer_at = 0.0

    @property
    def chats(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def held_for(self, chat: ChatKey | None = None) -> float:
        """For how many more seconds refusals keep this chat, or everybody, from sending; 0 where none does."""
        known = None if chat is None else self._chats.get(chat)
        until = max(self._all_held_until, known.held_until if known else 0.0)
        return max(0.0, until - self._clock.monotonic())

    async def send(
        self,
        chat: ChatKey,
        parts: int,
        call: Callable[[], Awaitable[T]],
        priority: Priority = Priority.ANSWER,
    ) -> T:
        """Call when the chat's turn has come; `parts` is the number of messages that the call posts.

        Returns and raises what `call` does. After a `RetryAfter` the chat is held and the message goes again, still
        before the chat's later ones, within the bounds of `Pace`.
        """
        number = next(self._numbers)
        for attempt in itertools.count():
            if (held := self.held_for(chat)) > self._pace.patience:
                raise RetryAfter(int(held) + 1)
            ticket = _Ticket(priority, number, parts, asyncio.get_running_loop().create_future())
            here = self._line_up(chat, ticket)
            try:
                if ticket.turn.done():
                    return await self._in_turn(here, ticket, call)
                # The slot is taken back only after the call: a turn that has come must not be let pass.
                async with aside():
                    return await self._in_turn(here, ticket, call)
            except RetryAfter as refused:
                seconds = seconds_to_wait(refused)
                if attempt >= self._pace.retries or seconds > self._pace.patience:
                    raise
        raise AssertionError("unreachable")

    async def once(self, chat: ChatKey, call: Callable[[], Awaitable[T]]) -> T:
        """Call when the turn of a digest's message has come, once; for a sender that keeps what did not go.

        Raises `Held`, and nothing was called, where for more than `Pace.lead` the chat's own window does not open, or
        a refusal holds the chat or everybody, before or while it waits. A `RetryAfter` is heeded and passed on.
        """
        here = self._chats.get(chat)
        opens = here.opens_for(1, Priority.DIGEST) - self._clock.monotonic() if here else 0.0
        if (wait := max(self.held_for(), opens)) > self._pace.lead:
            raise Held(wait)
        turn = asyncio.get_running_loop().create_future()
        ticket = _Ticket(Priority.DIGEST, next(self._numbers), 1, turn, once=True)
        return await self._in_turn(self._line_up(chat, ticket), ticket, call)

    async def pass_by(self, chat: ChatKey, call: Callable[[], Awaitable[T]]) -> T:
        """Call at once, as for an edit, which no window counts; after a `RetryAfter` hold the chat and call again."""
        for attempt in itertools.count():
            try:
                return await call()
            except RetryAfter as refused:
                seconds = seconds_to_wait(refused)
                self.refused(chat, seconds)
                if attempt >= self._pace.retries or seconds > self._pace.patience:
                    raise
            async with aside():
                await self._clock.sleep(seconds)
        raise AssertionError("unreachable")

    def refused(self, chat: ChatKey, seconds: float) -> None:
        """Telegram answered 429 for this chat: hold it, and everybody where several chats are refused at once."""
        now = self._clock.monotonic()
        known = self._chats.get(chat) or self._open(chat)
        known.held_until = max(known.held_until, now + seconds)
        self._refusals.append((now, chat, now + seconds))
        while self._refusals[0][0] < now - self._pace.storm_window:
            self._refusals.popleft()
        held = [known]
        if len({refused for _, refused, _ in self._refusals}) >= self._pace.storm_chats:
            self._all_held_until = max(self._all_held_until, *(until for _, _, until in self._refusals))
            held = list(self._chats.values())
        for each in held:
            self._give_back(each)
        self._queue(known)

    def close(self) -> None:
        """Stop waiting; whoever waits is cancelled."""
        if self._timer is not None:
            self._timer.cancel()
        for chat in self._chats.values():
            for _, ticket in chat.waiting:
                ticket.turn.cancel()

    def _line_up(self, chat: ChatKey, ticket: _Ticket) -> _Chat:
        here = self._chats.get(chat) or self._open(chat)
        heapq.heappush(here.waiting, (ticket.order, ticket))
        self._queue(here)
        self._look(ticket.priority)
        return here

    def _give_back(self, chat: _Chat) -> None:
        """Who sends `once` need not wait here for long."""
        if (held := self.held_for(chat.key)) <= self._pace.lead:
            return
        for _, ticket in chat.waiting:
            if ticket.once and not ticket.turn.done():
                ticket.turn.set_exception(Held(held))

    async def _in_turn(self, here: _Chat, ticket: _Ticket, call: Callable[[], Awaitable[T]]) -> T:
        try:
            await ticket.turn
            result = await call()
            if ticket.left is not None:
                now = self._clock.monotonic()
                self._trips.took(now - ticket.left, now)
            return result
        except RetryAfter as refused:
            self.refused(here.key, seconds_to_wait(refused))
            raise
        finally:
            if ticket.left is not None:
                here.busy = False
                now = self._clock.monotonic()
                here.limit.leave(ticket.parts, now)
                self._overall.answered(ticket.parts, ticket.left, now)
            elif (entry := (ticket.order, ticket)) in here.waiting:
                here.waiting.remove(entry)
                heapq.heapify(here.waiting)
            self._queue(here)
            self._look(Priority.ANSWER if here.waiting else ticket.priority)

    def _open(self, chat: ChatKey) -> _Chat:
        pace = self._pace
        private = isinstance(chat, int) and chat > 0
        limit = (
            Bucket(pace.private_burst, pace.private_interval + pace.slack)
            if private
            else Window(pace.group, pace.group_window + pace.slack)
        )
        self._chats[chat] = known = _Chat(chat, limit)
        return known

    def _queue(self, chat: _Chat) -> None:
        """Give a chat its place: among those that wait for their time, or among those that may be forgotten."""
        if chat.busy:
            return
        if not chat.waiting:
            chat.entry = chat.entered = None
            heapq.heappush(self._idle, (chat.forgotten_at(), next(self._entries), chat))
            return
        opens, order = place = chat.opens_at(), chat.waiting[0][0]
        if chat.entered == place:
            return
        chat.entered, chat.entry = place, next(self._entries)
        if opens <= self._clock.monotonic():
            heapq.heappush(self._ready, (order, chat.entry, chat))
        else:
            heapq.heappush(self._asleep, (opens, chat.entry, chat))

    def _look(self, priority: Priority) -> None:
        """Something has changed. Digests wait for the next look where one comes in a moment, and leave together."""
        soon = self._clock.monotonic() + self._pace.grain
        rings = self._timer is not None and not self._timer.done() and self._timer_at <= soon
        if priority is Priority.ANSWER or not rings:
            self._pump()

    def _pump(self) -> None:
        """Let leave whoever may; called whenever something has changed or come due."""
        now = self._clock.monotonic()
        self._forget(now)
        while self._asleep and self._asleep[0][0] <= now:
            self._wake(*heapq.heappop(self._asleep)[1:], now)
        next_overall = self._all_held_until
        while self._ready and next_overall <= now:
            _, entry, chat = self._ready[0]
            if chat.entry != entry:
                heapq.heappop(self._ready)
            elif chat.opens_at() > now:  # refused since it woke
                heapq.heappop(self._ready)
                self._queue(chat)
            elif (next_overall := self._overall_opens_at(chat.waiting[0][1])) <= now:
                heapq.heappop(self._ready)
                self._let_leave(chat, now)
            elif chat.waiting[0][1].priority is Priority.DIGEST:
                next_overall = max(next_overall, now + self._pace.grain)
        self._set_timer(now, next_overall)

    def _overall_opens_at(self, ticket: _Ticket) -> float:
        opens = max(self._all_held_until, self._overall.opens_at(ticket.parts))
        if ticket.priority is Priority.DIGEST:
            opens = max(opens, self._digests.opens_at(ticket.parts), self._overall.clears_at())
        return opens

    def _wake(self, entry: int, chat: _Chat, now: float) -> None:
        if chat.entry != entry:
            return
        if chat.opens_at() > now:  # refused while it slept
            self._queue(chat)
        else:
            heapq.heappush(self._ready, (chat.waiting[0][0], entry, chat))

    def _let_leave(self, chat: _Chat, now: float) -> None:
        _, ticket = heapq.heappop(chat.waiting)
        chat.entry = chat.entered = None
        if ticket.turn.done():  # cancelled while it waited
            self._queue(chat)
            return
        chat.busy, ticket.left = True, now
        self._overall.leave(ticket.parts, now)
        if ticket.priority is Priority.DIGEST:
            self._digests.leave(ticket.parts, now)
        ticket.turn.set_result(None)

    def _forget(self, now: float) -> None:
        while self._idle and self._idle[0][0] <= now:
            chat = heapq.heappop(self._idle)[2]
            if not chat.busy and not chat.waiting and chat.forgotten_at() <= now and self._chats.get(chat.key) is chat:
                del self._chats[chat.key]

    def _set_timer(self, now: float, next_overall: float) -> None:
        moments = [next_overall] if self._ready else []
        if self._asleep:
            moments.append(self._asleep[0][0])
        if not moments:
            return
        when = min(moments)
        if self._timer is not None and not self._timer.done():
            if self._timer_at <= when:
                return
            self._timer.cancel()
        self._timer_at = when
        self._timer = asyncio.create_task(self._ring(when - now))

    async def _ring(self, seconds: float) -> None:
        await self._clock.sleep(max(0.0, seconds))
        self._timer = None
        self._pump()
