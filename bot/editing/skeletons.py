"""A card to be written: citations filled in, texts empty in both languages, the figures of its lines at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.catalog.bundle import CONTENT, Bundle
from bot.catalog.cards import Kind
from bot.catalog.grounding import coverage
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.schema_comments import schema_comment
from bot.catalog.sources import Source
from bot.catalog.values import SLUG_PATTERN, format_lines
from bot.editing.rewriting import append
from bot.editing.seeding import source_of

_EMPTY = '{en: "", ru: ""}'
_HOLDER = '"" # id of an actor, or {en: …, ru: …}'
_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.STATISTIC: (
        'measure: "" # id of a measure',
        'value: "" # or low and high, or in_words',
        f"unit: {_EMPTY}",
        f"population: {_EMPTY}",
        'as_of: ""',
        f"attributed_to: {_HOLDER}",
        f"text: {_EMPTY}",
    ),
    Kind.RECOMMENDATION: ("audience: []", f"action: {_EMPTY}", f"reason: {_EMPTY}", f"attributed_to: {_HOLDER}"),
    Kind.ARGUMENT: (f"claim: {_EMPTY}", "grounds:", f"  - {_EMPTY}", f"attributed_to: {_HOLDER}"),
    Kind.EVENT: ('when: ""', f"text: {_EMPTY}"),
    Kind.ACTOR: ('type: ""', f"role: {_EMPTY}", f"text: {_EMPTY}"),
    Kind.TERM: (f"text: {_EMPTY}",),
    Kind.SUMMARY: ("points:", f"  - {_EMPTY}", f"body: {_EMPTY}"),
}
SECTIONS = {
    Kind.STATISTIC: "statistics",
    Kind.RECOMMENDATION: "recommendations",
    Kind.ARGUMENT: "arguments",
    Kind.DEBATE: "debates",
    Kind.EVENT: "events",
    Kind.ACTOR: "actors",
    Kind.TERM: "terms",
}
_FIGURES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file with a new card in it: its path in a bundle, its bytes, the lines that the card cites."""

    path: str
    data: bytes
    lines: tuple[int, ...]


def skeleton(
    base: Bundle, source_id: str, topic: str = "", kind: Kind | None = None, lines: Sequence[int] = ()
) -> Skeleton:
    """Put a card to be written into its file, or make the file. It is a draft, and the check says what to fill in.

    Without lines: those of the source that nothing accounts for, or all where everything is. Without a kind: a
    statistic where there are figures on the lines, else an argument; the first card of a new topic is its summary, and
    a source without a topic gets its own summary. Raises ProblemsError where source or lines do not exist.
    """
    content = base.load()
    source, _ = source_of(content, source_id, Place("seeds"))
    lines = chosen_lines(content, source, lines)
    kind = kind or (Kind.STATISTIC if any(source.lines[line].figures for line in lines) else Kind.ARGUMENT)
    if kind is Kind.SUMMARY and not topic:
        path = f"{CONTENT}sources/{source_id}.yaml"
        _refuse_existing(base, path)
        text = "\n".join(
            (schema_comment(path) or "", "summary:", *_indented(card_lines(kind, source, lines, source_id)))
        )
        return Skeleton(path, f"{text}\n".encode(), tuple(lines))
    path = home_of(kind, topic)
    if path not in base.files:
        return Skeleton(path, _new_file(path, kind, topic, source, lines), tuple(lines))
    if kind is Kind.SUMMARY:
        _refuse_existing(base, path)
    return Skeleton(path, append(base.files[path], SECTIONS[kind], card_lines(kind, source, lines), path), tuple(lines))


def home_of(kind: Kind, topic: str) -> str:
    """The file in which a card stands. Raises ProblemsError where the topic cannot be one."""
    if kind is Kind.ACTOR:
        return f"{CONTENT}actors.yaml"
    if kind is Kind.TERM:
        return f"{CONTENT}glossary.yaml"
    if not re.fullmatch(SLUG_PATTERN, topic):
        raise ProblemsError(Problem.at(Place("content/topics"), "unknown_topic", id=topic, near="none"))
    return f"{CONTENT}topics/{topic}.yaml"


def _refuse_existing(base: Bundle, path: str) -> None:
    if path in base.files:
        raise ProblemsError(Problem.at(Place(path), "repeated_id", id="summary", at=Place(path)))


def _new_file(path: str, kind: Kind, topic: str, source: Source, lines: Sequence[int]) -> bytes:
    """A new topic with the summary that it needs; or a file of actors or terms."""
    text = [schema_comment(path) or ""]
    if path.startswith(f"{CONTENT}topics/"):
        summary = _indented(card_lines(Kind.SUMMARY, source, lines, topic))
        text += ['icon: "" # one emoji', "order: 50", "summary:", *summary]
    if kind is not Kind.SUMMARY:
        text += [f"{SECTIONS[kind]}:", *_listed(card_lines(kind, source, lines))]
    return ("\n".join(text) + "\n").encode()


def chosen_lines(content: Content, source: Source, lines: Sequence[int]) -> tuple[int, ...]:
    """The lines that a card cites, or without any those that are open; blank ones within a range fall out.

    Raises ProblemsError where they go beyond the text, or are all blank.
    """
    there = tuple(line for line in lines if line in source.lines)
    missing = tuple(line for line in lines if line > max(source.lines)) if there else tuple(lines)
    if missing:
        place = Place(f"seeds/{source.id}.yaml")
        raise ProblemsError(Problem.at(place, "no_such_line", lines=format_lines(missing), source=source.id))
    return there or open_lines(content, source)


def open_lines(content: Content, source: Source) -> tuple[int, ...]:
    """The lines that nothing accounts for; where everything is, all that are not left out."""
    found = coverage(content, source)
    return tuple(line.number for line in found if not line.covered) or tuple(
        line.number for line in found if line.left_out is None
    )


def card_lines(kind: Kind, source: Source, lines: Sequence[int], card_id: str = "") -> list[str]:
    """The lines of YAML of a card, without indentation."""
    cites = f'{{source: {source.id}, lines: "{format_lines(tuple(lines))}"}}'
    fields = list(_FIELDS.get(kind, ()))
    if kind is Kind.DEBATE:
        position = [f"- holder: {_HOLDER}", f"  text: {_EMPTY}", f"  cites: [{cites}]"]
        fields = [f"question: {_EMPTY}", "positions:", *_indented([*position, *position])]
    return [
        f"id: {card_id}" if card_id else 'id: "" # lower-case words with hyphens; links lead to it',
        *_figures(source, lines),
        f"title: {_EMPTY}",
        *fields,
        *(["cites:", f"  - {cites}"] if kind is not Kind.DEBATE else []),
        "draft: true",
    ]


def _figures(source: Source, lines: Sequence[int]) -> Iterator[str]:
    """A comment with the figures that the cited lines bear out."""
    for line in lines:
        if figures := source.lines[line].figures:
            more = ", …" if len(figures) > _FIGURES_SHOWN else ""
            yield f"# figures on line {line}: {', '.join(figures[:_FIGURES_SHOWN])}{more}"


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
