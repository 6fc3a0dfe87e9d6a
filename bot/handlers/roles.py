"""Who may do what: administrators, and editors whom they add. For everybody else there is no such command."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    Message,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.handlers.answers import reply, say, settle, turn
from bot.handlers.desk import Context, Desk, asked_words, desk_of, is_private
from bot.handlers.office import administers
from bot.handlers.profile import present_to
from bot.handlers.questions import not_text, unknown_command
from bot.layout.blocks import Screen
from bot.store.editors import PEN_NAME_LENGTH, PenNameTakenError
from bot.views.menus import home_screen, note_screen
from bot.views.reading import Reading
from bot.views.roles import EDITORS, REMOVE, REMOVE_NOW, editors_screen, remove_screen, welcome_screen
from bot.views.routes import Route

_LOG = logging.getLogger(__name__)
ADD_REQUEST = 501
"""Names the button that asks for a person, so that its answer is told from those of other buttons."""

Act = Callable[[Update, Desk, Reading, Message, str], Awaitable[Screen | None]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The commands about roles, and the people who are handed to the bot."""
    new = filters.UpdateType.MESSAGE
    handing = new & filters.ChatType.PRIVATE & (filters.StatusUpdate.USERS_SHARED | filters.CONTACT)
    return [
        CommandHandler("editors", for_administrators(editors), filters=new),
        CommandHandler("penname", for_editors(pen), filters=new),
        MessageHandler(handing, handed),
    ]


async def may_edit(desk: Desk, update: Update) -> bool:
    """Whether whoever sent this may publish, asked of the database, and talks to the bot alone."""
    user = update.effective_user
    if user is None or not is_private(update.effective_chat):
        return False
    return administers(desk, update) or await desk.newsroom.editors.edits(user.id)


def for_administrators(act: Act) -> Handler:
    """A command of administrators; to everybody else it is one that does not exist."""

    async def allowed(desk: Desk, update: Update) -> bool:
        return administers(desk, update)

    return _for(act, allowed)


def for_editors(act: Act) -> Handler:
    """A command of editors and administrators; to everybody else it is one that does not exist."""
    return _for(act, may_edit)


def _for(act: Act, allowed: Callable[[Desk, Update], Awaitable[bool]]) -> Handler:
    async def handle(update: Update, context: Context) -> None:
        message, desk = update.message, desk_of(context)
        if message is None:
            return
        if not await allowed(desk, update):
            await refuse(update, context)
            return
        reading = await desk.reading(update.effective_chat, update.effective_user)
        if screen := await act(update, desk, reading, message, asked_words(message, desk.username)):
            await reply(reading, message, screen)

    return handle


async def refuse(update: Update, context: Context) -> None:
    """Answer as to a command that does not exist; the log says that somebody tried, and not who."""
    _LOG.warning("a command of editors from somebody else")
    if is_private(update.effective_chat):
        await unknown_command(update, context)


async def refuse_press(query: CallbackQuery, reading: Reading) -> None:
    """Answer as to a button of an old version; the log says that somebody tried, and not who."""
    _LOG.warning("a button of editors from somebody else")
    await settle(query, reading.text("error-old-button"))
    await turn(reading, query, home_screen(reading))


async def editors(update: Update, desk: Desk, reading: Reading, message: Message, words: str) -> Screen:
    """Show the editors; with `add`, or in reply to somebody, make them one; with `remove` ask whether to."""
    what, _, rest = words.partition(" ")
    person, pen_name = _person(message, rest if what in ("add", "remove") else words)
    if what == "remove":
        return await _removing(desk, reading, person, pen_name)
    if person is not None:
        return await add(update.get_bot(), desk, reading, person, pen_name)
    if what == "add":
        return note_screen(reading, "editors-whom")
    await _offer_people(reading, message)
    return await list_of_editors(desk, reading)


def _person(message: Message, words: str) -> tuple[int | None, str]:
    """Whom a message names, and the pen-name after it: by number, or as who wrote the message that it replies to."""
    first, _, rest = words.partition(" ")
    if first.isdecimal() and len(first) <= 16:
        return int(first), rest.strip()
    replied = message.reply_to_message
    origin = replied.forward_origin if replied else None
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.id, words.strip()
    if replied and replied.contact and replied.contact.user_id:
        return replied.contact.user_id, words.strip()
    return None, words.strip()


async def _removing(desk: Desk, reading: Reading, person: int | None, pen_name: str) -> Screen:
    name = pen_name if person is None else await desk.newsroom.editors.pen_name(person)
    found = next((each for each in await desk.newsroom.editors.all() if each.pen_name == name), None)
    return remove_screen(reading, found.key, found.pen_name) if found else await list_of_editors(desk, reading)


async def _offer_people(reading: Reading, message: Message) -> None:
    """A button of the keyboard that opens Telegram's own choice of people."""
    wish = KeyboardButtonRequestUsers(ADD_REQUEST, user_is_bot=False)
    keyboard = ReplyKeyboardMarkup(
        [[KeyboardButton(reading.text("button-choose-editor"), request_users=wish)]],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
    await message.reply_text(reading.text("editors-choose"), reply_markup=keyboard)


async def handed(update: Update, context: Context) -> None:
    """Somebody was handed over: from an administrator, an editor to be; from anybody else, nothing that we read."""
    message, desk = update.message, desk_of(context)
    if message is None:
        return
    shared, contact = message.users_shared, message.contact
    person = contact.user_id if contact else None
    if shared and shared.request_id == ADD_REQUEST and shared.users:
        person = shared.users[0].user_id
    allowed = administers(desk, update)
    if not allowed:
        _LOG.warning("a person handed over from somebody else")
    if person is None or not allowed:
        await not_text(update, context)
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    await message.reply_text("✍️", reply_markup=ReplyKeyboardRemove())
    await reply(reading, message, await add(update.get_bot(), desk, reading, person, ""))


async def add(bot: Bot, desk: Desk, reading: Reading, person: int, pen_name: str) -> Screen:
    """Make somebody an editor, tell them, and say what became of it."""
    store = desk.newsroom.editors
    name = " ".join(pen_name.split()) or await store.pen_name(person) or await _free_name(desk, reading)
    if len(name) > PEN_NAME_LENGTH:
        return note_screen(reading, "pen-too-long", limit=PEN_NAME_LENGTH)
    try:
        await store.add(person, name, desk.now)
    except PenNameTakenError:
        return note_screen(reading, "pen-taken", name=name)
    desk.newsroom.roles_changed()
    theirs = await desk.reading_for(person, otherwise=reading.language)
    told = await say(theirs, bot, person, welcome_screen(theirs, name))
    await present_to(bot, person, administrator=person in desk.admins)
    return note_screen(reading, "editor-added" if told else "editor-added-silent", name=name)


async def _free_name(desk: Desk, reading: Reading) -> str:
    taken = await desk.newsroom.editors.pen_names()
    names = (reading.text("pen-numbered", number=number) for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


async def list_of_editors(desk: Desk, reading: Reading) -> Screen:
    """The editors."""
    return editors_screen(
        reading, [(each.key, each.pen_name, each.since) for each in await desk.newsroom.editors.all()]
    )


async def pen(update: Update, desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """Show or choose one's own pen-name."""
    user = update.effective_user
    if user is None:
        return home_screen(reading)
    store = desk.newsroom.editors
    if not words:
        return note_screen(reading, "pen-now", name=await store.pen_name(user.id) or "—")
    if len(words) > PEN_NAME_LENGTH:
        return note_screen(reading, "pen-too-long", limit=PEN_NAME_LENGTH)
    try:
        await store.name(user.id, words)
    except PenNameTakenError:
        return note_screen(reading, "pen-taken", name=words)
    return note_screen(reading, "pen-chosen", name=words)


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> bool:
    """Answer the buttons of the list of editors, pressed by an administrator; whether it was one of them."""
    known = {each.key: each.pen_name for each in await desk.newsroom.editors.all()}
    if route.trail == REMOVE and route.key in known:
        await settle(query)
        await turn(reading, query, remove_screen(reading, route.key, known[route.key]))
        return True
    if route.trail not in (EDITORS, REMOVE, REMOVE_NOW):
        return False
    if route.trail == REMOVE_NOW and (person := await desk.newsroom.editors.remove(route.key)):
        desk.newsroom.roles_changed()
        await present_to(query.get_bot(), person, administrator=person in desk.admins, editor=False)
    await settle(query)
    await turn(reading, query, await list_of_editors(desk, reading))
    return True
