from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot.catalog.cards import Actor, Argument, BaseCard, Debate, Event, Kind, Recommendation, Statistic, Summary, Term
from bot.catalog.values import Citation

BOTH = {"en": "a text", "ru": "текст"}
COMMON: dict[str, Any] = {"id": "a-card", "title": BOTH, "cites": [{"source": "s", "lines": "1"}]}
STATISTIC = {**COMMON, "measure": "m", "unit": BOTH, "attributed_to": BOTH, "population": BOTH, "text": BOTH}
SIDE = {"holder": "anna", "text": BOTH, "cites": [{"source": "s", "lines": "2"}]}

CARDS: list[tuple[type[BaseCard], dict[str, Any]]] = [
    (Summary, {**COMMON, "points": [BOTH], "body": BOTH}),
    (Statistic, {**STATISTIC, "value": 5}),
    (Recommendation, {**COMMON, "audience": ["eu"], "action": BOTH, "reason": BOTH, "attributed_to": "anna"}),
    (Argument, {**COMMON, "claim": BOTH, "grounds": [BOTH], "attributed_to": "anna"}),
    (Debate, {**COMMON, "question": BOTH, "positions": [SIDE, SIDE]}),
    (Event, {**COMMON, "when": "2022", "text": BOTH}),
    (Actor, {**COMMON, "type": "person", "role": BOTH, "text": BOTH}),
    (Term, {**COMMON, "text": BOTH}),
]


@pytest.mark.parametrize(("model", "fields"), CARDS)
def test_every_kind_yields_its_title_first_and_then_all_its_texts(
    model: type[BaseCard], fields: dict[str, Any]
) -> None:
    card = model.model_validate(fields)
    paths = [path for path, _ in card.texts()]
    assert paths[0] == ("title",)
    assert len(paths) == len(set(paths)) > 1


def test_there_is_a_class_for_every_kind() -> None:
    assert [model.kind for model, _ in CARDS] == list(Kind)


@pytest.mark.parametrize(("model", "fields"), CARDS)
def test_an_unknown_key_is_refused_in_every_kind(model: type[BaseCard], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate({**fields, "colour": "red"})


@pytest.mark.parametrize(("model", "fields"), [entry for entry in CARDS if entry[0] is not Debate])
def test_no_card_goes_without_a_citation(model: type[BaseCard], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="too_short"):
        model.model_validate({**fields, "cites": []})


def test_a_debate_cites_what_its_positions_cite() -> None:
    other = {**SIDE, "cites": [{"source": "t", "lines": "9"}, {"source": "s", "lines": "2"}]}
    debate = Debate.model_validate({"id": "a", "title": BOTH, "question": BOTH, "positions": [SIDE, other]})
    assert debate.all_cites() == (Citation(source="s", lines=(2,)), Citation(source="t", lines=(9,)))


def test_a_debate_has_two_sides_at_least() -> None:
    with pytest.raises(ValidationError, match="too_short"):
        Debate.model_validate({**COMMON, "question": BOTH, "positions": [SIDE]})


@pytest.mark.parametrize(
    "form",
    [{"value": 5}, {"low": 1, "high": 2}, {"in_words": BOTH}],
)
def test_a_statistic_is_a_number_a_range_or_words(form: dict[str, Any]) -> None:
    assert Statistic.model_validate({**STATISTIC, **form})


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"low": 1},
        {"high": 2},
        {"value": 1, "low": 1, "high": 2},
        {"value": 1, "low": 1},
        {"value": 1, "in_words": BOTH},
    ],
)
def test_a_statistic_has_exactly_one_of_these_forms(form: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="value_or_range"):
        Statistic.model_validate({**STATISTIC, **form})


@pytest.mark.parametrize(
    ("written", "kept"), [(820000, "820000"), ("0.5", "0.5"), ("2/3", "2/3"), (10**17, "1" + "0" * 17)]
)
def test_a_number_is_kept_as_text_so_that_nothing_is_rounded(written: object, kept: str) -> None:
    assert Statistic.model_validate({**STATISTIC, "value": written}).value == kept


@pytest.mark.parametrize("written", ["820,000", "-5", "1e5", "half", "", True, "5 %", "1/2/3", "."])
def test_other_writings_of_a_number_are_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        Statistic.model_validate({**STATISTIC, "value": written})


def test_values_and_holders_come_with_their_paths() -> None:
    card = Statistic.model_validate({**STATISTIC, "low": 1, "high": 2, "attributed_to": "anna"})
    assert list(card.values()) == [(("low",), "1"), (("high",), "2")]
    assert list(card.holders()) == [(("attributed_to",), "anna")]
    debate = Debate.model_validate({**COMMON, "question": BOTH, "positions": [SIDE, SIDE]})
    assert [path for path, _ in debate.holders()] == [("positions", 0, "holder"), ("positions", 1, "holder")]
