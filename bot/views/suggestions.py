"""A suggestion as editors get it."""

from __future__ import annotations

from bot.layout.blocks import Footnote, Heading, Quote, Screen, text
from bot.views.reading import Reading

LONGEST = 2000
"""Characters of a suggestion: a source and what is wrong with a card fit in half of it."""


def suggestion_screen(reading: Reading, words: str) -> Screen:
    """Somebody's words, and that nobody knows whose."""
    return Screen.of(
        Heading(text(reading.text("suggestion-title")), icon="💡"),
        Quote(text(words)),
        Footnote(text(reading.text("suggestion-nameless"))),
    )
