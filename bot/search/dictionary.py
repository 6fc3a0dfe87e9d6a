"""Dictionaries of both languages: which words are real though no card has them, and what a Russian form is a form of.

Russian: pymorphy3 with OpenCorpora's dictionary. English: the word list of pyspellchecker. A word that they know was
hardly misspelt, so it is not corrected lightly.
"""

from __future__ import annotations

import gzip
import json
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files

from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]

from bot.search.words import is_cyrillic


def read_dictionaries() -> None:
    """Read both now, so that no question waits for them (a quarter of a second)."""
    _russian()
    _english()


def is_real(word: str) -> bool:
    """Whether a normalised word of either language is in its dictionary, in whatever form."""
    if is_cyrillic(word):
        analyzer = _russian()
        return bool(analyzer.dictionary.words.similar_items(word, analyzer.char_substitutes))
    words, key = _english(), hash(word)
    place = bisect_left(words, key)
    return place < len(words) and words[place] == key


def lemmas(word: str) -> frozenset[tuple[str, str]]:
    """What a normalised Russian word may be a form of, by all its readings, each with its grammar; none if unknown.

    стали is сталь and стать. The grammar is OpenCorpora's tag of the form: a verb's has `perf` or `impf`.
    """
    if not is_cyrillic(word):
        return frozenset()
    analyzer = _russian()
    dictionary = analyzer.dictionary
    return frozenset(
        (
            dictionary.build_normal_form(paradigm, form, found).replace("ё", "е"),
            str(dictionary.build_tag_info(paradigm, form)),
        )
        for found, places in dictionary.words.similar_items(word, analyzer.char_substitutes)
        for paradigm, form in places
    )


@cache
def _russian() -> MorphAnalyzer:
    return MorphAnalyzer()


@cache
def _english() -> array[int]:
    """The words as sorted hashes: a megabyte, where a set of texts takes twenty."""
    packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    return array("q", sorted(map(hash, json.loads(gzip.decompress(packed)))))
