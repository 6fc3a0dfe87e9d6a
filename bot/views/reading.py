"""What every view needs to know: the catalog being read, the reader's language, the bot's name for links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote

from bot import i18n
from bot.catalog.cards import BaseCard, Kind
from bot.catalog.freshness import parts_of
from bot.catalog.snapshot import Catalog, card_key
from bot.catalog.values import Bilingual, Holder, When
from bot.i18n import Language
from bot.layout.blocks import Open, Press
from bot.views.routes import Route, View

Item = TypeVar("Item")

KIND_ICONS = {
    Kind.SUMMARY: "📌",
    Kind.STATISTIC: "📊",
    Kind.RECOMMENDATION: "✅",
    Kind.ARGUMENT: "💬",
    Kind.DEBATE: "⚖️",
    Kind.EVENT: "📅",
    Kind.ACTOR: "👤",
    Kind.TERM: "📖",
}


@dataclass(frozen=True)
class Reading:
    """One reader's view of one snapshot. `username` is the bot's, without @. `edits`: the reader is an editor, alone
    with the bot."""

    catalog: Catalog
    language: Language
    username: str
    edits: bool = False
    today: date | None = None

    def text(self, key: str, /, **values: Any) -> str:
        """A text of the locale."""
        return i18n.text(self.language, key, **values)

    def of(self, text: Bilingual) -> str:
        """A bilingual text in the reader's language."""
        return text.in_(self.language.value)

    def title(self, card: BaseCard) -> str:
        """A card's title."""
        return self.of(card.title)

    def icon(self, card: BaseCard) -> str:
        """A topic's own icon, a source's, or that of the kind."""
        if card.kind == Kind.SUMMARY:
            topic = self.catalog.topic(card.id)
            return topic.icon if topic else "📰"
        return KIND_ICONS[card.kind]

    def day(self, partial: str) -> str:
        """A date as exact as it is known, from `2024`, `2024-03` or `2024-03-09`."""
        return i18n.day(self.language, parts_of(partial))

    def date(self, when: When) -> str:
        """A date as exact as it is known; one that was inferred says so "inferred"."""
        shown = i18n.day(self.language, when.parts)
        return self.text("date-inferred", date=shown) if when.inferred else shown

    def holder(self, holder: Holder) -> str:
        """The name of whoever says it."""
        if isinstance(holder, Bilingual):
            return self.of(holder)
        actor = self.catalog.actor(holder)
        return self.title(actor) if actor else holder

    def card_url(self, card_id: str) -> str:
        """The deep link to a card, or to what else `/start` is to be given."""
        return f"https://t.me/{self.username}?start={card_id}"

    def press(self, label_key: str, route: Route, **values: Any) -> Press:
        """A button with a text of the locale."""
        return Press(self.text(label_key, **values), route.data())

    def share(self, card: BaseCard) -> Open:
        """A button that offers a card's link to another chat."""
        address = f"https://t.me/share/url?url={quote(self.card_url(card.id), safe='')}&text={quote(self.title(card))}"
        return Open(self.text("button-share"), address)

    def menu(self) -> Press:
        """The button that leads home."""
        return self.press("button-menu", Route(View.HOME))


def card_route(card: BaseCard, trail: str = "") -> Route:
    """Where a card is shown, within the list that the reader walks in."""
    return Route(View.CARD, card_key(card.id), trail)


def rows(items: Sequence[Item], width: int) -> tuple[tuple[Item, ...], ...]:
    """Break a sequence into rows of at most `width`."""
    return tuple(tuple(items[start : start + width]) for start in range(0, len(items), width))
