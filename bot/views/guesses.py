"""Lines that were left out of a source by their looks alone, with what they say: right, or put back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.snapshot import card_key
from bot.catalog.sources import LeftOut
from bot.catalog.values import format_lines
from bot.layout.blocks import Buttons, Heading, ItemList, Paragraph, Screen, text
from bot.views.beginning import OPEN_SHOWN
from bot.views.reading import Reading
from bot.views.writing import GUESSED_BACK, GUESSED_RIGHT, Cited, cited_blocks, write_route


def guesses_screen(reading: Reading, lines: Cited, entries: Sequence[LeftOut], seen: str, note: str = "") -> Screen:
    """The lines, why they were left out, and what to do with them; `seen` tells the buttons which they are."""
    key = card_key(lines.source)
    reasons = tuple(
        text(f"{reading.text(f'write-reason-{entry.reason}')}: {format_lines(entry.lines)}") for entry in entries
    )
    return Screen.of(
        Paragraph(text("✅ ", note)) if note else None,
        Heading(text(reading.text("guesses-title", id=lines.source)), icon="🗄"),
        Paragraph(text(reading.text("guesses-text"))),
        ItemList(reasons),
        cited_blocks(reading, lines, OPEN_SHOWN),
        Buttons(
            (
                (reading.press("button-guesses-right", write_route(key, f"{GUESSED_RIGHT}:{seen}")),),
                (reading.press("button-guesses-back", write_route(key, f"{GUESSED_BACK}:{seen}")),),
            )
        ),
    )
