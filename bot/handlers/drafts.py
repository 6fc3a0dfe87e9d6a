"""What editors send: files join their draft; what it comes to is shown, and published when they say so."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.newsroom import StaleError
from bot.handlers import moments, sources
from bot.handlers.answers import said, say_instead, settle, take_away, turn
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.fetching import fetched
from bot.handlers.findings import answer_files, changed_cards, described, show_draft, turn_to_draft, with_astray
from bot.handlers.questions import not_text
from bot.handlers.roles import for_editors, may_edit
from bot.layout.blocks import Screen
from bot.store.drafts import Draft
from bot.transport.errors import meaning
from bot.views import drafts as shown
from bot.views.menus import note_screen
from bot.views.notices import published_screen
from bot.views.reading import Reading
from bot.views.routes import Route

_LOG = logging.getLogger(__name__)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Files that are sent in private, and the command that shows the draft."""
    new = filters.UpdateType.MESSAGE
    return [
        MessageHandler(new & filters.ChatType.PRIVATE & filters.Document.ALL, received),
        CommandHandler("draft", for_editors(draft_command), filters=new),
        CommandHandler("outline", for_editors(sources.outline), filters=new),
    ]


async def received(update: Update, context: Context) -> None:
    """Put a file into the draft of whoever sent it, and say so; it is looked at when no more files come."""
    message, desk, user = update.message, desk_of(context), update.effective_user
    if message is None or message.document is None or user is None:
        return
    if not await may_edit(desk, update):
        _LOG.warning("a file from somebody else")
        await not_text(update, context)
        return
    reading = await desk.reading(update.effective_chat, user)
    name = message.document.file_name or "?"
    if name.lower().endswith(".txt"):
        if await sources.received(update, desk, reading, message.document, message.caption or ""):
            await show_draft(update.get_bot(), desk, user.id, reading.language)
        return
    bot, meanwhile = update.get_bot(), None
    desk.pauses.drop(user.id)
    try:
        await _take(desk, user.id, message, name)
        if not await _say_that_it_came(bot, desk, reading, user.id):
            meanwhile = partial(_renew, bot, desk, reading, user.id)
    finally:
        answer = partial(answer_files, bot, desk, user.id, reading.language, message.message_id)
        desk.pauses.after(user.id, answer, meanwhile)


async def _take(desk: Desk, user_id: int, message: Message, name: str) -> None:
    if message.document is None:
        return
    try:
        upload = await fetched(message.document)
    except ProblemsError as error:
        await desk.newsroom.receive(user_id, [], {name: error.problems})
    else:
        await desk.newsroom.receive(user_id, [upload])


async def _say_that_it_came(bot: Bot, desk: Desk, reading: Reading, user_id: int) -> bool:
    """Whether it was said now: of the first of several files it is, and then that message is kept up to date."""
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None or draft.notice:
        return False
    if message_id := await said(reading, bot, user_id, await _came(desk, reading, draft)):
        await desk.newsroom.drafts.noticed(user_id, message_id)
    return True


async def _renew(bot: Bot, desk: Desk, reading: Reading, user_id: int) -> None:
    """Let the message that says that files came name all of them."""
    draft = await desk.newsroom.drafts.of(user_id)
    if draft and draft.notice:
        await say_instead(reading, bot, user_id, draft.notice, await _came(desk, reading, draft))


async def _came(desk: Desk, reading: Reading, draft: Draft) -> Screen:
    return shown.came_screen(reading, await described(desk, reading, draft))


async def draft_command(update: Update, desk: Desk, reading: Reading, message: Message, _words: str) -> Screen | None:
    """Show the draft."""
    if not await desk.newsroom.drafts.of(message.chat_id):
        return note_screen(reading, "draft-none")
    await show_draft(update.get_bot(), desk, message.chat_id, reading.language)
    return None


async def show_unchecked(bot: Bot, desk: Desk) -> None:
    """Answer those editors who have not been answered yet; a restart came in between."""
    for user_id in await desk.newsroom.drafts.unchecked():
        if not await desk.is_editor(user_id):
            continue
        try:
            await answer_files(bot, desk, user_id)
        except TelegramError as error:  # it stays unchecked: the next start tries again
            _LOG.warning("an editor could not be shown their draft: %s", meaning(error).name)


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button under a draft, pressed by an editor. One of another draft shows what the draft is now."""
    user_id = query.from_user.id
    what, _, value = route.trail.partition(":")
    if what == shown.SKELETON:  # it takes the draft as it is, if there is one, and changes nothing
        await settle(query)
        await sources.send_skeleton(query.get_bot(), desk, reading, user_id, value)
        return
    draft = await desk.newsroom.drafts.of(user_id)
    if what == shown.PUBLISH and desk.newsroom.published_last(user_id, route.key):  # pressed twice: it says so there
        await settle(query)
    elif draft is None:
        await settle(query)
        await turn(reading, query, note_screen(reading, "draft-none"))
    elif what == shown.CHECK and draft.key == route.key and draft.checked:  # pressed twice: the answer is there
        await settle(query)
    elif what != shown.CHECK and draft.key != route.key:
        await settle(query, reading.text("draft-other"))
        await turn_to_draft(query, desk, reading, draft)
    else:
        await settle(query)
        await _act(query, desk, reading, draft, what, value, route.page)


async def _act(
    query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, what: str, value: str, page: int
) -> None:
    """Do what a button of this very draft says; without files there is nothing that could be published."""
    if what == shown.PUBLISH and draft.files:
        await _publish(query, desk, reading, draft)
    elif what == shown.LATER and draft.files:
        await moments.later(query, desk, reading, draft, value)
    elif what == shown.DISCARD:
        await _discard(query, desk, reading, draft)
    elif what == shown.PREVIEW:
        await _preview(query, desk, reading, draft, page)
    elif what == shown.FILES:
        await turn(reading, query, shown.files_screen(reading, await described(desk, reading, draft), page))
    elif change := _CHANGES.get(what):
        await change(desk, query.from_user.id, draft, value)
        await _turn_to_what_is_left(query, desk, reading)
    else:
        await turn_to_draft(query, desk, reading, draft, page, again=draft.checked)


async def _look_again(desk: Desk, user_id: int, _draft: Draft, _value: str) -> None:
    await desk.newsroom.look_again(user_id)


async def _keep_files(desk: Desk, user_id: int, _draft: Draft, _value: str) -> None:
    await desk.newsroom.drafts.keep_files(user_id)


async def _leave_out(desk: Desk, user_id: int, draft: Draft, _value: str) -> None:
    await desk.newsroom.drafts.leave_out(user_id, draft.refused)


async def _take_out(desk: Desk, user_id: int, draft: Draft, value: str) -> None:
    path = next((each for each in draft.files if card_key(each) == value), None)
    if path:
        await desk.newsroom.drafts.take_out(user_id, path)


_CHANGES: dict[str, Callable[[Desk, int, Draft, str], Awaitable[None]]] = {
    shown.AGAIN: _look_again,
    shown.KEEP: _keep_files,
    shown.LEAVE_OUT: _leave_out,
    shown.TAKE_OUT: _take_out,
}
"""The buttons that change the draft, which is then shown again."""


async def _turn_to_what_is_left(query: CallbackQuery, desk: Desk, reading: Reading) -> None:
    draft = await desk.newsroom.drafts.of(query.from_user.id)
    if draft:
        await turn_to_draft(query, desk, reading, draft)
    else:
        await turn(reading, query, note_screen(reading, "draft-discarded"))


async def _discard(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft) -> None:
    user_id = query.from_user.id
    desk.pauses.drop(user_id)
    await desk.newsroom.drafts.discard(user_id)
    if draft.notice and not (query.message and query.message.message_id == draft.notice):
        await take_away(query.get_bot(), user_id, draft.notice)
    screen = note_screen(reading, "draft-discarded")
    await turn(reading, query, await with_astray(desk, reading, user_id, screen))


async def _publish(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft) -> None:
    try:
        published = await desk.newsroom.publish(query.from_user.id, draft.key)
    except (StaleError, ProblemsError):
        again = await desk.newsroom.drafts.of(query.from_user.id)
        if again:
            await turn_to_draft(query, desk, reading, again)
        return
    number = published.version.number
    await turn(reading, query, published_screen(reading, number, published.differences, undo=True))


async def _preview(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, page: int) -> None:
    try:
        found = await desk.newsroom.examine(draft)
    except ProblemsError:
        await turn_to_draft(query, desk, reading, draft)
        return
    cards = changed_cards(found)
    if not cards:
        await turn_to_draft(query, desk, reading, draft)
        return
    there = replace(reading, catalog=found.catalog)
    await turn(reading, query, shown.preview_screen(there, draft.key, cards, page))
