"""Entities of a text: their order and nesting as Telegram keeps them, and those that it finds by itself."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.sandbox.shapes import Entity, utf16_length

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODE = ("pre", "code", "date_time")

# Which of two entities over the same letters stands first: tdlib/td, MessageEntity::get_type_priority.
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}

_FOUND = (
    ("url", re.compile(r"(?<![\w@/.])(?:(?:https?|ftp)://|tg://|(?=[\w-]+\.))[^\s<>\"'«»]+", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
)
_TRIGGERS = re.compile(r"[./@#$:]")
# Top-level domains seen often enough in plain writing; Telegram holds the whole list of IANA.
_DOMAIN_LIST = """
com org net info biz io me ru su ua by kz uk de fr eu pl lt lv ee ge am cz nl us tv ai app dev page media news
press online site club pro рф бел укр
"""
_DOMAINS = frozenset(_DOMAIN_LIST.split())


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sorted by place, the longer first, then by kind, as Telegram does."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _PRIORITY.get(e["type"], 50)))


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _is_continuous(kind: str) -> bool:
    return kind not in SPLITTABLE and kind not in QUOTES


def _may_hold(stack: list[Entity], inner: Entity) -> bool:
    outer, kinds, kind = stack[-1], {e["type"] for e in stack}, inner["type"]
    if _end(inner) > _end(outer) or kind in kinds or outer["type"] in CODE:
        return False
    if kind in CODE and not kinds <= set(QUOTES):
        return False
    if kind not in SPLITTABLE and any(_is_continuous(k) for k in kinds):
        return False
    return not (kind in QUOTES and kinds & set(QUOTES)) and not kinds & set(SPLITTABLE)


def _is_tidy(entities: list[Entity]) -> bool:
    stack: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in entities:
        while stack and entity["offset"] >= _end(stack[-1]):
            stack.pop()
        if stack and not _may_hold(stack, entity):
            return False
        if entity["type"] in SPLITTABLE:
            if ends.get(entity["type"], -1) >= entity["offset"]:
                return False
            ends[entity["type"]] = _end(entity)
        stack.append(entity)
    return True


def tidied(entities: Iterable[Entity]) -> list[Entity]:
    """The same entities in Telegram's order and nesting: overlapping ones cut or dropped, like ones joined."""
    ordered = in_order(e for e in entities if e["length"] > 0)
    if _is_tidy(ordered):
        return ordered
    quotes = _apart(e for e in ordered if e["type"] in QUOTES)
    solid = [e for e in _apart(e for e in ordered if _is_continuous(e["type"])) if not _crosses(e, quotes)]
    return _with_split([e for e in ordered if e["type"] in SPLITTABLE], in_order(solid + quotes))


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quotes: list[Entity]) -> bool:
    return any(
        _end(entity) > q["offset"]
        and entity["offset"] < _end(q)
        and not (q["offset"] <= entity["offset"] and _end(entity) <= _end(q))
        for q in quotes
    )


def _with_split(splittable: list[Entity], solid: list[Entity]) -> list[Entity]:
    """Styles are cut where anything else begins or ends, and do not reach into code."""
    if not splittable:
        return solid
    borders = {e["offset"] for e in solid} | {_end(e) for e in solid}
    code = [e for e in solid if e["type"] in CODE]
    runs = [(kind, start, end) for kind in SPLITTABLE for start, end in _joined(splittable, kind)]
    borders |= {start for _, start, _ in runs}
    pieces = [
        {"type": kind, "offset": low, "length": high - low}
        for kind, start, end in runs
        for low, high in _cut(start, end, borders)
        if not any(c["offset"] <= low and high <= _end(c) for c in code)
    ]
    return in_order(solid + pieces)


def _joined(entities: list[Entity], kind: str) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for entity in entities:
        if entity["type"] != kind:
            continue
        if runs and entity["offset"] <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], _end(entity)))
        else:
            runs.append((entity["offset"], _end(entity)))
    return runs


def _cut(start: int, end: int, borders: set[int]) -> Iterator[tuple[int, int]]:
    marks = [start, *sorted(b for b in borders if start < b < end), end]
    yield from pairwise(marks)


def found_in(text: str) -> list[Entity]:
    """What Telegram's servers mark by themselves: commands, mentions, hashtags, cashtags, addresses and mail."""
    if not _TRIGGERS.search(text):
        return []
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span() if kind != "url" else _address(match)
            if end > start and not any(s < end and start < e for s, e, _ in spans):
                spans.append((start, end, kind))
    ascii_only = text.isascii()
    return [
        {
            "type": kind,
            "offset": start if ascii_only else utf16_length(text[:start]),
            "length": end - start if ascii_only else utf16_length(text[start:end]),
        }
        for start, end, kind in sorted(spans)
    ]


def _address(match: re.Match[str]) -> tuple[int, int]:
    """The span of an address without the punctuation that follows it; empty where it is none."""
    start, raw = match.start(), match.group()
    while raw and (raw[-1] in ".,:;!?'\"" or (raw[-1] == ")" and raw.count(")") > raw.count("("))):
        raw = raw[:-1]
    rest = raw.split("://", 1)[-1]
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0]
    labels = host.split(".")
    has_scheme = "://" in raw
    if "@" in host or not all(labels) or (len(labels) < 2 and not has_scheme) or not rest:
        return start, start
    if not has_scheme and labels[-1].lower() not in _DOMAINS:
        return start, start
    return start, start + len(raw)


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """The given tidy entities and those found in the text where they do not cross a link, code or a quote's border."""
    found = found_in(text)
    if not found:
        return entities
    solid = [e for e in entities if _is_continuous(e["type"])]
    quotes = [e for e in entities if e["type"] in QUOTES]
    fresh = [
        f
        for f in found
        if not any(f["offset"] < _end(s) and s["offset"] < _end(f) for s in solid) and not _crosses(f, quotes)
    ]
    if not fresh:
        return entities
    styles = [e for e in entities if e["type"] in SPLITTABLE]
    return _with_split(styles, in_order(solid + quotes + fresh))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space at both ends; at the start only as far as the first entity, as Telegram does."""
    bare = text.rstrip(" \n")
    if len(bare) != len(text):
        limit = utf16_length(bare)
        cut = [{**e, "length": min(_end(e), limit) - e["offset"]} for e in entities if e["offset"] < limit]
        entities = in_order(cut)
    start = len(bare) - len(bare.lstrip(" \n"))
    if entities:
        start = min(start, entities[0]["offset"])
    if start:
        entities = [{**e, "offset": e["offset"] - start} for e in entities]
    return bare[start:], entities
