from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, bindparam, inspect, select, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.i18n import Language
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import MIGRATIONS, SQLITE, Database, open_database
from bot.store.deliveries import Deliveries
from bot.store.drafts import Draft, Drafts
from bot.store.outbox import Holds, Outbox
from bot.store.spool import UpdateSpool
from bot.store.states import Delivery
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import outbox
from bot.subscription import ChatKind, Choices


def config() -> Config:
    found = Config()
    found.set_main_option("script_location", str(MIGRATIONS))
    return found


def test_there_is_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


async def test_every_migration_can_be_taken_back_and_applied_again(database: Database) -> None:
    def down_and_up(connection: Connection) -> tuple[list[str], list[str]]:
        steps = config()
        steps.attributes["connection"] = connection
        command.downgrade(steps, "base")
        below = inspect(connection).get_table_names()
        command.upgrade(steps, "head")
        return below, inspect(connection).get_table_names()

    async with database.begin() as connection:
        below, above = await connection.run_sync(down_and_up)
    assert below == ["alembic_version"]
    assert {"chats", "facts", "spool"} < set(above)


CHAT = 5_187_302_644


def furnish_0001(connection: Connection, seal: Seal) -> None:
    words = text("INSERT INTO chats (sealed_id, language) VALUES (:id, 'ru')")
    connection.execute(words, {"id": seal.seal_id(CHAT)})
    furnish_rest(connection, seal)


def furnish_0002(connection: Connection, seal: Seal) -> None:
    words = text("INSERT INTO chats (key, sealed_id, kind, language) VALUES (:key, :id, 'private', 'ru')")
    connection.execute(words, {"key": b"k" * 16, "id": seal.seal_id(CHAT)})
    furnish_deliveries(connection)
    furnish_rest(connection, seal)


def furnish_deliveries(connection: Connection) -> None:
    """A digest to three subscriptions: one waits, one lies between its parts, one has it."""
    made = "INSERT INTO editions (kind, cadence, period, topics, language, version, body, empty, created, state)"
    connection.execute(
        text(f"{made} VALUES ('digest', 'weekly', 'w2026-01-05', '', 'ru', 1, '{{}}', false, 5, 'sending')")
    )
    subscribed = text(
        "INSERT INTO subscriptions (key, chat, thread, language, cadence, weekday, hour, timezone, topics, quiet, "
        "skip_empty, links, preview_hours, state, since, next_due) VALUES (:key, :chat, :thread, 'ru', 'weekly', 0, 9, "
        "'Europe/Berlin', '', false, false, true, 0, 'active', 3, 900)"
    )
    entered = text(
        "INSERT INTO outbox (edition, subscription, period, chat, state, parts_sent, message_ids, attempts, due, "
        "send_before, not_before) SELECT editions.id, subscriptions.id, editions.period, subscriptions.chat, :state, "
        ":parts, :messages, 0, 10, 1000, 10 FROM editions, subscriptions WHERE subscriptions.key = :key"
    )
    for thread, (state, messages) in enumerate({"queued": [], "retry": [71], "sent": [72, 73]}.items(), start=1):
        connection.execute(subscribed, {"key": f"aaaaaaa{thread}", "chat": b"k" * 16, "thread": thread})
        said = {"key": f"aaaaaaa{thread}", "state": state, "parts": len(messages), "messages": messages}
        connection.execute(entered.bindparams(bindparam("messages", type_=JSON)), said)


def furnish_rest(connection: Connection, seal: Seal) -> None:
    """What every revision so far has held alike."""
    connection.execute(text("INSERT INTO facts (name, value) VALUES ('seal_check', :v)"), {"v": b"kept"})
    words = text("INSERT INTO spool (update_id, sealed_update) VALUES (7, :update)")
    connection.execute(words, {"update": seal.seal(b"waits", "update")})


def furnish_0003(connection: Connection, seal: Seal) -> None:
    furnish_0002(connection, seal)
    words = text("INSERT INTO drafts (chat, base, changed, checked) VALUES (:key, 1, 9, false)")
    connection.execute(words, {"key": b"k" * 16})
    words = text("INSERT INTO draft_files (draft, path, data) VALUES (:key, 'content/actors.yaml', NULL)")
    connection.execute(words, {"key": b"k" * 16})


def furnish_0004(connection: Connection, seal: Seal) -> None:
    furnish_0003(connection, seal)
    words = text("UPDATE outbox SET holds = :holds WHERE state = 'retry'").bindparams(bindparam("holds", type_=JSON))
    connection.execute(words, {"holds": [["usip-2023"], ["visas"]]})


def furnish_0005(connection: Connection, seal: Seal) -> None:
    furnish_0004(connection, seal)
    connection.execute(text("UPDATE drafts SET zone = 'Europe/Berlin', notice = 77"))


def furnish_0006(connection: Connection, seal: Seal) -> None:
    furnish_0005(connection, seal)
    connection.execute(text("UPDATE outbox SET doubtful = 2 WHERE state = 'retry'"))


FURNISH: dict[str, Callable[[Connection, Seal], None]] = {
    "0001": furnish_0001,
    "0002": furnish_0002,
    "0003": furnish_0003,
    "0004": furnish_0004,
    "0005": furnish_0005,
    "0006": furnish_0006,
}
"""For each revision before the newest, what a database of it held."""


def test_every_earlier_revision_has_a_database_with_data() -> None:
    revisions = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    assert FURNISH.keys() == revisions - set(ScriptDirectory.from_config(config()).get_heads())


@pytest.mark.parametrize("revision", sorted(FURNISH))
async def test_a_database_with_data_of_an_earlier_revision_keeps_all_of_it(
    url: str, seal: Seal, revision: str, tmp_path: Path
) -> None:
    def up_to_then(connection: Connection) -> None:
        steps = config()
        steps.attributes["connection"] = connection
        command.upgrade(steps, revision)
        FURNISH[revision](connection, seal)

    if make_url(url).drivername == SQLITE:
        tmp_path.joinpath("var").mkdir()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(up_to_then)
    await engine.dispose()
    database = await open_database(url)
    assert await Chats(database, seal).language(CHAT) is Language.RU
    assert await UpdateSpool(database, seal).load() == [(7, b"waits")]
    async with database.read() as reading:
        words = text("SELECT value FROM facts WHERE name = 'seal_check'")
        assert bytes((await reading.execute(words)).scalar_one()) == b"kept"
    store = SubscriptionStore(database, seal)
    made = await store.subscribe(CHAT, ChatKind.PRIVATE, 0, Language.RU, Choices(), None, 1, since=0)
    assert (await store.of_chat(CHAT))[-1] == made
    draft = await Drafts(database, seal).of(CHAT)
    kept = Draft(1, {"content/actors.yaml": None}) if revision >= "0003" else None
    assert draft == (replace(kept, zone="Europe/Berlin", notice=77) if kept and revision >= "0005" else kept)
    if revision >= "0002":
        assert [each.key for each in await store.of_chat(CHAT)][:-1] == ["aaaaaaa1", "aaaaaaa2", "aaaaaaa3"]
        await what_waited_goes_on(
            database,
            seal,
            told=(("usip-2023",),) if revision >= "0004" else (),
            doubtful=2 if revision >= "0006" else 0,
        )
    await database.close()


async def what_waited_goes_on(database: Database, seal: Seal, told: Holds, doubtful: int) -> None:
    """The waiting deliveries of `furnish_deliveries` are claimed as they lay there, and what was sent stands."""
    (run,) = await Deliveries(database).runs()
    assert run.states == {Delivery.QUEUED: 1, Delivery.RETRY: 1, Delivery.SENT: 1}
    claims = await database.work(lambda connection: Outbox(seal).claim(connection, 10, 1, 100.0))
    begun, waited = claims.rows
    assert (begun.chat_id, begun.subscription.key, begun.message_ids, begun.told) == (CHAT, "aaaaaaa2", (71,), told)
    assert begun.doubtful == doubtful
    assert (waited.subscription.key, waited.parts_sent) == ("aaaaaaa1", 0)
    async with database.read() as connection:
        kept = select(outbox.c.message_ids).where(outbox.c.state == Delivery.SENT)
        assert (await connection.execute(kept)).scalar_one() == [72, 73]
