"""Groups of synonyms are checked like the rest: each fault at its place."""

from __future__ import annotations

import pytest

from bot.catalog.problems import Place
from tests.catalog.house import House

FILE = "content/synonyms.yaml"


@pytest.mark.parametrize(
    ("group", "code", "column"),
    [
        ("[]", "synonym_alone", 36),
        ("[lone]", "synonym_alone", 36),
        ("[visa, виза, Visa]", "synonym_repeated", 49),
        ("[émigré, эмигрант, emigre]", "synonym_repeated", 55),
        ("[OVD-Info, ОВД-Инфо, ovd info]", "synonym_repeated", 57),
        ("[елка, tree, ёлка]", "synonym_repeated", 49),
        ("[visa, Изгнание]", "synonym_overlap", 43),
        ("[visa, —]", "synonym_no_word", 43),
        ('[visa, ""]', "empty_text", 43),
    ],
)
def test_a_faulty_group_is_told_of_at_its_place(house: House, group: str, code: str, column: int) -> None:
    house.change("synonyms.yaml", "изгнание]]", f"изгнание], #\n  {' ' * 32} {group}]")
    problems = [problem for problem in house.check() if problem.place.file == FILE]
    assert [(problem.code, problem.place) for problem in problems] == [(code, Place(FILE, 2, column))]


def test_a_repeated_entry_says_where_the_first_stands(house: House) -> None:
    house.change("synonyms.yaml", "изгнание]]", "изгнание], [exile, visa]]")
    (problem,) = house.check()
    assert dict(problem.words)["at"] == str(Place(FILE, 1, 11))


def test_phrases_that_share_a_word_may_stand_apart(house: House) -> None:
    house.change("synonyms.yaml", "изгнание]]", "изгнание], [political exile, политическая эмиграция]]")
    assert house.check() == []


def test_a_file_that_cannot_be_read_is_told_of_once(house: House) -> None:
    house.change("synonyms.yaml", "groups:", "grups:")
    assert {problem.code for problem in house.check()} == {"missing_key", "unknown_key"}
