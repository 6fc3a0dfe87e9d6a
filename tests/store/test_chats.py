from __future__ import annotations

import asyncio
import os

import pytest
from sqlalchemy import Connection, func, select, update

from bot.i18n import Language
from bot.seal import Seal
from bot.store import chats as chats_module
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.outbox import Claimed, Outbox, Outcome
from bot.store.states import Delivery
from bot.store.tables import chats as table
from bot.store.tables import outbox, subscriptions
from bot.subscription import ChatKind
from tests.digests.post_office import MORNING, Recipient, plan, subscribe

CHAT = 5_187_302_644
GROUP = -1_001_234_567_890


async def rows(database: Database) -> int:
    async with database.begin() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_chat_that_chose_nothing_has_no_language_and_no_row(database: Database, seal: Seal) -> None:
    assert await Chats(database, seal).language(CHAT) is None
    assert await rows(database) == 0


async def test_a_choice_is_kept_over_a_restart(database: Database, seal: Seal) -> None:
    await Chats(database, seal).choose_language(CHAT, Language.RU)
    await Chats(database, seal).choose_language(GROUP, Language.EN)
    fresh = Chats(database, seal)
    assert [await fresh.language(chat) for chat in (CHAT, GROUP, 1)] == [Language.RU, Language.EN, None]


async def test_a_later_choice_replaces_an_earlier_one(database: Database, seal: Seal) -> None:
    chats = Chats(database, seal)
    for language in (Language.RU, Language.EN, Language.EN):
        await chats.choose_language(CHAT, language)
        assert await chats.language(CHAT) is language
    assert await Chats(database, seal).language(CHAT) is Language.EN
    assert await rows(database) == 1


async def test_forgetting_deletes_all_and_says_whether_there_was_anything(database: Database, seal: Seal) -> None:
    chats = Chats(database, seal)
    await chats.choose_language(CHAT, Language.RU)
    await chats.choose_language(GROUP, Language.RU)
    assert [await chats.forget(CHAT), await chats.forget(CHAT)] == [True, False]
    assert [await chats.language(CHAT), await chats.language(GROUP)] == [None, Language.RU]
    assert await rows(database) == 1


async def test_what_one_process_keeps_another_reads(url: str, seal: Seal) -> None:
    mine, theirs = await open_database(url), await open_database(url)
    await Chats(mine, seal).choose_language(CHAT, Language.RU)
    assert await Chats(theirs, seal).language(CHAT) is Language.RU
    await mine.close()
    await theirs.close()


async def test_one_chat_may_choose_in_two_processes_at_once(url: str, seal: Seal) -> None:
    databases = [await open_database(url) for _ in range(3)]
    choices = [(database, language) for database in databases for language in Language] * 5
    await asyncio.gather(*(Chats(database, seal).choose_language(CHAT, language) for database, language in choices))
    assert await rows(databases[0]) == 1
    assert await Chats(databases[0], seal).language(CHAT) is not None
    for database in databases:
        await database.close()


async def test_a_question_asked_twice_reaches_the_database_once(sqlite_url: str, seal: Seal) -> None:
    database = await open_database(sqlite_url)
    chats = Chats(database, seal)
    await chats.language(CHAT)
    await chats.choose_language(GROUP, Language.RU)
    await database.close()
    os.unlink(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    assert [await chats.language(CHAT), await chats.language(GROUP)] == [None, Language.RU]


async def test_what_is_kept_in_memory_is_bounded_and_the_oldest_goes(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats_module, "CACHE_SIZE", 3)
    chats = Chats(database, seal)
    for chat in (1, 2, 3, 1, 4):
        await chats.language(chat)
    assert list(chats._cache) == [3, 1, 4]


async def test_another_key_does_not_find_the_chat(database: Database, seal: Seal) -> None:
    await Chats(database, seal).choose_language(CHAT, Language.RU)
    assert await Chats(database, Seal(bytes(64))).language(CHAT) is None


async def test_a_group_that_moves_to_where_something_is_kept_takes_its_subscriptions_and_deliveries_along(
    database: Database, seal: Seal
) -> None:
    new = GROUP - 1
    chats = Chats(database, seal)
    await subscribe(
        database,
        seal,
        [Recipient(GROUP, ChatKind.GROUP), Recipient(GROUP, ChatKind.GROUP, thread=5), Recipient(new, ChatKind.GROUP)],
    )
    await plan(database)
    await chats.choose_language(new, Language.RU)
    await chats.move(GROUP, new)
    async with database.read() as connection:
        assert await chats.find(connection, GROUP) is None
        key = await chats.find(connection, new)
        threads = (await connection.execute(select(subscriptions.c.thread, subscriptions.c.chat))).all()
        rows = (await connection.execute(select(outbox.c.subscription, outbox.c.chat))).all()
    assert sorted(threads) == [(0, key), (5, key)], "what the new one has already stays, the rest comes over"
    assert sorted(rows) == [(2, key), (3, key)]
    assert await chats.language(new) is Language.RU


SMALL = -2_345_678
SUPER = -1_001_234_567_891


async def numbers(database: Database) -> list[list[int]]:
    async with database.read() as connection:
        return list((await connection.execute(select(outbox.c.message_ids).order_by(outbox.c.id))).scalars())


@pytest.mark.parametrize("known", [False, True], ids=["new to us", "known"])
async def test_the_numbers_of_what_was_sent_are_lost_where_a_group_becomes_a_supergroup(
    database: Database, seal: Seal, known: bool
) -> None:
    there = [Recipient(SUPER, ChatKind.GROUP, thread=5)] if known else []
    others = [Recipient(CHAT, ChatKind.PRIVATE)]
    await subscribe(database, seal, [Recipient(SMALL, ChatKind.GROUP), *others, *there])
    await plan(database, state="sent", parts_sent=2, message_ids=[10, 11])
    await Chats(database, seal).move(SMALL, SUPER)
    assert await numbers(database) == [[0, 0], [10, 11], *([[10, 11]] if known else [])]
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(message_ids=[0, 0, 12]))
    await Chats(database, seal).move(SMALL, SUPER)
    assert (await numbers(database))[0] == [0, 0, 12], "what came after counts in the supergroup"


async def test_what_was_under_way_while_its_group_moved_has_no_number_and_what_goes_on_after_has(
    database: Database, seal: Seal
) -> None:
    recipients = [Recipient(SMALL, ChatKind.GROUP), Recipient(SMALL, ChatKind.GROUP, thread=5)]
    await subscribe(database, seal, recipients)
    await plan(database, message_ids=[10], parts_sent=1)
    rows = Outbox(seal)

    def claim(connection: Connection) -> list[Claimed]:
        return rows.claim(connection, 2, 1, MORNING + 60.0).rows

    async def settle(row: Claimed, number: int) -> None:
        sent = row.parts_sent + 1
        ids = (*row.message_ids, number)
        became = Outcome(row, Delivery.RETRY, MORNING, sent, ids, 0, MORNING)
        await database.work(lambda connection: rows.settle(connection, [became], 1))

    first, second = await database.work(claim)
    await settle(first, 11)
    await Chats(database, seal).move(SMALL, SUPER)
    await settle(second, 12)
    assert await numbers(database) == [[0, 0], [0, 0]]
    for row in await database.work(claim):
        assert row.chat_id == SUPER
        await settle(row, 13)
    assert await numbers(database) == [[0, 0, 13], [0, 0, 13]]


async def test_moving_to_itself_or_from_nowhere_changes_nothing(database: Database, seal: Seal) -> None:
    chats = Chats(database, seal)
    await chats.choose_language(GROUP, Language.RU)
    await chats.move(GROUP, GROUP)
    await chats.move(GROUP - 7, GROUP)
    assert await chats.language(GROUP) is Language.RU
