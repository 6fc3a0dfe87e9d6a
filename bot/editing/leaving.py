"""Lines of a source that no card cites: left out for a reason, or taken back since a card cites them after all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.catalog.sources import LeftOut, LineFacts, Reason, Source, write_lines

GUESSED = "probably; look at each of them"
"""The note of lines that were left out by their looks alone, until somebody has looked at them."""


def with_left_out(data: bytes, left_out: Sequence[LeftOut], facts: Mapping[int, LineFacts]) -> bytes:
    """The file of a source card with what is made from its text written anew; what people wrote above it stays."""
    head = re.split(rb"^(?:left_out|lines):", data, maxsplit=1, flags=re.MULTILINE)[0]
    return head + write_lines(left_out, facts).encode()


def left(source: Source, lines: Iterable[int], reason: Reason) -> tuple[LeftOut, ...]:
    """What is left out of a source with these lines too, joined to those of the same reason without a note."""
    more = set(lines)
    return _joined(cited(source, more), LeftOut(lines=tuple(sorted(more)), reason=reason))


def cited(source: Source, lines: Collection[int]) -> tuple[LeftOut, ...]:
    """What is left out of a source without these lines."""
    rests = ((entry, tuple(line for line in entry.lines if line not in lines)) for entry in source.left_out)
    return tuple(entry.model_copy(update={"lines": rest}) for entry, rest in rests if rest)


def guessed(source: Source) -> tuple[LeftOut, ...]:
    """What was left out of a source by its looks alone, and nobody has looked at."""
    return tuple(entry for entry in source.left_out if entry.note == GUESSED)


def settled(source: Source, *, right: bool) -> tuple[LeftOut, ...]:
    """What is left out of a source once somebody has looked at the guesses: they stay as any others, or are open."""
    kept = tuple(entry for entry in source.left_out if entry.note != GUESSED)
    for entry in guessed(source) if right else ():
        kept = _joined(kept, entry.model_copy(update={"note": None}))
    return kept


def _joined(entries: Sequence[LeftOut], more: LeftOut) -> tuple[LeftOut, ...]:
    """Entries and one more, joined to that of the same reason without a note where there is one."""
    for place, entry in enumerate(entries):
        if entry.reason == more.reason and entry.note is None:
            both = entry.model_copy(update={"lines": tuple(sorted({*entry.lines, *more.lines}))})
            return (*entries[:place], both, *entries[place + 1 :])
    return (*entries, more)
