"""A part goes out as a message, with all that belongs to it, and its id comes back; errors mean what they always do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.layout.blocks import Ask, Button, Open, Press
from bot.sandbox import Sandbox
from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.lines import Lines
from bot.transport.posting import Posting
from bot.transport.request import Timeouts
from tests.conversation import CHANNEL, GROUP, YOU
from tests.transport.queue import until
from tests.transport.wire import TOKEN, answer, ok, raw_server, read_request


@dataclass(frozen=True)
class Text:
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False


PLAIN = Text("<b>Колокол</b> rings 🔔")


@asynccontextmanager
async def posting_to(base: str, token: str, timeouts: Timeouts | None = None) -> AsyncIterator[Posting]:
    lines = Lines(f"{base}/bot{token}", timeouts=timeouts)
    try:
        yield Posting(lines)
    finally:
        await lines.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(limits="off") as running:
        running.acts.send(YOU, "/start")
        yield running


async def test_a_message_is_posted_with_its_markup_and_its_id_comes_back(sandbox: Sandbox) -> None:
    async with posting_to(sandbox.url, sandbox.token) as posting:
        number = await posting.send(CHANNEL, PLAIN)
    message = sandbox.acts.chat(YOU, CHANNEL).messages[number]
    assert message["text"] == "Колокол rings 🔔"
    assert [entity["type"] for entity in message["entities"]] == ["bold"]
    assert sandbox.journal.exchanges[-1].parameters["link_preview_options"] == {"is_disabled": True}


async def test_buttons_of_every_kind_go_with_it(sandbox: Sandbox) -> None:
    rows: tuple[tuple[Button, ...], ...] = (
        (Press("Settings", "a.u.k"), Open("Open", "https://t.me/x")),
        (Ask("Share", "visas"), Ask("Here", "visas", here=True)),
    )
    async with posting_to(sandbox.url, sandbox.token) as posting:
        number = await posting.send(YOU, Text("text", rows))
    keyboard = sandbox.acts.chat(YOU, YOU).messages[number]["reply_markup"]["inline_keyboard"]
    assert keyboard == [
        [{"text": "Settings", "callback_data": "a.u.k"}, {"text": "Open", "url": "https://t.me/x"}],
        [
            {"text": "Share", "switch_inline_query": "visas"},
            {"text": "Here", "switch_inline_query_current_chat": "visas"},
        ],
    ]


async def test_thread_and_silence_are_asked_for_only_where_they_are_wanted(sandbox: Sandbox) -> None:
    async with posting_to(sandbox.url, sandbox.token) as posting:
        await posting.send(GROUP, PLAIN)
        plain = sandbox.journal.exchanges[-1].parameters
        await posting.send(GROUP, PLAIN, thread=77, quiet=True)
    asked = sandbox.journal.exchanges[-1].parameters
    assert not {"message_thread_id", "disable_notification", "reply_markup"} & set(plain)
    assert (asked["message_thread_id"], asked["disable_notification"]) == (77, True)


async def test_what_is_to_come_silently_does_so_whatever_the_chat_chose(sandbox: Sandbox) -> None:
    async with posting_to(sandbox.url, sandbox.token) as posting:
        await posting.send(GROUP, Text("corrected", silent=True))
    assert sandbox.journal.exchanges[-1].parameters["disable_notification"] is True


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("blocked", Meaning.UNREACHABLE),
        ("deactivated", Meaning.UNREACHABLE),
        ("kicked", Meaning.KICKED),
        ("not_member", Meaning.KICKED),
        ("no_rights", Meaning.NO_RIGHTS),
        ("thread_gone", Meaning.NO_THREAD),
        ("error", Meaning.UNCONFIRMED),
        ("drop_before", Meaning.UNCONFIRMED),
        ("drop_after", Meaning.UNCONFIRMED),
    ],
)
async def test_each_refusal_and_each_broken_connection_means_what_it_means_elsewhere(
    sandbox: Sandbox, fault: str, expected: Meaning
) -> None:
    sandbox.faults.add(fault)
    async with posting_to(sandbox.url, sandbox.token) as posting:
        with pytest.raises(TelegramError) as caught:
            await posting.send(GROUP, PLAIN)
        assert meaning(caught.value) is expected
        assert await posting.send(GROUP, PLAIN)


async def test_how_long_to_wait_and_where_a_group_went_are_read(sandbox: Sandbox) -> None:
    sandbox.faults.add("too_many", retry_after=17)
    async with posting_to(sandbox.url, sandbox.token) as posting:
        with pytest.raises(RetryAfter) as refused:
            await posting.send(YOU, PLAIN)
        sandbox.faults.add("migrated", migrate_to=-1009)
        with pytest.raises(ChatMigrated) as moved:
            await posting.send(GROUP, PLAIN)
    assert seconds_to_wait(refused.value) == 17
    assert moved.value.new_chat_id == -1009


async def test_a_refused_token_is_told_apart(sandbox: Sandbox) -> None:
    async with posting_to(sandbox.url, TOKEN) as posting:
        with pytest.raises(TelegramError) as caught:
            await posting.send(YOU, PLAIN)
    assert meaning(caught.value) is Meaning.REFUSED


async def test_text_that_is_no_unicode_is_refused_without_being_shown() -> None:
    async with posting_to("http://127.0.0.1:9", TOKEN) as posting:
        with pytest.raises(BadRequest) as caught:
            await posting.send(YOU, Text("half a pair \ud83d"))
    assert meaning(caught.value) is Meaning.PERMANENT
    assert "half" not in str(caught.value)


@pytest.mark.parametrize(
    "said", [ok(), ok({"id": 1}), answer(b"<html>"), answer(b"[]"), answer(b"", "204 No Content")], ids=str
)
async def test_an_answer_that_names_no_message_is_unconfirmed(said: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(said)
        await writer.drain()

    async with raw_server(talk) as base, posting_to(base, TOKEN) as posting:
        with pytest.raises(TelegramError) as caught:
            await posting.send(YOU, PLAIN)
    assert meaning(caught.value) is Meaning.UNCONFIRMED


async def test_whether_telegram_answers_can_be_asked(sandbox: Sandbox) -> None:
    async with posting_to(sandbox.url, sandbox.token, Timeouts(read=0.3)) as posting:
        assert await posting.answers()
        sandbox.faults.add("slow_before", delay_ms=2000)
        assert not await posting.answers()
        sandbox.faults.add("error", code=502)
        assert not await posting.answers()
        await until(lambda: len(sandbox.journal.exchanges) >= 2)
    async with posting_to("http://127.0.0.1:9", TOKEN) as posting:
        assert not await posting.answers()
