"""Changing the seal key: everything sealed is sealed anew in one transaction, then the key files change places.

The new key lies in `<key file>.new` before anything is sealed with it, and the old one stays in `<key file>.old`: it
opens the backups made before. Broken off at any moment, the next start or the next try ends what was begun.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.seal import Seal, SealError, make_key, read_key
from bot.store.database import SQLITE, Database, open_database
from bot.store.keys import KeyFiles, check_of, current_key, put_stamp, stamp
from bot.store.presence import present
from bot.store.sealed import SEALED

_SLICE = 1_000


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done: how many values were sealed anew, where the key stands now, and where the old one."""

    values: int
    key_file: Path
    old_key_file: Path | None


async def rotate_alone(url: str, key_text: str | None, key_file: Path) -> Rotated:
    """Open the database that nobody else may use meanwhile, and change the key; see `rotate`. Raises StoreError."""
    database = await open_database(url)
    try:
        async with present(database, alone=True):
            return await rotate(database, key_text, key_file)
    finally:
        await database.close()


async def rotate(database: Database, key_text: str | None, key_file: Path) -> Rotated:
    """Change the key. With a key from `key_text` the new one is left in the `.new` file, to be put in its place.

    Nobody else may use the database meanwhile. Raises SealError where the present key is missing or wrong.
    """
    files = KeyFiles(key_file)
    new = read_key(files.new)
    if new is not None and await _holds(database, Seal(new)):  # broken off when all was sealed anew
        return _settled(files, 0, given=bool(key_text))
    old = Seal(await current_key(database, key_text, key_file))
    sealing = Seal(new or make_key(files.new))
    async with database.begin() as connection:
        if await check_of(connection) != stamp(old):
            raise SealError("The key was changed by somebody else meanwhile.")
        values = [await _reseal(connection, column, purpose, old, sealing) for column, purpose in SEALED.items()]
        await put_stamp(connection, sealing)
    await _wipe(database)
    return _settled(files, sum(values), given=bool(key_text))


async def _holds(database: Database, seal: Seal) -> bool:
    async with database.read() as connection:
        return await check_of(connection) == stamp(seal)


def _settled(files: KeyFiles, values: int, *, given: bool) -> Rotated:
    if given:
        return Rotated(values, files.new, None)
    return Rotated(values, files.key, files.change_places())


async def _reseal(connection: AsyncConnection, column: Column[Any], purpose: str, old: Seal, new: Seal) -> int:
    """Seal a column anew, slice by slice in the order of its key; how many values."""
    (key,) = column.table.primary_key.columns
    query = select(key, column).where(column.is_not(None)).order_by(key).limit(_SLICE)
    change = update(column.table).where(key == bindparam("of")).values({column: bindparam("sealed")})
    count, last = 0, None
    while True:
        rows = (await connection.execute(query if last is None else query.where(key > last))).all()
        if not rows:
            return count
        last, count = rows[-1][0], count + len(rows)
        sealed = [{"of": row[0], "sealed": new.seal(old.open(row[1], purpose), purpose)} for row in rows]
        await connection.execute(change, sealed)


async def _wipe(database: Database) -> None:
    """Leave nothing behind that the old key opens: pages of before lie in the write-ahead log, or as dead rows."""
    if database.url.drivername == SQLITE:
        await asyncio.to_thread(_empty_log, str(database.url.database))
        return
    async with database.alone() as connection:
        tables = ", ".join(sorted({column.table.name for column in SEALED}))
        await connection.exec_driver_sql(f"VACUUM FULL {tables}")


def _empty_log(path: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
