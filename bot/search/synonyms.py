"""Words and phrases that mean the same: each group is a concept, found in questions and in cards alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.search.questions import FILLERS
from bot.search.words import stems

MARK = "="
"""Begins the term of a concept, so that it meets no word."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept found in a row of words: its term, the first of the words and the one after the last."""

    term: str
    first: int
    end: int


class Synonyms:
    """The groups that editors keep, ready for finding. `words` are those of all entries: nobody misspelt them."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.words: set[str] = set()
        self._entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
        for number, group in enumerate(groups):
            term = f"{MARK}{number}"
            read = [[pair for pair in stems(entry) if pair[0]] for entry in group]
            self.words |= {word for entry in read for word, _ in entry if word not in FILLERS}
            entries = dict.fromkeys(tuple([stemmed for _, stemmed in entry]) for entry in read)
            self._phrases[term] = tuple(entry for entry in entries if entry)
            for entry in self._phrases[term]:
                self._entries.setdefault(entry[0], []).append((entry, term))

    def find(self, row: Sequence[str]) -> Iterator[Concept]:
        """Every concept in a row of stems, fillers among them."""
        for first, stem in enumerate(row):
            for entry, term in self._entries.get(stem, ()):
                end = first + len(entry)
                if len(entry) == 1 or tuple(row[first:end]) == entry:
                    yield Concept(term, first, end)

    def phrases(self, term: str) -> tuple[tuple[str, ...], ...]:
        """The ways to say a concept, each as a row of stems."""
        return self._phrases.get(term, ())
