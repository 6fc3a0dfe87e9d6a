"""Presses on a subscription's settings: each is checked against the rights of whoever presses, then kept and shown."""

from __future__ import annotations

import re
from datetime import timedelta

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.digests.choices import changed
from bot.handlers import hearing, privacy
from bot.handlers.answers import keyboard, post, settle, turn
from bot.handlers.channels import offer_keyboard
from bot.handlers.desk import Desk
from bot.handlers.places import Place, another_hearer, kept_of, kind_of, place_of
from bot.handlers.prompts import ask
from bot.handlers.rights import obstacle
from bot.handlers.subscribing import begin, overview, set_timezone
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.subscription import ChatKind, Subscription
from bot.transport.errors import Meaning, meaning
from bot.views.choosing import PAUSES, PROMPTS, choosing_screen
from bot.views.cities import city_of_key
from bot.views.previews import skip_buttons
from bot.views.reading import Reading
from bot.views.routes import Route, View
from bot.views.subscriptions import (
    LIST,
    Kept,
    channel_screen,
    ended_screen,
    subscription_screen,
    unsubscribed_screen,
)

VIEWS = {View.SETTINGS, View.CHANGE, View.UNSUBSCRIBE}
_SILENCING = {"export", "pause", "skip", "told:0", "preview:0"}
"""Presses of `View.CHANGE` that leave the bot less to post or to tell, or only read."""
_PERIOD = re.compile(r"[a-z]\d{4}-\d\d(-\d\d)?")


async def press(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a press on one of `VIEWS`."""
    if not route.key:
        await _general(update, query, desk, reading, route)
        return
    subscription = await desk.subscriptions.by_key(route.key)
    place = await desk.subscriptions.place_of(subscription.chat) if subscription else None
    if subscription is None or place is None:
        await _gone(query, reading, route)
        return
    chat_id, kind = place
    if key := await obstacle(update, chat_id, kind, posting=_posts(route)):
        await settle(query, reading.text(key))
        return
    if await privacy.pressed(update, query, desk, reading, route, chat_id):
        return
    match route.view:
        case View.SETTINGS:
            await _show(update, query, desk, reading, subscription, route)
        case View.UNSUBSCRIBE:
            await hearing.unsubscribe(update, desk, subscription)
            await _answer(query, reading, unsubscribed_screen(reading, kind), anew=not route.trail)
        case _:
            await _change(update, query, desk, reading, subscription, route)


def _posts(route: Route) -> bool:
    """Whether a press makes the bot post there, or changes what it posts: looking and silencing do not."""
    return route.view is View.CHANGE and _SILENCING.isdisjoint((route.trail, route.trail.partition(":")[0]))


async def _gone(query: CallbackQuery, reading: Reading, route: Route) -> None:
    """A button of a subscription that is no more. Under a digest only a note: the digest stays to be read."""
    if not route.trail:
        await settle(query, reading.text("subscription-gone"))
        return
    kind = kind_of(query.message.chat) if query.message else ChatKind.PRIVATE
    await _answer(query, reading, ended_screen(reading, kind, "subscription-gone"))


async def _answer(query: CallbackQuery, reading: Reading, screen: Screen, *, anew: bool = False) -> None:
    """Show a screen in place of the one whose button was pressed, or `anew` below a digest."""
    await settle(query)
    if anew and query.message:
        await post(reading, query.get_bot(), query.message, screen)
    else:
        await turn(reading, query, screen)


async def _general(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Presses that are about the chat, not about one subscription."""
    message = query.message
    if not message:
        await settle(query)
        return
    place = place_of(message) if isinstance(message, Message) else Place(message.chat.id, kind_of(message.chat))
    if route.view is View.SETTINGS and route.trail == "channel" and place.kind is ChatKind.PRIVATE:
        await _answer(query, reading, channel_screen(reading))
        await offer_keyboard(reading, query.get_bot(), place.chat_id)
        return
    what, _, value = route.trail.partition(":")
    changes = route.view is not View.SETTINGS
    if (changes or place.kind is not ChatKind.PRIVATE) and (key := await obstacle(update, place.chat_id, place.kind)):
        await settle(query, reading.text(key))
        return
    if await privacy.pressed(update, query, desk, reading, route, place.chat_id):
        return
    if changes and what == "subscribe":
        screen = await begin(update, desk, reading, place, reading.language)
    elif changes and what == "zone" and (city := city_of_key(value)):
        screen = await set_timezone(update, desk, reading, place, city.timezone)
    elif what == "privacy":
        screen = await privacy.show(update, desk, reading, place, "")
    else:
        screen = await overview(update, desk, reading, place)
    await _answer(query, reading, screen)


async def _show(
    update: Update, query: CallbackQuery, desk: Desk, reading: Reading, subscription: Subscription, route: Route
) -> None:
    kept = await kept_of(desk, update, subscription)
    if kept is None:
        await _gone(query, reading, route)
        return
    if route.trail == LIST and (place := await _place(desk, kept)):
        screen = await overview(update, desk, reading, place, listed=True)
    else:
        screen = choosing_screen(reading, kept, route.trail, route.page) or subscription_screen(reading, kept)
    await _answer(query, reading, screen, anew=not route.trail)


async def _place(desk: Desk, kept: Kept) -> Place | None:
    """Where a subscription rings; None where its chat was forgotten."""
    found = await desk.subscriptions.place_of(kept.subscription.chat)
    return Place(*found, kept.subscription.thread, kept.name) if found else None


async def _change(
    update: Update, query: CallbackQuery, desk: Desk, reading: Reading, before: Subscription, route: Route
) -> None:
    """Keep what was pressed, and show the settings as they are now; of topics the choice, to go on choosing."""
    what, _, value = route.trail.partition(":")
    if what in ("skip", "keep"):
        await _skip(query, desk, reading, before, what, value)
        return
    if what == "also" and value in set(Language):
        await _also(update, query, desk, reading, before, Language(value))
        return
    if await hearing.wants_in_vain(update, desk, reading, before, what, value):
        await settle(query, reading.text("told-first"))
        return
    had = await another_hearer(desk, update, before)
    after, note = await _kept_change(update, desk, before, what, value), ""
    if after:
        await hearing.follow(update, desk, had, before, after)
    if after is None and what == "speak":
        after, note = await _beside(desk, before, value), "language-taken"
    kept = await kept_of(desk, update, after or before)
    if kept is None:
        await _gone(query, reading, route)
        return
    if what == "ask" and value in PROMPTS and query.message:
        await ask(reading, query.get_bot(), query.message, kept, value)
    screen = choosing_screen(reading, kept, "topics") if what in ("topic", "topics") else None
    await _answer(query, reading, screen or subscription_screen(reading, kept, note if after else ""))


async def _beside(desk: Desk, one: Subscription, language: str) -> Subscription | None:
    """The subscription of the same place in another language."""
    place = await desk.subscriptions.place_of(one.chat)
    there = await desk.subscriptions.of_chat(place[0]) if place else ()
    return next((each for each in there if (each.thread, each.language) == (one.thread, language)), None)


async def _also(
    update: Update, query: CallbackQuery, desk: Desk, reading: Reading, beside: Subscription, language: Language
) -> None:
    """Subscribe the same place in another language too."""
    kept = await kept_of(desk, update, beside)
    place = await _place(desk, kept) if kept else None
    if place:
        await _answer(query, reading, await begin(update, desk, reading, place, language))
    else:
        await settle(query, reading.text("subscription-gone"))


async def _kept_change(update: Update, desk: Desk, before: Subscription, what: str, value: str) -> Subscription | None:
    """Keep one change; the subscription afterwards, or None where there is no such choice."""
    store, schedule = desk.subscriptions, before.choices.schedule
    if what == "speak" and value in set(Language):
        return await store.speak(before.key, Language(value))
    if what == "resume":
        return await store.resume(before.key, desk.next_due(schedule))
    if what == "pause" and value.isdecimal() and int(value) in PAUSES:
        until = desk.now + int(timedelta(weeks=int(value)).total_seconds())
        return await store.pause(before.key, until, desk.next_due(schedule, until), now=desk.now)
    if what == "told":
        return await hearing.choose(update, desk, before, wants=value == "1")
    choices = changed(before.choices, what, value, desk.library.catalog)
    if choices is None:
        return None
    if what == "preview" and choices.preview_hours and update.effective_user:
        await store.tell(before.key, update.effective_user.id)
    return await store.change(before.key, choices, now=desk.now, next_due=desk.next_due)


async def _skip(
    query: CallbackQuery, desk: Desk, reading: Reading, subscription: Subscription, what: str, period: str
) -> None:
    """Skip the edition that a preview shows, or send it after all; the preview stays to be read."""
    if not _PERIOD.fullmatch(period):
        await settle(query)
        return
    skipped = what == "skip"
    await desk.subscriptions.skip(subscription.key, period if skipped else None)
    await settle(query, reading.text("skipped" if skipped else "kept-on"))
    try:
        buttons = skip_buttons(reading, subscription.key, period, skipped=skipped)
        await query.edit_message_reply_markup(keyboard(buttons))
    except TelegramError as error:
        if meaning(error) not in (Meaning.NOT_MODIFIED, Meaning.GONE, Meaning.FIXED):
            raise
