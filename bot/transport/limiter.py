"""The pace, put under python-telegram-bot: every message of the bot passes here, nothing else waits."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from telegram._utils.types import JSONDict
from telegram.ext import BaseRateLimiter

from bot.transport.pacing import ChatKey, Pacer, Priority

Answer = bool | JSONDict | list[JSONDict]

POSTING: Final = frozenset(
    {
        "copyMessage",
        "copyMessages",
        "forwardMessage",
        "forwardMessages",
        "sendAnimation",
        "sendAudio",
        "sendChecklist",
        "sendContact",
        "sendDice",
        "sendDocument",
        "sendGame",
        "sendInvoice",
        "sendLivePhoto",
        "sendLocation",
        "sendMediaGroup",
        "sendMessage",
        "sendPaidMedia",
        "sendPhoto",
        "sendPoll",
        "sendRichMessage",
        "sendSticker",
        "sendVenue",
        "sendVideo",
        "sendVideoNote",
        "sendVoice",
    }
)
"""The methods that post messages (Bot API 10.1). Edits, answers, drafts, chat actions and all else pass freely."""

_COUNTED_BY: Final = {"sendMediaGroup": "media", "forwardMessages": "message_ids", "copyMessages": "message_ids"}


class PacedLimiter(BaseRateLimiter[Priority]):
    """Give it to `ApplicationBuilder.rate_limiter`. A method's `rate_limit_args` is its `Priority`."""

    __slots__ = ("_pacer",)

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Cancel whoever still waits."""
        self._pacer.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Answer:
        """See `BaseRateLimiter.process_request`."""
        chat = chat_key(data.get("chat_id"))
        if chat is None or endpoint.startswith("answer"):
            return await callback(*args, **kwargs)
        if endpoint not in POSTING:
            return await self._pacer.pass_by(chat, lambda: callback(*args, **kwargs))
        priority = Priority.ANSWER if rate_limit_args is None else rate_limit_args
        return await self._pacer.send(chat, parts_of(endpoint, data), lambda: callback(*args, **kwargs), priority)


def chat_key(chat_id: object) -> ChatKey | None:
    """The chat a request goes to. A number given as text is that number; `@name` stays text, in lower case.

    A channel addressed by its name and by its id counts as two: the pace knows no names of ids.
    """
    if isinstance(chat_id, int):
        return chat_id
    if not isinstance(chat_id, str):
        return None
    try:
        return int(chat_id)
    except ValueError:
        return chat_id.lower()


def parts_of(endpoint: str, data: dict[str, Any]) -> int:
    """How many messages the request posts: of an album each part, of copied or forwarded messages each."""
    return max(1, len(data.get(_COUNTED_BY.get(endpoint, ""), ())))
