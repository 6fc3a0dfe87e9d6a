"""Subscribing, in words: /subscribe, /settings, /unsubscribe, for this chat or for a channel that is named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.digests.choices import with_timezone
from bot.handlers import hearing
from bot.handlers.answers import reply
from bot.handlers.commands import LANGUAGES
from bot.handlers.desk import Context, Desk, asked_words, desk_of, is_private
from bot.handlers.places import Place, another_hearer, find_chat, follows_of, kept_of, named_chat, place_of
from bot.handlers.rights import obstacle
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.search.naming import find_named
from bot.store.subscriptions import MOST_IN_A_CHAT, FullError
from bot.subscription import ChatKind, State
from bot.views.choosing import cities_screen, linked
from bot.views.cities import find_zone
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.subscriptions import (
    Kept,
    ended_screen,
    list_of_subscriptions,
    offer_screen,
    subscription_screen,
    unsubscribed_screen,
)

Act = Callable[[Update, Desk, Reading, Place, str], Awaitable[Screen]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The commands, and the deep link to a subscription's settings."""
    new = filters.UpdateType.MESSAGE
    link = filters.Regex(r"^/start(@\w+)? u-")
    return [
        CommandHandler("start", for_place(open_link), filters=new & link),
        CommandHandler("subscribe", for_place(subscribe), filters=new),
        CommandHandler("unsubscribe", for_place(unsubscribe), filters=new),
        CommandHandler("settings", for_place(settings), filters=new),
    ]


def for_place(act: Act) -> Handler:
    """A command about this chat or about a channel that is named after it, where whoever sends it may decide."""

    async def handle(update: Update, context: Context) -> None:
        message = update.message
        if message is None:
            return
        desk = desk_of(context)
        reading = await desk.reading(update.effective_chat, update.effective_user)
        name, words = named_chat(asked_words(message, desk.username))
        if name:
            screen = await _for_channel(update, desk, reading, name, words, act)
        elif key := await obstacle(update, message.chat_id, place_of(message).kind):
            screen = note_screen(reading, key)
        else:
            screen = await act(update, desk, reading, place_of(message), words)
        await reply(reading, message, screen)

    return handle


async def _for_channel(update: Update, desk: Desk, reading: Reading, name: str, words: str, act: Act) -> Screen:
    if not is_private(update.effective_chat):
        return note_screen(reading, "channel-in-private", username=desk.username)
    place = await find_chat(update.get_bot(), name)
    if place is None:
        return note_screen(reading, "channel-unknown", name=name)
    if place.kind is not ChatKind.CHANNEL:
        return note_screen(reading, "channel-no-channel", name=name)
    if key := await obstacle(update, place.chat_id, place.kind, posting=_posts(act, words)):
        return note_screen(reading, "channel-unknown" if key == "place-closed" else key, name=name)
    return await act(update, desk, reading, place, words)


def _posts(act: Act, words: str) -> bool:
    """Whether it makes the bot post there, or changes when it does: settings are looked at where no city is named."""
    return act is subscribe or (act is settings and bool(words))


async def subscribe(update: Update, desk: Desk, reading: Reading, place: Place, words: str) -> Screen:
    """Subscribe at once, in the language named or the one spoken here, and show what can be changed."""
    return await begin(update, desk, reading, place, find_named(words, LANGUAGES)[0] or reading.language)


async def begin(update: Update, desk: Desk, reading: Reading, place: Place, language: Language) -> Screen:
    """Subscribe a place and show the settings. A second subscription of a chat begins with the choices of the first."""
    there = await desk.subscriptions.of_chat(place.chat_id)
    known = next((each for each in there if (each.thread, each.language) == (place.thread, language)), None)
    if known and known.state in (State.UNREACHABLE, State.BLOCKED):
        await desk.subscriptions.found_again(place.chat_id, desk.now, desk.next_due)
    choices = there[0].choices if there else desk.first_choices
    try:
        subscription = await desk.subscriptions.subscribe(
            place.chat_id,
            place.kind,
            place.thread,
            language,
            choices,
            None,
            desk.next_due(choices.schedule),
            since=desk.now,
        )
    except FullError:
        return note_screen(reading, "too-many-subscriptions", count=MOST_IN_A_CHAT)
    siblings = place.kind is ChatKind.CHANNEL or len(there) + (known is None) > 1
    another = await another_hearer(desk, update, subscription) is not None
    follows = follows_of(subscription)
    kept = Kept(subscription, place.kind, place.name, siblings=siblings, follows=follows, another=another)
    return subscription_screen(reading, kept, "settings-again" if known else f"settings-new-{place.kind.value}")


async def settings(update: Update, desk: Desk, reading: Reading, place: Place, words: str) -> Screen:
    """The settings of this place, or its clocks set by the city that is named."""
    if words:
        return await move_clocks(update, desk, reading, place, words)
    return await overview(update, desk, reading, place)


async def overview(
    update: Update, desk: Desk, reading: Reading, place: Place, note: str = "", *, listed: bool = False
) -> Screen:
    """The one subscription there is, or the list of several, or what the digest is where there is none.

    `note` is the key of a text that stands over the one; `listed`: a list even of one.
    """
    own = await desk.subscriptions.of_chat(place.chat_id)
    others = await desk.subscriptions.told_to(place.chat_id) if place.kind is ChatKind.PRIVATE else ()
    several = len(own) + len(others) > 1
    found = [await kept_of(desk, update, each, siblings=several) for each in (*own, *others)]
    there = [kept for kept in found if kept]
    if not there:
        return offer_screen(reading, place.kind, place.name)
    if len(there) == 1 and there[0].kind is place.kind and not listed:
        return subscription_screen(reading, there[0], note)
    return list_of_subscriptions(reading, place.kind, there)


async def move_clocks(update: Update, desk: Desk, reading: Reading, place: Place, words: str) -> Screen:
    """Set the timezone of every subscription of a chat, by a city or an IANA name."""
    there = await desk.subscriptions.of_chat(place.chat_id)
    if not there:
        return note_screen(reading, "zone-none-here")
    timezone, near = find_zone(words)
    if timezone is None:
        return cities_screen(reading, words, near, None)
    return await set_timezone(update, desk, reading, place, timezone)


async def set_timezone(update: Update, desk: Desk, reading: Reading, place: Place, timezone: str) -> Screen:
    """Keep another timezone for every subscription of a chat."""
    for each in await desk.subscriptions.of_chat(place.chat_id):
        choices = with_timezone(each.choices, timezone)
        await desk.subscriptions.change(each.key, choices, now=desk.now, next_due=desk.next_due)
    return await overview(update, desk, reading, place, "zone-chosen")


async def unsubscribe(update: Update, desk: Desk, reading: Reading, place: Place, _words: str) -> Screen:
    """End the one subscription of this place; where there are several, ask which."""
    there = await desk.subscriptions.of_chat(place.chat_id)
    here = [each for each in there if each.thread == place.thread] if place.thread else list(there)
    if not here:
        return ended_screen(reading, place.kind, "not-subscribed")
    if len(here) > 1:
        found = [await kept_of(desk, update, each) for each in here]
        return list_of_subscriptions(reading, place.kind, [kept for kept in found if kept])
    await hearing.unsubscribe(update, desk, here[0])
    return unsubscribed_screen(reading, place.kind)


async def open_link(update: Update, desk: Desk, reading: Reading, _place: Place, words: str) -> Screen:
    """The settings that a deep link leads to, for whoever may decide there."""
    key = linked(words)
    subscription = await desk.subscriptions.by_key(key) if key else None
    kept = await kept_of(desk, update, subscription) if subscription else None
    place = await desk.subscriptions.place_of(subscription.chat) if subscription else None
    if kept is None or place is None:
        return ended_screen(reading, ChatKind.PRIVATE, "subscription-gone")
    if key := await obstacle(update, *place, posting=False):
        return note_screen(reading, key)
    return subscription_screen(reading, kept)
