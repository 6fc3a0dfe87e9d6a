"""Composing an edition: what is new and corrected, what editors decide, which anniversary; equal for equal choices."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalog.cards import Card
from bot.catalog.editorial import Editorial, Week, week_key, weeks_of
from bot.catalog.values import Bilingual
from bot.digests.schedule import Period
from bot.i18n import Language
from bot.subscription import Cadence
from bot.views.edition import Edition
from tests.digests.almanac import Almanac, advice, day, event, noon, statistic, term, topic, week

START = 100
OLD = (statistic("s0"), statistic("s1"), advice("r0"), term("t0"))


def almanac(*cards: Card) -> Almanac:
    made = Almanac()
    made.publish(cards or OLD, noon(START))
    return made


def decided(number: int, **decisions: object) -> Editorial:
    """What editors decide for the edition of a week."""
    return Editorial({week_key(day(number + 1)): Week(**decisions)})  # type: ignore[arg-type]


def test_the_first_version_is_no_news() -> None:
    edition = almanac().edition(week(START))
    assert edition.news == ()
    assert edition.empty


def test_a_card_is_news_in_the_week_in_which_it_was_published_and_in_no_other() -> None:
    made = almanac()
    made.publish([*OLD, term("new")], noon(START + 2))
    assert [made.edition(week(number)).news for number in range(START + 1, START + 4)] == [(), ("new",), ()]
    assert not made.edition(week(START + 2)).empty


def test_a_week_ends_before_its_last_midnight() -> None:
    made = almanac()
    made.publish([*OLD, term("late")], noon(START + 3) - 12 * 3600 - 1)
    made.publish([*OLD, term("late"), term("early")], noon(START + 3) - 12 * 3600)
    assert made.edition(week(START + 2)).news == ("late",)
    assert made.edition(week(START + 3)).news == ("early",)


def test_news_stand_in_the_order_of_the_catalog() -> None:
    made = almanac()
    made.publish([term("z"), *OLD, term("b"), term("a")], noon(START + 1))
    assert made.edition(week(START + 1)).news == ("z", "b", "a")


def test_a_new_card_that_is_withdrawn_again_is_no_news() -> None:
    made = almanac()
    made.publish([*OLD, term("new")], noon(START + 1))
    made.publish(OLD, noon(START + 2))
    assert made.edition(week(START + 1)).news == ()


def test_a_card_that_comes_back_is_no_news() -> None:
    made = almanac()
    made.publish(OLD[1:], noon(START + 1))
    made.publish(OLD, noon(START + 2))
    assert made.edition(week(START + 2)).news == ()


def test_only_the_topics_asked_for_are_covered() -> None:
    made = Almanac(home={"n1": ("a",), "n2": ("b",), "n3": ("b", "a")})
    made.publish(OLD, noon(START))
    made.publish([*OLD, term("n1"), term("n2"), term("n3")], noon(START + 1))
    assert made.edition(week(START + 1), ("a",)).news == ("n1", "n3")
    assert made.edition(week(START + 1), ("b",)).news == ("n2", "n3")
    assert made.edition(week(START + 1), ("a", "b")).news == made.edition(week(START + 1)).news


def test_a_topic_under_another_id_is_the_same_topic() -> None:
    made = Almanac(home={"visas": ("visas",), "s0": ("visas",)})
    made.publish([topic("visas"), statistic("s0")], noon(START))
    made.home = {"papers": ("papers",), "s0": ("papers",), "n": ("papers",)}
    made.publish([topic("papers", formerly=["visas"]), statistic("s0"), term("n")], noon(START + 1))
    edition = made.edition(week(START + 1), ("visas",))
    assert (edition.news, edition.statistic) == (("n",), "s0")


def test_topics_that_are_gone_leave_nothing() -> None:
    edition = almanac().edition(week(START), ("no-such-topic",))
    assert edition.cards == ()


def corrected(made: Almanac, value: int, at: int) -> None:
    made.publish([statistic("s0", value), *OLD[1:]], at)


def test_a_corrected_figure_stands_old_and_new_and_is_not_picked_as_well() -> None:
    made = almanac()
    corrected(made, 2000, noon(START + 1))
    edition = made.edition(week(START + 1))
    (correction,) = edition.corrections
    assert correction.figure
    assert (correction.card, correction.figure.old.value, correction.figure.new.value) == ("s0", "1000", "2000")
    assert edition.statistic == "s1"
    assert not edition.empty


def test_a_figure_corrected_once_more_while_the_edition_goes_out_shows_what_holds_now() -> None:
    made = almanac()
    corrected(made, 2000, noon(START + 1))
    corrected(made, 3000, noon(START + 2))
    this, following = made.edition(week(START + 1)).corrections, made.edition(week(START + 2)).corrections
    assert [(each.figure.old.value, each.figure.new.value) for each in this if each.figure] == [("1000", "3000")]
    assert [(each.figure.old.value, each.figure.new.value) for each in following if each.figure] == [("2000", "3000")]


def test_a_correction_taken_back_is_none() -> None:
    made = almanac()
    corrected(made, 2000, noon(START + 1))
    corrected(made, 1000, noon(START + 2))
    assert made.edition(week(START + 1)).corrections == ()


def test_a_new_card_corrected_in_its_week_is_only_new() -> None:
    made = almanac()
    made.publish([*OLD, statistic("s2", 1)], noon(START + 1))
    made.publish([*OLD, statistic("s2", 2)], noon(START + 1, 1))
    edition = made.edition(week(START + 1))
    assert (edition.news, edition.corrections) == (("s2",), ())


def test_a_figure_corrected_in_the_russian_text_concerns_russian_readers() -> None:
    made = almanac(term("t", "15 pages"))
    told = Bilingual(en="15 pages", ru="16")
    russian = term("t").model_copy(update={"text": told})
    made.publish([russian], noon(START + 1))
    assert made.edition(week(START + 1), language=Language.EN).corrections == ()
    (correction,) = made.edition(week(START + 1), language=Language.RU).corrections
    assert correction.texts["ru"].new == ("16",)


def test_a_pinned_card_of_any_kind_is_shown_apart() -> None:
    made = almanac()
    made.editorial = decided(START, pins=("t0", "gone"))
    edition = made.edition(week(START))
    assert edition.pinned == ("t0",)
    assert edition.empty


def test_a_held_card_is_neither_news_nor_corrected_nor_pinned() -> None:
    made = almanac()
    made.publish([statistic("s0", 2000), *OLD[1:], term("new")], noon(START + 1))
    made.editorial = decided(START + 1, holds=frozenset({"s0", "new"}))
    edition = made.edition(week(START + 1))
    assert (edition.news, edition.corrections) == ((), ())


def test_a_note_is_in_the_readers_language_and_in_that_week_alone() -> None:
    made = almanac()
    made.editorial = decided(START, notes={"en": "Hello", "ru": "Привет"})
    assert made.edition(week(START)).note == "Hello"
    assert made.edition(week(START), language=Language.RU).note == "Привет"
    assert made.edition(week(START + 1)).note == ""
    assert not made.edition(week(START)).empty


def test_who_gets_it_daily_reads_the_note_once() -> None:
    made = almanac()
    made.editorial = decided(START, notes={"en": "Hello"}, pins=("t0",))
    monday = day(START + 1).toordinal()
    daily = [
        Period(Cadence.DAILY, date.fromordinal(end - 1), date.fromordinal(end), f"d{end}", end)
        for end in range(monday, monday + 7)
    ]
    assert [made.edition(each).note for each in daily] == ["Hello", *[""] * 6]
    assert [made.edition(each).pinned for each in daily] == [("t0",), *[()] * 6]


def test_equal_choices_give_the_equal_edition_and_languages_share_their_picks() -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(9)))
    first, again = made.edition(week(START + 4), ("a",)), made.edition(week(START + 4), ("a", "a"))
    assert first == again
    assert made.edition(week(START + 4), ("a",), Language.RU).statistic == first.statistic


@pytest.mark.parametrize(
    ("when", "number", "fits"),
    [
        ("2022-02-24", 112, True),  # goes out from 23 February 2026
        ("2022-02-24", 111, False),
        ("2022-03-01", 112, True),
        ("2022-03-02", 112, False),
        ("2022-03", 112, True),  # 1 March lies in the week
        ("2022-03", 113, False),
        ("2022", 112, False),
        ("2026-02-24", 112, False),
    ],
)
def test_an_event_fits_where_its_day_comes_round_or_its_month_begins(when: str, number: int, fits: bool) -> None:
    assert day(113) == date(2026, 3, 2)
    assert made_with(event("e", when)).edition(week(number - 1)).event == ("e" if fits else None)


def made_with(*cards: Card) -> Almanac:
    made = Almanac()
    made.publish(cards, noon(START))
    return made


def test_an_event_to_the_day_goes_before_one_to_the_month() -> None:
    made = made_with(event("month", "2022-03"), event("exact", "2022-02-24"))
    assert made.edition(week(111)).event == "exact"


def test_of_several_of_a_month_each_year_another() -> None:
    made = made_with(*(event(f"e{number}", "2021-03") for number in range(3)))
    ends = [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]
    march = [Period(Cadence.MONTHLY, end.replace(day=1), end, f"m{end:%Y-%m}", 0) for end in ends]
    assert {made.edition(each).event for each in march} == {"e0", "e1", "e2"}


def test_an_edition_reads_back_from_plain_values_as_it_was() -> None:
    made = almanac(*OLD, event("e", "2020-12-08"))
    made.publish([statistic("s0", 2000), *OLD[1:], term("new")], noon(START + 1))
    made.editorial = decided(START + 1, notes={"en": "Hello"}, pins=("t0",))
    edition = made.edition(week(START + 1), ("a",))
    assert edition.corrections
    assert Edition.from_json(edition.as_json()) == edition
    assert Edition.from_json(edition.as_json() | {"stamp": "more"}) == edition


def test_the_weeks_of_some_days_are_named_by_their_mondays() -> None:
    assert week_key(date(2026, 11, 29)) == "w2026-11-23"
    assert weeks_of(date(2026, 11, 25), date(2026, 12, 1)) == ("w2026-11-23", "w2026-11-30")
    assert weeks_of(date(2026, 11, 23), date(2026, 11, 30)) == ("w2026-11-23",)
    assert weeks_of(date(2026, 11, 23), date(2026, 11, 23)) == ()
