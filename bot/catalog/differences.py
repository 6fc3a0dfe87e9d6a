"""What changes for readers between two catalogs: cards, fields, languages, old and new; and hashes that tell a change.

Only what a reader can meet counts. Files reordered, texts wrapped anew, tags in another order, the facts of a source's
lines, drafts, the date of the next review: none of these is a difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.catalog.cards import Card, Kind, Statistic
from bot.catalog.reading import Path
from bot.catalog.seen import Seen, Texts, bare, seen
from bot.catalog.snapshot import Catalog
from bot.catalog.values import LANGUAGES, Bilingual, LanguageCode

UNSEEN_OF_CARD = frozenset({"id", "also_in", "draft", "formerly", "superseded_by", "review_by"})
"""What says nothing of the subject: names, where it stands (which `topics` says), when to look at it again."""
UNSEEN_OF_SOURCE = frozenset({"id", "lines", "left_out", "file", "sha256"})
FIGURE_FIELDS = frozenset({"value", "low", "high", "in_words", "bound", "approximate"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in one language, or without a language where it has none; None is "was not there", "is gone".

    `path` leads to it as in the file: `("points", 0)`. In a list it counts as the new one does; what is gone, as the
    old one did. Citations stand as `("cites", <source>)` with the lines as text; words such as tags are joined.
    """

    path: Path
    language: LanguageCode | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class CardName:
    """A card, as a list of changes names it. `topics`: its home first."""

    id: str
    kind: Kind
    title: Bilingual
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A card that readers no longer find, and the id of the one to which its links lead now, if any."""

    card: CardName
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """How many a statistic says, in the fields of its card; a view writes it as it writes the card's."""

    value: str | None
    low: str | None
    high: str | None
    in_words: Bilingual | None
    bound: str | None
    approximate: bool
    unit: Bilingual

    @classmethod
    def of(cls, card: Statistic) -> StatedFigure:
        """The figure of a card."""
        return cls(card.value, card.low, card.high, card.in_words, card.bound, card.approximate, card.unit)


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """The figure of a statistic as it was and as it is."""

    old: StatedFigure
    new: StatedFigure


@dataclass(frozen=True, slots=True)
class CardChange:
    """A card that says something else than before. `figure` is there only where a statistic's figure changed."""

    card: CardName
    fields: tuple[FieldChange, ...]
    formerly: str | None = None
    figure: FigureCorrection | None = None


@dataclass(frozen=True, slots=True)
class PartChange:
    """A topic (its icon and place), a source or a measure that came, went or changed. The title is None without one."""

    id: str
    change: Literal["added", "removed", "changed"]
    title: Bilingual | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changes for readers; each list in reading order of the new catalog, what went in that of the old."""

    added: tuple[CardName, ...] = ()
    removed: tuple[Removed, ...] = ()
    changed: tuple[CardChange, ...] = ()
    topics: tuple[PartChange, ...] = ()
    sources: tuple[PartChange, ...] = ()
    measures: tuple[PartChange, ...] = ()
    synonyms_added: tuple[tuple[str, ...], ...] = ()
    synonyms_removed: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes for readers."""
        return self != Differences()

    @property
    def corrections(self) -> tuple[CardChange, ...]:
        """The statistics whose figure was corrected."""
        return tuple(change for change in self.changed if change.figure)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a database column or a file."""
        return dict(_ADAPTER.dump_python(self, mode="json"))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Differences:
        """The reverse of `as_json`. Raises pydantic.ValidationError where the values are others."""
        return _ADAPTER.validate_python(data)


_ADAPTER: TypeAdapter[Differences] = TypeAdapter(Differences)


def differences(old: Catalog, new: Catalog) -> Differences:
    """What changes for readers when `new` takes the place of `old`."""
    origins = dict(_origins(old, new))
    came_from = {card_id: origin for origin, card_id in origins.items()}
    changed = (
        _card_change(old, new, old.by_id[came_from[card.id]], card) for card in new.cards if card.id in came_from
    )
    groups_old, groups_new = _groups(old), _groups(new)
    return Differences(
        added=tuple(_name(new, card) for card in new.cards if card.id not in came_from),
        removed=tuple(_removed(old, new, card) for card in old.cards if card.id not in origins),
        changed=tuple(change for change in changed if change.fields or change.formerly),
        topics=_parts(_topics(old), _topics(new), lambda topic: topic.summary.title, frozenset({"id", "summary"})),
        sources=_parts(old.sources, new.sources, lambda source: source.title, UNSEEN_OF_SOURCE),
        measures=_parts(old.measures, new.measures, lambda measure: measure.title, frozenset({"id"})),
        synonyms_added=tuple(sorted(groups_new - groups_old)),
        synonyms_removed=tuple(sorted(groups_old - groups_new)),
    )


def card_hash(card: Card, topics: Iterable[str] = ()) -> str:
    """A hash that changes exactly when something of the card changes for readers. `topics`: where it is listed."""
    return _hash(_card_seen(card, tuple(topics)))


def card_hashes(catalog: Catalog) -> dict[str, str]:
    """The hash of every published card by id."""
    return {card.id: card_hash(card, catalog.topics_of.get(card.id, ())) for card in catalog.cards}


def _hash(value: Seen) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _card_seen(card: Card, topics: tuple[str, ...]) -> dict[str, Seen]:
    listed = {"topics": bare([*topics[:1], *sorted(topics[1:])])} if topics else {}
    return {"kind": card.kind.value, **seen(card, UNSEEN_OF_CARD), **listed}


def _name(catalog: Catalog, card: Card) -> CardName:
    return CardName(card.id, card.kind, card.title, catalog.topics_of.get(card.id, ()))


def _origins(old: Catalog, new: Catalog) -> Iterator[tuple[str, str]]:
    """Old id → the id under which the same card goes on: its own, or the one that names it first under `formerly`."""
    taken = {card.id for card in old.cards if card.id in new.by_id}
    yield from ((card_id, card_id) for card_id in taken)
    for card in new.cards:
        if card.id not in taken:
            before = next((name for name in card.formerly if name in old.by_id and name not in taken), None)
            if before:
                yield before, card.id


def _removed(old: Catalog, new: Catalog, card: Card) -> Removed:
    now = new.find(card.id)
    return Removed(_name(old, card), now.id if now else None)


def _card_change(old: Catalog, new: Catalog, before: Card, after: Card) -> CardChange:
    topics_then, topics_now = old.topics_of.get(before.id, ()), new.topics_of.get(after.id, ())
    if before is after and topics_then == topics_now:  # of a file that did not change
        return CardChange(_name(new, after), ())
    then, now = _card_seen(before, topics_then), _card_seen(after, topics_now)
    order = {name: number for number, name in enumerate(type(after).model_fields)}
    fields = tuple(sorted(_changes((), then, now), key=lambda change: order.get(str(change.path[0]), len(order))))
    figure = None
    if isinstance(before, Statistic) and isinstance(after, Statistic) and {f.path[0] for f in fields} & FIGURE_FIELDS:
        figure = FigureCorrection(StatedFigure.of(before), StatedFigure.of(after))
    return CardChange(_name(new, after), fields, before.id if before.id != after.id else None, figure)


def _groups(catalog: Catalog) -> set[tuple[str, ...]]:
    return {tuple(sorted(set(group))) for group in catalog.synonyms}


def _topics(catalog: Catalog) -> dict[str, Any]:
    return {topic.id: topic for topic in catalog.topics}


def _parts(
    old: Mapping[str, Any], new: Mapping[str, Any], title: Callable[[Any], Bilingual], unseen: frozenset[str]
) -> tuple[PartChange, ...]:
    found = [PartChange(name, "added", title(new[name])) for name in new if name not in old]
    found += [PartChange(name, "removed", title(old[name])) for name in old if name not in new]
    for name in new:
        if name not in old or old[name] is new[name]:
            continue
        if fields := tuple(_changes((), seen(old[name], unseen), seen(new[name], unseen))):
            found.append(PartChange(name, "changed", title(new[name]), fields))
    return tuple(found)


def _changes(path: Path, old: Seen | None, new: Seen | None) -> Iterator[FieldChange]:
    if old == new:
        return
    if isinstance(old, dict) or isinstance(new, dict):
        before, after = _node(old), _node(new)
        for key in dict.fromkeys((*before, *after)):
            yield from _changes((*path, key) if key else path, before.get(key), after.get(key))
    elif isinstance(old, list) or isinstance(new, list):
        for number, left, right in _aligned(old or [], new or []):
            yield from _changes((*path, number), left, right)
    elif isinstance(old, Texts) or isinstance(new, Texts):
        yield from _text_changes(path, old, new)
    else:
        yield FieldChange(path, None, old, new)


def _node(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {} if value is None else {"": value}


def _text_changes(path: Path, old: Any, new: Any) -> Iterator[FieldChange]:
    for language in (None, *LANGUAGES):
        before, after = _said(old, language), _said(new, language)
        if before != after:
            yield FieldChange(path, language, before, after)


def _said(value: Texts | str | None, language: LanguageCode | None) -> str | None:
    if isinstance(value, Texts):
        return value.in_(language) if language else None
    return None if language else value


def _aligned(old: Sequence[Seen], new: Sequence[Seen]) -> Iterator[tuple[int, Seen | None, Seen | None]]:
    """Entries of two lists side by side, so that one put in front does not make all others look changed."""
    matcher = SequenceMatcher(None, [_hash(each) for each in old], [_hash(each) for each in new], autojunk=False)
    for what, left, left_end, right, right_end in matcher.get_opcodes():
        if what == "equal":
            continue
        for step in range(max(left_end - left, right_end - right)):
            before = old[left + step] if left + step < left_end else None
            after = new[right + step] if right + step < right_end else None
            yield (right if after is not None else left) + step, before, after
