"""What administrators are told without having asked."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.catalog.problems import Problem
from bot.handlers.desk import Desk
from bot.i18n import Language
from bot.layout.telegram_html import print_html
from bot.transport.errors import meaning
from bot.views.problems import problems_screen

_LOG = logging.getLogger(__name__)


async def tell_problems(bot: Bot, desk: Desk, administrators: Iterable[int], problems: Sequence[Problem]) -> None:
    """Tell each, in the language chosen, what is wrong with content that was not published."""
    for administrator in administrators:
        reading = desk.reading_in(await desk.chats.language(administrator) or Language.EN)
        message = print_html(problems_screen(reading, problems), card_url=reading.card_url)[0]
        try:
            await bot.send_message(administrator, message.html, parse_mode=ParseMode.HTML)
        except TelegramError as error:
            _LOG.warning("an administrator could not be told: %s", meaning(error).name)
