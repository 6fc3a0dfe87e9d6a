"""Problems of the content as a screen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.problems import Problem
from bot.layout.blocks import Content, Heading, ItemList, Paragraph, Run, Screen, text
from bot.views.reading import Reading

SHOWN = 10
"""Problems named in one message; `kolokol check` lists them all."""


def problem_line(reading: Reading, problem: Problem, line: str = "") -> Content:
    """A problem with its place in front, and below it the line it lies on, where that is known."""
    quoted = ("\n", Run(line, code=True)) if line.strip() else ()
    said = reading.text(problem.message_key, **problem.said())
    return text(Run(str(problem.place), code=True), " ", said, *quoted)


def problems_screen(reading: Reading, problems: Sequence[Problem]) -> Screen:
    """The first problems, each with its place, and how many more there are."""
    items = tuple(problem_line(reading, each) for each in problems[:SHOWN])
    more = len(problems) - len(items)
    return Screen.of(
        Heading(text(reading.text("problems-title")), icon="⚠️"),
        Paragraph(text(reading.text("problems-intro"))),
        ItemList(items),
        Paragraph(text(reading.text("problems-more", count=more))) if more else None,
    )
