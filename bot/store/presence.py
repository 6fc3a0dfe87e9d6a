"""Who uses a database: any number of bots at a time, or one program that must have it for itself."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import text

from bot.store.database import SQLITE, Database, StoreError

LOCK_SUFFIX: Final = ".users.lock"
_LOCK: Final = 0x6B6F6C6F6B6F6C03
"""An arbitrary number that names the lock on PostgreSQL."""


@asynccontextmanager
async def present(database: Database, *, alone: bool = False) -> AsyncIterator[None]:
    """Use the database until the end of the block, together with others or `alone`.

    The lock ends with the process, however that ends. Raises StoreError where somebody else's use does not allow it.
    """
    if database.url.drivername == SQLITE:
        descriptor = _lock_file(database.url.database, alone=alone)
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)  # which unlocks
        return
    async with database.alone() as connection:
        function = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
        if not (await connection.execute(text(f"SELECT {function}(:key)"), {"key": _LOCK})).scalar():
            raise _in_use(alone=alone)
        yield


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
