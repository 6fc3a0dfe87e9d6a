"""What editions take from the archive: nothing repeats until all was shown, whatever cards come, go or change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.cards import Card
from bot.catalog.editorial import Editorial, Week, week_key
from bot.catalog.history import History
from bot.digests.archive import Archive, Run, moment
from bot.digests.schedule import Period, next_due, period_of
from bot.subscription import Cadence, Schedule
from tests.digests.almanac import Almanac, advice, argument, day, noon, statistic, week

START = 100
"""The week whose edition is the first: it goes out in the week in which the first version was published."""


def almanac(*cards: Card) -> Almanac:
    made = Almanac()
    made.publish(cards, noon(START + 1))
    return made


def statistics(made: Almanac, weeks: range, topics: tuple[str, ...] = ()) -> list[str | None]:
    return [made.edition(week(number), topics).statistic for number in weeks]


def test_each_slot_takes_a_card_of_its_kind() -> None:
    edition = almanac(statistic("s"), advice("r"), argument("v")).edition(week(START))
    assert (edition.statistic, edition.recommendation, edition.voice) == ("s", "r", "v")


def test_a_slot_without_cards_stays_empty() -> None:
    edition = almanac(statistic("s")).edition(week(START))
    assert (edition.statistic, edition.recommendation, edition.voice) == ("s", None, None)


def test_before_anything_is_published_nothing_is_picked() -> None:
    edition = Almanac().edition(week(START))
    assert edition.cards == ()
    assert edition.empty


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_all_cards_are_shown_before_one_is_shown_again(size: int) -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(size)))
    shown = statistics(made, range(START, START + 4 * size))
    rounds = [shown[start : start + size] for start in range(0, len(shown), size)]
    assert all(len(set(each)) == size for each in rounds)


def test_rounds_come_in_different_orders_and_never_begin_with_the_card_just_shown() -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(6)))
    shown = statistics(made, range(START, START + 60))
    rounds = {tuple(shown[start : start + 6]) for start in range(0, 60, 6)}
    assert len(rounds) > 5
    assert all(before != after for before, after in pairwise(shown))


def test_other_topics_see_the_cards_in_another_order() -> None:
    made = Almanac(home={f"s{number}": ("a", "b") for number in range(12)})
    made.publish([statistic(f"s{number}") for number in range(12)], noon(START + 1))
    weeks = range(START, START + 12)
    assert statistics(made, weeks, ("a",)) != statistics(made, weeks, ("b",))
    assert statistics(made, weeks, ("a", "b")) == statistics(made, weeks, ("b", "a"))


def test_a_card_that_was_news_is_not_picked_before_all_others() -> None:
    old = [statistic(f"s{number}") for number in range(4)]
    made = almanac(*old)
    made.publish([*old, statistic("new")], noon(START + 3))
    shown = statistics(made, range(START, START + 4))
    assert made.edition(week(START + 3)).news == ("new",)
    assert set(shown) == {"s0", "s1", "s2", "s3"}


def test_a_card_withdrawn_while_its_edition_goes_out_is_replaced_and_neither_comes_soon() -> None:
    cards = {f"s{number}": statistic(f"s{number}") for number in range(5)}
    made = almanac(*cards.values())
    first = made.edition(week(START)).statistic
    assert first
    made.publish([card for card_id, card in cards.items() if card_id != first], noon(START + 1, 2))
    second = made.edition(week(START)).statistic
    assert second not in (first, None)
    later = statistics(made, range(START + 1, START + 4))
    assert len({first, second, *later}) == 5


def test_a_card_that_comes_back_within_the_week_does_not_displace_its_replacement() -> None:
    cards = {f"s{number}": statistic(f"s{number}") for number in range(5)}
    made = almanac(*cards.values())
    first = made.edition(week(START)).statistic
    made.publish([card for card_id, card in cards.items() if card_id != first], noon(START + 1, 2))
    replaced = made.edition(week(START)).statistic
    made.publish(cards.values(), noon(START + 1, 3))
    assert made.edition(week(START)).statistic == replaced


def test_a_pinned_card_counts_as_shown() -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(3)))
    first = made.edition(week(START)).statistic
    assert first
    made.editorial = Editorial({week_key(day(START + 1)): Week(pins=(first,))})
    edition = made.edition(week(START))
    assert edition.pinned == (first,)
    assert edition.statistic != first
    assert len({first, edition.statistic, made.edition(week(START + 1)).statistic}) == 3


def test_a_held_card_is_passed_over_in_its_week() -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(3)))
    first, second, third = statistics(made, range(START, START + 3))
    assert first
    made.editorial = Editorial({week_key(day(START + 1)): Week(holds=frozenset({first}))})
    assert statistics(made, range(START, START + 2)) == [second, third]


def test_a_card_under_another_id_is_the_same_card() -> None:
    cards = [statistic(f"s{number}") for number in range(4)]
    made = almanac(*cards)
    first = made.edition(week(START)).statistic
    renamed = [each if each.id != first else statistic("now-called-so", formerly=[first]) for each in cards]
    made.publish(renamed, noon(START + 1, 3))
    later = statistics(made, range(START + 1, START + 4))
    assert "now-called-so" not in later
    assert len(set(later)) == 3


def test_what_happens_later_does_not_change_what_an_edition_showed() -> None:
    cards = [statistic(f"s{number}") for number in range(6)]
    made = almanac(*cards)
    before = statistics(made, range(START, START + 4))
    made.publish([*cards, *(statistic(f"t{number}") for number in range(6))], noon(START + 5))
    assert statistics(made, range(START, START + 4)) == before


CADENCES = [Cadence.DAILY, Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY]


@pytest.mark.parametrize("cadence", CADENCES)
def test_runs_are_the_periods_of_the_schedule_without_a_gap(cadence: Cadence) -> None:
    schedule, due = Schedule(cadence, hour=12), moment(day(START))
    periods: list[Period] = []
    when = datetime.fromtimestamp(due, UTC)
    for _ in range(30):
        when = next_due(schedule, when)
        periods.append(period_of(schedule, when))
    for before, after in pairwise(periods):
        run = Run.of(before)
        assert (run.end, run.until) == (after.first, after.end)
        earlier = Run.of(after).before()
        assert earlier == run


def test_a_fortnight_and_a_month_touch_all_their_weeks() -> None:
    fortnight = Run(Cadence.FORTNIGHTLY, date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30))
    assert fortnight.weeks == ("w2026-11-16", "w2026-11-23")
    month = Run(Cadence.MONTHLY, date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 30))
    assert month.weeks == ("w2026-11-30", "w2026-12-07", "w2026-12-14", "w2026-12-21", "w2026-12-28")


POOL = [f"s{number}" for number in range(6)]
steps = st.lists(
    st.tuples(st.integers(0, 6), st.sets(st.sampled_from(POOL), min_size=0), st.integers(0, 3)), max_size=10
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_nothing_repeats_while_a_card_waits_whatever_comes_and_goes(versions: list[tuple[int, set[str], int]]) -> None:
    """Each week a version is published on some day of it; the edition of the week before goes out on Monday and again
    on Sunday. A card may only come again where every card that could stand in its place was shown since the last
    time that this was so."""
    made = almanac(*map(statistic, POOL))
    seen = set(made.edition(week(START)).cards)
    living = set(POOL)
    for number, (weekday, cards, value) in enumerate(versions, start=START + 2):
        this_week: set[str] = set()
        monday = made.edition(week(number - 1))
        made.publish([statistic(each, 1000 + value) for each in sorted(cards)], noon(number, weekday))
        sunday = made.edition(week(number - 1))
        assert set(sunday.cards) <= cards
        for edition, possible in ((monday, living), (sunday, living & cards)):
            this_week |= set(edition.cards) - {edition.statistic}
            seen |= this_week
            pick = edition.statistic
            if pick and pick not in this_week:
                if pick in seen:
                    assert possible <= seen, f"{pick} came again before {possible - seen}"
                    seen = set(this_week)
                this_week.add(pick)
                seen.add(pick)
        living = cards


@settings(max_examples=40, deadline=None)
@given(steps)
def test_a_week_composed_again_later_is_the_same_unless_its_cards_are_gone(
    versions: list[tuple[int, set[str], int]],
) -> None:
    made = almanac(*map(statistic, POOL))
    for number, (_, cards, value) in enumerate(versions, start=START + 1):
        before = made.edition(week(number - 1)).statistic
        made.publish([statistic(each, 1000 + value) for each in sorted(cards)], noon(number + 1, 0))
        if before in cards:
            assert made.edition(week(number - 1)).statistic == before


def test_an_archive_of_ten_years_is_replayed_in_no_time() -> None:
    made = almanac(*(statistic(f"s{number}") for number in range(300)))
    archive = Archive(made.history, Editorial())
    picked = [archive.picks(week(number), ()) for number in range(START + 510, START + 520)]
    assert len({each["statistic"] for each in picked}) == 10


def test_without_a_history_there_is_one_run() -> None:
    assert Archive(History(), Editorial()).picks(week(START), ()) == {}
    assert Run.of(week(START)).until - Run.of(week(START)).end == timedelta(days=7)
