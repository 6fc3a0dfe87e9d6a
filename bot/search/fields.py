"""What of a card is indexed, and what a word counts by where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalog.cards import Actor, Audience, Card, Event, Recommendation, Statistic, Summary, Term
from bot.catalog.snapshot import Catalog
from bot.catalog.values import Bilingual, BilingualWords, When

TITLE, TAG, LEADING, TEXT, HOLDER = 4.0, 3.0, 1.7, 1.0, 1.5
"""Title above tags above points above text; a holder's name counts more than a mention."""

_LEADING = {"points", "action", "claim", "question", "role", "in_words"}
_MONTHS = (
    "january январь", "february февраль", "march март", "april апрель", "may май", "june июнь", "july июль",
    "august август", "september сентябрь", "october октябрь", "november ноябрь", "december декабрь",
)  # fmt: skip
_AUDIENCES = {
    Audience.EU: "EU ЕС",
    Audience.US: "USA США",
    Audience.WESTERN_GOVERNMENTS: "Western governments западные правительства",
    Audience.HOST_COUNTRIES: "host countries принимающие страны",
    Audience.INTERNATIONAL_ORGANISATIONS: "international organisations международные организации",
    Audience.DONORS: "donors доноры",
    Audience.CIVIL_SOCIETY: "civil society гражданское общество",
    Audience.MEDIA: "media СМИ",
    Audience.EXILE_ORGANISATIONS: "exile organisations эмигрантские организации",
    Audience.OPPOSITION: "opposition оппозиция",
    Audience.EXILES: "exiles эмигранты",
}

Field = tuple[float, str]
"""What a word counts, and a text."""


def names(card: Card) -> Iterator[str]:
    """The names that a card goes by in both languages: its title; for people, organisations, terms also others."""
    yield from (card.title.en, card.title.ru)
    if isinstance(card, Actor | Term):
        yield from _both(card.aliases)


def measure_names(catalog: Catalog, card: Card) -> tuple[str, ...]:
    """What a statistic measures, in both languages; none for other cards."""
    measure = catalog.measures.get(card.measure) if isinstance(card, Statistic) else None
    return (measure.title.en, measure.title.ru) if measure else ()


def fields(catalog: Catalog, card: Card) -> Iterator[Field]:
    """Every text under which a card is found."""
    for name in names(card):
        yield TITLE, name
    for tag in _both(card.tags):
        yield TAG, tag
    for path, text in card.own_texts():
        weight = LEADING if path[0] in _LEADING else TEXT
        yield weight, text.en
        yield weight, text.ru
    yield TEXT, card.id.replace("-", " ")
    yield from _around(catalog, card)


def _around(catalog: Catalog, card: Card) -> Iterator[Field]:
    """What belongs to a card without standing in its texts."""
    for _, number in card.values():
        yield TITLE, number
    for _, holder in card.holders():
        yield from ((HOLDER, name) for name in _holder(catalog, holder))
    if isinstance(card, Recommendation):
        yield from ((HOLDER, _AUDIENCES[audience]) for audience in card.audience)
    if isinstance(card, Event):
        yield LEADING, _date(card.when)
    yield from ((LEADING, name) for name in measure_names(catalog, card))
    if isinstance(card, Summary) and (source := catalog.sources.get(card.id)):
        for credit in (source.author, source.publisher):
            yield from ((LEADING, name) for name in ((credit.name.en, credit.name.ru) if credit else ()))


def _holder(catalog: Catalog, holder: str | Bilingual) -> tuple[str, ...]:
    if isinstance(holder, Bilingual):
        return holder.en, holder.ru
    actor = catalog.actor(holder)
    return (actor.title.en, actor.title.ru) if actor else ()


def _both(words: BilingualWords) -> tuple[str, ...]:
    return (*words.en, *words.ru)


def _date(when: When) -> str:
    month = _MONTHS[when.parts[1] - 1] if len(when.parts) > 1 else ""
    return f"{when.parts[0]} {month}"
