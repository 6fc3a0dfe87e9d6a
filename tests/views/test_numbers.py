"""Numbers of statistics as each language writes them."""

from __future__ import annotations

import pytest

from bot.catalog.cards import Statistic
from bot.catalog.values import Bilingual, Citation
from bot.views.numbers import figure, unit
from bot.views.reading import Reading


def statistic(**fields: object) -> Statistic:
    same = Bilingual(en="people", ru="человек")
    base: dict[str, object] = {
        "id": "x",
        "title": same,
        "measure": "m",
        "unit": same,
        "population": same,
        "text": same,
        "attributed_to": same,
        "cites": (Citation(source="s", lines=(1,)),),
    }
    return Statistic.model_validate(base | fields)


@pytest.mark.parametrize(
    ("fields", "english_form", "russian_form"),
    [
        ({"value": 650000, "bound": "at-least"}, "at least 650,000", "не менее 650\u00a0000"),
        (
            {"low": 820000, "high": 920000, "approximate": True},
            "≈\u00a0820,000–920,000",
            "≈\u00a0820\u00a0000–920\u00a0000",
        ),
        ({"value": 1000000, "bound": "more-than"}, "more than 1 million", "более 1\u00a0млн"),
        ({"value": "140000000"}, "140 million", "140\u00a0млн"),
        ({"value": "2/3", "bound": "nearly"}, "nearly 2/3", "почти 2/3"),
        ({"value": "0.5"}, "0.5", "0,5"),
        ({"value": 19747}, "19,747", "19\u00a0747"),
        ({"in_words": {"en": "tens of thousands", "ru": "десятки тысяч"}}, "tens of thousands", "десятки тысяч"),
    ],
)
def test_a_figure_reads_as_the_language_writes_it(
    english: Reading, russian: Reading, fields: dict[str, object], english_form: str, russian_form: str
) -> None:
    card = statistic(**fields)
    assert figure(english, card) == english_form
    assert figure(russian, card).replace("\u202f", "\u00a0") == russian_form


def test_percent_stands_next_to_the_number_in_english_and_apart_in_russian(english: Reading, russian: Reading) -> None:
    card = statistic(value=15, unit={"en": "%", "ru": "%"})
    assert unit(english, card) == "%"
    assert unit(russian, card) == "\u00a0%"
