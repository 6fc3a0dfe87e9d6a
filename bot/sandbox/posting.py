"""Messages come to be, change and go: the one place that writes them into a chat and tells who looks on."""

from bot.sandbox.chats import GROUP_ANONYMOUS, Chat, Person
from bot.sandbox.shapes import Json, present
from bot.sandbox.world import World

# Fields that are what a message says, as against where and by whom.
CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "animation",
    "audio",
    "document",
    "photo",
    "sticker",
    "video",
    "video_note",
    "voice",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "contact",
    "dice",
    "poll",
    "venue",
    "location",
)
KEPT_MESSAGES = 2_000
"""How many messages a chat holds; a demo that runs for weeks must not fill the memory."""
MEDIA = ("animation", "audio", "document", "photo", "video", "video_note", "voice", "sticker")


def origin(chat: Chat, sender: Person) -> Json:
    """Who a message is from, and where it stands."""
    if chat.type == "channel":
        return {"sender_chat": chat.as_chat(), "chat": chat.as_chat()}
    member = chat.member(sender.id)
    if chat.is_group and member.is_administrator and member.is_anonymous:
        signed = present(author_signature=member.custom_title)
        return {"from": GROUP_ANONYMOUS.as_user(), "sender_chat": chat.as_chat(), "chat": chat.as_chat(), **signed}
    return {"from": sender.as_user(), "chat": chat.as_chat()}


def post(
    world: World, chat: Chat, sender: Person, content: Json, *, thread: int | None = None, reply_to: Json | None = None
) -> Json:
    """Put a message into a chat and answer it as the bot sees it; the oldest of a full chat is forgotten."""
    message: Json = {"message_id": world.next_message_id(chat), **origin(chat, sender), "date": world.now}
    if thread:
        message |= {"message_thread_id": thread, "is_topic_message": True}
    if reply_to is not None:
        message["reply_to_message"] = {k: v for k, v in reply_to.items() if k != "reply_to_message"}
    message |= content
    chat.messages[message["message_id"]] = message
    if len(chat.messages) > KEPT_MESSAGES:
        _forget(world, chat, next(iter(chat.messages)))
    if world.events.heard:
        world.events.tell("message", chat_id=chat.id, message=message)
    return message


def _forget(world: World, chat: Chat, message_id: int) -> None:
    message = chat.messages.pop(message_id)
    chat.by_bot.discard(message_id)
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]
    if "poll" in message:
        world.polls.pop(message["poll"]["id"], None)


def replace_message(world: World, chat: Chat, message: Json, *, edited: bool = True) -> Json:
    """Put a changed message in the place of the old one; `edited` says that it shows as such."""
    if edited:
        message = {**message, "edit_date": world.now}
    chat.messages[message["message_id"]] = message
    if world.events.heard:
        world.events.tell("edited", chat_id=chat.id, message=message)
    return message


def delete_messages(world: World, chat: Chat, message_ids: list[int]) -> None:
    """Take messages away; those that are not there are passed over."""
    gone = [message_id for message_id in message_ids if chat.messages.pop(message_id, None) is not None]
    chat.pinned = [message_id for message_id in chat.pinned if message_id not in gone]
    if gone and world.events.heard:
        world.events.tell("deleted", chat_id=chat.id, message_ids=gone)


def origin_of(world: World, message: Json) -> Json:
    """The MessageOrigin of a message that is passed on."""
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    date = message["date"]
    if message["chat"]["type"] == "channel":
        return {"type": "channel", "date": date, "chat": message["chat"], "message_id": message["message_id"]}
    if "sender_chat" in message:
        signed = present(author_signature=message.get("author_signature"))
        return {"type": "chat", "date": date, "sender_chat": message["sender_chat"], **signed}
    person = world.people.get(message["from"]["id"])
    if person is not None and person.hides_forwards:
        name = " ".join(filter(None, (person.first_name, person.last_name)))
        return {"type": "hidden_user", "date": date, "sender_user_name": name}
    return {"type": "user", "date": date, "sender_user": message["from"]}


def content_of(message: Json) -> Json:
    """What a message says, without where and by whom."""
    return {name: message[name] for name in CONTENT if name in message}


def is_service(message: Json) -> bool:
    """Whether it is a notice (someone joined, a pin, a topic) rather than something said."""
    return not any(name in message for name in CONTENT)
