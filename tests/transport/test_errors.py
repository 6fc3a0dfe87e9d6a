"""What each error means, by exact class and Telegram's own words."""

from __future__ import annotations

import pickle

import pytest
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

from bot.transport.errors import Meaning, Unsent, UnsentTimedOut, meaning, seconds_to_wait

TABLE: list[tuple[TelegramError, Meaning]] = [
    (Forbidden("Forbidden: bot was blocked by the user"), Meaning.UNREACHABLE),
    (Forbidden("Forbidden: user is deactivated"), Meaning.UNREACHABLE),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Meaning.UNREACHABLE),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Meaning.KICKED),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Meaning.KICKED),
    (Forbidden("Forbidden: the group chat was deleted"), Meaning.KICKED),
    (BadRequest("Bad Request: chat not found"), Meaning.UNREACHABLE),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Meaning.NO_RIGHTS),
    (BadRequest("Bad Request: need administrator rights in the channel chat"), Meaning.NO_RIGHTS),
    (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), Meaning.NO_RIGHTS),
    (BadRequest("Bad Request: message thread not found"), Meaning.NO_THREAD),
    (BadRequest("Bad Request: TOPIC_CLOSED"), Meaning.NO_THREAD),
    (BadRequest("Bad Request: message is not modified: specified new message content …"), Meaning.NOT_MODIFIED),
    (BadRequest("Bad Request: message to edit not found"), Meaning.GONE),
    (BadRequest("Bad Request: message to delete not found"), Meaning.GONE),
    (BadRequest("Bad Request: message can't be deleted for everyone"), Meaning.FIXED),
    (BadRequest("Bad Request: message can't be edited"), Meaning.FIXED),
    (
        BadRequest("Bad Request: query is too old and response timeout expired or query ID is invalid"),
        Meaning.TOO_LATE,
    ),
    (BadRequest("Bad Request: can't parse entities: unclosed start tag"), Meaning.PERMANENT),
    (ChatMigrated(-1005), Meaning.MIGRATED),
    (RetryAfter(5), Meaning.RETRY_AFTER),
    (InvalidToken(), Meaning.REFUSED),
    (Conflict("Conflict: terminated by other getUpdates request"), Meaning.CONFLICT),
    (EndPointNotFound("no such method"), Meaning.PERMANENT),
    (NetworkError("Request Entity Too Large"), Meaning.PERMANENT),
    (NetworkError("Bad Gateway"), Meaning.UNCONFIRMED),
    (NetworkError("ServerDisconnectedError: Server disconnected"), Meaning.UNCONFIRMED),
    (TimedOut(), Meaning.UNCONFIRMED),
    (TelegramError("Invalid server response"), Meaning.UNCONFIRMED),
    (Unsent("connection refused"), Meaning.UNSENT),
    (UnsentTimedOut("pool"), Meaning.UNSENT),
]


@pytest.mark.parametrize(("error", "means"), TABLE, ids=lambda value: repr(value)[:60])
def test_an_error_means(error: TelegramError, means: Meaning) -> None:
    assert meaning(error) is means


def test_every_meaning_is_reached() -> None:
    assert {means for _, means in TABLE} == set(Meaning)


def test_an_error_nobody_knows_is_unconfirmed() -> None:
    class Novelty(BadRequest):
        pass

    assert meaning(Novelty("chat not found")) is Meaning.UNCONFIRMED


def test_unsent_errors_are_what_the_library_expects_them_to_be() -> None:
    error = UnsentTimedOut("no connection")
    assert isinstance(error, TimedOut)
    assert isinstance(error, NetworkError)
    assert str(pickle.loads(pickle.dumps(error))) == "no connection"


@pytest.mark.parametrize("seconds", [1, 35, 3600])
def test_the_wait_is_told_in_seconds(seconds: int) -> None:
    assert seconds_to_wait(RetryAfter(seconds)) == seconds
