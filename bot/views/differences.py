"""What changes for readers, as an editor is shown it: card by card, old and new by field and language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.catalog.cards import Kind
from bot.catalog.differences import CardName, Differences, FieldChange, PartChange
from bot.catalog.reading import Path
from bot.layout.blocks import Block, Content, Heading, ItemList, Paragraph, Run, Screen, bold, text
from bot.views.reading import KIND_ICONS, Reading

ON_A_PAGE = 5
"""Cards on one page: most fit one message then."""
AROUND = 60
"""Characters shown before and after what changed in a long text."""
LONGEST = 500
"""Most characters shown of what changed itself."""

GROUPS = 10
"""Most groups of synonyms that are named: where a file of them goes, there are a hundred."""

INNER = ("as_of", "checked", "cites", "date", "holder", "lines", "name", "text", "url", "where")
"""Keys within a field that have a name of their own; others stand as they are."""

Item = tuple[Block, ...]


def differences_screen(reading: Reading, found: Differences, page: int = 0) -> Screen:
    """A page of the difference, with what it comes to above it."""
    return Screen.of(
        Heading(text(reading.text("difference-title")), icon="🔍"), difference_blocks(reading, found, page)
    )


def difference_blocks(reading: Reading, found: Differences, page: int = 0) -> list[Block]:
    """The same without a heading."""
    if not found:
        return [Paragraph(text(reading.text("difference-none")))]
    items = difference_items(reading, found)
    page = min(page, difference_pages(found) - 1)
    start = page * ON_A_PAGE
    shown = [block for item in items[start : start + ON_A_PAGE] for block in item]
    return [Paragraph(text(difference_summary(reading, found))), *shown]


def difference_pages(found: Differences) -> int:
    """How many pages a difference has."""
    count = sum(len(part) for part in (found.added, found.removed, found.changed, found.topics, found.sources))
    count += len(found.measures) + bool(found.synonyms_added or found.synonyms_removed)
    return max(1, -(-count // ON_A_PAGE))


def difference_summary(reading: Reading, found: Differences) -> str:
    """What it comes to, in one line."""
    others = len(found.topics) + len(found.sources) + len(found.measures)
    counts = {
        "difference-changed-count": len(found.changed),
        "difference-added-count": len(found.added),
        "difference-removed-count": len(found.removed),
        "difference-other-count": others + bool(found.synonyms_added or found.synonyms_removed),
    }
    parts = [reading.text(key, count=count) for key, count in counts.items() if count]
    return " · ".join(parts) or reading.text("difference-none")


def difference_items(reading: Reading, found: Differences) -> list[Item]:
    """Each card or part that changes: corrections of figures first, since they matter most."""
    changed = sorted(found.changed, key=lambda change: change.figure is None)
    return [
        *((_card(reading, "~", each.card), *_fields(reading, each.fields, each.formerly)) for each in changed),
        *((_card(reading, "+", card),) for card in found.added),
        *((_card(reading, "−", each.card), *_replaced(reading, each.replaced_by)) for each in found.removed),
        *(_part(reading, "difference-topic", part) for part in found.topics),
        *(_part(reading, "difference-source", part) for part in found.sources),
        *(_part(reading, "difference-measure", part) for part in found.measures),
        *_synonyms(reading, found),
    ]


def _card(reading: Reading, sign: str, card: CardName) -> Block:
    icon = "📌" if card.kind == Kind.SUMMARY else KIND_ICONS[card.kind]
    return Paragraph(text(bold(f"{sign} {icon} {reading.of(card.title)}"), " ", Run(card.id, code=True)))


def _part(reading: Reading, label: str, part: PartChange) -> Item:
    sign = {"added": "+", "removed": "−", "changed": "~"}[part.change]
    title = reading.of(part.title) if part.title else ""
    name = text(bold(f"{sign} {reading.text(label)} {title}".strip()), " ", Run(part.id, code=True))
    return (Paragraph(name), *_fields(reading, part.fields, None))


def _replaced(reading: Reading, card_id: str | None) -> Iterator[Block]:
    if card_id:
        yield ItemList((text(reading.text("difference-replaced", id=card_id)),))


def _fields(reading: Reading, changes: Sequence[FieldChange], formerly: str | None) -> Iterator[Block]:
    lines = [text(reading.text("difference-formerly", id=formerly))] if formerly else []
    lines += [_field(reading, change) for change in changes]
    if lines:
        yield ItemList(tuple(lines))


def _field(reading: Reading, change: FieldChange) -> Content:
    label = f"{field_name(reading, change.path)}{f' ({change.language})' if change.language else ''}: "
    old, new = _around(change.old or "", change.new or "")
    if not change.old:
        return text(bold(label), "+ ", _cut(change.new or ""))
    if not change.new:
        return text(bold(label), Run(_cut(change.old), strike=True))
    return text(bold(label), Run(old, strike=True), " → ", new)


def field_name(reading: Reading, path: Path) -> str:
    """What a field is called: its name, which of several, and what of it."""
    name, *rest = path
    parts = [_part_name(reading, str(name))]
    for part in rest:
        named = part in INNER
        parts.append(str(part + 1) if isinstance(part, int) else _part_name(reading, part) if named else part)
    return " ".join(parts)


def _part_name(reading: Reading, name: str) -> str:
    return reading.text(f"field-{name.replace('_', '-')}")


def _around(old: str, new: str) -> tuple[str, str]:
    """Of two long texts the words that differ, with a few around them."""
    before, after = old.split(" "), new.split(" ")
    if len(old) + len(new) <= 2 * AROUND:
        return old, new
    head = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))))
    most = min(len(before), len(after)) - head
    backwards = zip(reversed(before), reversed(after), strict=False)
    tail = min(most, len(list(takewhile(lambda pair: pair[0] == pair[1], backwards))))
    return _shown(before, head, tail), _shown(after, head, tail)


def _shown(words: list[str], head: int, tail: int) -> str:
    end = len(words) - tail
    lead, trail = " ".join(words[:head]), " ".join(words[end:])
    lead = f"…{lead[-AROUND:]}" if len(lead) > AROUND else lead
    trail = f"{trail[:AROUND]}…" if len(trail) > AROUND else trail
    return " ".join(part for part in (lead, _cut(" ".join(words[head:end])), trail) if part)


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _synonyms(reading: Reading, found: Differences) -> Iterator[Item]:
    lines = [*(f"+ {', '.join(group)}" for group in found.synonyms_added)]
    lines += [f"− {', '.join(group)}" for group in found.synonyms_removed]
    more = len(lines) - GROUPS
    if more > 0:
        lines = [*lines[:GROUPS], reading.text("difference-synonyms-more", count=more)]
    if lines:
        yield (Paragraph(text(bold(reading.text("difference-synonyms")))), ItemList(tuple(map(text, lines))))
