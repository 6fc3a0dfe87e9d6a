"""Figures in a text, in one writing for both languages: 650,000, 650 тысяч and 0.65 million are all `650000`.

A figure is a group of digits, a number word from ten up, or a word of share or multiple. Canonical forms:
`820000`, `1.5`, shares `2/3`, multiples `x2`, and for plurals that name no number `1000s` ("thousands", «тысячи»)
or `10s*1000s` ("tens of thousands"). Number words below ten are not figures; the digits 0 to 9 are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.catalog.number_words import MULTIPLES, MULTIPLIERS, NUMBERS, SHARES, VAGUE, Word, lookup

_TOKEN = re.compile(
    r"(?<!\d)\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)"  # 820,000 and 820 000
    r"|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+"
    r"|[–—/-]"
)
_CENTURY = re.compile(r"(?:век|столет|вв?$|centur)")
_ROMAN = re.compile(r"[IVX]{1,6}")
_RANGE = {"–", "—", "-", "до", "to", "or", "или"}
_SEVERAL = {"several", "few", "many", "some", "несколько", "нескольких", "много", "многие", "многих"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as found: its canonical form, how it is written, and where (offsets into the text)."""

    value: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    word: str
    start: int
    end: int

    @property
    def number(self) -> Decimal | None:
        if not self.text[0].isdigit():
            return None
        if re.fullmatch(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?", self.text):
            return Decimal(re.sub(r"[ ,\u00a0\u202f]", "", self.text))
        return Decimal(self.text.replace(",", "."))


def canonical(number: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: `1.50` is `1.5`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def find_figures(text: str) -> list[Figure]:
    """Every figure of an English or Russian text, in order."""
    tokens = [
        _Token(match[0], match[0].lower().replace("ё", "е"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]
    return list(_Scanner(tokens).figures())


def figure_values(text: str) -> frozenset[str]:
    """The canonical forms alone."""
    return frozenset(figure.value for figure in find_figures(text))


@lru_cache(maxsize=65_536)
def _may_begin(token: str) -> bool:
    """Whether a figure may begin with this token: most words of a text are done with here."""
    word = token.lower().replace("ё", "е")
    tables = (NUMBERS, MULTIPLIERS, VAGUE, SHARES, MULTIPLES)
    return (
        token[0].isdigit()
        or word in _SEVERAL
        or word in ("a", "в")
        or bool(_ROMAN.fullmatch(token))
        or any(lookup(table, word) for table in tables)
    )


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

    def figures(self) -> Iterator[Figure]:
        index = 0
        while index < len(self.tokens):
            if not _may_begin(self.tokens[index].text):
                index += 1
                continue
            found = self.roman(index) or self.share(index) or self.multiple(index) or self.number(index)
            if not found:
                index += 1
                continue
            values, end = found
            first, last = self.tokens[index], self.tokens[end - 1]
            for value in values:
                yield Figure(
                    value, f"{first.text} … {last.text}" if end - index > 1 else first.text, first.start, last.end
                )
            index = end

    def roman(self, index: int) -> tuple[list[str], int] | None:
        token = self.tokens[index]
        if _ROMAN.fullmatch(token.text) and _CENTURY.match(self.word(index + 1)):
            return [str(_roman(token.text))], index + 1
        return None

    def multiple(self, index: int) -> tuple[list[str], int] | None:
        if (times := lookup(MULTIPLES, self.word(index))) is not None:
            return [f"x{times.value}"], index + 1
        if self.word(index) == "в" and self.word(index + 2).startswith("раз"):
            small = lookup(NUMBERS, self.word(index + 1))
            if small and 2 <= small.value < 10:
                return [f"x{small.value}"], index + 3
        return None

    def share(self, index: int) -> tuple[list[str], int] | None:
        """`half`, `two-thirds`, «две трети», "half a million", «полмиллиона», «полтора миллиона»."""
        start, count = index, 1
        before = lookup(NUMBERS, self.word(index))
        if before and before.value < 10:
            count, index = int(before.value), index + 1
            index += self.word(index) == "-"
        share = lookup(SHARES, self.word(index))
        if share is None or (share.ordinal and start == index and self.word(index - 1) not in {"a", "one"}):
            return None
        after = index + 1
        while self.word(after) in {"-", "a", "of"} and lookup(MULTIPLIERS, self.word(after + 1)):
            after += 1
        factor = lookup(MULTIPLIERS, self.word(after))
        if share.factor:
            return [canonical(Decimal(share.factor) / share.value)], index + 1
        if factor and factor.value >= 1000 and count == 1:
            return [canonical(factor.value / share.value)], after + 1
        return [f"{count}/{share.value}"], index + 1

    def number(self, index: int) -> tuple[list[str], int] | None:
        if vague := self.vague(index):
            return vague
        found = self.cardinal(index)
        if not found:
            return None
        value, end, is_figure, scale = found
        if not is_figure and scale == 1:
            return None
        # "820 to 920 thousand": the multiplier of the second number belongs to the first one too.
        if scale == 1 and self.word(end) in _RANGE:
            second = self.cardinal(end + 1)
            if second and second[3] > 1 and value < 1000:
                value *= second[3]
        return [canonical(value)], end

    def vague(self, index: int) -> tuple[list[str], int] | None:
        """Plurals that name no number, and chains of them: "tens of thousands", «десятки тысяч»."""
        chain: list[str] = []
        end = index
        while True:
            step = end + (bool(chain) and self.word(end) == "of")
            found = lookup(VAGUE, self.word(step))
            several = self.word(step - 1) in _SEVERAL or (self.word(step - 1) == "a" and self.word(step) == "few")
            if not found and several and not chain:
                found = lookup(MULTIPLIERS, self.word(step))
            if not found:
                break
            chain.append(f"{found.value}s")
            end = step + 1
        return (["*".join(chain)], end) if chain else None

    def cardinal(self, index: int) -> tuple[Decimal, int, bool, Decimal] | None:
        """A written or spelled number with its multipliers: value, end, whether a figure, the last multiplier."""
        start, total, scale, group = index, Decimal(0), Decimal(1), None
        digits = False
        while index < len(self.tokens):
            part = index + (self.word(index) == "-" and group is not None)
            token = self.tokens[part] if part < len(self.tokens) else None
            if token is None:
                break
            spelled, factor = lookup(NUMBERS, token.word), lookup(MULTIPLIERS, token.word)
            if token.number is not None and group is None:
                group, digits, index = token.number, True, part + 1
            elif spelled and not digits and self.fits(group, spelled):
                group, index = (group or Decimal(0)) + spelled.value, part + 1
            elif factor and (group is not None or factor.alone):
                if factor.value == 100:
                    group, index, scale = (group or Decimal(1)) * 100, part + 1, Decimal(100)
                else:
                    total, group = total + (group if group is not None else Decimal(1)) * factor.value, None
                    index, scale = part + 1, factor.value
                if digits:
                    break
            else:
                break
        if index == start:
            return None
        value = total + (group or Decimal(0))
        return value, index, digits or value >= 10, scale

    @staticmethod
    def fits(group: Decimal | None, spelled: Word) -> bool:
        """Whether a spelled number goes on the one before: "twenty" + "five" does, "five" + "twenty" does not."""
        if group is None:
            return True
        room = Decimal(100) if group % 100 == 0 else Decimal(10) if group % 10 == 0 and group >= 20 else Decimal(1)
        return spelled.value < room
