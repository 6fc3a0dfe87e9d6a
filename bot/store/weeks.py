"""Which week something was last done for that is done once a week, whatever the number of starts and processes."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.facts import fact, note, note_first


async def begins(database: Database, name: str, week: str) -> bool:
    """Whether this is the first time that this week is asked for; it is noted. The first week of all does not count."""
    kept = f"week:{name}"
    value = week.encode()
    async with database.begin() as connection:
        before = await fact(connection, kept, lock=True)
        if before is None:
            await note_first(connection, kept, value)
            return False
        if before != value:
            await note(connection, kept, value)
        return before != value
