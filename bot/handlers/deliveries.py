"""/delivery shows how what goes out goes out; what is unconfirmed is posted, or counts as posted, by a press."""

from __future__ import annotations

import re
from typing import Any

from telegram import Bot, CallbackQuery, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers.answers import reply, settle, turn
from bot.handlers.desk import Context, Desk
from bot.handlers.office import Office, for_administrators
from bot.handlers.places import find_chat
from bot.layout.blocks import Screen
from bot.subscription import ChatKey
from bot.views.administration import UNCONFIRMED_SHOWN, RunShown, UnconfirmedShown, delivery_screen
from bot.views.reading import Reading

_NUMBER = re.compile(r"[0-9]{1,6}")


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The command."""
    return [CommandHandler("delivery", for_administrators(show), filters=filters.UpdateType.MESSAGE)]


async def show(update: Update, desk: Desk, office: Office, reading: Reading) -> None:
    """The latest runs and what is unconfirmed."""
    if update.message:
        await reply(reading, update.message, await _screen(update.get_bot(), desk, office, reading))


async def _screen(bot: Bot, desk: Desk, office: Office, reading: Reading, skip: int = 0) -> Screen:
    runs = [
        RunShown(
            run.kind,
            run.period,
            run.due,
            {state.value: number for state, number in run.states.items()},
            run.busiest_minute,
            run.late,
            await office.first_words(run.kind, run.period, reading.language),
            run.twice,
            run.taken_back,
        )
        for run in await office.deliveries.runs()
    ]
    count = await office.deliveries.unconfirmed_count()
    skip = skip if skip < count else 0
    doubtful = await office.deliveries.unconfirmed(UNCONFIRMED_SHOWN, skip)
    names = [await _name(bot, desk, each.chat) for each in doubtful]
    shown = [UnconfirmedShown(each.id, name, each.part, each.due) for each, name in zip(doubtful, names, strict=True)]
    return delivery_screen(reading, runs, shown, skip=skip, count=count)


async def _name(bot: Bot, desk: Desk, chat: ChatKey) -> str:
    """The title of a chat as Telegram gives it now; empty where it gives none."""
    found = await desk.subscriptions.place_of(chat)
    place = await find_chat(bot, found[0]) if found else None
    return place.name if place else ""


async def press(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, what: str, value: str) -> None:
    """Post now what nobody confirmed, or note that it is there; or look again, or on from so many."""
    words = None
    if what in ("post", "seen") and value.isdecimal():
        await office.bring_up_to_date()  # what was lost may be long ago, and what is sent now is to be right
        said = "delivery-post" if what == "post" else "delivery-seen"
        settle_it = office.deliveries.post_now if what == "post" else office.deliveries.is_there
        settled = await settle_it(int(value), desk.now, desk.now + office.late_seconds)
        words = reading.text(said if settled else "delivery-settled")
        office.wake()
    await settle(query, words)
    skip = int(value) if what == "delivery" and _NUMBER.fullmatch(value) else 0
    await turn(reading, query, await _screen(query.get_bot(), desk, office, reading, skip))
