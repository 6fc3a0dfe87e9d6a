from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.i18n import Language
from bot.seal import Seal, SealError
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.spool import UpdateSpool

UPDATES = [(12, b'{"update_id": 12}'), (7, b'{"update_id": 7}'), (2**40, b"\0\xff")]


async def test_updates_come_back_oldest_first_as_they_were(database: Database, seal: Seal) -> None:
    spool = UpdateSpool(database, seal)
    await spool.keep(UPDATES)
    assert await spool.load() == sorted(UPDATES)


async def test_updates_outlast_a_restart(url: str, seal: Seal) -> None:
    database = await open_database(url)
    await UpdateSpool(database, seal).keep(UPDATES)
    await database.close()
    database = await open_database(url)
    assert await UpdateSpool(database, seal).load() == sorted(UPDATES)
    await database.close()


async def test_keeping_an_update_twice_keeps_the_first(database: Database, seal: Seal) -> None:
    spool = UpdateSpool(database, seal)
    await spool.keep(UPDATES[:1])
    await spool.keep([(12, b"other"), (13, b"new")])
    assert await spool.load() == [UPDATES[0], (13, b"new")]


async def test_what_is_handled_is_dropped_and_nothing_else(database: Database, seal: Seal) -> None:
    spool = UpdateSpool(database, seal)
    await spool.keep(UPDATES)
    await spool.drop([7, 12, 999])
    await spool.drop([])
    assert await spool.load() == [UPDATES[2]]


async def test_a_full_window_is_kept_and_dropped_at_once(database: Database, seal: Seal) -> None:
    spool = UpdateSpool(database, seal)
    many = [(number, b"x" * 200) for number in range(2500)]
    await spool.keep(many)
    assert await spool.load() == many
    await spool.drop(number for number, _ in many)
    assert await spool.load() == []


async def test_nothing_is_kept_of_nothing(database: Database, seal: Seal) -> None:
    await UpdateSpool(database, seal).keep([])
    assert await UpdateSpool(database, seal).load() == []


async def test_two_writers_do_not_fail_on_sqlite(sqlite_url: str, seal: Seal) -> None:
    databases = [await open_database(sqlite_url) for _ in range(2)]
    spools = [UpdateSpool(database, seal) for database in databases]
    await asyncio.gather(*(spools[number % 2].keep([(number, b"x"), (number // 2, b"x")]) for number in range(40)))
    assert [number for number, _ in await spools[0].load()] == list(range(40))
    for database in databases:
        await database.close()


async def test_another_key_opens_nothing(database: Database, seal: Seal) -> None:
    await UpdateSpool(database, seal).keep(UPDATES)
    with pytest.raises(SealError):
        await UpdateSpool(database, Seal(bytes(64))).load()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_neither_a_text_nor_a_chat_stands_in_the_files(sqlite_url: str, seal: Seal, tmp_path: Path) -> None:
    database = await open_database(sqlite_url)
    chat = 5_187_302_644
    await Chats(database, seal).choose_language(chat, Language.RU)
    spool = UpdateSpool(database, seal)
    await spool.keep([(1, f'{{"chat": {chat}, "text": "where do I get a visa"}}'.encode())])

    def leaks() -> list[bytes]:
        found = everything_in(tmp_path)
        secrets = [str(chat).encode(), b"where do I get", chat.to_bytes(8, "little"), chat.to_bytes(5, "big")]
        return [secret for secret in secrets if secret in found]

    assert (tmp_path / "var" / "test.db-wal").exists()
    assert b"spool" in everything_in(tmp_path)
    assert leaks() == []
    await spool.drop([1])
    await database.close()
    assert leaks() == []
