"""The pace: no window is ever exceeded, nobody starves, each chat keeps its order. Time is virtual."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.transport.errors import seconds_to_wait
from bot.transport.pacing import ChatKey, Pace, Pacer, Priority
from tests.transport.virtual import VirtualClock, in_virtual_time

ANN, BOB, GROUP, CHANNEL = 11, 22, -100, "@channel"
TIGHT = Pace(slack=0.0, reserve=0)


@dataclass(frozen=True)
class Left:
    """A message that has left: when, for whom, which, in how many parts."""

    at: float
    chat: ChatKey
    number: int
    parts: int
    priority: Priority


class Telegram:
    """Takes messages, each for a while; refuses as told."""

    def __init__(self, pace: Pace, took: float = 0.05) -> None:
        self.clock = VirtualClock()
        self.pacer = Pacer(pace, self.clock)
        self.asked: list[int] = []
        self.left: list[Left] = []
        self.refusals: dict[ChatKey, list[int]] = defaultdict(list)
        self._took = took

    async def send(
        self, chat: ChatKey, number: int, parts: int = 1, priority: Priority = Priority.ANSWER, after: float = 0.0
    ) -> int:
        await asyncio.sleep(after)
        self.asked.append(number)

        async def call() -> int:
            self.left.append(Left(self.clock.monotonic(), chat, number, parts, priority))
            await asyncio.sleep(self._took)
            if self.refusals[chat]:
                raise RetryAfter(self.refusals[chat].pop(0))
            return number

        return await self.pacer.send(chat, parts, call, priority)

    def times(self, chat: ChatKey) -> list[float]:
        start = self.left[0].at
        return [round(left.at - start, 3) for left in self.left if left.chat == chat]


def run(scenario: Callable[[Telegram], Awaitable[None]], pace: Pace = TIGHT, took: float = 0.0) -> Telegram:
    """Play a scenario to its end."""

    async def play() -> Telegram:
        telegram = Telegram(pace, took)
        await scenario(telegram)
        return telegram

    return in_virtual_time(play())


def most_in_any(window: float, moments: list[tuple[float, int]]) -> int:
    """The most messages in any half-open stretch of this length."""
    return max(sum(parts for at, parts in moments if start <= at < start + window - 1e-9) for start, _ in moments)


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
    assert most_in_any(1.0, sent) == 26


def test_a_refused_chat_is_held_and_its_messages_keep_their_order() -> None:
    async def scenario(telegram: Telegram) -> None:
        telegram.refusals[ANN] = [7]
        results = await asyncio.gather(*(telegram.send(ANN, number) for number in range(3)), telegram.send(BOB, 9))
        assert results == [0, 1, 2, 9]

    telegram = run(scenario)
    assert [left.number for left in telegram.left if left.chat == ANN] == [0, 0, 1, 2]
    assert telegram.times(ANN)[1] == 7
    assert telegram.times(BOB) == [0]


def test_a_message_refused_too_often_or_for_too_long_comes_back_to_its_sender() -> None:
    async def scenario(telegram: Telegram) -> None:
        telegram.refusals[ANN] = [1] * 10
        with pytest.raises(RetryAfter):
            await telegram.send(ANN, 0)
        assert len(telegram.left) == 4
        telegram.refusals[BOB] = [3600]
        with pytest.raises(RetryAfter):
            await telegram.send(BOB, 1)
        assert telegram.pacer.held_for(BOB) == 3600
        with pytest.raises(RetryAfter) as caught:
            await telegram.send(BOB, 2)
        assert seconds_to_wait(caught.value) == pytest.approx(3600, abs=1)
        assert len(telegram.left) == 5, "a held chat is not even asked"

    run(scenario)


@pytest.mark.parametrize(("refused", "held"), [(2, 0), (3, 9)])
def test_three_chats_refused_within_two_seconds_hold_everybody_for_the_longest(refused: int, held: float) -> None:
    async def scenario(telegram: Telegram) -> None:
        for chat, seconds in list(zip((31, 32, 33), (5, 9, 1), strict=True))[:refused]:
            telegram.pacer.refused(chat, seconds)
        began = telegram.clock.monotonic()
        await telegram.send(BOB, 0)
        assert telegram.clock.monotonic() - began == held

    run(scenario)


def test_three_chats_refused_far_apart_hold_nobody_else() -> None:
    async def scenario(telegram: Telegram) -> None:
        for chat in (31, 32, 33, 33, 33):
            telegram.pacer.refused(chat, 60)
            await asyncio.sleep(1.5)
        assert telegram.pacer.held_for(BOB) == 0

    run(scenario)


def test_a_request_that_passes_by_is_not_counted_and_waits_only_when_refused() -> None:
    async def scenario(telegram: Telegram) -> None:
        calls: list[float] = []

        async def edit() -> str:
            calls.append(telegram.clock.monotonic())
            if len(calls) == 51:
                raise RetryAfter(4)
            return "edited"

        began = telegram.clock.monotonic()
        for _ in range(50):
            assert await telegram.pacer.pass_by(ANN, edit) == "edited"
        assert telegram.clock.monotonic() == began
        assert await telegram.pacer.pass_by(ANN, edit) == "edited"
        assert calls[-1] - began == 4

    run(scenario)


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
