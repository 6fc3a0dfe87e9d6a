"""A database that is full, read-only, locked or damaged says so in one line, and nothing is half written."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.i18n import Language
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database, StoreError, open_database
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import chats, subscriptions
from bot.subscription import ChatKind, Choices


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def fill(database: Database, seal: Seal) -> None:
    """Subscribe groups, with lines that take room, until the database takes no more."""
    store = SubscriptionStore(database, seal)
    for chat in range(1, 10_000):
        choices = Choices(header="—" * 120)
        await store.subscribe(-chat, ChatKind.GROUP, 0, Language.RU, choices, None, 1, since=0)


async def test_a_full_disk_is_named_and_nothing_is_half_written(
    sqlite_url: str, seal: Seal, caplog: pytest.LogCaptureFixture
) -> None:
    database = await open_database(sqlite_url)
    with closing(sqlite3.connect(path_of(sqlite_url))) as looking:
        pages = looking.execute("PRAGMA page_count").fetchone()[0]

    @event.listens_for(database._engine.sync_engine, "begin")
    def keep_small(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")  # type: ignore[attr-defined]

    for _ in range(2):
        with pytest.raises(DBAPIError, match="full"):
            await fill(database, seal)
    (named,) = set(errors(caplog))
    assert "disk is full. Free some space" in named
    async with database.read() as connection:
        kept = [
            (await connection.execute(select(func.count()).select_from(each))).scalar()
            for each in (chats, subscriptions)
        ]
        assert kept[0] == kept[1]
        assert (await connection.execute(text("PRAGMA integrity_check"))).scalar() == "ok"
    await database.close()


async def test_a_disk_that_is_mended_is_used_again(
    sqlite_url: str, seal: Seal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    database = await open_database(sqlite_url)
    small = [True]

    @event.listens_for(database._engine.sync_engine, "begin")
    def keep_small(connection: object) -> None:
        limit = 1 if small[0] else 1_000_000
        connection.exec_driver_sql(f"PRAGMA max_page_count={limit}")  # type: ignore[attr-defined]

    with pytest.raises(DBAPIError, match="full"):
        await fill(database, seal)
    small[0] = False
    await Chats(database, seal).choose_language(1, Language.RU)
    assert "the database can be used again" in [record.getMessage() for record in caplog.records]
    await database.close()


async def test_a_database_that_may_only_be_read_is_named_at_the_start(sqlite_url: str) -> None:
    await (await open_database(sqlite_url)).close()
    path = path_of(sqlite_url)
    with pytest.raises(StoreError, match="may only be read"):
        await open_database(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")


async def test_a_database_that_another_program_holds_is_named(
    sqlite_url: str, seal: Seal, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_SECONDS", 0.1)
    database = await open_database(sqlite_url)
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DBAPIError, match="locked"):
        await Chats(database, seal).choose_language(1, Language.RU)
    assert "another program holds it locked" in errors(caplog)[0]
    with pytest.raises(StoreError, match="another program holds it locked"):
        await open_database(sqlite_url)
    other.execute("ROLLBACK")
    other.close()
    await Chats(database, seal).choose_language(1, Language.RU)
    await database.close()


@pytest.mark.parametrize("sound", [0, 4096])
async def test_a_damaged_database_is_named_at_the_start(sqlite_url: str, seal: Seal, sound: int) -> None:
    database = await open_database(sqlite_url)
    await Chats(database, seal).choose_language(1, Language.RU)
    await database.close()
    path = path_of(sqlite_url)
    whole = path.read_bytes()
    path.write_bytes(whole[:sound] + b"\xa5" * (len(whole) - sound))
    with pytest.raises(StoreError, match=r"damaged, or is no database\. Put a backup in its place"):
        await open_database(sqlite_url)


async def test_a_postgresql_that_only_reads_is_named(postgresql_url: str) -> None:
    database = await open_database(postgresql_url)
    async with database.alone() as connection:
        name = (await connection.execute(text("SELECT current_database()"))).scalar_one()
        await connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await database.close()
    with pytest.raises(StoreError, match="may only be read"):
        await open_database(postgresql_url)
