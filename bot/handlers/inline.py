"""Inline queries: a card into any chat by `@bot words`."""

from __future__ import annotations

from typing import Any

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import InlineQueryLimit, ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, InlineQueryHandler

from bot.catalog.cards import Card
from bot.catalog.snapshot import card_key
from bot.handlers.answers import keyboard
from bot.handlers.desk import Context, desk_of
from bot.layout.blocks import Open, Screen
from bot.layout.telegram_html import print_html
from bot.transport.errors import Meaning, meaning
from bot.views.cards import card_blocks
from bot.views.reading import Reading
from bot.views.results import snippet_of

PAGE = InlineQueryLimit.RESULTS // 2
"""Results per answer; Telegram asks for the next ones when the reader scrolls."""
CACHE_SECONDS = 60
"""How long Telegram may give the same answer again: content changes rarely, and a correction must not wait."""


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Inline queries."""
    return [InlineQueryHandler(offer)]


async def offer(update: Update, context: Context) -> None:
    """Offer the cards that fit, or the topics where nothing is asked yet."""
    query, desk = update.inline_query, desk_of(context)
    if query is None:
        return
    reading = await desk.reading(None, query.from_user)
    start = int(query.offset) if query.offset.isdigit() else 0
    cards = _cards(reading, query.query, [hit.card for hit in desk.library.index.search(query.query).hits])
    shown = cards[start : start + PAGE]
    try:
        await query.answer(
            [_result(reading, card) for card in shown],
            cache_time=CACHE_SECONDS,
            is_personal=True,
            next_offset=str(start + PAGE) if start + PAGE < len(cards) else "",
            button=InlineQueryResultsButton(reading.text("inline-open"), start_parameter="menu"),
        )
    except TelegramError as error:
        if meaning(error) != Meaning.TOO_LATE:
            raise


def _cards(reading: Reading, words: str, found: list[Card]) -> list[Card]:
    return found if words.strip() else [topic.summary for topic in reading.catalog.topics]


def _result(reading: Reading, card: Card) -> InlineQueryResultArticle:
    """A card as one message: only its first part where it is long, with the way to the rest."""
    printed = print_html(Screen.of(card_blocks(reading, card)), card_url=reading.card_url)
    content = InputTextMessageContent(
        printed[0].html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    link = Open(reading.text("button-open-bot"), reading.card_url(card.id))
    return InlineQueryResultArticle(
        id=card_key(card.id),
        title=f"{reading.icon(card)} {reading.title(card)}",
        description=snippet_of(reading, card),
        input_message_content=content,
        reply_markup=keyboard(((link,),)),
    )
