"""What a chat chose: today its language."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import delete, select

from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database, insert_into
from bot.store.tables import chats

CACHE_SIZE = 10_000
"""Chats whose choice is kept in memory; each is asked for with every message."""


class Chats:
    """The repository of chat choices, with a bounded cache in front."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._cache: OrderedDict[int, Language | None] = OrderedDict()

    async def language(self, chat_id: int) -> Language | None:
        """The language that a chat chose, or None where it chose none."""
        if chat_id not in self._cache:
            async with self._database.begin() as connection:
                query = select(chats.c.language).where(chats.c.sealed_id == self._seal.seal_id(chat_id))
                found = (await connection.execute(query)).scalar()
            self._remember(chat_id, Language(found) if found else None)
        self._cache.move_to_end(chat_id)
        return self._cache[chat_id]

    async def choose_language(self, chat_id: int, language: Language) -> None:
        """Keep the choice of a chat, in place of an earlier one."""
        async with self._database.begin() as connection:
            row = insert_into(connection, chats).values(sealed_id=self._seal.seal_id(chat_id), language=language.value)
            update = {"language": row.excluded.language}
            await connection.execute(row.on_conflict_do_update(index_elements=[chats.c.sealed_id], set_=update))
        self._remember(chat_id, language)

    async def move(self, old_id: int, new_id: int) -> None:
        """Follow a group that became a supergroup: what the old chat chose is the new one's."""
        language = await self.language(old_id)
        if language:
            await self.choose_language(new_id, language)
        await self.forget(old_id)

    async def forget(self, chat_id: int) -> bool:
        """Delete all that is kept about a chat; whether there was anything."""
        async with self._database.begin() as connection:
            query = delete(chats).where(chats.c.sealed_id == self._seal.seal_id(chat_id))
            deleted = (await connection.execute(query)).rowcount
        self._remember(chat_id, None)
        return bool(deleted)

    def _remember(self, chat_id: int, language: Language | None) -> None:
        self._cache[chat_id] = language
        while len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)
