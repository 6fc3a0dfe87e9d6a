"""What editors have sent and not published: one draft each, kept until it is published or discarded.

Beside the files that may be published stand the cards that are being written, one sheet each, and for each source the
name under which Telegram has the text that its editor sent: never the text itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog.problems import Place, Problem
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database, insert_into
from bot.store.tables import chats, draft_files, drafts
from bot.subscription import ChatKey, ChatKind

_SHEETS, _TEXTS = "sheets/", "texts/"
"""Folders that no bundle has: what lies there belongs to the draft and is not published."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Files put over the version `base`, by their paths in a bundle; None takes one away.

    `refused` is what was sent for it and could not be taken. `checked` says whether its editor was told what became of
    it; until then `notice` is the message that said that files came, if there is one. `publish_at` is when it is to be
    published (seconds since 1970), if that was said, and `zone` the timezone (an IANA name) in which it was written.
    `sheets` are the cards that are being written, by their keys.
    """

    base: int
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    checked: bool = False
    publish_at: int | None = None
    refused: tuple[Problem, ...] = ()
    notice: int | None = None
    zone: str | None = None
    sheets: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What buttons call it: it changes with every byte of it, and with the version that it stands on."""
        whole = sha256(str(self.base).encode())
        for path, data in sorted(self.files.items()):
            whole.update(f"\0{path}\0".encode() + (b"-" if data is None else sha256(data).digest()))
        for problem in self.refused:
            whole.update(f"\0{problem.place}\0{problem.code}".encode())
        return whole.hexdigest()[:8]


class Drafts:
    """The repository of drafts."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._chats = Chats(database, seal)
        self._dropped: dict[int, tuple[int, str | None]] = {}
        """The moments that were kept for drafts until they changed, of which their editors are still to be told."""

    async def of(self, user_id: int) -> Draft | None:
        """The draft of an editor; None where there is none."""
        async with self._database.read() as connection:
            chat = await self._chats.find(connection, user_id)
            return await _read(connection, chat) if chat else None

    async def put(
        self,
        user_id: int,
        files: Mapping[str, bytes | None],
        base: int,
        now: int,
        refused: Sequence[Problem] | None = None,
        *,
        unchecked: bool = True,
    ) -> Draft:
        """Add files to an editor's draft, in place of those of the same path. A new draft stands on `base`, and one in
        which there was no file yet. `refused` takes the place of what was refused so far; None leaves it. `unchecked`:
        its editor waits to be told what it comes to; otherwise that stays as it was.

        Where that changes what would be published, what was said about publishing it later no longer holds: see
        `dropped`.
        """
        async with self._database.begin() as connection:
            chat = await self._chats.enter(connection, user_id, ChatKind.PRIVATE)
            before = await _read(connection, chat)
            again: dict[str, Any] = {"changed": now} | ({"checked": False} if unchecked else {})
            again |= {} if refused is None else {"refused": _written(refused)}
            again |= {"base": base} if before and not before.files else {}
            row = insert_into(connection, drafts).values(chat=chat, **{"base": base, "checked": True} | again)
            await connection.execute(row.on_conflict_do_update(index_elements=[drafts.c.chat], set_=again))
            for path, data in files.items():
                await _write(connection, chat, path, data)
            found = await self._changed(connection, chat, before)
        if found is None:
            raise RuntimeError("a draft was put and is not there")
        self._note_dropped(user_id, before, found)
        return found

    def dropped(self, user_id: int) -> tuple[int, str | None] | None:
        """The moment (seconds since 1970) and its timezone for which a draft was kept until it changed; said once."""
        return self._dropped.pop(user_id, None)

    async def _changed(self, connection: AsyncConnection, chat: ChatKey, before: Draft | None) -> Draft | None:
        """The draft as it is now. A moment was chosen for what it was: of another one it does not hold."""
        now = await _read(connection, chat)
        if before and now and before.publish_at and (before.base, before.files) != (now.base, now.files):
            await connection.execute(update(drafts).where(drafts.c.chat == chat).values(publish_at=None, zone=None))
            return replace(now, publish_at=None, zone=None)
        return now

    def _note_dropped(self, user_id: int, before: Draft | None, now: Draft | None) -> None:
        """Keep a moment that holds no more, where something is left for which another can be chosen."""
        if before and before.publish_at and now and now.files and not now.publish_at:
            self._dropped[user_id] = (before.publish_at, before.zone)

    async def write(self, user_id: int, key: str, data: bytes, base: int, now: int) -> None:
        """Keep a card that is being written. What is said of the files of the draft goes on holding."""
        async with self._database.begin() as connection:
            chat = await self._chats.enter(connection, user_id, ChatKind.PRIVATE)
            row = insert_into(connection, drafts).values(chat=chat, base=base, changed=now, checked=True)
            held = row.on_conflict_do_update(index_elements=[drafts.c.chat], set_={"changed": now})
            await connection.execute(held)  # until the end nobody deletes it as one in which nothing is left
            await _write(connection, chat, _SHEETS + key, data)

    async def end_writing(self, user_id: int, key: str) -> None:
        """Take away a card that was being written."""
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await _hold(connection, chat)
            mine = (draft_files.c.draft == chat) & (draft_files.c.path == _SHEETS + key)
            await connection.execute(delete(draft_files).where(mine))
            await _end(connection, chat)

    async def note_text(self, user_id: int, source_id: str, file_id: str, base: int, now: int) -> None:
        """Note under which name Telegram has the text of a source, for what is being written or is about to be."""
        async with self._database.begin() as connection:
            chat = await self._chats.enter(connection, user_id, ChatKind.PRIVATE)
            row = insert_into(connection, drafts).values(chat=chat, base=base, changed=now, checked=True)
            await connection.execute(row.on_conflict_do_update(index_elements=[drafts.c.chat], set_={"changed": now}))
            await _write(connection, chat, _TEXTS + source_id, file_id.encode())

    async def text_of(self, user_id: int, source_id: str) -> str | None:
        """The name under which Telegram has the text of a source, where its editor sent it."""
        async with self._database.read() as connection:
            chat = await self._chats.find(connection, user_id)
            mine = (draft_files.c.draft == chat) & (draft_files.c.path == _TEXTS + source_id)
            data = (await connection.execute(select(draft_files.c.data).where(mine))).scalar()
            return zlib.decompress(data).decode() if data else None

    async def keep_files(self, user_id: int) -> None:
        """Let the files be that the draft would take away; a draft that did nothing else is discarded."""
        await self._take_out(user_id, draft_files.c.data.is_(None))

    async def take_out(self, user_id: int, path: str) -> None:
        """Take a file out of the draft, as if it had not been sent; a draft in which nothing is left is discarded."""
        await self._take_out(user_id, draft_files.c.path == path)

    async def _take_out(self, user_id: int, which: ColumnElement[bool]) -> None:
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await _hold(connection, chat)
            before = await _read(connection, chat) if chat else None
            await connection.execute(delete(draft_files).where(_files_of(chat) & which))
            await _end(connection, chat)
            left = await self._changed(connection, chat, before) if chat else None
        self._note_dropped(user_id, before, left)

    async def leave_out(self, user_id: int, refused: Collection[Problem]) -> None:
        """Forget these that were refused; a draft in which nothing is left is discarded."""
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await _hold(connection, chat)
            await _forget_refused(connection, chat, refused)
            await _end(connection, chat)

    async def rebase(self, user_id: int, seen: Draft, base: int, files: Mapping[str, bytes] | None = None) -> None:
        """Let the draft stand on another version, with these of its files as they are on that: its editor has seen
        what changed under it. One that is no more as it was `seen` stays as it is.
        """
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await _hold(connection, chat)
            before = await _read(connection, chat) if chat else None
            if chat is None or before is None or before.key != seen.key:
                return
            await connection.execute(update(drafts).where(drafts.c.chat == chat).values(base=base))
            for path, data in (files or {}).items():
                await _write(connection, chat, path, data)
            now = await self._changed(connection, chat, before)
        self._note_dropped(user_id, before, now)

    async def noticed(self, user_id: int, message_id: int) -> None:
        """Keep which message told the editor that files came, until it is turned into the answer."""
        await self._update(user_id, notice=message_id)

    async def told(self, user_id: int, key: str) -> None:
        """Note that the editor was told what became of the draft of this key; of another one nothing is noted."""
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            draft = await _read(connection, chat) if chat else None
            if draft and draft.key == key:
                row = update(drafts).where(drafts.c.chat == chat)
                await connection.execute(row.values(checked=True, notice=None))

    async def publish_at(self, user_id: int, moment: int | None, zone: str | None = None) -> None:
        """Keep when it is to be published and in which timezone that was said, or that it is not."""
        self._dropped.pop(user_id, None)
        await self._update(user_id, publish_at=moment, zone=zone)

    async def missed(self, user_id: int) -> None:
        """Note that it could not be published at its moment, of which the editor is still to be told."""
        await self._update(user_id, publish_at=None, zone=None, checked=False)

    async def _update(self, user_id: int, **values: object) -> None:
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await connection.execute(update(drafts).where(drafts.c.chat == chat).values(**values))

    async def published(
        self,
        user_id: int,
        files: Mapping[str, bytes | None],
        version: int,
        refused: Collection[Problem] = (),
        sheets: Mapping[str, bytes] | None = None,
    ) -> None:
        """Take out of a draft what was published as a version, what had been refused of it, and these of its sheets;
        what came meanwhile stays, and stands on that version.

        A draft of which nothing is left is deleted.
        """
        self._dropped.pop(user_id, None)  # what was to be published then is
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            mine = drafts.c.chat == chat
            await connection.execute(update(drafts).where(mine).values(base=version))  # until the end nobody adds to it
            draft = await _read(connection, chat) if chat else None
            left = dict(draft.files.items() - files.items()) if draft else {}
            await connection.execute(delete(draft_files).where(_files_of(chat) & draft_files.c.path.not_in(left)))
            ended = dict(draft.sheets.items() & (sheets or {}).items()) if draft else {}
            mine_ended = (draft_files.c.draft == chat) & draft_files.c.path.in_([_SHEETS + key for key in ended])
            await connection.execute(delete(draft_files).where(mine_ended))
            await _forget_refused(connection, chat, refused)
            again: dict[str, Any] = {"publish_at": None, "zone": None}
            kept = await _read(connection, chat) if chat else None
            again |= {} if kept and (kept.files or kept.refused) else {"checked": True}
            await connection.execute(update(drafts).where(mine).values(again))
            await _end(connection, chat)

    async def discard(self, user_id: int) -> None:
        """Delete its files; cards that are being written stay, each has its own way out."""
        self._dropped.pop(user_id, None)
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, user_id)
            await _hold(connection, chat)
            await connection.execute(delete(draft_files).where(_files_of(chat)))
            nothing = {"publish_at": None, "zone": None, "refused": None, "notice": None, "checked": True}
            await connection.execute(update(drafts).where(drafts.c.chat == chat).values(nothing))
            await _end(connection, chat)

    async def due(self, now: int) -> tuple[int, ...]:
        """The editors whose drafts are to be published by now."""
        return await self._ids(drafts.c.publish_at <= now)

    async def unchecked(self) -> tuple[int, ...]:
        """The editors who wait to be told what became of their drafts."""
        return await self._ids(drafts.c.checked.is_(False))

    async def _ids(self, condition: ColumnElement[bool]) -> tuple[int, ...]:
        query = select(chats.c.sealed_id).join(drafts, drafts.c.chat == chats.c.key).where(condition)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(drafts.c.changed))).scalars()
            return tuple(self._seal.open_id(sealed) for sealed in rows)


def _files_of(chat: ChatKey | None) -> ColumnElement[bool]:
    """What may be published of a draft."""
    path = draft_files.c.path
    return (draft_files.c.draft == chat) & ~(path.startswith(_SHEETS) | path.startswith(_TEXTS))


async def _write(connection: AsyncConnection, chat: ChatKey, path: str, data: bytes | None) -> None:
    packed = None if data is None else zlib.compress(data)
    one = insert_into(connection, draft_files).values(draft=chat, path=path, data=packed)
    keys = [draft_files.c.draft, draft_files.c.path]
    await connection.execute(one.on_conflict_do_update(index_elements=keys, set_={"data": one.excluded.data}))


async def _hold(connection: AsyncConnection, chat: ChatKey | None) -> bool:
    """Let nobody else change a draft until the end; whether there is one."""
    found = await connection.execute(select(drafts.c.chat).where(drafts.c.chat == chat).with_for_update())
    return found.first() is not None


async def _end(connection: AsyncConnection, chat: ChatKey | None) -> None:
    """Delete a draft in which nothing is left but where texts lie."""
    draft = await _read(connection, chat) if chat else None
    if draft and not (draft.files or draft.refused or draft.sheets):
        await connection.execute(delete(drafts).where(drafts.c.chat == chat))


async def _forget_refused(connection: AsyncConnection, chat: ChatKey | None, gone: Collection[Problem]) -> None:
    draft = await _read(connection, chat) if chat else None
    if draft:
        left = [each for each in draft.refused if each not in gone]
        await connection.execute(update(drafts).where(drafts.c.chat == chat).values(refused=_written(left)))


async def _read(connection: AsyncConnection, chat: ChatKey) -> Draft | None:
    row = (await connection.execute(select(drafts).where(drafts.c.chat == chat))).one_or_none()
    if row is None:
        return None
    rows = await connection.execute(select(draft_files).where(draft_files.c.draft == chat))
    opened = {each.path: None if each.data is None else zlib.decompress(each.data) for each in rows}
    return Draft(
        row.base,
        {path: data for path, data in opened.items() if not path.startswith((_SHEETS, _TEXTS))},
        row.checked,
        row.publish_at,
        tuple(map(_problem, row.refused or ())),
        row.notice,
        row.zone,
        {path.removeprefix(_SHEETS): data for path, data in opened.items() if data and path.startswith(_SHEETS)},
    )


def _written(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as plain values."""
    return [
        {"at": [each.place.file, each.place.line, each.place.column], "code": each.code, "words": dict(each.words)}
        for each in problems
    ]


def _problem(value: Mapping[str, Any]) -> Problem:
    return Problem(Place(*value["at"]), value["code"], tuple(sorted(value["words"].items())))
