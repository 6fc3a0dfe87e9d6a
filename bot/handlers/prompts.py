"""What is answered in writing: a channel's own line, its hashtag, a city. The prompt itself says what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telegram import Bot, ForceReply, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ParseMode
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.digests.choices import hashtag_of, header_of, with_timezone
from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, desk_of, is_private
from bot.handlers.places import kept_of, kind_of
from bot.handlers.rights import obstacle
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.subscription import Choices, Subscription
from bot.views.choosing import HEADER_LIMIT, cities_screen, prompt_screen, prompted
from bot.views.cities import find_zone
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.subscriptions import Kept, ended_screen, subscription_screen


class _AnswersPrompt(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return asked_by(message) is not None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Answers to a prompt."""
    written = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
    return [MessageHandler(written & _AnswersPrompt(), answered)]


def links_of(message: Message) -> tuple[str, ...]:
    """The links of the message of ours that this one replies to: by them a prompt says what it asks for."""
    prompt = message.reply_to_message
    if prompt is None or prompt.from_user is None or prompt.from_user.id != message.get_bot().id:
        return ()
    return tuple(entity.url for entity in prompt.entities if entity.url)


def asked_by(message: Message) -> tuple[str, str] | None:
    """The subscription's key and what was asked, where a message answers a prompt of ours."""
    return next((found for link in links_of(message) if (found := prompted(link))), None)


async def ask(reading: Reading, bot: Bot, below: MaybeInaccessibleMessage, kept: Kept, what: str) -> None:
    """Ask for something that belongs to a subscription."""
    await put_prompt(reading, bot, below, prompt_screen(reading, kept, what))


async def put_prompt(reading: Reading, bot: Bot, below: MaybeInaccessibleMessage, prompt: Screen) -> None:
    """Ask; in private Telegram opens the answer by itself, in a group that would open it for everybody."""
    printed = print_html(prompt, card_url=reading.card_url)[0]
    thread = below.message_thread_id if isinstance(below, Message) and below.is_topic_message else None
    await bot.send_message(
        below.chat.id,
        printed.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=thread,
        reply_markup=ForceReply() if is_private(below.chat) else None,
    )


async def answered(update: Update, context: Context) -> None:
    """Keep what was written, where whoever wrote it may decide, and show the settings."""
    message, desk = update.message, desk_of(context)
    found = asked_by(message) if message else None
    if message is None or found is None:
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    screen: Screen | None
    subscription = await desk.subscriptions.by_key(found[0])
    place = await desk.subscriptions.place_of(subscription.chat) if subscription else None
    if subscription is None or place is None:
        screen = ended_screen(reading, kind_of(message.chat), "subscription-gone")
    elif key := await obstacle(update, *place):
        screen = note_screen(reading, key)
    else:
        screen = await _keep(update, desk, reading, message, subscription, found[1])
    if screen:
        await reply(reading, message, screen)


async def _keep(
    update: Update, desk: Desk, reading: Reading, message: Message, before: Subscription, what: str
) -> Screen | None:
    """Keep what was written. Where that cannot be, it is asked for once more, or there are cities to choose from."""
    written = message.text or ""
    if chosen := _READ[what](before.choices, written):
        after = await desk.subscriptions.change(before.key, chosen, now=desk.now, next_due=desk.next_due)
    kept = await kept_of(desk, update, after if chosen and after else before)
    if kept is None or (chosen and after is None):
        return ended_screen(reading, kind_of(message.chat), "subscription-gone")
    if chosen:
        return subscription_screen(reading, kept)
    if what == "zone" and (near := find_zone(written)[1]):
        return cities_screen(reading, written, near, kept)
    count = len(header_of(written))
    wrong = reading.text(f"prompt-{what}-wrong", words=written, count=count, limit=HEADER_LIMIT)
    await put_prompt(reading, message.get_bot(), message, prompt_screen(reading, kept, what, wrong))
    return None


def _header(choices: Choices, written: str) -> Choices | None:
    line = header_of(written)
    return replace(choices, header=line) if len(line) <= HEADER_LIMIT else None


def _hashtag(choices: Choices, written: str) -> Choices | None:
    tag = hashtag_of(written)
    return replace(choices, hashtag=tag) if tag else None


def _zone(choices: Choices, written: str) -> Choices | None:
    timezone, _ = find_zone(written)
    return with_timezone(choices, timezone) if timezone else None


_READ: dict[str, Callable[[Choices, str], Choices | None]] = {"header": _header, "hashtag": _hashtag, "zone": _zone}
"""How each of `PROMPTS` is read: the choices afterwards, or None where it is not to be kept."""
