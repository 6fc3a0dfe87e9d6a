"""Lines of a source that no card cites: left out for a reason, or taken back since a card cites them after all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.catalog.sources import LeftOut, LineFacts, Reason, Source, write_lines


def with_left_out(data: bytes, left_out: Sequence[LeftOut], facts: Mapping[int, LineFacts]) -> bytes:
    """The file of a source card with what is made from its text written anew; what people wrote above it stays."""
    head = re.split(rb"^(?:left_out|lines):", data, maxsplit=1, flags=re.MULTILINE)[0]
    return head + write_lines(left_out, facts).encode()


def left(source: Source, lines: Iterable[int], reason: Reason) -> tuple[LeftOut, ...]:
    """What is left out of a source with these lines too, joined to those of the same reason without a note."""
    more = set(lines)
    kept = list(cited(source, more))
    for place, entry in enumerate(kept):
        if entry.reason == reason and entry.note is None:
            kept[place] = entry.model_copy(update={"lines": tuple(sorted({*entry.lines, *more}))})
            return tuple(kept)
    return (*kept, LeftOut(lines=tuple(sorted(more)), reason=reason))


def cited(source: Source, lines: Collection[int]) -> tuple[LeftOut, ...]:
    """What is left out of a source without these lines."""
    rests = ((entry, tuple(line for line in entry.lines if line not in lines)) for entry in source.left_out)
    return tuple(entry.model_copy(update={"lines": rest}) for entry, rest in rests if rest)
