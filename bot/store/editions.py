"""What goes out: the repository of editions. Deliveries of them are the outbox's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert_into
from bot.store.deliveries import SENDING
from bot.store.states import WAITING, Delivery, Halt
from bot.store.tables import editions, outbox

LEFT: Final = (Delivery.SENT, Delivery.UNCONFIRMED, Delivery.SENDING)
"""States of deliveries of which a message left, or may have."""
HAS_LEFT: Final = (outbox.c.parts_sent > 0) | outbox.c.state.in_(LEFT)
"""Whether a message of a delivery left, or may have."""


@dataclass(frozen=True, slots=True)
class Name:
    """What an edition is known by: there is one of a name. `topics` are ids joined by commas, empty for all."""

    kind: str
    cadence: str
    period: str
    topics: str
    language: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An edition as it is kept. `body`: plain values, whose form depends on the kind; `created`: seconds since 1970."""

    id: int
    name: Name
    version: int
    body: Mapping[str, Any]
    empty: bool
    created: int
    state: str


class EditionStore:
    """The editions; every method works within a transaction of its caller."""

    async def find(self, connection: AsyncConnection, name: Name) -> Stored | None:
        """The one of a name."""
        return await _one(connection, _named(name))

    async def get(self, connection: AsyncConnection, edition_id: int) -> Stored | None:
        """The one of an id."""
        return await _one(connection, editions.c.id == edition_id)

    async def ensure(
        self,
        connection: AsyncConnection,
        name: Name,
        *,
        version: int,
        body: Mapping[str, Any],
        empty: bool,
        created: int,
        state: str = SENDING,
    ) -> int:
        """The id of the edition of a name, kept with these values where there is none yet."""
        values = {
            "kind": name.kind,
            "cadence": name.cadence,
            "period": name.period,
            "topics": name.topics,
            "language": name.language,
            "version": version,
            "body": dict(body),
            "empty": empty,
            "created": created,
            "state": state,
        }
        row = insert_into(connection, editions).values(values).on_conflict_do_nothing().returning(editions.c.id)
        made: int | None = (await connection.execute(row)).scalar()
        if made is not None:
            return made
        found: int = (await connection.execute(select(editions.c.id).where(_named(name)))).scalar_one()
        return found

    async def replace(
        self, connection: AsyncConnection, edition_id: int, *, version: int, body: Mapping[str, Any], empty: bool
    ) -> bool:
        """Put other content into an edition, of this version or an earlier one; whether it was that."""
        row = update(editions).where(editions.c.id == edition_id, editions.c.version <= version)
        replaced = await connection.execute(row.values(version=version, body=dict(body), empty=empty))
        return replaced.rowcount == 1

    async def has_left(self, connection: AsyncConnection, edition_id: int) -> bool:
        """Whether a message of it left, to anybody."""
        query = select(outbox.c.id).where(outbox.c.edition == edition_id, HAS_LEFT).limit(1)
        return (await connection.execute(query)).first() is not None

    async def going_out(self, connection: AsyncConnection, kind: str) -> tuple[Stored, ...]:
        """Those of a kind that somebody has still to get, or gets where a person says that it is not there."""
        still = (*WAITING, Delivery.UNCONFIRMED)
        waiting = exists().where(outbox.c.edition == editions.c.id, outbox.c.state.in_(still))
        rows = await connection.execute(select(editions).where(editions.c.kind == kind, waiting))
        return tuple(map(_stored, rows))


async def is_cancelled(connection: AsyncConnection, edition_id: int) -> bool:
    """Whether an edition goes to nobody any more."""
    query = select(editions.c.id).where(editions.c.id == edition_id, editions.c.state == Halt.CANCELLED)
    return (await connection.execute(query)).first() is not None


def _named(name: Name) -> Any:
    columns = editions.c
    return (
        (columns.kind == name.kind)
        & (columns.cadence == name.cadence)
        & (columns.period == name.period)
        & (columns.topics == name.topics)
        & (columns.language == name.language)
    )


async def _one(connection: AsyncConnection, condition: Any) -> Stored | None:
    row = (await connection.execute(select(editions).where(condition))).first()
    return _stored(row) if row else None


def _stored(row: Row[Any]) -> Stored:
    name = Name(row.kind, row.cadence, row.period, row.topics, row.language)
    return Stored(row.id, name, row.version, row.body, row.empty, row.created, row.state)
