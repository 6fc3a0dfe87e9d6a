"""Finding a named thing by what somebody typed after a command: exactly, or the near ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.search.words import MAX_QUESTION, tokens

Thing = TypeVar("Thing")
NEAR = 72
"""Least likeness, of 100, for a name to be offered."""
LIMIT = 4
"""Near names that are offered."""


@dataclass(frozen=True, slots=True)
class Named(Generic[Thing]):
    """A thing with the names it goes by, in any language."""

    thing: Thing
    names: tuple[str, ...]


class Names(Generic[Thing]):
    """Things ready to be found by their names, however often."""

    def __init__(self, choices: Iterable[Named[Thing]]) -> None:
        self._things = [(choice.thing, _stems(name)) for choice in choices for name in choice.names]
        self._written = [" ".join(stems) for _, stems in self._things]

    def find(self, typed: str, limit: int = LIMIT) -> tuple[Thing | None, tuple[Thing, ...]]:
        """The thing of this name (case, word forms and hyphens do not count), or else the near ones, nearest first."""
        wanted = _stems(typed[:MAX_QUESTION])
        if not wanted:
            return None, ()
        for thing, stems in self._things:
            if stems == wanted:
                return thing, ()
        found = process.extract(
            " ".join(wanted),
            self._written,
            scorer=fuzz.token_set_ratio,
            score_cutoff=NEAR,
            limit=limit * 4,
        )
        near = dict.fromkeys(self._things[place][0] for _, _, place in found)
        return None, tuple(near)[:limit]


def find_named(
    typed: str, choices: Iterable[Named[Thing]], limit: int = LIMIT
) -> tuple[Thing | None, tuple[Thing, ...]]:
    """`Names.find` among names that are looked through once."""
    return Names(choices).find(typed, limit)


def _stems(name: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(name))
