"""Once a week editors are told which cards they should look at again."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.error import TelegramError

from bot.catalog.freshness import due
from bot.handlers.answers import say
from bot.handlers.desk import Desk
from bot.transport.errors import meaning
from bot.views.freshness import due_screen

_LOG = logging.getLogger(__name__)
_MONDAY_AT = timedelta(hours=9)
"""When a week begins for editors, after the midnight before Monday."""


async def tell_due(bot: Bot, desk: Desk, begins: Callable[[str], Awaitable[bool]]) -> None:
    """Tell every editor and administrator what is due, where `begins` says that the week is new."""
    now = desk.clock.now().astimezone(ZoneInfo(desk.timezone))
    year, week, _ = (now - _MONDAY_AT).isocalendar()
    if not await begins(f"{year}-w{week:02}"):
        return
    found = due(desk.library.catalog.cards, now.date())
    if not found:
        return
    for person in dict.fromkeys((*await desk.newsroom.editors.ids(), *desk.admins)):
        reading = await desk.reading_for(person)
        try:
            await say(reading, bot, person, due_screen(reading, found))
        except TelegramError as error:
            _LOG.warning("an editor could not be told what is due: %s", meaning(error).name)
