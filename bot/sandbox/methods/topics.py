"""Topics of a forum, and the general one."""

from bot.sandbox import refusals
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.methods.call import Call, method
from bot.sandbox.population import open_topic
from bot.sandbox.posting import delete_messages, post
from bot.sandbox.shapes import Json

ICON_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)  # Bot API, createForumTopic
NAME_LIMIT = 128


def _forum(call: Call, doing: str) -> Chat:
    chat = call.chat(edit=True)
    if chat.type != "supergroup":
        raise refusals.SUPERGROUPS_ONLY.refusal()
    if not chat.is_forum:
        raise refusals.NOT_A_FORUM.refusal()
    call.need(chat, "can_manage_topics", refusals.NO_RIGHT_TO, what=doing)
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.parameters.integer("message_thread_id"))
    if topic is None:
        raise refusals.THREAD_NOT_FOUND.refusal()
    return topic


def _name(call: Call) -> str:
    name = call.parameters.text("name").strip()[:NAME_LIMIT]
    if not name:
        raise refusals.TOPIC_TITLE.refusal()
    return name


@method("createForumTopic")
def create_forum_topic(call: Call) -> Json:
    """Opens a topic; its number is that of the notice which opens it."""
    chat = _forum(call, "create a topic")
    color = call.parameters.integer("icon_color")
    color = color if color in ICON_COLORS else ICON_COLORS[0]
    icon = call.parameters.text("icon_custom_emoji_id") or None
    return open_topic(call.world, chat, call.world.bot, _name(call), color, icon).as_topic()


@method("editForumTopic")
def edit_forum_topic(call: Call) -> bool:
    """Another name or icon."""
    chat = _forum(call, "edit the topic")
    topic = _topic(call, chat)
    old = (topic.name, topic.icon_custom_emoji_id)
    if "name" in call.parameters:
        topic.name = _name(call)
    if "icon_custom_emoji_id" in call.parameters.values:
        topic.icon_custom_emoji_id = call.parameters.text("icon_custom_emoji_id") or None
    if old == (topic.name, topic.icon_custom_emoji_id):
        raise refusals.TOPIC_SAME.refusal()
    _notice(call, chat, topic.id, "forum_topic_edited", {"name": topic.name})
    return True


def _notice(call: Call, chat: Chat, thread: int | None, kind: str, body: Json) -> None:
    post(call.world, chat, call.world.bot, {kind: body}, thread=thread)


@method("closeForumTopic", "reopenForumTopic")
def close_or_reopen(call: Call) -> bool:
    """In a closed topic only administrators write."""
    chat = _forum(call, "close or open the topic")
    topic, closing = _topic(call, chat), call.name == "closeForumTopic"
    if topic.closed == closing:
        raise refusals.TOPIC_SAME.refusal()
    topic.closed = closing
    _notice(call, chat, topic.id, "forum_topic_closed" if closing else "forum_topic_reopened", {})
    return True


@method("deleteForumTopic")
def delete_forum_topic(call: Call) -> bool:
    """Takes a topic away with all its messages."""
    chat = _forum(call, "delete the topic")
    topic = _topic(call, chat)
    del chat.topics[topic.id]
    inside = [i for i, message in chat.messages.items() if message.get("message_thread_id") == topic.id]
    delete_messages(call.world, chat, inside)
    return True


@method("editGeneralForumTopic")
def edit_general(call: Call) -> bool:
    """Another name for the general topic."""
    chat = _forum(call, "edit the topic")
    _notice(call, chat, None, "forum_topic_edited", {"name": _name(call)})
    return True


@method("closeGeneralForumTopic", "reopenGeneralForumTopic", "hideGeneralForumTopic", "unhideGeneralForumTopic")
def change_general(call: Call) -> bool:
    """Closes, opens, hides or shows the general topic."""
    chat = _forum(call, "close or open the topic")
    kind = {
        "closeGeneralForumTopic": "forum_topic_closed",
        "reopenGeneralForumTopic": "forum_topic_reopened",
        "hideGeneralForumTopic": "general_forum_topic_hidden",
        "unhideGeneralForumTopic": "general_forum_topic_unhidden",
    }[call.name]
    _notice(call, chat, None, kind, {})
    return True


@method("getForumTopicIconStickers")
def icon_stickers(_: Call) -> list[Json]:
    """The sandbox has no icons of its own."""
    return []
