"""What administrators are told of the content folder without having asked."""

from __future__ import annotations

from bot.catalog.differences import Differences
from bot.layout.blocks import Buttons, Heading, Paragraph, Press, Screen, text
from bot.views.differences import difference_blocks, difference_pages
from bot.views.history import RESTORE
from bot.views.reading import Reading
from bot.views.routes import Route, View

FOLDER = "f"
"""The trail of the button that publishes what the folder holds; its key names what that is."""


def brought_forward_screen(reading: Reading, earlier: int, current: int, *, written: bool) -> Screen:
    """The folder held an earlier version."""
    key = "folder-brought-forward" if written else "folder-behind"
    return _note(reading, key, earlier=earlier, current=current)


def unchanged_screen(reading: Reading, current: int) -> Screen:
    """The folder holds what is published."""
    return _note(reading, "folder-unchanged", current=current)


def ignored_screen(reading: Reading) -> Screen:
    """The folder is not published."""
    return _note(reading, "folder-ignored")


def _note(reading: Reading, key: str, **values: object) -> Screen:
    return Screen.of(Paragraph(text(reading.text(key, **values))))


def published_screen(reading: Reading, number: int, found: Differences, *, undo: bool = False) -> Screen:
    """A version was published; its difference as far as one page goes. `undo`: with the way back to the one before."""
    back = reading.press("button-undo", Route(View.VERSIONS, trail=f"{RESTORE}:{number - 1}"))
    return Screen.of(
        Heading(text(reading.text("published-title", number=number)), icon="✅"),
        difference_blocks(reading, found),
        _more(reading, found),
        Buttons(((back, reading.menu()),)) if undo else None,
    )


def offered_screen(reading: Reading, key: str, found: Differences, *, behind: bool) -> Screen:
    """A change in the folder that waits for a word."""
    return Screen.of(
        Heading(text(reading.text("offered-title")), icon="📂"),
        Paragraph(text(reading.text("offered-behind"))) if behind else None,
        difference_blocks(reading, found),
        _more(reading, found),
        Buttons(((Press(reading.text("button-publish-folder"), Route(View.VERSIONS, key, FOLDER).data()),),)),
    )


def _more(reading: Reading, found: Differences) -> Paragraph | None:
    return Paragraph(text(reading.text("difference-more"))) if difference_pages(found) > 1 else None
