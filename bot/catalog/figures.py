"""Figures in a text, in one writing for both languages: 650,000, 650 тысяч and 0.65 million are all `650000`.

A figure is a group of digits, a number word from ten up, or a word of share or multiple. Canonical forms:
`820000`, `1.5`, shares `2/3`, multiples `x2`, and for plurals that name no number `1000s` ("thousands", «тысячи»)
or `10s*1000s` ("tens of thousands"). Number words below ten are not figures; the digits 0 to 9 are. Words make one
number only where nothing but blanks, or a hyphen, stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.catalog.number_words import MULTIPLES, MULTIPLIERS, NUMBERS, ORDINALS, SHARES, VAGUE, Table, Word, lookup

_TOKEN = re.compile(
    r"(?<!\d)\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)"  # 820,000 and 820 000
    r"|(?<![\d/])[1-9]/(?:10|[2-9])(?![\d/])"  # 2/3, but not 24/7
    r"|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+"
    r"|[–—/-]"
)
_CENTURY = re.compile(r"(?:век|столет|вв?$|centur)")
_ROMAN = re.compile(r"[IVX]{1,6}")
_RANGE = {"–", "—", "-", "до", "to", "or", "или"}
_BETWEEN = {"between": "and", "между": "и"}
_SEVERAL = {"several", "few", "many", "some", "несколько", "нескольких", "много", "многие", "многих"}
_TIMES = re.compile(r"as|the|over|more|less|fewer|higher|lower|larger|bigger|greater|smaller")
"""What follows "four times" where it compares; "arrested four times" does not."""
_COUNTED_OFF = re.compile(
    r"countr(?:y|ies)|part(?:y|ies)|person|people|time|wave|way|reason|group|option|year|day|month|week|world|column|place"
)
"""What follows "a third" where it is the third of a row: "a third country"."""
_LONGEST = 20
"""Characters of a number that is still read as one: times a million it is counted exactly (Decimal's 28 digits)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as found: its canonical form, how it is written, and where (offsets into the text)."""

    value: str
    written: str
    start: int
    end: int


class _Token(NamedTuple):  # made by the ten thousand: a tuple is the quickest to make
    text: str
    word: str
    start: int
    end: int
    blank: bool
    """Whether nothing but blanks, or nothing at all, stands before it."""
    tight: bool
    """Whether nothing stands before it."""

    @property
    def number(self) -> Decimal | None:
        if not self.text[0].isdecimal() or "/" in self.text or len(self.text) > _LONGEST:
            return None
        if re.fullmatch(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?", self.text):
            return Decimal(re.sub(r"[ ,\u00a0\u202f]", "", self.text))
        return Decimal(self.text.replace(",", "."))


def canonical(number: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: `1.50` is `1.5`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def find_figures(text: str) -> tuple[Figure, ...]:
    """Every figure of an English or Russian text, in order."""
    return _find_remembered(text) if len(text) <= _REMEMBERED else _find(text)


def _find(text: str) -> tuple[Figure, ...]:
    if not any(map(_shows, _TOKEN.findall(text))):
        return ()
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        end = match.end()
        blank = not gap.strip() and "\n\n" not in gap
        tokens.append(_Token(match[0], match[0].lower().replace("ё", "е"), match.start(), end, blank, not gap))
    return tuple(
        Figure(value, text[tokens[first].start : tokens[last].end], tokens[first].start, tokens[last].end)
        for value, first, last in _Scanner(tokens).figures()
    )


_find_remembered = lru_cache(maxsize=16_384)(_find)
_REMEMBERED = 3000
"""Longest text whose figures are kept in memory: content is checked as a whole after each change of a few texts."""


def figure_values(text: str) -> frozenset[str]:
    """The canonical forms alone."""
    return frozenset(figure.value for figure in find_figures(text))


@lru_cache(maxsize=65_536)
def _may_begin(token: str) -> bool:
    """Whether a figure may begin with this token: most words of a text are done with here."""
    word = token.lower().replace("ё", "е")
    tables = (NUMBERS, MULTIPLIERS, VAGUE, SHARES, MULTIPLES, ORDINALS)
    return (
        token[0].isdecimal()
        or word in _SEVERAL
        or word in ("a", "в")
        or bool(_ROMAN.fullmatch(token))
        or any(lookup(table, word) for table in tables)
    )


@lru_cache(maxsize=65_536)
def _shows(token: str) -> bool:
    """Whether a text with this token may hold a figure: one has at least a digit, a number word or a century."""
    word = token.lower().replace("ё", "е")
    tables = (NUMBERS, MULTIPLIERS, VAGUE, SHARES, MULTIPLES, ORDINALS)
    century = word.startswith(("век", "столет", "centur")) or (len(token) > 1 and bool(_ROMAN.fullmatch(token)))
    return token[0].isdecimal() or century or any(lookup(table, word) for table in tables)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    numbers = [values[letter] for letter in text]
    return sum(-n if n < max(numbers[i:]) else n for i, n in enumerate(numbers))


class _Scanner:
    """Walks over tokens; each method returns a value and the index behind what it used, or None."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def starts(self, index: int, *words: str) -> bool:
        return all(self.word(index + number) == word for number, word in enumerate(words))

    def find(self, table: Table, index: int) -> Word | None:
        return lookup(table, self.word(index))

    def figures(self) -> Iterator[tuple[str, int, int]]:
        """Canonical form, first token, last token."""
        index = 0
        while index < len(self.tokens):
            found = None
            if _may_begin(self.tokens[index].text):
                found = self.roman(index) or self.share(index) or self.multiple(index) or self.number(index)
            if found:
                value, end = found
                yield value, index, end - 1
            index = found[1] if found else index + 1

    def roman(self, index: int) -> tuple[str, int] | None:
        """A century in Roman numerals, or the first of two: «XIX–XX вв.»."""
        if not _ROMAN.fullmatch(self.tokens[index].text):
            return None
        last = index
        if self.word(index + 1) in {"-", "–", "—", "and", "и"} and _ROMAN.fullmatch(self.word(index + 2).upper()):
            last = index + 2
        if _CENTURY.match(self.word(last + 1)):
            return str(_roman(self.tokens[index].text)), index + 1
        return None

    def multiple(self, index: int) -> tuple[str, int] | None:
        """ "doubled", «втрое», «в 2 раза», "four times as many"."""
        if (times := self.find(MULTIPLES, index)) is not None:
            return f"x{times.value}", index + 1
        count = index + (self.word(index) == "в")
        number = self.cardinal(count) if count < len(self.tokens) else None
        if not number:
            return None
        value, end = number[:2]
        compares = self.word(end) == "times" and _TIMES.fullmatch(self.word(end + 1))
        if compares or (count > index and self.word(end) in {"раз", "раза"}):
            return f"x{canonical(value)}", end + 1
        return None

    def share(self, index: int) -> tuple[str, int] | None:
        """`half`, `two-thirds`, «две трети», "half a million", «полмиллиона», «пятая часть»."""
        if "/" in self.tokens[index].text and len(self.tokens[index].text) > 1:
            return self.tokens[index].text, index + 1
        part = self.find(ORDINALS, index)
        if part and part.value >= 5 and self.word(index + 1).startswith("част"):
            return f"1/{part.value}", index + 2
        start, count = index, 1
        before = self.find(NUMBERS, index)
        if before and before.value < 10 and before.value % 1 == 0:
            count, index = int(before.value), index + 1
            index += self.word(index) == "-"
        share = self.find(SHARES, index)
        if share is None:
            return None
        if share.factor:
            return canonical(Decimal(share.factor) / share.value), index + 1
        after = index + 1
        while self.word(after) in {"-", "of", "a"}:
            after += 1
        factor = self.find(MULTIPLIERS, after)
        if factor and factor.value >= 1000 and factor.value * count % share.value == 0:
            return canonical(factor.value * count / share.value), after + 1
        alone = share.ordinal and start == index
        if alone and (self.word(index - 1) != "a" or _COUNTED_OFF.fullmatch(self.word(index + 1))):
            return None
        if self.word(index - 4) in {"a", "one"} and self.starts(index - 2, "and", "a", "half"):
            return "1.5", index + 1  # "a year and a half"
        return f"{count}/{share.value}", index + 1

    def number(self, index: int) -> tuple[str, int] | None:
        if vague := self.vague(index):
            return vague
        found = self.cardinal(index)
        if not found:
            return None
        value, end, is_figure, scale = found
        if scale == 1 and (shared := self.shared_scale(index, end)) and value < 1000:
            value, is_figure = value * shared, True
        return (canonical(value), end) if is_figure or scale > 1 else None

    def shared_scale(self, index: int, end: int) -> Decimal | None:
        """In "820 to 920 thousand" the multiplier of the second number belongs to the first one too."""
        between = _BETWEEN.get(self.word(index - 1))
        if self.word(end) not in _RANGE and (not between or self.word(end) != between):
            return None
        second = self.cardinal(end + 1)
        counted = not self.find(MULTIPLIERS, end + 1)  # "500 to a thousand" shares nothing
        return second[3] if second and counted and second[3] > 1 else None

    def vague(self, index: int) -> tuple[str, int] | None:
        """Plurals that name no number, and chains of them: "tens of thousands", «десятки тысяч»."""
        chain: list[str] = []
        end = index
        while True:
            step = end + (bool(chain) and self.word(end) == "of")
            found = self.find(VAGUE, step)
            if not found and not chain and self.word(step - 1) in _SEVERAL:
                found = self.find(MULTIPLIERS, step)
            if not found:
                break
            chain.append(f"{10 if found.value == 12 else found.value}s")
            end = step + 1
        return ("*".join(chain), end) if chain else None

    def cardinal(self, index: int) -> tuple[Decimal, int, bool, Decimal] | None:
        """A written or spelled number with its multipliers: value, end, whether a figure, the last multiplier."""
        start, total, scale, group = index, Decimal(0), Decimal(1), None
        digits = False
        while (part := self.next_part(index, group if index > start else None, first=index == start)) is not None:
            token = self.tokens[part]
            spelled, factor = lookup(NUMBERS, token.word), lookup(MULTIPLIERS, token.word)
            if token.number is not None and group is None:
                group, digits = token.number, True
            elif spelled and not digits and self.fits(group, spelled):
                group = (group or Decimal(0)) + spelled.value
            elif self.completes(group, token) and (last := lookup(ORDINALS, token.word)):
                return total + (group or 0) + last.value, part + 1, True, scale
            elif factor and (group is not None or factor.alone) and (token.tight or not factor.tight):
                if factor.value >= 1000:
                    total, group = total + (group if group is not None else Decimal(1)) * factor.value, None
                elif group is None or group < 100:
                    group = (group or Decimal(1)) * factor.value
                else:
                    break
                scale = factor.value
            elif group is not None and (half := self.half(part)):
                group, part = group + Decimal("0.5"), half - 1
            else:
                break
            index = part + 1
            if digits and factor:
                break
        if index == start:
            return None
        value = total + (group or Decimal(0))
        return value, index, digits or value >= 10 or value % 1 > 0, scale

    def next_part(self, index: int, group: Decimal | None, *, first: bool) -> int | None:
        """The token that may go on a number: joined by blanks, by a hyphen, or by "and" after hundreds."""
        if group is not None and self.word(index) == "-" and self.tokens[index].tight:
            index += 1
        elif group is not None and group >= 100 and group % 100 == 0 and self.word(index) == "and":
            tens = self.find(NUMBERS, index + 1)
            index += bool(tens and tens.value < 100 and self.word(index + 2) != "hundred")
        if index >= len(self.tokens) or not (first or self.tokens[index].blank):
            return None
        return index

    def half(self, index: int) -> int | None:
        """Behind "and a half" or «с половиной»."""
        if self.starts(index, "and", "a", "half"):
            return index + 3
        return index + 2 if self.starts(index, "с", "половиной") else None

    @staticmethod
    def completes(group: Decimal | None, token: _Token) -> bool:
        """Whether an ordinal below ten may end the number: "twenty-first", «девяносто первый»."""
        return group is not None and group % 10 == 0 and group % 100 >= 20 and not token.text[0].isdecimal()

    @staticmethod
    def fits(group: Decimal | None, spelled: Word) -> bool:
        """Whether a spelled number goes on the one before: "twenty" + "five" does, "five" + "twenty" does not."""
        if group is None:
            return True
        room = Decimal(100) if group % 100 == 0 else Decimal(10) if group % 10 == 0 and group >= 20 else Decimal(1)
        return spelled.value < room
