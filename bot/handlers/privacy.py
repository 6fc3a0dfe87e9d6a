"""/privacy shows and exports everything that is kept about a chat; /forget deletes it at once."""

from __future__ import annotations

from typing import Any

import orjson
from telegram import Bot, CallbackQuery, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers import hearing
from bot.handlers.answers import send_file, settle, turn
from bot.handlers.desk import Context, Desk
from bot.handlers.places import Place
from bot.handlers.subscribing import for_place
from bot.layout.blocks import Screen
from bot.subscription import ChatKind
from bot.views.menus import note_screen
from bot.views.privacy import privacy_screen
from bot.views.reading import Reading
from bot.views.routes import Route, View

FILE_NAME = "kolokol-privacy.json"


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The two commands; /stop is another name for the second."""
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("privacy", for_place(show), filters=new),
        CommandHandler(["forget", "stop"], for_place(forget), filters=new),
    ]


async def show(_update: Update, desk: Desk, reading: Reading, place: Place, _words: str) -> Screen:
    """What is kept about a place."""
    sections = await desk.dossier(place.chat_id)
    kept = [(_name(each.table, each.column), each.rows) for each in sections]
    channel = place.kind is ChatKind.CHANNEL
    there = await desk.subscriptions.of_chat(place.chat_id) if channel else ()
    return privacy_screen(
        reading,
        kept,
        outbox_days=desk.outbox_days,
        key=there[0].key if there else "",
        channel=place.name if channel else "",
    )


def _name(table: str, column: str) -> str:
    return table if table == "chats" else f"{table}-{column}"


async def forget(update: Update, desk: Desk, reading: Reading, place: Place, _words: str) -> Screen:
    """Delete all that is kept about a place, what waits to be sent too."""
    await hearing.forget(update, desk, place.chat_id)
    return note_screen(reading, "forgotten-channel" if place.kind is ChatKind.CHANNEL else "forgotten")


async def pressed(
    update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route, chat_id: int
) -> bool:
    """Answer the two buttons of /privacy, pressed by somebody who may; whether it was one of them."""
    here = update.effective_chat is not None and update.effective_chat.id == chat_id
    if route.view is View.CHANGE and route.trail == "export":
        await settle(query)
        if query.message:
            await _export(query.get_bot(), desk, reading, query.message.chat.id, chat_id)
        await turn(reading, query, note_screen(reading, "privacy-sent"))
        return True
    if route.view is View.UNSUBSCRIBE and route.trail == "forget":
        await settle(query)
        await hearing.forget(update, desk, chat_id)
        chosen = await desk.reading(update.effective_chat, update.effective_user)
        await turn(chosen, query, note_screen(chosen, "forgotten" if here else "forgotten-channel"))
        return True
    return False


async def _export(bot: Bot, desk: Desk, reading: Reading, to: int, about: int) -> None:
    """Send everything as a file of JSON: a list of rows for each place where there is something."""
    sections = await desk.dossier(about)
    data = {_name(each.table, each.column): each.rows for each in sections}
    written = orjson.dumps(data, option=orjson.OPT_INDENT_2)
    await send_file(bot, to, written, FILE_NAME, caption=reading.text("privacy-file"))
