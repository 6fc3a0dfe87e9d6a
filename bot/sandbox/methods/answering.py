"""Answers to pressed buttons and inline queries."""

from typing import Any

from bot.sandbox import refusals
from bot.sandbox.methods.call import Call, method
from bot.sandbox.methods.markup import checked_markup
from bot.sandbox.methods.media import described
from bot.sandbox.methods.text import formatted, read_caption, text_content
from bot.sandbox.parameters import field
from bot.sandbox.shapes import Json, present

ANSWER_LIMIT = 200  # Bot API, answerCallbackQuery
RESULTS_LIMIT = 50  # Bot API, answerInlineQuery
ID_LIMIT = 64  # Bot API, InlineQueryResult: bytes of id

# The kinds of results that carry a file: the kind of message, and the fields that may name it.
_CARRIERS = {
    "photo": ("photo", ("photo_file_id", "photo_url")),
    "gif": ("animation", ("gif_file_id", "gif_url")),
    "mpeg4_gif": ("animation", ("mpeg4_file_id", "mpeg4_url")),
    "video": ("video", ("video_file_id", "video_url")),
    "audio": ("audio", ("audio_file_id", "audio_url")),
    "voice": ("voice", ("voice_file_id", "voice_url")),
    "document": ("document", ("document_file_id", "document_url")),
    "sticker": ("sticker", ("sticker_file_id",)),
}
_PLACES = ("article", "location", "venue", "contact")
_ANSWER_FIELDS = ("next_offset", "button")


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """Ends the waiting of the person who pressed; too late or unknown is refused."""
    world, parameters = call.world, call.parameters
    text = parameters.text("text")
    if len(text) > ANSWER_LIMIT:
        raise refusals.ANSWER_TOO_LONG.refusal()
    query = world.callbacks.get(parameters.text("callback_query_id"))
    if query is None or world.clock() - query.at > world.pace.limits.query_seconds:
        raise refusals.QUERY_TOO_OLD.refusal()
    query.answer = {
        "text": text or None,
        "show_alert": parameters.flag("show_alert"),
        "url": parameters.text("url") or None,
    }
    world.events.tell("callback_answer", viewer=query.viewer, **query.answer)
    return True


@method("answerInlineQuery")
def answer_inline_query(call: Call) -> bool:
    """Shows results to the person who types; up to 50, each with an id of its own."""
    world, parameters = call.world, call.parameters
    results = parameters.array("results", "inline query results", "inline query results")
    if results is None:
        raise refusals.RESULTS_TYPE.refusal()
    if len(results) > RESULTS_LIMIT:
        raise refusals.RESULTS_MANY.refusal()
    contents: dict[str, Json] = {}
    for result in results:
        identifier, content = _checked(call, result)
        if identifier in contents:
            raise refusals.RESULT_ID_DUPLICATE.refusal()
        contents[identifier] = content
    if len(parameters.text("next_offset").encode()) > ID_LIMIT:
        raise refusals.NEXT_OFFSET_INVALID.refusal()
    button = parameters.object("button", "inline query results button")
    if button and len(str(button.get("start_parameter", ""))) > ID_LIMIT:
        raise refusals.START_PARAMETER.refusal()
    question = world.questions.get(parameters.text("inline_query_id"))
    if question is None or question.done.done() or world.clock() - question.at > world.pace.limits.inline_seconds:
        raise refusals.QUERY_TOO_OLD.refusal()
    question.contents = contents
    question.done.set_result(
        {
            "results": results,
            "next_offset": parameters.text("next_offset"),
            **present(button=button),
            "cache_time": parameters.integer("cache_time", 300),
            "is_personal": parameters.flag("is_personal"),
        }
    )
    return True


def _checked(call: Call, result: Any) -> tuple[str, Json]:
    """A result's id, and the message that it becomes when someone chooses it."""
    if not isinstance(result, dict):
        raise refusals.RESULT_UNREADABLE.refusal(why="Inline query result must be an object")
    identifier, kind = str(result.get("id", "")), str(result.get("type", ""))
    if not 1 <= len(identifier.encode()) <= ID_LIMIT:
        raise refusals.RESULT_ID_INVALID.refusal()
    if kind not in _PLACES and kind not in _CARRIERS:
        why = f'type "{kind}" is unsupported for the inline query result' if kind else 'Can\'t find field "type"'
        raise refusals.RESULT_UNREADABLE.refusal(why=why)
    content = _content(call, kind, result)
    markup = checked_markup(result["reply_markup"]) if result.get("reply_markup") else None
    if markup is not None and "inline_keyboard" not in markup:
        raise refusals.INLINE_EXPECTED.refusal()
    return identifier, content | present(reply_markup=markup)


def _content(call: Call, kind: str, result: Json) -> Json:
    if kind == "article" and not result.get("title"):
        raise refusals.RESULT_UNREADABLE.refusal(why='Can\'t find field "title"')
    given = result.get("input_message_content")
    if given is not None:
        return _given_content(call, given)
    if kind in _CARRIERS:
        return _carried(call, kind, result)
    if kind == "article":
        raise refusals.RESULT_UNREADABLE.refusal(why="Input message content is not specified")
    return _given_content(call, result)


def _given_content(call: Call, given: Any) -> Json:
    """What an InputMessageContent says."""
    if not isinstance(given, dict):
        raise refusals.RESULT_UNREADABLE.refusal(why="expected an Object")
    if "message_text" in given:
        source = str(given["message_text"])
        if not source:
            raise refusals.RESULT_CONTENT.refusal()
        text, entities = formatted(call, source, str(given.get("parse_mode") or ""), given.get("entities"))
        options = present(link_preview_options=given.get("link_preview_options"))
        return text_content(text, entities) | options
    if "phone_number" in given:
        names = ("phone_number", "first_name", "last_name", "vcard")
        return {"contact": {name: given[name] for name in names if given.get(name)}}
    if "latitude" in given and "longitude" in given:
        path = "can't parse inline query result: "
        location = {name: field(given, name, float, path, required=True) for name in ("latitude", "longitude")}
        if "address" not in given:
            return {"location": location}
        return {
            "venue": {
                "location": location,
                "title": field(given, "title", str, path, required=True),
                "address": given["address"],
            },
            "location": location,
        }
    raise refusals.RESULT_UNREADABLE.refusal(why="Input message content is not specified")


def _carried(call: Call, kind: str, result: Json) -> Json:
    """A result that is a file; one that is named by its address stands without its bytes."""
    shown, names = _CARRIERS[kind]
    value = next((str(result[name]) for name in names if result.get(name)), "")
    if not value:
        raise refusals.RESULT_UNREADABLE.refusal(why=f'Can\'t find field "{names[-1]}"')
    files = call.world.files
    stored = files.by_id(value)
    if stored is None:
        if "://" not in value:
            raise refusals.FILE_ID_WRONG.refusal()
        stored = files.store(shown, value.rsplit("/", 1)[-1], b"", str(result.get("mime_type", "")))
    return {shown: described(shown, stored, result)} | read_caption(call, result)
