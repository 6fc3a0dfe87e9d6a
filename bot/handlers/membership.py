"""What Telegram says of the bot's own place in a chat: blocked, removed, back again, newly added."""

from __future__ import annotations

import logging
from typing import Any

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.handlers.answers import keyboard
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.places import kind_of
from bot.handlers.rights import may_post
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.subscription import ChatKind
from bot.transport.errors import Meaning, meaning
from bot.views.reading import Reading
from bot.views.subscriptions import channel_added_screen, group_added_screen

_LOG = logging.getLogger(__name__)
_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
_CLOSED = {Meaning.UNREACHABLE, Meaning.KICKED, Meaning.NO_RIGHTS, Meaning.NO_THREAD}


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Changes of the bot's own membership."""
    return [ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER)]


async def changed(update: Update, context: Context) -> None:
    """Stop ringing where the bot was put out, ring again where it is back, and greet where it is new."""
    change, desk = update.my_chat_member, desk_of(context)
    if change is None:
        return
    kind = kind_of(change.chat)
    if change.new_chat_member.status in _OUT:
        await desk.subscriptions.lost(change.chat.id, desk.now)
        return
    if kind is ChatKind.CHANNEL and not may_post(change.new_chat_member):
        return
    back = await desk.subscriptions.found_again(change.chat.id, desk.now, desk.next_due)
    if not back and _is_new(change, kind):
        await _greet(update, desk, change, kind)


def _is_new(change: ChatMemberUpdated, kind: ChatKind) -> bool:
    """Whether the bot came into a group, or may post in a channel, from now on."""
    if kind is ChatKind.CHANNEL:
        return not may_post(change.old_chat_member)
    return kind is ChatKind.GROUP and change.old_chat_member.status in _OUT


async def _greet(update: Update, desk: Desk, change: ChatMemberUpdated, kind: ChatKind) -> None:
    """Say once how to subscribe: in a group to the group, of a channel to whoever added the bot, in private."""
    if kind is ChatKind.GROUP:
        reading = await desk.reading(change.chat, change.from_user)
        await _send(update, reading, change.chat.id, group_added_screen(reading))
        return
    reading = await desk.reading(None, change.from_user)
    await _send(update, reading, change.from_user.id, channel_added_screen(reading, change.chat.title or ""))


async def _send(update: Update, reading: Reading, chat_id: int, screen: Screen) -> None:
    printed = print_html(screen, card_url=reading.card_url)[0]
    try:
        await update.get_bot().send_message(
            chat_id, printed.html, parse_mode=ParseMode.HTML, reply_markup=keyboard(printed.buttons)
        )
    except TelegramError as error:
        if meaning(error) not in _CLOSED:
            raise
        _LOG.debug("no greeting: %s", meaning(error).name)
