"""What is refused for a while holds its chat, or everybody; a digest comes back to its sender. Time is virtual."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import RetryAfter

from bot.transport.errors import seconds_to_wait
from bot.transport.pacing import ChatKey, Held
from tests.transport.scenes import ANN, BOB, GROUP, Telegram, run


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


def test_a_refusal_holds_the_chat_and_reaches_the_sender_at_once() -> None:
    async def scenario(telegram: Telegram) -> None:
        telegram.refusals[ANN] = [9]
        with pytest.raises(RetryAfter):
            await telegram.digest(ANN)
        assert telegram.pacer.held_for(ANN) == pytest.approx(9)
        assert await telegram.digest(ANN, 1, after=9.5) == 1

    assert len(run(scenario).left) == 2
