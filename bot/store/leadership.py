"""Who may send: one process at a time, and each time under a new number, the epoch.

On SQLite the lock is on a file beside the database, on PostgreSQL an advisory lock on a connection of its own. Both end
with the process that holds them. Losing that connection is losing the leadership; what an earlier leader still writes
is refused by its epoch.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store.database import SQLITE, Database, StoreError, insert_into
from bot.store.tables import leadership

NAME: Final = "sender"
LOCK_SUFFIX: Final = ".sender.lock"
_LOCK: Final = 0x6B6F6C6F6B6F6C02
"""An arbitrary number that names the lock on PostgreSQL."""
_ASK_AGAIN: Final = 1.0  # seconds between two tries to get the lock
_LOOK_AFTER: Final = 2.0  # seconds between two looks at the connection that holds it
_LOOK_PATIENCE: Final = 5.0  # seconds that such a look may take


class LostError(Exception):
    """Another process leads, or may: nothing more may be sent or written under this epoch."""


@dataclass(frozen=True, slots=True)
class Term:
    """One leadership. `lost` is set as soon as it is known to be over."""

    epoch: int
    lost: asyncio.Event = field(default_factory=asyncio.Event)

    def check(self, connection: Connection) -> None:
        """Within a transaction, before it writes: raises LostError where another leadership has begun.

        No other can begin before this transaction ends.
        """
        if self.lost.is_set() or connection.execute(_EPOCH).scalar() != self.epoch:
            raise LostError


# Built once: it is asked in every transaction of the sender.
_EPOCH: Final = select(leadership.c.epoch).where(leadership.c.name == NAME).with_for_update(read=True)


class Leadership:
    """The way to it. Raises StoreError for a database in memory, which no other process could share."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._file: Path | None = None
        if database.url.drivername == SQLITE:
            if database.url.database in (None, "", ":memory:"):
                raise StoreError("A database in memory cannot hold deliveries: they must outlast the program.")
            self._file = Path(f"{database.url.database}{LOCK_SUFFIX}")

    @asynccontextmanager
    async def lead(self) -> AsyncIterator[Term]:
        """Wait until nobody else leads, then lead until the end of the block."""
        lock = self._by_file(self._file) if self._file else self._by_connection()
        async with lock as lost:
            yield Term(await self._next_epoch(), lost)

    async def _next_epoch(self) -> int:
        since = self._clock.now().timestamp()
        async with self._database.begin() as connection:
            row = insert_into(connection, leadership).values(name=NAME, epoch=1, since=since)
            counted = {"epoch": leadership.c.epoch + 1, "since": row.excluded.since}
            count = row.on_conflict_do_update(index_elements=[leadership.c.name], set_=counted)
            epoch: int = (await connection.execute(count.returning(leadership.c.epoch))).scalar_one()
            return epoch

    @asynccontextmanager
    async def _by_file(self, path: Path) -> AsyncIterator[asyncio.Event]:
        try:
            import fcntl
        except ImportError:
            raise StoreError("On this system only PostgreSQL can hold deliveries: files cannot be locked.") from None
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await self._clock.sleep(_ASK_AGAIN)
            yield asyncio.Event()
        finally:
            os.close(descriptor)  # which unlocks

    @asynccontextmanager
    async def _by_connection(self) -> AsyncIterator[asyncio.Event]:
        async with self._database.alone() as connection:
            while not await self._try(connection):
                await self._clock.sleep(_ASK_AGAIN)
            lost = asyncio.Event()
            watching = asyncio.create_task(self._watch(connection, lost))
            try:
                yield lost
            finally:
                watching.cancel()
                with suppress(asyncio.CancelledError):
                    await watching

    async def _try(self, connection: AsyncConnection) -> bool:
        got = await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK})
        return bool(got.scalar())

    async def _watch(self, connection: AsyncConnection, lost: asyncio.Event) -> None:
        """Look after the connection: without it the lock is gone."""
        try:
            while True:
                await self._clock.sleep(_LOOK_AFTER)
                async with asyncio.timeout(_LOOK_PATIENCE):
                    await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            lost.set()
