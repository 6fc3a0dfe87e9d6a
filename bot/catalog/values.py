"""The small values that cards are made of: a text in both languages, a date as exact as it is known, a citation."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

LanguageCode = Literal["en", "ru"]
LANGUAGES: tuple[LanguageCode, LanguageCode] = ("en", "ru")

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 48
"""Longest id: a deep link's payload holds 64 characters (Bot API: `start` parameter), 48 leave room for a prefix."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=SLUG_LENGTH)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


WORD_LENGTH = 80
"""Longest tag, alias or synonym: words and phrases, not sentences."""
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=WORD_LENGTH)]


class Value(BaseModel):
    """Base of everything read from YAML: immutable, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Value):
    """One text in English and Russian; paragraphs are separated by an empty line."""

    en: Line
    ru: Line

    def in_(self, language: LanguageCode) -> str:
        """Return the text in the language asked for."""
        return self.en if language == "en" else self.ru


class BilingualWords(Value):
    """Words or short phrases per language, such as tags; the two lists need not be of one length."""

    en: tuple[Word, ...] = ()
    ru: tuple[Word, ...] = ()

    def in_(self, language: LanguageCode) -> tuple[str, ...]:
        """Return the words of the language asked for."""
        return self.en if language == "en" else self.ru


def _check_date(value: object) -> object:
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or not (match := re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value)):
        raise ValueError("date_form")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError("date_form") from None
    return value


_DATE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2024", "2024-03", "2024-03-09"]},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
PartialDate = Annotated[str, BeforeValidator(_check_date), WithJsonSchema(_DATE_SCHEMA)]
"""A year, month or day as known: `2024`, `2024-03` or `2024-03-09`."""


class When(Value):
    """A date as exact as it is known; `inferred` says how it was worked out where the text does not state it."""

    date: PartialDate
    inferred: Bilingual | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, str | int) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """What a file may hold here: the plain date too."""
        return {"anyOf": [*_DATE_SCHEMA["anyOf"], handler.resolve_ref_schema(handler(core))]}

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month, day, as many as are known; sorts in time."""
        return tuple(int(part) for part in self.date.split("-"))


LOST_LINE = 99_999
"""What a citation names whose lines all went with an earlier text of its source: no text has so many."""


def parse_lines(text: str) -> tuple[int, ...]:
    """Turn `"34-36, 40"` into `(34, 35, 36, 40)`. Raises ValueError where the form is another."""
    numbers: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?\s*", part)
        if not match:
            raise ValueError("lines_form")
        first = int(match[1])
        last = int(match[2] or first)
        if first < 1 or last < first:
            raise ValueError("lines_form")
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def format_lines(lines: tuple[int, ...]) -> str:
    """The reverse of `parse_lines`, runs joined: `(34, 35, 36, 40)` is `"34-36, 40"`."""
    runs: list[list[int]] = []
    for number in sorted(lines):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _lines(value: object) -> object:
    if isinstance(value, tuple):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("lines_form")
    return parse_lines(value)


_LINES_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*\d{1,5}(\s*[-–]\s*\d{1,5})?\s*(,\s*\d{1,5}(\s*[-–]\s*\d{1,5})?\s*)*$"},
        {"type": "integer", "minimum": 1, "maximum": 99999},
    ]
}
Lines = Annotated[
    tuple[int, ...],
    BeforeValidator(_lines),
    PlainSerializer(format_lines, return_type=str),
    WithJsonSchema(_LINES_SCHEMA),
]
"""Line numbers of a source's text, from 1 as `sed -n` counts; written `"34-36, 40"`."""


class Citation(Value):
    """Where a statement stands: a source (an id in `seeds/`) and the lines of its text."""

    source: Slug
    lines: Lines


class Outside(Value):
    """What the sources do not say and an editor looked up: shown apart, with where and when it was checked."""

    text: Bilingual
    where: Bilingual
    checked: PartialDate
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None


class Tags(BilingualWords):
    """Words under which a card is found and that become hashtags; in both languages."""


def _holder_form(value: object) -> str:
    return "actor" if isinstance(value, str) else "text"


Holder = Annotated[
    Annotated[Slug, Tag("actor")] | Annotated[Bilingual, Tag("text")],
    Discriminator(_holder_form),
]
"""Who says it: the id of an actor, or a description in both languages where the text gives no name."""
