"""What is new in the bot: corrected cards first, old figure and new, then what came, was reworded or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot import i18n
from bot.catalog.corrections import Correction, corrections
from bot.catalog.history import Change, History
from bot.catalog.values import Bilingual
from bot.i18n import Language
from bot.layout.blocks import (
    Buttons,
    CardLink,
    Content,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Run,
    Screen,
    italic,
    text,
)
from bot.views.cards import LIST_PAGE
from bot.views.editions import correction_line
from bot.views.lists import page_buttons, pages
from bot.views.reading import Reading
from bot.views.routes import Route, View

What = Literal["corrected", "added", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one card: `at`, in seconds since 1970. `replaced_by` only where it was withdrawn."""

    card: str
    title: Bilingual
    what: What
    at: int
    correction: Correction | None = None
    replaced_by: str | None = None


def news_items(history: History, language: Language, since: int) -> tuple[Item, ...]:
    """What all changes since a moment come to for readers of a language: corrections first, each kind newest first."""
    changes = history.between(since, history.at + 1)
    corrected = {history.origin(each.card): each for each in corrections(changes) if each.concerns(language.value)}
    by_card: dict[str, list[Change]] = {}
    for change in changes:
        by_card.setdefault(history.origin(change.card), []).append(change)
    items = (_item(each, corrected.get(origin)) for origin, each in by_card.items())
    return tuple(sorted((item for item in items if item), key=lambda item: (item.what != "corrected", -item.at)))


def _item(changes: Sequence[Change], correction: Correction | None) -> Item | None:
    first, last = changes[0], changes[-1]
    came, gone = first.what == "added", last.what == "withdrawn"
    if came and gone:
        return None
    what: What = "added" if came else "withdrawn" if gone else "corrected" if correction else "changed"
    kept = correction if what == "corrected" else None
    return Item(last.card, last.details.title, what, last.at, kept, last.details.replaced_by)


def whatsnew_screen(reading: Reading, items: Sequence[Item], page: int = 0) -> Screen:
    """A page of what is new."""
    page = min(page, pages(len(items)) - 1)
    shown = items[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    turn = page_buttons(Route(View.WHATSNEW), page, pages(len(items)))
    return Screen.of(
        Heading(text(reading.text("whatsnew-title")), icon="🆕"),
        Paragraph(text(reading.text("whatsnew-intro" if items else "whatsnew-nothing"))),
        ItemList(tuple(_line(reading, item) for item in shown)),
        Buttons((*([turn] if turn else []), (reading.menu(),))),
    )


def _line(reading: Reading, item: Item) -> Content:
    moment = datetime.fromtimestamp(item.at, UTC)
    date = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    said = reading.text(f"whatsnew-{item.what}", date=date)
    return text(*_title(reading, item), "\n", *_figures(reading, item), italic(said))


def _title(reading: Reading, item: Item) -> Iterable[Inline]:
    card = reading.catalog.find(item.card)
    if item.what != "withdrawn" and card:
        return (CardLink(reading.title(card), card.id),)
    struck = Run(reading.of(item.title), strike=True)
    replaced = reading.catalog.find(item.replaced_by) if item.replaced_by else None
    return (struck, Run(" → "), CardLink(reading.title(replaced), replaced.id)) if replaced else (struck,)


def _figures(reading: Reading, item: Item) -> Iterable[Inline]:
    return (*correction_line(reading, item.correction), Run("\n")) if item.correction else ()
