"""Channels: chosen through Telegram's own button, which also makes the bot an administrator there."""

from __future__ import annotations

from typing import Any

from telegram import (
    Bot,
    ChatAdministratorRights,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.places import find_chat
from bot.handlers.rights import obstacle
from bot.handlers.subscribing import begin, overview
from bot.layout.blocks import Screen
from bot.subscription import ChatKind
from bot.views.menus import note_screen
from bot.views.reading import Reading

REQUEST = 1
"""The number by which Telegram says which button a chat was chosen with; there is one."""


def posting_rights() -> ChatAdministratorRights:
    """What the bot asks for in a channel: to post messages, and nothing else."""
    return ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=False,
        can_delete_messages=False,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users=False,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_post_messages=True,
    )


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """A channel was chosen."""
    chosen = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.StatusUpdate.CHAT_SHARED
    return [MessageHandler(chosen, shared)]


async def offer_keyboard(reading: Reading, bot: Bot, chat_id: int) -> None:
    """Show the button with which Telegram lets somebody choose a channel where they may post."""
    rights = posting_rights()
    request = KeyboardButtonRequestChat(
        REQUEST, chat_is_channel=True, user_administrator_rights=rights, bot_administrator_rights=rights
    )
    button = KeyboardButton(reading.text("channel-choose"), request_chat=request)
    keyboard = ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    await bot.send_message(chat_id, reading.text("channel-place"), reply_markup=keyboard)


async def shared(update: Update, context: Context) -> None:
    """Subscribe the channel that was chosen, or say what stands in the way."""
    message, desk = update.message, desk_of(context)
    if message is None or message.chat_shared is None:
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    await message.reply_text(reading.text("channel-chosen"), reply_markup=ReplyKeyboardRemove())
    await reply(reading, message, await _subscribed(update, desk, reading, message))


async def _subscribed(update: Update, desk: Desk, reading: Reading, message: Message) -> Screen:
    chosen = message.chat_shared
    place = await find_chat(message.get_bot(), chosen.chat_id) if chosen else None
    if place is None or place.kind is not ChatKind.CHANNEL:
        return note_screen(reading, "place-closed")
    if key := await obstacle(update, place.chat_id, place.kind):
        return note_screen(reading, key)
    if await desk.subscriptions.of_chat(place.chat_id):  # a second one, in another language, only where it is asked for
        return await overview(update, desk, reading, place)
    return await begin(update, desk, reading, place, reading.language)
