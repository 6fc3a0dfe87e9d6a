"""What a reader can tell apart of a card, a source or a measure: plain values, without what only files show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from bot.catalog.values import Bilingual, BilingualWords, Citation, LanguageCode, When, format_lines


class Texts(NamedTuple):
    """A text in both languages, its white space evened out."""

    en: str
    ru: str

    def in_(self, language: LanguageCode) -> str | None:
        """The text of a language; None where it is empty, as words may be in one of them."""
        return (self.en if language == "en" else self.ru) or None


Seen = str | Texts | list[Any] | dict[str, Any]
"""A leaf, a list whose order means something, or fields by name; under `""` what the node itself says."""


def seen(value: Any, unseen: frozenset[str] = frozenset()) -> dict[str, Seen]:
    """The fields of a model or dataclass that say something; what stands at its default says nothing."""
    names = [each.name for each in fields(value)] if is_dataclass(value) else list(type(value).model_fields)
    found = {name: _seen(getattr(value, name)) for name in names if name not in unseen}
    return {name: each for name, each in found.items() if each is not None}


def bare(words: Iterable[str]) -> str:
    """Words or ids as one text."""
    return ", ".join(words)


def _seen(value: Any) -> Seen | None:
    match value:
        case None | False | ():
            return None
        case True:
            return "true"
        case Bilingual():
            return Texts(_even(value.en), _even(value.ru))
        case BilingualWords():
            both = Texts(bare(sorted(value.en)), bare(sorted(value.ru)))
            return both if any(both) else None
        case When():
            return {"": value.date, **seen(value, frozenset({"date"}))}
        case BaseModel():
            return seen(value)
        case [Citation(), *_]:
            return _cited(value)
        case [str(), *_]:
            return bare(sorted(value))
        case tuple():
            return [_seen(each) for each in value]
        case _:
            return str(value)


def _cited(cites: tuple[Citation, ...]) -> dict[str, Seen]:
    """Source → its lines, wherever in the list they stand."""
    lines: dict[str, list[int]] = {}
    for cite in cites:
        lines.setdefault(cite.source, []).extend(cite.lines)
    return {source: format_lines(tuple(dict.fromkeys(found))) for source, found in lines.items()}


def _even(text: str) -> str:
    """Paragraphs with one empty line between them, words with one blank: what wrapping cannot change."""
    paragraphs = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
