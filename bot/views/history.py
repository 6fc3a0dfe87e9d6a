"""What editors see of the published content: its versions with their differences, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import i18n
from bot.catalog.differences import Differences
from bot.catalog.snapshot import card_key
from bot.layout.blocks import Button, Buttons, Content, Heading, ItemList, Paragraph, Press, Run, Screen, bold, text
from bot.views.differences import difference_blocks, difference_pages
from bot.views.lists import NUMBERS_IN_ROW, page_buttons
from bot.views.moments import moment_name
from bot.views.reading import Reading, rows
from bot.views.routes import Route, View

HISTORY, VERSION, RESTORE, RESTORE_NOW, FILES, FILE, ZIP, DELETE = "h", "n", "r", "b", "s", "g", "z", "d"
"""What a button shows or does, as the trail of its route says it; a version's with `:` and its number."""
ON_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A version as history tells of it. `published`: seconds since 1970; `origin` as the store calls it; `pen_name` is
    empty where there is none; the counts are those of cards added, changed and withdrawn."""

    number: int
    published: int
    origin: str
    pen_name: str
    note: str
    added: int
    changed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A content file: cards in it, when and in which version it last changed, stale cards, problems of the published
    file, and of the one in the folder."""

    path: str
    cards: int
    version: int
    changed: int
    stale: int
    problems: int = 0
    on_disk: int = 0


def route(trail: str, page: int = 0, key: str = "") -> Route:
    """A place in history or among the files."""
    return Route(View.VERSIONS, key, trail, page)


def history_screen(reading: Reading, versions: Sequence[Told], page: int, pages: int) -> Screen:
    """Versions, the newest first, with a button for each."""
    buttons = [Press(str(each.number), route(f"{VERSION}:{each.number}").data()) for each in versions]
    turn = page_buttons(route(HISTORY), page, pages)
    items = tuple(_line(reading, each) for each in versions)
    return Screen.of(
        Heading(text(reading.text("history-title")), icon="🗂"),
        ItemList(items),
        Buttons(
            (*rows(buttons, NUMBERS_IN_ROW), *([turn] if turn else ()), (reading.press("button-files", route(FILES)),))
        ),
    )


def _line(reading: Reading, told: Told) -> Content:
    counts = {
        "difference-changed-count": told.changed,
        "difference-added-count": told.added,
        "difference-removed-count": told.withdrawn,
    }
    changes = [reading.text(key, count=count) for key, count in counts.items() if count]
    said = " · ".join(changes) or reading.text("difference-none")
    return text(bold(f"{told.number}"), f" — {when(reading, told.published)}, {who(reading, told)}\n{said}")


def when(reading: Reading, moment: int) -> str:
    """A moment in words, in UTC."""
    return reading.text("moment-utc", moment=moment_name(reading, datetime.fromtimestamp(moment, UTC)))


def who(reading: Reading, told: Told) -> str:
    """By whom, or from where."""
    if told.origin == "rollback":
        return reading.text("origin-rollback", name=told.pen_name or reading.text("nameless"), number=told.note)
    if told.origin == "disk":  # published as it came, or by somebody to whom it was offered
        origin = reading.text("origin-disk")
        return f"{told.pen_name}, {origin}" if told.pen_name else origin
    return told.pen_name or reading.text("nameless")


def version_screen(reading: Reading, told: Told, found: Differences, page: int, *, current: bool) -> Screen:
    """What a version changed, with the way back to it where it is not the current one."""
    turn = page_buttons(route(f"{VERSION}:{told.number}"), page, difference_pages(found))
    back: tuple[Button, ...] = (reading.press("button-history", route(HISTORY)),)
    if not current:
        back = (reading.press("button-restore", route(f"{RESTORE}:{told.number}"), number=told.number), *back)
    return Screen.of(
        Heading(text(reading.text("version-title", number=told.number)), icon="🗂"),
        Paragraph(text(f"{when(reading, told.published)}, {who(reading, told)}")),
        difference_blocks(reading, found, page),
        Buttons((*([turn] if turn else ()), back)),
    )


def restore_screen(reading: Reading, told: Told, over: int, found: Differences, page: int) -> Screen:
    """What readers will notice when an earlier version is published again, over the version of number `over`."""
    turn = page_buttons(route(f"{RESTORE}:{told.number}"), page, difference_pages(found))
    now = reading.press("button-restore-now", route(f"{RESTORE_NOW}:{told.number}", key=str(over)))
    return Screen.of(
        Heading(text(reading.text("restore-title", number=told.number)), icon="↩️"),
        Paragraph(text(reading.text("restore-text"))),
        difference_blocks(reading, found, page),
        Buttons((*([turn] if turn else ()), (now, reading.press("button-history", route(HISTORY))))),
    )


def files_screen(reading: Reading, files: Sequence[FileFacts], page: int) -> Screen:
    """Every content file, with a button that sends it."""
    pages = max(1, -(-len(files) // ON_A_PAGE))
    page %= pages
    start = page * ON_A_PAGE
    shown = files[start : start + ON_A_PAGE]
    buttons = [
        Press(str(number), route(FILE, key=card_key(each.path)).data())
        for number, each in enumerate(shown, start=start + 1)
    ]
    turn = page_buttons(route(FILES), page, pages)
    return Screen.of(
        Heading(text(reading.text("files-title")), icon="🗃"),
        Paragraph(text(reading.text("files-text"))),
        ItemList(tuple(_file(reading, each) for each in shown), numbered=True, start=start + 1),
        Buttons(
            (
                *rows(buttons, NUMBERS_IN_ROW),
                *([turn] if turn else ()),
                (reading.press("button-zip", route(ZIP)), reading.press("button-history", route(HISTORY))),
            )
        ),
    )


def file_buttons(reading: Reading, path: str) -> tuple[tuple[Button, ...], ...]:
    """What stands under a file that was sent."""
    return ((reading.press("button-delete-file", route(DELETE, key=card_key(path))),),)


def _file(reading: Reading, facts: FileFacts) -> Content:
    moment = datetime.fromtimestamp(facts.changed, UTC)
    day = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    parts = [
        reading.text("file-cards", count=facts.cards),
        reading.text("file-changed", version=facts.version, day=day),
    ]
    if facts.stale:
        parts.append(reading.text("file-stale", count=facts.stale))
    for key, count in (("file-problems", facts.problems), ("file-problems-on-disk", facts.on_disk)):
        if count:
            parts.append(reading.text(key, count=count))
    return text(Run(facts.path, code=True), f" — {', '.join(parts)}")
