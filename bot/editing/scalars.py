"""How a text is written in YAML: folded on lines of its own, plain, quoted, or in a flow collection."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from bot.catalog.reading import read_document

Scalar = str | int | bool
FieldValue = Scalar | Sequence[str] | Mapping[str, "FieldValue"]
"""What a field may be set to; a number as its digits, dates as text."""

WIDTH = 120
"""Longest line that is written where the old text does not show another width."""
_JOINT = re.compile(r"(?<=\S) (?=\S)")
"""A blank at which a folded line may end: one that stands alone between words."""


def plain(value: Scalar) -> str:
    """As it stands; whether that reads back as meant is the caller's to see."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def double(text: str) -> str:
    """In double quotes: can hold any text on one line."""
    return json.dumps(text, ensure_ascii=False)


def single(text: str) -> str:
    """In single quotes; for texts of one line."""
    return "'" + text.replace("'", "''") + "'"


def inline(value: Scalar, *, in_flow: bool) -> str:
    """On one line, without quotes where it can be."""
    written = plain(value)
    probe = f"{{k: {written}}}" if in_flow else f"k: {written}"
    document, problems = read_document(probe.encode(errors="replace"), "")
    if not problems and document.value == {"k": value} and type(document.value["k"]) is type(value):
        return written
    return double(str(value))


def flow(value: FieldValue) -> str:
    """Any value on one line: `{en: [visa], ru: [виза]}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, str | int):
        return inline(value, in_flow=True)
    return "[" + ", ".join(flow(each) for each in value) + "]"


def entry(key: str, value: FieldValue, indent: int, newline: str = "\n") -> str:
    """`key: value` as it stands in a block at this indentation; the first line comes without it, the last unended."""
    if isinstance(value, str) and ("\n" in value or len(value) + len(key) + indent > WIDTH) and foldable(value):
        return f"{key}: >-{newline}{indented(folded(value, WIDTH - indent - 2), indent + 2, newline)}"
    if isinstance(value, Mapping):
        short = f"{key}: {flow(value)}"
        if len(short) + indent <= WIDTH and "\\n" not in short:
            return short
        inner = f"{newline}{' ' * (indent + 2)}".join(
            entry(name, each, indent + 2, newline) for name, each in value.items()
        )
        return f"{key}:{newline}{' ' * (indent + 2)}{inner}"
    return f"{key}: {inline(value, in_flow=False) if isinstance(value, str | int) else flow(value)}"


def foldable(text: str) -> bool:
    """Whether a folded block gives the text back: no white space at the ends of a line, none left over at the end."""
    return bool(text) and all(line == line.strip() for line in text.split("\n")) and text == text.strip("\n")


def folded(text: str, width: int, old: Sequence[str] = ()) -> list[str]:
    """The lines of a folded block. Of the `old` lines those stay that still fit, at the beginning and at the end."""
    head, middle, tail = _kept(old, text)
    raw = "".join(line + _raw(gap) for line, gap in head)
    for part in re.split(r"(\n+)", middle):
        raw += _raw(part) if part.startswith("\n") else "\n".join(_wrapped(part, width))
    return (raw + "".join(_raw(gap) + line for gap, line in tail)).split("\n")


def indented(lines: Sequence[str], indent: int, newline: str) -> str:
    """Lines of a block one under another; empty ones stay empty."""
    return newline.join(" " * indent + line if line else "" for line in lines)


def wrapped(text: str, width: int) -> list[str]:
    """A text of one paragraph on several lines, for a plain or quoted scalar that stood on several."""
    return _wrapped(text, width)


def _raw(gap: str) -> str:
    """Line feeds as they are written: a fold ends a line, a line feed of the text leaves one more line empty."""
    return "\n" if gap == " " else "\n" * (len(gap) + 1)


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in _JOINT.split(paragraph):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _kept(old: Sequence[str], text: str) -> tuple[list[tuple[str, str]], str, list[tuple[str, str]]]:
    """Old lines with their gaps that begin the text, what is new between, old lines that end it."""
    lines = _with_gaps(old)
    head: list[tuple[str, str]] = []
    for line, gap in lines[:-1]:
        if not text.startswith(line + gap):
            break
        head.append((line, gap))
        text = text[len(line + gap) :]
    tail: list[tuple[str, str]] = []
    for number in range(len(lines) - 1, max(len(head), 1) - 1, -1):
        line, gap = lines[number][0], lines[number - 1][1]
        if not text.endswith(gap + line):
            break
        tail.insert(0, (gap, line))
        text = text[: -len(gap + line)]
    return head, text, tail


def _with_gaps(old: Sequence[str]) -> list[tuple[str, str]]:
    """Each written line with what folding puts behind it: a blank, or line feeds; nothing where a line is indented."""
    found: list[tuple[str, str]] = []
    for line in old:
        if line.startswith(" "):
            return []
        if line:
            found.append((line, " "))
        elif found:
            before, gap = found[-1]
            found[-1] = (before, "\n" if gap == " " else gap + "\n")
    return found
