"""Typing errors: which known words a misspelt one may be, found without walking through the vocabulary."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.keyboard import NEIGHBOURS

_ID_BITS = 22
_HASH_MASK = (1 << (64 - _ID_BITS)) - 1
_ID_MASK = (1 << _ID_BITS) - 1
"""A key holds 42 bits of a variant's hash and 22 bits of a word's number: four million words fit, collisions are
rare, and each find is verified."""

DOUBLED, SWAPPED, MISSING, EXTRA, NEAR_KEY, ALIKE, OTHER, TWO = 0.4, 0.5, 0.7, 0.9, 0.8, 0.6, 1.0, 1.7
"""What an error costs: a doubled letter or two swapped ones are slips of the finger, another letter may be another
word."""
FIRST_LETTER = 0.5
"""Added where the first letter is wrong: people seldom miss it."""
_ALIKE = frozenset(
    pair
    for first, second in (
        *("ао", "еи", "её", "ея", "иы", "эе", "дт", "бп", "вф", "гк", "зс", "жш", "шщ", "цс", "йи", "ию"),
        *("ae", "ei", "ai", "ou", "ao", "iy", "cs", "sz", "ck", "kq", "vw", "fv", "gj", "td", "bp", "uo", "mn"),
    )
    for pair in ((first, second), (second, first))
)


@dataclass(frozen=True, slots=True)
class Near:
    """A known word near a typed one: its number, and what the errors cost."""

    number: int
    cost: float


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Words with one first letter, shorter ones first, with their numbers."""

    numbers: list[int]
    words: list[str]

    def between(self, least: int, most: int) -> tuple[int, list[str]]:
        """The words of such lengths, and the place of the first."""
        begin = bisect_left(self.words, least, key=len)
        return begin, self.words[begin : bisect_right(self.words, most, lo=begin, key=len)]


class NearWords:
    """Words under each form with one letter left out; a typed word meets those that differ by one error.

    Two errors are looked for with rapidfuzz, only among words of the same first letter and of about the same length.
    """

    def __init__(self, words: Sequence[str], before: NearWords | None = None) -> None:
        """`before` are words most of which are the same: their keys are taken over."""
        self._words = words
        keys, known = before._renumbered(words) if before else ([], set[str]())
        for number, word in enumerate(words):
            if word not in known:
                keys += [(hash(variant) & _HASH_MASK) << _ID_BITS | number for variant in _variants(word)]
        keys.sort()
        self._keys = array("Q", keys)
        shelves: dict[str, list[int]] = {}
        for number in sorted(range(len(words)), key=lambda number: len(words[number])):
            shelves.setdefault(words[number][:1], []).append(number)
        self._shelves = {letter: _Shelf(numbers, [words[n] for n in numbers]) for letter, numbers in shelves.items()}

    def _renumbered(self, words: Sequence[str]) -> tuple[list[int], set[str]]:
        """The keys of those words that are the same here, with their numbers there, all but sorted; and those words."""
        numbers = {word: number for number, word in enumerate(words)}
        there = [numbers.get(word, -1) for word in self._words]
        keys = [key - (key & _ID_MASK) + number for key in self._keys if (number := there[key & _ID_MASK]) >= 0]
        return keys, set(self._words)

    def one_error(self, typed: str) -> Iterator[Near]:
        """Words at a distance of one error (optimal string alignment)."""
        seen: set[int] = set()
        for variant in _cuts(typed):
            for number in self._under(variant):
                if number not in seen:
                    seen.add(number)
                    word = self._words[number]
                    if OSA.distance(typed, word, score_cutoff=1) == 1:
                        yield Near(number, error_cost(typed, word))

    def two_errors(self, typed: str, limit: int) -> Iterator[Near]:
        """Words of the same first letter at a distance of two."""
        shelf = self._shelves.get(typed[:1])
        if shelf is None:
            return
        begin, words = shelf.between(len(typed) - 2, len(typed) + 2)
        for _, distance, place in process.extract(typed, words, scorer=OSA.distance, score_cutoff=2, limit=limit):
            if distance == 2:
                yield Near(shelf.numbers[begin + place], TWO)

    def _under(self, variant: str) -> Iterator[int]:
        start = (hash(variant) & _HASH_MASK) << _ID_BITS
        place, end = bisect_left(self._keys, start), start + _ID_MASK
        while place < len(self._keys) and (key := self._keys[place]) <= end:
            yield key & _ID_MASK
            place += 1


def _variants(word: str) -> list[str]:
    """The word, and it with each one letter left out; the same twice where a letter is doubled."""
    return [word, *[word[:place] + word[place + 1 :] for place in range(len(word))]]


def _cuts(word: str) -> Iterable[str]:
    return set(_variants(word))


def error_cost(typed: str, word: str) -> float:
    """What the one error costs by which a typed word differs from a known one."""
    place = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    first = FIRST_LETTER if place == 0 else 0.0
    if len(typed) > len(word):
        return first + (DOUBLED if _doubles(typed, place) else EXTRA)
    if len(typed) < len(word):
        return first + (DOUBLED if _doubles(word, place) else MISSING)
    if typed[place + 1 :] != word[place + 1 :]:
        return SWAPPED
    pair = (typed[place], word[place])
    return first + (ALIKE if pair in _ALIKE else NEAR_KEY if pair in NEIGHBOURS else OTHER)


def _doubles(longer: str, place: int) -> bool:
    return longer[place] in (longer[place - 1 : place], longer[place + 1 : place + 2])
