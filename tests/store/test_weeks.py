from __future__ import annotations

import asyncio

from bot.store.database import Database, open_database
from bot.store.weeks import begins


async def test_each_week_begins_once_and_the_first_of_all_not_at_all(database: Database) -> None:
    weeks = ["2026-w01", "2026-w01", "2026-w02", "2026-w02", "2026-w03"]
    assert [await begins(database, "stale", week) for week in weeks] == [False, False, True, False, True]
    assert not await begins(database, "another", "2026-w03")


async def test_of_several_processes_one_begins_it(url: str) -> None:
    databases = [await open_database(url) for _ in range(3)]
    await begins(databases[0], "stale", "2026-w01")
    found = await asyncio.gather(*(begins(database, "stale", "2026-w02") for database in databases))
    for database in databases:
        await database.close()
    assert sorted(found) == [False, False, True]
