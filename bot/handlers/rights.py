"""Who may decide for a chat, and whether the bot may write there: asked of Telegram each time, never remembered."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberBanned, ChatMemberLeft, ChatMemberOwner, Update
from telegram.error import TelegramError

from bot.handlers.desk import may_decide
from bot.subscription import ChatKind
from bot.transport.errors import Meaning, meaning

_CLOSED = {Meaning.UNREACHABLE, Meaning.KICKED, Meaning.NO_RIGHTS, Meaning.PERMANENT}
"""What Telegram says of a chat that the bot is not in, or that there is not."""


async def obstacle(update: Update, chat_id: int, kind: ChatKind, *, posting: bool = True) -> str | None:
    """Why whoever sent this may not decide for that chat: the key of a text that says so; None where they may.

    Oneself in private; in a group its chat administrators, anonymous ones within it; of a channel its administrators.
    What makes the bot post there, or changes what it posts, is `posting`: in a channel both must be allowed to.
    """
    here = update.effective_chat is not None and update.effective_chat.id == chat_id
    if kind is ChatKind.PRIVATE:
        return None if here else "subscription-gone"
    try:
        if kind is ChatKind.GROUP:
            allowed = await may_decide(update) if here else await _administrator(update, chat_id) is not None
            return None if allowed else "group-administrators"
        return await (_posting_obstacle if posting else _channel_obstacle)(update, chat_id)
    except TelegramError as error:
        if meaning(error) in _CLOSED:
            return "place-closed"
        raise


async def _administrator(update: Update, chat_id: int) -> ChatMember | None:
    """Whoever sent this, as an administrator of that chat; None where they are none."""
    user = update.effective_user
    there = await update.get_bot().get_chat_administrators(chat_id) if user else ()
    return next((member for member in there if user and member.user.id == user.id), None)


async def _channel_obstacle(update: Update, chat_id: int) -> str | None:
    return None if await _administrator(update, chat_id) else "channel-administrators"


async def _posting_obstacle(update: Update, chat_id: int) -> str | None:
    bot, member = update.get_bot(), await _administrator(update, chat_id)
    if member is None or not may_post(member):
        return "channel-not-yours"
    own = await bot.get_chat_member(chat_id, bot.id)
    if isinstance(own, ChatMemberLeft | ChatMemberBanned):
        return "place-closed"
    return None if may_post(own) else "channel-no-post"


def may_post(member: ChatMember) -> bool:
    """Whether this member of a channel may post there."""
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return isinstance(member, ChatMemberOwner)
