"""What each error of Telegram means to us.

python-telegram-bot tells errors apart by class and by Telegram's own description; `BadRequest` and `TimedOut` are
subclasses of `NetworkError`, so classes are compared exactly here and nowhere else.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Unsent(NetworkError):  # noqa: N818 - python-telegram-bot names its errors so (TimedOut, Conflict)
    """Not one byte of the request left this machine: sending it again cannot double anything."""

    __slots__ = ()


class UnsentTimedOut(Unsent, TimedOut):
    """A time-out before the first byte: no free connection in the pool, or none could be made in time."""

    __slots__ = ()


class Meaning(Enum):
    """What an error asks of the one who sent the request."""

    UNREACHABLE = "this person or chat cannot be written to: blocked, deactivated, never started, or not found"
    KICKED = "the bot is no longer in this group or channel"
    NO_RIGHTS = "the bot is in the chat but may not do this there"
    NO_THREAD = "the forum topic is gone or closed; the chat is there"
    MIGRATED = "the group became a supergroup; the error carries `new_chat_id`"
    NOT_MODIFIED = "the message already looks like this: harmless"
    GONE = "the message to be edited, deleted or answered is gone: harmless"
    FIXED = "the message is there, and may not be changed or deleted"
    TOO_LATE = "the callback or inline query has expired: harmless"
    RETRY_AFTER = "too many requests; see `seconds_to_wait`"
    REFUSED = "the token is not accepted"
    CONFLICT = "another program asks for updates, or a webhook is set"
    PERMANENT = "the request itself is wrong: sending it again cannot help"
    UNSENT = "nothing was written: may be sent again"
    UNCONFIRMED = "written, and no answer that could be read: Telegram may have done it or not"


# Descriptions as api.telegram.org gives them, lower case, without the prefix of the class. They are documented
# nowhere; these are from the sources of Telegram's own server (tdlib/telegram-bot-api) and TDLib.
_FORBIDDEN: Final = (
    ("bot was kicked", Meaning.KICKED),
    ("bot is not a member", Meaning.KICKED),
    ("group chat was deleted", Meaning.KICKED),
    ("not enough rights", Meaning.NO_RIGHTS),
)
_BAD_REQUEST: Final = (
    ("message is not modified", Meaning.NOT_MODIFIED),
    ("query is too old", Meaning.TOO_LATE),
    ("query_id_invalid", Meaning.TOO_LATE),
    ("message to edit not found", Meaning.GONE),
    ("message to delete not found", Meaning.GONE),
    ("message to be replied not found", Meaning.GONE),
    ("message can't be edited", Meaning.FIXED),
    ("message can't be deleted", Meaning.FIXED),
    ("message_id_invalid", Meaning.GONE),
    ("message thread not found", Meaning.NO_THREAD),
    ("topic_closed", Meaning.NO_THREAD),
    ("topic_deleted", Meaning.NO_THREAD),
    ("chat not found", Meaning.UNREACHABLE),
    ("user not found", Meaning.UNREACHABLE),
    ("peer_id_invalid", Meaning.UNREACHABLE),
    ("not enough rights", Meaning.NO_RIGHTS),
    ("have no rights", Meaning.NO_RIGHTS),
    ("need administrator rights", Meaning.NO_RIGHTS),
    ("chat_write_forbidden", Meaning.NO_RIGHTS),
    ("chat_admin_required", Meaning.NO_RIGHTS),
    ("chat_restricted", Meaning.NO_RIGHTS),
)
_BY_CLASS: Final[dict[type[BaseException], Meaning]] = {
    ChatMigrated: Meaning.MIGRATED,
    RetryAfter: Meaning.RETRY_AFTER,
    InvalidToken: Meaning.REFUSED,
    Conflict: Meaning.CONFLICT,
    EndPointNotFound: Meaning.PERMANENT,
    Unsent: Meaning.UNSENT,
    UnsentTimedOut: Meaning.UNSENT,
    TimedOut: Meaning.UNCONFIRMED,
    # python-telegram-bot raises the bare class for an answer that is no JSON.
    TelegramError: Meaning.UNCONFIRMED,
}


def meaning(error: TelegramError) -> Meaning:
    """What `error` means; an error of an unknown class counts as `UNCONFIRMED`, the careful guess."""
    kind = type(error)
    if kind is Forbidden:
        return _described(error, _FORBIDDEN, Meaning.UNREACHABLE)
    if kind is BadRequest:
        return _described(error, _BAD_REQUEST, Meaning.PERMANENT)
    if kind is NetworkError:
        # The one parsed refusal that arrives as a bare NetworkError (HTTP 413).
        too_large = "request entity too large" in error.message.lower()
        return Meaning.PERMANENT if too_large else Meaning.UNCONFIRMED
    return _BY_CLASS.get(kind, Meaning.UNCONFIRMED)


def _described(error: TelegramError, table: tuple[tuple[str, Meaning], ...], otherwise: Meaning) -> Meaning:
    description = error.message.lower()
    return next((known for words, known in table if words in description), otherwise)


def seconds_to_wait(error: RetryAfter) -> float:
    """For how many seconds Telegram asks to hold back (Bot API: `ResponseParameters.retry_after`)."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
