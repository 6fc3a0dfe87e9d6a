"""Subscriptions for tests of planning: rows as the store keeps them, and what came of them."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.schedule import Period
from bot.i18n import Language
from bot.store.database import Database, insert_into
from bot.store.tables import chats, editions, outbox, subscriptions

_keys = itertools.count()


def at(text: str, timezone: str = "UTC") -> datetime:
    """A moment from its local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def seconds(text: str, timezone: str = "UTC") -> int:
    """The same in seconds since 1970."""
    return int(at(text, timezone).timestamp())


def subscription(chat: bytes, next_due: int | None, **columns: Any) -> dict[str, Any]:
    """A row of subscriptions: weekly, Monday at nine in Tbilisi, about everything, in English."""
    return {
        "key": f"{next(_keys):08x}",
        "chat": chat,
        "thread": 0,
        "language": "en",
        "cadence": "weekly",
        "weekday": 0,
        "hour": 9,
        "timezone": "Asia/Tbilisi",
        "topics": "",
        "quiet": False,
        "skip_empty": False,
        "links": True,
        "preview_hours": 0,
        "state": "active",
        "since": 0,
        "next_due": next_due,
        **columns,
    }


async def subscribe(database: Database, next_due: str | int | None, count: int = 1, **columns: Any) -> list[int]:
    """So many subscriptions, each of a chat of its own, due at the same moment; their ids."""
    due = seconds(next_due) if isinstance(next_due, str) else next_due
    keys = [os.urandom(16) for _ in range(count)]
    async with database.begin() as connection:
        await connection.execute(
            insert(chats), [{"key": key, "sealed_id": os.urandom(24), "kind": "private"} for key in keys]
        )
        query = insert(subscriptions).returning(subscriptions.c.id, sort_by_parameter_order=True)
        rows = await connection.execute(query, [subscription(key, due, **columns) for key in keys])
        return list(rows.scalars())


async def change(database: Database, ids: list[int], **columns: Any) -> None:
    """Change rows of subscriptions."""
    async with database.begin() as connection:
        await connection.execute(update(subscriptions).where(subscriptions.c.id.in_(ids)).values(columns))


async def row(database: Database, subscription_id: int) -> Any:
    """A subscription as it stands."""
    async with database.read() as connection:
        return (await connection.execute(select(subscriptions).where(subscriptions.c.id == subscription_id))).one()


async def next_due(database: Database, subscription_id: int) -> str | None:
    """When it is due next, in UTC and to the minute."""
    found = (await row(database, subscription_id)).next_due
    return None if found is None else datetime.fromtimestamp(found, UTC).strftime("%F %H:%M")


async def deliveries(database: Database) -> list[Any]:
    """The outbox, by subscription and then in the order of writing."""
    async with database.read() as connection:
        query = select(outbox).order_by(outbox.c.subscription, outbox.c.due, outbox.c.id)
        return list((await connection.execute(query)).all())


async def count(database: Database) -> int:
    """How many rows stand in the outbox."""
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()


@dataclass
class Press:
    """Composes editions without content: what planning asks for, and how often."""

    empty: bool = False
    broken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    async def __call__(
        self, connection: AsyncConnection, period: Period, topics: tuple[str, ...], language: Language
    ) -> tuple[int, bool]:
        """The id of the edition of a period, made where it is not there yet, and whether it is empty."""
        name = f"{period.key} {','.join(topics)} {language}"
        self.asked.append(name)
        if language in self.broken:
            await connection.execute(insert(editions).values(kind="digest"))  # refused: columns are missing
        wanted = {
            "kind": "digest",
            "cadence": period.cadence.value,
            "period": period.key,
            "topics": ",".join(topics),
            "language": language.value,
        }
        row = insert_into(connection, editions).values(
            **wanted, version=1, body={}, empty=self.empty, created=0, state="ready"
        )
        await connection.execute(row.on_conflict_do_nothing())
        found = await connection.execute(select(editions.c.id, editions.c.empty).filter_by(**wanted))
        edition = found.one()
        return edition.id, edition.empty
