"""Sources as editors work with them: one made of a text, one with a new text, and what becomes of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.grounding import LineCoverage
from bot.catalog.problems import Problem
from bot.catalog.snapshot import Topic, card_key
from bot.catalog.sources import Source
from bot.catalog.values import format_lines
from bot.layout.blocks import Block, Buttons, Content, Heading, ItemList, Paragraph, Press, Run, Screen, text
from bot.views.drafts import SKELETON, draft_route
from bot.views.problems import problem_line
from bot.views.reading import Reading, rows
from bot.views.writing import KEEP_TEXT, REPLACE_TEXT, Written, go_on_button, source_buttons, write_route

LOST_SHOWN = 12
"""Most lost lines named in a message; the check finds every citation that is broken."""


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line of the old text that the new one lacks, the cards that cite it, and the new line most like it."""

    line: int
    cards: tuple[str, ...]
    near: int | None


def _topics(reading: Reading, source_id: str, among: Sequence[Topic]) -> Buttons:
    """A button for each topic, which brings a card to be written that cites the source."""
    topics = [
        Press(
            f"{topic.icon} {reading.title(topic.summary)}",
            draft_route("", f"{SKELETON}:{card_key(source_id)}:{card_key(topic.id)}").data(),
        )
        for topic in among
    ]
    return Buttons(rows(topics, 2))


def source_screen(reading: Reading, source_id: str, path: str, lines: int, left_out: int) -> Screen:
    """A source that was made of a text, and how to go on: fill its card in, then write cards."""
    return Screen.of(
        Heading(text(reading.text("source-made", id=source_id)), icon="📰"),
        Paragraph(text(reading.text("source-lines", path=path, lines=lines, left=left_out))),
        Paragraph(text(reading.text("source-fill"))),
        source_buttons(reading, source_id, unfilled=True),
    )


def skeletons_screen(reading: Reading, source_id: str, topics: Sequence[Topic]) -> Screen:
    """For whoever writes in files: a topic's file with a card to be filled in, for each of the topics."""
    return Screen.of(
        Heading(text(source_id), icon="📰"),
        Paragraph(text(reading.text("source-skeleton"))),
        _topics(reading, source_id, topics),
    )


def unfinished_screen(reading: Reading, source_id: str, problems: Sequence[Problem]) -> Screen:
    """A card cannot be begun, for the card of the source is not finished."""
    return Screen.of(
        Paragraph(text(reading.text("source-unfinished", id=source_id))),
        ItemList(tuple(problem_line(reading, each) for each in problems), numbered=True),
    )


def renewed_screen(
    reading: Reading, source_id: str, moved: int, added: Sequence[int], lost: Sequence[LostLine]
) -> Screen:
    """What became of the citations of a source whose text was sent anew."""
    more = len(lost) - LOST_SHOWN
    gone: list[Block] = [
        Paragraph(text(reading.text("source-lost"))),
        ItemList(tuple(_lost(reading, each) for each in lost[:LOST_SHOWN])),
    ]
    return Screen.of(
        Heading(text(reading.text("source-renewed", id=source_id)), icon="📰"),
        Paragraph(text(reading.text("source-moved", count=moved))) if moved or not lost else None,
        Paragraph(text(reading.text("source-in-draft"))),
        Paragraph(text(reading.text("source-new-lines", id=source_id, lines=format_lines(tuple(added)))))
        if added
        else None,
        gone if lost else None,
        Paragraph(text(reading.text("draft-files-more", count=more))) if more > 0 else None,
    )


def same_text_screen(reading: Reading, source_id: str, begun: Sequence[Written]) -> Screen:
    """The text of a source was sent once more, byte for byte: its lines can be read now, and nothing else changed."""
    going = tuple((go_on_button(reading, each),) for each in begun)
    return Screen.of(
        Heading(text(source_id), icon="📰"),
        Paragraph(text(reading.text("source-same"))),
        Buttons((*going, *source_buttons(reading, source_id).rows)),
    )


def doubtful_screen(reading: Reading, source_id: str, gone: int, lines: int) -> Screen:
    """Most lines of a source are not in the text that was sent for it: is it meant for that source at all?"""
    key = card_key(source_id)
    yes = reading.press("button-replace-text", write_route(key, REPLACE_TEXT))
    no = reading.press("button-keep-text", write_route(key, KEEP_TEXT))
    return Screen.of(
        Heading(text(source_id), icon="📰"),
        Paragraph(text(reading.text("source-doubtful", gone=gone, lines=lines))),
        Buttons(((no,), (yes,))),
    )


def _lost(reading: Reading, lost: LostLine) -> Content:
    parts = [reading.text("lost-line", line=lost.line)]
    if lost.cards:
        parts.append(reading.text("lost-cited", cards=", ".join(lost.cards)))
    if lost.near:
        parts.append(reading.text("lost-near", line=lost.near))
    return text("; ".join(parts))


def outline_which_screen(reading: Reading, known: Sequence[str]) -> Screen:
    """Of which source? All of them."""
    return Screen.of(
        Paragraph(text(reading.text("outline-which"))),
        ItemList(tuple(text(Run(f"/outline {each}", code=True)) for each in known)),
    )


def outline_screen(reading: Reading, source: Source, lines: Sequence[LineCoverage]) -> Screen:
    """How much of a source is used, and how to use the rest."""
    open_lines = tuple(line.number for line in lines if not line.covered)
    return Screen.of(
        Heading(text(reading.text("outline-title", id=source.id)), icon="📰"),
        Paragraph(text(reading.text("outline-text", covered=len(lines) - len(open_lines), lines=len(lines)))),
        Paragraph(text(reading.text("outline-open", lines=format_lines(open_lines)))) if open_lines else None,
        source_buttons(reading, source.id),
    )


def outline_text(reading: Reading, source: Source, lines: Sequence[LineCoverage]) -> str:
    """Line by line what becomes of a source, and the figures on each."""
    written = []
    for line in lines:
        what = ", ".join(line.cited_by) or (f"({line.left_out})" if line.left_out else reading.text("outline-nothing"))
        figures = ", ".join(source.lines[line.number].figures)
        written.append(f"{line.number:>5}  {what}" + (f"  [{figures}]" if figures else ""))
    return "\n".join(written) + "\n"
