"""sendMessage and all that send something else: one path, and a table of how each reads its content."""

import random
from collections.abc import Callable
from typing import Any

from bot.sandbox import refusals
from bot.sandbox.chats import Chat
from bot.sandbox.methods.call import Call, method
from bot.sandbox.methods.markup import check_place, inline_part, read_markup
from bot.sandbox.methods.media import read_album, read_media
from bot.sandbox.methods.polls import read_poll
from bot.sandbox.methods.text import read_text
from bot.sandbox.posting import origin_of, post
from bot.sandbox.shapes import Json, is_whole, present

ACTIONS = (
    "cancel",
    "typing",
    "record_video",
    "upload_video",
    "record_audio",
    "record_voice",
    "upload_audio",
    "upload_voice",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "find_location",
    "pick_up_location",
    "record_video_note",
    "upload_video_note",
)
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}  # Bot API, Dice: the highest value of each

# What a member may not send: the permission, and what Telegram calls it.
_PERMISSION = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "audio": ("can_send_audios", "music"),
    "video": ("can_send_videos", "videos"),
    "animation": ("can_send_other_messages", "animations"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "poll": ("can_send_polls", "polls"),
    "location": ("can_send_messages", "locations"),
    "venue": ("can_send_messages", "venues"),
    "contact": ("can_send_messages", "contacts"),
    "dice": ("can_send_other_messages", "dice"),
}


def check_rights(call: Call, chat: Chat, content: Json) -> None:
    """Refuse unless the bot may put such a message there."""
    me = call.me(chat)
    if chat.type == "channel":
        if not me.may("can_post_messages"):
            raise refusals.CHANNEL_ADMIN.refusal()
        return
    if not chat.is_group or me.is_administrator:
        return
    kind = "document" if "animation" in content else "text"
    kind = next((k for k in ("animation", *_PERMISSION) if k in content), kind)
    permission, what = _PERMISSION[kind]
    allowed = me.rights if me.status == "restricted" else chat.permissions
    if permission not in allowed or (me.status == "restricted" and permission not in chat.permissions):
        raise refusals.NO_RIGHT_TO_SEND.refusal(what=what)


def thread_of(call: Call, chat: Chat, reply_to: Json | None) -> int | None:
    """The forum topic that a message goes to; refuses one that there is not, or that is closed.

    As tdlib/telegram-bot-api does: the general topic has no number to write to, and a supergroup without topics
    or a channel does not look at the number (check_message_topic).
    """
    thread = call.parameters.integer("message_thread_id", 0, 0)
    if chat.type == "private" and thread:
        raise refusals.THREAD_NOT_FOUND.refusal()
    if not chat.is_forum:
        return None
    if not thread:
        return reply_to.get("message_thread_id") if reply_to else None
    topic = chat.topics.get(thread)
    if topic is None:
        raise refusals.THREAD_NOT_FOUND.refusal()
    if topic.closed and not call.me(chat).may("can_manage_topics"):
        raise refusals.TOPIC_CLOSED.refusal()
    return thread


def replied_to(call: Call, chat: Chat) -> tuple[Json | None, Json]:
    """The message that is replied to, and what that adds to the new one (a quote, a reply in another chat)."""
    parameters = call.parameters
    options = parameters.object("reply_parameters", "reply parameters") or {}
    if not options and "reply_to_message_id" in parameters:
        options = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    message_id = options.get("message_id")
    if not message_id:
        return None, {}
    where = chat
    if "chat_id" in options and str(options["chat_id"]) != str(chat.id):
        where = call.world.find_chat(str(options["chat_id"]))
    message = where.messages.get(int(message_id)) if is_whole(str(message_id)) else None
    if message is None:
        if options.get("allow_sending_without_reply"):
            return None, {}
        raise refusals.NOT_HERE.refusal(what="message to be replied")
    extra = _quote(options, message)
    if where is not chat:
        shown = {"origin": origin_of(call.world, message), "chat": where.as_chat(), "message_id": message["message_id"]}
        return None, {**extra, "external_reply": shown}
    return message, extra


def _quote(options: Json, message: Json) -> Json:
    quote = options.get("quote")
    if not quote:
        return {}
    said = message.get("text") or message.get("caption") or ""
    if not isinstance(quote, str) or quote not in said:
        raise refusals.QUOTE_NOT_FOUND.refusal()
    position = len(said[: said.index(quote)].encode("utf-16-le")) // 2
    return {"quote": {"text": quote, "position": position, "is_manual": True}}


def deliver(call: Call, chat: Chat, contents: list[Json], markup: Json | None = None) -> list[Json]:
    """Post one message, or an album, after the checks that belong to the chat; all of it or nothing."""
    world, parameters = call.world, call.parameters
    for content in contents:
        check_rights(call, chat, content)
    check_place(markup, chat.type)
    reply_to, extra = replied_to(call, chat)
    thread = thread_of(call, chat, reply_to)
    world.pace.take(chat.id, chat.type, len(contents))
    extra |= present(reply_markup=inline_part(markup), effect_id=parameters.text("message_effect_id") or None)
    if parameters.flag("protect_content"):
        extra["has_protected_content"] = True
    messages = []
    for content in contents:
        if "text" in content:
            content["text"] = world.journal.same(content["text"])
        message = post(world, chat, world.bot, content | extra, thread=thread, reply_to=reply_to)
        chat.by_bot.add(message["message_id"])
        _note(call, message)
        messages.append(message)
    if markup is not None and "inline_keyboard" not in markup:
        keep_keyboard(call, chat, markup, messages[-1]["message_id"])
    return messages


def _note(call: Call, message: Json) -> None:
    """Enter a message of the bot into the log."""
    call.world.journal.take(
        call.name,
        message["chat"]["id"],
        message["message_id"],
        message.get("text") or message.get("caption") or "",
        thread=message.get("message_thread_id"),
        silent=call.parameters.flag("disable_notification"),
        kind=next((kind for kind in ("animation", *_PERMISSION) if kind in message), "other"),
    )


def keep_keyboard(call: Call, chat: Chat, markup: Json, message_id: int) -> None:
    """A reply keyboard stays with the chat until another one or its removal; a forced reply until it is given."""
    chat.keyboard = markup if "keyboard" in markup else None
    chat.force_reply = message_id if markup.get("force_reply") else None
    chat.placeholder = markup.get("input_field_placeholder")
    call.world.events.tell("changed", chat_id=chat.id)


def send(call: Call, read: Callable[[Call], Json]) -> Json:
    """The way of every single message: content, keyboard, chat, checks, and there it stands."""
    content = read(call)
    markup = read_markup(call.parameters)
    chat = call.chat(write=True)
    message = deliver(call, chat, [content], markup)[0]
    if "poll" in message:
        call.world.polls[message["poll"]["id"]].chat_id = chat.id
        call.world.polls[message["poll"]["id"]].message_id = message["message_id"]
    return message


def _coordinate(call: Call, name: str) -> float:
    if name not in call.parameters:
        raise refusals.LOCATION_EMPTY.refusal(name=name)
    return call.parameters.number(name)


def read_location(call: Call) -> Json:
    """The content of sendLocation."""
    place: Json = {"latitude": _coordinate(call, "latitude"), "longitude": _coordinate(call, "longitude")}
    for name in ("live_period", "heading", "proximity_alert_radius"):
        if name in call.parameters:
            place[name] = call.parameters.integer(name)
    if "horizontal_accuracy" in call.parameters:
        place["horizontal_accuracy"] = call.parameters.number("horizontal_accuracy")
    return {"location": place}


def read_venue(call: Call) -> Json:
    """The content of sendVenue: Telegram gives its place as a location, too."""
    location = read_location(call)["location"]
    venue: Json = {"location": location, "title": call.parameters.required("title")}
    venue["address"] = call.parameters.required("address")
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if name in call.parameters:
            venue[name] = call.parameters.text(name)
    return {"venue": venue, "location": location}


def read_contact(call: Call) -> Json:
    """The content of sendContact."""
    names = ("last_name", "vcard")
    return {
        "contact": {
            "phone_number": call.parameters.required("phone_number"),
            "first_name": call.parameters.required("first_name"),
            **{name: call.parameters.text(name) for name in names if name in call.parameters},
        }
    }


def read_dice(call: Call) -> Json:
    """The content of sendDice; what falls depends on the message, so that a run can be had again."""
    emoji = call.parameters.text("emoji") or "🎲"
    if emoji not in DICE:
        emoji = "🎲"
    chance = random.Random(f"{call.parameters.text('chat_id')} {call.world.shared_id}")  # noqa: S311 - a toy
    return {"dice": {"emoji": emoji, "value": chance.randint(1, DICE[emoji])}}


READERS: dict[str, Callable[[Call], Json]] = {
    "sendMessage": read_text,
    "sendPhoto": read_media("photo"),
    "sendDocument": read_media("document"),
    "sendAudio": read_media("audio"),
    "sendVideo": read_media("video"),
    "sendAnimation": read_media("animation"),
    "sendVoice": read_media("voice"),
    "sendVideoNote": read_media("video_note"),
    "sendSticker": read_media("sticker"),
    "sendLocation": read_location,
    "sendVenue": read_venue,
    "sendContact": read_contact,
    "sendPoll": read_poll,
    "sendDice": read_dice,
}


@method(*READERS)
def send_one(call: Call) -> Json:
    """Every method that sends a single message."""
    return send(call, READERS[call.name])


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    """Two to ten pictures and films, or documents, or pieces of music, as one album."""
    contents = read_album(call)
    chat = call.chat(write=True)
    album: dict[str, Any] = {"media_group_id": str(13_000_000_000_000_000 + next(call.world.album))}
    return deliver(call, chat, [content | album for content in contents])


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """Shows "typing…" and the like for a while."""
    action = call.parameters.text("action").lower()
    if action not in ACTIONS:
        raise refusals.ACTION.refusal()
    chat = call.chat(write=True)
    call.world.events.tell("typing", chat_id=chat.id, action=action)
    return True
