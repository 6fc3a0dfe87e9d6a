"""Russian in Latin letters: one key that a Cyrillic word and its many Latin spellings share."""

from __future__ import annotations

import re

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "J", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "C", "ч": "Q", "ш": "W", "щ": "W", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("shch", "W"), ("sch", "W"), ("sh", "W"), ("tch", "Q"), ("ch", "Q"), ("zh", "J"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("ts", "C"), ("tz", "C"), ("ck", "k"), ("cz", "Q"), ("ou", "u"), ("oo", "u"),
    ("yo", "e"), ("jo", "e"), ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("ye", "e"), ("je", "e"),
    ("x", "ks"), ("c", "C"), ("w", "v"), ("q", "k"), ("y", "i"), ("j", "J"),
)  # fmt: skip
_CYRILLIC = str.maketrans(_LETTERS)
_SPELLING = re.compile("|".join(spelling for spelling, _ in _SPELLINGS))
_CODES = dict(_SPELLINGS)
_FOLDED = (("tC", "C"), ("ts", "C"), ("sQ", "W"), ("io", "e"), ("ie", "e"))
_REPEATED = re.compile(r"(.)\1+")


def sound_key(word: str) -> str:
    """How a normalised word of either alphabet sounds, roughly: оппозиция, oppozitsiya and opposicija share most of it.

    Capital letters stand for single sounds that Latin writes with several letters.
    """
    coded = _SPELLING.sub(lambda match: _CODES[match[0]], word) if word.isascii() else word.translate(_CYRILLIC)
    coded = _REPEATED.sub(r"\1", coded)
    for pair, single in _FOLDED:
        coded = coded.replace(pair, single)
    return coded.replace("ii", "i").replace("ee", "e").replace("CC", "C")
