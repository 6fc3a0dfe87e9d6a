"""The editors' say in an edition: /pin and /hold a card, /note, /edition with a proof in both languages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.catalog.cards import Card
from bot.catalog.editorial import week_key
from bot.digests.schedule import EPOCH, Period
from bot.handlers.answers import reply, settle, turn
from bot.handlers.commands import LANGUAGES
from bot.handlers.desk import Context, Desk, desk_of, words_behind
from bot.handlers.roles import may_edit, refuse, refuse_press
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.search.naming import Named, find_named
from bot.store.editorial import NOTE_LENGTH, PINS, NoteTooLongError, PinsFullError
from bot.subscription import Cadence
from bot.views.editorial import choice_screen, proof_screen, week_screen
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.routes import Route

_LINK = re.compile(r"start(?:=|%3D)([a-z0-9-]+)")
"""A card's id in a deep link, also inside the link of a share button."""
_NOW = {"now", "сейчас"}
"""The word before a card or a note that means the editions of this week instead of the next one."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Order:
    """What an editor wrote: in which words, on what message it answers, for which week (0 this one, 1 the next)."""

    words: str
    replied: Message | None
    week: int


Act = Callable[[Desk, Reading, Order], Awaitable[Screen]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The commands of editors."""
    acts: dict[str, Act] = {"pin": pin, "hold": hold, "note": note, "edition": show}
    return [CommandHandler(name, _for_editors(act), filters=filters.UpdateType.MESSAGE) for name, act in acts.items()]


def _for_editors(act: Act) -> Handler:
    """A command of editors; to everybody else it is one that does not exist."""

    async def handle(update: Update, context: Context) -> None:
        desk, message = desk_of(context), update.message
        if message is None:
            return
        if not await may_edit(desk, update):
            await refuse(update, context)
            return
        reading = await desk.reading(update.effective_chat, update.effective_user)
        await reply(reading, message, await act(desk, reading, _order(message)))

    return handle


def _order(message: Message) -> Order:
    words = words_behind(message.text or "")
    first, _, rest = words.partition(" ")
    if first.casefold() in _NOW:
        return Order(rest.strip(), message.reply_to_message, 0)
    return Order(words, message.reply_to_message, 1)


async def press(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button of editors; to everybody else it is one that is no longer known."""
    if not await may_edit(desk, update):
        await refuse_press(query, reading)
        return
    await settle(query)
    await turn(reading, query, await _pressed(desk, reading, route))


async def _pressed(desk: Desk, reading: Reading, route: Route) -> Screen:
    what, _, value = route.trail.partition(":")
    card = reading.catalog.by_key.get(route.key)
    if what == "see" and value in set(Language):
        return await _proof(desk, desk.reading_in(Language(value)), route.page)
    if what in _DECISIONS and card:
        return await _decide(desk, reading, what, card, route.page)
    return await _week(desk, reading, route.page)


async def show(desk: Desk, reading: Reading, order: Order) -> Screen:
    """What is decided for the coming editions."""
    return await _week(desk, reading, order.week)


async def pin(desk: Desk, reading: Reading, order: Order) -> Screen:
    """Pin the card that is named, or whose message is answered."""
    return await _named(desk, reading, "pin", order)


async def hold(desk: Desk, reading: Reading, order: Order) -> Screen:
    """Hold it back."""
    return await _named(desk, reading, "hold", order)


async def note(desk: Desk, reading: Reading, order: Order) -> Screen:
    """Write the note in a language, `/note en …`; without a text delete it."""
    first, _, rest = order.words.partition(" ")
    if "\n" in first:
        first, _, rest = order.words.partition("\n")
    language = find_named(first, LANGUAGES)[0]
    if language is None:
        return note_screen(reading, "editorial-note-how", length=NOTE_LENGTH)
    try:
        await desk.editorial.write(_key(desk, order.week), language, rest.strip())
    except NoteTooLongError:
        return note_screen(reading, "editorial-note-long", length=NOTE_LENGTH, written=len(rest.strip()))
    desk.on_change()
    return await _week(desk, reading, order.week)


async def _named(desk: Desk, reading: Reading, what: str, order: Order) -> Screen:
    card = _linked(reading, order)
    near: tuple[Card, ...] = ()
    if card is None and order.words:
        names = [Named(each, (each.id, each.title.en, each.title.ru)) for each in reading.catalog.cards]
        card, near = find_named(order.words, names)
    if card is None:
        return choice_screen(reading, what, order.week, near)
    return await _decide(desk, reading, what, card, order.week)


def _linked(reading: Reading, order: Order) -> Card | None:
    """The card whose link was sent, or stands under the message that is answered."""
    links = [order.words]
    if not order.words and order.replied and order.replied.reply_markup:
        links = [button.url or "" for row in order.replied.reply_markup.inline_keyboard for button in row]
    found = (match[1] for link in links if (match := _LINK.search(link)))
    return next((card for card_id in found if (card := reading.catalog.find(card_id))), None)


async def _pin(desk: Desk, week: str, card: str) -> None:
    await desk.editorial.pin(week, card, desk.now)


async def _hold(desk: Desk, week: str, card: str) -> None:
    await desk.editorial.hold(week, card)


async def _release(desk: Desk, week: str, card: str) -> None:
    await desk.editorial.release(week, card)


_DECISIONS: dict[str, Callable[[Desk, str, str], Awaitable[None]]] = {"pin": _pin, "hold": _hold, "off": _release}


async def _decide(desk: Desk, reading: Reading, what: str, card: Card, week: int) -> Screen:
    try:
        await _DECISIONS[what](desk, _key(desk, week), card.id)
    except PinsFullError:
        return note_screen(reading, "editorial-pins-full", count=PINS)
    desk.on_change()
    return await _week(desk, reading, week)


async def _week(desk: Desk, reading: Reading, week: int) -> Screen:
    decided = (await desk.editorial.read()).week(_key(desk, week))
    return week_screen(reading, _monday(desk, week), decided, week)


async def _proof(desk: Desk, reading: Reading, week: int) -> Screen:
    end = _monday(desk, week)
    first = end - _WEEK
    period = Period(Cadence.WEEKLY, first, end, f"w{first}", (first - EPOCH) // _WEEK)
    return proof_screen(reading, await desk.composer.preview(period, (), reading.language), week)


def _monday(desk: Desk, week: int) -> date:
    """The Monday from which editions go out: of this week or the next."""
    today = desk.clock.now().date()
    return today - timedelta(days=today.weekday()) + min(week, 1) * _WEEK


def _key(desk: Desk, week: int) -> str:
    return week_key(_monday(desk, week))
