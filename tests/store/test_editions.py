"""Editions in the database: one of a name, replaced as a whole, those known that somebody still awaits."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database
from bot.store.editions import EditionStore, Name
from bot.store.states import Delivery
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import outbox
from bot.subscription import ChatKind, Choices

NAME = Name("digest", "weekly", "w2026-11-16", "numbers,papers", "en")


async def keep(database: Database, name: Name = NAME, **body: object) -> int:
    async with database.begin() as connection:
        return await EditionStore().ensure(connection, name, version=3, body=body, empty=True, created=7)


async def test_the_first_of_a_name_stays(database: Database) -> None:
    first = await keep(database, note="one")
    assert await keep(database, note="two") == first
    async with database.read() as connection:
        found = await EditionStore().find(connection, NAME)
    assert found
    assert (found.id, found.name, found.version, found.body) == (first, NAME, 3, {"note": "one"})
    assert (found.empty, found.created, found.state) == (True, 7, "sending")


@pytest.mark.parametrize(
    "other",
    [
        Name("correction", "weekly", "w2026-11-16", "numbers,papers", "en"),
        Name("digest", "daily", "w2026-11-16", "numbers,papers", "en"),
        Name("digest", "weekly", "w2026-11-23", "numbers,papers", "en"),
        Name("digest", "weekly", "w2026-11-16", "", "en"),
        Name("digest", "weekly", "w2026-11-16", "numbers,papers", "ru"),
    ],
)
async def test_every_part_of_a_name_tells_apart(database: Database, other: Name) -> None:
    assert await keep(database) != await keep(database, other)


async def test_a_later_version_takes_its_place(database: Database) -> None:
    edition = await keep(database, note="one")
    async with database.begin() as connection:
        await EditionStore().replace(connection, edition, version=4, body={"note": "two"}, empty=False)
        found = await EditionStore().get(connection, edition)
    assert found
    assert (found.version, found.body, found.empty, found.name) == (4, {"note": "two"}, False, NAME)


async def test_one_that_is_not_there_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await EditionStore().get(connection, 5) is None
        assert await EditionStore().find(connection, NAME) is None


async def test_those_go_out_that_somebody_still_awaits(database: Database, seal: Seal) -> None:
    waits, tries, done, asks, _ = [
        await keep(database, Name("digest", "weekly", f"w{number}", "", "en")) for number in range(5)
    ]
    correction = await keep(database, Name("correction", "daily", "c2", "", "en"))
    states = {waits: Delivery.QUEUED, tries: Delivery.RETRY, done: Delivery.SENT, correction: Delivery.QUEUED}
    states[asks] = Delivery.UNCONFIRMED
    store = SubscriptionStore(database, seal)
    for number, (edition, state) in enumerate(states.items()):
        reader = await store.subscribe(number + 1, ChatKind.PRIVATE, 0, Language.EN, Choices(), None, 1, since=1)
        row = {"edition": edition, "subscription": reader.id, "period": "p", "chat": reader.chat, "state": state.value}
        async with database.begin() as connection:
            await connection.execute(
                insert(outbox).values(
                    **row, parts_sent=0, message_ids=[], attempts=0, due=1, send_before=2, not_before=1
                )
            )
    async with database.read() as connection:
        assert {each.id for each in await EditionStore().going_out(connection, "digest")} == {waits, tries, asks}
        assert {each.id for each in await EditionStore().going_out(connection, "correction")} == {correction}
