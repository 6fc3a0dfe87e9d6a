"""Deliveries between their parts: what each message that went holds, so that the next neither repeats nor misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, bindparam, select, update

from bot.store.outbox import Claimed
from bot.store.tables import outbox

Holds = tuple[tuple[str, ...], ...]
"""What each message of a delivery holds, by the names of the pieces of its edition."""


@dataclass(frozen=True, slots=True)
class Begun(Claimed):
    """A claimed row of which messages went; `told` is what they hold, as far as that was kept."""

    told: Holds


def note_holds(connection: Connection, holds: Mapping[int, Holds]) -> None:
    """Within a transaction: keep what the messages of these rows hold, one of which nobody knows whether it came last.

    That one counts as soon as somebody says that it is there.
    """
    if holds:
        noted = update(outbox).where(outbox.c.id == bindparam("row")).values(holds=bindparam("held"))
        connection.execute(noted, [{"row": row, "held": held} for row, held in holds.items()])


def with_holds(connection: Connection, rows: Sequence[Claimed]) -> list[Claimed]:
    """Claimed rows in their order, those that have begun with what is told already."""
    begun = [row.id for row in rows if row.parts_sent]
    if not begun:
        return list(rows)
    query = select(outbox.c.id, outbox.c.holds).where(outbox.c.id.in_(begun))
    found = {row.id: row.holds or () for row in connection.execute(query)}
    return [_begun(row, found.get(row.id, ())) if row.parts_sent else row for row in rows]


def _begun(row: Claimed, holds: Sequence[Sequence[str]]) -> Begun:
    told = tuple(tuple(names) for names in holds[: row.parts_sent])
    return Begun(**{each.name: getattr(row, each.name) for each in fields(row)}, told=told)
