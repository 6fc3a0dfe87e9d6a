"""How many deliveries of an edition ended how, kept without who when they are deleted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, Connection, select, update

from bot.store.states import WAITING, Delivery
from bot.store.tables import editions, outbox

_GONE: Final = {**dict.fromkeys(WAITING, Delivery.CANCELLED), Delivery.SENDING: Delivery.UNCONFIRMED}
"""What becomes of those that are deleted before their end: what waits is not sent any more, and of what is under way
nobody will know."""


def count_out(connection: Connection, which: ColumnElement[bool], most: int | None = None) -> list[int]:
    """Within the transaction that deletes these deliveries, before it does: count them into their editions.

    All of them, or up to `most` that nobody else has in hand; the ids of those that were counted.
    """
    query = select(outbox.c.id, outbox.c.edition, outbox.c.state).where(which)
    if most is None:
        query = query.order_by(outbox.c.id).with_for_update()
    else:
        query = query.limit(most).with_for_update(skip_locked=True)
    rows = connection.execute(query).all()
    ended: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        ended[row.edition][_GONE.get(Delivery(row.state), Delivery(row.state)).value] += 1
    for edition in sorted(ended):  # always in this order, so that no two wait for each other
        _add(connection, edition, ended[edition])
    return [row.id for row in rows]


def _add(connection: Connection, edition: int, states: Mapping[str, int]) -> None:
    query = select(editions.c.totals).where(editions.c.id == edition).with_for_update(key_share=True)
    before = Counter(connection.execute(query).scalar() or {})
    kept = update(editions).where(editions.c.id == edition)
    connection.execute(kept.values(totals=dict(before + Counter(states))))
