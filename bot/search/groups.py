"""Groups: results that say the same stand behind the best of them, one tap away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.catalog.cards import Card, Statistic
from bot.catalog.snapshot import Catalog, cited_lines

if TYPE_CHECKING:
    from bot.search.index import Hit

Lines = frozenset[tuple[str, int]]

SAME_LINES = 0.8
"""Share of cited lines, of the union, from which two cards of one kind and topic say the same."""


def group(hits: Sequence[Hit], catalog: Catalog) -> list[list[Hit]]:
    """Hits in groups, each with its best first: estimates of one measure; cards of one kind on the same lines."""
    groups: list[list[Hit]] = []
    known: dict[object, list[tuple[Lines, list[Hit]]]] = {}
    for hit in hits:
        lines = frozenset(cited_lines(hit.card.all_cites()))
        rivals = known.setdefault(_sort(hit.card, catalog), [])
        same = next(
            (found for theirs, found in rivals if isinstance(hit.card, Statistic) or _repeat(lines, theirs)), None
        )
        if same is None:
            groups.append([hit])
            rivals.append((lines, groups[-1]))
        else:
            same.append(hit)
    return groups


def _sort(card: Card, catalog: Catalog) -> object:
    """What two cards must share to say the same."""
    return card.measure if isinstance(card, Statistic) else (card.kind, catalog.topics_of.get(card.id, ())[:1])


def _repeat(mine: Lines, theirs: Lines) -> bool:
    return len(mine & theirs) >= SAME_LINES * len(mine | theirs)
