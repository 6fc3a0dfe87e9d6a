"""How the published content came to be what it is: every change of a card by version, and when each card lived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.catalog.cards import Kind
from bot.catalog.differences import CardName, Differences, FieldChange, FigureCorrection
from bot.catalog.values import Bilingual

What = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Details:
    """What `card_changes.fields` holds of a change. `kind`, `topics` (its home first) and `title` are the card's after
    the change, or the last ones of a card withdrawn. `formerly`: the id that it had until then."""

    kind: Kind
    topics: tuple[str, ...]
    title: Bilingual
    fields: tuple[FieldChange, ...] = ()
    figure: FigureCorrection | None = None
    formerly: str | None = None
    replaced_by: str | None = None


_DETAILS: TypeAdapter[Details] = TypeAdapter(Details)


@dataclass(frozen=True, slots=True)
class Change:
    """What one version changed of one card. `at`: when it was published, whole seconds since 1970 in UTC."""

    version: int
    at: int
    card: str
    what: What
    details: Details

    @property
    def fields(self) -> dict[str, Any]:
        """Plain values for the column `card_changes.fields`."""
        return dict(_DETAILS.dump_python(self.details, mode="json", exclude_defaults=True))

    @classmethod
    def of_row(cls, version: int, at: int, card: str, what: What, fields: Mapping[str, Any]) -> Change:
        """The reverse, from the columns of `card_changes` and the moment of its version.

        Raises pydantic.ValidationError where the values are others.
        """
        return cls(version, at, card, what, _DETAILS.validate_python(fields))


def changes_of(found: Differences, version: int, at: int) -> tuple[Change, ...]:
    """The changes of cards that a version brings, from how it differs from the one before.

    The first version differs from an empty catalog: all its cards are added.
    """
    return (
        *(Change(version, at, card.id, "added", _named(card)) for card in found.added),
        *(
            Change(
                version,
                at,
                each.card.id,
                "changed",
                replace(_named(each.card), fields=each.fields, figure=each.figure, formerly=each.formerly),
            )
            for each in found.changed
        ),
        *(
            Change(version, at, each.card.id, "withdrawn", replace(_named(each.card), replaced_by=each.replaced_by))
            for each in found.removed
        ),
    )


def _named(card: CardName) -> Details:
    return Details(card.kind, card.topics, card.title)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A stretch of time in which a card was published under one kind and topics, from `since` until before `until`.

    `since` is None for what the first version held, `until` for what is published now. `origin` is the id under which
    the card was first published: it stays when the card gets another `card` id.
    """

    card: str
    origin: str
    kind: Kind
    topics: tuple[str, ...]
    since: int | None
    until: int | None = None

    def at(self, moment: int) -> bool:
        """Whether the card was published like this at a moment."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class History:
    """All changes of cards, oldest version first; those of the first version are the baseline, which is no news.

    `version` is the number of the version published now, `at` its moment; later ones may have changed no card.
    """

    changes: tuple[Change, ...] = ()
    version: int = 0
    at: int = 0

    def followed_by(self, changes: Iterable[Change], version: int, at: int) -> History:
        """The history with one more version."""
        return History((*self.changes, *changes), version, at)

    @property
    def baseline(self) -> int | None:
        """The number of the first version; None before anything is published."""
        return self.changes[0].version if self.changes else None

    @cached_property
    def news(self) -> tuple[Change, ...]:
        """All changes but the baseline."""
        return tuple(change for change in self.changes if change.version != self.baseline)

    def between(self, start: int, end: int) -> tuple[Change, ...]:
        """What changed from `start` until before `end`, the baseline aside."""
        return tuple(change for change in self.news if start <= change.at < end)

    @cached_property
    def lifetimes(self) -> tuple[Lifetime, ...]:
        """When each card lived, in order of the changes that began it; a card that came back has several."""
        return tuple(_lifetimes(self.changes, self.baseline))

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return {life.card: life.origin for life in self.lifetimes}

    def origin(self, card: str) -> str:
        """The id under which a card was first published, by any id that it has had."""
        return self._origins.get(card, card)

    def names(self, card: str) -> frozenset[str]:
        """Every id that a card has had, by any of them."""
        origin = self.origin(card)
        return frozenset({card} | {name for name, first in self._origins.items() if first == origin})


def _lifetimes(changes: Iterable[Change], baseline: int | None) -> Iterator[Lifetime]:
    living: dict[str, Lifetime] = {}
    done: list[Lifetime] = []
    origins: dict[str, str] = {}
    for _, group in groupby(changes, key=lambda change: change.version):
        # All of a version take place at once, so that two cards may even swap their ids.
        pairs = [(change, living.pop(change.details.formerly or change.card, None)) for change in group]
        for change, before in pairs:
            origin = before.origin if before else origins.get(change.card, change.card)
            origins[change.card] = origin
            now = _begun(change, origin, baseline)
            if before and now and (now.card, now.kind, now.topics) == (before.card, before.kind, before.topics):
                living[change.card] = before
                continue
            if before:
                done.append(replace(before, until=change.at))
            if now:
                living[change.card] = now
    yield from sorted((*done, *living.values()), key=lambda life: (life.since or 0, life.origin))


def _begun(change: Change, origin: str, baseline: int | None) -> Lifetime | None:
    if change.what == "withdrawn":
        return None
    since = None if change.version == baseline else change.at
    return Lifetime(change.card, origin, change.details.kind, change.details.topics, since)
