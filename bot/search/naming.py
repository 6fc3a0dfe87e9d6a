"""Finding a named thing by what somebody typed after a command: exactly, or the near ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.search.words import MAX_QUESTION, tokens

Thing = TypeVar("Thing")
NEAR = 72
"""Least likeness, of 100, for a name to be offered."""


@dataclass(frozen=True, slots=True)
class Named(Generic[Thing]):
    """A thing with the names it goes by, in any language."""

    thing: Thing
    names: tuple[str, ...]


def find_named(typed: str, choices: Sequence[Named[Thing]], limit: int = 4) -> tuple[Thing | None, tuple[Thing, ...]]:
    """The thing of this name (case, word forms and hyphens do not count), or else the near ones, nearest first."""
    wanted = _stems(typed[:MAX_QUESTION])
    if not wanted:
        return None, ()
    names = [(_stems(name), place) for place, choice in enumerate(choices) for name in choice.names]
    for stems, place in names:
        if stems == wanted:
            return choices[place].thing, ()
    found = process.extract(
        " ".join(wanted),
        [" ".join(stems) for stems, _ in names],
        scorer=fuzz.token_set_ratio,
        score_cutoff=NEAR,
        limit=limit * 4,
    )
    places = dict.fromkeys(names[number][1] for _, _, number in found)
    return None, tuple(choices[place].thing for place in places)[:limit]


def _stems(name: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(name))
