"""An editor's draft: what came, what is wrong with it or what it changes for readers, and the cards as they will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.catalog.cards import Card
from bot.catalog.differences import Differences
from bot.catalog.faults import Fault
from bot.catalog.problems import Problem
from bot.catalog.snapshot import card_key
from bot.i18n import Language
from bot.layout.blocks import (
    Block,
    Button,
    Buttons,
    Content,
    Divider,
    Heading,
    ItemList,
    Paragraph,
    Press,
    Run,
    Screen,
    text,
)
from bot.views.cards import card_blocks
from bot.views.differences import difference_blocks, difference_pages
from bot.views.lists import NUMBERS_IN_ROW, page_buttons, pages
from bot.views.problems import problem_line
from bot.views.reading import Reading, rows
from bot.views.routes import Route, View

PUBLISH, LATER, DISCARD, AGAIN, PREVIEW, SKELETON, KEEP = "p", "t", "x", "l", "c", "k", "s"
CHECK, LEAVE_OUT, FILES, TAKE_OUT = "n", "o", "f", "m"
"""What a button under a draft does, as the trail of its route says it. LATER with `:` and the moment as a number,
SKELETON with the keys of a source and a topic, TAKE_OUT with that of a file."""

NAMED = 12
"""Most files that are named in a message, refused ones among them."""


@dataclass(frozen=True, slots=True)
class DraftShown:
    """What a draft holds: the files that it changes or adds, those that it takes away, all that were sent for it, and
    what was refused. `key` stands in its buttons; one without has none. `at` says when it will be published."""

    key: str
    files: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class BeneathShown:
    """What was published under a draft: the version, who published it, what it changed. Of the files that the draft
    changes too, `joined` will hold both changes, `apart` cannot.
    """

    number: int
    pen_name: str
    differences: Differences
    joined: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def draft_route(key: str, trail: str = "", page: int = 0) -> Route:
    """A place in the draft of this key."""
    return Route(View.DRAFT, key, trail, page)


def came_screen(reading: Reading, draft: DraftShown) -> Screen:
    """Files came and are about to be looked at; this message is turned into what becomes of them."""
    count = len(draft.refused)
    return Screen.of(
        _files(reading, draft.sent, "draft-came") if draft.sent else None,
        _gone(reading, draft),
        Paragraph(text(reading.text("draft-came-refused", count=count))) if count else None,
        Paragraph(text(reading.text("draft-soon"))),
        Buttons(((reading.press("button-check-now", draft_route(draft.key, CHECK)),),)),
    )


def draft_screen(reading: Reading, draft: DraftShown, found: Differences, previews: int, *, page: int = 0) -> Screen:
    """What a good draft changes. `previews` is the number of cards to look at."""
    key, at, refused = draft.key, draft.at, len(draft.refused)
    buttons: list[tuple[Button, ...]] = []
    if turn := page_buttons(draft_route(key), page, difference_pages(found)):
        buttons.append(turn)
    if previews:
        buttons.append((reading.press("button-look-at-cards", draft_route(key, PREVIEW), count=previews),))
    buttons += _keep(reading, draft)
    label = "button-publish-without" if refused else "button-publish"
    buttons.append((reading.press(label, draft_route(key, PUBLISH), count=refused),))
    later = "button-not-later" if at else "button-publish-later"
    buttons.append((reading.press(later, draft_route(key, LATER)), _discard(reading, key)))
    buttons += _take_out(reading, draft)
    return Screen.of(
        Heading(text(reading.text("draft-title")), icon="📝"),
        _files(reading, draft.files) if draft.files else None,
        _gone(reading, draft),
        difference_blocks(reading, found, page),
        _refused(reading, draft),
        Paragraph(text(reading.text("draft-scheduled", when=at) if at else reading.text("draft-not-public"))),
        Buttons(tuple(buttons)),
    )


def same_screen(reading: Reading, draft: DraftShown) -> Screen:
    """A draft that holds, byte for byte, what is published."""
    return Screen.of(
        Heading(text(reading.text("draft-title")), icon="📝"),
        _files(reading, draft.sent),
        Paragraph(text(reading.text("draft-same"))),
        _refused(reading, draft),
        Buttons(((_discard(reading, draft.key),),)),
    )


def _files(reading: Reading, files: Sequence[str], key: str = "draft-files") -> Paragraph:
    named = [part for path in files[:NAMED] for part in (Run(path, code=True), Run(", "))][:-1]
    more = [" ", reading.text("draft-files-more", count=len(files) - NAMED)] if len(files) > NAMED else []
    return Paragraph(text(reading.text(key, count=len(files)), " ", *named, *more))


def _gone(reading: Reading, draft: DraftShown) -> Paragraph | None:
    return _files(reading, draft.gone, "draft-gone") if draft.gone else None


def _refused(reading: Reading, draft: DraftShown) -> list[Block]:
    """What was sent and is not in the draft, each with why; the list that is sent as a file has all of them."""
    if not draft.refused:
        return []
    items: list[Content] = [problem_line(reading, each) for each in draft.refused[:NAMED]]
    if more := len(draft.refused) - len(items):
        items.append(text(reading.text("draft-refused-more", count=more)))
    count = len(draft.refused)
    return [Heading(text(reading.text("draft-refused", count=count)), 2, "🚫"), ItemList(tuple(items))]


def _keep(reading: Reading, draft: DraftShown) -> list[tuple[Button, ...]]:
    count = len(draft.gone)
    return [(reading.press("button-keep-files", draft_route(draft.key, KEEP), count=count),)] if count else []


def _take_out(reading: Reading, draft: DraftShown, least: int = 2) -> list[tuple[Button, ...]]:
    several = len(draft.sent) + len(draft.gone) >= least
    return [(reading.press("button-take-out", draft_route(draft.key, FILES)),)] if several else []


def _discard(reading: Reading, key: str) -> Press:
    return reading.press("button-discard", draft_route(key, DISCARD))


def _leave_out(reading: Reading, draft: DraftShown) -> list[tuple[Button, ...]]:
    count = len(draft.refused)
    return [(reading.press("button-leave-out", draft_route(draft.key, LEAVE_OUT), count=count),)] if count else []


def refused_screen(reading: Reading, draft: DraftShown) -> Screen:
    """Nothing of what was sent could be taken."""
    return Screen.of(
        _refused(reading, draft),
        Paragraph(text(reading.text("draft-refused-mend"))),
        Buttons(tuple(_leave_out(reading, draft))),
    )


def faults_screen(reading: Reading, draft: DraftShown, faults: Sequence[Fault], *, listed: bool = True) -> Screen:
    """Everything that is wrong with a draft. Where that is more than one message it is not `listed`: the caller sends
    the list as a file.
    """
    return Screen.of(
        Heading(text(reading.text("draft-problems", count=len(faults))), icon="⚠️"),
        _files(reading, draft.files) if draft.files else None,
        _gone(reading, draft),
        _listed(reading, faults) if listed else Paragraph(text(reading.text("draft-problems-file"))),
        _refused(reading, draft),
        Paragraph(text(reading.text("draft-mend"))),
        _broken_buttons(reading, draft),
    )


def _listed(reading: Reading, faults: Sequence[Fault]) -> list[Block]:
    own = [fault for fault in faults if not fault.elsewhere]
    others = faults[len(own) :]
    blocks: list[Block] = [_numbered(reading, own, 1)] if own else []
    if others:
        blocks.append(Paragraph(text(reading.text("draft-elsewhere"))))
        blocks.append(_numbered(reading, others, len(own) + 1))
    return blocks


def _numbered(reading: Reading, faults: Sequence[Fault], start: int) -> ItemList:
    items = tuple(problem_line(reading, each.problem, each.line) for each in faults)
    return ItemList(items, numbered=True, start=start)


def _broken_buttons(reading: Reading, draft: DraftShown) -> Buttons:
    if not draft.key:
        return Buttons(())
    again = reading.press("button-check-again", draft_route(draft.key, AGAIN))
    last = (again, _discard(reading, draft.key))
    return Buttons(
        (*_keep(reading, draft), *_leave_out(reading, draft), last, *_take_out(reading, draft)),
    )


def broken_draft_screen(reading: Reading, key: str, problems: Sequence[Problem]) -> Screen:
    """What is wrong with something that did not come to be in a draft: no line of it is known."""
    return faults_screen(reading, DraftShown(key), [Fault(each) for each in problems])


def problems_text(reading: Reading, faults: Sequence[Fault], refused: Sequence[Problem] = ()) -> str:
    """All problems as a plain file: `file:line:column: what is wrong`, below each the line it lies on; what was refused
    stands at its end.
    """
    own = [fault for fault in faults if not fault.elsewhere]
    parts = [
        ("", own),
        (reading.text("draft-elsewhere"), faults[len(own) :]),
        (reading.text("draft-refused", count=len(refused)), [Fault(each) for each in refused]),
    ]
    return "\n".join(
        (f"{title}\n\n" if title else "") + "".join(_as_text(reading, each) for each in its)
        for title, its in parts
        if its
    )


def _as_text(reading: Reading, fault: Fault) -> str:
    problem = fault.problem
    said = f"{problem.place}: {reading.text(problem.message_key, **problem.said())}\n"
    return said + (f"    {fault.line}\n" if fault.line.strip() else "")


def files_screen(reading: Reading, draft: DraftShown, page: int = 0) -> Screen:
    """The files of a draft, each with a button that takes it out."""
    files = sorted((*draft.sent, *draft.gone))
    count = pages(len(files), NAMED)
    page = min(page, count - 1)
    start = page * NAMED
    shown = files[start : start + NAMED]
    buttons = [
        Press(str(number), draft_route(draft.key, f"{TAKE_OUT}:{card_key(path)}").data())
        for number, path in enumerate(shown, start=start + 1)
    ]
    goes = reading.text("draft-file-goes")
    items = tuple(text(Run(path, code=True), f" — {goes}" if path in draft.gone else "") for path in shown)
    turn = page_buttons(draft_route(draft.key, FILES), page, count)
    back = reading.press("button-back", draft_route(draft.key))
    return Screen.of(
        Heading(text(reading.text("draft-take-out-title")), icon="✂️"),
        Paragraph(text(reading.text("draft-take-out"))),
        ItemList(items, numbered=True, start=start + 1),
        Buttons((*rows(buttons, NUMBERS_IN_ROW), *([turn] if turn else ()), (back,))),
    )


def beneath_screen(reading: Reading, draft: DraftShown, under: BeneathShown, page: int = 0) -> Screen:
    """What somebody published under a draft; its editor must look again before it can be published."""
    key = draft.key
    turn = page_buttons(draft_route(key), page, difference_pages(under.differences))
    again = reading.press("button-look-again", draft_route(key, AGAIN))
    take_out = _take_out(reading, draft, least=1) if under.apart else ()
    return Screen.of(
        Heading(text(reading.text("beneath-title")), icon="✋"),
        Paragraph(text(reading.text("beneath-text", number=under.number, name=under.pen_name))),
        difference_blocks(reading, under.differences, page),
        _shared(reading, "beneath-joined", under.joined),
        _shared(reading, "beneath-apart", under.apart),
        _refused(reading, draft),
        Buttons((*([turn] if turn else ()), (again, _discard(reading, key)), *take_out)),
    )


def _shared(reading: Reading, key: str, files: Sequence[str]) -> list[Block]:
    """What becomes of files that somebody else changed too."""
    items = tuple(text(Run(path, code=True)) for path in files)
    return [Paragraph(text(reading.text(key, count=len(files)))), ItemList(items)] if files else []


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
