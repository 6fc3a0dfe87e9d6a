"""Beginning a card in the chat: which source, kind, topic and lines; and lines of a source that no card needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from bot.catalog.cards import Kind
from bot.catalog.problems import Problem
from bot.catalog.snapshot import Topic, card_key
from bot.catalog.sources import Reason
from bot.catalog.values import format_lines
from bot.layout.blocks import Block, Buttons, Heading, ItemList, Paragraph, Press, Screen, text
from bot.views.drafts import draft_route
from bot.views.fields import asked
from bot.views.reading import KIND_ICONS, Reading, rows
from bot.views.trails import KIND_LETTERS
from bot.views.writing import (
    ALL_OPEN,
    LEAVE_ALL_OUT,
    LEAVE_OUT,
    NEW,
    SOURCE,
    Cited,
    Written,
    cited_blocks,
    source_buttons,
    title_of,
    with_astray,
    write_route,
    wrong_blocks,
)

REASONS: tuple[Reason, ...] = get_args(Reason)
"""Why lines are left out, in the order of the buttons."""
OPEN_SHOWN = 120
"""Most characters shown of a line that is still to be chosen."""


def new_screen(reading: Reading, begun: Sequence[Written], sources: Sequence[str]) -> Screen:
    """The cards that are begun, and the sources from which one can be."""
    going = [(Press(_name(reading, each), write_route(each.key).data()),) for each in begun]
    from_sources = [Press(f"📰 {each}", write_route(card_key(each), NEW).data()) for each in sources]
    screen = Screen.of(
        Heading(text(reading.text("new-title")), icon="✍️"),
        Paragraph(text(reading.text("new-begun", count=len(begun)))) if begun else None,
        Paragraph(text(reading.text("new-sources"))),
        Buttons((*going, *rows(from_sources, 2), (reading.menu(),))),
    )
    return with_astray(reading, screen, [each for each in begun if each.standing in ("changed", "published", "lost")])


def _name(reading: Reading, written: Written) -> str:
    icon = KIND_ICONS[Kind(written.kind)] if written.kind != SOURCE else "📰"
    left = reading.text("write-left-short", count=written.left)
    stands = left if written.standing == "written" else reading.text(f"write-stands-{written.standing}")
    return f"{icon} {title_of(written)} · {stands}"


def kinds_screen(reading: Reading, source_id: str, kinds: Sequence[Kind]) -> Screen:
    """What the new card is."""
    key = card_key(source_id)
    buttons = [
        Press(
            f"{KIND_ICONS[kind]} {reading.text(f'write-kind-{kind}')}",
            write_route(key, f"{NEW}:{KIND_LETTERS[kind]}").data(),
        )
        for kind in kinds
    ]
    return Screen.of(
        Heading(text(reading.text("write-new", id=source_id)), icon="✍️"),
        Paragraph(text(reading.text("write-kind"))),
        Buttons((*rows(buttons, 2), (reading.press("button-back", write_route("")),))),
    )


def topics_screen(reading: Reading, source_id: str, kind: Kind, topics: Sequence[Topic]) -> Screen:
    """In which of the topics the new card stands."""
    key = card_key(source_id)
    buttons = [
        Press(
            f"{topic.icon} {reading.title(topic.summary)}",
            write_route(key, f"{NEW}:{KIND_LETTERS[kind]}:{card_key(topic.id)}").data(),
        )
        for topic in topics
    ]
    return Screen.of(
        Heading(text(reading.text("write-new", id=source_id)), icon="✍️"),
        Paragraph(text(reading.text("write-topic"))),
        Buttons((*rows(buttons, 2), (reading.press("button-back", write_route(key, NEW)),))),
    )


def _open(reading: Reading, open_lines: Cited) -> list[Block]:
    """The lines that nothing accounts for yet, with the beginning of each."""
    lines = format_lines(tuple(open_lines.figures))
    if not lines:
        return [Paragraph(text(reading.text("write-lines-none")))]
    return [
        Paragraph(text(reading.text("write-lines-open", lines=lines))),
        *cited_blocks(reading, open_lines, OPEN_SHOWN),
    ]


def lines_screen(reading: Reading, trail: str, open_lines: Cited, problems: Sequence[Problem] = ()) -> Screen:
    """Which lines the new card cites: those that are open at a press, any others in writing."""
    key = card_key(open_lines.source)
    all_open = (reading.press("button-all-open", write_route(key, f"{ALL_OPEN}:{trail}")),)
    back = (reading.press("button-back", write_route(key, NEW)),)
    return Screen.of(
        Heading(text(reading.text("write-new", id=open_lines.source)), icon="✍️"),
        wrong_blocks(reading, problems),
        _open(reading, open_lines),
        Buttons((*((all_open,) if open_lines.figures else ()), back)),
    )


def ask_lines_screen(reading: Reading, name: str) -> Screen:
    """The question for lines, to be answered in writing."""
    return Screen.of(
        asked(reading, reading.text("field-cites"), name), Paragraph(text(reading.text("write-lines-ask")))
    )


def reasons_screen(reading: Reading, open_lines: Cited) -> Screen:
    """Why lines are left out."""
    key = card_key(open_lines.source)
    buttons = tuple(
        (reading.press(f"write-reason-{reason}", write_route(key, LEAVE_OUT, number)),)
        for number, reason in enumerate(REASONS, start=1)
    )
    return Screen.of(
        Heading(text(reading.text("leave-title", id=open_lines.source)), icon="🗄"),
        _open(reading, open_lines),
        Paragraph(text(reading.text("leave-why"))),
        Buttons((*buttons, (reading.press("button-new-card", write_route(key, NEW)),))),
    )


def leave_screen(reading: Reading, number: int, open_lines: Cited, problems: Sequence[Problem] = ()) -> Screen:
    """Which lines are left out for a reason."""
    key = card_key(open_lines.source)
    all_open = (reading.press("button-all-open", write_route(key, LEAVE_ALL_OUT, number)),)
    back = (reading.press("button-back", write_route(key, LEAVE_OUT)),)
    return Screen.of(
        Heading(text(reading.text(f"write-reason-{REASONS[number - 1]}"))),
        wrong_blocks(reading, problems),
        _open(reading, open_lines),
        Buttons((*((all_open,) if open_lines.figures else ()), back)),
    )


def open_screen(reading: Reading, open_lines: Cited, note: str, draft: str) -> Screen:
    """What was done, and the lines of the source that nothing accounts for yet: without them nothing is published.
    `draft` is the key of the draft.
    """
    lines = format_lines(tuple(open_lines.figures))
    buttons = source_buttons(reading, open_lines.source).rows
    return Screen.of(
        Paragraph(text("✅ ", reading.text(note))),
        Paragraph(text(reading.text("write-still-open", id=open_lines.source, lines=lines))),
        cited_blocks(reading, open_lines, OPEN_SHOWN),
        Buttons((*buttons, (reading.press("button-draft", draft_route(draft)),))),
    )


def done_screen(reading: Reading, note: str, draft: str) -> Screen:
    """What was done, with the way to the draft of this key, where it can be seen."""
    up = (reading.press("button-draft", draft_route(draft)), reading.menu())
    return Screen.of(Paragraph(text("✅ ", reading.text(note))), Buttons((up,)))


def refused_screen(reading: Reading, problems: Sequence[Problem]) -> Screen:
    """What was asked for cannot be."""
    return Screen.of(wrong_blocks(reading, problems), Buttons(((reading.menu(),),)))


def unready_screen(reading: Reading, source_id: str, missing: Sequence[str], problems: Sequence[Problem]) -> Screen:
    """A card cannot be begun, for the card of the source lacks something: it can be filled in here.

    `missing` are the names of its fields that are still to be written; without any, `problems` is what is wrong.
    """
    wrong = tuple(text(reading.text(each.message_key, **each.said(answer=True))) for each in problems)
    said = reading.text("write-source-first" if missing else "write-source-wrong", id=source_id)
    fill_in = reading.press("button-fill-in", write_route(card_key(source_id)))
    return Screen.of(
        Paragraph(text(said)),
        ItemList(tuple(text(each) for each in missing) or wrong),
        Buttons(((fill_in,),)),
    )
