"""Marking: where in a text the words stand that a search matched."""

from __future__ import annotations

from collections.abc import Iterable

from bot.search import numerals
from bot.search.words import tokens

Place = tuple[int, int]
"""Offsets of a marked stretch: its first character and the one after its last."""


class Marks:
    """The words that a question meant, ready for finding them in any text of either language."""

    def __init__(self, rows: Iterable[tuple[str, ...]] = ()) -> None:
        self._figures: set[str] = set()
        self._rows: dict[str, set[tuple[str, ...]]] = {}
        for row in rows:
            if len(row) == 1 and row[0].startswith(numerals.MARK):
                self._figures.add(row[0])
            elif row:
                self._rows.setdefault(row[0], set()).add(row)

    def places(self, text: str) -> list[Place]:
        """The matched stretches of a text in order; phrases and figures whole, none overlapping."""
        found: list[Place] = []
        words = list(tokens(text)) if self._rows else []
        stems = tuple(token.stem for token in words)
        for number, stem in enumerate(stems):
            rows = [row for row in self._rows.get(stem, ()) if stems[number : number + len(row)] == row]
            found += [(words[number].start, words[number + len(row) - 1].end) for row in rows]
        if self._figures:
            found += [(f.start, f.end) for f in numerals.figures(text) if numerals.term(f) in self._figures]
        return _merged(found)

    def count(self, text: str) -> int:
        """How many stretches of a text matched: for choosing the part of a card to show."""
        return len(self.places(text))


def _merged(places: Iterable[Place]) -> list[Place]:
    merged: list[Place] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
