"""YAML with places: a file becomes plain values in which every key and value knows its line and column.

Read with limits, since files come from people: UTF-8, no aliases, no repeated keys, bounded depth. Dates and words such
as `yes` stay text; only plain decimal numbers, `true`, `false` and `null` become values of their own.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.catalog.problems import Place, Problem, kilobytes

Path = tuple[str | int, ...]
MAX_DEPTH = 12
"""Deepest nesting of a content file; the deepest that the format needs is 7."""
MAX_BYTES = 1_000_000
"""Largest file that is read: more than fifteen times the largest that a topic has needed."""
MAX_VALUES = 30_000
"""Most keys and entries in a file, so that none costs more memory than it is worth; today's largest has some 2,000."""
MAX_ENTRIES = 1_000
"""Most entries in one list: each that is wrong costs memory for every key that it lacks; today's longest has 50."""
MAX_PROBLEMS = 100
"""Most problems that are told of one file: who meets a hundred mends them first."""
_NEAR_LENGTH = 60
"""Longest key for which a near one is looked for."""

FORBIDDEN = re.compile("[^\t\n\r -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML forbids, and the odd line ends (U+0085, U+2028, U+2029) that would shift the count of lines."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class Document:
    """A file as read: its values, and where each key and value stands."""

    file: str
    value: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a path leads; of what is missing, the nearest parent that exists."""
        while path and path not in self.values:
            path = path[:-1]
        table = self.keys if key and path in self.keys else self.values
        return table.get(path, Place(self.file))


def read_document(content: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Parse YAML. What is wrong comes back as problems, never as an exception, beside what could be read."""
    document = Document(file)
    if len(content) > MAX_BYTES:
        return document, [
            Problem.at(Place(file), "file_too_large", size=kilobytes(len(content)), limit=kilobytes(MAX_BYTES))
        ]
    text = decode(content, file)
    if isinstance(text, Problem):
        return document, [text]
    if found := FORBIDDEN.search(text):
        place = _behind(file, text[: found.start()])
        return document, [Problem.at(place, "yaml_character", character=f"U+{ord(found[0]):04X}")]
    reader = _Reader(document, yaml.parse(text, Loader=LOADER))
    try:
        reader.read_file()
    except yaml.MarkedYAMLError as error:
        reader.problems.append(_syntax(file, text, error))
    except _EnoughError as error:
        reader.problems.append(error.problem)
    return document, reader.problems


def decode(content: bytes, file: str) -> str | Problem:
    """The text of a file in UTF-8, without a byte order mark; else the problem, where it is none."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        return Problem.at(_behind(file, content[: error.start].decode()), "not_utf8")


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Where the parser stumbled, and over which of the usual slips; its own words name none of them."""
    what = f"{error.context}: {error.problem}"
    kind = next((kind for kind, words in _SLIPS.items() if all(word in what for word in words)), "other")
    mark = error.problem_mark or error.context_mark
    if kind in ("quote", "bracket", "key") and error.context_mark:  # look at where it begins, not where all ends
        mark = error.context_mark
    if mark is None:
        return Problem.at(Place(file), "yaml_syntax", kind=kind)
    lines = text.split("\n")
    place = Place(file, mark.line + 1, mark.column + 1)
    if place.line > len(lines):
        place = Place(file, len(lines), len(lines[-1]) + 1)
    before = lines[place.line - 1][: place.column - 1]
    if "\t" in lines[place.line - 1][: place.column] and not before.strip():
        kind = "tab"
    elif kind == "indent" and before.strip():
        kind = "behind"
    return Problem.at(place, "yaml_syntax", kind=kind)


_SLIPS = {
    "tab": ("tab character",),
    "colon": ("mapping values are not allowed",),
    "dash": ("sequence entries are not allowed",),
    "quote": ("quoted scalar", "unexpected"),
    "escape": ("escape",),
    "hexadecimal": ("hexdecimal",),
    "bracket": ("expected ',' or",),
    "node": ("node content",),
    "key": ("could not find expected ':'",),
    "indent": ("while parsing a block",),
    "document": ("<document start>",),
    "sign": ("cannot start any token",),
    "alias": ("alphabetic or numeric",),
}
"""Usual slips by the words of the parser (libyaml's, and where they differ PyYAML's) that each is known by."""


def _behind(file: str, before: str) -> Place:
    """The place right behind a beginning of a file."""
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


class _EnoughError(Exception):
    """More than any content needs: reading ends here, before it costs anything."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    """Walks over the parser's events, not over its nodes: a hostile file is refused before a tree of it is built."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.problems: list[Problem] = []

    def place(self, event: Any) -> Place:
        return Place(self.document.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, place: Place, code: str, **words: object) -> None:
        """Note a problem and read on, unless there are more than anybody reads."""
        self.problems.append(Problem.at(place, code, **words))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _EnoughError(Problem.at(place, "too_many_problems", limit=MAX_PROBLEMS))

    def read_file(self) -> None:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self.problems.append(Problem.at(Place(self.document.file), "empty_file"))
            return
        self.document.value = self.read(next(self.events), ())
        next(self.events)  # the document ends
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            self.problems.append(Problem.at(self.place(event), "yaml_syntax", kind="second"))

    def read(self, event: Any, path: Path) -> Any:
        here = self.document.values[path] = self.place(event)
        if len(self.document.values) > MAX_VALUES:
            raise _EnoughError(Problem.at(here, "too_many_values", limit=MAX_VALUES))
        if event.anchor:
            self.refuse(here, "yaml_alias")
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag:
            self.refuse(here, "yaml_tag", tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and (found := FORBIDDEN.search(event.value)):
                self.refuse(here, "yaml_character", character=f"U+{ord(found[0]):04X}")
            return _scalar(event)
        if len(path) > MAX_DEPTH:
            raise _EnoughError(Problem.at(here, "too_deep", limit=MAX_DEPTH))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, here)
        return self.mapping(path)

    def sequence(self, path: Path, here: Place) -> list[Any]:
        result: list[Any] = []
        for item in self.until(yaml.SequenceEndEvent):
            if len(result) == MAX_ENTRIES:
                raise _EnoughError(Problem.at(here, "too_many_values", limit=MAX_ENTRIES))
            result.append(self.read(item, (*path, len(result))))
        return result

    def until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def mapping(self, path: Path) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        for key_event in self.until(yaml.MappingEndEvent):
            key = _scalar(key_event) if isinstance(key_event, yaml.ScalarEvent) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.refuse(self.place(key_event), "key_not_text")
                self.skip(key_event)
                self.skip(next(self.events))
            elif key in result:
                self.refuse(self.place(key_event), "repeated_key", key=key)
                self.skip(next(self.events))
            else:
                self.document.keys[*path, key] = self.place(key_event)
                result[key] = self.read(next(self.events), (*path, key))
        return result

    def skip(self, event: Any) -> None:
        """Pass over a value with everything inside it."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise _EnoughError(Problem.at(self.place(event), "too_deep", limit=MAX_DEPTH))
            if not depth:
                return
            event = next(self.events)


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    text: str = event.value
    if event.style:  # quoted, or a block: text as it stands
        return text
    if re.fullmatch(r"0|[1-9]\d{0,17}", text):
        return int(text)
    if text in ("true", "false"):
        return text == "true"
    return None if text in ("", "~", "null") else text


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Hold a document against a model; every error at once, each at its place."""
    if not isinstance(document.value, dict):
        return None, [Problem.at(Place(document.file), "not_a_mapping")]
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        inner = {details["loc"][:depth] for details in found for depth in range(len(details["loc"]))}
        problems = (_problem(document, model, each) for each in found if not _follows(each, inner))
        told = list(islice(problems, MAX_PROBLEMS))
        if len(found) > MAX_PROBLEMS:
            told.append(Problem.at(Place(document.file), "too_many_problems", limit=MAX_PROBLEMS))
        return None, told


def _follows(details: ErrorDetails, inner: set[tuple[str | int, ...]]) -> bool:
    """Whether a list counts as too short only because pydantic does not count its faulty entries."""
    return details["type"] == "too_short" and details["loc"] in inner


CODES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "too_short": "list_too_short",
    "too_long": "list_too_long",
    "string_too_short": "empty_text",
    "string_too_long": "text_too_long",
    "string_pattern_mismatch": "wrong_form",
    "string_type": "wrong_type",
    "list_type": "wrong_type",
    "tuple_type": "wrong_type",
    "dict_type": "wrong_type",
    "model_type": "wrong_type",
    "model_attributes_type": "wrong_type",
    "int_parsing": "wrong_type",
    "int_type": "wrong_type",
    "bool_parsing": "wrong_type",
    "bool_type": "wrong_type",
    "less_than_equal": "number_too_large",
    "string_unicode": "invalid",
}
"""What pydantic calls an error, and what we call it; `value_error` carries our own code as its message."""

_WANTED = {
    "string_type": "text",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "int_parsing": "number",
    "int_type": "number",
    "bool_parsing": "boolean",
    "bool_type": "boolean",
}


def _problem(document: Document, model: type[BaseModel], details: ErrorDetails) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    path, rest = _path(document, details["loc"])
    if kind == "value_error":
        return Problem.at(document.place(path), str(context["error"]), key=path[-1] if path else "")
    code = CODES.get(kind, "invalid")
    named = next((part for part in reversed(path) if isinstance(part, str)), "")
    key = str(rest[-1] if rest and kind == "missing" else named)
    words: dict[str, object] = {"key": key}
    if code == "unknown_key":
        near = get_close_matches(key, _fields(model, path[:-1]), n=1) if len(key) <= _NEAR_LENGTH else []
        words["near"] = near[0] if near else "none"
        return Problem.at(document.place(path, key=True), code, **words)
    if code == "not_one_of":
        words["expected"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    elif code == "wrong_form":
        words["form"] = (
            "id"
            if "a-z0-9" in context.get("pattern", "")
            else "https"
            if "http" in context.get("pattern", "")
            else "number"
        )
    elif code == "wrong_type":
        words["wanted"] = _WANTED[kind]
    elif code in ("list_too_short", "list_too_long", "text_too_long"):
        words["limit"] = context.get("min_length", context.get("max_length", ""))
    elif code == "number_too_large":
        words["limit"] = context.get("le", "")
    return Problem.at(document.place(path), code, **words)


def _path(document: Document, loc: tuple[str | int, ...]) -> tuple[Path, tuple[str | int, ...]]:
    """Pydantic's location without what names a branch of a union; what leads nowhere is left over as the rest."""
    path: Path = ()
    if loc and loc[-1] == "[key]":  # pydantic's mark for a key that is wrong itself
        loc = loc[:-1]
    for number, part in enumerate(loc):
        if (*path, part) in document.values:
            path = (*path, part)
        elif number == len(loc) - 1:
            return path, (part,)
    return path, ()


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a model knows at a path, as far as the types tell; used for "did you mean"."""
    names = list(model.model_fields)
    for part in path:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        inner = _inner_model(annotation)
        if inner is None:
            return names
        model, names = inner, list(inner.model_fields)
    return names


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inner_model(argument):
            return found
    return None
