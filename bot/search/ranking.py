"""Ranking: candidates in the order in which they answer, and whether they answer at all."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from bot.catalog.cards import Card, Kind
from bot.search.candidates import Parts, candidates
from bot.search.dictionary import is_real
from bot.search.interpretation import Interpretation
from bot.search.postings import Postings
from bot.search.synonyms import Synonyms

COVERAGE_ONE, COVERAGE_MORE = 0.6, 0.5
"""Least share of a question's weight that an answer covers: with one of its words, and with two or more of them."""
HAD = 0.6
"""The part from which a card has a word wholly: one mention in the text of a long card, or one of the word's family."""
COVERAGE_POWER = 1.5
"""How steeply a card falls that has only part of a question."""
RANKED = 28
"""Candidates whose words are looked at in their order; a reader sees a few of them."""
TAIL = 0.25
"""A card scored below this share of the best is no answer beside it."""
LEAST = 0.4
"""Least score of the best answer, by the weight of the question: below it, words stand scattered in a text about
something else. Of foreign questions nearly all stay under 0.36; those that have an answer begin at 0.5."""
FEW, MENTIONED = 2, 1.2
"""Where a question has so few words that say something, and everyday ones, a card must be about them, each with this
part on average, if they stand neither in its title nor near each other: power and bank are on many a page."""
ADJACENT, CLOSE = 0.25, 0.1
"""Added for words of a question that stand side by side on a card, or within a few words: as share of the score."""
BREAK = "\0"
"""Stands between the texts of a card in its row of words."""
WINDOW = 5
"""Words within which two words are close."""
IN_TITLE = 0.35
"""Added for the share of a question's weight that stands in the title."""
WHOLE_TITLE = 0.6
"""Added where the question is all that a title says; less where the title says more."""
ASKED_KIND = 0.6
"""Added where a card is of a kind that the question asks for."""
SUMMARY = 0.75
"""What a summary keeps of its score: it leads only when no narrower card comes near."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A card's number, its score, and whether it has all words of the question side by side, or a phrase that means
    the same.
    """

    number: int
    score: float
    together: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """What ranking reads: the cards, their postings, their words in order, the stems of every name of a card and
    of what it measures.

    A row of words is a text with one character for each stem (its number as a code point), since nothing is found
    faster in Python than a character in a text.
    """

    cards: Sequence[Card]
    postings: Postings
    synonyms: Synonyms
    rows: Sequence[str]
    term_numbers: Mapping[str, int]
    titles: Sequence[frozenset[frozenset[str]]]
    measures: Sequence[frozenset[frozenset[str]]]

    def rank(self, reading: Interpretation) -> list[Ranked]:
        """The cards that answer, best first; empty where none covers enough of the question."""
        weights = [unit.weight for unit in reading.units]
        if not sum(weights) or (all(unit.faint for unit in reading.units) and not reading.kinds):
            return []
        firm = sum([unit.weight for unit in reading.units if not unit.faint]) or sum(weights)
        found = candidates(reading, self.postings, COVERAGE_MORE * firm / sum(weights))
        best = heapq.nlargest(RANKED, self._scored(found, reading, weights))
        if not best:
            return []
        meant = _meant(reading, self.synonyms)
        characters = [(chr(self.term_numbers[term]), unit) for term, unit in meant.items() if term in self.term_numbers]
        whole = [span.term for span in reading.spans if span.end - span.first == len(weights) > 1]
        final = []
        for score, number in best:
            near = _nearness(self.rows[number], found[number], characters, weights)
            titled = self._titled_as(number, found[number], reading, meant)
            phrase = any(self.postings.has(term, number) for term in whole)
            if not (near or titled or phrase) and _scattered(found[number], reading):
                continue
            bonus = near + titled + (ASKED_KIND if self.cards[number].kind in reading.kinds else 0.0)
            together = phrase or near >= ADJACENT
            final.append(Ranked(number, score * (1 + bonus), together))
        if not final:
            return []
        final.sort(key=lambda ranked: (-ranked.score, ranked.number))
        best_score = final[0].score
        if best_score < LEAST * sum(weights):
            return []
        return [ranked for ranked in final if ranked.score >= TAIL * best_score]

    def _scored(
        self, found: Mapping[int, Parts], reading: Interpretation, weights: Sequence[float]
    ) -> Iterator[tuple[float, int]]:
        """Score and number of each card that covers enough."""
        firm = [number for number, unit in enumerate(reading.units) if not unit.faint] or [*range(len(weights))]
        total = sum([weights[unit] for unit in firm])
        asked = [(number, unit.kind) for number, unit in enumerate(reading.units) if unit.kind]
        for number, parts in found.items():
            for unit, kind in asked:
                if kind == self.cards[number].kind:
                    parts[unit] = max(parts[unit], 1.0)
            covered = 0.0
            for unit in firm:
                covered += weights[unit] if parts[unit] >= HAD else weights[unit] * parts[unit] / HAD
            share = covered / total
            if share < COVERAGE_MORE:
                continue
            if share < COVERAGE_ONE and sum([parts[unit] > 0 for unit in firm]) < 2:
                continue
            score = sum(map(mul, parts, weights)) * share**COVERAGE_POWER
            yield score * SUMMARY if self.cards[number].kind == Kind.SUMMARY else score, number

    def _titled_as(self, number: int, parts: Parts, reading: Interpretation, meant: Mapping[str, int]) -> float:
        """What the names of a card add to its score, and what it measures where figures are asked for."""
        names = self.titles[number]
        if Kind.STATISTIC in reading.kinds:
            names |= self.measures[number]
        return _titled(names, parts, meant, [unit.weight for unit in reading.units])


def _scattered(parts: Parts, reading: Interpretation) -> bool:
    """Whether a card has but mentions of the few everyday words of a question: names and terms tell more."""
    firm = [(part, unit) for part, unit in zip(parts, reading.units, strict=True) if not unit.faint]
    if len(firm) != FEW:
        return False
    mentioned = sum(part * unit.weight for part, unit in firm) < MENTIONED * sum(unit.weight for _, unit in firm)
    return mentioned and all(is_real(unit.typed) for _, unit in firm)


def _meant(reading: Interpretation, synonyms: Synonyms) -> dict[str, int]:
    """The stems that a question means, each with its unit: those of its words, then words that mean the same."""
    meant: dict[str, int] = {}
    for number, unit in enumerate(reading.units):
        for meaning in unit.meanings:
            meant.setdefault(meaning.term, number)
    for span in reading.spans:
        for phrase in synonyms.phrases(span.term):
            if len(phrase) == 1:
                meant.setdefault(phrase[0], span.first)
    return meant


def _nearness(row: str, parts: Parts, characters: Sequence[tuple[str, int]], weights: Sequence[float]) -> float:
    """What words side by side, or close, add: the weight of their pairs as a share of all."""
    if len(weights) < 2 or sum([part > 0 for part in parts]) < 2:
        return 0.0
    places: list[tuple[int, int]] = []
    for character, unit in characters:
        place = row.find(character)
        while place >= 0:
            places.append((place, unit))
            place = row.find(character, place + 1)
    places.sort()
    best: dict[tuple[int, int], float] = {}
    for (before, first), (after, second) in pairwise(places):
        if first == second or after - before > WINDOW or BREAK in row[before:after]:
            continue
        value = ADJACENT if after - before == 1 and second == first + 1 else CLOSE
        pair = (first, second) if first < second else (second, first)
        if best.get(pair, 0.0) < value:
            best[pair] = value
    total = sum(weights)
    return sum(value * (weights[first] + weights[second]) / total for (first, second), value in best.items())


def _titled(
    names: Collection[Collection[str]], parts: Parts, meant: Mapping[str, int], weights: Sequence[float]
) -> float:
    """What it adds that the question's words stand in a title, or are all of one."""
    best, total = 0.0, sum(weights)
    for name in names:
        units = {meant[word] for word in name if word in meant}
        if units:
            inside = sum(weights[unit] for unit in units if parts[unit]) / total
            said = sum(word in meant for word in name) / len(name)
            best = max(best, inside * (IN_TITLE + WHOLE_TITLE * inside * said**2))
    return best


def stems_of(reading: Interpretation, synonyms: Synonyms) -> Iterator[tuple[str, ...]]:
    """Every row of stems that a question means: its words with all their readings, and synonyms as phrases."""
    for unit in reading.units:
        for meaning in unit.meanings:
            yield (meaning.term,)
    for span in reading.spans:
        yield from synonyms.phrases(span.term) or ((span.term,),)
