"""The weekly list of cards that an editor should look at again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.freshness import Due, Why
from bot.layout.blocks import CardLink, Content, Heading, ItemList, Paragraph, Screen, text
from bot.views.reading import Reading

MOST = 30
"""Cards named in one list: who has more to look at begins with those that waited longest."""


def due_screen(reading: Reading, found: Sequence[Due]) -> Screen:
    """The cards that are due, the longest waiting first, each with why."""
    items = tuple(_line(reading, each) for each in found[:MOST])
    more = len(found) - len(items)
    return Screen.of(
        Heading(text(reading.text("due-title")), icon="🗓"),
        ItemList(items),
        Paragraph(text(reading.text("due-more", count=more))) if more else None,
    )


def _line(reading: Reading, due: Due) -> Content:
    why = reading.text("due-review" if due.why is Why.REVIEW else "due-outside", since=reading.day(due.since))
    return text(f"{reading.icon(due.card)} ", CardLink(reading.title(due.card), due.card.id), f" — {why}")
