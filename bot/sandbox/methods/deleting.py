"""Taking messages away, pinning them, and reacting to them."""

from bot.sandbox import refusals
from bot.sandbox.chats import Chat
from bot.sandbox.methods.call import Call, method
from bot.sandbox.posting import delete_messages as take_away
from bot.sandbox.posting import is_service, post
from bot.sandbox.shapes import Json

DELETE_SECONDS = 48 * 3600  # Bot API, deleteMessage: only if it was sent less than 48 hours ago
_REACTION_LIST = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡
🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_REACTION_LIST.split())
"""Bot API, ReactionTypeEmoji: the emoji that can be a reaction."""


def _may_delete(call: Call, chat: Chat, message: Json) -> bool:
    me, own = call.me(chat), message["message_id"] in chat.by_bot
    # tdlib/td, can_delete_channel_message: bots can't delete messages older than 2 days, whatever their rights
    if message["date"] <= call.world.now - DELETE_SECONDS or "forum_topic_created" in message:
        return False
    if chat.type == "private" or me.may("can_delete_messages"):
        return True
    return own and not is_service(message) and (chat.type != "channel" or me.may("can_post_messages"))


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Takes one message away; one that is too old, or not the bot's to delete, stays."""
    chat = call.chat(edit=True)
    message = call.message(chat, "message to delete")
    if not _may_delete(call, chat, message):
        raise (refusals.CANNOT_DELETE_FOR_ALL if chat.type == "private" else refusals.CANNOT_DELETE).refusal()
    take_away(call.world, chat, [message["message_id"]])
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Takes up to a hundred away; those that are not there or may not be deleted are passed over."""
    ids = call.message_ids()
    chat = call.chat(edit=True)
    take_away(call.world, chat, [i for i in ids if i in chat.messages and _may_delete(call, chat, chat.messages[i])])
    return True


def _may_pin(call: Call, chat: Chat) -> None:
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    if chat.type != "private" and not call.me(chat).may(right):
        raise refusals.NO_RIGHT_TO.refusal(what="manage pinned messages in the chat")


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Pins a message; a notice of it stands in the chat."""
    chat = call.chat(edit=True)
    message = call.message(chat, "message to pin")
    _may_pin(call, chat)
    if is_service(message):
        raise refusals.NOT_HERE.refusal(what="message to pin")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        shown = {k: v for k, v in message.items() if k != "reply_to_message"}
        post(call.world, chat, call.world.bot, {"pinned_message": shown}, thread=message.get("message_thread_id"))
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Takes one pin off, the newest where none is named."""
    chat = call.chat(edit=True)
    _may_pin(call, chat)
    named = call.parameters.integer("message_id")
    if (named and named not in chat.pinned) or not chat.pinned:
        raise refusals.NOT_HERE.refusal(what="message to unpin")
    chat.pinned.remove(named or chat.pinned[-1])
    return True


@method("unpinAllChatMessages", "unpinAllForumTopicMessages", "unpinAllGeneralForumTopicMessages")
def unpin_all(call: Call) -> bool:
    """Takes all pins off, in the chat or in one topic of it."""
    chat = call.chat(edit=True)
    _may_pin(call, chat)
    if call.name == "unpinAllChatMessages":
        chat.pinned.clear()
        return True
    thread = call.parameters.integer("message_thread_id") or None
    chat.pinned = [i for i in chat.pinned if chat.messages.get(i, {}).get("message_thread_id") != thread]
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """Puts the bot's reaction on a message: one of the known emoji, or none."""
    chat = call.chat(write=True)
    call.message(chat, "message to react")
    chosen = call.parameters.array("reaction", "reaction types", "ReactionType") or []
    if len(chosen) > 1:
        raise refusals.REACTIONS_MANY.refusal()
    for reaction in chosen:
        if not isinstance(reaction, dict) or reaction.get("type") not in ("emoji", "custom_emoji"):
            raise refusals.REACTION.refusal()
        if reaction["type"] == "emoji" and str(reaction.get("emoji")).replace("\ufe0f", "") not in REACTIONS:
            raise refusals.REACTION.refusal()
    return True
