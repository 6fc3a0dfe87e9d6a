from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.store.database import MIGRATIONS, OLDEST_PROGRAM, PROGRAM, StoreError, open_database
from bot.store.tables import facts, metadata

VERSION = text("SELECT version_num FROM alembic_version")


async def test_an_empty_database_gets_every_table(url: str) -> None:
    database = await open_database(url)
    async with database.begin() as connection:
        tables = await connection.run_sync(lambda each: inspect(each).get_table_names())
    await database.close()
    assert set(tables) == {*metadata.tables, "alembic_version"}


async def test_a_second_start_changes_nothing_and_keeps_what_is_there(url: str) -> None:
    for start in range(2):
        database = await open_database(url)
        async with database.begin() as connection:
            if not start:
                await connection.execute(insert(facts).values(name="a", value=b"1"))
                version = (await connection.execute(VERSION)).scalar()
            kept = select(facts.c.value).where(facts.c.name == "a")
            assert (await connection.execute(kept)).scalars().all() == [b"1"]
            assert (await connection.execute(VERSION)).scalar() == version
        await database.close()


async def test_several_may_start_at_once_on_an_empty_database(url: str) -> None:
    databases = await asyncio.gather(*(open_database(url) for _ in range(4)))
    for database in databases:
        async with database.begin() as connection:
            assert (await connection.execute(VERSION)).scalar()
        await database.close()


async def test_what_is_done_is_kept_and_what_fails_is_taken_back(url: str) -> None:
    database = await open_database(url)
    async with database.begin() as connection:
        await connection.execute(insert(facts).values(name="a", value=b"1"))

    async def fail() -> None:
        async with database.begin() as connection:
            await connection.execute(insert(facts).values(name="b", value=b"2"))
            await connection.execute(insert(facts).values(name="a", value=b"3"))

    with pytest.raises(IntegrityError):
        await fail()
    async with database.begin() as connection:
        assert set((await connection.execute(select(facts.c.name))).scalars()) == {"a", "oldest_program"}
    await database.close()


async def test_writers_that_read_first_wait_for_one_another(sqlite_url: str) -> None:
    databases = [await open_database(sqlite_url) for _ in range(3)]

    async def count_up(number: int) -> None:
        async with databases[number % 3].begin() as connection:
            value = (await connection.execute(select(facts.c.value).where(facts.c.name == "n"))).scalar() or b"0"
            await asyncio.sleep(0.001)
            await connection.execute(
                text("INSERT OR REPLACE INTO facts VALUES ('n', :v)"), {"v": b"%d" % (int(value) + 1)}
            )

    await asyncio.gather(*(count_up(number) for number in range(60)))
    async with databases[0].begin() as connection:
        assert (await connection.execute(select(facts.c.value).where(facts.c.name == "n"))).scalar() == b"60"
    for database in databases:
        await database.close()


async def test_sqlite_overwrites_what_it_deletes_and_writes_ahead(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)

    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "secure_delete", "foreign_keys")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    async with database.begin() as connection:
        assert await connection.run_sync(pragmas) == ["wal", 1, 1]
    await database.close()


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path}/a/b/test.db")
    await database.close()
    assert (tmp_path / "a" / "b" / "test.db").exists()


async def test_a_path_relative_to_the_working_folder_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    await (await open_database("sqlite+aiosqlite:///var/test.db")).close()
    assert (tmp_path / "var" / "test.db").exists()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "is not a database address"),
        ("nonsense", "is not a database address"),
        ("postgresql+asyncpg://user:geheim@127.0.0.1:port/x", "is not a database address"),
        ("sqlite:///x.db", "begins with sqlite; use sqlite+aiosqlite or postgresql+asyncpg"),
        ("postgres://user:geheim@127.0.0.1/x", "begins with postgres;"),
        ("mysql+aiomysql://user:geheim@127.0.0.1/x", "begins with mysql+aiomysql;"),
        ("postgresql+asyncpg://user:geheim@127.0.0.1:1/x", "cannot be opened"),
        ("postgresql+asyncpg://user:geheim@127.0.0.1:1/x?sslmode=require", "an option that its driver does not know"),
    ],
)
async def test_an_address_that_cannot_be_used_is_explained_without_the_password(address: str, says: str) -> None:
    with pytest.raises(StoreError) as caught:
        await open_database(address)
    assert says in str(caught.value)
    assert "KOLOKOL_DATABASE_URL" in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_a_path_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("This is a letter and no database. " * 50)
    for path in (tmp_path, tmp_path / "text", tmp_path / "text" / "below" / "test.db"):
        with pytest.raises(StoreError, match=r"cannot be opened: .+ Check KOLOKOL_DATABASE_URL"):
            await open_database(f"sqlite+aiosqlite:///{path}")


async def test_a_database_or_user_that_postgresql_does_not_know_is_explained(postgresql: str) -> None:
    for address, says in (
        (postgresql.replace("/postgres?", "/nosuch?"), 'database "nosuch" does not exist'),
        (postgresql.replace("//postgres@", "//nobody:geheim@"), 'role "nobody" does not exist'),
    ):
        with pytest.raises(StoreError, match=says) as caught:
            await open_database(address)
        assert "geheim" not in str(caught.value)


async def name_oldest(url: str, oldest: str | None, revision: str = "9999") -> None:
    """Make it a database of a later revision that names this version as the oldest one that may use it."""
    database = await open_database(url)
    async with database.begin() as connection:
        await connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
        await connection.execute(delete(facts).where(facts.c.name == "oldest_program"))
        if oldest:
            await connection.execute(insert(facts).values(name="oldest_program", value=oldest.encode()))
    await database.close()


@pytest.mark.parametrize("oldest", ["99.0.0", None])
async def test_a_database_of_a_newer_version_is_left_alone(url: str, oldest: str | None) -> None:
    await name_oldest(url, oldest)
    with pytest.raises(StoreError, match="newer version") as caught:
        await open_database(url)
    assert ("needs version 99.0.0 or newer, and this is" in str(caught.value)) == bool(oldest)


async def test_a_newer_database_that_says_this_program_may_use_it_is_used_as_it_is(url: str) -> None:
    await name_oldest(url, PROGRAM)
    database = await open_database(url)
    async with database.read() as connection:
        assert (await connection.execute(VERSION)).scalar() == "9999"
    await database.close()


async def test_every_database_names_the_oldest_program_that_may_use_it(url: str) -> None:
    await name_oldest(url, None, newest())
    for _ in range(2):
        database = await open_database(url)
        async with database.read() as connection:
            named = select(facts.c.value).where(facts.c.name == "oldest_program")
            assert (await connection.execute(named)).scalar() == OLDEST_PROGRAM.encode()
        await database.close()


def newest() -> str:
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
