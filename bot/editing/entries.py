"""From a sheet to the files: the card as an entry of its file, with a new measure; its lines are left out no longer.

What was put into a draft is found there again, so that putting it in once more replaces it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.catalog.bundle import CONTENT, SEEDS, Bundle
from bot.catalog.cards import Kind
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.reading import read_document
from bot.catalog.schema_comments import schema_comment
from bot.catalog.snapshot import card_key
from bot.catalog.values import SLUG_LENGTH, Bilingual, parse_lines
from bot.editing.leaving import cited, with_left_out
from bot.editing.rewriting import append, replace_entry
from bot.editing.scalars import WIDTH, entry, flow
from bot.editing.seeding import slug_of
from bot.editing.sheets import Sheet, digest_of
from bot.editing.skeletons import SECTIONS, home_of

_INDENT = 4
"""Columns by which an entry of a list in a file is indented."""


class SheetState(StrEnum):
    """What became of a sheet: it is being written, its card is in the draft, says something else than it there, is
    published and says something else, or is not there.
    """

    WRITTEN = "written"
    THERE = "there"
    CHANGED = "changed"
    PUBLISHED = "published"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Entered:
    """The files that change when a card is put into them, for `Bundle.with_files`; the sheet, which knows of it."""

    changes: Mapping[str, bytes]
    sheet: Sheet


def entered(sheet: Sheet, base: Bundle, content: Content, under: Bundle | None = None) -> Entered:
    """Put a card that is whole into its file, in place of what it became there before.

    `content` is what was read from `base`, `under` is what is published beneath it. Raises ProblemsError where its file
    cannot be written to.
    """
    under = under or base
    values = {name: value for name, value in sheet.values.items() if value not in ("", None)}
    changes = dict(_taken_back(sheet, base, content))
    path = path_of(sheet)
    there = _own(sheet, base, under)
    if sheet.kind == Kind.SUMMARY:
        if path in base.files and there is None:
            raise ProblemsError(Problem.at(Place(path), "repeated_id", id=sheet.source, at=Place(path)))
        values = {"id": sheet.source} | {name: value for name, value in values.items() if name != "id"}
        lines = ["summary:", *(f"  {line}" for line in block(values, 2))]
        data = "\n".join([schema_comment(path) or "", *lines, ""]).encode()
    else:
        data = _file(path, sheet, base, under)
        if isinstance(values.get("measure"), dict):
            values["measure"], data = _measured(values["measure"], data, content, path)
        taken = ids_of(content) - ({sheet.entered} if there is not None else set())
        kept = sheet.entered if sheet.entered and sheet.entered not in taken else ""
        values = {"id": values.pop("id", None) or kept or free_id(values["title"]["en"], taken), **values}
        section, lines = SECTIONS[Kind(sheet.kind)], block(values, _INDENT)
        data = append(data, section, lines, path) if there is None else replace_entry(data, section, there, lines, path)
    known = replace(sheet, entered=str(values["id"]), then=digest_of(sheet.values))
    known = replace(known, entry=digest_of(_entry(known, {path: data})[1]))
    return Entered({**changes, path: data}, known)


def state_of(sheet: Sheet, base: Bundle, under: Bundle) -> SheetState:
    """What became of a sheet in a draft that comes to `base`, over what is published."""
    if not sheet.entered:
        return SheetState.WRITTEN
    if _own(sheet, base, under) is None:
        return SheetState.LOST
    if not sheet.changed:
        return SheetState.THERE
    return SheetState.PUBLISHED if _entry(sheet, under.files)[1] == _entry(sheet, base.files)[1] else SheetState.CHANGED


def path_of(sheet: Sheet) -> str:
    """The file in which the card of a sheet stands. Raises ProblemsError where its topic cannot be one."""
    if sheet.kind == Kind.SUMMARY:
        return f"{CONTENT}sources/{sheet.source}.yaml"
    return home_of(Kind(sheet.kind), sheet.topic)


def _file(path: str, sheet: Sheet, base: Bundle, under: Bundle) -> bytes:
    if path not in base.files and path in under.files:  # one made anew would hold this card alone
        raise ProblemsError(Problem.at(Place(path), "file_goes", file=path))
    if path not in base.files and sheet.topic:
        raise ProblemsError(Problem.at(Place(path), "unknown_topic", id=sheet.topic, near="none"))
    return base.files.get(path) or f"{schema_comment(path)}\n{SECTIONS[Kind(sheet.kind)]}:\n".encode()


def _measured(title: Mapping[str, str], data: bytes, content: Content, path: str) -> tuple[str, bytes]:
    """The id of the measure of this title, and the file with it: the one that is there, or a new one."""
    for name, (measure, _) in content.measures.items():
        if measure.title == Bilingual(**title):
            return name, data
    name = free_id(title["en"], content.measures)
    return name, append(data, "measures", block({"id": name, "title": title}, _INDENT), path)


def _own(sheet: Sheet, base: Bundle, under: Bundle) -> int | None:
    """Where the card that a sheet became stands among those of its file; None where it does not, or another does."""
    place, entry = _entry(sheet, base.files)
    if entry is None or (_entry(sheet, under.files)[1] == entry and digest_of(entry) != sheet.entry):
        return None
    return place


def _entry(sheet: Sheet, files: Mapping[str, bytes]) -> tuple[int, Any]:
    """The place and the values of the card of this id in its file; of none None."""
    path = path_of(sheet)
    if not sheet.entered or path not in files:
        return 0, None
    document, problems = read_document(files[path], path)
    if problems or not isinstance(document.value, dict):
        return 0, None
    if sheet.kind == Kind.SUMMARY:
        return 0, document.value.get("summary")
    listed = document.value.get(SECTIONS[Kind(sheet.kind)])
    found = enumerate(listed if isinstance(listed, list) else ())
    return next(
        ((at, each) for at, each in found if isinstance(each, dict) and each.get("id") == sheet.entered), (0, None)
    )


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
