"""A text of the content as the index takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.search.numerals import figure_terms
from bot.search.questions import FILLERS
from bot.search.synonyms import Synonyms
from bot.search.words import stem, stems, tied_words


@dataclass(frozen=True, slots=True)
class Text:
    """The concepts in a text, and the other terms under which it is found; the stems of its words in order, without
    fillers; and its words, with those that a hyphen ties."""

    concepts: tuple[str, ...]
    terms: tuple[str, ...]
    row: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str, synonyms: Synonyms) -> Text:
        """Read a text."""
        read = stems(text)
        said = [(word, stemmed) for word, stemmed in read if word and word not in FILLERS and not word.isdigit()]
        row = tuple([stemmed for _, stemmed in said])
        tied = tied_words(text)
        figures = figure_terms(text, (word for word, _ in read))
        terms = (*figures, *row, *map(stem, tied))
        return cls(_concepts(text, synonyms), terms, row, (*(word for word, _ in said), *tied))

    def by(self, text: str, synonyms: Synonyms) -> Text:
        """The same text with the concepts of other synonyms."""
        return replace(self, concepts=_concepts(text, synonyms))


def _concepts(text: str, synonyms: Synonyms) -> tuple[str, ...]:
    return tuple([concept.term for concept in synonyms.find([stemmed for _, stemmed in stems(text)])])
