"""The seal key and the database belong together: made only for an empty database, and a wrong key refuses to start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert, select

from bot.seal import Seal, SealError, make_key, parse_key, read_key
from bot.store.database import Database
from bot.store.tables import facts

_CHECK = "seal_check"
_KNOWN = b"kolokol"
Found = TypeVar("Found")


async def open_seal(database: Database, key_text: str | None, key_file: Path) -> Seal:
    """The seal of this database, from the key given or the key file. Raises SealError for a wrong or missing key."""
    async with database.begin() as connection:
        check = (await connection.execute(select(facts.c.value).where(facts.c.name == _CHECK))).scalar()
        key = parse_key(key_text) if key_text else _in_file(read_key, key_file)
        if key is None and check is not None:
            raise SealError(
                f"The seal key is missing: this database was sealed with a key, but KOLOKOL_SEAL_KEY is not set and "
                f"there is no file {key_file}. Restore the key; without it nothing sealed can be read."
            )
        seal = Seal(key or _in_file(make_key, key_file))
        if check is None:
            await connection.execute(insert(facts).values(name=_CHECK, value=seal.seal(_KNOWN, _CHECK)))
        elif check != seal.seal(_KNOWN, _CHECK):
            raise SealError("The seal key is not the one this database was sealed with. Restore the right key.")
    return seal


def _in_file(act: Callable[[Path], Found], key_file: Path) -> Found:
    try:
        return act(key_file)
    except OSError as error:
        raise SealError(
            f"The key file {key_file} cannot be used: {error.strerror}. Check KOLOKOL_KEY_FILE and who may write there."
        ) from None
