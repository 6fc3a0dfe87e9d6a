"""The states of a delivery, and the one table of which may follow which: what changes a state goes by `move`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, update

from bot.store.tables import outbox
from bot.subscription import ChatKind


class Delivery(StrEnum):
    """What has become of a row."""

    QUEUED = "queued"
    SENDING = "sending"
    """Claimed: a message of it may be under way."""
    RETRY = "retry"
    """To be sent again, or further, from `not_before` on."""
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    """In a channel: Telegram may have posted it or not. A person looks, and posts it now or leaves it."""
    FAILED = "failed"
    """Refused for good: the request is wrong, or the bot may not write there."""
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Too late to be sent."""


TRANSITIONS: Final[dict[Delivery, frozenset[Delivery]]] = {
    # To `retry`: a correction that waits until a pause is over.
    Delivery.QUEUED: frozenset({Delivery.SENDING, Delivery.RETRY, Delivery.CANCELLED, Delivery.EXPIRED}),
    # What was sent whole, and whose edition has grown since, is as it was where the rest is too late.
    Delivery.RETRY: frozenset({Delivery.SENDING, Delivery.CANCELLED, Delivery.EXPIRED, Delivery.SENT}),
    # A person or a group whose message is unconfirmed goes to `retry`: rather twice than never. A channel does not.
    Delivery.SENDING: frozenset(
        {Delivery.SENT, Delivery.RETRY, Delivery.UNCONFIRMED, Delivery.FAILED, Delivery.UNREACHABLE}
    ),
    # "Post now", or "it is there": then what is left of it goes.
    Delivery.UNCONFIRMED: frozenset({Delivery.QUEUED, Delivery.RETRY}),
    # An edition that was written anew where it stands and has grown: what did not fit follows.
    Delivery.SENT: frozenset({Delivery.RETRY}),
    Delivery.FAILED: frozenset(),
    Delivery.UNREACHABLE: frozenset(),
    Delivery.CANCELLED: frozenset(),
    Delivery.EXPIRED: frozenset(),
}
"""From each state the states that may follow. A row begins as queued, or, where it was planned too late or for
somebody who skips it, as expired or cancelled."""

WAITING: Final = (Delivery.QUEUED, Delivery.RETRY)
AGAIN: Final = (ChatKind.PRIVATE, ChatKind.GROUP)
"""Kinds of chat to which an unconfirmed message goes again."""


GROWN: Final = "grown"
"""What the reason of a delivery begins with that was sent whole and went on later, since its edition had grown."""


class Halt(StrEnum):
    """What the sender heeds in `editions.state`; every other state is one in which it sends."""

    PAUSED = "paused"
    CANCELLED = "cancelled"


PARKED: Final = 1e12
"""The `not_before` of rows of a paused edition: later than any moment."""


def before(state: Delivery) -> tuple[Delivery, ...]:
    """The states from which a row may come to this one."""
    return tuple(first for first, following in TRANSITIONS.items() if state in following)


def move(to: Delivery, *only_from: Delivery, state: ColumnElement[str] = outbox.c.state) -> Any:
    """An UPDATE of rows to a state, from the states that the table allows; or of those only from these."""
    came = before(to)
    if not set(only_from) <= set(came):
        raise ValueError(f"a row cannot become {to} from {', '.join(only_from)}")
    allowed = or_(*(state == each.value for each in only_from or came))
    return update(outbox).where(allowed).values(state=to.value)
