"""Missing spaces: words that were written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search.questions import FILLERS

if TYPE_CHECKING:
    from bot.search.vocabulary import Vocabulary

SHORTEST_WORD, SHORTEST_FILLER = 3, 2
"""Letters of a part: shorter ones are found inside any word."""
SHORTEST_BEST = 4
"""Letters of the longest part, at least."""
MOST_PARTS = 4
SHORTEST_WHOLE = 6
"""Letters of a word that may be several."""


def segments(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The fewest words met on cards, fillers only between them, that make up this one; empty where there are none."""
    if len(word) < SHORTEST_WHOLE:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(SHORTEST_FILLER, len(word) + 1):
        for begin in range(max(0, end - 24), end - SHORTEST_FILLER + 1):
            before, part = best[begin], word[begin:end]
            if before is None or len(before) == MOST_PARTS or not _is_part(part, vocabulary):
                continue
            current = best[end]
            if current is None or _worth((*before, part)) > _worth(current):
                best[end] = (*before, part)
    found = best[len(word)]
    if not found or found[0] in FILLERS or found[-1] in FILLERS or max(map(len, found)) < SHORTEST_BEST:
        return ()
    return found


def _is_part(part: str, vocabulary: Vocabulary) -> bool:
    return part in FILLERS or (len(part) >= SHORTEST_WORD and not part.isdigit() and vocabulary.met(part))


def _worth(parts: tuple[str, ...]) -> tuple[int, int]:
    """Few parts, and the shortest as long as can be."""
    return -len(parts), min(len(part) for part in parts)
