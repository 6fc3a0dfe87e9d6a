"""/delivery shows how what goes out goes out; what is unconfirmed is posted by a press. And who is told of trouble."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot, CallbackQuery, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.digests.trouble import Trouble
from bot.handlers.answers import keyboard, reply, settle, turn
from bot.handlers.desk import Context, Desk
from bot.handlers.office import Office, for_administrators
from bot.handlers.places import find_chat
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.subscription import ChatKey, Subscription
from bot.transport.errors import Meaning, meaning
from bot.views.administration import RunShown, UnconfirmedShown, delivery_screen, note
from bot.views.reading import Reading
from bot.views.subscriptions import silent_screen

_LOG = logging.getLogger(__name__)
_SILENT = {Meaning.NO_RIGHTS: "silent-no-rights", Meaning.NO_THREAD: "silent-no-thread"}


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The command."""
    return [CommandHandler("delivery", for_administrators(show), filters=filters.UpdateType.MESSAGE)]


async def show(update: Update, desk: Desk, office: Office, reading: Reading) -> None:
    """The latest runs and what is unconfirmed."""
    if update.message:
        await reply(reading, update.message, await _screen(update.get_bot(), desk, office, reading))


async def _screen(bot: Bot, desk: Desk, office: Office, reading: Reading) -> Screen:
    runs = [
        RunShown(
            run.kind,
            run.period,
            run.due,
            {state.value: number for state, number in run.states.items()},
            run.messages_per_second,
            run.late,
        )
        for run in await office.deliveries.runs()
    ]
    doubtful = await office.deliveries.unconfirmed()
    names = [await _name(bot, desk, each.chat) for each in doubtful]
    shown = [UnconfirmedShown(each.id, name, each.part, each.due) for each, name in zip(doubtful, names, strict=True)]
    return delivery_screen(reading, runs, shown)


async def _name(bot: Bot, desk: Desk, chat: ChatKey) -> str:
    """The title of a chat as Telegram gives it now; empty where it gives none."""
    found = await desk.subscriptions.place_of(chat)
    place = await find_chat(bot, found[0]) if found else None
    return place.name if place else ""


async def press(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, what: str, value: str) -> None:
    """Post now what nobody confirmed, or look again."""
    words = None
    if what == "post" and value.isdecimal():
        posted = await office.deliveries.post_now(int(value), desk.now, desk.now + office.late_seconds)
        words = reading.text("delivery-posted" if posted else "delivery-settled")
        office.wake()
    await settle(query, words)
    await turn(reading, query, await _screen(query.get_bot(), desk, office, reading))


async def tell_trouble(bot: Bot, desk: Desk, trouble: Trouble) -> None:
    """Tell every administrator why a digest does not go out."""
    minutes = max(1, round(trouble.seconds / 60))
    for administrator in desk.admins:
        reading = desk.reading_in(await desk.chats.language(administrator) or Language.EN)
        await _tell(bot, reading, administrator, _trouble(reading, trouble, minutes))


def _trouble(reading: Reading, trouble: Trouble, minutes: int) -> Screen:
    return note(reading, f"trouble-{trouble.kind.value}", count=trouble.count, minutes=minutes)


async def tell_silent(bot: Bot, desk: Desk, subscription: Subscription, why: Meaning) -> None:
    """Tell whoever agreed to be told that a subscription is silent, and what would help."""
    told = await desk.subscriptions.place_of(subscription.told) if subscription.told else None
    key = _SILENT.get(why)
    if told is None or key is None:
        return
    reading = desk.reading_in(await desk.chats.language(told[0]) or subscription.language)
    name = await _name(bot, desk, subscription.chat)
    await _tell(bot, reading, told[0], silent_screen(reading, subscription.key, key, name))


async def _tell(bot: Bot, reading: Reading, chat_id: int, screen: Screen) -> None:
    printed = print_html(screen, card_url=reading.card_url)[0]
    try:
        await bot.send_message(chat_id, printed.html, parse_mode=ParseMode.HTML, reply_markup=keyboard(printed.buttons))
    except TelegramError as error:
        _LOG.warning("somebody could not be told of deliveries: %s", meaning(error).name)
