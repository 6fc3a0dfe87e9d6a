"""Windows and buckets by themselves."""

from __future__ import annotations

import random

import pytest

from bot.transport.windows import LONGEST_TRIP, Arrivals, Bucket, Trips, Window


def test_a_window_opens_when_enough_has_left_it() -> None:
    window = Window(3, 10.0)
    for moment in (1.0, 2.0, 3.0):
        assert window.opens_at(1) <= moment
        window.leave(1, moment)
    assert window.opens_at(1) == 11.0
    assert window.opens_at(2) == 12.0
    assert window.empty_at() == 13.0


def test_more_than_a_window_holds_leaves_when_it_is_empty() -> None:
    window = Window(3, 10.0)
    assert window.opens_at(5) <= 0.0
    window.leave(1, 4.0)
    assert window.opens_at(5) == 14.0


def test_a_bucket_fills_steadily_up_to_its_size() -> None:
    bucket = Bucket(3, 2.0)
    for _ in range(3):
        assert bucket.opens_at(1) <= 100.0
        bucket.leave(1, 100.0)
    assert bucket.opens_at(1) == 102.0
    assert bucket.opens_at(3) == bucket.opens_at(7) == bucket.empty_at() == 106.0


def test_the_shortest_trip_is_remembered_for_a_while() -> None:
    trips = Trips()
    assert trips.shortest == float("inf")
    for moment, seconds in ((1.0, 0.2), (2.0, 0.05), (3.0, 0.3)):
        trips.took(seconds, moment)
    assert trips.shortest == 0.05
    trips.took(0.2, 400.0)
    assert trips.shortest == 0.05
    trips.took(0.2, 800.0)
    assert trips.shortest == 0.2


def test_arrivals_on_a_steady_way_are_as_far_apart_as_departures() -> None:
    trips = Trips()
    window = Arrivals(2, 1.0, trips)
    for moment in (10.0, 10.3):
        assert window.opens_at(1) <= moment
        window.leave(1, moment)
        trips.took(0.05, moment + 0.05)
        window.answered(1, moment, moment + 0.05)
    assert window.opens_at(1) == 11.0
    assert window.opens_at(2) == 11.3


def test_what_was_held_up_counts_as_arrived_when_it_can_have_been_at_the_latest() -> None:
    trips = Trips()
    trips.took(0.05, 1.0)
    window = Arrivals(1, 1.0, trips)
    window.leave(1, 10.0)
    assert window.opens_at(1) == 10.0 + LONGEST_TRIP + 1.0, "without an answer, the longest way"
    window.answered(1, 10.0, 10.45)
    assert window.opens_at(1) == pytest.approx(11.4)


def test_an_answer_that_comes_after_all_patience_changes_nothing() -> None:
    window = Arrivals(1, 1.0, Trips())
    window.leave(1, 10.0)
    window.leave(1, 20.0)
    window.answered(1, 10.0, 21.0)
    assert window.opens_at(1) == 20.0 + LONGEST_TRIP + 1.0


def test_whatever_the_way_does_no_window_of_arrivals_is_exceeded() -> None:
    """Messages are delayed at random on their way there and back; the shortest way has been seen once."""
    chance = random.Random(5)
    for _ in range(30):
        trips, shortest = Trips(), 0.02
        trips.took(2 * shortest, 0.0)
        window, now = Arrivals(5, 1.0, trips), 1.0
        answers: list[tuple[float, float]] = []
        arrivals: list[float] = []
        while len(arrivals) < 200:
            opens = window.opens_at(1)
            due = min([at for at, _ in answers], default=float("inf"))
            now = max(now, min(opens, due))
            for each in [each for each in answers if each[0] <= now]:
                answers.remove(each)
                trips.took(now - each[1], now)
                window.answered(1, each[1], now)
            if window.opens_at(1) <= now:
                window.leave(1, now)
                arrives = now + shortest + chance.choice((0.0, 0.0, 0.01, 0.3))
                arrivals.append(arrives)
                answers.append((arrives + shortest + chance.choice((0.0, 0.0, 0.02, 0.4)), now))
        arrivals.sort()
        assert all(later - first >= 1.0 - 1e-9 for first, later in zip(arrivals, arrivals[5:], strict=False))
