"""The published versions of the content: the commit point of publishing, and an append-only history of it."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog.bundle import Bundle
from bot.catalog.differences import Differences
from bot.catalog.history import Change, History, changes_of
from bot.store.database import Database, insert_into
from bot.store.facts import fact, forget, note
from bot.store.tables import blobs, card_changes, version_files, versions

_FOLDER = "folder_version"
_TOLD = "folder_told"


class Origin(StrEnum):
    """Where a version came from."""

    DISK = "disk"
    """From the folder: the first version, and what was changed there since."""
    CHAT = "chat"
    ROLLBACK = "rollback"
    """An earlier version as a new one; the note is its number."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. `published`: whole seconds since 1970 in UTC; `pen_name`: that of the editor, if any."""

    number: int
    digest: bytes
    published: int
    origin: Origin
    pen_name: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who publishes, from where, when (whole seconds since 1970 in UTC), and what they say of it."""

    origin: Origin
    at: int
    pen_name: str | None = None
    note: str | None = None


class ConflictError(Exception):
    """Somebody published in between: what was to be published stands on a version that is no longer the current one."""


class Versions:
    """The repository of versions. Nothing of it is ever changed or deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def current(self) -> Version | None:
        """The version that readers get; None before the first."""
        found = await self.newest(1)
        return found[0] if found else None

    async def newest(self, count: int, before: int | None = None) -> tuple[Version, ...]:
        """Up to `count` versions, the newest first; `before` is a number that all of them are below."""
        query = select(versions).order_by(versions.c.number.desc()).limit(count)
        if before is not None:
            query = query.where(versions.c.number < before)
        async with self._database.read() as connection:
            return tuple(map(_version, await connection.execute(query)))

    async def get(self, number: int) -> Version | None:
        """A version by its number."""
        return await self._one(versions.c.number == number)

    async def find_digest(self, digest: bytes) -> Version | None:
        """The newest version that holds exactly these files."""
        return await self._one(versions.c.digest == digest)

    async def _one(self, condition: ColumnElement[bool]) -> Version | None:
        query = select(versions).where(condition).order_by(versions.c.number.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return _version(row) if row else None

    async def hashes(self, number: int) -> dict[str, bytes]:
        """The paths of a version with the SHA-256 of what they hold; empty where there is no such version."""
        query = select(version_files.c.path, version_files.c.hash).where(version_files.c.version == number)
        async with self._database.read() as connection:
            return {row.path: row.hash for row in await connection.execute(query)}

    async def last_changes(self) -> dict[str, Version]:
        """For each file of the current version the version in which it came to be as it is."""
        query = select(version_files).order_by(version_files.c.version)
        found: dict[str, tuple[bytes, int]] = {}
        last = 0
        async with self._database.read() as connection:
            for row in await connection.execute(query):
                last = row.version
                if row.path not in found or found[row.path][0] != row.hash:
                    found[row.path] = (row.hash, row.version)
            known = {row.number: _version(row) for row in await connection.execute(select(versions))}
        present = await self.hashes(last)
        return {path: known[number] for path, (_, number) in found.items() if path in present}

    async def known_hashes(self) -> set[bytes]:
        """The SHA-256 of every file that any version holds."""
        async with self._database.read() as connection:
            return set((await connection.execute(select(blobs.c.hash))).scalars())

    async def bundle(self, number: int) -> Bundle:
        """The files of a version; empty where there is no such version."""
        query = (
            select(version_files.c.path, blobs.c.data)
            .join(blobs, blobs.c.hash == version_files.c.hash)
            .where(version_files.c.version == number)
            .order_by(version_files.c.path)
        )
        async with self._database.read() as connection:
            return Bundle({row.path: zlib.decompress(row.data) for row in await connection.execute(query)})

    async def publish(
        self, bundle: Bundle, differences: Differences, signature: Signature, *, expected: int | None
    ) -> Version:
        """Add a version; it is the current one on return.

        `expected` is the number of the current version that `differences` were made against, None for none. Raises
        ConflictError where another one is current. A version is never dated before the one that it follows.
        """
        number = (expected or 0) + 1
        try:
            async with self._database.begin() as connection:
                query = select(func.max(versions.c.number), func.max(versions.c.published))
                newest, published = (await connection.execute(query)).one()
                if newest != expected:
                    raise ConflictError
                at = max(signature.at, published or 0)
                version = Version(number, bundle.digest, at, signature.origin, signature.pen_name, signature.note)
                await _insert(connection, version, bundle, changes_of(differences, number, at))
        except IntegrityError:  # another process added a version of this number at the same time
            raise ConflictError from None
        return version

    async def changes(self, first: int, end: int) -> tuple[Change, ...]:
        """What the versions from number `first` until before `end` changed of cards, oldest first."""
        return await self._changes((card_changes.c.version >= first) & (card_changes.c.version < end))

    async def history(self) -> History:
        """All that ever changed of cards, and where the history stands."""
        current = await self.current()
        if current is None:
            return History()
        return History(await self._changes(card_changes.c.version <= current.number), current.number, current.published)

    async def _changes(self, condition: ColumnElement[bool]) -> tuple[Change, ...]:
        query = (
            select(card_changes, versions.c.published)
            .join(versions, versions.c.number == card_changes.c.version)
            .where(condition)
            .order_by(card_changes.c.version, card_changes.c.card)
        )
        async with self._database.read() as connection:
            return tuple(
                Change.of_row(row.version, row.published, row.card, row.what, row.fields)
                for row in await connection.execute(query)
            )

    async def folder_at(self) -> int | None:
        """The version that the content folder was last known to hold, whatever was changed in it since."""
        async with self._database.read() as connection:
            value = await fact(connection, _FOLDER)
        return int(value) if value else None

    async def folder_is_at(self, number: int) -> None:
        """Note that the content folder holds a version."""
        async with self._database.begin() as connection:
            await note(connection, _FOLDER, str(number).encode())

    async def told(self) -> bytes | None:
        """The mark of what administrators were last told of the content folder, as far as that still stands."""
        async with self._database.read() as connection:
            return await fact(connection, _TOLD)

    async def keep_told(self, mark: bytes | None) -> None:
        """Note what administrators were told of the folder; None where it no longer stands."""
        async with self._database.begin() as connection:
            await (forget(connection, _TOLD) if mark is None else note(connection, _TOLD, mark))


async def _insert(connection: AsyncConnection, version: Version, bundle: Bundle, changes: tuple[Change, ...]) -> None:
    number = version.number
    await connection.execute(
        insert(versions).values(
            number=number,
            digest=version.digest,
            published=version.published,
            origin=version.origin.value,
            pen_name=version.pen_name,
            note=version.note,
        )
    )
    known = set((await connection.execute(select(blobs.c.hash))).scalars())
    missing = {file_hash: bundle.files[path] for path, file_hash in bundle.hashes.items() if file_hash not in known}
    packed = await asyncio.to_thread(lambda: {key: zlib.compress(data) for key, data in missing.items()})
    await _insert_all(connection, blobs, [{"hash": key, "data": data} for key, data in packed.items()])
    files = [{"version": number, "path": path, "hash": file_hash} for path, file_hash in bundle.hashes.items()]
    await _insert_all(connection, version_files, files)
    rows = [
        {"version": number, "card": change.card, "what": change.what, "fields": change.fields} for change in changes
    ]
    await _insert_all(connection, card_changes, rows)


async def _insert_all(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        await connection.execute(insert_into(connection, table), rows)


def _version(row: Row[Any]) -> Version:
    return Version(row.number, row.digest, row.published, Origin(row.origin), row.pen_name, row.note)
