"""What readers ask about editions: the next one now, as a preview; what is new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.digests.schedule import period_of
from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.places import Place
from bot.handlers.subscribing import for_place
from bot.layout.blocks import Button, Buttons, Paragraph, Screen, italic, text
from bot.subscription import ChatKind, State, Subscription
from bot.views.coming import coming_note
from bot.views.editions import MORE, edition_blocks
from bot.views.reading import Reading
from bot.views.routes import Route, View
from bot.views.whatsnew import news_items, whatsnew_screen

NEW_FOR = 92 * 24 * 3600
"""Seconds in which a change counts as new: three months."""


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The commands, and the deep link that stands in editions."""
    new = filters.UpdateType.MESSAGE
    link = filters.Regex(rf"^/start(@\w+)? {MORE}$")
    return [
        CommandHandler("digest", for_place(digest), filters=new),
        CommandHandler("whatsnew", whatsnew, filters=new),
        CommandHandler("start", whatsnew, filters=new & link),
    ]


async def whatsnew(update: Update, context: Context) -> None:
    """What has changed lately."""
    if update.message is None:
        return
    desk = desk_of(context)
    reading = await desk.reading(update.effective_chat, update.effective_user)
    await reply(reading, update.message, await whatsnew_at(desk, reading, 0))


async def whatsnew_at(desk: Desk, reading: Reading, page: int) -> Screen:
    """A page of what has changed lately."""
    history = (await desk.composer.published()).history
    return whatsnew_screen(reading, news_items(history, reading.language, desk.now - NEW_FOR), page)


async def digest(_update: Update, desk: Desk, reading: Reading, place: Place, _words: str) -> Screen:
    """The next edition of this place as it would be now; for whoever has not subscribed, the usual one."""
    there = await desk.subscriptions.of_chat(place.chat_id)
    here = [each for each in there if each.thread == place.thread] or list(there)
    subscription = next((each for each in here if each.language == reading.language), here[0] if here else None)
    choices = subscription.choices if subscription else desk.first_choices
    rings = subscription if subscription and subscription.state in (State.ACTIVE, State.PAUSED) else None
    due = (rings and rings.next_due) or desk.next_due(choices.schedule)
    shown = desk.reading_in(subscription.language) if subscription else reading
    period = period_of(choices.schedule, datetime.fromtimestamp(due, UTC))
    edition = await desk.composer.preview(period, choices.topics, shown.language)
    note = coming_note(reading, subscription, edition, due, desk.now)
    over, below = (Paragraph(text(line)) if line else None for line in (choices.header, choices.hashtag))
    return Screen.of(
        Paragraph(text(italic(note))),
        over,
        edition_blocks(shown, edition, links=choices.links),
        below,
        Buttons((_ways(reading, place, subscription), (reading.menu(),))),
    )


def _ways(reading: Reading, place: Place, subscription: Subscription | None) -> tuple[Button, ...]:
    """To the settings of the subscription, or to one."""
    if subscription:
        return (reading.press("button-settings", Route(View.SETTINGS, subscription.key)),)
    if place.kind is ChatKind.CHANNEL:
        return ()
    return (reading.press("digest-subscribe", Route(View.CHANGE, trail="subscribe")),)
