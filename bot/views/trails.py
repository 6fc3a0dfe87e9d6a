"""Trails: the lists in which a reader walks from card to card. A trail's name is short enough for a button.

`t:KEY` the cards of a topic, `t:KEY:s` those of one kind; `k:s` all cards of a kind; `a:eu` recommendations to an
audience; `m:KEY` estimates of a measure; `o:KEY` cards from a source; `n:KEY` cards near a card; `q` search results.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.catalog.cards import Audience, BaseCard, Card, Event, Kind, Recommendation, Summary, Term
from bot.catalog.snapshot import Catalog, card_key
from bot.i18n import Language
from bot.views.reading import Reading

KIND_LETTERS = {
    Kind.SUMMARY: "u",
    Kind.STATISTIC: "s",
    Kind.RECOMMENDATION: "r",
    Kind.ARGUMENT: "a",
    Kind.DEBATE: "d",
    Kind.EVENT: "e",
    Kind.ACTOR: "p",
    Kind.TERM: "g",
}
_KINDS = {letter: kind for kind, letter in KIND_LETTERS.items()}
SEARCH = "q"


def topic_trail(topic_id: str, kind: Kind | None = None) -> str:
    """The cards of a topic, or those of one kind in it."""
    return f"t:{card_key(topic_id)}" + (f":{KIND_LETTERS[kind]}" if kind else "")


def kind_trail(kind: Kind) -> str:
    """All cards of a kind."""
    return f"k:{KIND_LETTERS[kind]}"


def audience_trail(audience: Audience) -> str:
    """Recommendations to an audience."""
    return f"a:{audience.value}"


def measure_trail(measure_id: str) -> str:
    """Estimates of one measure."""
    return f"m:{card_key(measure_id)}"


def source_trail(source_id: str) -> str:
    """Cards that cite a source."""
    return f"o:{card_key(source_id)}"


def near_trail(card: BaseCard) -> str:
    """Cards near a card."""
    return f"n:{card_key(card.id)}"


def home_trail(catalog: Catalog, card: BaseCard) -> str:
    """The list that a card belongs to when the reader comes from nowhere."""
    topics = catalog.topics_of.get(card.id, ())
    if card.kind in (Kind.ACTOR, Kind.TERM) or not topics or topics[0] == card.id:
        return kind_trail(card.kind)
    return topic_trail(topics[0])


def cards_on(reading: Reading, trail: str) -> tuple[Card, ...]:
    """The cards of a trail in order; empty where it leads nowhere (search results are not kept, so they are too)."""
    name, _, rest = trail.partition(":")
    find = _FINDERS.get(name)
    return find(reading, rest) if find else ()


def trail_title(reading: Reading, trail: str) -> str:
    """What stands above the list of a trail."""
    catalog = reading.catalog
    name, _, rest = trail.partition(":")
    key, _, letter = rest.partition(":")
    if name == "k" and rest in _KINDS:
        return reading.text(f"list-{_KINDS[rest].value}")
    if name == "a" and rest in set(Audience):
        return reading.text("list-audience", audience=reading.text(f"audience-{rest}"))
    if name == "m" and (measure := measure_of(catalog, key)):
        return reading.of(catalog.measures[measure].title)
    card = catalog.by_key.get(key)
    if card and name == "t":
        kind = reading.text(f"list-{_KINDS[letter].value}") if letter in _KINDS else reading.text("list-cards")
        return reading.text("list-in-topic", topic=reading.title(card), kind=kind)
    if card and name == "o":
        return reading.text("list-from-source", title=reading.title(card))
    if card and name == "n":
        return reading.text("list-near", title=reading.title(card))
    return reading.text("list-cards")


def measure_of(catalog: Catalog, key: str) -> str | None:
    """The id of the measure with this key."""
    return next((measure for measure in catalog.measures if card_key(measure) == key), None)


def _topic(reading: Reading, rest: str) -> tuple[Card, ...]:
    key, _, letter = rest.partition(":")
    topic = reading.catalog.by_key.get(key)
    cards = [card for card in reading.catalog.in_topic(topic.id) if card is not topic] if topic else []
    return tuple(card for card in cards if not letter or card.kind == _KINDS.get(letter))


def _kind(reading: Reading, letter: str) -> tuple[Card, ...]:
    kind = _KINDS.get(letter)
    cards = [card for card in reading.catalog.cards if card.kind == kind]
    if kind == Kind.SUMMARY:
        cards = [card for card in cards if reading.catalog.topic(card.id)]
    return tuple(sorted(cards, key=_order(reading.language))) if kind in _SORTED else tuple(cards)


_SORTED = {Kind.EVENT, Kind.ACTOR, Kind.TERM}


def _order(language: Language) -> Callable[[Card], tuple[object, ...]]:
    def order(card: Card) -> tuple[object, ...]:
        if isinstance(card, Event):
            return card.when.parts
        return (card.title.in_(language.value).casefold().strip('«“"').replace("ё", "е"),)

    return order


def _audience(reading: Reading, audience: str) -> tuple[Card, ...]:
    return tuple(card for card in reading.catalog.of_type(Recommendation) if audience in card.audience)


def _measure(reading: Reading, key: str) -> tuple[Card, ...]:
    measure = measure_of(reading.catalog, key)
    return reading.catalog.of_measure(measure) if measure else ()


def _source(reading: Reading, key: str) -> tuple[Card, ...]:
    summary = reading.catalog.by_key.get(key)
    return tuple(
        card
        for card in reading.catalog.cards
        if summary
        and card is not summary
        and not isinstance(card, Summary | Term)
        and any(cite.source == summary.id for cite in card.all_cites())
    )


def _near(reading: Reading, key: str) -> tuple[Card, ...]:
    card = reading.catalog.by_key.get(key)
    return reading.catalog.related(card) if card else ()


_FINDERS: dict[str, Callable[[Reading, str], tuple[Card, ...]]] = {
    "t": _topic,
    "k": _kind,
    "a": _audience,
    "m": _measure,
    "o": _source,
    "n": _near,
}
