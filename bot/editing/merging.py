"""Two changes of one file brought together: what a draft changes in it, made once more in the file as published since.

Only that is made once more which this room can make at all: cards that were added, changed or taken out, and single
fields. Where the draft changes anything else, or both changed the same, the files are not brought together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import Path, read_document
from bot.editing.rewriting import append, entry_lines, remove_entry, replace_entry, rewrite
from bot.editing.spots import value_at


@dataclass(frozen=True, slots=True)
class Merged:
    """Of the files that were published since and that a draft changes too: those that hold both changes by now, as they
    are then, and those that cannot.
    """

    files: Mapping[str, bytes]
    apart: tuple[str, ...]


class _ApartError(Exception):
    """Both changed the same, or the draft changed something that cannot be made once more."""


def merge(files: Mapping[str, bytes | None], before: Bundle, after: Bundle) -> Merged:
    """Bring the files of a draft that stands on `before` together with what was published since, `after`."""
    found: dict[str, bytes] = {}
    apart: list[str] = []
    for path in sorted(files.keys() & before.changes_to(after).keys()):
        ours, theirs, base = files[path], after.files.get(path), before.files.get(path)
        if ours == theirs:
            continue
        both = merged(base, theirs, ours, path) if base and theirs and ours else None
        if both is None:
            apart.append(path)
        else:
            found[path] = both
    return Merged(found, tuple(apart))


def merged(base: bytes, theirs: bytes, ours: bytes, file: str) -> bytes | None:
    """What is published now, `theirs`, with all that `ours` changes of `base`; None where that cannot be."""
    try:
        old, new = _read(base, file), _read(ours, file)
        if _with_changes(base, old, new, ours, file) != ours:  # it says more than its values tell, as in comments
            return None
        return _with_changes(theirs, old, new, ours, file)
    except (ProblemsError, _ApartError):
        return None


def _read(data: bytes, file: str) -> dict[str, Any]:
    document, problems = read_document(data, file)
    if problems or not isinstance(document.value, dict):
        raise _ApartError
    return document.value


def _with_changes(data: bytes, old: Mapping[str, Any], new: Mapping[str, Any], ours: bytes, file: str) -> bytes:
    """A file with each value that is another one in `new` than in `old`, whose file is `ours`."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if _is_cards(before) and _is_cards(after):
            data = _with_cards(data, name, _by_id(before), _by_id(after), ours, file)
        else:
            data = _with_field(data, (name,), before, after, file)
    return data


def _is_cards(value: Any) -> bool:
    """Whether something is a list of entries that have ids, or may become one."""
    return value is None or (
        isinstance(value, list) and all(isinstance(each, dict) and each.get("id") for each in value)
    )


def _by_id(value: Any) -> dict[str, Any]:
    found = {str(each["id"]): each for each in value or ()}
    if len(found) < len(value or ()):
        raise _ApartError
    return found


def _is_words(value: Any) -> bool:
    """Whether something is no list, or one of words, which may become longer or shorter."""
    return not isinstance(value, list) or all(isinstance(each, str) for each in value)


def _with_cards(
    data: bytes, section: str, old: Mapping[str, Any], new: Mapping[str, Any], ours: bytes, file: str
) -> bytes:
    places = {name: place for place, name in enumerate(new)}
    for name in (*(each for each in old if each not in new), *new):
        before, after = old.get(name), new.get(name)
        listed = _read(data, file).get(section)
        if not _is_cards(listed):
            raise _ApartError
        there = _by_id(listed)
        now = there.get(name)
        if after in (before, now):
            continue
        if now is None and before is None:
            data = append(data, section, entry_lines(ours, section, places[name]), file)
            continue
        if now is None or before is None:
            raise _ApartError
        place = list(there).index(name)
        if now != before:
            data = _with_field(data, (section, place), before, after, file)
        elif after is None:
            data = remove_entry(data, section, place, file)
        else:
            data = replace_entry(data, section, place, entry_lines(ours, section, places[name]), file)
    return data


def _with_field(data: bytes, path: Path, before: Any, after: Any, file: str) -> bytes:
    """A file with one value changed, or with those of its keys that are changed."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key):
                data = _with_field(data, (*path, key), before.get(key), after.get(key), file)
        return data
    now = value_at(_read(data, file), path)
    if now == after:
        return data
    if now != before or not (_is_words(after) or (isinstance(before, list) and len(before) == len(after))):
        raise _ApartError
    return rewrite(data, path, after, file)
