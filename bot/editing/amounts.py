"""How many, read off what an editor sends, who copies it from the line: «около 3400 человек», "820-920 thousand"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.catalog.figures import Figure, find_figures
from bot.catalog.number_words import NUMBERS, lookup

_BARE = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?(?:/\d+)?"
_BARE_RANGE = re.compile(rf"({_BARE})\s*[-–—]\s*({_BARE})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")
"""A figure that a card can hold as a number: a multiple, or "tens of thousands", is words."""
_ABOUT = re.compile(
    r"[~≈]|\b(?:about|around|approximately|approx|roughly|circa|or so|some(?=\s+\d)"
    r"|около|примерно|приблизительно|ориентировочно|порядка|где-то)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"(\w+)\s+(?:out\s+of|of|in|из)\s+$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:every|each|кажд\w+)\s+$", re.IGNORECASE)
_TO = {"-", "–", "—", "to", "до"}
_BETWEEN = re.compile(r"\b(?:between|между)\s+$", re.IGNORECASE)
_AND = {"and", "и"}
_WHOLE = 100
"""Greatest whole of "three in ten": what stands behind "in" beyond it is a year, or a count of its own."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`numbers`: one, or the two of a range, as they are written; none where it is said in words. `about`: roughly.

    `several` are the figures among which nobody can tell which one is meant.
    """

    numbers: tuple[str, ...] = ()
    about: bool = False
    several: tuple[str, ...] = ()


def read_amount(sent: str) -> Amount:
    """Read what an editor sent for "how many?"."""
    bare = sent.removesuffix("%").strip()
    if re.fullmatch(_BARE, bare):
        return Amount((bare,))
    if both := _BARE_RANGE.fullmatch(bare):
        return Amount((both[1], both[2]))
    about, figures = bool(_ABOUT.search(sent)), find_figures(sent)
    if not all(_NUMBER.fullmatch(each.value) for each in figures) or any(_of_some(sent, each) for each in figures):
        return Amount(about=about)
    values = tuple(each.value for each in figures)
    if len(values) == 1 or (len(values) == 2 and _is_range(sent, *figures)):
        return Amount(values, about)
    return Amount(about=about, several=values)


def _of_some(sent: str, figure: Figure) -> bool:
    """Whether it is what a part is taken of: "nine out of ten", «каждый десятый»."""
    before = sent[: figure.start]
    part = _OF.search(before)
    counted = part and (part[1].isdecimal() or lookup(NUMBERS, part[1].lower().replace("ё", "е")))
    return bool(_EACH.search(before)) or bool(counted and Fraction(figure.value) <= _WHOLE)


def _is_range(sent: str, low: Figure, high: Figure) -> bool:
    joined = sent[low.end : high.start].replace("%", "").strip().lower()
    ranged = joined in _TO or (joined in _AND and _BETWEEN.search(sent[: low.start]) is not None)
    return ranged and Fraction(low.value) < Fraction(high.value)
