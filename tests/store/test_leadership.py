"""One leads, the others wait; each leadership has a number of its own, and a lost one can write nothing more."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.store.database import Database, StoreError, open_database
from bot.store.leadership import LOCK_SUFFIX, Leadership, LostError, Term

CHILD = """
import asyncio, sys
from bot.clock import SystemClock
from bot.store.database import open_database
from bot.store.leadership import Leadership

async def main():
    database = await open_database(sys.argv[1])
    async with Leadership(database, SystemClock()).lead() as term:
        print(term.epoch, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def leadership(database: Database) -> Leadership:
    return Leadership(database, SystemClock())


async def check(database: Database, term: Term) -> None:
    await database.work(term.check)


async def test_each_leadership_has_the_next_number(database: Database, leadership: Leadership) -> None:
    for number in (1, 2, 3):
        async with leadership.lead() as term:
            assert term.epoch == number
            await check(database, term)


async def test_while_one_leads_another_waits(url: str, database: Database, leadership: Leadership) -> None:
    other = await open_database(url)
    order = []

    async def second() -> None:
        async with Leadership(other, SystemClock()).lead() as term:
            order.append(term.epoch)

    async with leadership.lead() as term:
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        order.append(term.epoch)
    await asyncio.wait_for(waiting, 30)
    assert order == [1, 2]
    await other.close()


async def test_whoever_waits_can_give_up(database: Database, leadership: Leadership) -> None:
    other = Leadership(database, SystemClock())
    async with leadership.lead() as term:
        waiting = asyncio.create_task(other.lead().__aenter__())
        await asyncio.sleep(0.3)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await check(database, term)


async def test_a_leader_that_is_killed_is_followed_at_once(
    url: str, database: Database, leadership: Leadership
) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, url, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert (await asyncio.wait_for(process.stdout.readline(), 60)).strip() == b"1"
    process.kill()
    await process.wait()
    async with asyncio.timeout(30), leadership.lead() as term:
        assert term.epoch == 2


async def test_a_lost_leadership_writes_nothing_more(database: Database, leadership: Leadership) -> None:
    async with leadership.lead() as old:
        await check(database, old)
    async with leadership.lead() as new:
        with pytest.raises(LostError):
            await check(database, old)
        await check(database, new)
        new.lost.set()
        with pytest.raises(LostError):
            await check(database, new)


async def test_losing_the_connection_of_the_lock_is_losing_the_leadership(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.leadership._LOOK_AFTER", 0.1)
    database = await open_database(postgresql_url)
    async with Leadership(database, SystemClock()).lead() as term:
        async with database.begin() as connection:
            lock = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            assert (await connection.execute(text(lock))).scalars().all() == [True]
        async with asyncio.timeout(30):
            await term.lost.wait()
        with pytest.raises(LostError):
            await check(database, term)
    async with asyncio.timeout(30), Leadership(database, SystemClock()).lead() as term:
        assert term.epoch == 2
    await database.close()


async def test_the_lock_lies_beside_the_database_for_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    database = await open_database(sqlite_url)
    async with Leadership(database, SystemClock()).lead():
        lock = tmp_path / "var" / f"test.db{LOCK_SUFFIX}"
        assert lock.stat().st_mode & 0o777 == 0o600
    await database.close()


async def test_a_database_in_memory_is_refused_in_words() -> None:
    database = await open_database("sqlite+aiosqlite:///:memory:")
    with pytest.raises(StoreError, match="in memory"):
        Leadership(database, SystemClock())
    await database.close()
