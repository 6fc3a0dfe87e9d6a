"""Postings: on which cards a term stands and how much it says about each, in compact arrays."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

SATURATION = 1.2
"""BM25's k1: how fast repeating a word stops counting."""
LENGTH_SHARE = 0.35
"""BM25's b: how much a long card's words count less. Below the usual 0.75: cards are short, and long ones are rich."""
LONG = 1024
"""A term on more cards than this is long: it is looked up for cards found by rarer words rather than walked through."""
CHAMPIONS = 256
"""Cards of a long term that are candidates by themselves: those about which it says most."""


class Posting:
    """The cards of a term in ascending order, with an impact each: BM25 over weighted fields, without rarity."""

    __slots__ = ("__dict__", "cards", "impacts")

    def __init__(self, cards: array[int], impacts: array[float]) -> None:
        self.cards = cards
        self.impacts = impacts

    def __len__(self) -> int:
        return len(self.cards)

    def impact(self, card: int) -> float:
        """The impact on one card; 0 where the term does not stand on it."""
        place = bisect_left(self.cards, card)
        return self.impacts[place] if place < len(self.cards) and self.cards[place] == card else 0.0

    @cached_property
    def champions(self) -> tuple[int, ...]:
        """The cards with the greatest impact."""
        best = sorted(range(len(self.cards)), key=self.impacts.__getitem__, reverse=True)[:CHAMPIONS]
        return tuple(self.cards[place] for place in best)

    @cached_property
    def bits(self) -> int:
        """The cards as the bits of one number, so that long postings meet in one step."""
        bits = bytearray(self.cards[-1] // 8 + 1) if self.cards else bytearray(1)
        for card in self.cards:
            bits[card >> 3] |= 1 << (card & 7)
        return int.from_bytes(bits, "little")


class Postings:
    """All postings, and how rare each term is."""

    def __init__(self, cards: Iterable[Mapping[str, float]]) -> None:
        """Take for each card its terms with the sum of their field weights."""
        numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        counts: defaultdict[str, array[float]] = defaultdict(lambda: array("f"))
        lengths = array("f")
        for number, terms in enumerate(cards):
            for term, weight in terms.items():
                numbers[term].append(number)
                counts[term].append(weight)
            lengths.append(sum(terms.values()))
        self.size = len(lengths)
        average = (sum(lengths) / self.size if self.size else 0) or 1.0
        norms = [SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average) for length in lengths]
        self._postings = {
            term: Posting(
                found,
                array(
                    "f",
                    [
                        count * (SATURATION + 1) / (count + norms[card])
                        for count, card in zip(counts.pop(term), found, strict=True)
                    ],
                ),
            )
            for term, found in numbers.items()
        }
        for posting in self._postings.values():
            if len(posting) > LONG:
                _ = posting.champions, posting.bits

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    def get(self, term: str) -> Posting | None:
        """The posting of a term that stands on some card."""
        return self._postings.get(term)

    def has(self, term: str, card: int) -> bool:
        """Whether a term stands on a card."""
        posting = self._postings.get(term)
        return posting is not None and posting.impact(card) > 0

    def count(self, term: str) -> int:
        """On how many cards a term stands."""
        posting = self._postings.get(term)
        return len(posting) if posting else 0

    def rarity(self, count: int) -> float:
        """What a term on so many cards is worth: the logarithm of how few they are (BM25's idf)."""
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))
