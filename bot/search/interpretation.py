"""What a question means: its words with all that each may stand for, the concepts in it, the kind that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.catalog.cards import Kind
from bot.search import numerals
from bot.search.correction import Corrector, Word
from bot.search.postings import Postings
from bot.search.questions import FAINT, kinds_asked_for
from bot.search.synonyms import Synonyms
from bot.search.vocabulary import Meaning
from bot.search.words import MAX_QUESTION, Token, is_cyrillic, normalise_word, stem

MAX_UNITS = 16
"""Words of a question that are looked up: more say nothing new, and each costs a look-up."""
CONCEPT = 0.85
"""Likeness of a synonym: it should not beat the word itself."""
FAINT_WEIGHT = 0.35
"""What a word that says little about any subject keeps of its weight."""
FAINT_UNKNOWN = 0.12
"""The same where no card has it: then it was surely only a way of asking."""

_FAINT_STEMS = frozenset(stem(word) for word in FAINT if is_cyrillic(word))


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that carries meaning: what was typed, what it may stand for, and its weight in the question.

    `kind` is set where the word asks for a kind of card: every card of that kind has it. `shown` is the word as read.
    """

    typed: str
    meanings: tuple[Meaning, ...]
    weight: float
    faint: bool = False
    kind: Kind | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A row of units, from `first` to before `end`, that one term covers: a concept or a figure."""

    term: str
    first: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question as the ranking reads it. `read_as` is set where words were corrected or turned."""

    units: tuple[Unit, ...] = ()
    spans: tuple[Span, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    read_as: str | None = None

    @property
    def known(self) -> tuple[str, ...]:
        """The words that stand on some card and say something, as they were read, in their order."""
        return tuple(unit.shown for unit in self.units if unit.meanings and not unit.faint)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads questions with the vocabulary, the synonyms and the counts of one catalog."""

    corrector: Corrector
    synonyms: Synonyms
    postings: Postings

    def read(self, question: str, *, lightly: bool = True) -> Interpretation:
        """Interpret a question. `lightly` leaves known words as they are; otherwise near ones count beside them."""
        question = question[:MAX_QUESTION]
        words = self.corrector.words(question, lightly=lightly)
        content = [number for number, word in enumerate(words) if not word.filler][:MAX_UNITS]
        places = {number: unit for unit, number in enumerate(content)}
        spans = [*self._figures(question, words), *self._concepts(words)]
        found = tuple(moved for span in spans if (moved := _over_units(span, places)))
        shown = " ".join(word.shown for word in words)
        asked = dict(kinds_asked_for(shown))
        asking = {word: kind for kind, phrase in asked.items() for word in phrase.split()}
        written = [_written(word, question) for word in words]
        units = [self._unit(words[number], asking, written[number]) for number in content]
        self._weigh_spans(units, found)
        corrected = any(word.corrected for word in words)
        return Interpretation(tuple(units), found, frozenset(asked), " ".join(written) if corrected else None)

    def _figures(self, question: str, words: Sequence[Word]) -> Iterator[Span]:
        for figure in numerals.figures(question):
            inside = [n for n, w in enumerate(words) if w.token.start >= figure.start and w.token.end <= figure.end]
            if inside:
                yield Span(numerals.term(figure), inside[0], inside[-1] + 1, 1.0)

    def _concepts(self, words: Sequence[Word]) -> Iterator[Span]:
        for concept in self.synonyms.find([word.term for word in words]):
            likeness = min(
                (word.meanings[0].likeness for word in words[concept.first : concept.end] if word.meanings), default=1.0
            )
            yield Span(concept.term, concept.first, concept.end, CONCEPT * likeness)

    def _unit(self, word: Word, asking: Mapping[str, Kind], written: str) -> Unit:
        sure = [meaning for meaning in word.meanings if self.postings.count(meaning.term)]
        best = max((meaning.likeness for meaning in sure), default=0.0)
        count = max((self.postings.count(m.term) for m in sure if m.likeness >= best), default=0)
        weight = self.postings.rarity(max(count, 1))
        faint = word.token.word in asking or _is_faint(word.token)
        if faint:
            weight *= FAINT_WEIGHT if sure else FAINT_UNKNOWN
        kind = asking.get(word.token.word)
        return Unit(word.token.word, tuple(sure), weight, faint, kind, written)

    def _weigh_spans(self, units: list[Unit], spans: Sequence[Span]) -> None:
        """A figure counts as one word, however many it is written in; a phrase at least as much as it is rare."""
        for span in spans:
            count = self.postings.count(span.term)
            whole = self.postings.rarity(max(count, 1))
            weight = sum(unit.weight for unit in units[span.first : span.end])
            if span.term.startswith(numerals.MARK) or (count and weight < whole):
                for number in range(span.first, span.end):
                    units[number] = replace(units[number], weight=units[number].weight * whole / weight)


def _is_faint(token: Token) -> bool:
    return token.word in FAINT or (is_cyrillic(token.word) and token.stem in _FAINT_STEMS)


def _written(word: Word, question: str) -> str:
    """A word as it was read, or as it was typed, capitals included, where nothing was corrected."""
    typed = question[word.token.start : word.token.end]
    return word.shown if word.corrected or normalise_word(typed) != word.token.word else typed


def _over_units(span: Span, places: dict[int, int]) -> Span | None:
    """A span over words as one over units: fillers inside it fall away."""
    inside = [places[number] for number in range(span.first, span.end) if number in places]
    return replace(span, first=inside[0], end=inside[-1] + 1) if inside else None
