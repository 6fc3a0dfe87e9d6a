"""Telegram counts as away after three failures in a row, and is tried ever more rarely until it answers."""

from __future__ import annotations

from bot.digests.outage import AWAY, Outage


def failing(outage: Outage, *moments: float) -> None:
    for moment in moments:
        outage.failed(moment, chance=1.0)


def test_a_failure_now_and_then_is_no_outage() -> None:
    outage = Outage()
    for moment in range(100):
        failing(outage, moment, moment)
        assert not outage.on
        outage.answered()


def test_three_in_a_row_are_one() -> None:
    outage = Outage()
    failing(outage, *range(AWAY))
    assert outage.on
    assert outage.rest(AWAY - 1) == 0.5
    assert outage.lasts(7.0) == 7.0


def test_those_that_were_under_way_do_not_make_the_rest_longer() -> None:
    outage = Outage()
    failing(outage, *[0.0] * 64)
    assert outage.rest(0.0) == 0.5


def test_each_trial_that_fails_doubles_the_rest_up_to_a_minute() -> None:
    outage, now, rests = Outage(), 0.0, []
    failing(outage, 0.0, 0.0, 0.0)
    for _ in range(10):
        rests.append(outage.rest(now))
        now += rests[-1]
        failing(outage, now)
    assert rests == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_chance_spreads_the_trials() -> None:
    outage = Outage()
    for _ in range(AWAY):
        outage.failed(0.0, chance=0.0)
    assert outage.rest(0.0) == 0.25


def test_an_answer_ends_it_and_the_next_one_begins_anew() -> None:
    outage = Outage()
    failing(outage, *range(20))
    outage.answered()
    assert (outage.on, outage.rest(20.0), outage.lasts(20.0)) == (False, 0.0, 0.0)
    failing(outage, 30.0, 30.0, 30.0)
    assert outage.rest(30.0) == 0.5
