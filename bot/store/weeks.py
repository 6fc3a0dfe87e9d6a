"""Which week something was last done for that is done once a week, whatever the number of starts and processes."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.store.database import Database, insert_into
from bot.store.tables import facts


async def begins(database: Database, name: str, week: str) -> bool:
    """Whether this is the first time that this week is asked for; it is noted. The first week of all does not count."""
    kept = f"week:{name}"
    value = week.encode()
    async with database.begin() as connection:
        before = (await connection.execute(select(facts.c.value).where(facts.c.name == kept))).scalar()
        if before is None:
            row = insert_into(connection, facts).values(name=kept, value=value)
            await connection.execute(row.on_conflict_do_nothing(index_elements=[facts.c.name]))
            return False
        changed = update(facts).where(facts.c.name == kept, facts.c.value != value).values(value=value)
        return bool((await connection.execute(changed)).rowcount)
