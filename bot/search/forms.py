"""What a word of the content is by itself, remembered from one index to the next; words of questions never are."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from bot.search.aspects import partners
from bot.search.dictionary import is_real, lemmas
from bot.search.endings import noun_base, possible_endings
from bot.search.families import family
from bot.search.transliteration import sound_key
from bot.search.words import is_cyrillic, plain_form, prefix_of, stem

SHORTEST_BASE = 4
"""Letters of a whole word, or of a noun without its ending, that is a beginning of its own beside the stem's."""
REMEMBERED = 32_768
"""Words that are remembered, some 10 MB: several times the vocabulary of today's content."""


class Form(NamedTuple):
    """A word: its stem, the beginnings to which endings are put, its lemmas as `dictionary.lemmas` gives them, and of
    an English one its plain form, else nothing."""

    stem: str
    bases: tuple[str, ...]
    lemmas: frozenset[tuple[str, str]]
    plain: str


class Base(NamedTuple):
    """A beginning to which endings are put: its alphabet, and how it sounds."""

    cyrillic: bool
    sound: str


@lru_cache(maxsize=REMEMBERED)
def form_of(word: str) -> Form:
    """A word of the content."""
    cyrillic = is_cyrillic(word)
    return Form(stem(word), _bases(word, cyrillic=cyrillic), lemmas(word), "" if cyrillic else plain_form(word))


def _bases(word: str, *, cyrillic: bool) -> tuple[str, ...]:
    """The stem as it stands in the word; the word without a noun's ending, where the stem took more.

    In English the whole word is one too, since its stem may be spelled otherwise.
    """
    short = prefix_of(word)
    whole = noun_base(word) if cyrillic else word
    return tuple(dict.fromkeys((short, whole))) if len(whole) >= SHORTEST_BASE else (short,)


@lru_cache(maxsize=REMEMBERED)
def base_of(base: str) -> Base:
    """A beginning of words of the content."""
    return Base(is_cyrillic(base), sound_key(base))


family_of = lru_cache(maxsize=REMEMBERED)(family)
"""The family of a stem of the content."""


@lru_cache(maxsize=REMEMBERED)
def endings_of(met: frozenset[str], *, cyrillic: bool) -> frozenset[str]:
    """The endings that a beginning may take which stands with these on cards."""
    return possible_endings(met, cyrillic=cyrillic)


@lru_cache(maxsize=64)
def sounds_of(endings: frozenset[str]) -> frozenset[str]:
    """How endings sound."""
    return frozenset(map(sound_key, endings))


def partners_of(lemma: str, grammar: str) -> frozenset[str]:
    """What stands for a lemma: itself, or for a verb what its aspects share. `grammar` is a tag of `dictionary`."""
    if "impf" in grammar:
        return partners(lemma, is_real)
    return partners(lemma) if "perf" in grammar else frozenset((lemma,))


partners_of_content = lru_cache(maxsize=REMEMBERED)(partners_of)
"""The same for a lemma of the content."""
