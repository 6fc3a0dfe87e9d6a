"""Correction: each typed word with what it may mean, whatever keys, alphabet or spaces it was typed with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.search import numerals
from bot.search.dictionary import is_real
from bot.search.keyboard import switched
from bot.search.questions import FAINT, FILLERS
from bot.search.segmentation import segments
from bot.search.transliteration import sound_key
from bot.search.vocabulary import Meaning, Vocabulary
from bot.search.words import ACRONYM, Token, is_cyrillic, stem, tokens

SWITCHED = 0.85
"""Likeness kept by a misspelt word in the wrong layout, or by a near word beside a known one."""
SLIP = 0.85
"""Likeness from which a word is but a slip of the finger: two letters swapped, or one doubled."""
SEGMENT = 0.95
"""Likeness of the parts of words that were written together."""
SHORTEST_SWITCHED = 3
"""Letters of a word by which a wrong layout shows: shorter ones fit both layouts by chance."""

_ASKING_SOUNDS = {
    sound_key(word): word for word in sorted(FAINT) + sorted(FILLERS) if is_cyrillic(word) and len(word) > 1
}
"""Russian words that ask or join, by how they sound: skolko, kto takoy."""


_LETTERS = dict(zip("vskiou", "вскиоу", strict=True))


@dataclass(frozen=True, slots=True)
class Word:
    """A token with what it may mean: nothing for a filler, and nothing yet for an unknown word."""

    token: Token
    meanings: tuple[Meaning, ...] = ()
    filler: bool = False
    corrected: bool = False

    @property
    def term(self) -> str:
        """The likeliest term, or the stem of an unknown word."""
        return self.meanings[0].term if self.meanings else self.token.stem

    @property
    def shown(self) -> str:
        """The word as it was read."""
        word = self.meanings[0].surface if self.corrected and self.meanings else self.token.word
        return word.removesuffix(ACRONYM)


@dataclass(frozen=True, slots=True)
class Corrector:
    """Reads typed words with the vocabulary of one catalog."""

    vocabulary: Vocabulary

    def words(self, question: str, *, lightly: bool) -> list[Word]:
        """The words of a question. `lightly` leaves known words as they are; otherwise near ones count beside them."""
        found: list[Word] = []
        for chunk, begin in _chunks(question):
            words = [self._plain(_moved(token, begin)) for token in tokens(chunk)]
            known = any(word.meanings for word in words)
            real = known or (lightly and all(is_real(word.token.word) for word in words if not word.filler))
            found += (None if real else self._turned(chunk, begin)) or words
        found = self._joined(self._raised(found))
        lost = not any(word.meanings for word in found)
        return _transliterated([read for word in found for read in self._resolved(word, lightly=lightly, lost=lost)])

    def _plain(self, token: Token) -> Word:
        if token.filler or (len(token.word) == 1 and not token.word.isdigit()):
            return Word(token, filler=True)
        if token.word.isdigit():
            return Word(token, (Meaning(numerals.MARK + token.word, 1.0, token.word),))
        if self.vocabulary.knows(token.word):
            return Word(token, self.vocabulary.meanings(token.word))
        return Word(token)

    def _raised(self, words: Sequence[Word]) -> list[Word]:
        """Small letters read as an acronym where a filler says nothing: "the us", "us visas", "it workers"."""
        result: list[Word] = []
        for number, word in enumerate(words):
            raised = word.token.word + ACRONYM
            after = words[number + 1] if number + 1 < len(words) else None
            named = words[number - 1].token.word == "the" if number else after is None or not after.filler
            if word.filler and named and self.vocabulary.met(raised):
                token = word.token._replace(word=raised, stem=stem(raised))
                word = Word(token, self.vocabulary.meanings(raised))
            result.append(word)
        return result

    def _turned(self, chunk: str, begin: int) -> list[Word] | None:
        """A chunk read in the other layout, if all of it is known there."""
        for reading in switched(chunk):
            words = [self._plain(token) for token in tokens(reading)]
            if not words or not all(word.filler or word.meanings for word in words):
                continue
            known = [len(word.token.word) for word in words if word.meanings]
            fillers = [len(word.token.word) for word in words if word.filler]
            if max(known, default=0) >= SHORTEST_SWITCHED or max(fillers, default=0) >= SHORTEST_SWITCHED - 1:
                end = begin + len(chunk)
                return [
                    replace(word, token=word.token._replace(start=begin, end=end), corrected=bool(word.meanings))
                    for word in words
                ]
        return None

    def _joined(self, words: Sequence[Word]) -> list[Word]:
        """Two unknown neighbours that are one known word together are read as that."""
        result: list[Word] = []
        for word in words:
            last = result[-1] if result else None
            if last and not (last.meanings or word.meanings) and not (last.filler and word.filler):
                token = next(tokens(last.token.word + word.token.word), None)
                if token and self.vocabulary.met(token.word):
                    token = token._replace(start=last.token.start, end=word.token.end)
                    result[-1] = Word(token, self.vocabulary.meanings(token.word), corrected=True)
                    continue
            result.append(word)
        return result

    def _resolved(self, word: Word, *, lightly: bool, lost: bool) -> Iterator[Word]:
        """A word with what it may mean; several where words were written together. `lost`: no word is known."""
        typed = word.token.word
        if word.filler:
            yield word
        elif word.meanings:
            near = () if lightly else _less(self.vocabulary.near(typed), SWITCHED)
            yield replace(word, meanings=(*word.meanings, *near))
        elif forms := self.vocabulary.forms(typed):
            yield replace(word, meanings=forms)
        elif asking := self._asking(typed):
            yield replace(self._plain(word.token._replace(word=asking, stem=stem(asking))), corrected=True)
        elif lightly and is_real(typed):
            slips = self.vocabulary.slips(typed)
            yield replace(word, meanings=slips, corrected=bool(slips))
        elif (parts := segments(typed, self.vocabulary)) and not (_begun(parts) and self.vocabulary.near(typed)):
            yield from self._parted(word, parts)
        elif sounds := self.vocabulary.sounds_like(typed):
            near = self.vocabulary.near(typed) if is_cyrillic(typed) else ()
            yield replace(word, meanings=(*near, *sounds), corrected=True)
        else:
            near = self.vocabulary.near(typed) or (self._near_turned(typed) if lost else ())
            yield replace(word, meanings=near, corrected=bool(near))

    def _asking(self, typed: str) -> str | None:
        """The Russian word that asks or joins and sounds like this, unless it is rather an English word or a slip of
        one (vsia).
        """
        asking = None if is_cyrillic(typed) else _ASKING_SOUNDS.get(sound_key(typed))
        if asking is None or len(typed) < SHORTEST_SWITCHED:
            return asking
        slip = any(near.likeness >= SLIP and near.surface.isascii() for near in self.vocabulary.near(typed))
        return None if slip or is_real(typed) else asking

    def _parted(self, word: Word, parts: Sequence[str]) -> Iterator[Word]:
        for part in parts:
            for token in tokens(part):
                found = self._plain(token._replace(start=word.token.start, end=word.token.end))
                yield replace(found, meanings=_less(found.meanings, SEGMENT), corrected=bool(found.meanings))

    def _near_turned(self, typed: str) -> tuple[Meaning, ...]:
        for reading in switched(typed):
            found = [token.word for token in tokens(reading)]
            if len(found) == 1 and (near := self.vocabulary.near(found[0])):
                return _less(near, SWITCHED)
        return ()


def _begun(parts: Sequence[str]) -> bool:
    """Whether it is one word with a filler before it: опозиция is rather misspelt than о позиция."""
    return len(parts) == 2 and parts[0] in FILLERS


def _transliterated(words: list[Word]) -> list[Word]:
    """Latin letters that stand for a Russian word of one letter, where a word beside them was read as Russian."""
    if not any(word.corrected and is_cyrillic(word.shown) and word.token.word.isascii() for word in words):
        return words
    letters = ((_LETTERS.get(word.token.word), word) for word in words)
    return [
        replace(word, token=word.token._replace(word=letter, stem=letter), corrected=True) if letter else word
        for letter, word in letters
    ]


def _less(meanings: Sequence[Meaning], share: float) -> tuple[Meaning, ...]:
    return tuple(replace(meaning, likeness=meaning.likeness * share) for meaning in meanings)


def _moved(token: Token, by: int) -> Token:
    return token._replace(start=token.start + by, end=token.end + by)


def _chunks(question: str) -> Iterator[tuple[str, int]]:
    """What stands between spaces, with its place: marks may be letters of the other layout."""
    place = 0
    for chunk in question.split():
        place = question.index(chunk, place)
        yield chunk, place
        place += len(chunk)
