"""Who hears of a digest's failures and sees it before the channel does: one administrator of the chat.

Another may take that over or end it; whoever had it gets one line then. Who it is, nobody is told.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from telegram import Bot, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.handlers.answers import say
from bot.handlers.desk import Desk
from bot.handlers.places import another_hearer, find_chat, hearer_of
from bot.subscription import Subscription
from bot.transport.errors import Meaning, meaning
from bot.views.reading import Reading
from bot.views.subscriptions import no_longer_screen

_LOG = logging.getLogger(__name__)


async def wants_in_vain(
    update: Update, desk: Desk, reading: Reading, before: Subscription, what: str, value: str
) -> bool:
    """Whether a press asks for it on behalf of somebody whom the bot cannot write to; found out by telling them."""
    previews = what == "preview" and value != "0"
    user, place = update.effective_user, await desk.subscriptions.place_of(before.chat)
    if not (previews or (what, value) == ("told", "1")) or user is None or place is None:
        return False
    had = await hearer_of(desk, before)
    if had == user.id:
        return False
    both = previews or (had is not None and before.choices.preview_hours > 0)
    words = reading.text("preview-now" if both else "told-now", place=place[1].value)
    try:
        await update.get_bot().send_message(user.id, words, parse_mode=ParseMode.HTML)
    except TelegramError as error:
        if meaning(error) is not Meaning.UNREACHABLE:
            raise
        return True
    return False


async def choose(update: Update, desk: Desk, before: Subscription, *, wants: bool) -> Subscription | None:
    """Let whoever pressed hear of it from now on, with the previews where somebody had them, or no longer.

    What somebody else has is not ended by that: the button is on an old screen, or on one of theirs in a group.
    """
    user, had = update.effective_user, await hearer_of(desk, before)
    if user is None or (not wants and had != user.id):
        return before
    choices = before.choices if wants and had is not None else replace(before.choices, preview_hours=0)
    await desk.subscriptions.tell(before.key, user.id if wants else None)
    return await desk.subscriptions.change(before.key, choices, now=desk.now, next_due=desk.next_due)


async def follow(update: Update, desk: Desk, had: int | None, before: Subscription, after: Subscription) -> None:
    """Tell somebody else, who `had` it before a change, what of it the change ended."""
    place, ended = await desk.subscriptions.place_of(before.chat), bool(before.choices.preview_hours)
    if had is None or place is None:
        return
    if after.told != before.told:
        words = {"preview": "yes" if ended else "no"}
        await _tell(update.get_bot(), desk, had, before, place[0], "heard-passed", back=before.key, **words)
    elif ended and not after.choices.preview_hours:
        await _tell(update.get_bot(), desk, had, before, place[0], "heard-no-preview", back=before.key)


async def unsubscribe(update: Update, desk: Desk, subscription: Subscription) -> None:
    """End a subscription, and tell somebody else who heard of it."""
    had, place = await another_hearer(desk, update, subscription), await desk.subscriptions.place_of(subscription.chat)
    await desk.subscriptions.unsubscribe(subscription.key)
    if had is not None and place is not None:
        await _tell(update.get_bot(), desk, had, subscription, place[0], "heard-ended")


async def forget(update: Update, desk: Desk, chat_id: int) -> None:
    """Delete all that is kept about a chat, and tell those who heard of its subscriptions."""
    there = [(each, await another_hearer(desk, update, each)) for each in await desk.subscriptions.of_chat(chat_id)]
    await desk.chats.forget(chat_id)
    for subscription, had in there:
        if had is not None:
            await _tell(update.get_bot(), desk, had, subscription, chat_id, "heard-ended")


async def _tell(
    bot: Bot, desk: Desk, had: int, about: Subscription, chat_id: int, key: str, *, back: str = "", **values: Any
) -> None:
    reading = await desk.reading_for(had, about.language)
    try:
        place = await find_chat(bot, chat_id)
        words = reading.text(key, name=place.name if place else "…", language=about.language.value, **values)
        await say(reading, bot, had, no_longer_screen(reading, words, back))
    except TelegramError as error:  # what was pressed is done, whether they can be reached or not
        _LOG.warning("somebody could not be told that they hear no more of a digest: %s", meaning(error).name)
