"""Taking back what was sent of an edition: deleted where Telegram still lets, or written anew where it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.outbox import Delivery
from bot.store.subscriptions import row_to_subscription
from bot.store.tables import chats, outbox, subscriptions
from bot.subscription import ChatKind, Subscription
from bot.transport.posting import Part

DELETABLE: Final = 48 * 3600
"""Seconds in which a bot may delete what it sent (Bot API: deleteMessage)."""
_SLICE: Final = 200

Printing = Callable[[int, Subscription, ChatKind], Awaitable[Sequence[Part]]]


class Fate(StrEnum):
    """What became of one message that was to be taken back."""

    DONE = "done"
    GONE = "gone"
    """It stood there no more, or stood there as it should already."""
    REFUSED = "refused"


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
    """Takes editions back, delivery by delivery; broken off, it goes on where it was when it is asked again."""

    def __init__(
        self, database: Database, seal: Seal, clock: Clock, printing: Printing, *, delete: Delete, edit: Edit
    ) -> None:
        self._database, self._seal, self._clock = database, seal, clock
        self._printing, self._delete, self._edit = printing, delete, edit

    async def delete(self, edition: int) -> Recalled:
        """Stop what has not left, and delete what was sent within the last 48 hours."""
        now = self._clock.now().timestamp()
        total = Recalled(stopped=await Deliveries(self._database).cancel(edition, now))
        for row in await self._sent(edition):
            if row.settled is not None and row.settled < now - DELETABLE:
                total = replace(total, too_old=total.too_old + len(row.message_ids))
                continue
            fates = [await self._delete(row.chat_id, message) for message in row.message_ids]
            kept = [message for message, fate in zip(row.message_ids, fates, strict=True) if fate is Fate.REFUSED]
            await self._note(row.id, message_ids=kept, reason="recalled")
            total = _counted(total, fates)
        return total

    async def rewrite(self, edition: int) -> Recalled:
        """Write what was sent anew, as the edition reads now. Parts that it has no more are left as they are."""
        total = Recalled()
        for row in await self._sent(edition):
            parts = await self._printing(edition, row.subscription, row.kind)
            pairs = zip(row.message_ids, parts, strict=False)
            fates = [await self._edit(row.chat_id, message, part) for message, part in pairs]
            total = _counted(total, fates)
        return total

    async def _sent(self, edition: int) -> list[_Sent]:
        """The deliveries of which something stands in a chat, read in slices so that no transaction lasts."""
        found: list[_Sent] = []
        last = 0
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(_SENT, {"edition_id": edition, "last": last})).all()
            found += [self._read(row) for row in rows if row.message_ids]
            if len(rows) < _SLICE:
                return found
            last = rows[-1].outbox_id

    def _read(self, row: Any) -> _Sent:
        kind = ChatKind(row.kind) if row.kind else ChatKind.CHANNEL
        subscription = row_to_subscription(row, self._seal)
        chat_id = self._seal.open_id(row.sealed_id)
        return _Sent(row.outbox_id, chat_id, kind, subscription, tuple(row.message_ids), row.settled)

    async def _note(self, row: int, **columns: Any) -> None:
        async with self._database.begin() as connection:
            await _set(connection, row, columns)


@dataclass(frozen=True, slots=True)
class _Sent:
    id: int
    chat_id: int
    kind: ChatKind
    subscription: Subscription
    message_ids: tuple[int, ...]
    settled: float | None


_SENT = (
    select(
        outbox.c.id.label("outbox_id"),
        outbox.c.message_ids,
        outbox.c.settled,
        chats.c.sealed_id,
        chats.c.kind,
        subscriptions,
    )
    .select_from(outbox)
    .join(chats, chats.c.key == outbox.c.chat)
    .join(subscriptions, subscriptions.c.id == outbox.c.subscription)
    .where(outbox.c.edition == bindparam("edition_id"), outbox.c.id > bindparam("last"))
    .where(outbox.c.state.in_((Delivery.SENT, Delivery.RETRY, Delivery.CANCELLED, Delivery.FAILED)))
    .order_by(outbox.c.id)
    .limit(_SLICE)
)


async def _set(connection: AsyncConnection, row: int, columns: dict[str, Any]) -> None:
    await connection.execute(update(outbox).where(outbox.c.id == row).values(columns))


def _counted(total: Recalled, fates: Sequence[Fate]) -> Recalled:
    return replace(
        total,
        done=total.done + fates.count(Fate.DONE),
        gone=total.gone + fates.count(Fate.GONE),
        refused=total.refused + fates.count(Fate.REFUSED),
    )
