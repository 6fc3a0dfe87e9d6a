"""Taking back what was sent of an edition: deleted where Telegram still lets, or written anew where it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from bot.clock import Clock
from bot.seal import Seal
from bot.store.database import Database, insert_into
from bot.store.deliveries import Deliveries
from bot.store.states import Delivery
from bot.store.subscriptions import row_to_subscription
from bot.store.tables import chats, facts, outbox, subscriptions
from bot.subscription import ChatKind, Subscription
from bot.transport.posting import Part

DELETABLE: Final = 48 * 3600
"""Seconds in which a bot may delete what it sent (Bot API: deleteMessage)."""
PACE: Final = 25
"""Messages changed or deleted in a second: what Telegram lets pass in all, less room for answers (Bots FAQ: 30)."""
_SLICE: Final = 200
_DELETED: Final = "recalled"
_ORDER: Final = "recall "
"""What the name of a fact begins with that says which edition is being taken back."""
_REASON_LENGTH: Final = 24

Printing = Callable[[int, Subscription, ChatKind], Awaitable[Sequence[Part]]]


class Fate(StrEnum):
    """What became of one message that was to be taken back."""

    DONE = "done"
    GONE = "gone"
    """It stood there no more, or stood there as it should already."""
    REFUSED = "refused"


Renew = Callable[[int], Awaitable[str]]
Delete = Callable[[int, int], Awaitable[Fate]]
"""Delete a message, by chat id and message id."""
Edit = Callable[[int, int, Part], Awaitable[Fate]]
"""Write a message anew."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """How many messages were changed or deleted, gone before, refused by Telegram, too old; and how many deliveries
    were stopped before they left."""

    done: int = 0
    gone: int = 0
    refused: int = 0
    too_old: int = 0
    stopped: int = 0


class Recall:
    """Takes editions back, delivery by delivery, no faster than `pace` messages a second.

    What is done is noted with each delivery, and what was ordered too: broken off, it goes on where it was when it is
    asked again, or when the bot starts anew. `renew` composes an edition anew from what is published, and gives what it
    stands on.
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
        pace: float = PACE,
    ) -> None:
        self._database, self._seal, self._clock = database, seal, clock
        self._printing, self._renew, self._delete, self._edit = printing, renew, delete, edit
        self._rest = 1 / pace

    async def order(self, edition: int, *, erase: bool) -> None:
        """Note that an edition is to be deleted, or written anew: whatever breaks it off, `ordered` knows."""
        async with self._database.begin() as connection:
            fact = insert_into(connection, facts).values(name=f"{_ORDER}{edition}", value=b"erase" if erase else b"")
            change = {"value": fact.excluded.value}
            await connection.execute(fact.on_conflict_do_update(index_elements=[facts.c.name], set_=change))

    async def ordered(self) -> tuple[tuple[int, bool], ...]:
        """The editions that are to be taken back and are not yet, each with whether it is to be deleted."""
        query = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(_ORDER)).order_by(facts.c.name)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple((int(row.name.removeprefix(_ORDER)), row.value == b"erase") for row in rows)

    async def fulfil(self, edition: int, *, erase: bool) -> Recalled:
        """Delete an edition or write it anew, to the end, and forget that it was ordered."""
        recalled = await (self.delete(edition) if erase else self.rewrite(edition))
        async with self._database.begin() as connection:
            await connection.execute(delete(facts).where(facts.c.name == f"{_ORDER}{edition}"))
        return recalled

    async def delete(self, edition: int) -> Recalled:
        """Stop what has not left, and delete what was sent within the last 48 hours."""
        now = self._clock.now().timestamp()
        total = Recalled(stopped=await Deliveries(self._database).cancel(edition, now))
        async for row in self._sent(edition):
            if self._too_old(row):
                total = replace(total, too_old=total.too_old + len(row.message_ids))
                continue
            fates = [await self._remove(row, message) for message in row.message_ids]
            await self._note(row, fates, _DELETED)
            total = _counted(total, fates)
        return total

    async def rewrite(self, edition: int) -> Recalled:
        """Write what was sent anew, as the edition reads now. A message too many is deleted, if it still may be."""
        mark = f"rewritten {await self._renew(edition)}"[:_REASON_LENGTH]
        total = Recalled()
        async for row in self._sent(edition):
            if row.reason == mark:
                continue
            parts = await self._printing(edition, row.subscription, row.kind)
            pairs = zip(row.message_ids, parts, strict=False)
            fates = [await self._write(row, message, part) for message, part in pairs]
            spare = row.message_ids[len(parts) :]
            ends = [Fate.REFUSED if self._too_old(row) else await self._remove(row, message) for message in spare]
            stand = [Fate.REFUSED] * len(fates)
            await self._note(row, [*stand, *ends], row.reason if Fate.REFUSED in (*fates, *ends) else mark)
            total = _counted(total, [*fates, *ends])
        return total

    # 0 is a message that somebody saw in a channel: it stands there, and nobody knows its number.
    async def _remove(self, row: _Sent, message: int) -> Fate:
        return await self._paced(self._delete(row.chat_id, message)) if message else Fate.REFUSED

    async def _write(self, row: _Sent, message: int, part: Part) -> Fate:
        return await self._paced(self._edit(row.chat_id, message, part)) if message else Fate.REFUSED

    def _too_old(self, row: _Sent) -> bool:
        return row.settled is not None and row.settled < self._clock.now().timestamp() - DELETABLE

    async def _paced(self, change: Awaitable[Fate]) -> Fate:
        fate = await change
        await self._clock.sleep(self._rest)
        return fate

    async def _sent(self, edition: int) -> AsyncIterator[_Sent]:
        """The deliveries of which something stands in a chat, read in slices so that no transaction lasts."""
        last = 0
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(_SENT, {"edition_id": edition, "last": last})).all()
            for row in rows:
                if row.message_ids:
                    yield self._read(row)
            if len(rows) < _SLICE:
                return
            last = rows[-1].outbox_id

    def _read(self, row: Any) -> _Sent:
        kind = ChatKind(row.kind) if row.kind else ChatKind.CHANNEL
        subscription = row_to_subscription(row, self._seal)
        chat_id = self._seal.open_id(row.sealed_id)
        return _Sent(row.outbox_id, chat_id, kind, subscription, tuple(row.message_ids), row.settled, row.reason)

    async def _note(self, row: _Sent, fates: Sequence[Fate], mark: str | None) -> None:
        """Keep which messages still stand: those of which a deletion was refused."""
        stand = [message for message, fate in zip(row.message_ids, fates, strict=False) if fate is Fate.REFUSED]
        stand += row.message_ids[len(fates) :]
        noted = update(outbox).where(outbox.c.id == row.id).values(message_ids=stand, reason=mark)
        async with self._database.begin() as connection:
            await connection.execute(noted)


@dataclass(frozen=True, slots=True)
class _Sent:
    id: int
    chat_id: int
    kind: ChatKind
    subscription: Subscription
    message_ids: tuple[int, ...]
    settled: float | None
    reason: str | None


_SENT = (
    select(
        outbox.c.id.label("outbox_id"),
        outbox.c.message_ids,
        outbox.c.settled,
        outbox.c.reason,
        chats.c.sealed_id,
        chats.c.kind,
        subscriptions,
    )
    .select_from(outbox)
    .join(chats, chats.c.key == outbox.c.chat)
    .join(subscriptions, subscriptions.c.id == outbox.c.subscription)
    .where(outbox.c.edition == bindparam("edition_id"), outbox.c.id > bindparam("last"))
    .where(outbox.c.state != Delivery.SENDING, outbox.c.parts_sent > 0)
    .order_by(outbox.c.id)
    .limit(_SLICE)
)


def _counted(total: Recalled, fates: Sequence[Fate]) -> Recalled:
    return replace(
        total,
        done=total.done + fates.count(Fate.DONE),
        gone=total.gone + fates.count(Fate.GONE),
        refused=total.refused + fates.count(Fate.REFUSED),
    )
