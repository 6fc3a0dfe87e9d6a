"""The catalog: everything published, as one immutable snapshot with the look-ups that readers need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from bot.catalog.cards import Actor, BaseCard, Card, Kind, Statistic, Summary
from bot.catalog.files import Measure
from bot.catalog.sources import Source
from bot.catalog.values import Citation, When

KEY_LENGTH = 8
"""Characters of a card's key in a button's data."""
RELATED = 8
"""Most cards that count as near to a card."""

C = TypeVar("C", bound=BaseCard)
_KINDS = {kind: position for position, kind in enumerate(Kind)}


def card_key(card_id: str) -> str:
    """The short key of an id that buttons carry: the first characters of its SHA-256."""
    return hashlib.sha256(card_id.encode()).hexdigest()[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its summary, and how it is listed."""

    id: str
    icon: str
    order: int
    summary: Summary


@dataclass(frozen=True)
class Catalog:
    """A snapshot. Built once, never changed; publishing builds another. Drafts are not in it.

    `cards` are in reading order: by topic, then kind, then as they stand in the file. `topics_of` gives the topics of a
    card, its home first. `replaced` leads from the id of a withdrawn card to that of the card that replaced it.
    """

    cards: tuple[Card, ...] = ()
    topics: tuple[Topic, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    topics_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Card]:
        """Every card under its id."""
        return {card.id: card for card in self.cards}

    @cached_property
    def by_key(self) -> Mapping[str, Card]:
        """Every card under its 8-character key, and under the keys of its former ids and of those that it replaced."""
        old = (*self.replaced, *(name for card in self.cards for name in card.formerly))
        former = {card_key(name): card for name in old if (card := self.find(name))}
        return former | {card_key(card.id): card for card in self.cards}

    @cached_property
    def _former(self) -> Mapping[str, Card]:
        return {old: card for card in self.cards for old in card.formerly}

    def find(self, card_id: str) -> Card | None:
        """The card of an id or former id; of a withdrawn one, what replaced it."""
        for _ in range(len(self.replaced)):  # withdrawn cards may name one another in a circle
            card_id = self.replaced.get(card_id, card_id)
        return self.by_id.get(card_id) or self._former.get(card_id)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of an id."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def of_type(self, kind: type[C]) -> tuple[C, ...]:
        """All cards of a kind, in reading order."""
        return tuple(card for card in self.cards if isinstance(card, kind))

    def in_topic(self, topic_id: str) -> tuple[Card, ...]:
        """The cards of a topic by kind, those at home in it before those that are only also in it."""
        found = [card for card in self.cards if topic_id in self.topics_of.get(card.id, ())]
        return tuple(sorted(found, key=lambda card: (_KINDS[card.kind], self.topics_of[card.id][0] != topic_id)))

    def of_measure(self, measure: str) -> tuple[Statistic, ...]:
        """Estimates of one thing, the latest first."""
        found = [card for card in self.of_type(Statistic) if card.measure == measure]
        return tuple(sorted(found, key=self._date_parts, reverse=True))

    def source_summary(self, source_id: str) -> Summary | None:
        """The summary of one source."""
        card = self.by_id.get(source_id)
        return card if isinstance(card, Summary) else None

    def actor(self, actor_id: str) -> Actor | None:
        """A person or organisation by id."""
        card = self.by_id.get(actor_id)
        return card if isinstance(card, Actor) else None

    def as_of(self, card: Card) -> When | None:
        """What date the card speaks of: its own, or else the latest date of the sources that it cites."""
        if card.as_of:
            return card.as_of
        dates = self.source_dates(card.all_cites())
        return dates[-1] if dates else None

    def sources_span(self, card: Card) -> tuple[When, When] | None:
        """The first and the last date of the sources of a card that has no date of its own; None where they agree."""
        if card.as_of:
            return None
        dates = self.source_dates(card.all_cites())
        return (dates[0], dates[-1]) if dates and dates[0].parts != dates[-1].parts else None

    def source_dates(self, cites: Iterable[Citation]) -> list[When]:
        """The dates of the cited sources that have one, the earliest first."""
        dates = [source.date for cite in cites if (source := self.sources.get(cite.source)) and source.date]
        return sorted(dates, key=lambda when: when.parts)

    def _date_parts(self, card: Card) -> tuple[int, ...]:
        when = self.as_of(card)
        return when.parts if when else ()

    def related(self, card: Card) -> tuple[Card, ...]:
        """The cards nearest to this one, the nearest first: same measure, same lines, same holder, shared topics."""
        if card.id not in self._neighbours:
            self._neighbours[card.id] = self._find_related(card)
        return self._neighbours[card.id]

    @cached_property
    def _neighbours(self) -> dict[str, tuple[Card, ...]]:
        """What was worked out already: a snapshot never changes, so it stays true."""
        return {}

    def _find_related(self, card: Card) -> tuple[Card, ...]:
        scored = [(self._nearness(card, other), -number, other) for number, other in enumerate(self.cards)]
        scored = [entry for entry in scored if entry[0] > 0 and entry[2].id != card.id]
        scored.sort(key=lambda entry: entry[:2], reverse=True)
        return tuple(other for _, _, other in scored[:RELATED])

    def _nearness(self, card: Card, other: Card) -> float:
        if isinstance(card, Statistic) and isinstance(other, Statistic) and card.measure == other.measure:
            return 10
        mine, theirs = self._lines(card), self._lines(other)
        shared = len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0
        holders = {who for _, who in card.holders() if isinstance(who, str)}
        named = other.id in holders or bool(holders & {who for _, who in other.holders() if isinstance(who, str)})
        topics = set(self.topics_of.get(card.id, ())) & set(self.topics_of.get(other.id, ()))
        other_kind = 0.25 if other.kind != card.kind else 0.0
        near = 4 * shared + 1.0 * named + 0.75 * len(topics)
        return near + other_kind if near > 0 else 0

    @cached_property
    def _line_sets(self) -> Mapping[str, frozenset[tuple[str, int]]]:
        return {card.id: frozenset(cited_lines(card.all_cites())) for card in self.cards}

    def _lines(self, card: Card) -> frozenset[tuple[str, int]]:
        return self._line_sets.get(card.id, frozenset())


def cited_lines(cites: Iterable[Citation]) -> Iterable[tuple[str, int]]:
    """Every (source, line) that the citations name."""
    return ((cite.source, line) for cite in cites for line in cite.lines)
