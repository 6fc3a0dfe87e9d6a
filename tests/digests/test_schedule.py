from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.schedule import EPOCH, Period, after_skipped, largest_offset, nearest_due, next_due, period_of
from bot.subscription import Cadence, Schedule

ZONES = sorted(available_timezones() - {"localtime"})
YEARS = {Cadence.DAILY: 400, Cadence.WEEKLY: 160, Cadence.FORTNIGHTLY: 80, Cadence.MONTHLY: 40}
"""Editions of about three years, of thirteen months where they are daily."""

settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")

schedules = st.builds(
    Schedule,
    cadence=st.sampled_from(Cadence),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    timezone=st.sampled_from(ZONES),
)
moments = st.integers(1_767_225_600, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From 2026 to 2039."""


def at(text: str, timezone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone))


def dues(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    while True:
        after = next_due(schedule, after)
        yield after


def local(schedule: Schedule, due: datetime) -> datetime:
    return due.astimezone(ZoneInfo(schedule.timezone))


def weekly(hour: int, timezone: str, weekday: int = 0) -> Schedule:
    return Schedule(Cadence.WEEKLY, weekday, hour, timezone)


def daily(hour: int, timezone: str) -> Schedule:
    return Schedule(Cadence.DAILY, 0, hour, timezone)


@given(schedules, moments)
def test_it_rings_strictly_later_and_nothing_lies_between(schedule: Schedule, after: datetime) -> None:
    due = next_due(schedule, after)
    assert due > after
    assert due.tzinfo is UTC
    assert next_due(schedule, due - timedelta(seconds=1)) == due
    between = after + (due - after) / 2
    assert next_due(schedule, between) == due


@given(schedules, moments)
@settings(max_examples=60)
def test_each_period_comes_once_in_order_and_none_is_left_out_for_years(schedule: Schedule, after: datetime) -> None:
    rung = list(islice(dues(schedule, after), YEARS[schedule.cadence]))
    assert all(earlier < later for earlier, later in pairwise(rung))
    periods = [period_of(schedule, due) for due in rung]
    for earlier, later in pairwise(periods):
        assert later.ordinal == earlier.ordinal + 1
        assert later.first == earlier.end
    assert len({period.key for period in periods}) == len(periods)


@given(schedules, moments)
def test_a_period_is_over_in_utc_when_it_rings_and_was_over_for_less_than_it_lasts(
    schedule: Schedule, after: datetime
) -> None:
    due = next_due(schedule, after)
    period = period_of(schedule, due)
    over = datetime.combine(period.end, datetime.min.time(), UTC)
    assert over <= due
    assert due - over <= period.end - period.first + timedelta(days=1, hours=4)


@given(schedules, moments)
def test_the_clock_on_the_wall_shows_the_hour_and_day_that_were_chosen(schedule: Schedule, after: datetime) -> None:
    shown = local(schedule, next_due(schedule, after))
    chosen = shown.replace(hour=schedule.hour, minute=0, second=0, fold=0)
    if chosen.astimezone(UTC).astimezone(chosen.tzinfo).replace(tzinfo=None) == chosen.replace(tzinfo=None):
        assert (shown.hour, shown.minute, shown.second, shown.fold) == (schedule.hour, 0, 0, 0)
        if schedule.cadence is not Cadence.DAILY:
            assert shown.weekday() == schedule.weekday
        if schedule.cadence is Cadence.MONTHLY:
            assert shown.day <= 7
    else:
        assert shown.minute == 0
        assert shown - timedelta(hours=1, seconds=1) < chosen


@given(schedules, moments)
def test_all_who_ring_for_a_period_ring_within_eight_days_of_its_end(schedule: Schedule, after: datetime) -> None:
    due = next_due(schedule, after)
    over = datetime.combine(period_of(schedule, due).end, datetime.min.time(), UTC)
    assert due - over < timedelta(days=8, hours=14)


@given(schedules, moments, st.floats(0, 0.999))
def test_between_two_bells_the_period_is_that_of_the_first(schedule: Schedule, after: datetime, share: float) -> None:
    due = next_due(schedule, after)
    between = due + (next_due(schedule, due) - due) * share
    assert period_of(schedule, between) == period_of(schedule, due)


@given(schedules, moments, st.integers(-5 * 60, 5 * 60))
def test_a_bell_is_found_again_where_it_was_moved_by_some_hours(
    schedule: Schedule, after: datetime, minutes: int
) -> None:
    due = next_due(schedule, after)
    assert nearest_due(schedule, due + timedelta(minutes=minutes)) == due


@given(schedules, moments)
def test_names_of_periods_are_short_and_say_when_they_began(schedule: Schedule, after: datetime) -> None:
    period = period_of(schedule, after)
    assert len(period.key) <= 16
    assert period.key[0] == schedule.cadence[0]
    if schedule.cadence is not Cadence.MONTHLY:
        assert period.key[1:] == period.first.isoformat()


@pytest.mark.parametrize(
    ("hour", "shown"),
    [(1, "01:00"), (2, "03:00"), (3, "03:00")],
)
def test_an_hour_that_spring_leaves_out_moves_to_the_next(hour: int, shown: str) -> None:
    due = next_due(daily(hour, "Europe/Berlin"), at("2027-03-27T12:00", "Europe/Berlin"))
    assert local(daily(hour, "Europe/Berlin"), due).strftime("%F %H:%M") == f"2027-03-28 {shown}"


def test_an_hour_that_autumn_doubles_rings_the_first_time_only() -> None:
    schedule = daily(2, "Europe/Berlin")
    first, second = islice(dues(schedule, at("2027-10-30T12:00")), 2)
    assert first == at("2027-10-31T00:00")
    assert second == at("2027-11-01T01:00")
    assert next_due(schedule, first) == second


def test_where_clocks_move_by_half_an_hour_the_next_full_hour_rings() -> None:
    schedule = daily(2, "Australia/Lord_Howe")
    due = next_due(schedule, at("2027-10-02T12:00", "Australia/Lord_Howe"))
    assert local(schedule, due).strftime("%F %H:%M") == "2027-10-03 03:00"


def test_a_day_that_a_place_leaves_out_rings_at_the_start_of_the_next() -> None:
    schedule = weekly(9, "Pacific/Apia", weekday=4)
    due = next_due(schedule, at("2011-12-26T12:00"))
    assert local(schedule, due).strftime("%F %H:%M") == "2011-12-31 00:00"


def test_a_week_runs_from_monday_to_monday_in_utc() -> None:
    period = period_of(weekly(9, "Asia/Tbilisi"), at("2026-11-30T09:00", "Asia/Tbilisi"))
    assert (period.first, period.end, period.key) == (
        at("2026-11-23").date(),
        at("2026-11-30").date(),
        "w2026-11-23",
    )


def test_a_monday_so_early_that_sunday_is_not_over_in_utc_rings_for_the_week_before() -> None:
    before_dawn = period_of(weekly(3, "Asia/Tbilisi"), at("2026-11-30T03:00", "Asia/Tbilisi"))
    assert before_dawn.key == "w2026-11-16"


def test_a_sunday_evening_in_the_west_rings_for_the_week_that_is_over_in_utc() -> None:
    evening = period_of(weekly(20, "America/Los_Angeles", weekday=6), at("2026-11-29T20:00", "America/Los_Angeles"))
    assert evening.key == "w2026-11-23"


def test_everybody_has_the_same_fortnights() -> None:
    keys = {
        period_of(schedule, next_due(schedule, at("2026-11-23T00:00"))).key
        for zone in ("Asia/Almaty", "Europe/Lisbon", "America/New_York")
        for weekday in range(1, 6)
        for schedule in [Schedule(Cadence.FORTNIGHTLY, weekday, 9, zone)]
    }
    assert keys == {"f2026-11-16"}
    first = period_of(Schedule(Cadence.FORTNIGHTLY), at("2024-01-15T09:00"))
    assert (first.ordinal, first.first) == (0, EPOCH)


@pytest.mark.parametrize(
    ("weekday", "hour", "rings"),
    [(1, 0, "2026-12-01 00:00"), (1, 9, "2026-12-01 09:00"), (0, 9, "2026-12-07 09:00")],
)
def test_monthly_rings_on_the_first_such_weekday_for_the_month_before(weekday: int, hour: int, rings: str) -> None:
    schedule = Schedule(Cadence.MONTHLY, weekday, hour, "Asia/Tbilisi")
    due = next_due(schedule, at("2026-11-28T12:00"))
    assert local(schedule, due).strftime("%F %H:%M") == rings
    period = period_of(schedule, due)
    assert period == Period(Cadence.MONTHLY, at("2026-10-31").date(), at("2026-11-30").date(), "m2026-11", 34)


def test_daily_covers_the_day_before_in_utc() -> None:
    assert period_of(daily(9, "Europe/Vilnius"), at("2026-11-27T09:00", "Europe/Vilnius")).key == "d2026-11-26"


def test_the_largest_offset_of_a_zone_counts_its_summer() -> None:
    hours = {zone: largest_offset(zone) / timedelta(hours=1) for zone in ("Europe/Berlin", "America/New_York", "UTC")}
    assert hours == {"Europe/Berlin": 2, "America/New_York": -4, "UTC": 0}


def test_an_unknown_timezone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        next_due(weekly(9, "Europe/Nowhere"), at("2026-11-27"))


def test_a_bell_for_an_edition_that_was_had_already_is_passed_over() -> None:
    tuesday, monday = at("2026-12-01 10:00"), Schedule()
    had = {period_of(monday, at("2026-11-30 09:00")).key}
    friday = Schedule(weekday=4)
    assert next_due(friday, tuesday) == at("2026-12-04 09:00")
    assert next_due(friday, tuesday, had) == at("2026-12-11 09:00")
    assert next_due(Schedule(Cadence.DAILY), tuesday, had) == at("2026-12-02 09:00")


def test_the_edition_that_is_due_and_skipped_is_followed_by_the_next() -> None:
    schedule = Schedule(Cadence.WEEKLY, 0, 9, "Europe/Berlin")
    due, following = (int(each.timestamp()) for each in islice(dues(schedule, at("2026-11-25")), 2))
    assert after_skipped(schedule, due, "w2026-11-23") == following
    assert after_skipped(schedule, following, "w2026-11-23") is None, "it is over"
    assert after_skipped(schedule, due, None) is None
    assert after_skipped(schedule, None, "w2026-11-23") is None
