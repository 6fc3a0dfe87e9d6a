"""Whole bots of aiogram that poll, answer pressed buttons and inline queries."""

import asyncio
from collections.abc import Sequence

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    CallbackQuery,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)

from bot.sandbox import Sandbox
from tests.sandbox.aiogram_pieces import buttons, run_for
from tests.sandbox.conftest import GROUP, YOU


async def test_a_whole_bot_of_aiogram_talks_with_a_person(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    dispatcher, shown, done = Dispatcher(), asyncio.Event(), asyncio.Event()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"card {command.args}", reply_markup=buttons("more"))
        shown.set()

    @dispatcher.message(Command("help"))
    async def help_(message: Message) -> None:
        await message.reply("helped")
        done.set()

    @dispatcher.callback_query(F.data == "more")
    async def more(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("the rest")
        await query.answer("here", show_alert=True)
        sandbox.acts.send(YOU, "/help@kolokol_sandbox_bot", GROUP)

    async def press_when_shown() -> str:
        async with asyncio.timeout(10):
            await shown.wait()
        message = next(m for m in sandbox.world.chats[YOU].messages.values() if "reply_markup" in m)
        return sandbox.acts.press(YOU, message["message_id"], "more")

    sandbox.acts.send(YOU, "/start visas")
    pressing = asyncio.create_task(press_when_shown())
    await run_for(dispatcher, aiogram_bot, done)
    assert sandbox.acts.answer_of(await pressing) == {"text": "here", "show_alert": True, "url": None}
    assert [taken.text for taken in sandbox.journal.messages] == ["card visas", "helped"]
    assert "the rest" in [m.get("text") for m in sandbox.world.chats[YOU].messages.values()]


async def test_inline_queries_from_typing_to_pressing(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    dispatcher, done = Dispatcher(), asyncio.Event()

    @dispatcher.inline_query()
    async def answer(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"<b>{query.query}</b>", parse_mode="HTML")
        found: Sequence[InlineQueryResultArticle] = [
            InlineQueryResultArticle(id="1", title="One", input_message_content=content, reply_markup=buttons("x"))
        ]
        await query.answer(list(found), cache_time=1, is_personal=True, next_offset="2")

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery, bot: Bot) -> None:
        assert query.message is None
        assert await bot.edit_message_text("edited", inline_message_id=query.inline_message_id) is True
        await query.answer()
        done.set()

    async def ask() -> None:
        answered = await sandbox.acts.ask_inline(YOU, "visa")
        assert (answered["next_offset"], answered["is_personal"]) == ("2", True)
        message = sandbox.acts.choose(YOU, "1", GROUP)
        assert (message["text"], message["via_bot"]["id"]) == ("visa", sandbox.world.bot.id)
        sandbox.acts.press(YOU, message["message_id"], "x", GROUP)

    asking = asyncio.create_task(ask())
    await run_for(dispatcher, aiogram_bot, done)
    await asking
    assert [m["text"] for m in sandbox.world.chats[GROUP].messages.values()] == ["edited"]


async def test_inline_answers_have_limits(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    def article(identifier: str) -> InlineQueryResultArticle:
        content = InputTextMessageContent(message_text="a")
        return InlineQueryResultArticle(id=identifier, title="t", input_message_content=content)

    for results, words in (
        ([article(str(i)) for i in range(51)], "too many inline query results specified"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("1")], "query is too old and response timeout expired or query ID is invalid"),
    ):
        with pytest.raises(TelegramBadRequest, match=words):
            await aiogram_bot.answer_inline_query("1", list(results))
    with pytest.raises(TimeoutError):
        await sandbox.acts.ask_inline(YOU, "nobody answers", wait=0.05)
