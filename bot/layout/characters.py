"""Characters: which may be shown, how long Telegram finds them, and between which a text must not be cut."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor movements
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # window titles and hyperlinks
    r"|\x1b[ -/]*[0-~]?"
)
_NEWLINE = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ISOLATES = re.compile(r"[\u200e\u200f\u061c\u2066-\u2069]")

_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffc")
_JOINER: Final = "\u200d"
_LONGEST_CLUSTER: Final = 40


def clean(text: str) -> str:
    """Text without what no screen shows: terminal sequences, control characters, overrides of direction, half pairs.

    Every line break becomes "\\n" and every tab a space. Telegram drops or replaces the same characters by itself
    (tdlib/td: clean_input_string), so that cleaning them first keeps lengths and offsets true.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINE.sub("\n", _ANSI.sub("", text))
    text = _CONTROL.sub(lambda match: " " if match.group() == "\t" else "", text)
    return _SURROGATE.sub("\ufffd", text)


def without_marks_of_direction(text: str) -> str:
    """Text without the unseen marks that turn its direction, which terminals show as litter or obey for too long."""
    return _ISOLATES.sub("", text)


def visible(text: str) -> bool:
    """Whether a reader sees anything; Telegram refuses a message of which nothing can be seen."""
    return any(_seen(character) for character in text)


def _seen(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in "ZC" and category != "Mn" and character not in _UNSEEN


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts the places of entities.

    The Bot API speaks of characters; counting every emoji as two is safe under either reading.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, room: int) -> int:
    """How many characters from the start of `text` are at most `room` UTF-16 units long."""
    if len(text) * 2 <= room or text.isascii():
        return min(len(text), room)
    return len(text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore"))


def _belongs(text: str, at: int) -> bool:
    """Whether the character at `at` is drawn as one with the one before it."""
    before, here = text[at - 1], text[at]
    if here == _JOINER or before == _JOINER:
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return True
    if _is_flag_letter(here) and _is_flag_letter(before):
        start = at
        while start and _is_flag_letter(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    return unicodedata.category(here)[0] == "M"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def whole(text: str, at: int, lowest: int = 0) -> int:
    """The nearest place at or before `at` and above `lowest` that cuts no emoji or accented letter, else `at`."""
    for place in range(at, max(lowest, at - _LONGEST_CLUSTER), -1):
        if place >= len(text) or not _belongs(text, place):
            return place
    return at
