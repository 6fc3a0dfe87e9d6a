"""The pace: no window is ever exceeded, nobody starves, each chat keeps its order. Time is virtual."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.transport.errors import seconds_to_wait
from bot.transport.pacing import ChatKey, Held, Pace, Pacer, Priority
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

    async def digest(self, chat: ChatKey, number: int = 0, after: float = 0.0) -> int:
        """A message of a digest, as the sender sends it: once."""
        await asyncio.sleep(after)
        self.asked.append(number)

        async def call() -> int:
            self.left.append(Left(self.clock.monotonic(), chat, number, 1, Priority.DIGEST))
            await asyncio.sleep(self._took)
            if self.refusals[chat]:
                raise RetryAfter(self.refusals[chat].pop(0))
            return number

        return await self.pacer.once(chat, call)

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
    assert most_in_any(1.0, sent) <= 26 + 4, "as many a second, and what a late timer makes up for"


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


@pytest.mark.parametrize("chat", [GROUP, ANN])
def test_a_digest_comes_back_to_its_sender_where_its_chat_or_everybody_is_held(chat: ChatKey) -> None:
    async def scenario(telegram: Telegram) -> None:
        telegram.pacer.refused(chat, 60)
        with pytest.raises(Held) as caught:
            await telegram.digest(chat)
        assert caught.value.seconds == pytest.approx(60)
        assert await telegram.digest(BOB) == 0
        for other in (301, 302):
            telegram.pacer.refused(other, 90)
        with pytest.raises(Held) as caught:
            await telegram.digest(BOB)
        assert caught.value.seconds == pytest.approx(90)
        assert telegram.pacer.held_for() == pytest.approx(90)

    assert len(run(scenario).left) == 1, "who is held is not even asked"


def test_a_hold_that_begins_gives_back_the_digests_that_wait_and_keeps_the_answers() -> None:
    async def scenario(telegram: Telegram) -> None:
        digests = [asyncio.create_task(telegram.digest(chat)) for chat in range(1, 61)]
        await asyncio.sleep(0.5)
        answer = asyncio.create_task(telegram.send(5000, 7, after=1.0))
        for chat in (301, 302, 303):
            telegram.pacer.refused(chat, 30)
        began = telegram.clock.monotonic()
        ended = await asyncio.gather(*digests, return_exceptions=True)
        assert telegram.clock.monotonic() - began < 1
        assert sum(isinstance(end, Held) for end in ended) == 60 - len(telegram.left)
        assert await answer == 7
        assert telegram.clock.monotonic() - began == pytest.approx(30, abs=0.1)

    run(scenario)


def test_a_digest_does_not_wait_for_a_full_minute_of_a_group() -> None:
    async def scenario(telegram: Telegram) -> None:
        await asyncio.gather(*(telegram.send(GROUP, number) for number in range(20)))
        with pytest.raises(Held) as caught:
            await telegram.digest(GROUP)
        assert caught.value.seconds == pytest.approx(60)
        assert await telegram.digest(GROUP, 1, after=60) == 1

    run(scenario)


def test_a_refusal_holds_the_chat_and_reaches_the_sender_at_once() -> None:
    async def scenario(telegram: Telegram) -> None:
        telegram.refusals[ANN] = [9]
        with pytest.raises(RetryAfter):
            await telegram.digest(ANN)
        assert telegram.pacer.held_for(ANN) == pytest.approx(9)
        assert await telegram.digest(ANN, 1, after=9.5) == 1

    assert len(run(scenario).left) == 2


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
