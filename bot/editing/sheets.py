"""What is being written field by field: a new card, or the card of a source; what it holds, what is still to be asked.

A sheet is no file of the content: a card that lacks something cannot be read as one, and would keep all others of its
file from being read. It becomes an entry of its file when it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import orjson

from bot.catalog.cards import Actor, Audience, Kind, Statistic
from bot.catalog.reading import Path, read_document
from bot.catalog.sources import Source
from bot.catalog.values import LANGUAGES, format_lines, parse_lines
from bot.editing.amounts import read_amount
from bot.editing.fields import Field, Form, choices_of, parse
from bot.editing.scalars import FieldValue
from bot.editing.skeletons import card_lines
from bot.editing.spots import value_at

SOURCE = "source"
"""The kind of a sheet that is the card of a source."""
MOST = {"points": 7}
"""Most entries of a list, where there is a limit."""
LEAST = {"positions": 2}
"""Fewest entries of a list, where that is not one."""
_NAMED_LINES = re.compile(r"([a-z0-9-]*[a-z][a-z0-9-]*)[\s:,]+(\d[\d\s,–-]*)")
"""Lines with the source in front of them."""
_TEXT, _LIST, _CREDIT = Form.TEXT, "list", "credit"
_LAYOUT: dict[str, tuple[tuple[str, str], ...]] = {
    Kind.STATISTIC: (
        ("title", _TEXT),
        ("value", Form.FIGURE),
        ("bound", Form.CHOICE),
        ("approximate", Form.FLAG),
        ("unit", _TEXT),
        ("population", _TEXT),
        ("attributed_to", Form.HOLDER),
        ("as_of", Form.DATE),
        ("measure", Form.MEASURE),
        ("text", _TEXT),
    ),
    Kind.RECOMMENDATION: (
        ("title", _TEXT),
        ("audience", Form.WORDS),
        ("action", _TEXT),
        ("reason", _TEXT),
        ("attributed_to", Form.HOLDER),
    ),
    Kind.ARGUMENT: (("title", _TEXT), ("claim", _TEXT), ("grounds", _LIST), ("attributed_to", Form.HOLDER)),
    Kind.DEBATE: (("title", _TEXT), ("question", _TEXT), ("positions", "positions")),
    Kind.EVENT: (("title", _TEXT), ("when", Form.DATE), ("until", Form.DATE), ("text", _TEXT)),
    Kind.ACTOR: (("title", _TEXT), ("type", Form.CHOICE), ("role", _TEXT), ("text", _TEXT)),
    Kind.TERM: (("title", _TEXT), ("text", _TEXT)),
    Kind.SUMMARY: (("title", _TEXT), ("points", _LIST), ("body", _TEXT)),
    SOURCE: (
        ("title", _TEXT),
        ("genre", Form.CHOICE),
        ("author", _CREDIT),
        ("publisher", _CREDIT),
        ("date", Form.DATE),
        ("url", Form.ID),
    ),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "bound": choices_of(Statistic, "bound"),
    "type": choices_of(Actor, "type"),
    "genre": choices_of(Source, "genre"),
    "audience": tuple(Audience),
}
_OPTIONAL = {"bound", "approximate", "as_of", "until", "url"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written so far: `values` as they will stand in the file, an empty text where something is to come.

    `kind` is that of the card, or `SOURCE`; `source` the source that it cites or is; `topic` the id of the topic, where
    it has one; `lines` those that were chosen when it was begun. Once it was put into a draft, `entered` is the id of
    the card that it became, `entry` a digest of that card as it was put there and `then` one of `values` as they were.
    `texts` are the fingerprints (SHA-256) of the texts, by their sources, in which its lines were chosen.
    `marks` are what the entries of a list are known by once others came or went, and `made` counts those that came.
    """

    kind: str
    source: str
    topic: str
    lines: str
    values: Mapping[str, Any]
    entered: str = ""
    entry: str = ""
    then: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def begun(cls, kind: Kind, source: Source, topic: str, lines: Sequence[int]) -> Sheet:
        """A card of which nothing is written but what it cites."""
        values = read_document("\n".join(card_lines(kind, source, lines)).encode(), "")[0].value
        del values["id"], values["draft"]
        if kind is Kind.STATISTIC:
            values |= {"bound": "", "approximate": ""}
        for side in values.get("positions", ()):
            side["cites"][0]["lines"] = ""
        texts = {source.id: source.sha256}
        return cls(kind.value, source.id, topic, format_lines(tuple(lines)), values, texts=texts)

    @classmethod
    def read(cls, data: bytes) -> Sheet:
        """As `data` wrote it."""
        return cls(**orjson.loads(data))

    def data(self) -> bytes:
        """As it is kept."""
        return orjson.dumps(self)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that can be written, in the order in which it is asked."""
        found = [field for name, form in _LAYOUT[self.kind] for field in _fields(self.values, name, form)]
        if self.kind == SOURCE:
            return tuple(found)
        own = () if self.kind == Kind.SUMMARY else (_id(self.values),)  # a summary has the id of its source
        return (*found, *_lines(self.values, ()), *own)

    @property
    def changed(self) -> bool:
        """Whether it says something else than when it was put into the draft."""
        return bool(self.entered) and digest_of(self.values) != self.then

    @property
    def whole(self) -> bool:
        """Whether nothing is missing that must be there."""
        return not any(field.needed and not field.value for field in self.fields)

    def with_value(self, path: Path, value: object) -> Sheet:
        """The same with one value changed; None takes it out, of an entry of a list the whole entry."""
        if value is None and (at := _entry_in(path)):
            return self._without_entry(*at)
        values = deepcopy(dict(self.values))
        here: Any = values
        for part in path[:-1]:
            here = here[part]
        if value is not None:
            here[path[-1]] = value
        else:
            here.pop(path[-1], None)
        return replace(self, values=values)

    def _without_entry(self, name: str, number: int) -> Sheet:
        values, marks = ([*each[:number], *each[number + 1 :]] for each in (self.values[name], self._marks(name)))
        return replace(self, values={**self.values, name: values}, marks={**self.marks, name: marks})

    def _marks(self, name: str) -> Sequence[str]:
        return self.marks.get(name) or [str(number) for number in range(len(self.values[name]))]

    def known(self, path: Path) -> str:
        """What a field is known by as long as it is there, whichever entries of its list come or go before it."""
        if (at := _entry_in(path)) and at[1] < len(self._marks(at[0])):
            path = (at[0], self._marks(at[0])[at[1]], *path[2:])
        return "/".join(map(str, path))

    def answered(self, field: Field, sent: str, actors: Mapping[str, str]) -> Sheet:
        """The same with what an editor sent for a field. `actors` leads from names, folded, to ids."""
        value = parse(field, sent)
        if value is None:
            return self.with_value(field.path, None)
        if field.form is Form.FIGURE:
            return self._with_figure(str(value))
        if field.form is Form.LINES and (named := _NAMED_LINES.fullmatch(str(value))):
            return self.with_value((*field.path[:-1], "source"), named[1]).with_value(field.path, named[2])
        at = field.path[:-1] if field.language else field.path
        if at[-1] in ("attributed_to", "holder"):
            if known := actors.get(" ".join(str(value).casefold().split())):
                return self.with_value(at, known)
            if not field.language:
                value = _in_its_language(str(value))
        if at == ("measure",) and not field.language:
            value = {"en": "", "ru": ""} if value == NEW else value
        if at[-1:] in (("author",), ("publisher",)):
            value = {"name": _in_its_language(str(value))}
        return self.with_value(field.path, value)

    def _with_figure(self, sent: str) -> Sheet:
        """How many: a number, two of them, or words; "about" is an answer to what would be asked next."""
        amount = read_amount(sent)
        form = Field((), None, Form.NUMBER, "")
        numbers = [parse(form, each) for each in amount.numbers]
        figures: dict[str, object] = {"in_words": _in_its_language(sent)} if sent else {"value": ""}
        if numbers:
            figures = dict(zip(("low", "high") if len(numbers) == 2 else ("value",), numbers, strict=True))
        values: dict[str, object] = {}
        for name, value in self.values.items():
            if name in ("value", "low", "in_words"):
                values |= figures
            elif name != "high":
                values[name] = True if name == "approximate" and value == "" and amount.about else value
        return replace(self, values=values)

    def with_entry(self, name: str) -> Sheet:
        """The same with one more entry in a list, to be written."""
        entry = deepcopy(self.values[name][-1])
        empty = {"en": "", "ru": ""}
        if name == "positions":
            entry |= {"holder": "", "text": empty}
            entry["cites"] = [{"source": self.source, "lines": ""}]
        else:
            entry = empty
        marks = {**self.marks, name: [*self._marks(name), f"+{self.made}"]}
        return replace(self.with_value((name,), [*self.values[name], entry]), marks=marks, made=self.made + 1)

    def outdated(self, sources: Mapping[str, Source]) -> tuple[str, ...]:
        """The sources whose texts are others by now than those in which its lines were chosen."""
        holders = (self.values, *self.values.get("positions", ()))
        cited = dict.fromkeys(cite["source"] for holder in holders for cite in holder.get("cites", ()))
        now = {name: sources[name].sha256 if name in sources else "" for name in cited}
        return tuple(name for name in cited if self.texts.get(name, now[name]) != now[name])

    def without_lines(self, sources: Collection[str]) -> Sheet:
        """The same with the lines of these sources to be chosen anew."""
        sheet = self
        for name in sources:
            sheet = sheet._renumbered(name, {})
        return sheet

    def chosen(self, source: Source) -> Sheet:
        """The same, with lines chosen in the text of a source as it is now."""
        return replace(self, texts={**self.texts, source.id: source.sha256})

    def moved(self, source_id: str, lines: Mapping[int, int], before: str, after: str) -> Sheet:
        """The same on a new text of a source, with its lines as they are now; where none is left they are asked for.

        `before` and `after` are the fingerprints of the texts. Lines chosen in another one stay: nobody knows where
        they are.
        """
        if self.texts.get(source_id) != before:
            return self
        return replace(self._renumbered(source_id, lines), texts={**self.texts, source_id: after})

    def _renumbered(self, source_id: str, lines: Mapping[int, int]) -> Sheet:
        values = deepcopy(dict(self.values))
        for holder in (values, *values.get("positions", ())):
            for cite in holder.get("cites", ()):
                if cite["source"] == source_id:
                    cite["lines"] = _moved(str(cite["lines"]), lines)
        begun = _moved(self.lines, lines) if self.source == source_id else self.lines
        then = self.then if self.changed or not self.entered else digest_of(values)  # the card in the draft moves too
        return replace(self, values=values, lines=begun, then=then)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that can take one more entry."""
        names = [name for name, form in _LAYOUT[self.kind] if form in (_LIST, "positions")]
        return tuple(name for name in names if len(self.values[name]) < MOST.get(name, 20))


def digest_of(value: object) -> str:
    """What stands for values: equal for equal ones, in whichever order their keys are."""
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


NEW = "+"
"""What stands for a measure that is not there yet."""


def _entry_in(path: Path) -> tuple[str, int] | None:
    """The list and the place of the entry that a path leads into; None where it leads into none."""
    if len(path) > 1 and isinstance(path[1], int):
        return str(path[0]), path[1]
    return None


def _moved(written: str, lines: Mapping[int, int]) -> str:
    numbers = parse_lines(written) if written else ()
    return format_lines(tuple(dict.fromkeys(lines[number] for number in numbers if number in lines)))


def _in_its_language(text: str) -> dict[str, str]:
    """A text in the language that its letters show; the other is to be written."""
    russian = bool(re.search("[а-яё]", text, re.IGNORECASE))
    return {"en": "" if russian else text, "ru": text if russian else ""}


def _fields(values: Mapping[str, Any], name: str, form: str) -> Iterator[Field]:
    value = values.get(name)
    if form == _TEXT:
        yield from _text((name,), value)
    elif form == _LIST:
        for number, each in enumerate(value or ()):
            yield from _text((name, number), each, needed=len(value or ()) <= LEAST.get(name, 1))
    elif form == "positions":
        for number, side in enumerate(value or ()):
            yield from _position((name, number), side, needed=len(value or ()) <= LEAST[name])
    elif form == _CREDIT:
        if value:
            yield from _text((name, "name"), value["name"])
        else:
            yield Field((name,), None, Form.HOLDER, None, needed=False)
    elif form == Form.HOLDER:
        yield from _holder((name,), value or "")
    elif form == Form.FIGURE:
        yield from _figure(values)
    elif form == Form.MEASURE:
        new = isinstance(value, dict)
        yield Field((name,), None, Form.MEASURE, NEW if new else value)
        yield from _text((name,), value) if new else ()
    else:
        path = (name, "date") if isinstance(value, dict) else (name,)
        held = value["date"] if isinstance(value, dict) else value
        written = ", ".join(held) if isinstance(held, list) else "true" if held is True else held
        yield Field(
            path,
            None,
            Form(form),
            None if written is None else str(written),
            needed=name not in _OPTIONAL and (name != "date" or value is not None),
            choices=_CHOICES.get(name, ()),
        )


def _text(path: Path, value: Mapping[str, str] | None, *, needed: bool = True) -> Iterator[Field]:
    for language in LANGUAGES:
        yield Field((*path, language), language, Form.TEXT, (value or {}).get(language) or "", needed=needed)


def _holder(path: Path, value: str | Mapping[str, str]) -> Iterator[Field]:
    if isinstance(value, str):
        yield Field(path, None, Form.HOLDER, value)
    else:
        yield from _text(path, value)


def _figure(values: Mapping[str, Any]) -> Iterator[Field]:
    words = values.get("in_words")
    held = values.get("value", "")
    if "low" in values:
        held = f"{values['low']}–{values['high']}"
    yield Field(("value",), None, Form.FIGURE, (words["en"] or words["ru"]) if words else str(held))
    if words:
        yield from _text(("in_words",), words)


def _position(path: Path, side: Mapping[str, Any], *, needed: bool) -> Iterator[Field]:
    yield from _lines(side, path)
    for each in (*_holder((*path, "holder"), side["holder"]), *_text((*path, "text"), side["text"])):
        yield replace(each, needed=needed)


def _lines(values: Mapping[str, Any], path: Path) -> Iterator[Field]:
    for number, cite in enumerate(values.get("cites", ())):
        yield Field((*path, "cites", number, "lines"), None, Form.LINES, str(cite["lines"]))


def _id(values: Mapping[str, Any]) -> Field:
    return Field(("id",), None, Form.ID, values.get("id"), needed=False)


def source_cited(sheet: Sheet, field: Field) -> str:
    """The source whose lines stand in a field."""
    return str(value_at(sheet.values, (*field.path[:-1], "source")))


def changed_value(before: Sheet, after: Sheet) -> tuple[Path, FieldValue | None] | None:
    """The outermost value in which a sheet differs from another, for a file that stays as it is otherwise."""
    for name in dict.fromkeys((*before.values, *after.values)):
        old, new = before.values.get(name), after.values.get(name)
        if old != new:
            return (name,), new
    return None
