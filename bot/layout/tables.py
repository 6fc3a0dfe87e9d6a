"""Tables where they do not fit: as columns of letters of one width, or row by row as a list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import zip_longest

from bot.layout.blocks import Content, Inline, ItemList, Paragraph, Run, Table, italic, plain
from bot.layout.characters import clean

_NUMBER = re.compile(r"[~≈<>±+−–—-]?\s*\d[\d\s.,–—-]*\s*[%кkмm]?")
_SEPARATOR = "  "


def filled(table: Table) -> tuple[tuple[str, ...], tuple[tuple[Content, ...], ...]]:
    """Head and rows, all of one width: what is missing is empty."""
    width = max([len(table.head), *(len(row) for row in table.rows)])
    head = (*table.head, *[""] * (width - len(table.head)))
    return head, tuple((*row, *[()] * (width - len(row))) for row in table.rows)


def is_numeric(cells: list[str]) -> bool:
    """Whether a column of these cells is one of numbers, which stand flush right."""
    full = [cell for cell in cells if cell.strip()]
    return bool(full) and all(_NUMBER.fullmatch(cell.strip()) for cell in full)


def as_letters(table: Table, width: int) -> str | None:
    """The table in columns of letters, at most `width` wide, or None where it would not line up or would lose a style.

    Only letters that take one column everywhere line up: no emoji, no accents that stand by themselves, no writing
    from right to left.
    """
    if any(not _is_bare(part) for row in table.rows for cell in row for part in cell):
        return None
    head, rows = filled(table)
    lines = [list(map(clean, head)), *([clean(plain(cell)) for cell in row] for row in rows)]
    if len(head) < 2 or not rows or not all(_lines_up(cell) for line in lines for cell in line):
        return None
    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, column)) for column in columns]
    if sum(widths) + len(_SEPARATOR) * (len(widths) - 1) > width:
        return None
    right = [is_numeric(list(column[1:])) for column in columns]
    printed = [
        _SEPARATOR.join(
            cell.rjust(size) if flush else cell.ljust(size)
            for cell, size, flush in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
        if any(line)
    ]
    return "\n".join(printed)


def _is_bare(part: Inline) -> bool:
    return isinstance(part, Run) and part == Run(part.text)


def _lines_up(cell: str) -> bool:
    return all(
        c.isprintable()
        and not unicodedata.combining(c)
        and unicodedata.east_asian_width(c) in ("Na", "N", "A", "H")
        and unicodedata.bidirectional(c) not in ("R", "AL", "AN")
        and unicodedata.category(c) not in ("So", "Sk", "Mn", "Me", "Cf")
        for c in cell
    )


def as_list(table: Table) -> tuple[Paragraph | None, ItemList]:
    """The table row by row: **first cell** — head: cell · head: cell.

    Up to two columns the heads are said once, in a line of their own (None where they are empty).
    """
    head, rows = filled(table)
    if len(head) <= 2:
        lead = " — ".join(name for name in head if name.strip())
        return Paragraph((italic(lead),)) if lead and rows else None, ItemList(tuple(_row((), row) for row in rows))
    return None, ItemList(tuple(_row(head, row) for row in rows))


def _row(head: tuple[str, ...], row: tuple[Content, ...]) -> Content:
    name, cells = row[0] if row else (), row[1:]
    line: list[Inline] = [replace(part, bold=True) for part in name]
    joint = " — " if plain(name).strip() else ""
    for label, cell in zip_longest(head[1:], cells, fillvalue=""):
        if not isinstance(cell, tuple) or not plain(cell).strip():
            continue
        line += [Run(f"{joint}{label}: " if label.strip() else joint), *cell]
        joint = " · "
    return tuple(line)
