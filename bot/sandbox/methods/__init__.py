"""The methods of the Bot API, by family; importing this package fills the table in `call`."""

from bot.sandbox.methods import (
    answering,
    chats,
    deleting,
    editing,
    forwarding,
    members,
    polls,
    profile,
    receiving,
    sending,
    topics,
)
from bot.sandbox.methods.call import METHODS, Call

__all__ = [
    "METHODS",
    "Call",
    "answering",
    "chats",
    "deleting",
    "editing",
    "forwarding",
    "members",
    "polls",
    "profile",
    "receiving",
    "sending",
    "topics",
]
