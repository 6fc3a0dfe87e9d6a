"""Texts and captions of a request: markup parsed, entities put right, limits kept."""

from typing import Any

from bot.sandbox import refusals
from bot.sandbox.entities import QUOTES, SPLITTABLE, tidied, trimmed, with_found
from bot.sandbox.entities_html import MarkupError, parse_html
from bot.sandbox.entities_markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.links import LinkError, link
from bot.sandbox.methods.call import Call
from bot.sandbox.parameters import field
from bot.sandbox.refusals import Wording
from bot.sandbox.shapes import Entity, Json, utf16_length

TEXT_LIMIT = 4096  # Bot API, sendMessage: characters after entities parsing
CAPTION_LIMIT = 1024  # Bot API, sendPhoto
REMEMBERED = 64
SOURCE_LIMIT = 1 << 15  # tdlib/telegram-bot-api, get_formatted_text: bytes before parsing

_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}
# The kinds that a bot can set, and the fields that each has beside its place: (name, type, whether it must be there).
_GIVEN: dict[str, tuple[tuple[str, type, bool], ...]] = {
    **dict.fromkeys((*SPLITTABLE, *QUOTES, "code"), ()),
    "pre": (("language", str, False),),
    "text_link": (("url", str, True),),
    "text_mention": (("user", dict, True),),
    "custom_emoji": (("custom_emoji_id", str, True),),
    "date_time": (("unix_time", int, True), ("date_time_format", str, False)),
}
# Control characters become spaces (td, clean_input_string); a carriage return goes.
_CONTROL = {code: " " for code in range(32) if code != 10}


def formatted(call: Call, source: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    """Plain text and its entities as Telegram would show them; "" where nothing is left. Refuses bad markup.

    A text with nobody mentioned in it reads the same each time: the last few are remembered, for a digest goes to many.
    """
    known, key = call.world.texts_read, (source, parse_mode, call.world.pace.limits)
    if not given and key in known:
        return known[key]
    text, entities = _read(call, source, parse_mode, given)
    if not given and not any(entity["type"] == "text_mention" for entity in entities):
        if len(known) >= REMEMBERED:
            del known[next(iter(known))]
        known[key] = text, entities
    return text, entities


def _read(call: Call, source: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    if len(source) > SOURCE_LIMIT // 4 and len(source.encode()) > SOURCE_LIMIT:
        raise refusals.TEXT_HUGE.refusal()
    mode = parse_mode.strip().lower()
    entities: list[Entity]
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise refusals.PARSE_MODE.refusal()
        try:
            text, entities = _PARSERS[mode](source.replace("\r", ""))
        except MarkupError as error:
            raise refusals.CANNOT_PARSE.refusal(why=error) from None
    else:
        text = source
        entities = [_given(e) for e in given if e] if isinstance(given, list) else []
        entities = [e for e in entities if e]
        _check_places(text, entities)
        if "\r" in text:
            text, entities = _without_returns(text, entities)
    return finished(call, text, entities)


def finished(call: Call, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A parsed text put right: entities in order, white space cut off the ends, addresses and commands found."""
    if not text.isprintable():
        text = text.translate(_CONTROL)
    for entity in entities:
        if entity["type"] == "text_mention":
            entity["user"] = _user(call, entity["user"])
    entities = [e for e in entities if e["type"] != "text_mention" or e["user"]]
    text, entities = trimmed(text, tidied(entities) if entities else [])
    entities = with_found(text, entities)
    limits = call.world.pace.limits
    if len(entities) > limits.entities:
        if limits.refuse_entities:
            raise refusals.TOO_MANY_ENTITIES.refusal(count=len(entities), limit=limits.entities)
        entities = entities[: limits.entities]
    return text, entities


def _user(call: Call, user: Json) -> Json:
    person = call.world.people.get(user.get("id", 0))
    return person.as_user() if person else {}


def _given(entity: Any) -> Entity:
    """An entity of the request with its fields checked; {} for a kind that a bot cannot set."""
    if not isinstance(entity, dict):
        raise refusals.ENTITY_UNREADABLE.refusal(why="expected an Object")
    path = "can't parse MessageEntity: "
    checked: Entity = {
        "type": field(entity, "type", str, path, required=True),
        "offset": field(entity, "offset", int, path, required=True),
        "length": field(entity, "length", int, path, required=True),
    }
    if checked["type"] not in _GIVEN:
        return {}
    for name, kind, required in _GIVEN[checked["type"]]:
        value = field(entity, name, kind, path, required=required)
        if value is not None:
            checked[name] = value
    if checked["type"] == "text_link":
        checked["url"] = _address(checked["url"])
    return checked


def _address(url: str) -> str:
    try:
        return link(url)
    except LinkError as error:
        raise refusals.ENTITY_URL.refusal(url=url, why=error) from None


def _check_places(text: str, entities: list[Entity]) -> None:
    total = utf16_length(text)
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if offset < 0 or length < 0:
            name, value = ("offset", offset) if offset < 0 else ("length", length)
            raise refusals.ENTITY_NEGATIVE.refusal(name=name, value=value)
        if length and offset >= total:
            raise refusals.ENTITY_AFTER.refusal(offset=offset)
        if offset + length > total:
            raise refusals.ENTITY_OVER.refusal(offset=offset, end=offset + length)


def _without_returns(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    units = text.encode("utf-16-le")
    gone = [i // 2 for i in range(0, len(units), 2) if units[i : i + 2] == b"\r\0"]

    def moved(place: int) -> int:
        return place - sum(at < place for at in gone)

    for entity in entities:
        start, end = moved(entity["offset"]), moved(entity["offset"] + entity["length"])
        entity["offset"], entity["length"] = start, end - start
    return text.replace("\r", ""), entities


def read_text(call: Call, too_long: Wording = refusals.TEXT_TOO_LONG) -> Json:
    """The fields `text`, `entities` and `link_preview_options` of a text message. Refuses empty and too long ones."""
    parameters = call.parameters
    source = parameters.text("text")
    if not source:
        raise refusals.TEXT_EMPTY.refusal()
    given = parameters.json("entities", "entities") if not parameters.text("parse_mode") else None
    text, entities = formatted(call, source, parameters.text("parse_mode"), given)
    content = text_content(text, entities, too_long)
    options = parameters.object("link_preview_options", "link preview options")
    if options is None and parameters.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    if options:
        content["link_preview_options"] = options
    return content


def text_content(text: str, entities: list[Entity], too_long: Wording = refusals.TEXT_TOO_LONG) -> Json:
    """A finished text as the content of a message; refuses an empty and a too long one."""
    if not text:
        raise refusals.TEXT_BLANK.refusal()
    if len(text) > TEXT_LIMIT // 2 and utf16_length(text) > TEXT_LIMIT:
        raise too_long.refusal()
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(call: Call, holder: Json | None = None, too_long: Wording = refusals.CAPTION_TOO_LONG) -> Json:
    """The fields `caption` and `caption_entities` of the request, or of an object inside it; {} without a caption."""
    source: Json = holder if holder is not None else call.parameters.values
    raw = source.get("caption")
    if raw in (None, ""):
        return {}
    given = source.get("caption_entities") if holder is not None else None
    if holder is None:
        given = call.parameters.json("caption_entities", "caption entities")
    text, entities = formatted(call, str(raw), str(source.get("parse_mode") or ""), given)
    if len(text) > CAPTION_LIMIT // 2 and utf16_length(text) > CAPTION_LIMIT:
        raise too_long.refusal()
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}
