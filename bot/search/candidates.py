"""Candidates: the cards that can answer at all, found by the rare words of a question first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.search.interpretation import Interpretation
from bot.search.postings import LONG, Posting, Postings

MOST = 512
"""Candidates that are looked at with all words of the question; the best of them are shown."""

Parts = list[float]
"""For each unit of a question how well a card has it: an impact times a likeness, 0 where it has not."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which units of a question may stand on cards."""

    posting: Posting
    first: int
    end: int
    likeness: float


def alternatives(reading: Interpretation, postings: Postings) -> list[Alternative]:
    """Every term that a question may mean and that stands on some card, with the units it covers."""
    found = [
        Alternative(posting, number, number + 1, meaning.likeness)
        for number, unit in enumerate(reading.units)
        for meaning in unit.meanings
        if (posting := postings.get(meaning.term))
    ]
    found += [
        Alternative(posting, span.first, span.end, span.likeness)
        for span in reading.spans
        if (posting := postings.get(span.term))
    ]
    return found


def candidates(reading: Interpretation, postings: Postings, least: float) -> dict[int, Parts]:
    """Cards with what they have of each unit. A card that covers less than the share `least` may be left out."""
    weights = [unit.weight for unit in reading.units]
    ways = alternatives(reading, postings)
    essential = _essential(weights, least)
    short = [way for way in ways if len(way.posting) <= LONG]
    long = [way for way in ways if len(way.posting) > LONG]
    found: dict[int, Parts] = {}
    empty = [0.0] * len(weights)
    for way in short:
        if not essential.isdisjoint(range(way.first, way.end)):
            _walk(way, found, empty)
    for card in _common(long, essential, len(weights)):
        if card not in found:
            found[card] = empty.copy()
    if len(found) > MOST and long:
        best = heapq.nlargest(MOST, found, key=lambda card: sum(map(float.__mul__, found[card], weights)))
        found = {card: found[card] for card in best}
    for way in short:
        if essential.isdisjoint(range(way.first, way.end)):
            _walk(way, found, None)
    for way in long:
        _look_up(way, found)
    return found


def _essential(weights: Sequence[float], least: float) -> set[int]:
    """The heaviest units without any of which no card can cover enough: the rest are looked up, not walked."""
    essential: set[int] = set()
    remaining, enough = sum(weights), least * sum(weights)
    for number in sorted(range(len(weights)), key=lambda number: -weights[number]):
        if remaining < enough:
            break
        essential.add(number)
        remaining -= weights[number]
    return essential


def _walk(way: Alternative, found: dict[int, Parts], empty: Parts | None) -> None:
    """Note the cards of a posting; those not found yet begin with `empty`, or stay out where it is None."""
    units = range(way.first, way.end)
    likeness = way.likeness
    for card, impact in zip(way.posting.cards, way.posting.impacts, strict=True):
        parts = found.get(card)
        if parts is None:
            if empty is None:
                continue
            parts = found[card] = empty.copy()
        value = impact * likeness
        for unit in units:
            if parts[unit] < value:
                parts[unit] = value


def _look_up(way: Alternative, found: dict[int, Parts]) -> None:
    units = range(way.first, way.end)
    for card, parts in found.items():
        value = way.posting.impact(card) * way.likeness
        if value:
            for unit in units:
                if parts[unit] < value:
                    parts[unit] = value


def _common(long: Sequence[Alternative], essential: set[int], units: int) -> Iterator[int]:
    """Cards on which common words meet, then those about which a common word says most."""
    bits = [0] * units
    for way in long:
        for unit in range(way.first, way.end):
            bits[unit] |= way.posting.bits
    present = [unit for unit in range(units) if bits[unit]]
    room = MOST
    meetings = [bits[a] & bits[b] for i, a in enumerate(present) for b in present[i + 1 :]]
    if len(present) > 2:
        together = bits[present[0]]
        for unit in present[1:]:
            together &= bits[unit]
        meetings.insert(0, together)
    for meeting in meetings:
        for card in _set_bits(meeting, room):
            room -= 1
            yield card
    for way in long:
        if not essential.isdisjoint(range(way.first, way.end)):
            yield from way.posting.champions


def _set_bits(bits: int, most: int) -> Iterator[int]:
    written = bin(bits)[:1:-1]
    place = written.find("1")
    while place >= 0 and most > 0:
        yield place
        most -= 1
        place = written.find("1", place + 1)
