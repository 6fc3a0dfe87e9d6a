"""Changing one field of a card in the chat: choose it, write what it should say, see the difference.

The fields are those of the card as the editor's draft has it: what is shown is what is changed.
"""

from __future__ import annotations

from hashlib import sha256

from telegram import Bot, CallbackQuery, Message

from bot.catalog.cards import Card
from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.fields import Field, Form, fields_of, parse
from bot.editing.latest import Latest, latest
from bot.handlers.answers import ask, reply, say, settle, turn
from bot.handlers.desk import Desk
from bot.handlers.findings import show_draft
from bot.views.differences import field_name
from bot.views.drafts import broken_draft_screen
from bot.views.fields import CHOICE, FieldShown, ask_screen, choices_screen, fields_screen
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.routes import Route


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button of the fields of a card, pressed by an editor."""
    bot, user_id = query.get_bot(), query.from_user.id
    await settle(query)
    try:
        found = await latest(desk.newsroom, user_id, route.key)
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    if found is None:
        await turn(reading, query, note_screen(reading, "card-gone"))
        return
    what, _, key = route.trail.partition(":")
    field = _field(found.card, key)
    if field is None:
        shown = [_shown(reading, each) for each in fields_of(found.card)]
        await turn(reading, query, fields_screen(reading, found.card, shown, route.page, found.draft))
    elif what == CHOICE:
        options = [*_options(field), *([] if field.needed else ["-"])]
        if route.page < len(options):
            await _change(bot, desk, reading, user_id, found.card, field, options[route.page])
    elif _options(field):
        await turn(reading, query, choices_screen(reading, found.card, _shown(reading, field), found.draft))
    else:
        await _ask(bot, reading, user_id, found, field)


async def _ask(bot: Bot, reading: Reading, user_id: int, found: Latest, field: Field, note: str = "") -> None:
    name = f"e-{card_key(found.card.id)}-{_key(field)}{_mark(field)}"
    await ask(reading, bot, user_id, ask_screen(reading, _shown(reading, field), name, found.draft, note))


async def answered(desk: Desk, reading: Reading, message: Message, key: str, field_key: str, mark: str) -> None:
    """Change the field that a prompt asked for to what was written.

    Where the entry of a list holds something else by now, since others came or went before it, it is asked anew.
    """
    bot, user_id = message.get_bot(), message.chat_id
    try:
        found = await latest(desk.newsroom, user_id, key)
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    field = _field(found.card, field_key) if found else None
    if found is None or field is None:
        await reply(reading, message, note_screen(reading, "card-gone"))
    elif mark and f"-{mark}" != _mark(field):
        await _ask(bot, reading, user_id, found, field, reading.text("edit-moved"))
    else:
        await _change(bot, desk, reading, user_id, found.card, field, message.text or "")


async def _change(bot: Bot, desk: Desk, reading: Reading, user_id: int, card: Card, field: Field, written: str) -> None:
    try:
        await desk.newsroom.correct(user_id, card.id, field.path, parse(field, written))
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    await show_draft(bot, desk, user_id, reading.language)


def _field(card: Card, key: str) -> Field | None:
    return next((each for each in fields_of(card) if _key(each) == key), None)


def _key(field: Field) -> str:
    """What buttons and prompts call a field."""
    return card_key("/".join(map(str, field.path)))


def _mark(field: Field) -> str:
    """For an entry of a list, what tells that it is still the one that was shown; nothing for all other fields."""
    in_list = any(isinstance(part, int) for part in field.path)
    return f"-{sha256((field.value or '').encode()).hexdigest()[:8]}" if in_list else ""


def _options(field: Field) -> tuple[str, ...]:
    if field.form is Form.FLAG:
        return ("true",)
    return field.choices if field.form is Form.CHOICE else ()


def _shown(reading: Reading, field: Field) -> FieldShown:
    path = field.path[:-1] if field.language else field.path
    name = field_name(reading, path) + (f" ({field.language})" if field.language else "")
    return FieldShown(_key(field), name, field.value or "", _options(field), field.needed)
