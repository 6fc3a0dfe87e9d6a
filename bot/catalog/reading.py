"""YAML with places: a file becomes plain values in which every key and value knows its line and column.

Read with limits, since files come from people: UTF-8, no aliases, no repeated keys, bounded depth. Dates and words such
as `yes` stay text; only plain decimal numbers, `true`, `false` and `null` become values of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.catalog.problems import Place, Problem

Path = tuple[str | int, ...]
MAX_DEPTH = 12
"""Deepest nesting of a content file; the deepest that the format needs is 7."""

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
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        return document, [Problem.at(_behind(file, before), "not_utf8")]
    if found := FORBIDDEN.search(text):
        place = _behind(file, text[: found.start()])
        return document, [Problem.at(place, "yaml_character", character=f"U+{ord(found[0]):04X}")]
    reader = _Reader(document, yaml.parse(text, Loader=LOADER))
    try:
        reader.read_file()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        reader.problems.append(Problem.at(place, "yaml_syntax", what=error.problem or "unreadable"))
    except _TooDeepError as error:
        reader.problems.append(Problem.at(error.place, "too_deep", limit=MAX_DEPTH))
    return document, reader.problems


def _behind(file: str, before: str) -> Place:
    """The place right behind a beginning of a file."""
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


class _TooDeepError(Exception):
    """Nesting that no content needs: reading ends here, before it costs anything."""

    def __init__(self, place: Place) -> None:
        self.place = place


class _Reader:
    """Walks over the parser's events, not over its nodes: a hostile file is refused before a tree of it is built."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.problems: list[Problem] = []

    def place(self, event: Any) -> Place:
        return Place(self.document.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def read_file(self) -> None:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self.problems.append(Problem.at(Place(self.document.file), "empty_file"))
            return
        self.document.value = self.read(next(self.events), ())
        next(self.events)  # the document ends
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            self.problems.append(Problem.at(self.place(event), "yaml_syntax", what="a second document begins"))

    def read(self, event: Any, path: Path) -> Any:
        here = self.document.values[path] = self.place(event)
        if event.anchor:
            self.problems.append(Problem.at(here, "yaml_alias"))
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) > MAX_DEPTH:
            raise _TooDeepError(here)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self.read(item, (*path, number)) for number, item in enumerate(self.until(yaml.SequenceEndEvent))]
        return self.mapping(path)

    def until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def mapping(self, path: Path) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        for key_event in self.until(yaml.MappingEndEvent):
            key = _scalar(key_event) if isinstance(key_event, yaml.ScalarEvent) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.problems.append(Problem.at(self.place(key_event), "key_not_text"))
                self.skip(key_event)
                self.skip(next(self.events))
            elif key in result:
                self.problems.append(Problem.at(self.place(key_event), "repeated_key", key=key))
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
                raise _TooDeepError(self.place(event))
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
        found = error.errors(include_url=False)
        return None, [_problem(document, model, details) for details in found if not _follows(details, found)]


def _follows(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because pydantic does not count its faulty entries."""
    loc = details["loc"]
    return details["type"] == "too_short" and any(
        each["loc"][: len(loc)] == loc and len(each["loc"]) > len(loc) for each in found
    )


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
    key = str(rest[-1] if rest else path[-1] if path else "")
    words: dict[str, object] = {"key": key}
    if code == "unknown_key":
        near = get_close_matches(key, _fields(model, path[:-1]), n=1)
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
    elif code == "invalid":
        words["what"] = details["msg"]
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
