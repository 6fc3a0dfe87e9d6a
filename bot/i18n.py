"""The two languages: where a reader starts, the texts of the locales, and how each writes dates and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

LOCALES = Path(__file__).parent / "locales"
STARTS_IN_RUSSIAN = frozenset({"ru", "uk", "be", "kk", "ky", "uz", "hy", "ka"})
"""Telegram languages whose speakers are likelier to read Russian than English."""


class Language(StrEnum):
    """A language that the bot speaks."""

    EN = "en"
    RU = "ru"


_DATE_FORMS = {
    Language.EN: ("y", "LLLL y", "d MMMM y"),
    Language.RU: ("y 'год'", "LLLL y 'года'", "d MMMM y 'года'"),
}
"""How a year, a month and a day are written (Unicode date patterns)."""


def starting_language(telegram_code: str | None) -> Language:
    """The language for somebody who has not chosen one, from Telegram's `language_code` such as `pt-br`."""
    base = (telegram_code or "").split("-")[0].lower()
    return Language.RU if base in STARTS_IN_RUSSIAN else Language.EN


@lru_cache(maxsize=4)
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language.value], use_isolating=False)
    for path in sorted((LOCALES / language.value).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def text(language: Language, key: str, /, **values: Any) -> str:
    """The text of a key. Raises KeyError where there is none, ValueError where a value is lacking that it needs."""
    bundle = _bundle(language)
    if not bundle.has_message(key):
        raise KeyError(f"no text “{key}” in bot/locales/{language}")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(f"the text “{key}” in bot/locales/{language} is empty")
    result, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise ValueError(f"the text “{key}” in bot/locales/{language}: {errors[0]}")
    return str(result)


def keys(language: Language) -> frozenset[str]:
    """Every key that the locale of a language holds."""
    return frozenset(_bundle(language)._messages)


def number(language: Language, value: Decimal | int) -> str:
    """A number with the language's own separators, never rounded: 820,000 and 820 000."""
    return str(format_decimal(value, locale=language.value, decimal_quantization=False))


def day(language: Language, parts: tuple[int, ...]) -> str:
    """A date as exact as it is known, from (year,), (year, month) or (year, month, day)."""
    form = _DATE_FORMS[language][len(parts) - 1]
    year, month, day_of_month = (*parts, 1, 1)[:3]
    return str(format_date(date(year, month, day_of_month), form, locale=language.value))


def day_of_week(language: Language, value: date) -> str:
    """A day near enough to need no year: Monday, 30 November."""
    return str(format_date(value, "EEEE, d MMMM", locale=language.value))


def span(language: Language, first: date, last: date) -> str:
    """The days from one to another, with nothing said twice: 16–22 November 2026, 28 September – 4 October 2026."""
    if first == last:
        return day(language, (last.year, last.month, last.day))
    end = day(language, (last.year, last.month, last.day))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    dash = " – " if language == Language.EN else " — "
    if first.year == last.year:
        return f"{format_date(first, 'd MMMM', locale=language.value)}{dash}{end}"
    return f"{day(language, (first.year, first.month, first.day))}{dash}{end}"
