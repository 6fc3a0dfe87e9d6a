"""The one place that splits what is too long for a message, on the borders that a reader minds least."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.layout.characters import fitting, units, whole
from bot.layout.spans import Span, Spans, cut, fits, joined, room_for_entities, trimmed, words

_BREAK = r"[^\S\u00a0\u2007\u202f]"  # white space, but not that which holds a number together
_BORDERS = (
    re.compile(r"(?=\n\s*\n)"),  # paragraphs
    re.compile(r"(?=\n)"),  # lines
    re.compile(rf"(?<=[.!?…])[\"'»”’)\]]*(?={_BREAK})"),  # sentences
    re.compile(rf"(?={_BREAK})"),  # words
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block as styled text, without white space at its ends.

    `gap` stands between it and the part before, where one message holds both. A part that `leads` (a heading) never
    ends a message while something follows.
    """

    spans: Spans
    gap: str = "\n\n"
    leads: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts that stay together; a cut must leave more than the first `opening` characters in front of it."""

    spans: Spans
    gap: str
    opening: int = 0


def split(parts: Sequence[Part], limit: int, first: int | None = None) -> tuple[Spans, ...]:
    """What each message holds, in order: at most `limit` UTF-16 units (the first one `first`) and Telegram's entities.

    Blocks stay whole where a message can hold them. A longer one is cut after a paragraph, else a line, a sentence,
    a word, and last of all between two characters; its beginning joins the message before where that is less than
    half full. The same parts always give the same messages. Only white space and gaps are lost, where a message ends.
    Raises ValueError where there is no room for even one character, which may take two units.
    """
    room = limit if first is None else first
    if min(limit, room) < 2:
        raise ValueError("a message must have room for at least two UTF-16 units")
    whole_text = together(parts)
    if whole_text and fits(whole_text, room):
        return (whole_text,)
    done: list[Spans] = []
    current: Spans = ()
    for group in _groups(parts):
        rest: _Group | None = group
        while rest:
            filled = joined((*current, Span(rest.gap), *rest.spans)) if current else rest.spans
            if fits(filled, room):
                current, rest = filled, None
            elif current and (fits(rest.spans, limit) or _more_than_half_full(current, room)):
                done.append(current)
                current, room = (), limit
            else:
                opening = len(words(filled)) - len(words(rest.spans)) + rest.opening
                head, tail = _cut(filled, room, opening)
                done.append(head)
                current, room = (), limit
                rest = _Group(tail, "")
    return (*done, current) if current else tuple(done)


def together(parts: Iterable[Part]) -> Spans:
    """All parts in one, with their gaps between them."""
    spans = [span for part in parts if part.spans for span in (Span(part.gap), *part.spans)]
    return joined(spans[1:])


def _groups(parts: Iterable[Part]) -> Iterator[_Group]:
    waiting: list[Part] = []
    for part in parts:
        if not part.spans:
            continue
        waiting.append(part)
        if not part.leads:
            yield _group(waiting)
            waiting = []
    if waiting:
        yield _group(waiting)


def _group(parts: Sequence[Part]) -> _Group:
    spans = list(parts[0].spans)
    opening = 0
    for part in parts[1:]:
        spans += [Span(part.gap), *part.spans]
        opening = len(words(spans)) - len(words(part.spans))
    return _Group(joined(spans), parts[0].gap, opening)


def _more_than_half_full(spans: Spans, room: int) -> bool:
    return units(words(spans)) * 2 > room


def _cut(spans: Spans, room: int, opening: int) -> tuple[Spans, Spans]:
    text = words(spans)
    at = _border(text, max(1, min(fitting(text, room), room_for_entities(spans))), opening)
    before, after = cut(spans, at)
    return trimmed(before), trimmed(after)


def _border(text: str, top: int, opening: int) -> int:
    """Where to cut `text` so that at most `top` characters stand before it, and more than `opening` if that can be."""
    lowest = opening if opening < top else 0
    enough = lowest + (top - lowest) // 3
    for border, above in (*((border, enough) for border in _BORDERS), (_BORDERS[-1], lowest)):
        places = [match.end() for match in border.finditer(text, above, top + 2) if above < match.end() <= top]
        if places:
            return places[-1]
    return whole(text, top, lowest)
