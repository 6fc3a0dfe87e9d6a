"""Updates that were taken from Telegram and are not handled yet: kept sealed, and only while the window is full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from bot.seal import Seal
from bot.store.database import Database, insert_into
from bot.store.tables import spool

_PURPOSE = "update"
_SLICE = 500


class UpdateSpool:
    """The repository behind the transport's spool."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    async def keep(self, updates: Sequence[tuple[int, bytes]]) -> None:
        """Keep updates, each as (update id, raw bytes); committed on return. Those kept already stay as they are."""
        rows = [{"update_id": update_id, "sealed_update": self._seal.seal(raw, _PURPOSE)} for update_id, raw in updates]
        if rows:
            async with self._database.begin() as connection:
                await connection.execute(insert_into(connection, spool).on_conflict_do_nothing(), rows)

    async def drop(self, update_ids: Iterable[int]) -> None:
        """Delete updates that are handled."""
        ids = list(update_ids)
        async with self._database.begin() as connection:
            for start in range(0, len(ids), _SLICE):
                await connection.execute(delete(spool).where(spool.c.update_id.in_(ids[start : start + _SLICE])))

    async def load(self) -> list[tuple[int, bytes]]:
        """All that is kept, oldest first."""
        async with self._database.begin() as connection:
            rows = await connection.execute(select(spool).order_by(spool.c.update_id))
            return [(row.update_id, self._seal.open(row.sealed_update, _PURPOSE)) for row in rows]
