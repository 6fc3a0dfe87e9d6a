"""The one place that escapes text for HTML, as Telegram reads it and browsers do."""

from __future__ import annotations

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escape(text: str) -> str:
    """Text as it stands between tags. Only `&`, `<` and `>` need it (Bot API: HTML style); quotes stay as they are."""
    return text.translate(_TEXT)


def escape_attribute(value: str) -> str:
    """Text as it stands in an attribute's double quotes."""
    return value.translate(_ATTRIBUTE)
