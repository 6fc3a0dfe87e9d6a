"""Changing what was said: text into text, media into media, and the keyboard under either."""

from bot.sandbox import refusals
from bot.sandbox.chats import Chat
from bot.sandbox.methods.call import Call, method
from bot.sandbox.methods.markup import inline_part, read_markup
from bot.sandbox.methods.media import read_input_media
from bot.sandbox.methods.sending import read_location
from bot.sandbox.methods.text import read_caption, read_text
from bot.sandbox.posting import content_of, replace_message
from bot.sandbox.shapes import Json

_CAPTIONED = ("animation", "audio", "document", "photo", "video", "voice")
_EXCHANGEABLE = ("animation", "audio", "document", "photo", "video")


def _target(call: Call) -> tuple[Chat, Json]:
    """The message to edit, by chat and number or as an inline one; refuses what the bot may not edit."""
    world, inline_id = call.world, call.parameters.text("inline_message_id")
    if inline_id:
        place = world.inline_messages.get(inline_id)
        message = world.chats[place[0]].messages.get(place[1]) if place else None
        if place is None or message is None:
            raise refusals.INLINE_ID_INVALID.refusal()
        return world.chats[place[0]], message
    chat = call.chat(edit=True)
    if not call.parameters.integer("message_id"):
        raise refusals.MESSAGE_ID_EMPTY.refusal()
    message = call.message(chat, "message to edit")
    own = message["message_id"] in chat.by_bot
    if chat.type == "channel":
        own = call.me(chat).may("can_edit_messages") or (own and call.me(chat).may("can_post_messages"))
    if not own or "forward_origin" in message:
        raise refusals.CANNOT_EDIT.refusal()
    return chat, message


def _finish(call: Call, chat: Chat, message: Json, content: Json) -> Json | bool:
    """Put the new content and keyboard in place, or refuse where nothing would change."""
    markup = inline_part(read_markup(call.parameters))
    if content == content_of(message) and markup == message.get("reply_markup"):
        raise refusals.NOT_MODIFIED.refusal()
    rest = {k: v for k, v in message.items() if k not in content_of(message) and k != "reply_markup"}
    changed = rest | content | ({"reply_markup": markup} if markup else {})
    only_keyboard = content == content_of(message)
    changed = replace_message(call.world, chat, changed, edited=not only_keyboard)
    return True if "inline_message_id" in call.parameters else changed


@method("editMessageText")
def edit_message_text(call: Call) -> Json | bool:
    """Puts a text in the place of a text."""
    content = read_text(call, refusals.EDIT_TOO_LONG)
    chat, message = _target(call)
    if "text" not in message:
        raise refusals.NO_TEXT_TO_EDIT.refusal()
    return _finish(call, chat, message, content)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json | bool:
    """Changes or takes away the text under a picture or a file."""
    caption = read_caption(call, too_long=refusals.EDIT_CAPTION_TOO_LONG)
    chat, message = _target(call)
    if not any(name in message for name in _CAPTIONED):
        raise refusals.NO_CAPTION_TO_EDIT.refusal()
    kept = {k: v for k, v in content_of(message).items() if k not in ("caption", "caption_entities")}
    if "show_caption_above_media" in call.parameters:
        kept.pop("show_caption_above_media", None)
        if call.parameters.flag("show_caption_above_media"):
            kept["show_caption_above_media"] = True
    return _finish(call, chat, message, kept | caption)


@method("editMessageMedia")
def edit_message_media(call: Call) -> Json | bool:
    """Puts another picture, film or file in the place of one."""
    raw = call.parameters.object("media", "input media")
    content = read_input_media(call, raw, caption_too_long=refusals.EDIT_CAPTION_TOO_LONG)
    chat, message = _target(call)
    if not any(name in message for name in _EXCHANGEABLE):
        # The Bot API's newest text lets a text become media; the sandbox keeps to the older, stricter rule.
        raise refusals.MEDIA_FIXED.refusal()
    if "media_group_id" in message:
        groups = ({"photo", "video"}, {"audio"}, {"document"})
        if not any(any(k in message for k in g) and any(k in content for k in g) for g in groups):
            raise refusals.ALBUM_MIXED.refusal()
    return _finish(call, chat, message, content)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json | bool:
    """Changes or takes away the buttons."""
    chat, message = _target(call)
    return _finish(call, chat, message, content_of(message))


@method("editMessageLiveLocation", "stopMessageLiveLocation")
def edit_live_location(call: Call) -> Json | bool:
    """Moves a live location, or ends it."""
    chat, message = _target(call)
    if "live_period" not in message.get("location", {}):
        raise refusals.NO_LIVE_LOCATION.refusal()
    if call.name == "stopMessageLiveLocation":
        place = {k: v for k, v in message["location"].items() if k != "live_period"}
        return _finish(call, chat, message, {"location": place})
    moved = message["location"] | read_location(call)["location"]
    return _finish(call, chat, message, {"location": moved})
