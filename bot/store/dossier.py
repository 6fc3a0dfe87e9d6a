"""Everything that is kept about one chat, read from every table that refers to it: what /privacy shows and exports."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Row, Table, select

from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.sealed import SEALED
from bot.store.tables import chats, draft_files, metadata


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table that refer to a chat by one column, opened: `{column: value}`, keys as hexadecimal."""

    table: str
    column: str
    rows: tuple[dict[str, Any], ...]


def references() -> list[Column[Any]]:
    """Every column that holds a chat's key, that of the chats first; those too that refer to such a column."""
    found: dict[Column[Any], None] = {chats.c.key: None}
    for table in metadata.sorted_tables:  # those that others refer to come before them
        found |= {each: None for each in table.columns if any(key.column in found for key in each.foreign_keys)}
    return list(found)


async def dossier_of(database: Database, seal: Seal, chat_id: int) -> tuple[Section, ...]:
    """Each place where something is kept about this chat; empty where nothing is."""
    async with database.read() as connection:
        key = await Chats(database, seal).find(connection, chat_id)
        if key is None:
            return ()
        found = []
        for column in references():
            rows = (await connection.execute(select(column.table).where(column == key))).all()
            if rows:
                opened = tuple(_opened(row, column.table, seal) for row in rows)
                found.append(Section(str(column.table.name), str(column.name), opened))
    return tuple(found)


def _opened(row: Row[Any], table: Table, seal: Seal) -> dict[str, Any]:
    return {
        str(column.name).removeprefix("sealed_"): _value(column, row._mapping[column], seal) for column in table.columns
    }


def _value(column: Column[Any], value: Any, seal: Seal) -> Any:
    if column is draft_files.c.data and value is not None:
        return zlib.decompress(value).decode(errors="backslashreplace")
    purpose = SEALED.get(column)
    if purpose and value is not None:
        opened = seal.open(value, purpose).decode()
        return int(opened) if purpose == "chat" else opened
    return value.hex() if isinstance(value, bytes) else value
