"""Telegram's two Markdowns (the legacy one and MarkdownV2), read into plain text and entities."""

import re
from dataclasses import dataclass

from bot.sandbox.entities import in_order
from bot.sandbox.entities_html import MarkupError
from bot.sandbox.links import checked_link, custom_emoji, mentioned_user
from bot.sandbox.shapes import Entity, utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_MARKS = (
    ("__", "underline"),
    ("||", "spoiler"),
    ("```", "pre"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("`", "code"),
    ("[", "text_link"),
)
_CLOSING = {"text_link": "]", "custom_emoji": "]", **{kind: mark for mark, kind in _MARKS if "[" not in mark}}
_LANGUAGE = re.compile(r"[^\s`]+(?=\s)")
_LINE_BREAK = re.compile(r"\r\n|\n\r|\n|\r")


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The legacy Markdown: `*bold*`, `_italic_`, links, code; no nesting. Raises MarkupError."""
    parts: list[str] = []
    entities: list[Entity] = []
    position = units = 0
    while position < len(source):
        letter = source[position]
        if letter == "\\" and source[position + 1 : position + 2] in tuple("_*`["):
            parts.append(source[position + 1])
            units += 1
            position += 2
        elif letter not in "_*`[":
            parts.append(letter)
            units += utf16_length(letter)
            position += 1
        else:
            text, entity, position = _legacy_entity(source, position)
            length = utf16_length(text)
            if entity and length:
                entities.append({"type": entity.pop("type"), "offset": units, "length": length, **entity})
            parts.append(text)
            units += length
    return "".join(parts), entities


def _legacy_entity(source: str, begin: int) -> tuple[str, Entity | None, int]:
    """The text inside, the entity without its place (None where it names no address), and where reading goes on."""
    mark = "```" if source.startswith("```", begin) else source[begin]
    start, language = begin + len(mark), ""
    if mark == "```":
        start, language = _opening_of_block(source, start)
    end = source.find("]" if mark == "[" else mark, start)
    if end < 0:
        offset = len(source[:begin].encode())
        raise MarkupError(f"Can't find end of the entity starting at byte offset {offset}")
    text, after = source[start:end], end + len(mark)
    if mark != "[":
        kind = {"_": "italic", "*": "bold", "`": "code", "```": "pre"}[mark]
        return text, {"type": kind, **({"language": language} if language else {})}, after
    url = text
    if source.startswith("(", after):
        close = source.find(")", after)
        close = close if close >= 0 else len(source)
        url, after = source[after + 1 : close], close + 1
    return text, _link(url), after


def _opening_of_block(source: str, start: int) -> tuple[int, str]:
    match = _LANGUAGE.match(source, start)
    language = match.group() if match else ""
    start += len(language)
    line_break = _LINE_BREAK.match(source, start)
    return (line_break.end() if line_break else start), language


def _link(url: str) -> Entity | None:
    user = mentioned_user(url)
    if user:
        return {"type": "text_mention", "user": {"id": user}}
    address = checked_link(url)
    return {"type": "text_link", "url": address} if address else None


@dataclass
class _Open:
    kind: str
    at: int
    byte: int
    index: int
    part: int
    language: str = ""


class _Reader:
    """One pass over a MarkdownV2 text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.units = 0
        self.entities: list[Entity] = []
        self.open: list[_Open] = []
        self.quote = False
        self.line_start = True
        self.position = 0

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.units += utf16_length(text)

    def byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def read(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            self.step()
        if self.quote:
            self.end_quote(len(self.source))
        if self.open:
            raise self.unended(self.open[-1])
        return "".join(self.parts), in_order(self.entities)

    def unended(self, opened: _Open) -> MarkupError:
        kind = "PreCode" if opened.language else _NAMES[opened.kind]
        return MarkupError(f"Can't find end of {kind} entity at byte offset {opened.byte}")

    def step(self) -> None:
        source, position = self.source, self.position
        letter = source[position]
        if letter == "\\" and position + 1 < len(source) and "\0" < source[position + 1] <= "\x7e":
            self.write(source[position + 1])
            self.line_start = source[position + 1] == "\n"
            self.position += 2
            return
        inner = self.open[-1].kind if self.open else ""
        if inner in ("code", "pre") and letter != "`":
            self.plain(letter)
        elif letter == "\n":
            self.end_line()
        elif letter not in _RESERVED:
            self.plain(letter)
        elif inner and inner != "blockquote" and self.closes(inner):
            self.close()
        else:
            self.begin()

    def plain(self, letter: str) -> None:
        self.write(letter)
        self.position += 1
        if letter != "\r":
            self.line_start = False

    def closes(self, kind: str) -> bool:
        mark = _CLOSING[kind]
        if kind == "italic" and self.source.startswith("__", self.position):
            return False
        return self.source.startswith(mark, self.position)

    def end_line(self) -> None:
        if self.quote and not self.source.startswith(">", self.position + 1):
            self.end_quote(self.position)
        self.write("\n")
        if self.entities and self.entities[-1].pop("to_line_end", None):
            self.entities[-1]["length"] += 1
        self.line_start = True
        self.position += 1

    def end_quote(self, at: int) -> None:
        """A line that is no quote ends it; `||` right before makes it one that unfolds."""
        kind = "blockquote"
        if self.open and self.open[-1].kind == "spoiler" and self.open[-1].index == at - 2:
            self.open.pop()
            kind = "expandable_blockquote"
        if not self.open or self.open[-1].kind != "blockquote":
            raise self.unended(self.open[-1])
        opened = self.open.pop()
        self.quote = False
        if at < len(self.source) or self.units > opened.at:
            entity: Entity = {"type": kind, "offset": opened.at, "length": self.units - opened.at}
            if at < len(self.source):
                entity["to_line_end"] = True
            self.entities.append(entity)

    def begin(self) -> None:
        source, begin = self.source, self.position
        if source[begin] == ">" and self.line_start:
            self.position += 1
            if not self.quote:
                self.quote = True
                self.open.append(_Open("blockquote", self.units, self.byte(begin), begin, len(self.parts)))
            self.line_start = False
            return
        mark, kind = next(((mark, kind) for mark, kind in _MARKS if source.startswith(mark, begin)), ("", ""))
        if not kind:
            raise MarkupError(f"Character '{source[begin]}' is reserved and must be escaped with the preceding '\\'")
        self.position += len(mark)
        language = ""
        if kind == "pre":
            self.position, language = _opening_of_block(source, self.position)
        self.open.append(_Open(kind, self.units, self.byte(begin), begin, len(self.parts), language))

    def close(self) -> None:
        opened = self.open.pop()
        self.position += len(_CLOSING[opened.kind])
        entity: Entity | None = {"type": opened.kind}
        if opened.kind == "text_link":
            entity = _link(self.address() if self.at_address() else "".join(self.parts[opened.part :]))
        elif opened.kind == "custom_emoji":
            entity = self.emoji()
        elif opened.language:
            entity = {"type": "pre", "language": opened.language}
        if entity and self.units > opened.at:
            place = {"offset": opened.at, "length": self.units - opened.at}
            self.entities.append({"type": entity.pop("type"), **place, **entity})

    def at_address(self) -> bool:
        return self.source.startswith("(", self.position)

    def address(self) -> str:
        start = position = self.position + 1
        url: list[str] = []
        while position < len(self.source) and self.source[position] != ")":
            if self.source[position] == "\\" and self.source[position + 1 : position + 2]:
                position += 1
            url.append(self.source[position])
            position += 1
        if position >= len(self.source):
            raise MarkupError(f"Can't find end of a URL at byte offset {self.byte(start)}")
        self.position = position + 1
        return "".join(url)

    def emoji(self) -> Entity:
        if not self.at_address():
            raise MarkupError("The entity must contain a tg://emoji or tg://time URL")
        identifier = custom_emoji(self.address())
        if not identifier:
            raise MarkupError("Invalid tg://emoji or tg://time URL specified")
        return {"type": "custom_emoji", "custom_emoji_id": identifier}


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """MarkdownV2, with nesting and quotes. Raises MarkupError with Telegram's words where it does not parse."""
    return _Reader(source).read()
