"""Which cards are due to be looked at again on a day, and why: the date of their review, or a check made long ago."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.catalog.cards import BaseCard, Card

OUTSIDE_DAYS = 365
"""After so many days what an editor looked up outside the sources is to be checked again."""


class Why(StrEnum):
    """Why a card is due."""

    REVIEW = "review"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Due:
    """A card that an editor should look at, and since when (`2026`, `2026-06` or `2026-06-09`)."""

    card: Card
    why: Why
    since: str


def parts_of(partial: str) -> tuple[int, ...]:
    """Year, month and day of a date, as many as are known."""
    return tuple(int(part) for part in partial.split("-"))


def is_stale(card: BaseCard, today: date) -> bool:
    """Whether a card was to be looked at again by a day, month or year that is over."""
    return card.review_by is not None and _over(card.review_by, today)


def due(cards: Iterable[Card], today: date) -> tuple[Due, ...]:
    """The cards that are due, those that waited longest first: each by its review, else by its oldest check."""
    found: list[Due] = []
    for card in cards:
        checks = [entry.checked for entry in card.outside if _over(entry.checked, today - timedelta(days=OUTSIDE_DAYS))]
        if is_stale(card, today):
            found.append(Due(card, Why.REVIEW, card.review_by or ""))
        elif checks:
            found.append(Due(card, Why.OUTSIDE, min(checks)))
    return tuple(sorted(found, key=lambda each: (parts_of(each.since), each.card.id)))


def _over(partial: str, today: date) -> bool:
    parts = parts_of(partial)
    return parts < (today.year, today.month, today.day)[: len(parts)]
