"""Administrators hear of each thing once an hour, and nobody waits for it."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.digests.trouble import Notices, Trouble, TroubleKind, Unheard
from tests.transport.virtual import VirtualClock, in_virtual_time

AWAY = Trouble(TroubleKind.AWAY, seconds=700)


def heard(*, fails: bool = False) -> tuple[list[Trouble], Notices]:
    said: list[Trouble] = []

    async def report(trouble: Trouble) -> None:
        said.append(trouble)
        if fails:
            raise ValueError("nobody there")

    return said, Notices(report, VirtualClock())


def test_the_same_thing_is_told_once_an_hour() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for _ in range(100):
            notices.tell(AWAY)
        await asyncio.sleep(3000)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY]
        await asyncio.sleep(700)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY, AWAY]

    in_virtual_time(scenario())


def test_a_hold_is_told_of_once_however_long_it_lasts_and_the_next_one_again() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for _ in range(2):
            for left in range(9000, -1, -30):
                notices.held(left)
                await asyncio.sleep(30)
        notices.held(3600)
        await notices.told()
        assert said == [Trouble(TroubleKind.SILENCED, seconds=9000)] * 2

    in_virtual_time(scenario())


def test_a_hold_that_is_prolonged_beyond_an_hour_is_told_of_then() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for seconds in (600, 5000, 50_000):
            notices.held(seconds, chat=7)
        await notices.told()
        assert said == [Trouble(TroubleKind.HELD, seconds=5000)]

    in_virtual_time(scenario())


def test_what_cannot_be_told_while_nothing_may_leave_is_told_when_it_may() -> None:
    async def scenario() -> None:
        clock = VirtualClock()
        said: list[Trouble] = []

        async def report(trouble: Trouble) -> None:
            if clock.monotonic() < over:
                raise Unheard(over - clock.monotonic())
            said.append(trouble)

        notices, over = Notices(report, clock), clock.monotonic() + 7200
        notices.held(7200)
        await asyncio.sleep(7000)
        assert said == []
        await asyncio.sleep(201)
        assert said == [Trouble(TroubleKind.SILENCED, seconds=7200)]
        over = clock.monotonic() + 7200
        notices.tell(AWAY)
        await notices.told()  # it does not wait for the end of the hold
        assert clock.monotonic() < over

    in_virtual_time(scenario())


def test_each_edition_is_told_of_by_itself() -> None:
    async def scenario() -> None:
        said, notices = heard()
        counts = Counter({1: 5, 2: 7})
        notices.expired(counts)
        await notices.told()
        assert [(one.edition, one.count) for one in said] == [(1, 5), (2, 7)]
        assert not counts

    in_virtual_time(scenario())


def test_who_was_left_out_within_the_hour_is_told_of_in_one_sum_at_its_end() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for count in (3, 9_000, 500):
            notices.expired(Counter({1: count}))
            await asyncio.sleep(600)
        assert [one.count for one in said] == [3]
        await asyncio.sleep(3000)
        assert [one.count for one in said] == [3, 9_500]
        notices.expired(Counter({1: 2}))
        await notices.told()
        assert [one.count for one in said] == [3, 9_500, 2]

    in_virtual_time(scenario())


def test_subscriptions_that_still_wait_are_not_added_up() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for _ in range(100):
            notices.tell(Trouble(TroubleKind.UNCOMPOSED, count=7))
        await asyncio.sleep(3500)
        await notices.told()
        assert [one.count for one in said] == [7]

    in_virtual_time(scenario())


def test_a_report_that_fails_ends_nothing() -> None:
    async def scenario() -> None:
        said, notices = heard(fails=True)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY]

    in_virtual_time(scenario())
