"""Who may publish content: editors, each under a pen-name, which is all that history shows of them.

An administrator needs no row here to publish; who chose a pen-name has one with `since` 0, and that makes no editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.exc import IntegrityError

from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database, insert_into
from bot.store.tables import chats, drafts, editors
from bot.subscription import ChatKind

PEN_NAME_LENGTH = 64
_EDITS = editors.c.since > 0


class PenNameTakenError(Exception):
    """Another editor writes under this name."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor. `key` names them in buttons: the beginning of their chat's random key. `since`: seconds since 1970."""

    key: str
    pen_name: str
    since: int


class Editors:
    """The repository of editors."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._chats = Chats(database, seal)

    async def pen_name(self, user_id: int) -> str | None:
        """The pen-name of an editor, or of an administrator who chose one; None for anybody else."""
        row = await self._row(user_id)
        return row.pen_name if row else None

    async def edits(self, user_id: int) -> bool:
        """Whether somebody is an editor."""
        row = await self._row(user_id)
        return row is not None and row.since > 0

    async def _row(self, user_id: int) -> Row[Any] | None:
        query = select(editors).join(chats, chats.c.key == editors.c.chat)
        async with self._database.read() as connection:
            found = await connection.execute(query.where(chats.c.sealed_id == self._seal.seal_id(user_id)))
            return found.one_or_none()

    async def all(self) -> tuple[Editor, ...]:
        """Every editor, by pen-name."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(editors).where(_EDITS).order_by(editors.c.pen_name))
            return tuple(Editor(_short(row.chat), row.pen_name, row.since) for row in rows)

    async def pen_names(self) -> frozenset[str]:
        """The names that are taken."""
        async with self._database.read() as connection:
            return frozenset((await connection.execute(select(editors.c.pen_name))).scalars())

    async def ids(self) -> tuple[int, ...]:
        """The private chats of all editors."""
        query = select(chats.c.sealed_id).join(editors, editors.c.chat == chats.c.key)
        query = query.where(_EDITS).order_by(editors.c.pen_name)
        async with self._database.read() as connection:
            return tuple(self._seal.open_id(sealed) for sealed in (await connection.execute(query)).scalars())

    async def add(self, user_id: int, pen_name: str, since: int) -> bool:
        """Make somebody an editor, or give one another pen-name; whether they are new.

        Raises PenNameTakenError where another editor has it.
        """
        new = not await self.edits(user_id)
        await self._write(user_id, pen_name, since if new else None)
        return new

    async def name(self, user_id: int, pen_name: str) -> None:
        """Give somebody a pen-name, and no right. Raises PenNameTakenError where another has it."""
        await self._write(user_id, pen_name, None)

    async def _write(self, user_id: int, pen_name: str, since: int | None) -> None:
        """`since` None: as it is, and 0 where there is nothing yet."""
        changes = {"pen_name": pen_name} | ({} if since is None else {"since": since})
        try:
            async with self._database.begin() as connection:
                chat = await self._chats.enter(connection, user_id, ChatKind.PRIVATE)
                row = insert_into(connection, editors).values(chat=chat, pen_name=pen_name, since=since or 0)
                await connection.execute(row.on_conflict_do_update(index_elements=[editors.c.chat], set_=changes))
        except IntegrityError:
            raise PenNameTakenError from None

    async def remove(self, key: str) -> int | None:
        """End somebody's being an editor, with the draft; their chat's id, or None where there is none of this key."""
        async with self._database.begin() as connection:
            known = (await connection.execute(select(editors.c.chat))).scalars()
            chat = next((each for each in known if _short(each) == key), None)
            if chat is None:
                return None
            for table in (drafts, editors):
                await connection.execute(delete(table).where(table.c.chat == chat))
            return await self._chats.id_of(connection, chat)


def _short(chat: bytes) -> str:
    return chat.hex()[:8]
