"""Facts that the program keeps under names, one small value each: how far something is, what was done last."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert_into
from bot.store.tables import facts


async def fact(connection: AsyncConnection, name: str, *, lock: bool = False) -> bytes | None:
    """The value under a name; None where there is none. `lock`: nobody else may change it until the end."""
    query = select(facts.c.value).where(facts.c.name == name)
    value = (await connection.execute(query.with_for_update() if lock else query)).scalar()
    return None if value is None else bytes(value)


async def facts_under(connection: AsyncConnection, beginning: str) -> dict[str, bytes]:
    """The values under all names that begin so, by what follows in the name, in the order of the names."""
    query = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(beginning)).order_by(facts.c.name)
    return {row.name.removeprefix(beginning): bytes(row.value) for row in await connection.execute(query)}


async def note(connection: AsyncConnection, name: str, value: bytes) -> None:
    """Keep a value under a name, in place of the one before."""
    row = insert_into(connection, facts).values(name=name, value=value)
    change = {"value": row.excluded.value}
    await connection.execute(row.on_conflict_do_update(index_elements=[facts.c.name], set_=change))


async def note_first(connection: AsyncConnection, name: str, value: bytes) -> None:
    """Keep a value under a name unless there is one."""
    row = insert_into(connection, facts).values(name=name, value=value)
    await connection.execute(row.on_conflict_do_nothing(index_elements=[facts.c.name]))


async def forget(connection: AsyncConnection, name: str, value: bytes | None = None) -> None:
    """Forget what is kept under a name; where a value is given, only if it is this one."""
    mine = facts.c.name == name
    await connection.execute(delete(facts).where(mine if value is None else mine & (facts.c.value == value)))
