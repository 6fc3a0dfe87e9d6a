"""Changing one field in a content file: only the lines of that field change, all else stays byte for byte.

The place of the field is cut out of the text by the parser's own marks and written anew in the style it had: order,
comments, quotes and wrapping stay. Each way of writing is read back, and taken only where the file then says exactly
what it said before, with the one field changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml

from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.reading import FORBIDDEN, LOADER, Document, Path, read_document
from bot.editing.scalars import (
    WIDTH,
    FieldValue,
    Scalar,
    double,
    entry,
    flow,
    foldable,
    folded,
    indented,
    inline,
    plain,
    single,
    wrapped,
)

_BOM = "\ufeff"


def rewrite(data: bytes, path: Path, value: FieldValue | None, file: str = "") -> bytes:
    """The file with the field at `path` set to `value`; None takes it out, and one that is not there is put in.

    A mapping changes each of its keys where the field is a mapping too. A text of digits stays a bare number where one
    stood. Raises ProblemsError where the file cannot be read, or the field cannot be written there.
    """
    document, problems = read_document(data, file)
    if problems:
        raise ProblemsError(*problems)
    old = _get(document.value, path)
    if isinstance(value, Mapping) and isinstance(old, dict):
        for key in dict.fromkeys((*value, *old)):
            data = rewrite(data, (*path, key), value.get(key), file)
        return data
    if isinstance(value, list | tuple) and isinstance(old, list) and 0 < len(value) == len(old):
        for number, each in enumerate(value):
            data = rewrite(data, (*path, number), each, file)
        return data
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
        if isinstance(old, int) and not isinstance(old, bool) and re.fullmatch(r"0|[1-9]\d{0,17}", value):
            value = int(value)
    _check_characters(document, path, value)
    wanted = _with(document, path, value)
    if wanted == document.value and type(old) is type(value):
        return data
    for candidate in _Text.of(data).candidates(path, value, wanted):
        written = candidate.encode()
        found, problems = read_document(written, file)
        if not problems and found.value == wanted:
            return written
    raise ProblemsError(Problem.at(document.place(path), "cannot_rewrite", key=_name(path)))


def append(data: bytes, section: str, lines: Sequence[str], file: str = "") -> bytes:
    """The file with one more entry at the end of the list `section`, which is made where it is not there.

    `lines` are the YAML of the entry, without indentation. Raises ProblemsError where the file or the lines cannot be
    read, or what stands under `section` is no list of entries under one another.
    """
    document, problems = read_document(data, file)
    entry, more = read_document("\n".join(lines).encode(), file)
    if problems or more:
        raise ProblemsError(*problems, *more)
    wanted = deepcopy(document.value)
    if isinstance(wanted, dict) and isinstance(listed := wanted.setdefault(section, []) or [], list):
        wanted[section] = [*listed, entry.value]
        written = _Text.of(data).appended(section, lines).encode()
        found, problems = read_document(written, file)
        if not problems and found.value == wanted:
            return written
    raise ProblemsError(Problem.at(document.place((section,)), "cannot_rewrite", key=section))


def replace_entry(data: bytes, section: str, number: int, lines: Sequence[str], file: str = "") -> bytes:
    """The file with one entry of the list `section` written anew where it stands. `lines` and what is raised: as for
    `append`.
    """
    document, problems = read_document(data, file)
    entry, more = read_document("\n".join(lines).encode(), file)
    if problems or more:
        raise ProblemsError(*problems, *more)
    wanted = deepcopy(document.value)
    wanted[section][number] = entry.value
    written = _Text.of(data).with_entry(section, number, lines).encode()
    found, problems = read_document(written, file)
    if problems or found.value != wanted:
        raise ProblemsError(Problem.at(document.place((section, number)), "cannot_rewrite", key=section))
    return written


def _name(path: Path) -> str:
    return ".".join(map(str, path))


def _get(value: Any, path: Path) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _check_characters(document: Document, path: Path, value: FieldValue | None) -> None:
    texts = [value] if isinstance(value, str) else value if isinstance(value, Sequence) else ()
    for text in texts:
        if found := FORBIDDEN.search(text):
            character = f"U+{ord(found[0]):04X}"
            raise ProblemsError(Problem.at(document.place(path), "yaml_character", character=character))


def _with(document: Document, path: Path, value: FieldValue | None) -> Any:
    """What the file shall say. Mappings on the way are made; entries of a list are not."""
    wanted = deepcopy(document.value)
    here = wanted
    for part in path[:-1]:
        makes = isinstance(here, dict) and value is not None
        here = here.setdefault(part, {}) if makes else _get(here, (part,))
    last = path[-1] if path else None
    if last is None:
        raise ProblemsError(Problem.at(document.place(path), "cannot_rewrite", key=""))
    if isinstance(here, list) and isinstance(last, int) and 0 <= last < len(here) and value is not None:
        here[last] = _plain_value(value)
    elif isinstance(here, dict):
        if value is None:
            here.pop(last, None)
        else:
            here[last] = _plain_value(value)
    elif value is not None or here is not None:
        raise ProblemsError(Problem.at(document.place(path), "cannot_rewrite", key=_name(path)))
    return wanted


def _plain_value(value: FieldValue) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain_value(each) for key, each in value.items()}
    return value if isinstance(value, str | int) else list(value)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value in the text: its node and key, and all that it stands in, outermost first."""

    path: Path
    node: Any
    key: Any
    above: tuple[_Spot, ...]

    @property
    def in_flow(self) -> bool:
        return any(spot.node.flow_style for spot in self.above)


@dataclass(frozen=True, slots=True)
class _Text:
    """A file as text, with the nodes of the parser and their offsets into it."""

    bom: str
    text: str
    newline: str
    root: Any

    @classmethod
    def of(cls, data: bytes) -> _Text:
        whole = data.decode()
        text = whole.removeprefix(_BOM)
        newline = "\r\n" if "\r\n" in text else "\n"
        return cls(whole[: len(whole) - len(text)], text, newline, yaml.compose(text, Loader=LOADER))

    def candidates(self, path: Path, value: FieldValue | None, wanted: Any) -> Iterator[str]:
        """Ways to write the change, the nearest to what stands there first."""
        spot = self.find(path)
        if spot is None:
            yield from self.inserted(path, value)
        elif value is None:
            yield self.without(spot)
        elif isinstance(value, str | int) and isinstance(spot.node, yaml.ScalarNode):
            yield from self.scalars(spot, value)
        elif isinstance(spot.node, yaml.CollectionNode) and spot.node.flow_style and not isinstance(value, str | int):
            written = flow(value) if isinstance(value, Mapping) else f"[{', '.join(self.items(spot, value))}]"
            yield self.put(spot.node.start_mark.index, spot.node.end_mark.index, written)
        if spot and value is not None and spot.key is not None and not spot.in_flow:
            yield from self.replaced(spot, value)
        yield from self.flow_above(path, wanted)

    def put(self, start: int, end: int, new: str) -> str:
        return self.bom + self.text[:start] + new + self.text[end:]

    def find(self, path: Path) -> _Spot | None:
        spot = _Spot((), self.root, None, ())
        for part in path:
            key, node = None, None
            if isinstance(spot.node, yaml.MappingNode):
                key, node = next((pair for pair in spot.node.value if pair[0].value == str(part)), (None, None))
            elif isinstance(spot.node, yaml.SequenceNode) and isinstance(part, int) and part < len(spot.node.value):
                node = spot.node.value[part]
            if node is None:
                return None
            spot = _Spot((*spot.path, part), node, key, (*spot.above, spot))
        return spot

    def line_end(self, at: int) -> int:
        """Where the line ends that holds an offset, in front of its line end."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[at:end].endswith("\r") else end

    def end(self, node: Any) -> int:
        """Where a value ends: behind its last character that is not white space or a comment."""
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                return self.block_lines(node)[2]
            return int(node.end_mark.index)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def block_lines(self, node: Any) -> tuple[int, list[str], int]:
        """Of a folded or literal text: its indentation (0 without lines), its lines without it, where it ends."""
        start = end = self.line_end(node.start_mark.index)
        indent, lines = 0, list[str]()
        for match in re.compile(r"\r?\n([^\r\n]*)").finditer(self.text, start, node.end_mark.index):
            line = match[1]
            if not line.strip():
                lines.append("")
                continue
            width = len(line) - len(line.lstrip(" "))
            indent = indent or width
            if width < indent:
                break
            lines.append(line[indent:])
            end = match.end()
        while lines and not lines[-1]:
            lines.pop()
        return indent, lines, end

    def scalars(self, spot: _Spot, value: Scalar) -> Iterator[str]:
        if spot.node.style in ("|", ">"):
            yield from self.blocks(spot, value)
        else:
            yield from self.inlines(spot, value)

    def blocks(self, spot: _Spot, value: Scalar) -> Iterator[str]:
        start = spot.node.start_mark.index
        indent, old, end = self.block_lines(spot.node)
        header = self.text[start : self.line_end(start)]
        indent = indent or self.inner_indent(spot)
        if isinstance(value, str) and header.startswith("|"):
            yield self.put(start, end, header + self.newline + indented(value.split("\n"), indent, self.newline))
        elif isinstance(value, str) and foldable(value):
            body = self.newline + indented(folded(value, _width(old, indent), old), indent, self.newline)
            for first in (header, re.sub(r"^[>|][-+\d]*", ">-", header)):
                yield self.put(start, end, first + body)
        written = inline(value, in_flow=False)
        yield self.put(start, end, re.sub(r"^[>|][-+\d]*", lambda _: written, header))

    def inlines(self, spot: _Spot, value: Scalar) -> Iterator[str]:
        start, end = spot.node.start_mark.index, spot.node.end_mark.index
        if start == end:  # `key:` with nothing behind it
            return
        raw = self.text[start:end]
        if isinstance(value, str) and "\n" in value and not spot.in_flow and foldable(value):
            indent = self.inner_indent(spot)
            rest = self.text[end : self.line_end(end)]
            body = indented(folded(value, WIDTH - indent), indent, self.newline)
            yield self.put(start, self.line_end(end), f">-{rest}{self.newline}{body}")
        quoted: tuple[Callable[[str], str], ...] = (single, double) if spot.node.style == "'" else (double,)
        for written in (*(() if spot.node.style else (plain(value),)), *(way(str(value)) for way in quoted)):
            if "\n" in raw:
                old = [line.strip() for line in raw.split("\n")]
                second = raw.split("\n")[1]
                indent = max(1, len(second) - len(second.lstrip()))
                lines = wrapped(written, _width(old, indent))
                yield self.put(start, end, lines[0] + "".join(self.newline + " " * indent + line for line in lines[1:]))
            yield self.put(start, end, written)

    def inner_indent(self, spot: _Spot) -> int:
        """Where the lines of a block begin that stands at a spot."""
        mark = (spot.key or spot.node).start_mark
        return int(mark.column) + (2 if spot.key else 0)

    def replaced(self, spot: _Spot, value: FieldValue) -> Iterator[str]:
        """The whole entry written anew."""
        start, column = spot.key.start_mark.index, spot.key.start_mark.column
        end = self.end(spot.node)
        if spot.node.start_mark.index == spot.node.end_mark.index:  # nothing stands behind the colon
            end = spot.key.end_mark.index + 1
        if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(spot.node, yaml.SequenceNode):
            dash = spot.node.start_mark.column
            items = indented([f"- {item}" for item in self.items(spot, value)], dash, self.newline)
            yield self.put(start, end, f"{spot.key.value}:{self.newline}{items}")
        yield self.put(start, end, entry(str(spot.key.value), value, column, self.newline))

    def items(self, spot: _Spot, value: Sequence[str]) -> list[str]:
        """The entries of a list, those that were there before as they were written."""
        in_flow = bool(spot.node.flow_style)
        old = {
            each.value: self.text[each.start_mark.index : each.end_mark.index]
            for each in (spot.node.value if isinstance(spot.node, yaml.SequenceNode) else ())
            if isinstance(each, yaml.ScalarNode) and each.style not in ("|", ">")
        }
        return [old.get(each) or inline(each, in_flow=in_flow) for each in value]

    def inserted(self, path: Path, value: FieldValue | None) -> Iterator[str]:
        """A new entry behind the last of the mapping that it belongs to."""
        here = next(number for number in range(len(path) - 1, -1, -1) if self.find(path[:number]))
        spot = self.find(path[:here])
        if spot is None or value is None or not isinstance(spot.node, yaml.MappingNode) or spot.node.flow_style:
            return
        for part in reversed(path[here + 1 :]):
            value = {str(part): value}
        column = spot.node.value[0][0].start_mark.column
        end = self.line_end(self.end(spot.node))
        yield self.put(end, end, f"{self.newline}{' ' * column}{entry(str(path[here]), value, column, self.newline)}")

    def appended(self, section: str, lines: Sequence[str]) -> str:
        """An entry behind the last of a list in a block, or a list with it at the end of the file."""
        spot = self.find((section,))
        if spot is None:
            at = len(self.text.rstrip())
            return self.put(at, at, self.newline.join(["", f"{section}:", self._entry(2, lines)]))
        end = self.end(spot.node)
        if isinstance(spot.node, yaml.SequenceNode) and spot.node.value and not spot.node.flow_style:
            at = self.line_end(end)
            return self.put(at, at, self.newline + self._entry(spot.node.start_mark.column, lines))
        start = spot.key.end_mark.index + 1  # behind the colon, where nothing is listed yet
        return self.put(start, max(start, end), self.newline + self._entry(2, lines))

    def with_entry(self, section: str, number: int, lines: Sequence[str]) -> str:
        """An entry of a list in a block written anew, from its dash to its last line."""
        spot = self.find((section, number))
        if spot is None or spot.in_flow:
            return self.bom + self.text
        start = self.text.rfind("\n", 0, spot.node.start_mark.index) + 1
        dash = spot.above[-1].node.start_mark.column
        return self.put(start, self.line_end(self.end(spot.node)), self._entry(dash, lines))

    def _entry(self, dash: int, lines: Sequence[str]) -> str:
        first = " " * dash + f"- {lines[0]}"
        return self.newline.join([first, *(f"{' ' * (dash + 2)}{line}" for line in lines[1:])])

    def without(self, spot: _Spot) -> str:
        """The text without an entry of a block: its lines, or up to the next key where it stands behind a dash."""
        above = spot.above[-1].node
        if not isinstance(above, yaml.MappingNode) or above.flow_style or spot.key is None:
            return self.bom + self.text
        start = spot.key.start_mark.index
        line = self.text.rfind("\n", 0, start) + 1
        if not self.text[line:start].strip():
            end = self.line_end(self.end(spot.node))
            behind = end + len(self.newline) if self.text.startswith(self.newline, end) else end
            return self.put(line, behind, "")
        keys = [key for key, _ in above.value]
        behind = next((key.start_mark.index for key in keys if key.start_mark.index > start), start)
        return self.put(start, behind, "")

    def flow_above(self, path: Path, wanted: Any) -> Iterator[str]:
        """The outermost flow collection around a field, written anew."""
        for number in range(len(path)):
            spot = self.find(path[:number])
            if spot and not isinstance(spot.node, yaml.ScalarNode) and spot.node.flow_style:
                value = _get(wanted, path[:number])
                yield self.put(spot.node.start_mark.index, spot.node.end_mark.index, flow(value))
                return


def _width(old: Sequence[str], indent: int) -> int:
    return max(WIDTH - indent, *map(len, old)) if old else WIDTH - indent
