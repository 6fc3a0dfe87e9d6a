"""Button presses: each leads to a route, and the screen of that route replaces the message."""

from __future__ import annotations

import logging
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.handlers import administering, editorial, newsroom, settings
from bot.handlers.answers import settle, turn
from bot.handlers.desk import Context, Desk, asked_words, desk_of, may_decide
from bot.handlers.editions import whatsnew_at
from bot.handlers.office import administers
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.search.index import Answer
from bot.views.menus import home_screen, note_screen
from bot.views.reading import Reading, card_route
from bot.views.results import results_screen
from bot.views.routes import Route, View, parse
from bot.views.screens import screen_of
from bot.views.trails import SEARCH

_LOG = logging.getLogger(__name__)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Every button."""
    return [CallbackQueryHandler(press)]


async def press(update: Update, context: Context) -> None:
    """Show where a button leads; the answer to the press comes first, since people wait for it."""
    query, desk = update.callback_query, desk_of(context)
    if query is None:
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    route = parse(query.data or "")
    office = desk.office if administers(desk, update) else None
    if route and route.view is View.ADMINISTER and office:
        await administering.press(query, desk, office, reading, route)
        return
    if route is None or route.view is View.ADMINISTER:
        if route:
            _LOG.warning("a button of administrators from somebody else")
        await settle(query, reading.text("error-old-button"))
        await turn(reading, query, home_screen(reading))
        return
    if route.view == View.CHOOSE_LANGUAGE:
        await _choose_language(update, query, desk, reading, route)
        return
    if route.view is View.EDITORIAL:
        await editorial.press(update, query, desk, reading, route)
        return
    if route.view in newsroom.VIEWS:
        await newsroom.press(update, query, desk, reading, route)
        return
    if route.view in settings.VIEWS:
        await settings.press(update, query, desk, reading, route)
        return
    await settle(query)
    if route.view is View.WHATSNEW:
        await turn(reading, query, await whatsnew_at(desk, reading, route.page))
        return
    await turn(reading, query, _screen(desk, reading, query, route))


def _screen(desk: Desk, reading: Reading, query: CallbackQuery, route: Route) -> Screen:
    if route.view == View.SEARCH:
        return _results(desk, reading, query, route.page)
    if route.view == View.RANDOM:
        return screen_of(reading, card_route(desk.chance.choice(reading.catalog.cards)))
    if route.trail == SEARCH:
        _, answer = _asked(desk, _question(desk, query))
        return screen_of(reading, route, [hit.card for hit in answer.hits])
    return screen_of(reading, route)


def _results(desk: Desk, reading: Reading, query: CallbackQuery, page: int) -> Screen:
    words = _question(desk, query)
    if not words:
        return note_screen(reading, "search-again")
    return results_screen(reading, *_asked(desk, words), page)


def _asked(desk: Desk, words: str) -> tuple[str, Answer]:
    """A question and its answer; where nothing fits it, the words offered instead and theirs.

    Whoever presses a button under a question without an answer took the offer: a button holds no words.
    """
    index = desk.library.index
    answer = index.search(words)
    if answer.hits or not answer.did_you_mean:
        return words, answer
    return answer.did_you_mean, index.search(answer.did_you_mean)


def _question(desk: Desk, query: CallbackQuery) -> str:
    """The question of a search: it stands in the message that the results reply to, and nowhere else."""
    message = query.message
    return asked_words(message.reply_to_message if isinstance(message, Message) else None, desk.username)


async def _choose_language(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    chat = update.effective_chat
    if chat is None or route.key not in set(Language):
        await settle(query)
        return
    if not await may_decide(update):
        await settle(query, reading.text("language-group"))
        return
    language = Language(route.key)
    await desk.chats.choose_language(chat.id, language)
    await settle(query)
    chosen = desk.reading_in(language)
    await turn(chosen, query, home_screen(chosen))
