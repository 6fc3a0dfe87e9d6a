"""Editions are composed once and kept; when the content changes while one goes out, what is unsent gets the new one."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog.editorial import Editorial
from bot.catalog.history import History
from bot.catalog.snapshot import Catalog
from bot.clock import Clock
from bot.digests.archive import Archive
from bot.digests.edition import compose_from
from bot.digests.schedule import Period
from bot.i18n import Language
from bot.search.library import Library
from bot.store.database import Database
from bot.store.editions import EditionStore, Name, Stored
from bot.store.editorial import EditorialStore
from bot.store.versions import Versions
from bot.views.edition import Edition, EditionKind

_STAMP = "stamp"
"""The key of an edition's body under which stands what it was composed from, beside its version."""

RAN = "ran"
"""The key under which stand the cards that it held before it was composed anew, and holds no more: those of a digest
that it showed to somebody, all of a correction."""


@dataclass(frozen=True, slots=True)
class Published:
    """The content as it is published now, with its history up to this version."""

    catalog: Catalog
    history: History


class Chronicle:
    """Keeps the history beside the content that is served: read once for each version that `library` gives."""

    def __init__(self, versions: Versions, library: Callable[[], Library]) -> None:
        self._versions, self._library = versions, library
        self._known: Published | None = None

    async def published(self) -> Published:
        """The content that is served now. What another process has published since is not in its history yet."""
        library, known = self._library(), self._known
        if known is None or known.catalog is not library.catalog or known.history.version != library.version:
            version = await self._versions.get(library.version)
            changes = await self._versions.changes(0, library.version + 1)
            history = History(changes, version.number, version.published) if version else History()
            known = self._known = Published(library.catalog, history)
        return known


class Composer:
    """Composes editions. `published` gives the content of this moment; it is asked once per edition."""

    def __init__(self, database: Database, published: Callable[[], Awaitable[Published]], clock: Clock) -> None:
        self._database, self._published, self._clock = database, published, clock
        self._editions, self._editorial = EditionStore(), EditorialStore(database)
        self._prepared: tuple[Published, Archive] | None = None

    async def edition_for(
        self, connection: AsyncConnection, period: Period, topics: tuple[str, ...], language: Language
    ) -> tuple[int, bool]:
        """The edition of a period, within the planner's transaction: its id, and whether it holds nothing new."""
        name = Name(EditionKind.DIGEST, period.cadence, period.key, ",".join(sorted(set(topics))), language)
        catalog, archive = await self._content(connection)
        kept = await self._editions.find(connection, name)
        if kept and not _outdated(kept, archive):
            return kept.id, kept.empty
        edition = compose_from(catalog, archive, period, topics, language)
        if kept:
            await self._replace(connection, kept, edition, archive)
            return kept.id, edition.empty
        made = await self._editions.ensure(
            connection,
            name,
            version=edition.version,
            body=_body(edition, archive),
            empty=edition.empty,
            created=int(self._clock.now().timestamp()),
        )
        return made, edition.empty

    async def preview(self, period: Period, topics: tuple[str, ...], language: Language) -> Edition:
        """The edition of a period as it would be composed now; nothing is kept."""
        async with self._database.read() as connection:
            catalog, archive = await self._content(connection)
        return compose_from(catalog, archive, period, topics, language)

    async def published(self) -> Published:
        """The content that is served now, with its history."""
        return await self._published()

    async def refresh(self) -> tuple[int, ...]:
        """Compose anew what is going out and stands on an older version, or on other decisions of the editors.

        The ids of the editions that say something else now. Safe to be called at any time, by any process.
        """
        changed: list[int] = []
        async with self._database.begin() as connection:
            catalog, archive = await self._content(connection)
            for kept in await self._editions.going_out(connection, EditionKind.DIGEST):
                if not _outdated(kept, archive):
                    continue
                before = Edition.from_json(kept.body)
                edition = compose_from(catalog, archive, _period(before), before.topics, before.language)
                await self._replace(connection, kept, edition, archive)
                if _says(before) != _says(edition):
                    changed.append(kept.id)
        return tuple(changed)

    async def renew(self, edition_id: int) -> str:
        """Compose one edition anew, whoever has got it; a short name of what it stands on now.

        Only a digest is composed; what is said otherwise stays. Raises LookupError where there is no such edition.
        """
        async with self._database.begin() as connection:
            kept = await self._editions.get(connection, edition_id)
            if kept is None:
                raise LookupError(f"there is no edition {edition_id}")
            catalog, archive = await self._content(connection)
            if kept.name.kind == EditionKind.DIGEST and _outdated(kept, archive):
                before = Edition.from_json(kept.body)
                edition = compose_from(catalog, archive, _period(before), before.topics, before.language)
                await self._replace(connection, kept, edition, archive)
            return f"{archive.history.version} {_stamp(archive.editorial)[:6]}"

    async def _content(self, connection: AsyncConnection) -> tuple[Catalog, Archive]:
        published, editorial = await self._published(), await self._editorial.load(connection)
        if self._prepared:
            before, archive = self._prepared
            if before.history is published.history and archive.editorial == editorial:
                return published.catalog, archive
        archive = Archive(published.history, editorial)
        self._prepared = published, archive
        return published.catalog, archive

    async def _replace(self, connection: AsyncConnection, kept: Stored, edition: Edition, archive: Archive) -> None:
        body = dict(_body(edition, archive))
        if await self._editions.has_left(connection, kept.id):
            ran = {*Edition.from_json(kept.body).cards, *kept.body.get(RAN, ())}
            body[RAN] = sorted(ran.difference(edition.cards))
        await self._editions.replace(connection, kept.id, version=edition.version, body=body, empty=edition.empty)


def _outdated(kept: Stored, archive: Archive) -> bool:
    """Whether there is something newer to compose it from; what a process further ahead composed is left alone."""
    version = archive.history.version
    return kept.version < version or (kept.version == version and kept.body.get(_STAMP) != _stamp(archive.editorial))


def _body(edition: Edition, archive: Archive) -> Mapping[str, Any]:
    return edition.as_json() | {_STAMP: _stamp(archive.editorial)}


def _stamp(editorial: Editorial) -> str:
    """A short hash of what the editors decided."""
    written = repr(
        [
            (key, week.pins, sorted(week.holds), sorted(week.notes.items()))
            for key, week in sorted(editorial.weeks.items())
        ]
    )
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _period(edition: Edition) -> Period:
    return Period(edition.cadence, edition.first, edition.end, edition.period, 0)


def _says(edition: Edition) -> Mapping[str, Any]:
    return edition.as_json() | {"version": 0}
