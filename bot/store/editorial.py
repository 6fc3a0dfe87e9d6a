"""What editors decided of the weeks: the repository of pins, holds and notes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog.editorial import Editorial, Week
from bot.catalog.values import LANGUAGES
from bot.i18n import Language
from bot.store.database import Database, insert_into
from bot.store.tables import editorial

NOTE_LENGTH = 800
"""Most characters of a note: it opens an edition and must leave room for it."""
PINS = 3
"""Most cards pinned in a week."""
PIN, HOLD, NOTE = "pin", "hold", "note"


class PinsFullError(Exception):
    """The week has as many pinned cards as an edition can show."""


class NoteTooLongError(Exception):
    """The note is longer than an edition has room for."""


class EditorialStore:
    """The decisions, by the key of their week (`catalog.editorial.week_key`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, connection: AsyncConnection) -> Editorial:
        """All there are, within a transaction."""
        rows = await connection.execute(select(editorial))
        return _editorial((row.week, row.what, row.subject, row.value) for row in rows)

    async def read(self) -> Editorial:
        """All there are."""
        async with self._database.read() as connection:
            return await self.load(connection)

    async def pin(self, week: str, card: str, at: int) -> None:
        """Pin a card; one that was held is held no more. `at` orders the pins. Raises PinsFullError."""
        async with self._database.begin() as connection:
            there = (await self.load(connection)).week(week).pins
            if card not in there and len(there) >= PINS:
                raise PinsFullError
            await _drop(connection, week, HOLD, card)
            await _keep(connection, week, PIN, card, str(at))

    async def hold(self, week: str, card: str) -> None:
        """Hold a card back; one that was pinned is pinned no more."""
        async with self._database.begin() as connection:
            await _drop(connection, week, PIN, card)
            await _keep(connection, week, HOLD, card, "")

    async def release(self, week: str, card: str) -> None:
        """Neither pinned nor held."""
        async with self._database.begin() as connection:
            for what in (PIN, HOLD):
                await _drop(connection, week, what, card)

    async def write(self, week: str, language: Language, note: str) -> None:
        """Keep a note in a language in place of an earlier one; an empty one deletes it. Raises NoteTooLongError."""
        if len(note) > NOTE_LENGTH:
            raise NoteTooLongError
        async with self._database.begin() as connection:
            if note.strip():
                await _keep(connection, week, NOTE, language.value, note.strip())
            else:
                await _drop(connection, week, NOTE, language.value)


async def _keep(connection: AsyncConnection, week: str, what: str, subject: str, value: str) -> None:
    row = insert_into(connection, editorial).values(week=week, what=what, subject=subject, value=value)
    place = [editorial.c.week, editorial.c.what, editorial.c.subject]
    await connection.execute(row.on_conflict_do_update(index_elements=place, set_={"value": row.excluded.value}))


async def _drop(connection: AsyncConnection, week: str, what: str, subject: str) -> None:
    place = (editorial.c.week == week, editorial.c.what == what, editorial.c.subject == subject)
    await connection.execute(delete(editorial).where(*place))


def _editorial(rows: Iterable[tuple[str, str, str, str]]) -> Editorial:
    weeks: dict[str, dict[str, dict[str, str]]] = {}
    for week, what, subject, value in rows:
        weeks.setdefault(week, {PIN: {}, HOLD: {}, NOTE: {}})[what][subject] = value
    return Editorial({week: _week(decided) for week, decided in sorted(weeks.items())})


def _week(decided: dict[str, dict[str, str]]) -> Week:
    pins = sorted(decided[PIN], key=lambda card: (int(decided[PIN][card]), card))
    notes = {language: decided[NOTE][language] for language in LANGUAGES if language in decided[NOTE]}
    return Week(tuple(pins), frozenset(decided[HOLD]), notes)
