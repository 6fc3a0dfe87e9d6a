"""The history of the content: what each version changed, and when each card lived."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from bot.catalog.cards import Kind
from bot.catalog.differences import differences
from bot.catalog.history import Change, History, changes_of
from bot.catalog.snapshot import Catalog
from tests.catalog.house import House

NUMBERS = "topics/numbers.yaml"
VISA = """\
  - id: visa
    title: {en: Visa, ru: Виза}
    text: {en: A permit., ru: Разрешение.}
    cites: [{source: count-2023, lines: "3"}]
"""


def with_visa(entry: str = VISA) -> House:
    """The small content with one more term."""
    house = House()
    house.content["glossary.yaml"] += entry
    return house


def told(*houses: House) -> History:
    """A history in which each house is a version, published a hundred seconds after the one before."""
    history, before = History(), Catalog()
    for number, house in enumerate(houses, start=1):
        now = house.load().catalog()
        history = history.followed_by(changes_of(differences(before, now), number, number * 100), number, number * 100)
        before = now
    return history


def lives(history: History, card: str) -> list[tuple[str, int | None, int | None]]:
    return [(life.card, life.since, life.until) for life in history.lifetimes if life.origin == card]


def test_the_first_version_is_the_baseline_and_no_news() -> None:
    history = told(House())
    assert {change.card for change in history.changes} == {"numbers", "left-by-autumn", "anna-petrova", "exile"}
    assert {change.what for change in history.changes} == {"added"}
    assert history.news == ()
    assert {(life.since, life.until) for life in history.lifetimes} == {(None, None)}


def test_before_anything_is_published_there_is_neither_baseline_nor_news() -> None:
    assert (History().baseline, History().news, History().lifetimes) == (None, (), ())


def test_a_card_lives_from_the_version_that_adds_it_until_the_one_that_withdraws_it() -> None:
    history = told(House(), with_visa(), House())
    assert lives(history, "visa") == [("visa", 200, 300)]
    (life,) = (life for life in history.lifetimes if life.card == "visa")
    assert [life.at(moment) for moment in (199, 200, 299, 300)] == [False, True, True, False]


def test_a_card_that_comes_back_lives_twice() -> None:
    history = told(with_visa(), House(), with_visa())
    assert lives(history, "visa") == [("visa", None, 200), ("visa", 300, None)]


def test_a_card_under_another_id_goes_on_living_under_its_first() -> None:
    renamed = with_visa(VISA.replace("id: visa", "id: permit\n    formerly: [visa]"))
    history = told(with_visa(), renamed)
    assert lives(history, "visa") == [("visa", None, 200), ("permit", 200, None)]


def test_a_card_in_another_topic_lives_on_there() -> None:
    moved = with_visa(VISA + "    also_in: [numbers]\n")
    history = told(with_visa(), moved)
    assert [life.topics for life in history.lifetimes if life.card == "visa"] == [(), ("numbers",)]


def test_a_change_of_words_does_not_begin_another_life() -> None:
    history = told(House(), House().change(NUMBERS, "She counted those who left.", "She counted all who left."))
    assert lives(history, "left-by-autumn") == [("left-by-autumn", None, None)]
    (change,) = history.news
    assert (change.what, change.details.fields[0].new) == ("changed", "She counted all who left.")


def test_changes_of_a_stretch_of_time_reach_up_to_before_its_end() -> None:
    corrected = House().change(NUMBERS, "high: 920000", "high: 900000")
    history = told(House(), corrected, House())
    assert [change.version for change in history.between(200, 300)] == [2]
    assert [change.version for change in history.between(200, 301)] == [2, 3]
    assert history.between(0, 200) == ()


def test_a_version_that_changes_no_card_still_counts_as_the_latest() -> None:
    history = told(House(), House())
    assert (history.version, history.at, history.news) == (2, 200, ())


def test_every_change_reads_back_from_plain_values_as_it_was() -> None:
    corrected = with_visa().change(NUMBERS, "high: 920000", "high: 900000")
    for change in told(House(), corrected, House()).changes:
        kept = json.loads(json.dumps(change.fields, ensure_ascii=False))
        assert Change.of_row(change.version, change.at, change.card, change.what, kept) == change


def test_the_figure_of_a_correction_is_kept_old_and_new() -> None:
    (change,) = told(House(), House().change(NUMBERS, "high: 920000", "high: 900000")).news
    figure = Change.of_row(2, 200, change.card, "changed", change.fields).details.figure
    assert figure
    assert (figure.old.high, figure.new.high) == ("920000", "900000")
    assert change.details.kind is Kind.STATISTIC


def test_values_of_another_form_are_refused() -> None:
    with pytest.raises(ValidationError):
        Change.of_row(1, 1, "exile", "added", {"kind": "poem"})
