"""Any number of bots may use a database, or one program alone."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.store.database import Database, StoreError, open_database
from bot.store.presence import present


async def test_several_may_use_it_and_one_may_have_it_alone_when_they_are_gone(url: str) -> None:
    one, other = await open_database(url), await open_database(url)
    async with present(one), present(other):
        with pytest.raises(StoreError, match="Stop it first"):
            async with present(other, alone=True):
                pass
    async with present(one, alone=True):
        with pytest.raises(StoreError, match="keys of this database are being changed"):
            async with present(other):
                pass
    async with present(other):
        pass
    for database in (one, other):
        await database.close()


async def taken(connection: AsyncConnection, database: Database) -> int:
    """How many hold the lock."""
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database"
    return int(
        (
            await connection.execute(text(f"{query} WHERE datname = :name)"), {"name": database.url.database})
        ).scalar_one()
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.presence._LOOK_AFTER", 0.1)


CUT = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


@pytest.mark.usefixtures("quick")
async def test_a_lock_that_was_lost_with_its_connection_is_taken_again(postgresql_url: str) -> None:
    one, other = await open_database(postgresql_url), await open_database(postgresql_url)
    async with present(one) as displaced:
        for _ in range(2):
            async with other.begin() as connection:
                assert (await connection.execute(text(CUT))).scalars().all() == [True]
            async with asyncio.timeout(30):
                held = 0
                while not held:
                    async with other.begin() as connection:
                        held = await taken(connection, other)
                    await asyncio.sleep(0.05)
        with pytest.raises(StoreError, match="Stop it first"):
            async with present(other, alone=True):
                pass
        assert not displaced.is_set()
    for database in (one, other):
        await database.close()


class Gate(SystemClock):
    """A clock whose sleepers wake when the gate is opened."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await self.opened.wait()


async def test_who_lost_the_lock_to_a_change_of_keys_is_told(postgresql_url: str) -> None:
    one, other = await open_database(postgresql_url), await open_database(postgresql_url)
    gate = Gate()
    async with present(one, clock=gate) as displaced, asyncio.timeout(30):
        held = 1
        async with other.begin() as connection:
            await connection.execute(text(CUT))
        while held:
            async with other.begin() as connection:
                held = await taken(connection, other)
        async with present(other, alone=True):
            gate.opened.set()
            await displaced.wait()
    for database in (one, other):
        await database.close()
