"""The pace under the library: which methods it counts, as what, and which it lets pass."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import InputMediaPhoto
from telegram.ext import ExtBot

from bot.clock import SystemClock
from bot.sandbox import Limit, Limits, Sandbox
from bot.transport.limiter import POSTING, PacedLimiter, chat_key, parts_of
from bot.transport.pacing import Pace, Pacer, Priority
from bot.transport.request import AiohttpRequest
from tests.conformance import required_specification

PERSON = 1001
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Strict but for bursts of three to a person; who wrote first may be written to."""
    async with Sandbox(limits=Limits(private=Limit(1, 1.0, 2))) as sandbox:
        sandbox.acts.send(PERSON, "/start")
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[ExtBot[Any]]:
    """The library's bot at the pace."""
    limiter = PacedLimiter(Pacer(Pace(), SystemClock()))
    bot: ExtBot[Any] = ExtBot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=limiter,
    )
    async with bot:
        yield bot


async def test_messages_keep_the_pace_and_are_never_refused(sandbox: Sandbox, bot: ExtBot[Any]) -> None:
    await asyncio.gather(*(bot.send_message(PERSON, str(number)) for number in range(5)))
    moments = [taken.at for taken in sandbox.journal.messages]
    assert [taken.text for taken in sandbox.journal.messages] == [str(number) for number in range(5)]
    assert moments[3] - moments[0] >= 1.0
    assert moments[4] - moments[0] >= 2.0
    assert not [exchange for exchange in sandbox.journal.exchanges if exchange.status == 429]


async def test_edits_and_answers_pass_while_messages_wait(sandbox: Sandbox, bot: ExtBot[Any]) -> None:
    first = await bot.send_message(PERSON, "first")
    waiting = [asyncio.create_task(bot.send_message(PERSON, str(number))) for number in range(9)]
    await asyncio.sleep(0.05)
    for number in range(10):
        await bot.edit_message_text(f"edited {number}", PERSON, first.message_id)
        await bot.send_chat_action(PERSON, "typing")
    assert not all(task.done() for task in waiting)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)


async def test_an_album_counts_its_parts(sandbox: Sandbox, bot: ExtBot[Any]) -> None:
    await bot.send_media_group(PERSON, [InputMediaPhoto(PIXEL), InputMediaPhoto(PIXEL)])
    await bot.send_message(PERSON, "third")
    await bot.send_message(PERSON, "fourth")
    assert sandbox.journal.messages[-1].at - sandbox.journal.messages[0].at >= 1.0
    assert not [exchange for exchange in sandbox.journal.exchanges if exchange.status == 429]


async def test_a_refusal_is_waited_out_and_the_message_goes_again(sandbox: Sandbox, bot: ExtBot[Any]) -> None:
    sandbox.faults.add("too_many", method="sendMessage", retry_after=1)
    sandbox.faults.add("too_many", method="editMessageText", retry_after=1)
    message = await bot.send_message(PERSON, "after all")
    await bot.edit_message_text("edited after all", PERSON, message.message_id)
    assert [taken.text for taken in sandbox.journal.messages] == ["after all"]


async def test_a_digest_is_sent_at_its_own_priority(sandbox: Sandbox, bot: ExtBot[Any]) -> None:
    await bot.send_message(PERSON, "digest", rate_limit_args=Priority.DIGEST)
    assert [taken.text for taken in sandbox.journal.messages] == ["digest"]


def test_chat_ids_are_numbers_also_when_given_as_text() -> None:
    assert [chat_key(given) for given in (5, "5", "-100123", "@Channel", None)] == [5, 5, -100123, "@channel", None]


@pytest.mark.parametrize(
    ("method", "data", "parts"),
    [
        ("sendMessage", {"text": "x"}, 1),
        ("sendMediaGroup", {"media": [1, 2, 3]}, 3),
        ("copyMessages", {"message_ids": [4, 5]}, 2),
        ("forwardMessages", {"message_ids": (4,)}, 1),
        ("sendMediaGroup", {}, 1),
    ],
)
def test_what_a_request_posts_is_counted(method: str, data: dict[str, Any], parts: int) -> None:
    assert parts_of(method, data) == parts


def test_every_method_of_the_library_that_posts_a_message_is_counted() -> None:
    passing = {
        "send_chat_action",  # no message
        "send_message_draft",  # shown while it is written, and gone
        "send_gift",  # not a message of ours
    }
    named = {name for name in dir(ExtBot) if name.startswith(("send_", "copy_", "forward_"))}
    counted = {method.lower() for method in POSTING}
    missing = {name for name in named - passing if name.replace("_", "") not in counted}
    assert missing == set()
    assert not {name for name in passing if name.replace("_", "") in counted}


def test_every_method_of_the_bot_api_that_posts_a_message_is_counted() -> None:
    methods = required_specification().methods
    posting = {
        name
        for name, method in methods.items()
        if name.startswith(("send", "copy", "forward"))
        and {"Message", "MessageId", "Array of Message", "Array of MessageId"} & set(method["returns"])
    }
    assert posting == POSTING
