from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.i18n import Language
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import MIGRATIONS, SQLITE, Database, open_database
from bot.store.drafts import Draft, Drafts
from bot.store.spool import UpdateSpool
from bot.store.subscriptions import SubscriptionStore
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
    words = text("INSERT INTO chats (key, sealed_id, language) VALUES (:key, :id, 'ru')")
    connection.execute(words, {"key": b"k" * 16, "id": seal.seal_id(CHAT)})
    furnish_rest(connection, seal)


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


FURNISH: dict[str, Callable[[Connection, Seal], None]] = {
    "0001": furnish_0001,
    "0002": furnish_0002,
    "0003": furnish_0003,
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
    assert await store.of_chat(CHAT) == (made,)
    draft = await Drafts(database, seal).of(CHAT)
    assert draft == (Draft(1, {"content/actors.yaml": None}) if revision >= "0003" else None)
    await database.close()
