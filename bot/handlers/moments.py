"""When a draft is to be published: its editor chooses a moment or writes one, and then it comes."""

from __future__ import annotations

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.editing.moments import UnknownZoneError, moments_from, read_moment
from bot.editing.notices import Published
from bot.handlers.answers import ask, reply, say, turn
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.findings import show_draft, turn_to_draft
from bot.store.drafts import Draft
from bot.transport.errors import meaning
from bot.views import moments as shown
from bot.views.menus import note_screen
from bot.views.moments import zoned_name
from bot.views.notices import published_screen
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)
_LATEST = timedelta(days=366)


async def later(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, value: str) -> None:
    """Offer moments, keep the one chosen, or take it back."""
    user_id, store = query.from_user.id, desk.newsroom.drafts
    if value.isdecimal() and _may_be_chosen(int(value), desk.now):
        await store.publish_at(user_id, int(value))
    elif value == "ask":
        await ask(reading, query.get_bot(), user_id, shown.later_ask_screen(reading, draft.key, desk.timezone))
        return
    elif draft.publish_at is None or value:  # a button of some days ago may offer what is past
        moments = moments_from(desk.clock.now().astimezone(ZoneInfo(desk.timezone)))
        await turn(reading, query, shown.later_screen(reading, draft.key, moments, desk.timezone))
        return
    else:
        await store.publish_at(user_id, None)
    await turn_to_draft(query, desk, reading, await store.of(user_id) or draft, again=True)


def _may_be_chosen(moment: int, now: int) -> bool:
    """Whether a moment (seconds since 1970) lies ahead, and not too far."""
    return 0 < moment - now < _LATEST.total_seconds()


async def answered(desk: Desk, reading: Reading, message: Message, key: str) -> None:
    """Keep the moment that an editor wrote, and show the draft again."""
    user_id = message.chat_id
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None or draft.key != key:
        await reply(reading, message, note_screen(reading, "draft-other" if draft else "draft-none"))
    elif wrong := await _keep(desk, reading, user_id, message.text or ""):
        again = shown.later_ask_screen(reading, draft.key, desk.timezone, wrong)
        await ask(reading, message.get_bot(), user_id, again)
    else:
        await show_draft(message.get_bot(), desk, user_id, reading.language)


async def _keep(desk: Desk, reading: Reading, user_id: int, words: str) -> str:
    """Keep it, or say why not."""
    now = desk.clock.now()
    try:
        moment = read_moment(words, now, desk.timezone)
    except UnknownZoneError as error:
        return shown.unknown_zone(reading, error.words, error.near)
    if moment is None or not _may_be_chosen(int(moment.at.timestamp()), desk.now):
        return reading.text("later-unclear")
    await desk.newsroom.drafts.publish_at(user_id, int(moment.at.timestamp()), moment.zone)
    return ""


async def tell_dropped(update: Update, context: Context) -> None:
    """After whatever an update led to: where it changed a draft for which a moment was kept, say that it holds no more.

    The draft itself is shown by some of the ways to change it, and by others not.
    """
    user, desk = update.effective_user, desk_of(context)
    found = desk.newsroom.drafts.dropped(user.id) if user else None
    if user is None or found is None:
        return
    reading = await desk.reading(update.effective_chat, user)
    when = zoned_name(reading, found[0], found[1] or desk.timezone)
    await say(reading, update.get_bot(), user.id, note_screen(reading, "later-dropped", when=when))


async def publish_due(bot: Bot, desk: Desk) -> None:
    """Publish the drafts whose moment has come, and tell their editors; show those again that could not be."""
    for user_id, published in await desk.newsroom.publish_due(desk.admins):
        try:
            await _tell_of_moment(bot, desk, user_id, published)
        except TelegramError as error:  # others wait to be told too
            _LOG.warning("an editor could not be told what became of their draft: %s", meaning(error).name)


async def _tell_of_moment(bot: Bot, desk: Desk, user_id: int, published: Published | None) -> None:
    reading = await desk.reading_for(user_id)
    if published is None:
        await say(reading, bot, user_id, note_screen(reading, "later-failed"))
        await show_draft(bot, desk, user_id)
    else:
        number = published.version.number
        await say(reading, bot, user_id, published_screen(reading, number, published.differences, undo=True))
