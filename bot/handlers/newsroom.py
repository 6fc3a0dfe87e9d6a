"""The way into the editors' room: its buttons, and what is written in answer to its questions."""

from __future__ import annotations

import logging
import re
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.handlers import beginning, correcting, drafts, moments, versions, writing
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.prompts import links_of
from bot.handlers.questions import question
from bot.handlers.roles import for_editors, may_edit, refuse_press
from bot.views.reading import Reading
from bot.views.routes import Route, View

_LOG = logging.getLogger(__name__)
VIEWS = {View.EDIT, View.DRAFT, View.VERSIONS, View.WRITE}
_KEY = "([0-9a-f]{8})"
_PROMPTS = {
    "field": re.compile(rf"\?start=e-{_KEY}-{_KEY}(?:-{_KEY})?$"),
    "moment": re.compile(rf"\?start=d-{_KEY}$"),
    "written": re.compile(rf"\?start=w-{_KEY}-{_KEY}$"),
    "lines": re.compile(rf"\?start=n-{_KEY}-([a-z])-({_KEY}|0)$"),
    "left-out": re.compile(rf"\?start=o-{_KEY}-(\d)$"),
}
"""What the link of each question of ours says: what is asked for, and of what."""


class _AnswersPrompt(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return _prompt_of(message) is not None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Answers to the questions of this room, and the command that begins a card."""
    written = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND
    return [
        MessageHandler(written & _AnswersPrompt(), answered),
        CommandHandler("new", for_editors(beginning.new_command), filters=filters.UpdateType.MESSAGE),
    ]


def _prompt_of(message: Message) -> tuple[str, tuple[str, ...]] | None:
    """What a message answers, where that is a question of ours: its link says."""
    for link in links_of(message):
        for what, form in _PROMPTS.items():
            if match := form.search(link):
                return what, tuple(part or "" for part in match.groups())
    return None


async def answered(update: Update, context: Context) -> None:
    """Take what was written for what was asked."""
    message, desk = update.message, desk_of(context)
    found = _prompt_of(message) if message else None
    if message is None or found is None:
        return
    if not await may_edit(desk, update):
        _LOG.warning("an answer to editors from somebody else")
        await question(update, context)
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    what, parts = found
    if what == "moment":
        await moments.answered(desk, reading, message, parts[0])
    elif what == "field":
        await correcting.answered(desk, reading, message, *parts)
    elif what == "written":
        await writing.answered(desk, reading, message, *parts)
    elif what == "lines":
        await beginning.lines_answered(desk, reading, message, parts[0], f"{parts[1]}:{parts[2]}")
    else:
        await beginning.leave_answered(desk, reading, message, parts[0], int(parts[1]))


async def press(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a press on one of `VIEWS`; from anybody but an editor, as to a button that does not exist."""
    if not await may_edit(desk, update):
        await refuse_press(query, reading)
    elif route.view is View.EDIT:
        await correcting.pressed(query, desk, reading, route)
    elif route.view is View.DRAFT:
        await drafts.pressed(query, desk, reading, route)
    elif route.view is View.WRITE:
        await writing.pressed(query, desk, reading, route)
    else:
        await versions.pressed(update, query, desk, reading, route)
