"""The chats that chose something: their sealed ids, and the language they chose."""

from __future__ import annotations

import os
from collections import OrderedDict

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database, insert_into
from bot.store.tables import chats, outbox, subscriptions
from bot.store.totals import count_out
from bot.subscription import ChatKey, ChatKind

CACHE_SIZE = 10_000
"""Chats whose choice is kept in memory; each is asked for with every message."""
KEY_BYTES = 16


class Chats:
    """The repository of chats, with a bounded cache of their languages in front."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._cache: OrderedDict[int, Language | None] = OrderedDict()

    async def language(self, chat_id: int) -> Language | None:
        """The language that a chat chose, or None where it chose none."""
        if chat_id not in self._cache:
            async with self._database.read() as connection:
                query = select(chats.c.language).where(chats.c.sealed_id == self._seal.seal_id(chat_id))
                found = (await connection.execute(query)).scalar()
            self._remember(chat_id, Language(found) if found else None)
        self._cache.move_to_end(chat_id)
        return self._cache[chat_id]

    async def choose_language(self, chat_id: int, language: Language) -> None:
        """Keep the choice of a chat, in place of an earlier one."""
        async with self._database.begin() as connection:
            row = insert_into(connection, chats).values(
                key=os.urandom(KEY_BYTES), sealed_id=self._seal.seal_id(chat_id), language=language.value
            )
            change = {"language": row.excluded.language}
            await connection.execute(row.on_conflict_do_update(index_elements=[chats.c.sealed_id], set_=change))
        self._remember(chat_id, language)

    async def find(self, connection: AsyncConnection, chat_id: int) -> ChatKey | None:
        """The key of a chat, within a transaction; None where nothing is kept about it."""
        query = select(chats.c.key).where(chats.c.sealed_id == self._seal.seal_id(chat_id))
        return (await connection.execute(query)).scalar()

    async def enter(self, connection: AsyncConnection, chat_id: int, kind: ChatKind) -> ChatKey:
        """The key of a chat, within a transaction; made where nothing is kept about it yet."""
        row = insert_into(connection, chats).values(
            key=os.urandom(KEY_BYTES), sealed_id=self._seal.seal_id(chat_id), kind=kind.value
        )
        keep = row.on_conflict_do_update(index_elements=[chats.c.sealed_id], set_={"kind": row.excluded.kind})
        found: ChatKey = (await connection.execute(keep.returning(chats.c.key))).scalar_one()
        return found

    async def id_of(self, connection: AsyncConnection, key: ChatKey) -> int | None:
        """The id of a chat, within a transaction; None where it was forgotten."""
        query = select(chats.c.sealed_id).where(chats.c.key == key)
        sealed = (await connection.execute(query)).scalar()
        return self._seal.open_id(sealed) if sealed else None

    async def move(self, old_id: int, new_id: int) -> None:
        """Follow a group that became a supergroup; see `follow`."""
        async with self._database.begin() as connection:
            await connection.run_sync(self.follow, old_id, new_id)
        self.forget_languages(old_id, new_id)

    def follow(self, connection: Connection, old_id: int, new_id: int) -> None:
        """Within a transaction: a group became a supergroup, with all that refers to it. Only its sealed id changes,
        and the numbers of messages that stand there become 0: the supergroup counts its own anew.

        Where something is kept about the new one already, that stays, the subscriptions that it has not come over with
        what is to be delivered, and the rest of the old one is deleted. `forget_languages` belongs after it.
        """
        old, new = (
            connection.execute(select(chats.c.key).where(chats.c.sealed_id == self._seal.seal_id(chat_id))).scalar()
            for chat_id in (old_id, new_id)
        )
        if old is not None and new is None:
            moved = update(chats).where(chats.c.key == old)
            connection.execute(moved.values(sealed_id=self._seal.seal_id(new_id)))
            _lose_numbers(connection, old)
        elif old is not None and new is not None and old != new:
            _lose_numbers(connection, old)
            _merge(connection, old, new)

    def forget_languages(self, *chat_ids: int) -> None:
        """Ask the database for the languages of these chats the next time."""
        for chat_id in chat_ids:
            self._cache.pop(chat_id, None)

    async def forget(self, chat_id: int) -> bool:
        """Delete all that is kept about a chat, its subscriptions and deliveries too; whether there was anything."""
        async with self._database.begin() as connection:
            query = select(chats.c.key).where(chats.c.sealed_id == self._seal.seal_id(chat_id)).with_for_update()
            key = (await connection.execute(query)).scalar()
            if key is not None:
                await connection.run_sync(_delete, key)
        self._remember(chat_id, None)
        return key is not None

    def _remember(self, chat_id: int, language: Language | None) -> None:
        self._cache[chat_id] = language
        while len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)


def _lose_numbers(connection: Connection, key: ChatKey) -> None:
    """What was sent to a chat stands there, and nobody knows the numbers of its messages any more."""
    stands = (outbox.c.chat == key) & (func.json_array_length(outbox.c.message_ids) > 0)
    rows = connection.execute(select(outbox.c.id, outbox.c.message_ids).where(stands).with_for_update()).all()
    if rows:
        lost = update(outbox).where(outbox.c.id == bindparam("row")).values(message_ids=bindparam("unknown"))
        connection.execute(lost, [{"row": row.id, "unknown": [0] * len(row.message_ids)} for row in rows])


def _merge(connection: Connection, old: ChatKey, new: ChatKey) -> None:
    there = subscriptions.alias("there")
    same = (there.c.thread == subscriptions.c.thread) & (there.c.language == subscriptions.c.language)
    has = exists().where(there.c.chat == new, same)
    connection.execute(update(subscriptions).where(subscriptions.c.chat == old, ~has).values(chat=new))
    came = select(subscriptions.c.id).where(subscriptions.c.chat == new)
    connection.execute(update(outbox).where(outbox.c.chat == old, outbox.c.subscription.in_(came)).values(chat=new))
    kind = select(chats.c.kind).where(chats.c.key == old).scalar_subquery()
    connection.execute(update(chats).where(chats.c.key == new, chats.c.kind.is_(None)).values(kind=kind))
    _delete(connection, old)


def _delete(connection: Connection, key: ChatKey) -> None:
    """Delete a chat and all that refers to it; its deliveries stay counted with their editions."""
    connection.execute(select(subscriptions.c.id).where(subscriptions.c.chat == key).with_for_update())
    count_out(connection, outbox.c.chat == key)
    connection.execute(delete(chats).where(chats.c.key == key))
