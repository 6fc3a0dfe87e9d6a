"""Pruning: what is not needed any more is deleted; of deliveries the edition keeps how many ended how."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.states import PARKED, WAITING, Delivery
from bot.store.tables import chats, outbox
from bot.store.totals import count_out

UNREACHABLE_DAYS = 180
"""Days after which a chat that cannot be written to is deleted, with its settings."""
LEAST_DAYS = 9
"""Days that a delivery is kept in any case: so long after its end may a period ring again where a schedule is changed,
and its row is what keeps it from ringing twice."""
ENDED = tuple(state for state in Delivery if state not in (*WAITING, Delivery.SENDING))
"""The states of deliveries that await nothing."""
_SLICE = 500
_SLICES = 100
"""How many in one run: what is left waits for the next."""


class Pruning:
    """Deletes in slices, each a transaction."""

    def __init__(self, database: Database, outbox_days: int) -> None:
        self._database = database
        self._kept = timedelta(days=max(outbox_days, LEAST_DAYS))
        self._stopping = False

    def stop(self) -> None:
        """Break off after the slice under way."""
        self._stopping = True

    async def prune(self, now: datetime) -> int:
        """Delete deliveries that ended long ago, and chats that were unreachable for long; how many rows went."""
        pruned = 0
        for _ in range(_SLICES):
            if self._stopping:
                break
            async with self._database.begin() as connection:
                gone = await self._deliveries(connection, (now - self._kept).timestamp())
                gone += await _unreachable(connection, int((now - timedelta(days=UNREACHABLE_DAYS)).timestamp()))
            if not gone:
                break
            pruned += gone
        return pruned

    async def _deliveries(self, connection: AsyncConnection, before: float) -> int:
        """Those that are old go by the moment from which they could be sent, for which there is an index."""
        parked = and_(outbox.c.not_before >= PARKED, outbox.c.due < before)  # cancelled while their edition was paused
        old = and_(outbox.c.state.in_(ENDED), or_(outbox.c.not_before < before, parked))
        ids = await connection.run_sync(count_out, old, _SLICE)
        await connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))
        return len(ids)


async def _unreachable(connection: AsyncConnection, before: int) -> int:
    """Delete chats that the bot could not write to since this moment; all that is kept about them goes too. One that is
    being changed is left to the next time: it may be coming back."""
    lost = select(chats.c.key).where(chats.c.unreachable_since < before).limit(_SLICE)
    lost = lost.with_for_update(skip_locked=True)
    keys = (await connection.execute(lost)).scalars().all()
    if keys:
        await connection.run_sync(count_out, outbox.c.chat.in_(keys))
    await connection.execute(delete(chats).where(chats.c.key.in_(keys)))
    return len(keys)
