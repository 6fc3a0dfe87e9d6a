"""Entering recipients in the outbox: a row for each subscription, unless it has one of this period already."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, Float, case, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert_into
from bot.store.states import Delivery
from bot.store.tables import outbox, subscriptions
from bot.subscription import State


async def enter(
    connection: AsyncConnection, edition: int, period: str, ids: Sequence[int], *, due: int, send_before: int
) -> int:
    """Queue an edition for these subscriptions, within a transaction; how many rows are new.

    Moments are seconds since 1970; the period is what keeps a subscription from getting it twice. One that is paused
    gets it when its pause is over, and may for as long from then on.
    """
    paused = (subscriptions.c.state == State.PAUSED.value) & subscriptions.c.until.is_not(None)
    until = subscriptions.c.until
    values = {
        "edition": literal(edition),
        "subscription": subscriptions.c.id,
        "period": literal(period),
        "chat": subscriptions.c.chat,
        "state": case(
            (paused, Delivery.RETRY.value), else_=Delivery.QUEUED.value
        ),  # only this one waits for its moment
        "parts_sent": literal(0),
        "message_ids": literal([], JSON),
        "attempts": literal(0),
        "due": literal(due),
        "send_before": case((paused, until + (send_before - due)), else_=send_before),
        "not_before": case((paused, cast(until, Float)), else_=float(due)),
    }
    rows = select(*values.values()).where(subscriptions.c.id.in_(ids))
    query = insert_into(connection, outbox).from_select(list(values), rows).on_conflict_do_nothing()
    return (await connection.execute(query)).rowcount
