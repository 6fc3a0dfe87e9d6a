"""How the number of a statistic is written: its bounds, its unit, large numbers in words of the language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from babel.numbers import format_compact_decimal

from bot import i18n
from bot.catalog.cards import Statistic
from bot.catalog.differences import StatedFigure
from bot.i18n import Language
from bot.views.reading import Reading

MILLION = 1_000_000
Stated = Statistic | StatedFigure
"""A card that gives a figure, or a figure as a card gave it."""


def written(language: Language, value: str) -> str:
    """A number as text: a share stays `2/3`, whole hundred-thousands from a million up are written "1.4 million".

    In Russian "1,4 млн": the abbreviation does not change with the case that a word before it asks for.
    """
    if "/" in value:
        return value
    number = Decimal(value)
    if number >= MILLION and number % (MILLION // 10) == 0:
        form: Literal["long", "short"] = "long" if language == Language.EN else "short"
        return str(format_compact_decimal(number, format_type=form, locale=language.value, fraction_digits=1))
    return i18n.number(language, number)


def figure(reading: Reading, card: Stated) -> str:
    """The number with what bounds it, without its unit: "at least 650,000", "≈ 820,000–920,000"."""
    if card.in_words is not None:
        number = reading.of(card.in_words)
    elif card.value is not None:
        number = written(reading.language, card.value)
    else:
        low, high = written(reading.language, card.low or ""), written(reading.language, card.high or "")
        number = f"{low}–{high}"
    number = reading.text(f"bound-{card.bound}", number=number) if card.bound else number
    return f"≈\u00a0{number}" if card.approximate and not card.bound else number


def figure_taken(reading: Reading, values: Mapping[str, Any]) -> str:
    """What was taken of an answer to "how many?", of the values of a card that is being written."""
    numbers = [
        written(reading.language, str(values[name])) for name in ("value", "low", "high") if values.get(name, "")
    ]
    if numbers:
        about = "yes" if values.get("approximate") is True else "no"
        return reading.text("write-taken-figure", figure="–".join(numbers), about=about)
    words = values["in_words"]
    return reading.text("write-taken-words", words=words["en"] or words["ru"])


def unit(reading: Reading, card: Stated) -> str:
    """The unit with the space that the language puts before it."""
    shown = reading.of(card.unit)
    if shown.startswith("%"):
        return shown if reading.language == Language.EN else f"\u00a0{shown}"
    return f"\u00a0{shown}" if shown else ""
