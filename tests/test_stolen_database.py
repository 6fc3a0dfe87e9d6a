"""A stolen database names no subscriber: its files, write-ahead log included, hold no id in any form.

On PostgreSQL, whoever has a dump has the rows of all tables; whoever has the server's disk, also what was deleted.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import inspect, text, update

from bot.sandbox.chats import Member
from bot.search.library import Library
from bot.store.database import Database
from bot.store.tables import subscriptions
from tests.conversation import EDITOR, PATIENCE, Conversation
from tests.databases import on_both
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


async def dumped(database: Database) -> bytes:
    """The rows of every table of a PostgreSQL database, each value as its bytes are and as it is written in words."""
    found = BytesIO()
    async with database.read() as connection:
        names = await connection.run_sync(lambda each: inspect(each).get_table_names())
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver
        for name in names:
            for form in ("binary", "text"):
                await driver.copy_from_table(name, output=found, format=form)
    return found.getvalue()


async def on_disk(database: Database) -> bytes:
    """What a PostgreSQL server has on disk of this database: all its files, and the write-ahead log."""
    query = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    async with database.alone() as connection:
        await connection.execute(text("CHECKPOINT"))
        folder, oid = (await connection.execute(text(query))).one()
    places = (Path(folder) / "base" / str(oid), Path(folder) / "pg_wal")
    return b"".join(path.read_bytes() for place in places for path in sorted(place.iterdir()) if path.is_file())


def traces_in(whole: bytes, *words: str) -> list[bytes]:
    """What of the ids and words there is in all this."""
    assert len(whole) > 10_000
    found = [form for number in (PERSON, GROUP, CHANNEL) for form in forms_of(number) if form in whole]
    return found + [word.encode() for word in words if word.encode() in whole]


def _settled(path: Path) -> bytes:
    """The file of a SQLite database, once all that is in its write-ahead log has come there."""
    with closing(sqlite3.connect(path)) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    assert not busy
    return path.read_bytes()


@dataclass(frozen=True)
class Loot:
    """What a thief gets of a database."""

    database: Database

    @property
    def path(self) -> Path:
        """Where SQLite keeps it."""
        return Path(str(self.database.url.database))

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own."""
        return self.database.url.get_backend_name() == "sqlite"

    async def rows(self) -> bytes:
        """What stands there now; in SQLite's file, what is deleted is overwritten."""
        return await asyncio.to_thread(_settled, self.path) if self.is_file else await dumped(self.database)

    async def stolen(self) -> bytes:
        """SQLite's file with its write-ahead log; a dump of PostgreSQL."""
        if not self.is_file:
            return await dumped(self.database)
        return b"".join([each.read_bytes() for each in sorted(self.path.parent.glob(f"{self.path.name}*"))])

    async def traces(self, *words: str) -> list[bytes]:
        """What of the ids and words stands there."""
        return traces_in(await self.stolen(), *words)


def test_a_number_is_looked_for_as_databases_write_it() -> None:
    assert {b"5187302644", b"1352fc0f4", (PERSON).to_bytes(6, "big")} <= {*forms_of(PERSON)} | {b"1352fc0f4"}
    assert GROUP.to_bytes(8, "big", signed=True) in {*forms_of(GROUP)}
    assert b"2345678901" in {*forms_of(GROUP)}


@on_both
async def test_it_holds_no_id_and_no_word_of_a_subscriber(library: Library, tmp_path: Path, home: str) -> None:
    async with administered(library, tmp_path, home) as administrator:
        world = administrator.sandbox.world
        world.add_person("Anna", user_id=PERSON, language_code="en")
        world.add_chat("supergroup", "Choir", chat_id=GROUP, creator=PERSON)
        world.add_chat("channel", "Bell", chat_id=CHANNEL, username="bell_of_ours", creator=PERSON)
        world.chats[CHANNEL].members[world.bot.id] = Member("administrator", {"can_post_messages"})
        anna = administrator.as_(PERSON)
        loot = Loot(administrator.bot.desk.subscriptions._database)
        seal = administrator.bot.desk.subscriptions._seal
        sealed = [seal.seal_id(number) for number in (PERSON, GROUP, CHANNEL)]
        await subscribe(anna)
        assert await loot.traces(HEADER, HASHTAG, "bell_of_ours", "Choir") == []
        await deliver(administrator)
        assert await loot.traces(HEADER, HASHTAG) == []
        await ring(administrator)
        assert await loot.traces(HEADER, HASHTAG) == []
        kept = await loot.rows()
        assert [each for each in sealed if each not in kept] == [], "what is looked for is there until it is deleted"
        for chat in (PERSON, GROUP):
            await anna.as_(PERSON, chat).ask("/forget")
        await anna.ask("/forget @bell_of_ours")
        assert await loot.traces() == []
        kept = await loot.rows()
        assert [each for each in sealed if each in kept] == []
        if not loot.is_file:
            whole = await on_disk(loot.database)
            assert traces_in(whole, HEADER, HASHTAG) == [], "dead rows name nobody either"
            assert [each for each in sealed if each not in whole] == [], "dead rows were looked at"


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
