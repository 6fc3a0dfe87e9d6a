"""The fields of a card that an editor may change one at a time: what each holds, what it takes, where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

from bot.catalog.cards import Audience, Card, Debate, Statistic
from bot.catalog.loading import Content, Located
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.reading import Path
from bot.catalog.values import LANGUAGES, Bilingual, BilingualWords, LanguageCode, When, format_lines
from bot.editing.rewriting import rewrite
from bot.editing.scalars import FieldValue


class Form(StrEnum):
    """What an editor sends for a field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    WORDS = "words"
    CHOICE = "choice"
    FLAG = "flag"
    LINES = "lines"
    ID = "id"
    FIGURE = "figure"
    """How many, of a statistic that is being written: a number, a range, or words."""
    HOLDER = "holder"
    """Who says it: a name, which is an actor's id where there is one of that name."""
    MEASURE = "measure"
    """What a statistic counts: one that is there, or a new one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, in one language where it has two. `path` leads to it from the card; `value` is what it holds now.

    `value` is None where the field is optional and absent, and empty where it is still to be written. `choices` are all
    values of a choice.
    """

    path: Path
    language: LanguageCode | None
    form: Form
    value: str | None
    needed: bool = True
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The field as the file spells it: `points.0`, without the language."""
        path = self.path[:-1] if self.language else self.path
        return ".".join(map(str, path))

    @property
    def entry(self) -> Path | None:
        """The path of the entry of a list that it is a part of; None where it is in no list."""
        number = next((place for place, part in enumerate(self.path) if isinstance(part, int)), None)
        return None if number is None else self.path[: number + 1]


def fields_of(card: Card) -> tuple[Field, ...]:
    """Every field of a card that can be changed by itself, texts first. An id stays, for links lead to it."""
    return (
        *(
            Field((*path, language), language, Form.TEXT, text.in_(language))
            for path, text in _texts(card)
            for language in LANGUAGES
        ),
        *_figures(card),
        *_dates(card),
        *_holders(card),
        *_words(card),
        *_lines(card),
        *_standing(card),
    )


LEFT_EMPTY = "-"
"""What is sent for a field that is to be left empty, or taken out."""


def parse(field: Field, text: str) -> FieldValue | None:
    """What a message of an editor means for a field: "-" takes an optional one out (None) and empties a needed one.

    Of the form of the value only that is read which has no other reading; the check of the content says the rest.
    """
    sent = text.strip()
    if sent in (LEFT_EMPTY, "—"):
        return "" if field.needed else None
    match field.form:
        case Form.NUMBER | Form.DATE:
            return _number(sent)
        case Form.FLAG:
            return sent.casefold() in ("true", "yes", "1", "+", "да")
        case Form.WORDS:
            return [word for part in re.split(r"[,;\n]", sent) if (word := part.strip().lstrip("#"))]
        case _:
            return sent


def change_field(
    content: Content, files: Mapping[str, bytes], card_id: str, path: Path, value: FieldValue | None
) -> tuple[str, bytes]:
    """Path and new bytes of the file in which a card has this field changed, for `Bundle.with_files`.

    `content` is what was read from `files`, the files of a bundle. Raises ProblemsError where there is no such card or
    the field cannot be written; whether what it then says is right, only a check of the whole tells.
    """
    entry = located(content, card_id)
    name = entry.document.file
    return name, rewrite(files[name], (*entry.path, *path), value, name)


def located(content: Content, card_id: str) -> Located:
    """The card of an id, drafts and withdrawn ones too. Raises ProblemsError where there is none."""
    for entry in content.cards:
        if entry.card.id == card_id:
            return entry
    raise ProblemsError(Problem.at(Place("content"), "unknown_card", id=card_id, near="none"))


def _texts(card: Card) -> Iterator[tuple[Path, Bilingual]]:
    yield from card.texts()
    if isinstance(card, Statistic):
        yield ("unit",), card.unit
    for number, outside in enumerate(card.outside):
        yield ("outside", number, "text"), outside.text
        yield ("outside", number, "where"), outside.where


def _figures(card: Card) -> Iterator[Field]:
    for path, number in card.values():
        yield Field(path, None, Form.NUMBER, number)
    if isinstance(card, Statistic):
        yield Field(("bound",), None, Form.CHOICE, card.bound, needed=False, choices=choices_of(Statistic, "bound"))
        yield Field(("approximate",), None, Form.FLAG, _flag(card.approximate), needed=False)
        yield Field(("measure",), None, Form.ID, card.measure)


def _dates(card: Card) -> Iterator[Field]:
    for name in ("when", "until", "as_of"):
        if name in type(card).model_fields:
            when = getattr(card, name)
            yield Field(_date_path((name,), when), None, Form.DATE, when.date if when else None, needed=name == "when")
    if isinstance(card, Debate):
        for number, side in enumerate(card.positions):
            path = _date_path(("positions", number, "as_of"), side.as_of)
            yield Field(path, None, Form.DATE, side.as_of.date if side.as_of else None, needed=False)
    for number, outside in enumerate(card.outside):
        yield Field(("outside", number, "checked"), None, Form.DATE, outside.checked)
    yield Field(("review_by",), None, Form.DATE, card.review_by, needed=False)


def _date_path(path: Path, when: When | None) -> Path:
    return (*path, "date") if when and when.inferred else path


def _holders(card: Card) -> Iterator[Field]:
    for path, holder in card.holders():
        if isinstance(holder, Bilingual):
            for language in LANGUAGES:
                yield Field((*path, language), language, Form.TEXT, holder.in_(language))
        else:
            yield Field(path, None, Form.ID, holder)


def _words(card: Card) -> Iterator[Field]:
    for name in ("tags", "aliases"):
        words = getattr(card, name, None)
        if isinstance(words, BilingualWords):
            for language in LANGUAGES:
                value = ", ".join(words.in_(language)) or None
                yield Field((name, language), language, Form.WORDS, value, needed=False)
    if audience := getattr(card, "audience", None):
        yield Field(("audience",), None, Form.WORDS, ", ".join(audience), choices=tuple(Audience))


def _lines(card: Card) -> Iterator[Field]:
    for number, cite in enumerate(card.cites):
        yield Field(("cites", number, "lines"), None, Form.LINES, format_lines(cite.lines))
    if isinstance(card, Debate):
        for side, position in enumerate(card.positions):
            for number, cite in enumerate(position.cites):
                path = ("positions", side, "cites", number, "lines")
                yield Field(path, None, Form.LINES, format_lines(cite.lines))


def _standing(card: Card) -> Iterator[Field]:
    if "type" in type(card).model_fields:
        yield Field(("type",), None, Form.CHOICE, getattr(card, "type"), choices=choices_of(type(card), "type"))  # noqa: B009
    yield Field(("also_in",), None, Form.WORDS, ", ".join(card.also_in) or None, needed=False)
    yield Field(("superseded_by",), None, Form.ID, card.superseded_by, needed=False)
    yield Field(("draft",), None, Form.FLAG, _flag(card.draft), needed=False)


def _flag(value: bool) -> str | None:
    return "true" if value else None


def choices_of(model: Any, name: str) -> tuple[str, ...]:
    """The words that a field of a model may hold."""
    annotation = model.model_fields[name].annotation
    literals = get_args(annotation)
    inner = [each for each in literals if get_args(each)]
    return tuple(get_args(inner[0]) if inner else literals)


def _number(text: str) -> FieldValue:
    """A number of digits as such; blanks and commas that group its digits fall out."""
    if re.fullmatch(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+", text):
        text = re.sub(r"\D", "", text)
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,17}", text) else text.replace(",", ".")
