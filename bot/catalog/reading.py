"""YAML with places: a file becomes plain values in which every key and value knows its line and column.

Read with limits, since files come from people: UTF-8, no aliases, no repeated keys, bounded depth. Dates and words such
as `yes` stay text; only plain decimal numbers, `true`, `false` and `null` become values of their own.
"""

from __future__ import annotations

import re
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

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
        return document, [Problem.at(Place(file, content[: error.start].count(b"\n") + 1), "not_utf8")]
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        return document, [Problem.at(place, "yaml_syntax", what=error.problem or "unreadable")]
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return document, [Problem.at(place, "yaml_character", character=f"U+{ord(error.character):04X}")]
    except (yaml.YAMLError, RecursionError, ValueError):
        return document, [Problem.at(Place(file), "yaml_syntax", what="unreadable")]
    if node is None:
        return document, [Problem.at(Place(file), "empty_file")]
    problems: list[Problem] = []
    document.value = _Reader(document, problems).read(node, ())
    return document, problems


class _Reader:
    """Walks over the nodes of one document."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        return Place(self.document.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def read(self, node: yaml.Node, path: Path) -> Any:
        here = self.document.values[path] = self.place(node)
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self.seen:
            self.problems.append(Problem.at(here, "yaml_alias"))
            return None
        self.seen.add(id(node))
        if len(path) > MAX_DEPTH:
            self.problems.append(Problem.at(here, "too_deep", limit=MAX_DEPTH))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, number)) for number, item in enumerate(node.value)]
        return self.mapping(node.value, path)

    def mapping(self, pairs: list[tuple[yaml.Node, yaml.Node]], path: Path) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        for key_node, value_node in pairs:
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str | int):
                self.problems.append(Problem.at(self.place(key_node), "key_not_text"))
                continue
            if key in result:
                self.problems.append(Problem.at(self.place(key_node), "repeated_key", key=key))
                continue
            self.document.keys[*path, key] = self.place(key_node)
            result[key] = self.read(value_node, (*path, key))
        return result


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    text: str = node.value
    if node.style:  # quoted, or a block: text as it stands
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
        return None, [_problem(document, model, details) for details in error.errors(include_url=False)]


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
