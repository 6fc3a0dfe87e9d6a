"""What administrators are told without having asked."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import Bot
from telegram.error import TelegramError

from bot.editing.notices import BroughtForward, Ignored, Notice, Offered, Published, Refused, Unchanged
from bot.handlers.answers import say
from bot.handlers.desk import Desk
from bot.layout.blocks import Screen
from bot.transport.errors import meaning
from bot.views.notices import (
    brought_forward_screen,
    ignored_screen,
    offered_screen,
    published_screen,
    unchanged_screen,
)
from bot.views.problems import problems_screen
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)


def notice_screen(reading: Reading, notice: Notice, current: int) -> Screen:
    """What the publisher found, for whoever is told of it; `current` is the number of the current version."""
    match notice:
        case Refused(problems):
            return problems_screen(reading, problems)
        case BroughtForward(earlier, now, written):
            return brought_forward_screen(reading, earlier, now, written=written)
        case Published(version, found):
            return published_screen(reading, version.number, found)
        case Offered(key, found, behind):
            return offered_screen(reading, key, found, behind=behind)
        case Unchanged():
            return unchanged_screen(reading, current)
        case Ignored():
            return ignored_screen(reading)


async def tell_notice(bot: Bot, desk: Desk, administrators: Iterable[int], notice: Notice) -> bool:
    """Tell each, in the language chosen, what the publisher found; whether nobody is left whom it may still reach."""
    everybody = True
    for administrator in administrators:
        reading = await desk.reading_for(administrator)
        try:
            await say(reading, bot, administrator, notice_screen(reading, notice, desk.library.version))
        except TelegramError as error:
            everybody = False
            _LOG.warning("an administrator could not be told: %s", meaning(error).name)
    return everybody
