"""What editors send: files join their draft; what it comes to is shown, and published when they say so."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, CallbackQuery, Document, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.catalog.cards import Card
from bot.catalog.problems import Problem, ProblemsError
from bot.editing.examination import Examined
from bot.editing.moments import moments_from, read_moment
from bot.editing.newsroom import StaleError
from bot.editing.notices import Published
from bot.handlers import sources
from bot.handlers.answers import ask, reply, say, send_file, settle, turn
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.fetching import fetched
from bot.handlers.questions import not_text
from bot.handlers.roles import for_editors, may_edit
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.store.drafts import Draft
from bot.transport.errors import meaning
from bot.views import drafts as shown
from bot.views.menus import note_screen
from bot.views.notices import published_screen
from bot.views.reading import Reading
from bot.views.routes import Route

_LOG = logging.getLogger(__name__)
_FILE_NAME = "problems.txt"


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Files that are sent in private, and the command that shows the draft."""
    new = filters.UpdateType.MESSAGE
    return [
        MessageHandler(new & filters.ChatType.PRIVATE & filters.Document.ALL, received),
        CommandHandler("draft", for_editors(draft_command), filters=new),
        CommandHandler("outline", for_editors(sources.outline), filters=new),
    ]


async def received(update: Update, context: Context) -> None:
    """Put a file into the draft of whoever sent it; it is looked at when no more files come."""
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
    problems = await _take(desk, user.id, message.document)
    if problems:
        await say_problems(update.get_bot(), reading, user.id, "", problems)
    if await desk.newsroom.drafts.of(user.id):
        desk.pauses.after(user.id, partial(show_draft, update.get_bot(), desk, user.id, reading.language))


async def _take(desk: Desk, user_id: int, document: Document) -> tuple[Problem, ...]:
    try:
        upload = await fetched(document)
    except ProblemsError as error:
        return error.problems
    return await desk.newsroom.receive(user_id, [upload])


async def draft_command(update: Update, desk: Desk, reading: Reading, message: Message, _words: str) -> Screen | None:
    """Show the draft."""
    if not await desk.newsroom.drafts.of(message.chat_id):
        return note_screen(reading, "draft-none")
    await show_draft(update.get_bot(), desk, message.chat_id, reading.language)
    return None


async def show_draft(bot: Bot, desk: Desk, user_id: int, language: Language | None = None) -> None:
    """Tell an editor what their draft comes to, as a new message; in the language chosen where none is given."""
    desk.pauses.drop(user_id)
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None:
        return
    reading = desk.reading_in(language) if language else await desk.reading_for(user_id)
    try:
        await say(reading, bot, user_id, await screen_of_draft(desk, reading, draft))
    except ProblemsError as error:
        gone = (await desk.newsroom.touched(draft)).gone
        await say_problems(bot, reading, user_id, draft.key, error.problems, gone)
    await desk.newsroom.drafts.told(user_id)


async def say_problems(
    bot: Bot, reading: Reading, user_id: int, key: str, problems: tuple[Problem, ...], gone: Sequence[str] = ()
) -> None:
    """All problems at once, in a message or, where they do not fit one, as a file. `gone`: what the draft deletes."""
    screen = shown.broken_draft_screen(reading, key, problems, gone)
    if len(print_html(screen, card_url=reading.card_url)) > 1:
        await send_file(bot, user_id, shown.problems_text(reading, problems).encode(), _FILE_NAME)
        screen = shown.broken_draft_file_screen(reading, key, problems, gone)
    await say(reading, bot, user_id, screen)


async def screen_of_draft(desk: Desk, reading: Reading, draft: Draft, page: int = 0) -> Screen:
    """The difference that a draft makes, or what was published under it. Raises ProblemsError where it has faults."""
    if not draft.files:
        return note_screen(reading, "draft-only-writing", count=len(draft.sheets))
    beneath = await desk.newsroom.beneath(draft)
    if beneath:
        name = beneath.current.pen_name or reading.text("nameless")
        number = beneath.current.number
        return shown.beneath_screen(reading, draft.key, number, name, beneath.differences, beneath.both, page)
    found = await desk.newsroom.examine(draft)
    if found.bundle.digest == desk.library.digest:
        return shown.same_screen(reading, draft.key, sorted(draft.files))
    touched = await desk.newsroom.touched(draft)
    zone = ZoneInfo(desk.timezone)
    at = shown.moment_name(reading, datetime.fromtimestamp(draft.publish_at, zone)) if draft.publish_at else ""
    cards = _changed_cards(found)
    return shown.draft_screen(
        reading, draft.key, touched.changed, found.differences, len(cards), gone=touched.gone, page=page, at=at
    )


def _changed_cards(found: Examined) -> list[Card]:
    names = [*(change.card.id for change in found.differences.changed), *(card.id for card in found.differences.added)]
    return [found.catalog.by_id[name] for name in names]


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button under a draft, pressed by an editor. One of another draft shows what the draft is now."""
    user_id = query.from_user.id
    what, _, value = route.trail.partition(":")
    if what == shown.SKELETON:  # it takes the draft as it is, if there is one, and changes nothing
        await settle(query)
        await sources.send_skeleton(query.get_bot(), desk, reading, user_id, value)
        return
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None:
        await settle(query)
        await turn(reading, query, note_screen(reading, "draft-none"))
        return
    if draft.key != route.key:
        await settle(query, reading.text("draft-other"))
        await _turn_to_draft(query, desk, reading, draft)
        return
    if what == shown.PUBLISH:
        await settle(query)
        await _publish(query, desk, reading, draft)
    elif what == shown.DISCARD:
        await desk.newsroom.drafts.discard(user_id)
        await settle(query)
        await turn(reading, query, note_screen(reading, "draft-discarded"))
    elif what == shown.LATER:
        await settle(query)
        await _later(query, desk, reading, draft, value)
    elif what == shown.PREVIEW:
        await settle(query)
        await _preview(query, desk, reading, draft, route.page)
    else:
        await settle(query)
        if what == shown.AGAIN:
            await desk.newsroom.look_again(user_id)
        elif what == shown.KEEP:
            await desk.newsroom.drafts.keep_files(user_id)
        draft = await desk.newsroom.drafts.of(user_id)
        if draft is None:
            await turn(reading, query, note_screen(reading, "draft-none"))
            return
        await _turn_to_draft(query, desk, reading, draft, route.page)


async def _turn_to_draft(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, page: int = 0) -> None:
    desk.pauses.drop(query.from_user.id)
    try:
        await turn(reading, query, await screen_of_draft(desk, reading, draft, page))
    except ProblemsError as error:
        gone = (await desk.newsroom.touched(draft)).gone
        await say_problems(query.get_bot(), reading, query.from_user.id, draft.key, error.problems, gone)
    await desk.newsroom.drafts.told(query.from_user.id)


async def _publish(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft) -> None:
    try:
        published = await desk.newsroom.publish(query.from_user.id, draft.key)
    except StaleError:
        again = await desk.newsroom.drafts.of(query.from_user.id)
        if again:
            await _turn_to_draft(query, desk, reading, again)
        return
    except ProblemsError as error:
        await say_problems(query.get_bot(), reading, query.from_user.id, draft.key, error.problems)
        return
    number = published.version.number
    await turn(reading, query, published_screen(reading, number, published.differences, undo=True))


async def _preview(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, page: int) -> None:
    try:
        found = await desk.newsroom.examine(draft)
    except ProblemsError:
        await _turn_to_draft(query, desk, reading, draft)
        return
    cards = _changed_cards(found)
    if not cards:
        await _turn_to_draft(query, desk, reading, draft)
        return
    there = replace(reading, catalog=found.catalog)
    await turn(reading, query, shown.preview_screen(there, draft.key, cards, page))


async def _later(query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, value: str) -> None:
    """Offer moments, keep the one chosen, or take it back."""
    user_id, store = query.from_user.id, desk.newsroom.drafts
    if value.isdecimal():
        await store.publish_at(user_id, int(value))
    elif value == "ask":
        asked = reading.text("later-ask", zone=desk.timezone)
        await ask(reading, query.get_bot(), user_id, shown.prompt_screen(reading, asked, f"d-{draft.key}"))
        return
    elif draft.publish_at is None:
        moments = moments_from(desk.clock.now().astimezone(ZoneInfo(desk.timezone)))
        await turn(reading, query, shown.later_screen(reading, draft.key, moments, desk.timezone))
        return
    else:
        await store.publish_at(user_id, None)
    await _turn_to_draft(query, desk, reading, await store.of(user_id) or draft)


async def answered(desk: Desk, reading: Reading, message: Message, key: str) -> None:
    """Keep the moment that an editor wrote, and show the draft again."""
    user_id = message.chat_id
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None or draft.key != key:
        await reply(reading, message, note_screen(reading, "draft-other" if draft else "draft-none"))
        return
    now = desk.clock.now().astimezone(ZoneInfo(desk.timezone))
    moment = read_moment(message.text or "", now)
    if moment is None or not timedelta(0) < moment - now < timedelta(days=366):
        await reply(reading, message, note_screen(reading, "later-unclear"))
        return
    await desk.newsroom.drafts.publish_at(user_id, int(moment.timestamp()))
    await show_draft(message.get_bot(), desk, user_id, reading.language)


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


async def show_unchecked(bot: Bot, desk: Desk) -> None:
    """Tell those editors who have not been told yet; a restart came in between."""
    for user_id in await desk.newsroom.drafts.unchecked():
        if not await desk.is_editor(user_id):
            continue
        try:
            await show_draft(bot, desk, user_id)
        except TelegramError as error:  # it stays unchecked: the next start tries again
            _LOG.warning("an editor could not be shown their draft: %s", meaning(error).name)
