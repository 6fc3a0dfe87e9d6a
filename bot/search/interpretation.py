"""What a question means: its words with all that each may stand for, the concepts in it, the kind that it asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.catalog.cards import Kind
from bot.search import numerals
from bot.search.keyboard import switched
from bot.search.postings import Postings
from bot.search.questions import FAINT, FILLERS, kinds_asked_for
from bot.search.segmentation import segments
from bot.search.synonyms import Synonyms
from bot.search.transliteration import sound_key
from bot.search.vocabulary import Meaning, Vocabulary
from bot.search.words import MAX_QUESTION, Token, is_cyrillic, tokens

MAX_UNITS = 16
"""Words of a question that are looked up: more say nothing new, and each unknown one costs a search."""
CONCEPT = 0.85
"""Likeness of a synonym: it should not beat the word itself."""
FAINT_WEIGHT = 0.35
"""What a word that says little about any subject keeps of its weight."""
FAINT_UNKNOWN = 0.12
"""The same where no card has it: then it was surely only a way of asking."""
SWITCHED = 0.85
"""Likeness kept by a misspelt word in the wrong layout."""
SEGMENT = 0.95
"""Likeness of the parts of words that were written together."""
SHORTEST_SWITCHED = 3
"""Letters of a word by which a wrong layout shows: shorter ones fit both layouts by chance."""

_FILLER_SOUNDS = frozenset(sound_key(word) for word in FILLERS if is_cyrillic(word) and len(word) > 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that carries meaning: what was typed, what it may stand for, and its weight in the question."""

    typed: str
    meanings: tuple[Meaning, ...]
    weight: float
    faint: bool = False


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
    stems: tuple[str, ...] = ()
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A token with what it may mean; none for a filler."""

    token: Token
    meanings: tuple[Meaning, ...] = ()
    filler: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads questions with the vocabulary, the synonyms and the counts of one catalog."""

    vocabulary: Vocabulary
    synonyms: Synonyms
    postings: Postings

    def read(self, question: str, *, lightly: bool = True) -> Interpretation:
        """Interpret a question. `lightly` leaves known words as they are; otherwise near ones count beside them."""
        question = question[:MAX_QUESTION]
        words = self._words(question, lightly=lightly)
        spans = [*self._figures(question, words), *self._concepts(words)]
        content = [number for number, word in enumerate(words) if not word.filler][:MAX_UNITS]
        place = {number: unit for unit, number in enumerate(content)}
        moved = [_moved(span, place) for span in spans]
        found = [span for span in moved if span.end > span.first]
        shown = " ".join(word.meanings[0].surface if word.corrected else word.token.word for word in words)
        asked = dict(kinds_asked_for(shown))
        asking = {word for phrase in asked.values() for word in phrase.split()}
        units = [self._unit(words[number], asking) for number in content]
        self._weigh_spans(units, found)
        return Interpretation(
            tuple(units),
            tuple(found),
            frozenset(asked),
            tuple(_term(word) for word in words if not word.filler),
            shown if any(word.corrected for word in words) else None,
        )

    def _words(self, question: str, *, lightly: bool) -> list[_Word]:
        chunks = [self._chunk(chunk, begin) for chunk, begin in _chunks(question)]
        turned = [
            self._turned(chunk, begin) if not self._any_known(found) else None
            for found, (chunk, begin) in zip(chunks, _chunks(question), strict=True)
        ]
        if any(turned):
            chunks = [other or found for found, other in zip(chunks, turned, strict=True)]
        found = [word for chunk in chunks for word in chunk]
        found = self._joined(found)
        return [word for token in found for word in self._resolved(token, lightly=lightly, alone=len(found) == 1)]

    def _chunk(self, chunk: str, begin: int) -> list[_Word]:
        return [
            self._plain(token._replace(start=token.start + begin, end=token.end + begin)) for token in tokens(chunk)
        ]

    def _plain(self, token: Token) -> _Word:
        if token.filler or (len(token.word) == 1 and not token.word.isdigit()):
            return _Word(token, filler=True)
        if token.word.isdigit():
            return _Word(token, (Meaning(numerals.MARK + token.word, 1.0, token.word),))
        if self.vocabulary.knows(token.word):
            return _Word(token, self.vocabulary.meanings(token.word))
        return _Word(token)

    @staticmethod
    def _any_known(words: Sequence[_Word]) -> bool:
        return any(word.meanings for word in words)

    def _turned(self, chunk: str, begin: int) -> list[_Word] | None:
        """A chunk read in the other layout, if all of it is known there."""
        for reading in switched(chunk):
            words = [self._plain(token) for token in tokens(reading)]
            known = [word for word in words if word.meanings]
            if not words or not all(word.filler or word.meanings for word in words):
                continue
            if (known and max(len(word.token.word) for word in known) >= SHORTEST_SWITCHED) or (
                not known and max(len(word.token.word) for word in words) >= SHORTEST_SWITCHED - 1
            ):
                end = begin + len(chunk)
                return [
                    replace(word, token=word.token._replace(start=begin, end=end), corrected=bool(word.meanings))
                    for word in words
                ]
        return None

    def _joined(self, words: list[_Word]) -> list[_Word]:
        """Two neighbours of which one is unknown, where together they are a known word."""
        result: list[_Word] = []
        for word in words:
            last = result[-1] if result else None
            if last and not (last.filler and word.filler) and not (last.meanings and word.meanings):
                token = next(tokens(last.token.word + word.token.word), None)
                if token and self.vocabulary.met(token.word) and not (last.meanings or word.meanings):
                    token = token._replace(start=last.token.start, end=word.token.end)
                    result[-1] = _Word(token, self.vocabulary.meanings(token.word), corrected=True)
                    continue
            result.append(word)
        return result

    def _resolved(self, word: _Word, *, lightly: bool, alone: bool) -> Iterator[_Word]:
        """A word with what it may mean; several where words were written together."""
        typed = word.token.word
        if word.filler:
            yield word
        elif word.meanings:
            more = (
                ()
                if lightly
                else tuple(replace(m, likeness=m.likeness * SWITCHED) for m in self.vocabulary.near(typed))
            )
            yield replace(word, meanings=(*word.meanings, *more))
        elif forms := self.vocabulary.forms(typed):
            yield replace(word, meanings=forms)
        elif parts := segments(typed, self.vocabulary):
            for part in parts:
                token = next(tokens(part))._replace(start=word.token.start, end=word.token.end)
                found = self._plain(token)
                yield replace(
                    found,
                    meanings=tuple(replace(m, likeness=m.likeness * SEGMENT) for m in found.meanings),
                    corrected=bool(found.meanings),
                )
        elif sounds := self.vocabulary.sounds_like(typed):
            yield replace(word, meanings=sounds, corrected=True)
        elif not alone and not is_cyrillic(typed) and sound_key(typed) in _FILLER_SOUNDS:
            yield replace(word, filler=True)
        else:
            near = self.vocabulary.near(typed) or self._near_turned(typed)
            yield replace(word, meanings=near, corrected=bool(near))

    def _near_turned(self, typed: str) -> tuple[Meaning, ...]:
        for reading in switched(typed):
            found = [token.word for token in tokens(reading)]
            if len(found) == 1 and (near := self.vocabulary.near(found[0])):
                return tuple(replace(meaning, likeness=meaning.likeness * SWITCHED) for meaning in near)
        return ()

    def _figures(self, question: str, words: Sequence[_Word]) -> Iterator[Span]:
        for figure in numerals.figures(question):
            inside = [n for n, w in enumerate(words) if w.token.start >= figure.start and w.token.end <= figure.end]
            if inside:
                yield Span(numerals.term(figure), inside[0], inside[-1] + 1, 1.0)

    def _concepts(self, words: Sequence[_Word]) -> Iterator[Span]:
        for concept in self.synonyms.find([_term(word) for word in words]):
            likeness = min(
                (word.meanings[0].likeness for word in words[concept.first : concept.end] if word.meanings), default=1.0
            )
            yield Span(concept.term, concept.first, concept.end, CONCEPT * likeness)

    def _unit(self, word: _Word, asking: Collection[str]) -> Unit:
        sure = [meaning for meaning in word.meanings if self.postings.count(meaning.term)]
        best = max((meaning.likeness for meaning in sure), default=0.0)
        count = max((self.postings.count(m.term) for m in sure if m.likeness >= best), default=0)
        weight = self.postings.rarity(max(count, 1))
        faint = word.token.word in FAINT or word.token.word in asking
        if faint:
            weight *= FAINT_WEIGHT if sure else FAINT_UNKNOWN
        return Unit(word.token.word, tuple(sure), weight, faint)

    def _weigh_spans(self, units: list[Unit], spans: Sequence[Span]) -> None:
        """A figure counts as one word, however many it is written in; a phrase at least as much as it is rare."""
        for span in spans:
            count = self.postings.count(span.term)
            whole = self.postings.rarity(max(count, 1))
            weight = sum(unit.weight for unit in units[span.first : span.end])
            if span.term.startswith(numerals.MARK) or (count and weight < whole):
                for number in range(span.first, span.end):
                    units[number] = replace(units[number], weight=units[number].weight * whole / weight)


def _chunks(question: str) -> Iterator[tuple[str, int]]:
    place = 0
    for chunk in question.split():
        place = question.index(chunk, place)
        yield chunk, place
        place += len(chunk)


def _term(word: _Word) -> str:
    return word.meanings[0].term if word.meanings else word.token.stem


def _moved(span: Span, place: dict[int, int]) -> Span:
    """A span over words as one over units: fillers inside it fall away."""
    inside = [place[number] for number in range(span.first, span.end) if number in place]
    return Span(span.term, inside[0], inside[-1] + 1, span.likeness) if inside else Span(span.term, 0, 0, 0.0)
