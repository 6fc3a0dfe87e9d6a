"""Who edits: the list of editors, adding and removing; what an editor is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.layout.blocks import Buttons, Heading, ItemList, Paragraph, Press, Screen, bold, text
from bot.views.history import when
from bot.views.reading import Reading
from bot.views.routes import Route, View

EDITORS, REMOVE, REMOVE_NOW = "m", "k", "w"
"""What a button shows or does, as the trail of its route says it; the key names the editor."""


def editors_screen(reading: Reading, editors: Sequence[tuple[str, str, int]]) -> Screen:
    """Every editor as (key, pen-name, since), with a button to remove each; and how to add one."""
    items = tuple(
        text(bold(name), f" — {reading.text('editor-since', when=when(reading, since))}") for _, name, since in editors
    )
    buttons = tuple(
        (reading.press("button-remove-editor", Route(View.VERSIONS, key, REMOVE), name=name),)
        for key, name, _ in editors
    )
    return Screen.of(
        Heading(text(reading.text("editors-title")), icon="✍️"),
        ItemList(items) if items else Paragraph(text(reading.text("editors-none"))),
        Paragraph(text(reading.text("editors-add"))),
        Buttons(buttons) if buttons else None,
    )


def remove_screen(reading: Reading, key: str, name: str) -> Screen:
    """Whether to remove an editor."""
    yes = reading.press("button-remove-now", Route(View.VERSIONS, key, REMOVE_NOW))
    no = Press(reading.text("button-back"), Route(View.VERSIONS, trail=EDITORS).data())
    return Screen.of(Paragraph(text(reading.text("editor-remove", name=name))), Buttons(((yes, no),)))


def welcome_screen(reading: Reading, name: str) -> Screen:
    """What somebody who has become an editor is told."""
    return Screen.of(
        Heading(text(reading.text("welcome-title")), icon="✍️"),
        Paragraph(text(reading.text("welcome-text", name=name))),
        Paragraph(text(reading.text("welcome-how"))),
    )
