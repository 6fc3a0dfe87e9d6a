"""Who may publish content: editors, each under a pen-name, which is all that history shows of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database, insert_into
from bot.store.tables import chats, drafts, editors
from bot.subscription import ChatKind

PEN_NAME_LENGTH = 64


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
        """The pen-name of an editor; None for anybody else."""
        query = (
            select(editors.c.pen_name)
            .join(chats, chats.c.key == editors.c.chat)
            .where(chats.c.sealed_id == self._seal.seal_id(user_id))
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar()

    async def all(self) -> tuple[Editor, ...]:
        """Every editor, by pen-name."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(editors).order_by(editors.c.pen_name))
            return tuple(Editor(_short(row.chat), row.pen_name, row.since) for row in rows)

    async def ids(self) -> tuple[int, ...]:
        """The private chats of all editors."""
        query = select(chats.c.sealed_id).join(editors, editors.c.chat == chats.c.key).order_by(editors.c.pen_name)
        async with self._database.read() as connection:
            return tuple(self._seal.open_id(sealed) for sealed in (await connection.execute(query)).scalars())

    async def add(self, user_id: int, pen_name: str, since: int) -> bool:
        """Make somebody an editor, or give one another pen-name; whether they are new.

        Raises PenNameTakenError where another editor has it.
        """
        try:
            async with self._database.begin() as connection:
                chat = await self._chats.enter(connection, user_id, ChatKind.PRIVATE)
                changed = await connection.execute(
                    update(editors).where(editors.c.chat == chat).values(pen_name=pen_name)
                )
                if not changed.rowcount:
                    row = insert_into(connection, editors).values(chat=chat, pen_name=pen_name, since=since)
                    await connection.execute(row)
        except IntegrityError:
            raise PenNameTakenError from None
        return not changed.rowcount

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
