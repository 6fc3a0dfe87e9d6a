"""An editor's draft: what is wrong with it, or what it changes for readers, the cards as they will be, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import i18n
from bot.catalog.cards import Card
from bot.catalog.differences import Differences
from bot.catalog.problems import Problem
from bot.catalog.snapshot import card_key
from bot.i18n import Language
from bot.layout.blocks import (
    Block,
    Button,
    Buttons,
    Divider,
    Heading,
    ItemList,
    Link,
    Paragraph,
    Press,
    Run,
    Screen,
    text,
)
from bot.views.cards import card_blocks
from bot.views.differences import difference_blocks, difference_pages
from bot.views.lists import page_buttons
from bot.views.problems import problem_line
from bot.views.reading import Reading
from bot.views.routes import Route, View

PUBLISH, LATER, DISCARD, AGAIN, PREVIEW, SKELETON, KEEP = "p", "t", "x", "l", "c", "k", "s"
"""What a button under a draft does, as the trail of its route says it. LATER with `:` and the moment as a number,
SKELETON with the keys of a source and a topic."""


NAMED = 12
"""Most files that are named in a message."""


def draft_route(key: str, trail: str = "", page: int = 0) -> Route:
    """A place in the draft of this key."""
    return Route(View.DRAFT, key, trail, page)


def draft_screen(
    reading: Reading,
    key: str,
    files: Sequence[str],
    found: Differences,
    previews: int,
    *,
    gone: Sequence[str] = (),
    page: int = 0,
    at: str = "",
) -> Screen:
    """What a good draft changes. `previews` is the number of cards to look at, `at` says when it will be published;
    `gone` are the files that it takes away.
    """
    buttons: list[tuple[Button, ...]] = []
    if turn := page_buttons(draft_route(key), page, difference_pages(found)):
        buttons.append(turn)
    if previews:
        buttons.append((reading.press("button-look-at-cards", draft_route(key, PREVIEW), count=previews),))
    buttons += _keep(reading, key, gone)
    buttons.append((reading.press("button-publish", draft_route(key, PUBLISH)),))
    later = "button-not-later" if at else "button-publish-later"
    buttons.append((reading.press(later, draft_route(key, LATER)), _discard(reading, key)))
    return Screen.of(
        Heading(text(reading.text("draft-title")), icon="📝"),
        _files(reading, files) if files else None,
        _gone(reading, gone),
        difference_blocks(reading, found, page),
        Paragraph(text(reading.text("draft-scheduled", when=at) if at else reading.text("draft-not-public"))),
        Buttons(tuple(buttons)),
    )


def same_screen(reading: Reading, key: str, files: Sequence[str]) -> Screen:
    """A draft that holds, byte for byte, what is published."""
    return Screen.of(
        Heading(text(reading.text("draft-title")), icon="📝"),
        _files(reading, files),
        Paragraph(text(reading.text("draft-same"))),
        Buttons(((_discard(reading, key),),)),
    )


def _files(reading: Reading, files: Sequence[str], key: str = "draft-files") -> Paragraph:
    named = [part for path in files[:NAMED] for part in (Run(path, code=True), Run(", "))][:-1]
    more = [" ", reading.text("draft-files-more", count=len(files) - NAMED)] if len(files) > NAMED else []
    return Paragraph(text(reading.text(key, count=len(files)), " ", *named, *more))


def _gone(reading: Reading, gone: Sequence[str]) -> Paragraph | None:
    return _files(reading, gone, "draft-gone") if gone else None


def _keep(reading: Reading, key: str, gone: Sequence[str]) -> list[tuple[Button, ...]]:
    return [(reading.press("button-keep-files", draft_route(key, KEEP), count=len(gone)),)] if gone and key else []


def _discard(reading: Reading, key: str) -> Press:
    return reading.press("button-discard", draft_route(key, DISCARD))


def broken_draft_screen(reading: Reading, key: str, problems: Sequence[Problem], gone: Sequence[str] = ()) -> Screen:
    """Everything that is wrong with a draft. Where that is more than one message, the caller sends it as a file."""
    return Screen.of(
        Heading(text(reading.text("draft-problems", count=len(problems))), icon="⚠️"),
        ItemList(tuple(problem_line(reading, each) for each in problems), numbered=True),
        _gone(reading, gone),
        Paragraph(text(reading.text("draft-mend"))),
        _broken_buttons(reading, key, gone),
    )


def broken_draft_file_screen(
    reading: Reading, key: str, problems: Sequence[Problem], gone: Sequence[str] = ()
) -> Screen:
    """The same where the list is a file of its own."""
    return Screen.of(
        Heading(text(reading.text("draft-problems", count=len(problems))), icon="⚠️"),
        Paragraph(text(reading.text("draft-problems-file"))),
        _gone(reading, gone),
        Paragraph(text(reading.text("draft-mend"))),
        _broken_buttons(reading, key, gone),
    )


def _broken_buttons(reading: Reading, key: str, gone: Sequence[str]) -> Buttons:
    again = reading.press("button-check-again", draft_route(key, AGAIN))
    return Buttons((*_keep(reading, key, gone), (again, _discard(reading, key)))) if key else Buttons(())


def problems_text(reading: Reading, problems: Sequence[Problem]) -> str:
    """All problems as lines of a plain file: `file:line:column: what is wrong`."""
    return "".join(f"{each.place}: {reading.text(each.message_key, **dict(each.words))}\n" for each in problems)


def beneath_screen(
    reading: Reading, key: str, number: int, pen_name: str, found: Differences, both: Sequence[str], page: int = 0
) -> Screen:
    """What somebody published under a draft; its editor must look again before it can be published."""
    turn = page_buttons(draft_route(key), page, difference_pages(found))
    shared: list[Block] = [
        Paragraph(text(reading.text("beneath-both"))),
        ItemList(tuple(text(Run(path, code=True)) for path in both)),
    ]
    again = reading.press("button-look-again", draft_route(key, AGAIN))
    return Screen.of(
        Heading(text(reading.text("beneath-title")), icon="✋"),
        Paragraph(text(reading.text("beneath-text", number=number, name=pen_name))),
        difference_blocks(reading, found, page),
        shared if both else None,
        Buttons((*([turn] if turn else ()), (again, _discard(reading, key)))),
    )


def preview_screen(reading: Reading, key: str, cards: Sequence[Card], page: int) -> Screen:
    """One card of the draft in one language, as readers will see it. Pages go card by card, English then Russian."""
    languages = tuple(Language)
    page %= max(1, len(cards) * len(languages))
    card, language = cards[page // len(languages)], languages[page % len(languages)]
    shown: list[Block] = card_blocks(replace(reading, language=language), card)
    route = draft_route(key, PREVIEW)
    turn = page_buttons(route, page, len(cards) * len(languages))
    edit = Route(View.EDIT, card_key(card.id))
    return Screen.of(
        Paragraph(text(reading.text("preview-of", language=language.value.upper()))),
        Divider(),
        shown,
        Buttons((turn, (reading.press("button-edit", edit), reading.press("button-back", draft_route(key))))),
    )


def later_screen(reading: Reading, key: str, moments: Sequence[datetime], zone: str) -> Screen:
    """When to publish: some moments as buttons, any other in writing. The moments are local to `zone`."""
    buttons = tuple(
        (Press(moment_name(reading, moment), draft_route(key, f"{LATER}:{int(moment.timestamp())}").data()),)
        for moment in moments
    )
    other = reading.press("button-other-moment", draft_route(key, f"{LATER}:ask"))
    return Screen.of(
        Heading(text(reading.text("later-title")), icon="⏰"),
        Paragraph(text(reading.text("later-text", zone=zone))),
        Buttons((*buttons, (other, reading.press("button-back", draft_route(key))))),
    )


def moment_name(reading: Reading, moment: datetime) -> str:
    """A day and an hour in words."""
    day = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    return reading.text("moment-at", day=day, hour=f"{moment:%H:%M}")


def prompt_screen(reading: Reading, asked: str, name: str) -> Screen:
    """A question that is answered in writing; its link says to what, so that nothing need be remembered."""
    link = f"https://t.me/{reading.username}?start={name}"
    return Screen.of(Paragraph(text(asked)), Paragraph(text(Link(reading.text("prompt-link"), link))))
