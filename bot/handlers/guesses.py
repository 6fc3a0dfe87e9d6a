"""Lines of a new source that were left out by their looks alone: an editor looks at them once, and keeps or returns."""

from __future__ import annotations

from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.catalog.sources import Source
from bot.catalog.values import format_lines
from bot.editing.leaving import guessed
from bot.handlers.sheets import Writer, quoted
from bot.views.guesses import guesses_screen
from bot.views.routes import Route
from bot.views.writing import GUESSED_RIGHT


async def show_guesses(writer: Writer, source_id: str, note: str = "") -> bool:
    """Show the lines that nobody has looked at yet; whether there are any. `note` says what was done before."""
    try:
        source, _ = await writer.desk.writing.open_lines(writer.user_id, source_id)
    except ProblemsError:  # its card is not in order: that is said where it is mended
        return False
    entries = guessed(source)
    if not entries:
        return False
    lines = await quoted(writer, source, sorted(line for entry in entries for line in entry.lines))
    await writer.show(guesses_screen(writer.reading, lines, entries, _key(source), note))
    return True


async def settle(writer: Writer, source_id: str, route: Route) -> str:
    """Do with the guessed lines what a button says, and name the text that says what was done; empty where nothing was.

    The button knows the lines that were looked at: where they are others by now, these are shown.
    Raises ProblemsError.
    """
    what, _, seen = route.trail.partition(":")
    source, _ = await writer.desk.writing.open_lines(writer.user_id, source_id)
    right = what == GUESSED_RIGHT
    if not guessed(source):
        return "guesses-settled"
    if seen != _key(source):
        await show_guesses(writer, source_id)
        return ""
    await writer.desk.writing.settle_guesses(writer.user_id, source_id, right=right)
    return "guesses-kept" if right else "guesses-returned"


def _key(source: Source) -> str:
    return card_key(";".join(f"{each.reason} {format_lines(each.lines)}" for each in guessed(source)) + source.sha256)
