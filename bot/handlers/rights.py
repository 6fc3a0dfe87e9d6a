"""Who may decide for a chat, and whether the bot may write there: asked of Telegram each time, never remembered."""

from __future__ import annotations

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberBanned, ChatMemberLeft, ChatMemberOwner, Update
from telegram.error import TelegramError

from bot.handlers.desk import may_decide
from bot.subscription import ChatKind
from bot.transport.errors import Meaning, meaning

_CLOSED = {Meaning.UNREACHABLE, Meaning.KICKED, Meaning.NO_RIGHTS, Meaning.PERMANENT}
"""What Telegram says of a chat that the bot is not in, or that there is not."""


async def obstacle(update: Update, chat_id: int, kind: ChatKind, *, posting: bool = True) -> str | None:
    """Why whoever sent this may not decide for that chat: the key of a text that says so; None where they may.

    Oneself in private; in a group its chat administrators, anonymous ones within it; of a channel those who may post.
    With `posting` the bot must be allowed to post in the channel too.
    """
    here = update.effective_chat is not None and update.effective_chat.id == chat_id
    if kind is ChatKind.PRIVATE:
        return None if here else "subscription-gone"
    try:
        if kind is ChatKind.GROUP:
            allowed = await may_decide(update) if here else await _administers(update, chat_id)
            return None if allowed else "group-administrators"
        return await _channel_obstacle(update, chat_id, posting=posting)
    except TelegramError as error:
        if meaning(error) in _CLOSED:
            return "place-closed"
        raise


async def _administers(update: Update, chat_id: int) -> bool:
    user = update.effective_user
    if user is None:
        return False
    return any(member.user.id == user.id for member in await update.get_bot().get_chat_administrators(chat_id))


async def _channel_obstacle(update: Update, chat_id: int, *, posting: bool) -> str | None:
    bot: Bot = update.get_bot()
    user = update.effective_user
    administrators = await bot.get_chat_administrators(chat_id)
    if user is None or not any(member.user.id == user.id and may_post(member) for member in administrators):
        return "channel-not-yours"
    own = await bot.get_chat_member(chat_id, bot.id)
    if isinstance(own, ChatMemberLeft | ChatMemberBanned):
        return "place-closed"
    return "channel-no-post" if posting and not may_post(own) else None


def may_post(member: ChatMember) -> bool:
    """Whether this member of a channel may post there."""
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return isinstance(member, ChatMemberOwner)
