"""The digest before its time, and what changed of late: /digest and /whatsnew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.digests.schedule import period_of
from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.places import place_of
from bot.layout.blocks import Buttons, Footnote, Paragraph, Screen, text
from bot.subscription import Choices, Subscription
from bot.views.editions import MORE, edition_blocks
from bot.views.reading import Reading
from bot.views.routes import Route, View
from bot.views.whatsnew import whatsnew_screen

LATELY = timedelta(days=90)
"""How far /whatsnew looks back."""


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The two commands, and the link to the second under a long edition."""
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("digest", digest, filters=new),
        CommandHandler("whatsnew", whatsnew, filters=new),
        CommandHandler("start", whatsnew, filters=new & filters.Regex(rf"^/start(@\w+)? {MORE}$")),
    ]


async def digest(update: Update, context: Context) -> None:
    """Show the next edition of this chat as it stands now, or that of somebody who chose nothing; nothing is kept."""
    message, desk = update.message, desk_of(context)
    if message is None:
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    place = place_of(message)
    there = await desk.subscriptions.of_chat(place.chat_id)
    own = next((each for each in there if each.thread == place.thread), None)
    if own:
        reading = desk.reading_in(own.language)
    await reply(reading, message, await _preview(desk, reading, own))


async def _preview(desk: Desk, reading: Reading, own: Subscription | None) -> Screen:
    choices: Choices = own.choices if own else desk.first_choices
    due = own.next_due if own and own.next_due else desk.next_due(choices.schedule)
    period = period_of(choices.schedule, datetime.fromtimestamp(due, UTC))
    edition = await desk.composer.preview(period, choices.topics, reading.language)
    button = Route(View.SETTINGS, own.key) if own else None
    buttons = (reading.press("button-settings", button),) if button else (reading.menu(),)
    return Screen.of(
        Paragraph(text(choices.header)) if choices.header else None,
        edition_blocks(reading, edition, links=choices.links),
        Paragraph(text(choices.hashtag)) if choices.hashtag else None,
        Footnote(text(reading.text("digest-preview" if own else "digest-preview-unsubscribed"))),
        Buttons((buttons,)),
    )


async def whatsnew(update: Update, context: Context) -> None:
    """Show what changed within the last months, corrections first."""
    if update.message is None:
        return
    desk = desk_of(context)
    reading = await desk.reading(update.effective_chat, update.effective_user)
    history = (await desk.chronicle.published()).history
    changes = history.between(desk.now - int(LATELY.total_seconds()), desk.now + 1)
    await reply(reading, update.message, whatsnew_screen(reading, changes))
