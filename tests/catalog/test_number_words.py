from __future__ import annotations

import pytest

from bot.catalog.number_words import MULTIPLES, MULTIPLIERS, NUMBERS, ORDINALS, SHARES, VAGUE, Table, lookup

TABLES = [NUMBERS, MULTIPLIERS, VAGUE, SHARES, MULTIPLES, ORDINALS]


@pytest.mark.parametrize(
    ("table", "word", "value"),
    [
        (NUMBERS, "пятью", 5),
        (NUMBERS, "восемью", 8),
        (NUMBERS, "сорока", 40),
        (NUMBERS, "трехсот", 300),
        (MULTIPLIERS, "миллиарда", 10**9),
        (VAGUE, "десятками", 10),
        (SHARES, "половиной", 2),
        (MULTIPLES, "двукратный", 2),
        (ORDINALS, "третьего", 3),
    ],
)
def test_a_word_is_found_in_all_its_forms(table: Table, word: str, value: int) -> None:
    found = lookup(table, word)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("word", ["", "7", "-", "стол", "пол", "миллионер", "third-rate"])
@pytest.mark.parametrize("table", TABLES)
def test_other_words_are_not_found(table: Table, word: str) -> None:
    assert lookup(table, word) is None


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert lookup(NUMBERS, "часто") is None
    assert lookup(NUMBERS, "tend") is None
