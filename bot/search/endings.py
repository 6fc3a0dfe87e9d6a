"""Endings of both languages: which forms a word may take, judged by the forms in which it was met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_NOUN = (
    " а я ы и у ю е о ь ом ем ой ей ью ам ям ами ями ах ях ов ев ий ия ии ию ией иям иями иях ие ием ость ости остью "
    "остей остям остями остях ание ания анию анием ании аний ение ения ению ением ении ений аниям ениям аниях ениях"
)
_ADJECTIVE = " ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ых их ыми ими ей о е а ы"
_PARTICIPLE = "вш нн ющ ащ ущ ящ енн анн ивш авш"
_VERB = (
    "ть ти л ла ло ли ет ют ят ат ит ут ешь ишь ем им ете ите у ю й йте и ал ала али ало ать ял яли ять еть ел ела "
    "ели ил ила или ило ить ыл ыла ули ул ула уть нуть ует уют уем уешь ует овать овал овали ировать ировал ировали "
    "ывать ивать ывал ивал ывали ивали ывает ивает ывают ивают ает ают аем аю ею яет яют яю в вши н на но ны ен ена "
    "ено ены ан ана ано аны"
)
_ENGLISH_ENDINGS = (
    "s es ed ing er ers ly ies ied ion ions or ors ive ment ments ation ations ate ates ated ating ator ant "
    "ants ent ents ence ity ities ist ists ism able ous ness ical ians ian"
)
_ENGLISH = frozenset(["", *_ENGLISH_ENDINGS.split()])
_NOUN_BASE = re.compile(r"(.+?)(?:ами|ями|ам|ям|ах|ях|ов|ев|ом|ем|ой|ей|ью|[аяыиуюеоь])?")
LONGEST_ENDING = 9
"""Letters of the longest ending that is tried, reflexive and participle included."""


def _table() -> tuple[frozenset[str], ...]:
    noun = frozenset(["", *_NOUN.split()])
    adjective = frozenset(["", *_ADJECTIVE.split()])
    verb = frozenset(_VERB.split())
    participles = frozenset(middle + ending for middle in _PARTICIPLE.split() for ending in adjective if ending)
    reflexive = frozenset(ending + suffix for ending in (verb | participles) for suffix in ("ся", "сь"))
    return noun, adjective, verb | participles | reflexive


_CLASSES = _table()
_ANY = frozenset().union(*_CLASSES)


@lru_cache(maxsize=8)
def _union(classes: tuple[int, ...]) -> frozenset[str]:
    """Classes together; few and large, so that all words of a sort share one."""
    return frozenset().union(*(_CLASSES[number] for number in classes))


def noun_base(word: str) -> str:
    """A Russian word without the ending that a noun would have; the whole word where there is none."""
    match = _NOUN_BASE.fullmatch(word)
    return match[1] if match else word


def possible_endings(met: Iterable[str], *, cyrillic: bool) -> frozenset[str]:
    """The endings that a word may take which was met with these: those of a noun, of an adjective, of a verb."""
    if not cyrillic:
        return _ENGLISH
    found = frozenset(met)
    whole = tuple(number for number, endings in enumerate(_CLASSES) if found <= endings)
    part = tuple(number for number, endings in enumerate(_CLASSES) if found & endings)
    return _union(whole or part) or _ANY


def all_endings(*, cyrillic: bool) -> frozenset[str]:
    """Every ending that a word of this alphabet may take."""
    return _ANY if cyrillic else _ENGLISH
