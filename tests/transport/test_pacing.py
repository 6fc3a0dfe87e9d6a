"""The pace: no window is ever exceeded, nobody starves, each chat keeps its order. Time is virtual."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.pacing import ChatKey, Pace, Priority
from tests.transport.scenes import ANN, BOB, CHANNEL, GROUP, TIGHT, Telegram, most_in_any, run


def test_one_person_gets_three_at_once_and_then_one_a_second() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(ANN, number) for number in range(6)))

    assert run(scenario).times(ANN) == [0, 0, 0, 1, 2, 3]


def test_the_burst_comes_back_after_a_quiet_spell() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(ANN, number) for number in range(3)))
        await asyncio.gather(*(telegram.send(ANN, number, after=10) for number in range(4)))

    assert run(scenario).times(ANN) == [0, 0, 0, 10, 10, 10, 11]


@pytest.mark.parametrize("chat", [GROUP, CHANNEL])
def test_a_group_or_channel_gets_twenty_in_any_minute(chat: ChatKey) -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(chat, number) for number in range(45)))

    assert run(scenario).times(chat) == [0] * 20 + [60] * 20 + [120] * 5


def test_thirty_leave_in_any_second_over_all() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(chat, chat) for chat in range(1, 101)))

    telegram = run(scenario)
    assert [round(left.at - telegram.left[0].at, 3) for left in telegram.left] == [0] * 30 + [1] * 30 + [2] * 30 + [
        3
    ] * 10
    assert [left.chat for left in telegram.left] == list(range(1, 101)), "who asked first goes first"


def test_the_slack_is_added_to_every_window() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(
            *(telegram.send(ANN, number) for number in range(5)),
            *(telegram.send(GROUP, number) for number in range(21)),
        )

    telegram = run(scenario, replace(TIGHT, slack=0.1))
    assert telegram.times(ANN) == [0, 0, 0, 1.1, 2.2]
    assert telegram.times(GROUP)[-1] == 60.1


def test_a_chat_that_waits_holds_back_nobody_else() -> None:
    async def scenario(telegram: Telegram) -> None:
        flood = [asyncio.create_task(telegram.send(GROUP, number)) for number in range(50)]
        await asyncio.sleep(1.5)
        began = telegram.clock.monotonic()
        await telegram.send(BOB, 0)
        assert telegram.clock.monotonic() == began
        await asyncio.gather(*flood)

    run(scenario)


def test_an_album_counts_each_part_and_waits_until_it_fits_whole() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(
            telegram.send(GROUP, 0, 10),
            telegram.send(GROUP, 1, 8),
            telegram.send(GROUP, 2, 10),
            telegram.send(GROUP, 3),
        )

    assert run(scenario).times(GROUP) == [0, 0, 60, 60]


def test_an_album_larger_than_a_burst_leaves_when_the_bucket_is_full() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(telegram.send(ANN, 0), telegram.send(ANN, 1, 10), telegram.send(ANN, 2))

    assert run(scenario).times(ANN) == [0, 1, 9]


def test_messages_of_one_chat_leave_one_after_the_other() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(ANN, number) for number in range(3)), telegram.send(BOB, 0))

    telegram = run(scenario, took=0.2)
    assert telegram.times(ANN) == [0, 0.2, 0.4]
    assert telegram.times(BOB) == [0]


def test_errors_of_the_call_reach_the_sender_and_hold_up_nobody() -> None:
    async def scenario(telegram: Telegram) -> None:
        async def broken() -> None:
            raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            await telegram.pacer.send(ANN, 1, broken)
        await telegram.send(ANN, 1)

    assert run(scenario).times(ANN) == [0]


def test_whoever_gives_up_waiting_leaves_the_line() -> None:
    async def scenario(telegram: Telegram) -> None:
        tasks = [asyncio.create_task(telegram.send(ANN, number)) for number in range(6)]
        await asyncio.sleep(0.5)
        tasks[3].cancel()
        tasks[4].cancel()
        assert await tasks[5] == 5

    telegram = run(scenario)
    assert [left.number for left in telegram.left] == [0, 1, 2, 5]
    assert telegram.times(ANN) == [0, 0, 0, 1]


def test_closing_cancels_those_who_wait() -> None:
    async def scenario(telegram: Telegram) -> None:
        tasks = [asyncio.create_task(telegram.send(ANN, number)) for number in range(5)]
        await asyncio.sleep(0.1)
        telegram.pacer.close()
        await asyncio.wait(tasks)
        assert [task.cancelled() for task in tasks] == [False, False, False, True, True]

    run(scenario)


def test_idle_chats_are_forgotten() -> None:
    async def scenario(telegram: Telegram) -> None:
        for chat in range(1, 2001):
            await telegram.send(chat, 0)
            await telegram.send(-chat, 0)
        assert telegram.pacer.chats <= 2000, "no more than a minute of sending"
        await asyncio.sleep(61)
        await telegram.send(ANN, 0)
        assert telegram.pacer.chats == 1

    run(scenario)


MESSAGES = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, -1, -2, "@a"]),
        st.sampled_from([1, 1, 1, 2, 5]),
        st.sampled_from([0.0, 0.0, 0.1, 0.9, 2.0, 5.5]),
        st.sampled_from(list(Priority)),
    ),
    max_size=60,
)


@settings(max_examples=250, deadline=None)
@given(
    messages=MESSAGES,
    refusals=st.dictionaries(st.sampled_from([1, 2, 3, -1, -2]), st.lists(st.integers(1, 9), max_size=2)),
    took=st.sampled_from([0.0, 0.03, 1.3]),
    reserve=st.sampled_from([0, 3]),
)
def test_no_window_is_exceeded_all_arrive_and_each_chat_keeps_its_order(
    messages: list[tuple[ChatKey, int, float, Priority]],
    refusals: dict[ChatKey, list[int]],
    took: float,
    reserve: int,
) -> None:
    pace = Pace(overall=8, reserve=reserve, group=6, group_window=20.0, slack=0.0)

    async def scenario(telegram: Telegram) -> None:
        telegram.refusals.update({chat: list(seconds) for chat, seconds in refusals.items()})
        sends = [
            telegram.send(chat, number, parts, priority, after)
            for number, (chat, parts, after, priority) in enumerate(messages)
        ]
        results = await asyncio.wait_for(asyncio.gather(*sends), 3600)
        assert results == list(range(len(messages))), "nobody starves"

    telegram = run(scenario, pace, took)
    if not telegram.left:
        return
    assert most_in_any(1.0, [(left.at, left.parts) for left in telegram.left]) <= 8
    for chat in {left.chat for left in telegram.left}:
        here = [left for left in telegram.left if left.chat == chat]
        moments = [(left.at, left.parts) for left in here]
        if isinstance(chat, int) and chat > 0:
            biggest = max(left.parts for left in here)
            for seconds in (0.001, 1.0, 2.5, 7.0):
                assert most_in_any(seconds, moments) <= max(3, biggest) + seconds + 1e-6
        else:
            assert most_in_any(20.0, moments) <= 6
        for priority in Priority:
            order = [telegram.asked.index(left.number) for left in here if left.priority is priority]
            assert order == sorted(order), "first come, first served"
