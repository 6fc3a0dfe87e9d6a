"""Changing one field in a content file: only the lines of that field change, all else stays byte for byte.

The place of the field is cut out of the text by the parser's own marks and written anew in the style it had: order,
comments, quotes and wrapping stay. Each way of writing is read back, and taken only where the file then says exactly
what it said before, with the one field changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.reading import FORBIDDEN, Document, Path, read_document
from bot.editing.scalars import FieldValue
from bot.editing.spots import Text, value_at


def rewrite(data: bytes, path: Path, value: FieldValue | None, file: str = "") -> bytes:
    """The file with the field at `path` set to `value`; None takes it out, and one that is not there is put in.

    A mapping changes each of its keys where the field is a mapping too. A text of digits stays a bare number where one
    stood. Raises ProblemsError where the file cannot be read, or the field cannot be written there.
    """
    document, problems = read_document(data, file)
    if problems:
        raise ProblemsError(*problems)
    old = value_at(document.value, path)
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
    for candidate in Text.of(data).candidates(path, value, wanted):
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
        written = Text.of(data).appended(section, lines).encode()
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
    written = Text.of(data).with_entry(section, number, lines).encode()
    found, problems = read_document(written, file)
    if problems or found.value != wanted:
        raise ProblemsError(Problem.at(document.place((section, number)), "cannot_rewrite", key=section))
    return written


def remove_entry(data: bytes, section: str, number: int, file: str = "") -> bytes:
    """The file without one entry of the list `section`. Raises ProblemsError where it cannot be taken out."""
    document, problems = read_document(data, file)
    if problems:
        raise ProblemsError(*problems)
    wanted = deepcopy(document.value)
    del wanted[section][number]
    written = Text.of(data).without_entry(section, number).encode()
    found, problems = read_document(written, file)
    if problems or found.value != wanted:
        raise ProblemsError(Problem.at(document.place((section, number)), "cannot_rewrite", key=section))
    return written


def entry_lines(data: bytes, section: str, number: int) -> list[str]:
    """The YAML of one entry of the list `section`, as it is written, for `append` and `replace_entry`."""
    return Text.of(data).entry_lines(section, number)


def _name(path: Path) -> str:
    return ".".join(map(str, path))


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
        here = here.setdefault(part, {}) if makes else value_at(here, (part,))
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
