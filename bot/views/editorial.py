"""What editors see of an edition to come: what is pinned, held and noted in its week, and how it will look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import i18n
from bot.catalog.cards import Card
from bot.catalog.editorial import Week
from bot.catalog.snapshot import card_key
from bot.i18n import Language
from bot.layout.blocks import Button, Buttons, CardLink, Heading, ItemList, Paragraph, Press, Quote, Screen, bold, text
from bot.views.edition import Edition
from bot.views.editions import edition_blocks
from bot.views.reading import Reading
from bot.views.routes import Route, View

NAMES = {Language.EN: "English", Language.RU: "Русский"}
_LABEL = 40
"""Characters of a title on a button."""


def act(what: str, week: int, card: str = "") -> Route:
    """What a button of an editor does: `week` is 0 for this one, 1 for the next."""
    return Route(View.EDITORIAL, card_key(card) if card else "", what, week)


def week_screen(reading: Reading, monday: date, decided: Week, week: int) -> Screen:
    """The decisions for the editions that go out in a week, each with a button that takes it back."""
    title = reading.text("editorial-title", date=i18n.day(reading.language, (monday.year, monday.month, monday.day)))
    taken_back = [
        (Press(f"✖️ {_short(reading.title(card))}", act("off", week, card.id).data()),)
        for card in _cards(reading, (*decided.pins, *sorted(decided.holds)))
    ]
    looks: tuple[Button, ...] = tuple(
        Press(f"👁 {name}", act(f"see:{language.value}", week).data()) for language, name in NAMES.items()
    )
    turn = reading.press("editorial-next-week" if week == 0 else "editorial-this-week", act("week", 1 - week))
    return Screen.of(
        Heading(text(title), icon="🗞"),
        _listed(reading, "editorial-pinned", decided.pins),
        _listed(reading, "editorial-held", sorted(decided.holds)),
        *(_note(name, decided.notes.get(language.value, "")) for language, name in NAMES.items()),
        None if decided.pins or decided.holds or decided.notes else Paragraph(text(reading.text("editorial-nothing"))),
        Paragraph(text(reading.text("editorial-how"))),
        Buttons((*taken_back, looks, (turn,), (reading.menu(),))),
    )


def _listed(reading: Reading, key: str, ids: Sequence[str]) -> list[Paragraph | ItemList]:
    cards = _cards(reading, ids)
    if not cards:
        return []
    items = ItemList(tuple(text(CardLink(reading.title(card), card.id)) for card in cards))
    return [Paragraph(text(bold(reading.text(key)))), items]


def _note(name: str, note: str) -> list[Paragraph | Quote]:
    return [Paragraph(text(bold(f"{name}:"))), Quote(text(note))] if note else []


def _cards(reading: Reading, ids: Sequence[str]) -> list[Card]:
    return [card for card_id in ids if (card := reading.catalog.find(card_id))]


def choice_screen(reading: Reading, what: str, week: int, near: Sequence[Card]) -> Screen:
    """Which card is meant: those whose titles are near, each a button."""
    buttons = [(Press(_short(reading.title(card)), act(what, week, card.id).data()),) for card in near]
    return Screen.of(
        Paragraph(text(reading.text("editorial-which" if near else "editorial-none"))),
        Buttons((*buttons, (reading.press("editorial-back", act("week", week)),))),
    )


def proof_screen(reading: Reading, edition: Edition, week: int) -> Screen:
    """An edition as everybody will see it who gets all topics each week, with the way back."""
    back = reading.press("editorial-back", act("week", week))
    return Screen.of(edition_blocks(reading, edition), Buttons(((back,),)))


def _short(title: str) -> str:
    return title if len(title) <= _LABEL else title[:_LABEL].rstrip() + "…"
