"""The plain shapes in which the Bot API speaks: JSON objects, and the few questions asked of them everywhere."""

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
"""A JSON object as it goes over the wire: keys as the Bot API names them."""

Clock = Callable[[], float]
"""Answers the time in seconds since 1970; passed in, so that tests can hold it."""

Entity = dict[str, Any]
"""A MessageEntity: `type`, `offset` and `length` in UTF-16 code units, and what its type adds."""


_WHOLE = re.compile(r"-?[0-9]{1,18}")


def is_whole(text: str) -> bool:
    """Whether a text is a whole number, in ASCII digits and of at most 18 of them."""
    return _WHOLE.fullmatch(text) is not None


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 code units, the unit in which the Bot API counts."""
    if text.isascii():
        return len(text)
    return len(text) + sum(letter > "\uffff" for letter in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity with this offset and length covers."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def present(**fields: Any) -> Json:
    """An object of the given fields without those that are None: absent is how the Bot API writes it."""
    return {name: value for name, value in fields.items() if value is not None}
