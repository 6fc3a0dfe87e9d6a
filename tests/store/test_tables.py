"""The migrations and the tables say the same, and no column could name a person."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.tables import chats, metadata


async def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with database.begin() as connection:
        assert await connection.run_sync(differences) == []


def test_every_table_says_what_it_is_for() -> None:
    assert all(table.comment for table in metadata.tables.values())


def test_a_chat_is_known_only_by_a_sealed_id_that_stands_in_one_place() -> None:
    sealed = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if column.name == "sealed_id"
    ]
    assert sealed == ["chats.sealed_id"]
    assert isinstance(chats.c.sealed_id.type, LargeBinary)
    chat_columns = [
        column for table in metadata.tables.values() for column in table.c if column.name in ("chat", "told")
    ]
    assert chat_columns
    assert all({key.target_fullname for key in column.foreign_keys} == {"chats.key"} for column in chat_columns)
