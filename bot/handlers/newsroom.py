"""The way into the editors' room: its buttons, and what is written in answer to its questions."""

from __future__ import annotations

import logging
import re
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.handlers import correcting, drafts, moments, versions
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.questions import question
from bot.handlers.roles import may_edit, refuse_press
from bot.views.reading import Reading
from bot.views.routes import Route, View

_LOG = logging.getLogger(__name__)
VIEWS = {View.EDIT, View.DRAFT, View.VERSIONS}
_PROMPT = re.compile(r"\?start=(?:e-([0-9a-f]{8})-([0-9a-f]{8})|d-([0-9a-f]{8}))$")


class _AnswersPrompt(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return _prompt_of(message) is not None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Answers to the questions of this room."""
    written = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND
    return [MessageHandler(written & _AnswersPrompt(), answered)]


def _prompt_of(message: Message) -> re.Match[str] | None:
    """What a message answers, where that is a question of ours: its link says."""
    prompt = message.reply_to_message
    if prompt is None or prompt.from_user is None or prompt.from_user.id != message.get_bot().id:
        return None
    found = (_PROMPT.search(entity.url) for entity in prompt.entities if entity.url)
    return next((match for match in found if match), None)


async def answered(update: Update, context: Context) -> None:
    """Take what was written for the field or the moment that was asked for."""
    message, desk = update.message, desk_of(context)
    match = _prompt_of(message) if message else None
    if message is None or match is None:
        return
    if not await may_edit(desk, update):
        _LOG.warning("an answer to editors from somebody else")
        await question(update, context)
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    card, field, draft = match.groups()
    if draft:
        await moments.answered(desk, reading, message, draft)
    else:
        await correcting.answered(desk, reading, message, card, field)


async def press(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a press on one of `VIEWS`; from anybody but an editor, as to a button that does not exist."""
    if not await may_edit(desk, update):
        await refuse_press(query, reading)
    elif route.view is View.EDIT:
        await correcting.pressed(query, desk, reading, route)
    elif route.view is View.DRAFT:
        await drafts.pressed(query, desk, reading, route)
    else:
        await versions.pressed(update, query, desk, reading, route)
