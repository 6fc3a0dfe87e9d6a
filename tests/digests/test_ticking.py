from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.digests.ticking import Tick, Ticking
from tests.digests.clocks import SetClock, ToldClock, show_to_apscheduler

FAST = 0.02
"""Seconds between two ticks, so that a test need not wait."""
NEVER = 1e6
PATIENCE = 30.0
JUMPS = [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-400), timedelta(days=400)]


class Log:
    """A job that notes when it was called."""

    def __init__(self) -> None:
        self.ticks: list[Tick] = []

    async def __call__(self, tick: Tick) -> None:
        self.ticks.append(tick)


async def until(true: Callable[[], bool]) -> None:
    end = asyncio.get_running_loop().time() + PATIENCE
    while not true():
        assert asyncio.get_running_loop().time() < end, "nothing ticked"
        await asyncio.sleep(0.001)


async def some_more(log: Log, count: int = 3) -> None:
    wanted = len(log.ticks) + count
    await until(lambda: len(log.ticks) >= wanted)


async def test_it_ticks_at_once_and_then_again_and_again() -> None:
    log = Log()
    async with Ticking(SetClock(), {"log": log}, every=FAST):
        await some_more(log, 5)
    moments = [tick.now for tick in log.ticks]
    assert moments == sorted(moments)
    assert all(tick.now.tzinfo is UTC for tick in log.ticks)


async def test_nothing_ticks_after_the_end() -> None:
    log = Log()
    ticking = Ticking(SetClock(), {"log": log}, every=FAST)
    async with ticking:
        await some_more(log)
    ticks = len(log.ticks)
    ticking.wake()
    await asyncio.sleep(FAST * 10)
    assert len(log.ticks) == ticks


@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_a_clock_that_is_set_stops_no_tick_and_floods_nobody(
    jump: timedelta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock, log = SetClock(), Log()
    show_to_apscheduler(clock, monkeypatch)
    async with Ticking(clock, {"log": log}, every=FAST, watch=FAST):
        await some_more(log)
        before = len(log.ticks)
        clock.set_by += jump
        await some_more(log, 10)
    moved = log.ticks[-1].now - log.ticks[before - 1].now
    assert abs(moved - jump) < timedelta(seconds=PATIENCE)
    assert log.ticks[-1].steady < PATIENCE
    assert len(log.ticks) - before < 10 + PATIENCE / FAST
    assert "the clock was set by" in caplog.text


async def test_the_watch_is_needed_since_apscheduler_alone_stops_where_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, log = SetClock(), Log()
    show_to_apscheduler(clock, monkeypatch)
    async with Ticking(clock, {"log": log}, every=FAST, watch=NEVER):
        await some_more(log)
        clock.set_by -= timedelta(hours=1)
        await asyncio.sleep(FAST * 3)
        ticks = len(log.ticks)
        await asyncio.sleep(FAST * 20)
        assert len(log.ticks) == ticks


async def test_a_clock_that_is_set_a_little_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    clock, log = SetClock(), Log()
    async with Ticking(clock, {"log": log}, every=FAST, watch=FAST):
        clock.set_by += timedelta(seconds=4)
        await some_more(log, 10)
    assert "the clock was set" not in caplog.text


async def test_a_movable_clock_that_leaps_ticks_at_once() -> None:
    clock, log = MovableClock(), Log()
    async with Ticking(clock, {"log": log}):
        await until(lambda: len(log.ticks) == 1)
        clock.advance(7 * 24 * 3600)
        await until(lambda: len(log.ticks) == 2)
    assert log.ticks[1].now - log.ticks[0].now >= timedelta(weeks=1)
    assert log.ticks[1].steady >= 7 * 24 * 3600


async def test_a_job_that_fails_is_logged_without_its_words_and_stops_neither_itself_nor_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log, failures = Log(), Log()

    async def fail(tick: Tick) -> None:
        await failures(tick)
        raise RuntimeError("chat 4711")

    told = Log()

    def tell() -> None:
        told.ticks.append(failures.ticks[-1])

    async with Ticking(SetClock(), {"fail": fail, "log": log}, failed=tell, every=FAST):
        await some_more(failures)
        await some_more(log)
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == len(failures.ticks)
    assert told.ticks == failures.ticks
    assert "fail failed" in errors[0]
    assert "RuntimeError" in errors[0]
    assert "4711" not in caplog.text


async def test_a_job_that_takes_long_runs_once_at_a_time_and_holds_up_no_other() -> None:
    log, gate = Log(), asyncio.Event()
    running = most = runs = 0

    async def slow(_tick: Tick) -> None:
        nonlocal running, most, runs
        running += 1
        most = max(most, running)
        runs += 1
        await gate.wait()
        running -= 1

    ticking = Ticking(SetClock(), {"slow": slow, "log": log}, every=FAST)
    async with ticking:
        await some_more(log, 5)
        assert (running, runs) == (1, 1)
        gate.set()
        await until(lambda: runs >= 3)
    assert most == 1
    assert running == 0


async def test_at_the_end_each_job_is_told_and_waited_for() -> None:
    stopped, done = asyncio.Event(), []

    async def work(_tick: Tick) -> None:
        await stopped.wait()
        done.append("whole")

    async with Ticking(SetClock(), {"work": work}, stopped.set):
        await asyncio.sleep(0)
    assert done in ([], ["whole"])

    stopped.clear()
    async with Ticking(SetClock(), {"work": work}, stopped.set, every=FAST):
        await asyncio.sleep(FAST)
    assert done[-1] == "whole"


async def test_waking_ticks_now() -> None:
    log = Log()
    ticking = Ticking(SetClock(), {"log": log}, every=NEVER)
    async with ticking:
        await until(lambda: len(log.ticks) == 1)
        ticking.wake()
        await until(lambda: len(log.ticks) == 2)


async def test_one_tick_by_hand_runs_every_job_in_order() -> None:
    order: list[str] = []

    async def first(_tick: Tick) -> None:
        await asyncio.sleep(0)
        order.append("first")

    async def second(_tick: Tick) -> None:
        order.append("second")

    clock = ToldClock(datetime(2026, 11, 30, 5, tzinfo=UTC))
    await Ticking(clock, {"first": first, "second": second}).tick()
    assert order == ["first", "second"]
