"""Showing a screen: as a new message, in place of an old one; what Telegram says to that which does no harm."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import ChatMigrated, TelegramError

from bot.handlers.desk import is_private
from bot.layout.blocks import Ask, Button, Open, Press, Screen
from bot.layout.telegram_html import Message as Printed
from bot.layout.telegram_html import print_html
from bot.transport.errors import Meaning, meaning
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NOTHING_TO_DO = {
    Meaning.NOT_MODIFIED,
    Meaning.GONE,
    Meaning.FIXED,
    Meaning.TOO_LATE,
    Meaning.UNREACHABLE,
    Meaning.KICKED,
    Meaning.NO_RIGHTS,
    Meaning.NO_THREAD,
}
"""Refusals after which there is nobody to answer, or nothing left to change."""


async def reply(reading: Reading, message: Message, screen: Screen, *, quote: bool = False) -> None:
    """Answer a message. In a group always as a reply, and in one message; what does not fit stands in the bot."""
    printed = print_html(screen, card_url=reading.card_url)
    private = is_private(message.chat)
    if not private and len(printed) > 1:
        printed = (Printed(printed[0].html, _open_bot(reading, printed[-1])),)
    quoted = ReplyParameters(message.message_id, allow_sending_without_reply=True) if quote or not private else None
    try:
        for number, part in enumerate(printed):
            await _send(message, part, quoted if number == 0 else None)
    except TelegramError as error:
        _let_pass(error)


async def _send(message: Message, part: Printed, quoted: ReplyParameters | None) -> None:
    """Send into the chat and thread of a message; where the group has become a supergroup, into that."""
    send = partial(
        message.get_bot().send_message,
        text=part.html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(part.buttons),
        link_preview_options=_NO_PREVIEW,
    )
    try:
        thread = message.message_thread_id if message.is_topic_message else None
        await send(message.chat_id, reply_parameters=quoted, message_thread_id=thread)
    except ChatMigrated as moved:
        await send(moved.new_chat_id)


def _open_bot(reading: Reading, last: Printed) -> tuple[tuple[Button, ...], ...]:
    link = Open(reading.text("button-open-bot"), f"https://t.me/{reading.username}?start=menu")
    return (*last.buttons, (link,))


async def post(reading: Reading, bot: Bot, below: MaybeInaccessibleMessage, screen: Screen) -> None:
    """Show a screen as a new message below one that stays; that may be so old that only its chat is known."""
    if isinstance(below, Message):
        await reply(reading, below, screen)
        return
    await say(reading, bot, below.chat.id, screen)


async def say(reading: Reading, bot: Bot, chat_id: int, screen: Screen) -> bool:
    """Show a screen in a chat, without having been asked there; whether there is anybody who gets it."""
    return await said(reading, bot, chat_id, screen) is not None


async def said(reading: Reading, bot: Bot, chat_id: int, screen: Screen) -> int | None:
    """The same; the id of the message with its buttons, or None."""
    return await _say(bot, chat_id, print_html(screen, card_url=reading.card_url))


async def _say(bot: Bot, chat_id: int, printed: Iterable[Printed]) -> int | None:
    sent = None
    try:
        for part in printed:
            sent = await bot.send_message(
                chat_id,
                part.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(part.buttons),
                link_preview_options=_NO_PREVIEW,
            )
    except TelegramError as error:
        _let_pass(error)
        return None
    return sent.message_id if sent else None


async def say_instead(reading: Reading, bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    """Show a screen in place of a message of the bot's own; as a new one where that is gone."""
    edit = partial(bot.edit_message_text, chat_id=chat_id, message_id=message_id)
    await _say(bot, chat_id, await _instead(edit, print_html(screen, card_url=reading.card_url)))


async def _instead(edit: Callable[..., Awaitable[object]], printed: Iterable[Printed]) -> list[Printed]:
    """Let a message show the first part; what is still to be sent then: the rest, and all of it where it is gone."""
    first, *rest = printed
    try:
        await edit(
            text=first.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(first.buttons),
            link_preview_options=_NO_PREVIEW,
        )
    except TelegramError as error:
        _let_pass(error)
        if meaning(error) in (Meaning.GONE, Meaning.FIXED):
            rest.insert(0, first)
    return rest


async def take_away(bot: Bot, chat_id: int, message_id: int) -> None:
    """Delete a message of the bot's own, if it is there still."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramError as error:
        _let_pass(error)


async def send_file(
    bot: Bot,
    chat_id: int,
    data: bytes,
    name: str,
    *,
    caption: str | None = None,
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> None:
    """Send a file into a chat, without having been asked there; nothing where there is nobody who gets it."""
    try:
        await bot.send_document(chat_id, data, filename=name, caption=caption, reply_markup=keyboard(buttons))
    except TelegramError as error:
        _let_pass(error)


async def ask(reading: Reading, bot: Bot, chat_id: int, screen: Screen) -> None:
    """Ask something that is to be answered in writing; Telegram opens the answer by itself."""
    for part in print_html(screen, card_url=reading.card_url):
        await bot.send_message(
            chat_id,
            part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=ForceReply(),
            link_preview_options=_NO_PREVIEW,
        )


async def turn(reading: Reading, query: CallbackQuery, screen: Screen) -> None:
    """Show a screen in place of the message whose button was pressed; as a new message where that is gone."""
    rest = await _instead(query.edit_message_text, print_html(screen, card_url=reading.card_url))
    message = query.message if isinstance(query.message, Message) else None
    if message is None:  # too old for Telegram to say more of it than its id
        return
    try:
        for part in rest:
            await _send(message, part, None)
    except TelegramError as error:
        _let_pass(error)


async def settle(query: CallbackQuery, note: str | None = None) -> None:
    """Answer a button press, so that its spinner ends; with a note where there is something to say."""
    try:
        await query.answer(note, show_alert=bool(note))
    except TelegramError as error:
        _let_pass(error)


def _let_pass(error: TelegramError) -> None:
    """Raise what is worth another try; pass over what leaves nothing to do."""
    what = meaning(error)
    if what not in _NOTHING_TO_DO:
        raise error
    _LOG.debug("not shown: %s", what.name)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; None where there are none."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    match button:
        case Press(label, data):
            return InlineKeyboardButton(label, callback_data=data)
        case Open(label, url):
            return InlineKeyboardButton(label, url=url)
        case Ask(label, query, here):
            if here:
                return InlineKeyboardButton(label, switch_inline_query_current_chat=query)
            return InlineKeyboardButton(label, switch_inline_query=query)
