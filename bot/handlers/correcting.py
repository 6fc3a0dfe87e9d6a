"""Changing one field of a card in the chat: choose it, write what it should say, see the difference."""

from __future__ import annotations

from telegram import Bot, CallbackQuery, Message

from bot.catalog.cards import Card
from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.fields import Field, Form, fields_of, parse
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
    card = _card(reading, route.key)
    what, _, field_key = route.trail.partition(":")
    field = _field(card, field_key) if card else None
    await settle(query)
    if card is None:
        await turn(reading, query, note_screen(reading, "card-gone"))
    elif field is None:
        shown = [_shown(reading, each) for each in fields_of(card)]
        await turn(reading, query, fields_screen(reading, card, shown, route.page))
    elif what == CHOICE:
        options = [*_options(field), *([] if field.needed else ["-"])]
        if route.page < len(options):
            await _change(query.get_bot(), desk, reading, query.from_user.id, card, field, options[route.page])
    elif _options(field):
        await turn(reading, query, choices_screen(reading, card, _shown(reading, field)))
    else:
        name = f"e-{card_key(card.id)}-{_key(field)}"
        await ask(reading, query.get_bot(), query.from_user.id, ask_screen(reading, _shown(reading, field), name))


async def answered(desk: Desk, reading: Reading, message: Message, key: str, field_key: str) -> None:
    """Change the field that a prompt asked for to what was written."""
    card = _card(reading, key)
    field = _field(card, field_key) if card else None
    if card is None or field is None:
        await reply(reading, message, note_screen(reading, "card-gone"))
        return
    await _change(message.get_bot(), desk, reading, message.chat_id, card, field, message.text or "")


async def _change(bot: Bot, desk: Desk, reading: Reading, user_id: int, card: Card, field: Field, written: str) -> None:
    try:
        await desk.newsroom.correct(user_id, card.id, field.path, parse(field, written))
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    await show_draft(bot, desk, user_id, reading.language)


def _card(reading: Reading, key: str) -> Card | None:
    keyed = reading.catalog.by_key.get(key)
    return reading.catalog.find(keyed.id) if keyed else None


def _field(card: Card, key: str) -> Field | None:
    return next((each for each in fields_of(card) if _key(each) == key), None)


def _key(field: Field) -> str:
    """What buttons and prompts call a field: it stays when others come and go before it."""
    return card_key("/".join(map(str, field.path)))


def _options(field: Field) -> tuple[str, ...]:
    if field.form is Form.FLAG:
        return ("true",)
    return field.choices if field.form is Form.CHOICE else ()


def _shown(reading: Reading, field: Field) -> FieldShown:
    path = field.path[:-1] if field.language else field.path
    name = field_name(reading, path) + (f" ({field.language})" if field.language else "")
    return FieldShown(_key(field), name, field.value or "", _options(field), field.needed)
