"""A chat holds the latest messages only, and what is forgotten is as if it had been deleted."""

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.acts import ActError
from bot.sandbox.posting import KEPT_MESSAGES
from tests.sandbox.conftest import YOU, Call


async def test_the_oldest_messages_of_a_full_chat_are_forgotten(sandbox: Sandbox, call: Call) -> None:
    asked = (await call("sendPoll", chat_id=YOU, question="Who?", options=["a", "b"]))["result"]
    first = asked["message_id"]
    assert (await call("pinChatMessage", chat_id=YOU, message_id=first))["ok"]
    chat = sandbox.world.chats[YOU]
    while len(chat.messages) < KEPT_MESSAGES:
        sandbox.acts.send(YOU, "a")
    assert first in chat.messages
    latest = (await call("sendMessage", chat_id=YOU, text="b"))["result"]["message_id"]
    assert len(chat.messages) == KEPT_MESSAGES
    assert (first in chat.messages, first in chat.by_bot, first in chat.pinned) == (False, False, False)
    with pytest.raises(ActError, match="there is no poll"):
        sandbox.acts.vote(YOU, asked["poll"]["id"], [0])
    refused = await call("sendMessage", chat_id=YOU, text="c", reply_to_message_id=first)
    assert refused["description"] == "Bad Request: message to be replied not found"
    assert (await call("editMessageText", chat_id=YOU, message_id=latest, text="d"))["ok"]
    assert (await call("sendMessage", chat_id=YOU, text="e", reply_to_message_id=latest))["ok"]
