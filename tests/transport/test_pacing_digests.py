"""Digests beside answers: they fill what the limit leaves, evenly, and no answer waits for them. Time is virtual."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from dataclasses import replace

import pytest

from bot.transport.pacing import Held, Pace, Priority
from tests.transport.scenes import ANN, GROUP, TIGHT, Telegram, most_in_any, run


def test_answers_go_before_digests_which_leave_room_for_them() -> None:
    async def scenario(telegram: Telegram) -> None:
        digest = [telegram.send(chat, 0, 1, Priority.DIGEST) for chat in range(1, 101)]
        answers = [telegram.send(chat, 0, after=0.5) for chat in range(1001, 1005)]
        await asyncio.gather(*digest, *answers)

    telegram = run(scenario, replace(TIGHT, reserve=4))
    start = telegram.left[0].at
    answered = [left.at - start for left in telegram.left if left.priority is Priority.ANSWER]
    assert answered == [0.5] * 4
    sent = [(left.at, 1) for left in telegram.left if left.priority is Priority.DIGEST]
    assert most_in_any(1.0, sent) <= 26 + 4, "as many a second, and what a late timer makes up for"


def test_digests_leave_evenly_up_to_their_own_limit() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.digest(chat) for chat in range(1, 271)))

    telegram = run(scenario, Pace(slack=0.0))
    moments = [(left.at, 1) for left in telegram.left]
    assert most_in_any(1.0, moments) <= 27 + 4
    assert most_in_any(0.1, moments) <= 4 + 3, "no bursts"
    took = moments[-1][0] - moments[0][0]
    assert 269 / took >= 0.98 * 27


@pytest.mark.parametrize("took", [0.002, 0.05, 0.4])
def test_digests_and_answers_together_fill_the_limit_and_never_pass_it(took: float) -> None:
    async def scenario(telegram: Telegram) -> None:
        answers = [telegram.send(1000 + number, number, after=number * 0.25) for number in range(80)]
        await asyncio.gather(*answers, *(telegram.digest(chat) for chat in range(1, 541)))

    telegram = run(scenario, Pace(), took)
    moments = [(left.at, 1) for left in telegram.left if left.at < telegram.left[0].at + 20]
    assert most_in_any(1.0, moments) <= 30
    assert len(moments) / 20 >= 0.98 * 30


def test_an_answer_leaves_within_a_tenth_of_a_second_though_the_digest_lane_is_full() -> None:
    waits = []

    async def scenario(telegram: Telegram) -> None:
        async def answer(number: int) -> None:
            await asyncio.sleep(number * 0.37)
            asked = telegram.clock.monotonic()

            async def call() -> None:
                waits.append(telegram.clock.monotonic() - asked)
                await asyncio.sleep(0.05)

            await telegram.pacer.send(1000 + number, 1, call)

        await asyncio.gather(
            *(telegram.digest(chat) for chat in range(1, 541)), *(answer(number) for number in range(54))
        )

    run(scenario, Pace(), 0.05)
    assert len(waits) == 54
    assert max(waits) < 0.1


def test_a_digest_is_no_burst_even_where_answers_may_be_one() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(telegram.digest(ANN, 0), telegram.digest(ANN, 1))

    assert run(scenario).times(ANN) == [0, 1]


def test_a_digest_does_not_wait_for_a_full_minute_of_a_group() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(GROUP, number) for number in range(20)))
        with pytest.raises(Held) as caught:
            await telegram.digest(GROUP)
        assert caught.value.seconds == pytest.approx(60)
        assert await telegram.digest(GROUP, 1, after=60) == 1

    run(scenario)


@pytest.mark.parametrize(("limit", "reserve"), [(5, 1), (30, 3), (1000, 30)])
def test_a_tenth_of_the_limit_is_for_answers_at_most_thirty(limit: int, reserve: int) -> None:
    assert (Pace.of(limit).overall, Pace.of(limit).reserve) == (limit, reserve)


def test_the_paid_limit_is_reached_and_kept() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.digest(chat) for chat in range(1, 4851)))

    telegram = run(scenario, Pace.of(1000), 0.01)
    moments = [left.at for left in telegram.left]
    assert max(bisect_left(moments, at + 1.0) - place for place, at in enumerate(moments)) <= 1000
    assert len(moments) / (moments[-1] - moments[0]) >= 0.98 * 970
