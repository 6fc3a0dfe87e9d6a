"""Changing one field of a card: which, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.cards import Card
from bot.catalog.snapshot import card_key
from bot.layout.blocks import Buttons, Heading, Link, Paragraph, Press, Run, Screen, text
from bot.views.drafts import draft_route
from bot.views.lists import page_buttons
from bot.views.reading import Reading, card_route
from bot.views.routes import Route, View

CHOICE = "c"
ON_A_PAGE = 8
"""Fields on a page: each has a button as wide as the screen."""
SHOWN = 40
"""Characters of what a field holds that stand on its button."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as a button shows it: the key by which it is found again, its name, what it holds, what it may hold.

    While a card is written: `labels` are what the choices are called, `how` names the text that says what belongs
    there, `pending` says that it is still to be written, `entry` is what the entry of a list is called that goes as a
    whole when this is left empty, `last` that the last choice stands on every page of them.
    """

    key: str
    name: str
    value: str
    choices: tuple[str, ...] = ()
    needed: bool = True
    labels: tuple[str, ...] = ()
    how: str = ""
    language: str | None = None
    pending: bool = False
    entry: str = ""
    last: bool = False

    @property
    def flag(self) -> bool:
        """Whether it is a question to be answered with yes or no: empty is no."""
        return self.choices == ("true",)


def fields_screen(reading: Reading, card: Card, fields: Sequence[FieldShown], page: int, draft: str = "") -> Screen:
    """The fields of a card, each with the beginning of what it holds. `draft`: the key of that whose text it is."""
    pages = max(1, -(-len(fields) // ON_A_PAGE))
    page %= pages
    key = card_key(card.id)
    shown = fields[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    buttons = tuple((Press(label_of(each), Route(View.EDIT, key, f"f:{each.key}").data()),) for each in shown)
    turn = page_buttons(Route(View.EDIT, key), page, pages)
    up = reading.press("button-draft", draft_route(draft)) if draft else reading.press("button-card", card_route(card))
    return Screen.of(
        Heading(text(reading.title(card)), icon="✏️"),
        Paragraph(text(reading.text("edit-draft"))) if draft else None,
        Paragraph(text(reading.text("edit-which"))),
        Buttons((*buttons, *([turn] if turn else ()), (up,))),
    )


def label_of(field: FieldShown) -> str:
    """The name of a field and the beginning of what it holds."""
    value = " ".join(field.value.split()) or "—"
    return f"{field.name}: {value if len(value) <= SHOWN else value[:SHOWN] + '…'}"


def choices_screen(reading: Reading, card: Card, field: FieldShown, draft: str = "") -> Screen:
    """What a field of few values may hold, each a button."""
    key = card_key(card.id)
    options = [*field.choices, *([] if field.needed else ["-"])]
    buttons = tuple(
        (
            Press(
                f"✓ {option}" if option == field.value else option,
                Route(View.EDIT, key, f"{CHOICE}:{field.key}", number).data(),
            ),
        )
        for number, option in enumerate(options)
    )
    return Screen.of(
        Heading(text(reading.title(card)), icon="✏️"),
        Paragraph(text(reading.text("edit-draft"))) if draft else None,
        Paragraph(text(field.name)),
        Buttons((*buttons, (reading.press("button-back", Route(View.EDIT, key)),))),
    )


def ask_screen(reading: Reading, field: FieldShown, name: str, draft: str = "", note: str = "") -> Screen:
    """What a field holds now, and the question what it should; `name` says in the prompt's link which field it is."""
    current = Paragraph(text(Run(field.value, code=True) if field.value else "—"))
    how = reading.text("edit-ask") if field.needed else reading.text("edit-ask-optional")
    return Screen.of(
        Paragraph(text(note)) if note else None,
        asked(reading, field.name, name),
        Paragraph(text(reading.text("edit-draft"))) if draft else None,
        current,
        Paragraph(text(how)),
    )


def asked(reading: Reading, title: str, name: str) -> Paragraph:
    """The head of a question that is answered in writing: its link says to what, so that nothing need be remembered."""
    return Paragraph(text(Link(title, reading.card_url(name), bold=True)))
