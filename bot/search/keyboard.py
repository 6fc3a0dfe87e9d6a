"""Keyboard layouts: what was meant by a text typed with the other alphabet switched on."""

from __future__ import annotations

from itertools import pairwise

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_JCUKEN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_QWERTY_SHIFT = '~{}:"<>'
_JCUKEN_SHIFT = "ёхъжэбю"

_TO_RUSSIAN = str.maketrans(_QWERTY + _QWERTY_SHIFT, _JCUKEN + _JCUKEN_SHIFT)
_TO_ENGLISH = str.maketrans(_JCUKEN, _QWERTY)
CLOSING = ".,;:!?)]}\"'"
"""Marks that may close a word as well as stand for a letter of the other layout."""

_ROWS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)


def switched(typed: str) -> tuple[str, ...]:
    """What the same keys give in the other layout, most likely first; empty where the text is of both alphabets.

    A closing mark may be a letter (`,` is б) or just a mark, so both readings are given.
    """
    typed = typed.lower()
    cyrillic = any("а" <= letter <= "я" or letter == "ё" for letter in typed)
    latin = any("a" <= letter <= "z" for letter in typed)
    if cyrillic and latin:
        return ()
    if cyrillic:
        return (typed.translate(_TO_ENGLISH),)
    bare = typed.rstrip(CLOSING)
    readings = [typed.translate(_TO_RUSSIAN)]
    if bare and bare != typed:
        readings.append(bare.translate(_TO_RUSSIAN))
    return tuple(readings)


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for rows in _ROWS:
        for row in rows:
            pairs |= set(pairwise(row))
        for upper, lower in pairwise(rows):
            pairs |= set(zip(upper, lower, strict=False)) | set(zip(upper[1:], lower, strict=False))
    return frozenset(pairs | {(second, first) for first, second in pairs})


NEIGHBOURS = _neighbours()
"""Pairs of letters whose keys touch, in both layouts and both orders."""
