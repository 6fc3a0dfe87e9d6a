"""Groups: results that say the same stand behind the best of them, one tap away."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from bot.catalog.cards import Card, Statistic
from bot.catalog.snapshot import Catalog, cited_lines

Lines = frozenset[tuple[str, int]]

SAME_LINES = 0.8
"""Share of cited lines, of the union, from which two cards of one kind and topic say the same."""


class Groups:
    """What each card must share with another to say the same: a measure, or kind, topic and most cited lines."""

    def __init__(self, catalog: Catalog) -> None:
        self._sorts = [_sort(card, catalog) for card in catalog.cards]
        self._lines = [frozenset(cited_lines(card.all_cites())) for card in catalog.cards]
        self._measured = [isinstance(card, Statistic) for card in catalog.cards]

    def group(self, numbers: Sequence[int]) -> list[list[int]]:
        """Numbers of cards, best first, in groups; each group begins with its best and stands at its place."""
        groups: list[list[int]] = []
        rivals: dict[Hashable, list[list[int]]] = {}
        for number in numbers:
            known = rivals.setdefault(self._sorts[number], [])
            same = next((found for found in known if self._repeats(found[0], number)), None)
            if same is None:
                groups.append([number])
                known.append(groups[-1])
            else:
                same.append(number)
        return groups

    def _repeats(self, first: int, second: int) -> bool:
        mine, theirs = self._lines[first], self._lines[second]
        return self._measured[first] or len(mine & theirs) >= SAME_LINES * len(mine | theirs) > 0


def _sort(card: Card, catalog: Catalog) -> Hashable:
    return card.measure if isinstance(card, Statistic) else (card.kind, catalog.topics_of.get(card.id, ())[:1])
