"""Styled text between blocks and markup: it can be measured, joined, cut and then written, without tags in the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from bot.layout.characters import units
from bot.layout.escape import escape, escape_attribute
from bot.layout.limits import ENTITIES, ENTITIES_SIZE


@dataclass(frozen=True, slots=True)
class Style:
    """One of Telegram's entities: its tag, and for a link its address."""

    tag: str
    address: str = ""


BOLD: Final = Style("b")
ITALIC: Final = Style("i")
UNDERLINE: Final = Style("u")
STRIKE: Final = Style("s")
CODE: Final = Style("code")
PRE: Final = Style("pre")
QUOTE: Final = Style("blockquote")
FOLDED: Final = Style("blockquote expandable")

_OUTSIDE_IN: Final = ("blockquote", "blockquote expandable", "pre", "a", "b", "i", "u", "s", "code")
_LETTER_STYLES: Final = frozenset("bius")
_ENTITY_SIZE: Final = 12
# Telegram marks these by itself, and each takes one of the message's entities. Better one counted too many.
_FOUND = re.compile(r"[@#$/]\w+|\w\.[^\W\d]{2,}|://|\+?\d[\d() -]{5,}\d")


def link(address: str) -> Style:
    """The style of text that opens an address."""
    return Style("a", address)


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one set of styles, which stand from the outermost to the innermost."""

    text: str
    styles: tuple[Style, ...] = ()


Spans = tuple[Span, ...]


def styled(text: str, styles: Iterable[Style]) -> Span:
    """A span in those of the styles that Telegram lets stand together.

    Code keeps nothing about it but a quote, and a block of code nothing at all (Bot API: "pre and code entities can't
    contain other entities").
    """
    ordered = sorted(dict.fromkeys(styles), key=lambda style: _OUTSIDE_IN.index(style.tag))
    if PRE in ordered:
        return Span(text, (PRE,))
    if CODE in ordered:
        return Span(text, tuple(style for style in ordered if style in (QUOTE, FOLDED, CODE)))
    return Span(text, tuple(ordered))


def joined(spans: Iterable[Span]) -> Spans:
    """The same text with neighbours of like style made one and empty ones gone."""
    done: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if done and done[-1].styles == span.styles:
            done[-1] = Span(done[-1].text + span.text, span.styles)
        else:
            done.append(span)
    return tuple(done)


def words(spans: Iterable[Span]) -> str:
    """The text without its styles."""
    return "".join(span.text for span in spans)


def cut(spans: Spans, at: int) -> tuple[Spans, Spans]:
    """What stands before and after the character at `at`; styles go on in both."""
    before: list[Span] = []
    after: list[Span] = []
    for span in spans:
        here = max(0, min(at, len(span.text)))
        before.append(Span(span.text[:here], span.styles))
        after.append(Span(span.text[here:], span.styles))
        at -= len(span.text)
    return joined(before), joined(after)


def trimmed(spans: Spans) -> Spans:
    """The same without white space at either end."""
    text = words(spans)
    if text == text.strip():
        return spans if text else ()
    _, rest = cut(spans, len(text) - len(text.lstrip()))
    return cut(rest, len(text.strip()))[0]


def size(style: Style) -> int:
    """Bytes of an entity as Telegram stores it: its kind, place and length, and its address."""
    return _ENTITY_SIZE + len(style.address.encode("utf-8", "surrogatepass"))


def _entities(spans: Spans) -> list[tuple[int, int]]:
    """The place and size of every entity.

    Telegram cuts bold, italic and the like wherever another entity begins or ends (tdlib/td: fix_entities), so that
    each span counts its own.
    """
    found: list[tuple[int, int]] = []
    place = 0
    running: tuple[Style, ...] = ()
    for span in spans:
        found += [(place, size(s)) for s in span.styles if s.tag in _LETTER_STYLES or s not in running]
        found += [(place + match.start(), _ENTITY_SIZE) for match in _FOUND.finditer(span.text)]
        place += len(span.text)
        running = span.styles
    return found


def entity_count(spans: Spans) -> int:
    """How many entities Telegram makes of it, those that it finds by itself included; rather too many than too few."""
    return len(_entities(spans))


def room_for_entities(spans: Spans) -> int:
    """How many characters from the start hold no more entities than one message may."""
    entities = _entities(spans)
    sizes = accumulate(weight for _, weight in entities)
    for number, ((place, _), total) in enumerate(zip(entities, sizes, strict=True), start=1):
        if number > ENTITIES or total > ENTITIES_SIZE:
            return place
    return sum(len(span.text) for span in spans)


def fits(spans: Spans, limit: int) -> bool:
    """Whether one message of at most `limit` UTF-16 units holds it."""
    text = words(spans)
    return units(text) <= limit and room_for_entities(spans) == len(text)


def lightened(spans: Spans, *styles: Style) -> Spans:
    """The same text without these styles."""
    return joined(Span(span.text, tuple(s for s in span.styles if s not in styles)) for span in spans)


def write(spans: Sequence[Span]) -> str:
    """As Telegram's HTML: every tag closed in order, styles that go on left open."""
    out: list[str] = []
    standing: tuple[Style, ...] = ()
    for span in (*spans, Span("")):
        kept = 0
        while kept < min(len(standing), len(span.styles)) and standing[kept] == span.styles[kept]:
            kept += 1
        out += [f"</{style.tag.split()[0]}>" for style in reversed(standing[kept:])]
        out += [_opening(style) for style in span.styles[kept:]]
        out.append(escape(span.text))
        standing = span.styles
    return "".join(out)


def _opening(style: Style) -> str:
    return f'<a href="{escape_attribute(style.address)}">' if style.tag == "a" else f"<{style.tag}>"
