"""A content file as text: where each value stands in it, and the ways to write another in its place.

Each way gives the whole text back; whether it then reads as meant is for `bot.editing.rewriting` to see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.catalog.reading import LOADER, Path
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


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in the text: its node and key, and all that it stands in, outermost first."""

    path: Path
    node: Any
    key: Any
    above: tuple[Spot, ...]

    @property
    def in_flow(self) -> bool:
        """Whether it stands within brackets or braces."""
        return any(spot.node.flow_style for spot in self.above)


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text, with the nodes of the parser and their offsets into it."""

    bom: str
    text: str
    newline: str
    root: Any

    @classmethod
    def of(cls, data: bytes) -> Text:
        """A file that can be read."""
        whole = data.decode()
        text = whole.removeprefix(_BOM)
        newline = "\r\n" if "\r\n" in text else "\n"
        return cls(whole[: len(whole) - len(text)], text, newline, yaml.compose(text, Loader=LOADER))

    def candidates(self, path: Path, value: FieldValue | None, wanted: Any) -> Iterator[str]:
        """Ways to write the change, the nearest to what stands there first."""
        spot = self._find(path)
        if spot is None:
            yield from self._inserted(path, value)
        elif value is None:
            yield self._without(spot)
        elif isinstance(value, str | int) and isinstance(spot.node, yaml.ScalarNode):
            yield from self._scalars(spot, value)
        elif isinstance(spot.node, yaml.CollectionNode) and spot.node.flow_style and not isinstance(value, str | int):
            written = flow(value) if isinstance(value, Mapping) else f"[{', '.join(self._items(spot, value))}]"
            yield self._put(spot.node.start_mark.index, spot.node.end_mark.index, written)
        if spot and value is not None and spot.key is not None and not spot.in_flow:
            yield from self._replaced(spot, value)
        yield from self._flow_above(path, wanted)

    def _put(self, start: int, end: int, new: str) -> str:
        return self.bom + self.text[:start] + new + self.text[end:]

    def _find(self, path: Path) -> Spot | None:
        spot = Spot((), self.root, None, ())
        for part in path:
            key, node = None, None
            if isinstance(spot.node, yaml.MappingNode):
                key, node = next((pair for pair in spot.node.value if pair[0].value == str(part)), (None, None))
            elif isinstance(spot.node, yaml.SequenceNode) and isinstance(part, int) and part < len(spot.node.value):
                node = spot.node.value[part]
            if node is None:
                return None
            spot = Spot((*spot.path, part), node, key, (*spot.above, spot))
        return spot

    def _line_end(self, at: int) -> int:
        """Where the line ends that holds an offset, in front of its line end."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[at:end].endswith("\r") else end

    def _end(self, node: Any) -> int:
        """Where a value ends: behind its last character that is not white space or a comment."""
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                return self._block_lines(node)[2]
            return int(node.end_mark.index)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def _block_lines(self, node: Any) -> tuple[int, list[str], int]:
        """Of a folded or literal text: its indentation (0 without lines), its lines without it, where it ends."""
        start = end = self._line_end(node.start_mark.index)
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

    def _scalars(self, spot: Spot, value: Scalar) -> Iterator[str]:
        if spot.node.style in ("|", ">"):
            yield from self._blocks(spot, value)
        else:
            yield from self._inlines(spot, value)

    def _blocks(self, spot: Spot, value: Scalar) -> Iterator[str]:
        start = spot.node.start_mark.index
        indent, old, end = self._block_lines(spot.node)
        header = self.text[start : self._line_end(start)]
        indent = indent or self._inner_indent(spot)
        if isinstance(value, str) and header.startswith("|"):
            yield self._put(start, end, header + self.newline + indented(value.split("\n"), indent, self.newline))
        elif isinstance(value, str) and foldable(value):
            body = self.newline + indented(folded(value, _width(old, indent), old), indent, self.newline)
            for first in (header, re.sub(r"^[>|][-+\d]*", ">-", header)):
                yield self._put(start, end, first + body)
        written = inline(value, in_flow=False)
        yield self._put(start, end, re.sub(r"^[>|][-+\d]*", lambda _: written, header))

    def _inlines(self, spot: Spot, value: Scalar) -> Iterator[str]:
        start, end = spot.node.start_mark.index, spot.node.end_mark.index
        if start == end:  # `key:` with nothing behind it
            return
        raw = self.text[start:end]
        if isinstance(value, str) and "\n" in value and not spot.in_flow and foldable(value):
            indent = self._inner_indent(spot)
            rest = self.text[end : self._line_end(end)]
            body = indented(folded(value, WIDTH - indent), indent, self.newline)
            yield self._put(start, self._line_end(end), f">-{rest}{self.newline}{body}")
        quoted: tuple[Callable[[str], str], ...] = (single, double) if spot.node.style == "'" else (double,)
        for written in (*(() if spot.node.style else (plain(value),)), *(way(str(value)) for way in quoted)):
            if "\n" in raw:
                old = [line.strip() for line in raw.split("\n")]
                second = raw.split("\n")[1]
                indent = max(1, len(second) - len(second.lstrip()))
                lines = wrapped(written, _width(old, indent))
                yield self._put(
                    start, end, lines[0] + "".join(self.newline + " " * indent + line for line in lines[1:])
                )
            yield self._put(start, end, written)

    def _inner_indent(self, spot: Spot) -> int:
        """Where the lines of a block begin that stands at a spot."""
        mark = (spot.key or spot.node).start_mark
        return int(mark.column) + (2 if spot.key else 0)

    def _replaced(self, spot: Spot, value: FieldValue) -> Iterator[str]:
        """The whole entry written anew."""
        start, column = spot.key.start_mark.index, spot.key.start_mark.column
        end = self._end(spot.node)
        if spot.node.start_mark.index == spot.node.end_mark.index:  # nothing stands behind the colon
            end = spot.key.end_mark.index + 1
        if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(spot.node, yaml.SequenceNode):
            dash = spot.node.start_mark.column
            items = indented([f"- {item}" for item in self._items(spot, value)], dash, self.newline)
            yield self._put(start, end, f"{spot.key.value}:{self.newline}{items}")
        yield self._put(start, end, entry(str(spot.key.value), value, column, self.newline))

    def _items(self, spot: Spot, value: Sequence[str]) -> list[str]:
        """The entries of a list, those that were there before as they were written."""
        in_flow = bool(spot.node.flow_style)
        old = {
            each.value: self.text[each.start_mark.index : each.end_mark.index]
            for each in (spot.node.value if isinstance(spot.node, yaml.SequenceNode) else ())
            if isinstance(each, yaml.ScalarNode) and each.style not in ("|", ">")
        }
        return [old.get(each) or inline(each, in_flow=in_flow) for each in value]

    def _inserted(self, path: Path, value: FieldValue | None) -> Iterator[str]:
        """A new entry behind the last of the mapping that it belongs to."""
        here = next(number for number in range(len(path) - 1, -1, -1) if self._find(path[:number]))
        spot = self._find(path[:here])
        if spot is None or value is None or not isinstance(spot.node, yaml.MappingNode) or spot.node.flow_style:
            return
        for part in reversed(path[here + 1 :]):
            value = {str(part): value}
        column = spot.node.value[0][0].start_mark.column
        end = self._line_end(self._end(spot.node))
        yield self._put(end, end, f"{self.newline}{' ' * column}{entry(str(path[here]), value, column, self.newline)}")

    def appended(self, section: str, lines: Sequence[str]) -> str:
        """An entry behind the last of a list in a block, or a list with it at the end of the file."""
        spot = self._find((section,))
        if spot is None:
            at = len(self.text.rstrip())
            return self._put(at, at, self.newline.join(["", f"{section}:", self._entry(2, lines)]))
        end = self._end(spot.node)
        if isinstance(spot.node, yaml.SequenceNode) and spot.node.value and not spot.node.flow_style:
            at = self._line_end(end)
            return self._put(at, at, self.newline + self._entry(spot.node.start_mark.column, lines))
        start = spot.key.end_mark.index + 1  # behind the colon, where nothing is listed yet
        return self._put(start, max(start, end), self.newline + self._entry(2, lines))

    def with_entry(self, section: str, number: int, lines: Sequence[str]) -> str:
        """An entry of a list in a block written anew, from its dash to its last line."""
        spot = self._find((section, number))
        if spot is None or spot.in_flow:
            return self.bom + self.text
        start = self.text.rfind("\n", 0, spot.node.start_mark.index) + 1
        dash = spot.above[-1].node.start_mark.column
        return self._put(start, self._line_end(self._end(spot.node)), self._entry(dash, lines))

    def without_entry(self, section: str, number: int) -> str:
        """The text without an entry of a list in a block: its lines."""
        spot = self._find((section, number))
        if spot is None or spot.in_flow:
            return self.bom + self.text
        end = self._line_end(self._end(spot.node))
        behind = end + len(self.newline) if self.text.startswith(self.newline, end) else end
        return self._put(self.text.rfind("\n", 0, spot.node.start_mark.index) + 1, behind, "")

    def entry_lines(self, section: str, number: int) -> list[str]:
        """An entry of a list as it is written, without its dash and indentation; of one that is not there nothing."""
        spot = self._find((section, number))
        if spot is None:
            return []
        start, column = spot.node.start_mark.index, spot.node.start_mark.column
        first, *rest = self.text[start : self._line_end(self._end(spot.node))].split(self.newline)
        return [first, *(line.removeprefix(" " * column) for line in rest)]

    def _entry(self, dash: int, lines: Sequence[str]) -> str:
        first = " " * dash + f"- {lines[0]}"
        return self.newline.join([first, *(f"{' ' * (dash + 2)}{line}" if line else "" for line in lines[1:])])

    def _without(self, spot: Spot) -> str:
        """The text without an entry of a block: its lines, or up to the next key where it stands behind a dash."""
        above = spot.above[-1].node
        if not isinstance(above, yaml.MappingNode) or above.flow_style or spot.key is None:
            return self.bom + self.text
        start = spot.key.start_mark.index
        line = self.text.rfind("\n", 0, start) + 1
        if not self.text[line:start].strip():
            end = self._line_end(self._end(spot.node))
            behind = end + len(self.newline) if self.text.startswith(self.newline, end) else end
            return self._put(line, behind, "")
        keys = [key for key, _ in above.value]
        behind = next((key.start_mark.index for key in keys if key.start_mark.index > start), start)
        return self._put(start, behind, "")

    def _flow_above(self, path: Path, wanted: Any) -> Iterator[str]:
        """The outermost flow collection around a field, written anew."""
        for number in range(len(path)):
            spot = self._find(path[:number])
            if spot and not isinstance(spot.node, yaml.ScalarNode) and spot.node.flow_style:
                value = value_at(wanted, path[:number])
                yield self._put(spot.node.start_mark.index, spot.node.end_mark.index, flow(value))
                return


def value_at(value: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _width(old: Sequence[str], indent: int) -> int:
    return max(WIDTH - indent, *map(len, old)) if old else WIDTH - indent
