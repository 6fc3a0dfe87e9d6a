"""Missing spaces: words that were written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search.questions import FILLERS

if TYPE_CHECKING:
    from bot.search.vocabulary import Vocabulary

SHORTEST_WORD = 3
"""Letters of a part that is no filler: shorter ones are found inside any word."""
SHORTEST_BEST = 4
"""Letters of the longest part, at least."""
SINGLE = frozenset("вскиоу")
"""Fillers of one letter that may stand in between."""
MOST_PARTS = 8
SHORTEST_JOINED = 5
"""Letters of a word onto which a filler may be written (длярусских): shorter ones rather begin like one."""
WHOLE_QUESTION = 3
"""Parts from which fillers of three letters may stand at the ends."""
SHORTEST_WHOLE = 6
"""Letters of a word that may be several."""


def segments(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The fewest words of cards, in any form, that make up this one; empty where there are none.

    Fillers stand between them, and at the ends only of a whole question (howmanyrussiansleft).
    """
    if len(word) < SHORTEST_WHOLE:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - 24), end):
            before, part = best[begin], word[begin:end]
            if before is None or len(before) == MOST_PARTS or not _is_part(part, vocabulary):
                continue
            current = best[end]
            if current is None or _worth((*before, part)) > _worth(current):
                best[end] = (*before, part)
    found = best[len(word)]
    content = [len(part) for part in found or () if part not in FILLERS]
    if not found or max(content, default=0) < SHORTEST_BEST:
        return ()
    if len(found) < WHOLE_QUESTION:
        joined = found[0] in FILLERS and max(content) >= SHORTEST_JOINED and vocabulary.met(found[-1])
        return () if found[-1] in FILLERS or (found[0] in FILLERS and not joined) else found
    ends = [part for part in (found[0], found[-1]) if part in FILLERS]
    return () if ends and min(map(len, ends)) < SHORTEST_WORD else found


def _is_part(part: str, vocabulary: Vocabulary) -> bool:
    if part in FILLERS:
        return len(part) > 1 or part in SINGLE
    if len(part) < SHORTEST_WORD or part.isdigit():
        return False
    return vocabulary.met(part) or (len(part) >= SHORTEST_BEST and vocabulary.has_form(part))


def _worth(parts: tuple[str, ...]) -> tuple[int, int]:
    """Few parts, and the shortest as long as can be."""
    return -len(parts), min(len(part) for part in parts)
