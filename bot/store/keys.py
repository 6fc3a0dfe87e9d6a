"""The seal key and the database belong together: made only for an empty database, and a wrong key refuses to start."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.seal import Seal, SealError, make_key, parse_key, read_key
from bot.store.database import Database
from bot.store.tables import facts

_LOG = logging.getLogger(__name__)
_CHECK = "seal_check"
_KNOWN = b"kolokol"
_OTHERS = 0o077
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """The key file, and beside it the one of a key to come and those of keys that were."""

    key: Path

    @property
    def new(self) -> Path:
        """Where a key lies while everything is sealed anew with it."""
        return self.key.with_name(f"{self.key.name}.new")

    def change_places(self) -> Path | None:
        """Put the new key in place of the old one, which stays under a name of its own; where that is now."""
        kept = None
        if self.key.exists():
            names = (f"{self.key.name}.old{'' if number == 1 else f'.{number}'}" for number in count(1))
            kept = next(path for name in names if not (path := self.key.with_name(name)).exists())
            os.rename(self.key, kept)
        os.rename(self.new, self.key)
        folder = os.open(self.key.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return kept


async def open_seal(database: Database, key_text: str | None, key_file: Path) -> Seal:
    """The seal of this database, from the key given or the key file. Raises SealError for a wrong or missing key."""
    async with database.begin() as connection:
        check = await check_of(connection)
        if check is None:
            seal = Seal(_given(key_text, key_file) or _in_file(make_key, key_file))
            await connection.execute(insert(facts).values(name=_CHECK, value=stamp(seal)))
            return seal
        return Seal(_fitting(check, key_text, key_file))


async def current_key(database: Database, key_text: str | None, key_file: Path) -> bytes:
    """The key that this database is sealed with. Raises SealError where it is missing, wrong, or was never used."""
    async with database.read() as connection:
        check = await check_of(connection)
    if check is None:
        raise SealError("Nothing is sealed yet: the database is empty, and so there is no key to change.")
    return _fitting(check, key_text, key_file)


async def check_of(connection: AsyncConnection) -> bytes | None:
    """By what the key of this database is known; None where it has none yet."""
    found: bytes | None = (await connection.execute(select(facts.c.value).where(facts.c.name == _CHECK))).scalar()
    return found


def stamp(seal: Seal) -> bytes:
    """By what a database knows its key."""
    return seal.seal(_KNOWN, _CHECK)


async def put_stamp(connection: AsyncConnection, seal: Seal) -> None:
    """From now on the database is sealed with this key."""
    await connection.execute(facts.update().where(facts.c.name == _CHECK).values(value=stamp(seal)))


def _given(key_text: str | None, key_file: Path) -> bytes | None:
    if key_text:
        return parse_key(key_text)
    key = _in_file(read_key, key_file)
    if key and key_file.stat().st_mode & _OTHERS:
        _LOG.warning("others than its owner may read the key file; chmod 600 it")
    return key


def _fitting(check: bytes, key_text: str | None, key_file: Path) -> bytes:
    """The key that fits. Where a change of keys was broken off at its end, that is the new one, put in its place."""
    key, files = _given(key_text, key_file), KeyFiles(key_file)
    if key and check == stamp(Seal(key)):
        return key
    coming = _in_file(read_key, files.new)
    if coming and check == stamp(Seal(coming)):
        if key_text:
            raise SealError(
                f"The seal key was changed: the new one stands in {files.new}. Put it into KOLOKOL_SEAL_KEY, or unset "
                f"that and move the file to {key_file}."
            )
        files.change_places()
        return coming
    if key is None:
        raise SealError(
            f"The seal key is missing: this database was sealed with a key, but KOLOKOL_SEAL_KEY is not set and "
            f"there is no file {key_file}. Restore the key; without it nothing sealed can be read."
        )
    raise SealError("The seal key is not the one this database was sealed with. Restore the right key.")


def _in_file(act: Callable[[Path], Found], key_file: Path) -> Found:
    try:
        return act(key_file)
    except OSError as error:
        raise SealError(
            f"The key file {key_file} cannot be used: {error.strerror}. Check KOLOKOL_KEY_FILE and who may write there."
        ) from None
