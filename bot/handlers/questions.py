"""Plain words: a search in a private chat; in a group only where the bot is mentioned or replied to."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, asked_words, desk_of, is_private
from bot.search.naming import Named, find_named
from bot.views.cards import card_screen
from bot.views.menus import COMMANDS, help_screen, note_screen, unknown_command_screen
from bot.views.reading import Reading
from bot.views.results import results_screen


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Text, unknown commands, and whatever is no text."""
    new = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE
    return [
        MessageHandler(filters.StatusUpdate.MIGRATE, moved),
        MessageHandler(new & private & filters.COMMAND, unknown_command),
        MessageHandler(new & filters.TEXT & ~filters.COMMAND, question),
        MessageHandler(new & private & ~filters.StatusUpdate.ALL & ~filters.TEXT, not_text),
    ]


async def moved(update: Update, context: Context) -> None:
    """Follow a group that became a supergroup. Telegram says it in both chats; one is enough."""
    message = update.message
    if message and message.migrate_to_chat_id:
        await desk_of(context).chats.move(message.chat_id, message.migrate_to_chat_id)


async def question(update: Update, context: Context) -> None:
    """Search for what was written, where it was written to the bot."""
    message, desk = update.message, desk_of(context)
    if message is None or not (is_private(message.chat) or _meant(message, desk.username)):
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    words = asked_words(message, desk.username)
    if words:
        await answer_question(desk, reading, message, words)
    else:
        await reply(reading, message, help_screen(reading))


def _meant(message: Message, username: str) -> bool:
    """Whether a message in a group is for the bot: it mentions it, or replies to it."""
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.username == username:
        return True
    mentions = message.parse_entities(["mention"]).values()
    return any(mention.casefold() == f"@{username}".casefold() for mention in mentions)


async def answer_question(desk: Desk, reading: Reading, message: Message, words: str) -> None:
    """Reply to the question itself, so that its pager can read it again: questions are kept nowhere."""
    answer = desk.library.index.search(words)
    alone = len(answer.hits) == 1 and not answer.read_as and not answer.hits[0].alike
    card = answer.hits[0].card if alone else None
    screen = card_screen(reading, card) if card else results_screen(reading, words, answer)
    await reply(reading, message, screen, quote=True)


async def unknown_command(update: Update, context: Context) -> None:
    """Offer the commands that are written nearly like this one."""
    message, desk = update.message, desk_of(context)
    if message is None:
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    typed = (message.text or message.caption or "/").split()[0].lstrip("/").partition("@")[0]
    exact, near = find_named(typed, [Named(name, (name,)) for name in COMMANDS])
    await reply(reading, message, unknown_command_screen(reading, (exact,) if exact else near))


async def not_text(update: Update, context: Context) -> None:
    """Say that the bot reads text."""
    if update.message is None:
        return
    reading = await desk_of(context).reading(update.effective_chat, update.effective_user)
    await reply(reading, update.message, note_screen(reading, "error-not-text"))
