"""The updates in hand: taken from Telegram, and not yet both handled and confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Update = dict[str, Any]
"""One update as the Bot API gives it: parsed JSON, not an object of any library."""

Lane = tuple[str, int]
"""Whose turn it is: ("chat", chat or user id), ("poll", hash) or ("update", update id)."""


@dataclass(slots=True, eq=False)
class Held:
    """One update in hand. `polled`: an offset confirms it. `safe`: it lies in the spool."""

    update: Update
    lane: Lane
    polled: bool
    safe: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def number(self) -> int:
        """The update's id."""
        return int(self.update["update_id"])


class Hand:
    """Keeps count. `changed` is set whenever an update is handled; `droppable` are handled ids still in the spool."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._unsafe: dict[int, Held] = {}  # in order of arrival, which is the order of ids
        self._unconfirmed: list[Held] = []  # handled, and Telegram may send them again
        self._open = 0
        self._top: int | None = None
        self.changed = asyncio.Event()
        self.droppable: list[int] = []

    @property
    def unhandled(self) -> int:
        """How many updates are waiting or being handled."""
        return self._open

    @property
    def unsafe(self) -> list[Held]:
        """Polled, unhandled and in no spool: what would be lost in a crash, were it confirmed."""
        return list(self._unsafe.values())

    @property
    def offset(self) -> int | None:
        """The highest offset that confirms nothing unsafe; None before the first update."""
        if self._unsafe:
            return next(iter(self._unsafe))
        return None if self._top is None else self._top + 1

    def find(self, number: int) -> Held | None:
        """The update with this id, as long as it is in hand."""
        return self._held.get(number)

    def polled(self, update: Update) -> Held | None:
        """An update that getUpdates brought; None where it is in hand already."""
        self._top = int(update["update_id"])
        held = self._take(Held(update, lane_of(update), polled=True))
        if held is not None:
            self._unsafe[held.number] = held
        return held

    def loaded(self, update: Update) -> Held | None:
        """An update from the spool; Telegram may not have heard yet that it is confirmed, and send it again."""
        return self._take(Held(update, lane_of(update), polled=True, safe=True))

    def fed(self, update: Update) -> Held | None:
        """An update from a webhook; None where it is in hand already."""
        return self._take(Held(update, lane_of(update), polled=False))

    def _take(self, held: Held) -> Held | None:
        if held.number in self._held:
            return None
        self._held[held.number] = held
        self._open += 1
        return held

    def spooled(self, kept: list[Held]) -> None:
        """These lie in the spool now; some may have been handled while they were written."""
        for held in kept:
            held.safe = True
            self._unsafe.pop(held.number, None)
            if held.done.is_set():
                self.droppable.append(held.number)

    def settle(self, held: Held) -> None:
        """This one is handled (or was let go)."""
        self._open -= 1
        self._unsafe.pop(held.number, None)
        if held.safe:
            self.droppable.append(held.number)
        if held.polled:
            self._unconfirmed.append(held)
        else:
            del self._held[held.number]
        held.done.set()
        self.changed.set()

    def confirmed(self, offset: int | None) -> None:
        """Telegram was asked with this offset and will not send what lies below again: forget what is handled."""
        if offset is None:
            return
        for held in self._unconfirmed:
            if held.number < offset:
                del self._held[held.number]
        self._unconfirmed = [held for held in self._unconfirmed if held.number >= offset]


def lane_of(update: Update) -> Lane:
    """The lane of an update of any kind: its chat, else its user, else it alone.

    A private chat and its user have one id, so a person's inline queries wait in line with their messages.
    """
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, Mapping):
            continue
        if kind == "poll":
            return "poll", hash(body.get("id"))
        message = body.get("message")
        places = (body, message) if isinstance(message, Mapping) else (body,)
        for place in places:
            if isinstance(chat := place.get("chat"), Mapping):
                return "chat", int(chat["id"])
        for name in ("voter_chat", "user", "from"):
            if isinstance(who := body.get(name), Mapping):
                return "chat", int(who["id"])
    return "update", int(update["update_id"])
