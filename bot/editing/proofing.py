"""One answer checked as soon as it is written: language, length, plain text, and figures against the cited lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.catalog.cards import NUMBER_LENGTH, Kind
from bot.catalog.checking import CARD_TEXT_LIMIT, TITLE_LIMIT, check_languages
from bot.catalog.grounding import Ground, check_date, check_names, check_number, check_text
from bot.catalog.loading import Spot
from bot.catalog.problems import Place, Problem
from bot.catalog.reading import Document, Path
from bot.catalog.sources import Source
from bot.catalog.values import (
    LANGUAGES,
    SLUG_LENGTH,
    SLUG_PATTERN,
    Bilingual,
    Citation,
    LanguageCode,
    When,
    format_lines,
    parse_lines,
)
from bot.editing.amounts import read_amount
from bot.editing.fields import Field, Form
from bot.editing.sheets import SOURCE, Sheet
from bot.editing.spots import value_at

_HERE = Place("")
"""An answer stands in no file yet."""
_UNSEEN = {"unit", "attributed_to", "holder", "measure", "author", "publisher"}
"""Short texts beside those that say something: figures in them are not looked for."""
_NAMES = {"attributed_to", "holder", "author", "publisher"}
_LATIN_WORDS = 5
"""From so many words on, a Russian text without one Russian letter is in another language; fewer may be a name."""


def proof(sheet: Sheet, field: Field, sources: Mapping[str, Source], taken: Collection[str] = ()) -> list[Problem]:
    """What is wrong with what now stands in a field. `taken` are ids that others have."""
    value = value_at(sheet.values, field.path)
    if field.form is Form.FIGURE:
        return list(_figure(sheet, _ground(sheet, (), sources)))
    if value is None:
        return []
    if field.form is Form.HOLDER and isinstance(value, dict):
        texts: Mapping[str, str] = value.get("name", value)
        return [problem for language in ("en", "ru") for problem in _words(texts[language], language)]
    if field.language:
        return list(_text(sheet, field, str(value), sources))
    return list(_other(sheet, field, value, sources, taken))


def _other(
    sheet: Sheet, field: Field, value: Any, sources: Mapping[str, Source], taken: Collection[str]
) -> Iterator[Problem]:
    name = field.name.rpartition(".")[2]
    if field.form is Form.DATE:
        yield from _date(sheet, field, value, sources)
    elif field.form is Form.LINES:
        yield from _lines(sheet, field.path, str(value), sources)
    elif field.choices and not isinstance(value, dict):  # a new measure has its titles instead
        if not value or set([value] if isinstance(value, str) else value) - set(field.choices):
            yield Problem.at(_HERE, "not_one_of", key=name, expected=", ".join(field.choices))
    elif name == "url":
        if not re.fullmatch(r"https?://\S+", str(value)):
            yield Problem.at(_HERE, "wrong_form", key=name, form="https")
    elif field.form is Form.ID:
        if not re.fullmatch(SLUG_PATTERN, str(value)) or len(str(value)) > SLUG_LENGTH:
            yield Problem.at(_HERE, "wrong_form", key=name, form="id")
        elif value in taken:
            yield Problem.at(_HERE, "id_taken", id=value)


def _words(text: str, language: LanguageCode) -> Iterator[Problem]:
    """Whether it is plain text, in the language that is asked for; a name may be in any letters."""
    if "<" in text or "&" in text.replace(" & ", ""):
        yield Problem.at(_HERE, "markup")
    russian, latin = len(re.findall("[а-яё]", text, re.IGNORECASE)), len(re.findall("[a-z]", text, re.IGNORECASE))
    foreign = russian > latin if language == "en" else not russian and len(text.split()) >= _LATIN_WORDS
    if foreign:
        yield Problem.at(_HERE, "other_language", language=language)


def _text(sheet: Sheet, field: Field, text: str, sources: Mapping[str, Source]) -> Iterator[Problem]:
    language = field.language or "en"
    path, name = field.path[:-1], next(str(part) for part in reversed(field.path[:-1]) if isinstance(part, str))
    if not text:
        yield Problem.at(_HERE, "empty_text", key=name)
        return
    yield from _words(text, language)
    names = name == "name" or name in _NAMES
    quiet = names or path[0] in _UNSEEN or sheet.kind == SOURCE
    if not quiet:
        yield from check_text(text, _ground(sheet, field.path, sources), _HERE)
    both = value_at(sheet.values, path)
    if both["en"] and both["ru"] and not names and name != "unit":
        alike = sheet.kind == SOURCE or (sheet.kind == Kind.ACTOR and path == ("title",))
        for problem in check_languages(Spot(Document(""), ()), (), Bilingual(**both), alike=alike):
            if problem.code != "markup":  # said above, of this language alone
                yield problem
    if path == ("title",):
        yield from _title(sheet, text, sources)
    if sheet.kind != SOURCE:
        yield from _length(sheet, language)


def _title(sheet: Sheet, text: str, sources: Mapping[str, Source]) -> Iterator[Problem]:
    if len(text) > TITLE_LIMIT and sheet.kind != SOURCE:
        yield Problem.at(_HERE, "title_too_long", limit=TITLE_LIMIT)
    if sheet.kind == Kind.ACTOR:
        yield from _name(sheet, _ground(sheet, ("title",), sources))


def _name(sheet: Sheet, ground: Ground) -> Iterator[Problem]:
    """Whether the name stands on the lines, in one language or the other, as soon as that can be told."""
    title = sheet.values["title"]
    if title["ru" if "ru" in ground.languages else "en"]:  # the one that decides
        yield from check_names({language: (title[language],) for language in LANGUAGES}, ground, _HERE)


def _length(sheet: Sheet, language: LanguageCode) -> Iterator[Problem]:
    texts = [each for each in sheet.fields if each.language == language and each.path[0] not in _UNSEEN]
    length = sum(len(each.value or "") for each in texts if "holder" not in each.path)
    if length > CARD_TEXT_LIMIT:
        yield Problem.at(_HERE, "card_too_long", language=language, length=length, limit=CARD_TEXT_LIMIT)


def _figure(sheet: Sheet, ground: Ground) -> Iterator[Problem]:
    numbers = [str(sheet.values[name]) for name in ("value", "low", "high") if sheet.values.get(name)]
    for number in numbers:
        if len(number) > NUMBER_LENGTH:
            yield Problem.at(_HERE, "wrong_form", key="value", form="number")
        else:
            yield from check_number(number, ground, _HERE)
    for language, text in (sheet.values.get("in_words") or {}).items():
        if several := read_amount(text).several:
            yield Problem.at(_HERE, "several_figures", figures=", ".join(several))
        yield from _words(text, language)
        yield from check_text(text, ground, _HERE)


def _date(sheet: Sheet, field: Field, value: Any, sources: Mapping[str, Source]) -> Iterator[Problem]:
    try:
        when = When.model_validate(value)
    except ValueError:
        yield Problem.at(_HERE, "date_form")
        return
    if sheet.kind not in (SOURCE, *_DATED_ANYHOW):
        yield from check_date(when, _ground(sheet, field.path, sources), _HERE)


_DATED_ANYHOW = (Kind.SUMMARY, Kind.RECOMMENDATION, Kind.ARGUMENT, Kind.ACTOR, Kind.TERM)
"""Kinds whose dates need not stand on the lines."""


def _lines(sheet: Sheet, path: Path, value: str, sources: Mapping[str, Source]) -> Iterator[Problem]:
    name = str(value_at(sheet.values, (*path[:-1], "source")))
    if name not in sources:
        yield Problem.at(_HERE, "unknown_source", id=name, near="none")
        return
    try:
        numbers = parse_lines(value)
    except ValueError:
        yield Problem.at(_HERE, "lines_form")
        return
    if missing := tuple(number for number in numbers if number not in sources[name].lines):
        yield Problem.at(_HERE, "no_such_line", lines=format_lines(missing), source=name)


def _ground(sheet: Sheet, path: Path, sources: Mapping[str, Source]) -> Ground:
    """What the lines hold on which a field must stand: of a position its own, else all of the card."""
    sides, cites = sheet.values.get("positions", ()), _cites(sheet, path)
    if sides and path[:1] != ("positions",):
        cites += [cite for side in sides for cite in side["cites"]]
        cites.append({"source": sheet.source, "lines": sheet.lines})
    found = []
    for cite in cites:
        try:
            found.append(Citation(source=cite["source"], lines=parse_lines(str(cite["lines"]))))
        except ValueError:  # still to be chosen
            continue
    return Ground.of(found, dict(sources))


def _cites(sheet: Sheet, path: Path) -> list[Mapping[str, Any]]:
    """What a field cites: of a position its own, else the card."""
    holder = sheet.values["positions"][path[1]] if path[:1] == ("positions",) else sheet.values
    return list(holder.get("cites", ()))


def ground_lines(sheet: Sheet, field: Field | None) -> dict[str, tuple[int, ...]]:
    """The lines of each source on which a field must stand, as far as they are chosen: what its writer looks at."""
    found: dict[str, tuple[int, ...]] = {}
    for cite in _cites(sheet, field.path if field else ()):
        try:
            found[cite["source"]] = (*found.get(cite["source"], ()), *parse_lines(str(cite["lines"])))
        except ValueError:
            continue
    if not found and sheet.lines:
        found[sheet.source] = parse_lines(sheet.lines)
    return {source: tuple(dict.fromkeys(lines)) for source, lines in found.items()}
