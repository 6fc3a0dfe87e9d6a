"""/suggest: a correction or a source from anybody to the editors, passed on without a name and kept nowhere."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers.answers import reply, say
from bot.handlers.desk import Context, Desk, desk_of, words_behind
from bot.transport.errors import meaning
from bot.views.menus import note_screen
from bot.views.suggestions import LONGEST, suggestion_screen

_LOG = logging.getLogger(__name__)

EACH = 3
"""How many suggestions somebody may send"""
WITHIN_SECONDS = 3600.0
"""within so long; more would be noise."""
IN_ALL = 60
"""How many reach the editors in that time from all together: whoever wants to drown them has many accounts."""
REMEMBERED = 10_000


class Limits:
    """Who has sent how many lately. Lives in memory only, and forgets within the hour."""

    def __init__(self) -> None:
        self._sent: OrderedDict[int, list[float]] = OrderedDict()
        self._all: list[float] = []

    def admits(self, who: int, now: float) -> bool:
        """Whether one more may be sent; it counts as sent then."""
        self._forget(now)
        own = self._sent.get(who, [])
        if len(own) >= EACH or len(self._all) >= IN_ALL:
            return False
        self._sent[who] = [*own, now]
        self._sent.move_to_end(who)
        self._all.append(now)
        return True

    def _forget(self, now: float) -> None:
        self._all = [moment for moment in self._all if now - moment < WITHIN_SECONDS]
        for who, moments in list(self._sent.items()):
            if now - moments[-1] >= WITHIN_SECONDS:
                del self._sent[who]
            else:
                self._sent[who] = [moment for moment in moments if now - moment < WITHIN_SECONDS]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The command, in private: in a group all would see who suggests."""
    limits = Limits()

    async def suggest(update: Update, context: Context) -> None:
        message, desk = update.message, desk_of(context)
        if message is None:
            return
        reading = await desk.reading(update.effective_chat, update.effective_user)
        words = words_behind(message.text or "")
        if not words:
            key = "suggest-how"
        elif len(words) > LONGEST:
            key = "suggest-long"
        elif not limits.admits(message.chat_id, desk.clock.monotonic()):
            key = "suggest-enough"
        else:
            key = "suggest-passed" if await _pass_on(update, desk, words) else "suggest-nobody"
        await reply(reading, message, note_screen(reading, key, limit=LONGEST))

    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [CommandHandler("suggest", suggest, filters=private)]


async def _pass_on(update: Update, desk: Desk, words: str) -> bool:
    """Send a suggestion to every editor and administrator; whether it reached one."""
    reached = False
    for person in dict.fromkeys((*await desk.newsroom.editors.ids(), *desk.admins)):
        theirs = await desk.reading_for(person)
        try:
            reached |= await say(theirs, update.get_bot(), person, suggestion_screen(theirs, words))
        except TelegramError as error:
            _LOG.warning("a suggestion did not reach an editor: %s", meaning(error).name)
    return reached
