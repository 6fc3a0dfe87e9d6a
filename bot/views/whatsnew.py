"""What changed of late: corrections first, old → new, then what is new and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot import i18n
from bot.catalog.corrections import Correction, corrections
from bot.catalog.history import Change
from bot.layout.blocks import Block, Buttons, CardLink, Content, Heading, ItemList, Paragraph, Screen, text
from bot.views.editions import correction_line
from bot.views.reading import Reading
from bot.views.routes import Route, View

SHOWN = 30
"""Cards named under each heading at most: what is older stands in the topics."""


def whatsnew_screen(reading: Reading, changes: tuple[Change, ...]) -> Screen:
    """The changes, oldest first as the history has them, as readers take them in: the newest first."""
    latest = {change.card: change for change in changes}
    corrected = [each for each in corrections(changes) if each.concerns(reading.language.value)]
    added = [change for change in latest.values() if _was_added(changes, change.card)]
    withdrawn = [change for change in latest.values() if change.what == "withdrawn"]
    blocks = [
        *_part(reading, "whatsnew-corrected", "✏️", _corrections(reading, corrected, latest)),
        *_part(reading, "whatsnew-added", "🆕", (_titled(reading, each) for each in reversed(added))),
        *_part(reading, "whatsnew-withdrawn", "🗄", (_titled(reading, each) for each in reversed(withdrawn))),
    ]
    return Screen.of(
        Heading(text(reading.text("whatsnew-title")), icon="🗞"),
        blocks or Paragraph(text(reading.text("whatsnew-nothing"))),
        Buttons(((reading.press("menu-topics", Route(View.TOPICS)), reading.menu()),)),
    )


def _was_added(changes: Iterable[Change], card: str) -> bool:
    """Whether a card came in these changes and is still there."""
    ways = [change.what for change in changes if change.card == card]
    return "added" in ways and ways[-1] != "withdrawn"


def _part(reading: Reading, key: str, icon: str, lines: Iterable[Content]) -> list[Block]:
    found = [line for line in lines if line]
    if not found:
        return []
    more = len(found) - SHOWN
    rest = [Paragraph(text(reading.text("edition-more", count=more)))] if more > 0 else []
    return [Heading(text(reading.text(key)), level=2, icon=icon), ItemList(tuple(found[:SHOWN])), *rest]


def _corrections(reading: Reading, corrected: list[Correction], latest: dict[str, Change]) -> Iterator[Content]:
    for each in reversed(corrected):
        if card := reading.catalog.by_id.get(each.card):
            day = _day(reading, latest[each.card])
            yield text(CardLink(reading.title(card), card.id), f" — {day}\n", *correction_line(reading, each))


def _titled(reading: Reading, change: Change) -> Content:
    """A card with the day; of a withdrawn one the title it had, and what took its place."""
    card = reading.catalog.find(change.card)
    title = reading.of(change.details.title)
    if change.what == "withdrawn":
        gone = f"{title} — {_day(reading, change)}"
        return text(gone, " → ", CardLink(reading.title(card), card.id)) if card else text(gone)
    return text(CardLink(reading.title(card), card.id), f" — {_day(reading, change)}") if card else ()


def _day(reading: Reading, change: Change) -> str:
    day = datetime.fromtimestamp(change.at, UTC).date()
    return i18n.day(reading.language, (day.year, day.month, day.day))
