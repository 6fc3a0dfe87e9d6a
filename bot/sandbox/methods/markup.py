"""Keyboards under messages: read, checked and kept as Telegram does."""

from typing import Any

from bot.sandbox import refusals
from bot.sandbox.links import LinkError, link, mentioned_user
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import Refusal
from bot.sandbox.shapes import Json

DATA_LIMIT = 64  # Bot API, InlineKeyboardButton: bytes of callback_data
BUTTONS_LIMIT = 100  # what Telegram's server takes in one inline keyboard
COPY_LIMIT = 256  # Bot API, CopyTextButton

_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_EXTRAS = ("icon_custom_emoji_id", "style")
_REQUESTS = ("request_users", "request_chat", "request_contact", "request_location", "request_poll", "web_app")
_PRIVATE = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
}


def read_markup(parameters: Parameters, name: str = "reply_markup") -> Json | None:
    """The keyboard of a request in the Bot API's shape, None where there is none. Refuses what is malformed."""
    raw = parameters.json(name, "reply keyboard markup")
    return None if raw in (None, {}) else checked_markup(raw)


def checked_markup(raw: Any) -> Json | None:
    """The same for a JSON value."""
    if not isinstance(raw, dict):
        raise refusals.OBJECT_EXPECTED.refusal(what="reply markup")
    if "inline_keyboard" in raw:
        rows = _rows(raw["inline_keyboard"], "inline_keyboard", "InlineKeyboardMarkup")
        keyboard = [[_inline_button(button) for button in row] for row in rows if row]
        if sum(map(len, keyboard)) > BUTTONS_LIMIT:
            raise refusals.MARKUP_TOO_LONG.refusal()
        return {"inline_keyboard": keyboard} if keyboard else None
    if "keyboard" in raw:
        rows = _rows(raw["keyboard"], "keyboard", "ReplyKeyboardMarkup")
        return {**raw, "keyboard": [[_key(key) for key in row] for row in rows if row]}
    if raw.get("remove_keyboard") or raw.get("force_reply"):
        return raw
    return None


def _rows(rows: Any, name: str, owner: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refusals.ROWS_EXPECTED.refusal(name=name, owner=owner)
    return rows


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise refusals.BUTTON_OBJECT.refusal()
    text = _string(button, "text", "inline keyboard button", required=True)
    kind = next((k for k in _KINDS if k in button and button[k] not in (None, "")), None)
    if kind is None:
        kind = next((k for k in ("switch_inline_query", "switch_inline_query_current_chat") if k in button), None)
    if kind is None:
        raise refusals.BUTTON_KIND.refusal()
    if not text:
        raise refusals.BUTTON_TEXT.refusal()
    value = button[kind]
    if kind == "callback_data":
        value = _string(button, kind, "inline keyboard button")
        if len(value.encode()) > DATA_LIMIT:
            raise refusals.BUTTON_DATA_INVALID.refusal()
    elif kind == "url":
        value = _address(_string(button, kind, "inline keyboard button"))
    elif kind == "copy_text" and not (isinstance(value, dict) and 1 <= len(str(value.get("text", ""))) <= COPY_LIMIT):
        raise refusals.BUTTON_FIELD.refusal(kind="inline keyboard button", why="BUTTON_COPY_TEXT_INVALID")
    return {"text": text, kind: value, **{k: button[k] for k in _EXTRAS if k in button}}


def _address(url: str) -> str:
    if mentioned_user(url):
        return url
    try:
        return link(url)
    except LinkError as error:
        raise refusals.BUTTON_URL_INVALID.refusal(url=url, why=error) from None


def _key(key: Any) -> Json:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise refusals.KEY_OBJECT.refusal()
    text = _string(key, "text", "keyboard button", required=True)
    if not text:
        raise refusals.KEY_TEXT.refusal()
    requests = {name: key[name] for name in _REQUESTS if key.get(name)}
    return {"text": text, **requests, **{k: key[k] for k in _EXTRAS if k in key}}


def _string(holder: Json, name: str, kind: str, *, required: bool = False) -> str:
    value = holder.get(name)
    if value is None and required:
        raise refusals.BUTTON_FIELD.refusal(kind=kind, why=f'Can\'t find field "{name}"')
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise refusals.BUTTON_FIELD.refusal(kind=kind, why=f'Field "{name}" must be of type String')
    return str(value)


def check_place(markup: Json | None, chat_type: str) -> None:
    """Refuse keys that ask for something private where others look on, and a reply keyboard in a channel."""
    if markup is None or "inline_keyboard" in markup or chat_type == "private":
        return
    if chat_type == "channel":
        raise refusals.INLINE_EXPECTED.refusal()
    for row in markup.get("keyboard", []):
        for key in row:
            for name, what in _PRIVATE.items():
                if name in key:
                    raise _private_only(what)


def _private_only(what: str) -> Refusal:
    return refusals.PRIVATE_ONLY.refusal(what=what)


def inline_part(markup: Json | None) -> Json | None:
    """The part of a keyboard that stays on the message: Telegram shows only inline ones there."""
    return markup if markup is not None and "inline_keyboard" in markup else None
