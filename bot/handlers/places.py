"""The chat that a subscription is for: where a message was written, or a channel that somebody named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Bot, Chat, ChatFullInfo, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.digests.schedule import after_skipped
from bot.handlers.desk import Desk
from bot.subscription import ChatKind, Subscription
from bot.transport.errors import Meaning, meaning
from bot.views.subscriptions import Kept

_NAME = re.compile(r"(?:@|(?:https?://)?t\.me/)([A-Za-z]\w{3,31})|(-100\d{5,13})", re.ASCII)
_KINDS = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and a thread in it (0 for none). `name` is a channel's title, known only while it is shown."""

    chat_id: int
    kind: ChatKind
    thread: int = 0
    name: str = ""


def place_of(message: Message) -> Place:
    """Where a message was written."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat_id, kind_of(message.chat), thread or 0)


def kind_of(chat: Chat | ChatFullInfo) -> ChatKind:
    """What kind of chat this is; groups and supergroups are one."""
    return _KINDS.get(ChatType(chat.type), ChatKind.GROUP)


def named_chat(words: str) -> tuple[str, str]:
    """A chat named in a message (`@name`, `t.me/name` or its number), as Telegram takes it, and the other words."""
    for word in words.split():
        if match := _NAME.fullmatch(word):
            rest = " ".join(each for each in words.split() if each != word)
            return f"@{match[1]}" if match[1] else match[2], rest
    return "", words


async def find_chat(bot: Bot, name: str | int) -> Place | None:
    """The chat of this name or number; None where Telegram shows the bot none."""
    try:
        chat = await bot.get_chat(name)
    except TelegramError as error:
        if meaning(error) in (Meaning.UNREACHABLE, Meaning.KICKED, Meaning.NO_RIGHTS, Meaning.PERMANENT):
            return None
        raise
    return Place(chat.id, kind_of(chat), name=chat.title or "")


async def hearer_of(desk: Desk, subscription: Subscription) -> int | None:
    """The private chat of whoever is told of failures and gets the previews; None where that is nobody."""
    place = await desk.subscriptions.place_of(subscription.told) if subscription.told else None
    return place[0] if place else None


async def another_hearer(desk: Desk, update: Update, subscription: Subscription) -> int | None:
    """The same, where it is somebody else than whoever sent this."""
    hearer, user = await hearer_of(desk, subscription), update.effective_user
    return None if user and user.id == hearer else hearer


async def kept_of(
    desk: Desk, update: Update, subscription: Subscription, *, siblings: bool | None = None
) -> Kept | None:
    """A subscription as whoever sent this sees it, a channel with its title of today; None where its chat was
    forgotten."""
    found = await desk.subscriptions.place_of(subscription.chat)
    if found is None:
        return None
    chat_id, kind = found
    follows = follows_of(subscription)
    another = await another_hearer(desk, update, subscription) is not None
    if kind is ChatKind.CHANNEL:
        place = await find_chat(update.get_bot(), chat_id)
        return Kept(subscription, kind, place.name if place else "…", siblings=True, follows=follows, another=another)
    if siblings is None:
        siblings = len(await desk.subscriptions.of_chat(chat_id)) > 1
    thread = _thread_link(chat_id, subscription.thread)
    return Kept(subscription, kind, siblings=siblings, thread=thread, follows=follows, another=another)


def follows_of(subscription: Subscription) -> int | None:
    """When the edition after the next goes out, in seconds since 1970, where the next is skipped; else None."""
    return after_skipped(subscription.choices.schedule, subscription.next_due, subscription.skipped)


def _thread_link(chat_id: int, thread: int) -> str:
    """The address of a thread for members of its group: without the number's beginning, by which bots tell kinds."""
    return f"https://t.me/c/{str(chat_id).removeprefix('-100')}/{thread}" if thread else ""
