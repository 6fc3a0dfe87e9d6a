"""Taking back what was sent of an edition: deleted where Telegram still lets, or written anew where it stands.

Nothing escapes that is under way meanwhile. To delete, the edition is halted first, so that nothing of it is claimed
any more; to write anew, it is composed anew first, so that whatever is claimed later says so already. What was claimed
before is waited for, and gone over when it is answered. A delivery between its parts is held while its messages are
written anew, and goes on with what they do not hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Final
from weakref import WeakValueDictionary

from bot import i18n
from bot.clock import Clock
from bot.digests.carrier import Part, Printing
from bot.digests.fates import LOOK, STANDS, Fate, Recalled, Unanswered, Work
from bot.digests.printing import FRESH_SECONDS
from bot.digests.printing import Part as Printed
from bot.layout.escape import escape
from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.facts import facts_under, forget, note, note_first
from bot.store.outbox import Holds
from bot.store.standing import Standing, StandingDeliveries
from bot.store.states import GROWN, WAITING, Delivery

DELETABLE: Final = 48 * 3600
"""Seconds in which a bot may delete what it sent (Bot API: deleteMessage)."""
PACE: Final = 25
"""Messages changed or deleted in a second: what Telegram lets pass in all, less room for answers (Bots FAQ: 30)."""
PATIENCE: Final = 300.0
"""Seconds for which what is under way is waited for: longer than any request lasts, and than a new sender waits."""
LATE: Final = 12 * 3600.0
"""Seconds for which what follows of an edition that has grown may be sent."""
_LONGEST_BACK_OFF: Final = 60.0  # seconds between two requests while none is answered
_DELETED: Final = "recalled"
_ORDER: Final = "recall "
"""What the name of a fact begins with that says which edition is being taken back."""
_ERASE: Final = b"erase"
_REWRITE: Final = b""
_REASON_LENGTH: Final = 24

Renew = Callable[[int], Awaitable[str]]
Delete = Callable[[int, int], Awaitable[Fate]]
"""Delete a message, by chat id and message id. Raises Unanswered."""
Edit = Callable[[int, int, Part], Awaitable[Fate]]
"""Write a message anew. Raises Unanswered."""


class Recall:
    """Takes editions back, delivery by delivery, no faster than `pace` messages a second.

    What is done is noted with each delivery, and what was ordered too: broken off, it goes on where it was when it is
    asked again, or when the bot starts anew. `renew` composes an edition anew from what is published, and gives what it
    stands on. What follows of one that has grown may be sent for `late` seconds.
    """

    def __init__(
        self,
        database: Database,
        seal: Seal,
        clock: Clock,
        printing: Printing,
        renew: Renew,
        *,
        delete: Delete,
        edit: Edit,
        late: float = LATE,
        pace: float = PACE,
    ) -> None:
        self._database, self._clock = database, clock
        self._deliveries, self._standing = Deliveries(database), StandingDeliveries(database, seal)
        self._printing, self._renew, self._delete, self._edit = printing, renew, delete, edit
        self._late, self._rest = late, 1 / pace
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def order(self, edition: int, *, erase: bool) -> int:
        """Note that an edition is to be deleted, or written anew: whatever breaks it off, `ordered` knows.

        How many of its messages are under way at this moment.
        """
        async with self._database.begin() as connection:
            await note(connection, f"{_ORDER}{edition}", _ERASE if erase else _REWRITE)
        return len(await self._standing.under_way(edition))

    async def ordered(self) -> tuple[tuple[int, bool], ...]:
        """The editions that are to be taken back and are not yet, each with whether it is to be deleted."""
        async with self._database.read() as connection:
            found = await facts_under(connection, _ORDER)
        return tuple((int(edition), value == _ERASE) for edition, value in found.items())

    async def fulfil(self, edition: int, *, erase: bool) -> Recalled:
        """Delete an edition or write it anew, to the end, and forget that it was ordered; not where some of it is under
        way even now, or something else was ordered meanwhile. Orders for one edition are fulfilled one by one."""
        name, value = f"{_ORDER}{edition}", _ERASE if erase else _REWRITE
        async with self._locks.setdefault(edition, asyncio.Lock()):
            async with self._database.begin() as connection:  # an equal one before this may have ended by now
                await note_first(connection, name, value)
            recalled = await (self.delete(edition) if erase else self.rewrite(edition))
            if not recalled.left:
                async with self._database.begin() as connection:
                    await forget(connection, name, value)
        return recalled

    async def delete(self, edition: int) -> Recalled:
        """Stop what has not left, and delete what was sent within the last 48 hours."""
        work = Work(edition)

        async def stop() -> None:
            work.count(stopped=await self._deliveries.cancel(edition, self._now()))

        async for row in self._each(work, stop):
            if row.state in WAITING:  # it came back from under way after the last halt: the next stops it
                work.again.add(row.id)
            elif self._too_old(row):
                work.count(too_old=len(row.message_ids))
            elif work.silent >= PATIENCE:
                work.again.add(row.id)
            else:
                fates = [await self._remove(work, row, message) for message in row.message_ids]
                await self._note(work, row, _standing(row.message_ids, fates), fates, GROWN if row.grown else _DELETED)
        return work.result

    async def rewrite(self, edition: int) -> Recalled:
        """Write what was sent anew, as the edition reads now.

        A message too many is deleted, or says that its part was withdrawn where it may not be deleted any more; what
        does not fit into those that stand follows after them, where they all could be written anew.
        """
        stamp = await self._renew(edition)
        await self._clock.sleep(FRESH_SECONDS)  # in which another process may still print it as it read before
        work = Work(edition)
        async for row in self._each(work):
            if row.reason == _mark(row, stamp):
                continue
            if work.silent < PATIENCE and await self._standing.hold(row):
                await self._write_held(work, row, stamp)
            else:
                work.again.add(row.id)
        return work.result

    async def _write_held(self, work: Work, row: Standing, stamp: str) -> None:
        try:
            await self._write_all(work, row, stamp)
        except Exception:
            await self._standing.note(row, row.message_ids, reason=row.reason, now=self._now())
            raise

    async def _write_all(self, work: Work, row: Standing, stamp: str) -> None:
        parts = await self._printing(work.edition, row.subscription, row.kind, ())
        here = _fitting(row, parts)
        pairs = zip(row.message_ids, here, strict=False)
        fates = [await self._write(work, row, message, part) for message, part in pairs]
        spare = row.message_ids[len(parts) :]
        ends = [await self._take_away(work, row, message) for message in spare]
        stand = (*row.message_ids[: len(parts)], *_standing(spare, ends))
        lacks = row.state is Delivery.SENT and len(parts) > len(here)
        if lacks and set(fates) <= {Fate.DONE, Fate.SAME} and await self._go_on(row, here):
            work.note(row, fates)
            work.count(follows=1)
            return
        work.count(missing=int(lacks and Fate.UNANSWERED not in fates))
        reason = row.reason if lacks or not STANDS.isdisjoint((*fates, *ends)) else _mark(row, stamp)
        await self._note(work, row, stand, [*fates, *ends], reason, _holds(row, here, [*fates, *ends]))

    async def _go_on(self, row: Standing, written: Sequence[Part]) -> bool:
        holds, now = tuple(part.holds for part in written), self._now()
        return await self._standing.go_on(row, now=now, send_before=now + self._late, holds=holds)

    async def _each(self, work: Work, before: Callable[[], Awaitable[None]] | None = None) -> AsyncIterator[Standing]:
        """The deliveries of which something stands; those under way once they are answered, for some minutes.

        `before` is done before each look. Whoever could not do what was to be done puts a delivery into `work.again`.
        """
        if before:
            await before()
        work.again = await self._standing.under_way(work.edition)
        work.count(under_way=len(work.again))
        async for row in self._standing.all(work.edition):
            if row.state is Delivery.SENDING:
                work.again.add(row.id)
            else:
                work.again.discard(row.id)
                yield row
        waited = 0.0
        while work.again and max(waited, work.silent) < PATIENCE:
            await self._clock.sleep(LOOK)
            waited += LOOK
            if before:
                await before()
            looked, work.again = work.again, set()
            for row in await self._standing.some(looked):
                if row.state is Delivery.SENDING:
                    work.again.add(row.id)
                elif row.message_ids:
                    yield row
        doubtful, copies = await self._standing.doubtful(work.edition)
        work.count(left=len(work.again), doubtful=doubtful, copies=copies)

    # 0 is a message that stands, and nobody knows its number: somebody saw it, or its group became a supergroup.
    async def _remove(self, work: Work, row: Standing, message: int) -> Fate:
        return await self._paced(work, self._delete(row.chat_id, message)) if message else Fate.UNKNOWN

    async def _write(self, work: Work, row: Standing, message: int, part: Part) -> Fate:
        return await self._paced(work, self._edit(row.chat_id, message, part)) if message else Fate.UNKNOWN

    async def _take_away(self, work: Work, row: Standing, message: int) -> Fate:
        """Delete a message too many; where that may not be any more, it says so: only deleting has a time limit."""
        if not self._too_old(row):
            fate = await self._remove(work, row, message)
            if fate is not Fate.REFUSED:
                return fate
        withdrawn = Printed(escape(i18n.text(row.language, "edition-withdrawn")))
        fate = await self._write(work, row, message, withdrawn)
        return Fate.COVERED if fate in (Fate.DONE, Fate.SAME) else fate

    async def _note(
        self,
        work: Work,
        row: Standing,
        stand: tuple[int, ...],
        fates: Sequence[Fate],
        reason: str | None,
        holds: Holds | None = None,
    ) -> None:
        """Keep which messages stand; where the delivery went on meanwhile, or one was not answered for, it is looked at
        again."""
        kept = await self._standing.note(row, stand, reason=reason, now=self._now(), holds=holds)
        work.note(row, fates, again=not kept)
        if not kept or Fate.UNANSWERED in fates:
            work.again.add(row.id)

    def _too_old(self, row: Standing) -> bool:
        return row.settled is not None and row.settled < self._now() - DELETABLE

    def _now(self) -> float:
        return self._clock.now().timestamp()

    async def _paced(self, work: Work, change: Awaitable[Fate]) -> Fate:
        """Make a change and wait for the next one's turn: as Telegram asks, or longer each time it does not answer."""
        try:
            fate, rest = await change, self._rest
        except Unanswered as unanswered:
            fate, rest = Fate.UNANSWERED, unanswered.seconds or work.back_off
            if not unanswered.seconds:
                work.silent, work.back_off = work.silent + rest, min(work.back_off * 2, _LONGEST_BACK_OFF)
        else:
            work.silent, work.back_off = 0.0, LOOK
        await self._clock.sleep(rest)
        return fate


def _mark(row: Standing, stamp: str) -> str:
    """The reason of a delivery that holds all of its edition as it was composed last."""
    return f"{GROWN if row.grown else 'rewritten'} {stamp}"[:_REASON_LENGTH]


def _fitting(row: Standing, parts: Sequence[Part]) -> list[Part]:
    """Those for which a message stands. Where no other is sure to follow, the last has the buttons of the last."""
    here = list(parts[: len(row.message_ids)])
    if len(here) < len(parts) and row.state not in WAITING:
        last = here[-1]
        here[-1] = Printed(last.html, parts[-1].buttons, last.silent, last.holds)
    return here


def _standing(messages: Sequence[int], fates: Sequence[Fate]) -> tuple[int, ...]:
    """Those that stand still, or may."""
    left = STANDS | {Fate.COVERED}
    return tuple(message for message, fate in zip(messages, fates, strict=True) if fate in left)


def _holds(row: Standing, parts: Sequence[Part], fates: Sequence[Fate]) -> Holds:
    """What the messages of a delivery hold once they are written anew; one that could not be holds what it held."""
    written = [parts[number].holds if number < len(parts) else () for number in range(len(fates))]
    kept = [
        row.holds[number] if fate in STANDS and number < len(row.holds) else written[number]
        for number, fate in enumerate(fates)
    ]
    missing = [()] * (row.parts_sent - len(kept))
    return (*kept, *missing, *row.holds[row.parts_sent :])
