"""A stolen database names no subscriber: its files, write-ahead log included, hold no id in any form."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.sandbox.chats import Member
from bot.search.library import Library
from bot.store.tables import subscriptions
from tests.conversation import EDITOR, PATIENCE, Conversation
from tests.handlers.administration import administered
from tests.handlers.test_administering import done, draft, stands_in
from tests.handlers.test_subscribing import walk

PERSON = 5_187_302_644
GROUP = -1_002_345_678_901
CHANNEL = -1_003_456_789_012
HEADER, HASHTAG = "A line of our own", "#exiletoday"


def forms_of(number: int) -> Iterator[bytes]:
    """How a number could stand in a file: in words, in hexadecimal, as bytes of every length that holds it."""
    for each in (number, abs(number), abs(number) - 10**12):
        if each <= 0 and each != number:
            continue
        yield str(each).encode()
        yield f"{abs(each):x}".encode()
        yield f"{abs(each):X}".encode()
        for length in (5, 6, 8):
            if -(2 ** (8 * length - 1)) <= each < 2 ** (8 * length - 1):
                for order in ("little", "big"):
                    yield each.to_bytes(length, order, signed=True)


def database(folder: Path) -> bytes:
    """The file of the database alone, where what is deleted is overwritten."""
    return (folder / "test.db").read_bytes()


def traces(folder: Path, *words: str) -> list[bytes]:
    """What of the ids and words stands in the files of the database."""
    whole = b"".join(path.read_bytes() for path in sorted(folder.glob("test.db*")))
    assert len(whole) > 10_000
    found = [form for number in (PERSON, GROUP, CHANNEL) for form in forms_of(number) if form in whole]
    return found + [word.encode() for word in words if word.encode() in whole]


def test_a_number_is_looked_for_as_databases_write_it() -> None:
    assert {b"5187302644", b"1352fc0f4", (PERSON).to_bytes(6, "big")} <= {*forms_of(PERSON)} | {b"1352fc0f4"}
    assert GROUP.to_bytes(8, "big", signed=True) in {*forms_of(GROUP)}
    assert b"2345678901" in {*forms_of(GROUP)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_its_files_hold_no_id_and_no_word_of_a_subscriber(library: Library, folder: Path) -> None:
    async with administered(library, folder) as administrator:
        world = administrator.sandbox.world
        world.add_person("Anna", user_id=PERSON, language_code="en")
        world.add_chat("supergroup", "Choir", chat_id=GROUP, creator=PERSON)
        world.add_chat("channel", "Bell", chat_id=CHANNEL, username="bell_of_ours", creator=PERSON)
        world.chats[CHANNEL].members[world.bot.id] = Member("administrator", {"can_post_messages"})
        anna = administrator.as_(PERSON)
        await subscribe(anna)
        assert traces(folder, HEADER, HASHTAG, "bell_of_ours", "Choir") == []
        await deliver(administrator)
        assert traces(folder, HEADER, HASHTAG) == []
        await ring(administrator)
        assert traces(folder, HEADER, HASHTAG) == []
        for chat in (PERSON, GROUP):
            await anna.as_(PERSON, chat).ask("/forget")
        await anna.ask("/forget @bell_of_ours")
        assert traces(folder) == []
        seal = administrator.bot.desk.subscriptions._seal
        assert [number for number in (PERSON, GROUP, CHANNEL) if seal.seal_id(number) in database(folder)] == []


async def subscribe(anna: Conversation) -> None:
    """A person, a group and a channel, with words of its own and somebody to tell."""
    await anna.ask("/language ru")
    await anna.ask("/language en")
    await anna.ask("/subscribe")
    await anna.as_(PERSON, GROUP).ask("/subscribe")
    message = await anna.ask("/subscribe @bell_of_ours")
    message = await walk(anna, message, "✉️ Failures: tell me here")
    for label, words in (("🏷 Line above", HEADER), ("#️⃣ Hashtag", HASHTAG)):
        await walk(anna, message, label, "⌨️ Write it")
        (message,) = await anna.say(words, reply_to=anna.messages[-1]["message_id"])


async def ring(administrator: Conversation) -> None:
    """Everybody's digest is due, and goes to all of them."""
    async with administrator.bot.desk.subscriptions._database.begin() as connection:
        await connection.execute(update(subscriptions).values(next_due=administrator.bot.desk.now - 60))
    await administrator.bot.ringing.ticking.tick()
    for chat in (PERSON, GROUP, CHANNEL):
        await asyncio.wait_for(stands_in(administrator, chat, "Kolokol, "), PATIENCE)


async def deliver(administrator: Conversation) -> None:
    """An announcement goes to all of them."""
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    message = await administrator.press(sure, "📨 Yes, send it")
    for chat in (PERSON, GROUP, CHANNEL):
        await asyncio.wait_for(stands_in(administrator, chat, "News of ours"), PATIENCE)
    await done(administrator, message)
    assert administrator.viewer == EDITOR
