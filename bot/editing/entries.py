"""From a sheet to the files: the card as an entry of its file, with a new measure; its lines are left out no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.catalog.bundle import CONTENT, SEEDS, Bundle
from bot.catalog.cards import Kind
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.schema_comments import schema_comment
from bot.catalog.snapshot import card_key
from bot.catalog.values import SLUG_LENGTH, parse_lines
from bot.editing.leaving import cited, with_left_out
from bot.editing.rewriting import append
from bot.editing.scalars import WIDTH, entry, flow
from bot.editing.seeding import slug_of
from bot.editing.sheets import Sheet
from bot.editing.skeletons import SECTIONS, home_of

_INDENT = 4
"""Columns by which an entry of a list in a file is indented."""


def entered(sheet: Sheet, base: Bundle, content: Content) -> dict[str, bytes]:
    """The files that change when a card that is whole is put into them, for `Bundle.with_files`.

    `content` is what was read from `base`. Raises ProblemsError where its file cannot be written to.
    """
    values = {name: value for name, value in sheet.values.items() if value not in ("", None)}
    changes = dict(_taken_back(sheet, base, content))
    if sheet.kind == Kind.SUMMARY:
        path = f"{CONTENT}sources/{sheet.source}.yaml"
        lines = ["summary:", *(f"  {line}" for line in block({"id": sheet.source, **values}, 2))]
        return {**changes, path: "\n".join([schema_comment(path) or "", *lines, ""]).encode()}
    kind = Kind(sheet.kind)
    path = home_of(kind, sheet.topic)
    if path not in base.files and sheet.topic:
        raise ProblemsError(Problem.at(Place(path), "unknown_topic", id=sheet.topic, near="none"))
    data = base.files.get(path) or f"{schema_comment(path)}\n{SECTIONS[kind]}:\n".encode()
    if isinstance(values.get("measure"), dict):
        title = values["measure"]
        values["measure"] = free_id(title["en"], content.measures)
        data = append(data, "measures", block({"id": values["measure"], "title": title}, _INDENT), path)
    values = {"id": values.pop("id", None) or free_id(values["title"]["en"], ids_of(content)), **values}
    return {**changes, path: append(data, SECTIONS[kind], block(values, _INDENT), path)}


def ids_of(content: Content) -> set[str]:
    """Every id that a card has or had."""
    return {name for each in content.cards for name in (each.card.id, *each.card.formerly)}


def free_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title that no other has, and whose button key no other has."""
    name = slug_of(title) or "card"
    keys = {card_key(each) for each in taken}
    number, found = 1, name
    while card_key(found) in keys:
        number += 1
        tail = f"-{number}"
        found = name[: SLUG_LENGTH - len(tail)].rstrip("-") + tail
    return found


def block(values: Mapping[str, Any], indent: int) -> list[str]:
    """Keys and values as lines of a block that will be indented by so much, without that indentation."""
    lines: list[str] = []
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines += [f"{name}:", *_listed(value, indent + 2)]
        else:
            first, *rest = entry(name, value, indent).split("\n")
            lines += [first, *(line[indent:] for line in rest)]
    return lines


def _listed(entries: list[Mapping[str, Any]], indent: int) -> Iterator[str]:
    for each in entries:
        short = flow(each)
        if len(short) + indent + 2 <= WIDTH and "\\n" not in short:
            yield f"  - {short}"
        else:
            first, *rest = block(each, indent + 2)
            yield f"  - {first}"
            yield from (f"    {line}" if line else "" for line in rest)


def _taken_back(sheet: Sheet, base: Bundle, content: Content) -> Iterator[tuple[str, bytes]]:
    """The sources of which lines were left out that the card cites: who cites a line takes it back."""
    cites = [*sheet.values.get("cites", ()), *(c for side in sheet.values.get("positions", ()) for c in side["cites"])]
    lines: dict[str, set[int]] = {}
    for cite in cites:
        lines.setdefault(cite["source"], set()).update(parse_lines(str(cite["lines"])))
    for name, numbers in lines.items():
        if name in content.sources and (source := content.sources[name][0]).left_out_lines.keys() & numbers:
            path = f"{SEEDS}{name}.yaml"
            yield path, with_left_out(base.files[path], cited(source, numbers), source.lines)
