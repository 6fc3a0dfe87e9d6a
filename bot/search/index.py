"""The index: which words stand on which cards, and the ranking of cards for a question.

One index holds both languages, so that a question in either finds a card through either. Built once for a snapshot and
never changed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.catalog.cards import Actor, Card, Term
from bot.catalog.snapshot import Catalog
from bot.search.words import FILLERS, MAX_QUESTION, normalise, numbers, stem, words

TITLE, TAG, TEXT = 4.0, 3.0, 1.0
"""What a word counts by where it stands."""
COVERAGE = 0.55
"""Least share of a question's weight that an answer must cover; below it nothing fits."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that answers, and how well; scores compare only within one answer."""

    card: Card
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question finds, best first. Where nothing fits: other words to try, and cards near it."""

    hits: tuple[Hit, ...] = ()
    did_you_mean: str | None = None
    near: tuple[Card, ...] = ()


@dataclass(slots=True)
class Index:
    """Cards under the stems of their words, with the weight of each."""

    catalog: Catalog
    postings: dict[str, dict[int, float]] = field(default_factory=dict)
    vocabulary: dict[str, str] = field(default_factory=dict)
    synonyms: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def build(cls, catalog: Catalog) -> Index:
        """Index a snapshot."""
        index = cls(catalog)
        for number, card in enumerate(catalog.cards):
            weights: defaultdict[str, float] = defaultdict(float)
            for weight, text in _fields(card):
                for word in words(text):
                    if word not in FILLERS:
                        index.vocabulary.setdefault(word, stem(word))
                        weights[stem(word)] += weight
                for figure in numbers(text):
                    weights[figure] += weight
            for term, weight in weights.items():
                index.postings.setdefault(term, {})[number] = 1 + math.log(weight) if weight > 1 else weight
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for group in catalog.synonyms:
            singles = {stem(words(entry)[0]) for entry in group if len(words(entry)) == 1}
            for term in singles:
                groups[term] |= singles
        index.synonyms = dict(groups)
        return index

    def search(self, question: str) -> Answer:
        """Answer a question. Costs time in proportion to the vocabulary, whatever the question's length."""
        question = question[:MAX_QUESTION]
        exact = self.catalog.find(normalise(question).strip().replace(" ", "-"))
        terms = self._terms(question)
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        total = 0.0
        for alternatives in terms:
            rarity = max((self._rarity(term) for term, _ in alternatives), default=self._rarity(""))
            total += rarity
            best: dict[int, float] = {}
            for term, likeness in alternatives:
                for number, weight in self.postings.get(term, {}).items():
                    best[number] = max(best.get(number, 0), likeness * weight * self._rarity(term))
            for number, score in best.items():
                scores[number] += score
                covered[number] += rarity
        hits = [
            Hit(self.catalog.cards[number], score * (covered[number] / total) ** 2)
            for number, score in scores.items()
            if covered[number] >= COVERAGE * total
        ]
        hits.sort(key=lambda hit: -hit.score)
        if exact:
            hits = [Hit(exact, math.inf), *(hit for hit in hits if hit.card.id != exact.id)]
        return Answer(tuple(hits)) if hits else Answer(near=self.near(question))

    def near(self, words_given: str, cards: Iterable[Card] | None = None, limit: int = 3) -> tuple[Card, ...]:
        """Cards whose title or id is written nearly like this; empty where none is near."""
        wanted = normalise(words_given)[:MAX_QUESTION]
        pool = list(cards if cards is not None else (topic.summary for topic in self.catalog.topics))
        names = [(normalise(name), card) for card in pool for name in (card.id, card.title.en, card.title.ru)]
        found = process.extract(
            wanted, [name for name, _ in names], scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=70
        )
        return tuple(dict.fromkeys(names[place][1] for _, _, place in found))[:limit]

    def _rarity(self, term: str) -> float:
        return math.log(1 + (len(self.catalog.cards) + 1) / (1 + len(self.postings.get(term, ()))))

    def _terms(self, question: str) -> list[list[tuple[str, float]]]:
        """For each word of the question the stems that it may mean, each with its likeness."""
        terms = [[(figure, 1.0)] for figure in numbers(question)]
        for word in words(question):
            if word in FILLERS or word.isdigit():
                continue
            found = {stem(word): 1.0}
            for other in self.synonyms.get(stem(word), ()):
                found.setdefault(other, 0.8)
            if stem(word) not in self.postings:
                for other, likeness in self._alike(word):
                    found[other] = max(found.get(other, 0), likeness)
            terms.append([(term, likeness) for term, likeness in found.items() if term in self.postings])
        return terms

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        """Words of the vocabulary that differ by a typing error: one in short words, two in long ones."""
        if len(word) < 4:
            return
        most = 1 if len(word) < 7 else 2
        for found, distance, _ in process.extract(
            word, self.vocabulary.keys(), scorer=OSA.distance, score_cutoff=most, limit=5
        ):
            yield self.vocabulary[found], 0.8 if distance == 1 else 0.6


def _fields(card: Card) -> Iterator[tuple[float, str]]:
    """Every text of a card with what a word in it counts."""
    for path, text in card.texts():
        weight = TITLE if path == ("title",) else TEXT
        yield weight, text.en
        yield weight, text.ru
    names = [*card.tags.en, *card.tags.ru]
    if isinstance(card, Actor | Term):
        names += [*card.aliases.en, *card.aliases.ru]
    for name in names:
        yield TAG, name
    for _, number in card.values():
        yield TITLE, number
