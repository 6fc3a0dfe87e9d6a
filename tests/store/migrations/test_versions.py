from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from bot.store.database import MIGRATIONS, Database


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
