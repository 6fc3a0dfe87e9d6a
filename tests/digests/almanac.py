"""A small world of cards that come, go and are corrected at chosen moments: catalogs and the history they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.catalog.cards import Argument, Card, Event, Recommendation, Statistic, Summary, Term
from bot.catalog.differences import differences
from bot.catalog.editorial import Editorial
from bot.catalog.history import History, changes_of
from bot.catalog.snapshot import Catalog, Topic
from bot.digests.archive import moment
from bot.digests.edition import compose
from bot.digests.schedule import EPOCH, Period
from bot.i18n import Language
from bot.subscription import Cadence
from bot.views.edition import Edition
from tests.catalog.house import source_of

CITES = [{"source": "count-2023", "lines": "1"}]


def both(text: str) -> dict[str, str]:
    return {"en": text, "ru": text}


def _card(kind: Any, card_id: str, **more: Any) -> Card:
    card: Card = kind.model_validate({"id": card_id, "title": both(card_id), "cites": CITES, **more})
    return card


def statistic(card_id: str, value: int = 1000, **more: Any) -> Card:
    rest = {"measure": "m", "unit": both("people"), "population": both("all"), "attributed_to": both("She")}
    return _card(Statistic, card_id, value=value, text=both("Counted."), **rest, **more)


def advice(card_id: str, **more: Any) -> Card:
    rest = {"audience": ["eu"], "action": both("Act."), "reason": both("So."), "attributed_to": both("She")}
    return _card(Recommendation, card_id, **rest, **more)


def argument(card_id: str, **more: Any) -> Card:
    return _card(Argument, card_id, claim=both("So it is."), grounds=[both("For.")], attributed_to=both("She"), **more)


def event(card_id: str, when: str, **more: Any) -> Card:
    return _card(Event, card_id, when=when, text=both("It happened."), **more)


def term(card_id: str, text: str = "A word.", **more: Any) -> Card:
    return _card(Term, card_id, text=both(text), **more)


def topic(card_id: str, **more: Any) -> Summary:
    card = _card(Summary, card_id, points=[both("A point.")], body=both("A body."), **more)
    assert isinstance(card, Summary)
    return card


def week(number: int) -> Period:
    """The week of an ordinal."""
    return Period(Cadence.WEEKLY, day(number), day(number + 1), f"w{day(number)}", number)


def day(number: int) -> date:
    """The Monday on which the week of an ordinal begins."""
    return date.fromordinal(EPOCH.toordinal() + 7 * number)


@dataclass
class Almanac:
    """Cards as published now, with all that was before. `home`: the topics of a card; without any it is in "a"."""

    home: dict[str, tuple[str, ...]] = field(default_factory=dict)
    catalog: Catalog = field(default_factory=Catalog)
    history: History = field(default_factory=History)
    editorial: Editorial = field(default_factory=Editorial)

    def publish(self, cards: Iterable[Card], at: int) -> None:
        """A new version with exactly these cards."""
        cards = tuple(cards)
        topics_of = {card.id: self.home.get(card.id, ("a",)) for card in cards}
        topics = tuple(Topic(card.id, "•", 1, card) for card in cards if isinstance(card, Summary))
        catalog = Catalog(cards, topics, {"count-2023": source_of()}, topics_of=topics_of)
        number = self.history.version + 1
        found = changes_of(differences(self.catalog, catalog), number, at)
        self.history = self.history.followed_by(found, number, at)
        self.catalog = catalog

    def edition(self, period: Period, topics: tuple[str, ...] = (), language: Language = Language.EN) -> Edition:
        return compose(self.catalog, self.history, period, topics, language, self.editorial)


def noon(number: int, day_of_week: int = 0) -> int:
    """Noon of a day of the week with this ordinal, Monday being 0."""
    return moment(date.fromordinal(day(number).toordinal() + day_of_week)) + 12 * 3600
