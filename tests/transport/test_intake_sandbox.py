"""The intake with the library, the pace and the sandbox together: nobody waits for somebody else's flood."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.clock import SystemClock
from bot.sandbox import Sandbox
from bot.transport.intake import Intake, IntakeSettings
from bot.transport.limiter import PacedLimiter
from bot.transport.pacing import Pace, Pacer
from bot.transport.request import AiohttpRequest
from tests.transport.queue import FileSpool, until

FLOODER, OTHER = 1001, 1002


@contextlib.asynccontextmanager
async def echo_bot(sandbox: Sandbox, settings: IntakeSettings | None = None) -> AsyncIterator[Intake]:
    """A bot that answers each message with its text, at the pace."""
    pacer = Pacer(Pace(), SystemClock())
    spool = FileSpool()
    bot: ExtBot[Any] = ExtBot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(pool_size=2),
        rate_limiter=PacedLimiter(pacer),
    )

    async def answer(update: dict[str, Any]) -> None:
        await bot.send_message(update["message"]["chat"]["id"], update["message"]["text"])

    async with bot, AiohttpRequest(pool_size=2) as request:
        settings = settings or IntakeSettings(grace=0.1)
        intake = Intake(request, bot.base_url, answer, spool=spool, settings=settings)
        task = asyncio.create_task(intake.run())
        try:
            yield intake
        finally:
            intake.stop()
            await asyncio.wait_for(task, 10)
            spool.close()


def answers(sandbox: Sandbox, chat: int) -> list[str]:
    return [taken.text for taken in sandbox.journal.messages if taken.chat_id == chat]


@pytest.mark.parametrize("later", [0.0, 1.0], ids=["right behind it", "in the middle of it"])
async def test_one_chat_sends_a_thousand_and_another_is_answered_within_200_ms(later: float) -> None:
    async with Sandbox(limits="demo") as sandbox, echo_bot(sandbox):
        waits = []
        for question in ("one", "two", "three"):  # a busy machine may spoil one of them
            for number in range(1000):
                sandbox.acts.send(FLOODER, str(number))
            await asyncio.sleep(later)
            began = time.monotonic()
            sandbox.acts.send(OTHER, question)
            await until(lambda question=question: question in answers(sandbox, OTHER))  # type: ignore[misc]
            waits.append(time.monotonic() - began)
        assert min(waits) < 0.2
        flooded = answers(sandbox, FLOODER)
        assert flooded == [str(number) for number in range(len(flooded))]
        assert len(flooded) < 1000


async def test_chats_that_telegram_holds_leave_the_slots_to_others() -> None:
    async with Sandbox(limits="demo") as sandbox, echo_bot(sandbox, IntakeSettings(at_once=2, grace=0.1)):
        people = [sandbox.world.add_person(f"P{number}").id for number in range(2)]
        for person in people:
            sandbox.faults.add("too_many", chat_id=person, retry_after=60)
            sandbox.acts.send(person, "held")
        await until(lambda: sum(exchange.status == 429 for exchange in sandbox.journal.exchanges) == 2)
        sandbox.acts.send(OTHER, "me too")
        await until(lambda: answers(sandbox, OTHER) == ["me too"], 20)


async def test_everybody_is_answered_in_order_at_the_pace_without_one_refusal() -> None:
    async with Sandbox(limits="demo") as sandbox, echo_bot(sandbox):
        for number in range(6):
            sandbox.acts.send(FLOODER, str(number))
            sandbox.acts.send(OTHER, str(number))
        await until(lambda: len(sandbox.journal.messages) == 12, 15)
        assert answers(sandbox, FLOODER) == answers(sandbox, OTHER) == [str(number) for number in range(6)]
        assert not [exchange for exchange in sandbox.journal.exchanges if exchange.status == 429]
