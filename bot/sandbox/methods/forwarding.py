"""Passing messages on, with their origin or as the bot's own."""

from typing import Any

from bot.sandbox import refusals
from bot.sandbox.chats import Chat
from bot.sandbox.methods.call import Call, method
from bot.sandbox.methods.markup import read_markup
from bot.sandbox.methods.sending import deliver
from bot.sandbox.methods.text import read_caption
from bot.sandbox.posting import content_of, is_service, origin_of
from bot.sandbox.shapes import Json


def _forwarded(call: Call, message: Json) -> Json:
    if is_service(message) or message.get("has_protected_content"):
        raise refusals.CANNOT_FORWARD.refusal()
    return content_of(message) | {"forward_origin": origin_of(call.world, message)}


def _copied(call: Call, message: Json) -> Json:
    if is_service(message) or message.get("has_protected_content"):
        raise refusals.CANNOT_COPY.refusal()
    content = content_of(message)
    if "caption" in call.parameters.values and "text" not in content:
        content = {k: v for k, v in content.items() if k not in ("caption", "caption_entities")} | read_caption(call)
    return content


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    """Passes one message on and says where it came from."""
    source = call.chat("from_chat_id")
    content = _forwarded(call, call.message(source, "message to forward"))
    return deliver(call, call.chat(write=True), [content])[0]


@method("copyMessage")
def copy_message(call: Call) -> Json:
    """Says one message again as the bot's own; answers its number."""
    source = call.chat("from_chat_id")
    content = _copied(call, call.message(source, "message to copy"))
    markup = read_markup(call.parameters)
    return {"message_id": deliver(call, call.chat(write=True), [content], markup)[0]["message_id"]}


@method("forwardMessages", "copyMessages")
def pass_on_many(call: Call) -> list[Json]:
    """Up to a hundred at once, in rising order; those that cannot be passed on are skipped."""
    ids = call.message_ids()
    if ids != sorted(set(ids)):
        raise refusals.IDS_NOT_RISING.refusal()
    source = call.chat("from_chat_id")
    contents = [content for i in ids if (content := _passable(call, source, i)) is not None]
    if not contents:
        raise refusals.NOT_HERE.refusal(what="messages to forward")
    messages: list[dict[str, Any]] = deliver(call, call.chat(write=True), contents)
    return [{"message_id": message["message_id"]} for message in messages]


def _passable(call: Call, source: Chat, message_id: int) -> Json | None:
    message = source.messages.get(message_id)
    if message is None or is_service(message) or message.get("has_protected_content"):
        return None
    if call.name == "forwardMessages":
        return _forwarded(call, message)
    content = content_of(message)
    if call.parameters.flag("remove_caption"):
        content = {k: v for k, v in content.items() if k not in ("caption", "caption_entities")}
    return content
