"""The database: opening it, bringing it up to date, and transactions, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson
from sqlalchemy import Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.trouble import trouble_of

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
PROGRAM: Final = version("kolokol")
"""The version of this program."""
OLDEST_PROGRAM: Final = "0.1.0"
"""The oldest version of the program that may use a database at the newest revision: raised by a migration after which
an older program would do harm, or fail. It stands in every database."""
_OLDEST: Final = "oldest_program"
"""The name of that fact."""
MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"
BUSY_SECONDS = 10
"""How long a writer waits for another one on SQLite."""
READS = "kolokol_reads"
"""The execution option by which a transaction says that it only reads."""
_MIGRATION_LOCK = 0x6B6F6C6F6B6F6C
"""An arbitrary number that names the lock of the migrations on PostgreSQL."""


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do, and never shows the password."""


class NewerDatabaseError(Exception):
    """The database is at a revision that this program does not know."""


class Database:
    """An open database. `begin` and `read` are the ways to it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._trouble: str | None = None
        self._thread: _Thread | None = _Thread(engine.url) if engine.url.drivername == SQLITE else None
        # SQLite lets waiting writers try again now and then; those of one process take turns instead.
        self._turn: AbstractAsyncContextManager[None] = (
            asyncio.Lock() if engine.url.drivername == SQLITE else nullcontext()
        )

    @property
    def url(self) -> URL:
        """Where it is; its `str` hides the password."""
        return self._engine.url

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed at the end, rolled back on an exception. None may be begun within another."""
        with self._watched():
            async with self._turn, self._engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads: on SQLite it waits for no writer, and no writer waits for it."""
        with self._watched():
            async with self._engine.connect() as connection:
                await connection.execution_options(**{READS: True})
                async with connection.begin():
                    yield connection

    async def work(self, do: Callable[[Connection], T]) -> T:
        """What `do` returns, as one transaction; for what comes many times a second.

        On SQLite it runs in a thread, with a connection and a driver that wait for nobody between two statements: each
        statement of `begin` costs as much as a whole such transaction. `do` must share nothing with the event loop.
        """
        with self._watched():
            if self._thread is not None:
                async with self._turn:
                    return await self._thread.run(do)
            async with self._engine.begin() as connection:
                return await connection.run_sync(do)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Log once what is wrong with the database, until it is something else or all is well again."""
        try:
            yield
        except DBAPIError as error:
            trouble = trouble_of(error)
            if trouble and trouble != self._trouble:
                _LOG.error("the database cannot be used: %s", trouble)
            self._trouble = trouble or self._trouble
            raise
        if self._trouble:
            _LOG.info("the database can be used again")
            self._trouble = None

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """A connection that no transaction shares, each statement by itself: for a lock that lasts as long as it."""
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield connection
            finally:
                await connection.invalidate()

    async def close(self) -> None:
        """Close every connection."""
        if self._thread is not None:
            self._thread.close()
        await self._engine.dispose()


class _Thread:
    """SQLite without asyncio: one thread, one connection."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url.set(drivername="sqlite"), hide_parameters=True, json_deserializer=orjson.loads)
        _prepare_sqlite(self._engine)
        self._executor = ThreadPoolExecutor(1, "kolokol-sqlite")

    async def run(self, do: Callable[[Connection], T]) -> T:
        """Run in a transaction, in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._transact, do)

    def _transact(self, do: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return do(connection)

    def close(self) -> None:
        """Wait for what is under way, and close the connection."""
        self._executor.shutdown()
        self._engine.dispose()


def insert_into(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT in the dialect of the connection: one that can say what to do where the row is there already."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


async def open_database(url: str) -> Database:
    """Open a database and migrate it. Raises StoreError where that cannot be done."""
    parsed = _parse(url)
    engine: AsyncEngine | None = None
    try:
        if parsed.drivername == SQLITE and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(parsed, hide_parameters=True, json_deserializer=orjson.loads)
        if parsed.drivername == SQLITE:
            _prepare_sqlite(engine.sync_engine)
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    except (DBAPIError, OSError, TypeError, NewerDatabaseError) as error:
        if engine:
            await engine.dispose()
        raise StoreError(f"{_reason(error)} Check KOLOKOL_DATABASE_URL and who may write there.") from None
    return Database(engine)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(
            "KOLOKOL_DATABASE_URL is not a database address, such as sqlite+aiosqlite:///var/kolokol.db"
        ) from None
    if parsed.drivername not in (SQLITE, POSTGRESQL):
        raise StoreError(f"KOLOKOL_DATABASE_URL begins with {parsed.drivername}; use {SQLITE} or {POSTGRESQL}.")
    return parsed


def _reason(error: Exception) -> str:
    """Why a database cannot be used, without the address, which holds the password."""
    if isinstance(error, NewerDatabaseError):
        return f"The database was made by a newer version of the program ({error})."
    if isinstance(error, TypeError):  # the driver takes options of the address as arguments of its own
        return f"The address of the database has an option that its driver does not know: {error}."
    if isinstance(error, DBAPIError) and (trouble := trouble_of(error)):
        return f"The database cannot be opened: {trouble}."
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"The database cannot be opened: {str(cause).rpartition('>: ')[2]}."


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, waiting writers, foreign keys, deletion that overwrites; and transactions that lock for writing at once.

    A deferred transaction that reads and then writes fails with "database is locked" whatever the waiting time.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READS)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # of several that start at once, one migrates and the others wait
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    found, oldest = _revision(connection), _oldest_program(connection)
    if oldest and _numbers(PROGRAM) < _numbers(oldest):
        raise NewerDatabaseError(f"it needs version {oldest} or newer, and this is {PROGRAM}")
    if found == _newest():
        _name_oldest(connection)
        return
    if oldest and found not in _known():  # a newer program made it, and says that this one may use it
        return
    # Alembic takes as long to import as all else of a start together, and is needed only now.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise NewerDatabaseError(str(error)) from None
    _name_oldest(connection)


def _oldest_program(connection: Connection) -> str | None:
    """The oldest version of the program that may use this database; None where it does not say."""
    if not inspect(connection).has_table("facts"):
        return None
    query = text("SELECT value FROM facts WHERE name = :name")
    found = connection.execute(query, {"name": _OLDEST}).scalar()
    return bytes(found).decode() if found else None


def _name_oldest(connection: Connection) -> None:
    """Write into the database which version of the program may use it from now on."""
    words = {"name": _OLDEST, "value": OLDEST_PROGRAM.encode()}
    connection.execute(
        text(
            "INSERT INTO facts (name, value) VALUES (:name, :value) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE facts.value <> excluded.value"
        ),
        words,
    )


def _numbers(program: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in re.findall(r"\d+", program)[:3])


def _revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newest() -> str:
    """The newest revision that this program knows."""
    return max(_known())


def _known() -> set[str]:
    """The revisions that this program knows: migrations are named `<revision>_<what>.py`, numbered upwards."""
    return {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}
