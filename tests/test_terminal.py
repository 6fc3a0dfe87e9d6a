from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.catalog.snapshot import Catalog
from bot.terminal import BatchError, answer, batch_answers, export


def test_the_best_card_is_shown_in_full_and_the_others_as_a_list(catalog: Catalog) -> None:
    shown = answer(catalog, "visas", "en", 3, json=False, colour=False)
    found = json.loads(answer(catalog, "visas", "en", 3, json=True, colour=False))["results"]
    assert len(found) == 3
    assert all(each["title"].split()[0] in shown for each in found)
    assert "\x1b" not in shown


def test_colour_comes_only_where_it_is_asked_for(catalog: Catalog) -> None:
    assert "\x1b[" in answer(catalog, "visas", "en", 3, json=False, colour=True)


@pytest.mark.parametrize(
    ("query", "lang", "russian"),
    [("визы", "", True), ("visas", "", False), ("визы", "en", False), ("visas", "ru", True), ("ёж", "", True)],
)
def test_an_answer_is_in_the_language_of_the_question_unless_another_is_asked_for(
    catalog: Catalog, query: str, lang: str, russian: bool
) -> None:
    shown = answer(catalog, query, lang, 3, json=False, colour=False)
    letters = [letter for letter in shown.lower() if letter.isalpha()]
    cyrillic = sum("а" <= letter <= "ё" for letter in letters) / len(letters)
    assert (cyrillic > 0.5) is russian


def test_where_nothing_fits_the_answer_says_so(catalog: Catalog) -> None:
    assert "Nothing fits “qqqqwwww zzzz”" in answer(catalog, "qqqqwwww zzzz", "", 5, json=False, colour=False)


def test_every_cited_source_is_named_once_with_its_lines_in_order(catalog: Catalog) -> None:
    for card in json.loads(export(catalog))["cards"]:
        sources = [cite["source"] for cite in card["cites"]]
        assert sources
        assert len(sources) == len(set(sources))
        assert all(cite["lines"] == sorted(set(cite["lines"])) for cite in card["cites"])
        assert all(cite["file"] == catalog.sources[cite["source"]].file for cite in card["cites"])


def test_the_export_leaves_nothing_of_a_card_out(catalog: Catalog) -> None:
    cards = {card["id"]: card for card in json.loads(export(catalog))["cards"]}
    assert list(cards) == [card.id for card in catalog.cards]
    for card in catalog.cards:
        for path, text in card.texts():
            part = cards[card.id]
            for step in path:
                part = part[step]
            assert part == {"en": text.en, "ru": text.ru}


def test_an_empty_batch_has_no_answers(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n \n")
    assert list(batch_answers(catalog, tmp_path / "empty", 5)) == []


def test_answers_come_until_the_line_that_is_broken(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "questions").write_text('{"id": 1, "q": "visas"}\nvisas\n')
    answers = batch_answers(catalog, tmp_path / "questions", 2)
    assert len(json.loads(next(answers))["results"]) == 2
    with pytest.raises(BatchError, match="questions:2: "):
        next(answers)
