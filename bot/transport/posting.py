"""The lean way of a digest to Telegram: a part in, the id of its message out; no objects of any library between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

import orjson
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest

from bot.layout.blocks import Ask, Button, Open, Press
from bot.transport.lines import Lines, nothing
from bot.transport.request import AiohttpRequest


class Part(Protocol):
    """One message: its text in HTML, the buttons under it."""

    @property
    def html(self) -> str:
        """The text, for parse mode HTML."""

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """Rows of buttons; none where it is empty."""

    @property
    def silent(self) -> bool:
        """Whether it comes without a sound, whatever the chat chose."""


class Posting:
    """Sends messages over `lines`."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    @property
    def patience(self) -> float:
        """For how many seconds an answer is waited for."""
        return self._lines.patience

    async def send(
        self, chat_id: int, part: Part, *, thread: int = 0, quiet: bool = False, on_left: Callable[[], None] = nothing
    ) -> int:
        """Post a message without link preview; its id. `thread` 0 is none. `on_left` is called when it was written.

        Raises `TelegramError`: see `transport.errors.meaning` for what each asks of the caller.
        """
        answer = await self._lines.post("sendMessage", body_of(chat_id, part, thread, quiet or part.silent), on_left)
        return _message_id(await _heard(*answer))

    async def answers(self) -> bool:
        """Whether Telegram answers at all: a harmless question, for when it did not."""
        try:
            await _heard(*await self._lines.post("getMe", b"{}"))
        except TelegramError:
            return False
        return True


def body_of(chat_id: int, part: Part, thread: int, quiet: bool) -> bytes:
    """The parameters of sendMessage as JSON. Raises `BadRequest` for text that is no valid Unicode."""
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "text": part.html,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if thread:
        parameters["message_thread_id"] = thread
    if quiet:
        parameters["disable_notification"] = True
    if part.buttons:
        parameters["reply_markup"] = {"inline_keyboard": [[_button(one) for one in row] for row in part.buttons]}
    try:
        return orjson.dumps(parameters)
    except TypeError:
        pass
    raise BadRequest("the text of the message is no valid Unicode")


_NO_PREVIEW: Final = {"is_disabled": True}


def _button(button: Button) -> dict[str, str]:
    match button:
        case Press(label, data):
            return {"text": label, "callback_data": data}
        case Open(label, url):
            return {"text": label, "url": url}
        case Ask(label, query, here):
            return {"text": label, f"switch_inline_query{'_current_chat' if here else ''}": query}


async def _heard(status: int, payload: bytes) -> bytes:
    """The payload of a good answer; of another one the error that python-telegram-bot makes of it."""
    if status != 200:
        await _Answered(status, payload).post("")
    return payload


def _message_id(payload: bytes) -> int:
    try:
        return int(orjson.loads(payload)["result"]["message_id"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise TelegramError("Invalid server response: it holds no message") from None


class _Answered(BaseRequest):
    """An answer that is there already, so that python-telegram-bot's own reading of errors can be used on it."""

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        return self._answer

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)
