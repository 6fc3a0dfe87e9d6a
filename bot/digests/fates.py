"""What became of messages that were to be taken back, one by one and in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bot.store.standing import Standing

LOOK: Final = 1.0
"""Seconds between two looks at what is under way, and of the first wait for an answer."""


class Fate(StrEnum):
    """What became of one message that was to be taken back."""

    DONE = "done"
    GONE = "gone"
    """It stood there no more."""
    SAME = "same"
    """It stood there as it should already."""
    COVERED = "covered"
    """It could not be deleted, and says now that what it held was withdrawn."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It stands there, and nobody knows its number: somebody has to change or delete it by hand."""
    UNANSWERED = "unanswered"
    """Nobody knows, or Telegram could not: to be tried again."""


class Unanswered(Exception):  # noqa: N818 - read as a sentence: raise Unanswered
    """What becomes of a message is not known, or not decided: Telegram says nothing, or asks to wait `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(f"no answer; to be tried again in {seconds} s")
        self.seconds = seconds


STANDS: Final = frozenset({Fate.REFUSED, Fate.UNKNOWN, Fate.UNANSWERED})
"""Fates after which a message stands as it did, or may."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """How many messages were changed or deleted, gone before or as they should be, refused by Telegram, too old; how
    many deliveries were stopped before they left, were under way when it began, are so still; in how many channels
    nobody knows whether a message stands, in how many other chats copies may stand whose numbers nobody knows; of an
    edition that has grown, in how many chats what did not fit follows
    in messages of its own, and in how many it is missing; how many messages are left to be changed or deleted by hand,
    and in which chats (their ids)."""

    done: int = 0
    gone: int = 0
    refused: int = 0
    too_old: int = 0
    stopped: int = 0
    under_way: int = 0
    left: int = 0
    doubtful: int = 0
    copies: int = 0
    follows: int = 0
    missing: int = 0
    by_hand: int = 0
    where: tuple[int, ...] = ()

    def counted(self, fates: Sequence[Fate]) -> Recalled:
        """The same with what became of some more messages."""
        return replace(
            self,
            done=self.done + fates.count(Fate.DONE) + fates.count(Fate.COVERED),
            gone=self.gone + fates.count(Fate.GONE) + fates.count(Fate.SAME),
            refused=self.refused + fates.count(Fate.REFUSED),
            by_hand=self.by_hand + fates.count(Fate.UNKNOWN),
        )


@dataclass(slots=True)
class Work:
    """An edition being taken back: what came of it so far, and which deliveries are to be looked at again.

    `fates` is what became of each message last, by the delivery and its place there; `silent` for how many seconds it
    was waited since Telegram answered last.
    """

    edition: int
    total: Recalled = field(default_factory=Recalled)
    again: set[int] = field(default_factory=set)
    fates: dict[tuple[int, int], Fate] = field(default_factory=dict)
    silent: float = 0.0
    back_off: float = LOOK

    @property
    def result(self) -> Recalled:
        """What came of all."""
        return self.total.counted(list(self.fates.values()))

    def count(self, **numbers: int) -> None:
        """Add to these numbers."""
        changed = {name: getattr(self.total, name) + number for name, number in numbers.items()}
        self.total = replace(self.total, **changed)

    def note(self, row: Standing, fates: Sequence[Fate], *, again: bool = False) -> None:
        """Note what became of a delivery's messages; what was done by this work itself, it did not find so. Of one that
        is to be looked at `again` as it stands now, only what is done counts."""
        for place, (message, fate) in enumerate(zip(row.message_ids, fates, strict=True)):
            if again and fate is not Fate.DONE:
                continue
            name = row.id, message or -place
            found = fate in (Fate.GONE, Fate.SAME) and self.fates.get(name) is Fate.DONE
            self.fates[name] = Fate.DONE if found else fate
        if Fate.UNKNOWN in fates and not again and row.chat_id not in self.total.where:
            self.total = replace(self.total, where=(*self.total.where, row.chat_id))
