"""What of an edition never parts: a card, a line of a list, the head; and how messages are filled with them.

Since no piece stands half in one message and half in the next, it can be said of every message which cards it holds,
and what comes after it can be made of those that it does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.layout.blocks import Block, Content, ItemList

Told = Sequence[Sequence[str]]
"""What each message that went holds, by the names of pieces."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks, or one item of a list, under the blocks `over` that open its section in every message.

    `name` is what it is known by as long as it is the same card; `formerly` are the names that it had.
    """

    name: str
    blocks: tuple[Block, ...] = ()
    item: Content = ()
    over: tuple[Block, ...] = ()
    formerly: tuple[str, ...] = ()

    def within(self, names: Collection[str]) -> bool:
        """Whether one of these names is or was its own."""
        return self.name in names or any(name in names for name in self.formerly)


def together(pieces: Iterable[Piece]) -> list[Block]:
    """Pieces as the blocks of one message: each section opened once, items side by side in one list."""
    blocks: list[Block] = []
    for over, section in groupby(pieces, key=lambda piece: piece.over):
        blocks += over
        for listed, some in groupby(section, key=lambda piece: bool(piece.item)):
            if listed:
                blocks.append(ItemList(tuple(piece.item for piece in some)))
            else:
                blocks += [block for piece in some for block in piece.blocks]
    return blocks


def left_of(pieces: Iterable[Piece], told: Told) -> tuple[Piece, ...]:
    """The pieces that these messages do not hold."""
    names = frozenset(name for message in told for name in message)
    return tuple(piece for piece in pieces if not piece.within(names))


def fill(pieces: Sequence[Piece], fits: Callable[[Sequence[Piece]], bool]) -> list[tuple[Piece, ...]]:
    """The messages of pieces in their order, each with as many as fit; one that fits into none stands alone."""
    messages: list[tuple[Piece, ...]] = []
    while pieces:
        count = _most(pieces, fits)
        messages.append(tuple(pieces[:count]))
        pieces = pieces[count:]
    return messages


def _most(pieces: Sequence[Piece], fits: Callable[[Sequence[Piece]], bool]) -> int:
    """How many of the first fit together, at least one; found in a few trials, since each is printed."""
    if fits(pieces):
        return len(pieces)
    return max(1, bisect_left(range(1, len(pieces)), True, key=lambda count: not fits(pieces[:count])))
