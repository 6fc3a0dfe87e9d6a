"""Telegram's HTML: reads it into plain text and entities, and refuses what Telegram refuses, in its words."""

import re
from dataclasses import dataclass

from bot.sandbox.links import checked_link, mentioned_user
from bot.sandbox.shapes import Entity, is_whole

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*STYLES, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}

_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPECIAL = re.compile(rb"[<&]")
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_SPACE = b" \t\r\n\0\x0b"
_IDENTIFIER = re.compile(r"-?[0-9]{1,19}")
_TAG_END = re.compile(rb"[\s>]")
_NAME = re.compile(rb"[^\s=>/\"']*")
_TOKEN = re.compile(rb"[A-Za-z0-9.\-]*")


class MarkupError(ValueError):
    """The text does not parse; the message is what follows "can't parse entities: "."""


@dataclass
class _Open:
    tag: str
    argument: str
    at: int
    letter: int
    unix_time: int = 0


class _Reader:
    """One pass over the bytes of a text; offsets in messages count bytes, those of entities UTF-16 units."""

    def __init__(self, source: str) -> None:
        self.source = source.encode()
        self.parts: list[str] = []
        self.units = 0
        self.entities: list[Entity] = []
        self.open: list[_Open] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.units += len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)

    def read(self) -> tuple[str, list[Entity]]:
        source, position = self.source, 0
        while match := _SPECIAL.search(source, position):
            self.write(source[position : match.start()].decode())
            position = match.start()
            if match.group() == b"&":
                letter, position = reference(source, position)
                self.write(letter)
            elif source[position + 1 : position + 2] == b"/":
                position = self.close_tag(position)
            else:
                position = self.open_tag(position)
        self.write(source[position:].decode())
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), self.entities

    def open_tag(self, begin: int) -> int:
        found = _TAG_END.search(self.source, begin + 1)
        if found is None:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        tag = self.source[begin + 1 : found.start()].decode().lower()
        if tag not in TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        opened = _Open(tag, "", self.units, len(self.parts))
        position = found.start()
        while True:
            position = self.skip_space(position)
            if self.source[position : position + 1] == b">":
                break
            position = self.attribute(position, opened, begin)
        if tag == "span" and opened.argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(opened)
        return position + 1

    def attribute(self, position: int, opened: _Open, begin: int) -> int:
        match = _NAME.match(self.source, position)
        name = match.group().decode() if match else ""
        if not name:
            if position >= len(self.source):
                raise MarkupError(f'Unclosed start tag "{opened.tag}" at byte offset {begin}')
            raise MarkupError(f'Empty attribute name in the tag "{opened.tag}" at byte offset {begin}')
        position = self.skip_space(position + len(name.encode()))
        if position >= len(self.source):
            raise MarkupError(f'Unclosed start tag "{opened.tag}" at byte offset {begin}')
        if self.source[position : position + 1] != b"=":
            self.take_attribute(opened, name, "1" if name == "expandable" else "")
            return position
        position = self.skip_space(position + 1)
        if position >= len(self.source):
            raise MarkupError(f'Unclosed start tag "{opened.tag}" at byte offset {begin}')
        value, position = self.value(position)
        if position >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        self.take_attribute(opened, name, value)
        return position

    def value(self, position: int) -> tuple[str, int]:
        quote = self.source[position : position + 1]
        if quote not in (b"'", b'"'):
            match = _TOKEN.match(self.source, position)
            token = match.group() if match else b""
            after = self.source[position + len(token) : position + len(token) + 1]
            if after not in (b">", *(bytes([space]) for space in _SPACE)) and after:
                raise MarkupError(f"Unexpected end of name token at byte offset {position}")
            return token.decode().lower(), position + len(token)
        end = self.source.find(quote, position + 1)
        raw = self.source[position + 1 : end if end >= 0 else len(self.source)]
        return unescaped(raw), end + 1 if end >= 0 else len(self.source)

    @staticmethod
    def take_attribute(opened: _Open, name: str, value: str) -> None:
        match opened.tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
                opened.argument = value
            case ("blockquote", "expandable"):
                opened.argument = "1"
            case ("code", "class") if value.startswith("language-"):
                opened.argument = value[9:]
            case ("span", "class") if value.startswith("tg-"):
                opened.argument = value[3:]
            case ("tg-time", "unix"):
                opened.unix_time = int(value) if is_whole(value) else 0

    def close_tag(self, begin: int) -> int:
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        found = _TAG_END.search(self.source, begin + 2)
        end = found.start() if found else len(self.source)
        name = self.source[begin + 2 : end].decode().lower()
        end = self.skip_space(end)
        if self.source[end : end + 1] != b">":
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        expected = self.open[-1].tag
        if name and name != expected:
            raise MarkupError(f'Unmatched end tag at byte offset {begin}, expected "</{expected}>", found "</{name}>"')
        opened = self.open.pop()
        if self.units > opened.at:
            self.finish(opened)
        return end + 1

    def finish(self, opened: _Open) -> None:
        span = {"offset": opened.at, "length": self.units - opened.at}
        tag, argument = opened.tag, opened.argument
        if tag in STYLES:
            self.entities.append({"type": STYLES[tag], **span})
        elif tag == "a":
            self.link(argument or "".join(self.parts[opened.letter :]), span)
        elif tag in ("pre", "code"):
            self.code(tag, argument, span)
        elif tag == "blockquote":
            self.entities.append({"type": "expandable_blockquote" if argument else "blockquote", **span})
        elif tag == "tg-emoji":
            if not _IDENTIFIER.fullmatch(argument) or int(argument) == 0:
                raise MarkupError("Invalid custom emoji identifier specified")
            self.entities.append({"type": "custom_emoji", **span, "custom_emoji_id": argument})
        elif opened.unix_time > 0:
            extra = {"date_time_format": argument} if argument else {}
            self.entities.append({"type": "date_time", **span, "unix_time": opened.unix_time, **extra})

    def link(self, url: str, span: Entity) -> None:
        user = mentioned_user(url)
        if user:
            self.entities.append({"type": "text_mention", **span, "user": {"id": user}})
        elif address := checked_link(url):
            self.entities.append({"type": "text_link", **span, "url": address})

    def code(self, tag: str, language: str, span: Entity) -> None:
        """`pre` right around `code` with a class, or the other way round, is one block with a language."""
        last = self.entities[-1] if self.entities else {}
        same_place = all(last.get(key) == span[key] for key in span)
        if tag == "pre" and same_place and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
        elif tag == "code" and same_place and last["type"] == "pre" and language:
            last["language"] = language
        else:
            self.entities.append({"type": tag, **span, **({"language": language} if language else {})})

    def skip_space(self, position: int) -> int:
        while position < len(self.source) and self.source[position] in _SPACE:
            position += 1
        return position


def reference(source: bytes, position: int) -> tuple[str, int]:
    """The letter that the reference at `position` stands for and where it ends; an unknown one is an ampersand."""
    match = _REFERENCE.match(source, position)
    if match is None:
        return "&", position + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        letter = _NAMED.get(name)
        return (letter, match.end()) if letter else ("&", position + 1)
    digits = hexadecimal if hexadecimal is not None else decimal
    length = len(match.group().rstrip(b";"))
    code = int(digits, 16 if hexadecimal is not None else 10) if digits and length < 10 else 0
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", position + 1
    return chr(code), match.end()


def unescaped(raw: bytes) -> str:
    """An attribute's value with its references read."""
    parts: list[str] = []
    position = 0
    while (found := raw.find(b"&", position)) >= 0:
        parts.append(raw[position:found].decode())
        letter, position = reference(raw, found)
        parts.append(letter)
    parts.append(raw[position:].decode())
    return "".join(parts)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities (in the order in which they close) of a text in Telegram's HTML.

    Raises MarkupError with Telegram's words where it does not parse. A `code` that names a language but
    stands in no `pre` keeps no language, as in Telegram's answers.
    """
    text, entities = _Reader(source).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities
