"""Who uses a database: any number of bots at a time, or one program that must have it for itself."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, SystemClock
from bot.store.database import SQLITE, Database, StoreError

_LOG = logging.getLogger(__name__)
LOCK_SUFFIX: Final = ".users.lock"
_LOCK: Final = 0x6B6F6C6F6B6F6C03
"""An arbitrary number that names the lock on PostgreSQL."""


_LOOK_AFTER: Final = 5.0  # seconds between two looks at the connection that holds the lock
_LOOK_PATIENCE: Final = 5.0  # seconds that such a look may take


@asynccontextmanager
async def present(
    database: Database, *, alone: bool = False, clock: Clock | None = None
) -> AsyncIterator[asyncio.Event]:
    """Use the database until the end of the block, together with others or `alone`.

    The lock ends with the process, however that ends. Raises StoreError where somebody else's use does not allow it.
    On PostgreSQL the lock goes with its connection: it is taken again over another one. The event is set where
    somebody took the database for itself meanwhile: then it must be used no more.
    """
    displaced = asyncio.Event()
    if database.url.drivername == SQLITE:
        descriptor = _lock_file(database.url.database, alone=alone)
        try:
            yield displaced
        finally:
            if descriptor is not None:
                os.close(descriptor)  # which unlocks
        return
    async with AsyncExitStack() as stack:
        connection = await _take(database, stack, alone=alone)
        keeping = asyncio.create_task(_keep(database, stack, connection, displaced, clock or SystemClock()))
        if alone:  # what needs it alone is one transaction, and over before anybody could come
            keeping.cancel()
        try:
            yield displaced
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


async def _take(database: Database, stack: AsyncExitStack, *, alone: bool) -> AsyncConnection:
    connection = await stack.enter_async_context(database.alone())
    function = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
    if not (await connection.execute(text(f"SELECT {function}(:key)"), {"key": _LOCK})).scalar():
        raise _in_use(alone=alone)
    return connection


async def _keep(
    database: Database, stack: AsyncExitStack, connection: AsyncConnection, displaced: asyncio.Event, clock: Clock
) -> None:
    """Look after the connection of the lock; take the lock again where it was lost."""
    while True:
        await clock.sleep(_LOOK_AFTER)
        try:
            async with asyncio.timeout(_LOOK_PATIENCE):
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError):
            with suppress(SQLAlchemyError, OSError, StoreError):  # the server is away still: the next look tries again
                await stack.aclose()
                connection = await _retake(database, stack, displaced)
            if displaced.is_set():
                return


async def _retake(database: Database, stack: AsyncExitStack, displaced: asyncio.Event) -> AsyncConnection:
    try:
        connection = await _take(database, stack, alone=False)
    except StoreError:
        _LOG.error("the keys of this database are being changed: it must not be used any more")
        displaced.set()
        raise
    _LOG.warning("the connection to the database was lost, and is there again")
    return connection


def _lock_file(path: str | None, *, alone: bool) -> int | None:
    """Lock the file beside a SQLite database; None where there is none to lock: in memory, or where files cannot be."""
    if path in (None, "", ":memory:"):
        return None
    try:
        import fcntl
    except ImportError:
        return None
    try:
        descriptor = os.open(f"{path}{LOCK_SUFFIX}", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"No file can be made beside the database: {error.strerror}.") from None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise _in_use(alone=alone) from None
    return descriptor


def _in_use(*, alone: bool) -> StoreError:
    if alone:
        return StoreError("A bot runs on this database. Stop it first, then try again.")
    return StoreError("The keys of this database are being changed. Wait until that is done, then start again.")
