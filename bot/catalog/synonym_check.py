"""Groups of synonyms: what is wrong with them. A word stands in one group, once, beside at least one other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.catalog.loading import Content, Spot
from bot.catalog.problems import Place, Problem

SMALLEST = 2
"""Entries of a group, at least: a word alone is a synonym of nothing."""
_WORD = re.compile(r"[^\W_]+")
_ACCENTED = re.compile(r"[À-ɏ]")


def check_synonyms(content: Content) -> Iterator[Problem]:
    """Groups that are empty or hold one entry, entries without a word, and entries that stand twice."""
    if content.synonyms_at is None:
        return
    seen: dict[tuple[str, ...], tuple[int, Place]] = {}
    for number, group in enumerate(content.synonyms):
        spot = Spot(content.synonyms_at, ("groups", number))
        if len(group) < SMALLEST:
            yield Problem.at(spot.place(), "synonym_alone")
        for entry, written in enumerate(group):
            yield from _check_entry(spot.place(entry), number, written, seen)


def _check_entry(
    place: Place, number: int, written: str, seen: dict[tuple[str, ...], tuple[int, Place]]
) -> Iterator[Problem]:
    words = _compared(written)
    if not words:
        yield Problem.at(place, "synonym_no_word", written=written)
        return
    first, at = seen.setdefault(words, (number, place))
    if first != number:
        yield Problem.at(place, "synonym_overlap", written=written, at=at)
    elif at != place:
        yield Problem.at(place, "synonym_repeated", written=written, at=at)


def _compared(written: str) -> tuple[str, ...]:
    """An entry as the search reads it: case, accents, hyphens and ё do not count."""
    plain = _ACCENTED.sub(lambda match: unicodedata.normalize("NFD", match[0])[0], written)
    return tuple(_WORD.findall(plain.casefold().replace("ё", "е").replace("’", "").replace("'", "")))
