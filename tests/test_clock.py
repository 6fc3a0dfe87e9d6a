"""The clock that a demo moves: both its times leap, and who sleeps wakes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import MovableClock, SystemClock
from tests.conversation import PATIENCE

WEEK = 7 * 24 * 3600


def test_it_shows_the_time_of_this_machine_until_it_is_moved() -> None:
    before = datetime.now(UTC)
    assert before <= MovableClock().now() <= datetime.now(UTC)


def test_a_leap_moves_wall_time_and_monotonic_time_alike() -> None:
    moved, still = MovableClock(), SystemClock()
    apart = moved.monotonic() - still.monotonic()
    moved.advance(WEEK)
    moved.advance(60)
    assert moved.now() - still.now() >= timedelta(seconds=WEEK + 59)
    assert moved.monotonic() - still.monotonic() - apart == pytest.approx(WEEK + 60, abs=1)


async def test_all_who_sleep_wake_when_the_leap_covers_their_sleep() -> None:
    clock = MovableClock()
    short = [asyncio.create_task(clock.sleep(3600)) for _ in range(3)]
    long = asyncio.create_task(clock.sleep(2 * WEEK))
    await asyncio.sleep(0)
    clock.advance(WEEK)
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*short)
    assert not long.done()
    clock.advance(WEEK)
    async with asyncio.timeout(PATIENCE):
        await long


async def test_a_sleep_that_nobody_shortens_ends_by_itself() -> None:
    async with asyncio.timeout(PATIENCE):
        await MovableClock().sleep(0.01)
        await MovableClock().sleep(0)


async def test_a_sleeper_that_is_cancelled_leaves_the_others_asleep() -> None:
    clock = MovableClock()
    one, other = asyncio.create_task(clock.sleep(60)), asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    assert not other.done()
    clock.advance(60)
    async with asyncio.timeout(PATIENCE):
        await other


def test_it_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="ahead only"):
        MovableClock().advance(-1)
