"""Parameters of one request as the Bot API reads them: everything is text first, and lenient where Telegram is."""

from dataclasses import dataclass
from typing import Any

import orjson

from bot.sandbox import refusals
from bot.sandbox.shapes import Json, is_whole

_TRUE = ("true", "yes", "1")  # tdlib/telegram-bot-api, Query: to_bool


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    mime_type: str
    content: bytes


class Parameters:
    """The fields of a request by name; a value is text (query, form) or any JSON value (JSON body)."""

    def __init__(self, values: Json, uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The field as text, "" where it is absent; JSON values are written out, as Telegram does."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return orjson.dumps(value).decode()

    def required(self, name: str) -> str:
        """The field as text; refuses where it is absent."""
        value = self.text(name)
        if not value:
            raise refusals.PARAMETER_REQUIRED.refusal(name=name)
        return value

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """The field as a whole number, kept between `low` and `high`; what is no number counts as 0."""
        raw = self.text(name).strip()
        value = default if not raw else whole(raw)
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def number(self, name: str) -> float:
        """The field as a number; what is no number counts as 0."""
        try:
            return float(self.text(name))
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """Whether the field is set to true, yes or 1."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else self.text(name).strip().lower() in _TRUE

    def json(self, name: str, what: str) -> Any:
        """The field read as JSON, None where absent; refuses with "can't parse … JSON object"."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise refusals.JSON_UNREADABLE.refusal(what=what) from None

    def object(self, name: str, what: str) -> Json | None:
        """The field read as a JSON object, None where absent; refuses anything else."""
        value = self.json(name, what)
        if value is None or isinstance(value, dict):
            return value
        raise refusals.OBJECT_EXPECTED.refusal(what=what)

    def array(self, name: str, what: str, of: str) -> list[Any] | None:
        """The field read as a JSON array, None where absent; refuses anything else."""
        value = self.json(name, what)
        if value is None or isinstance(value, list):
            return value
        raise refusals.ARRAY_EXPECTED.refusal(what=of)


def whole(raw: str) -> int:
    """The digits at the start of a text, with their sign, as a number; none is 0 (td::to_integer)."""
    sign, digits = (-1, raw[1:]) if raw.startswith("-") else (1, raw)
    length = 0
    while length < min(len(digits), 18) and digits[length].isascii() and digits[length].isdigit():
        length += 1
    return sign * int(digits[:length]) if length else 0


def field(holder: Json, name: str, kind: type, path: str = "", *, required: bool = False) -> Any:
    """A field of a JSON object with its type checked; text, numbers and truth as strings pass as Telegram lets them.

    Refuses with "Field … must be of type …" or "Can't find field …", after `path`.
    """
    value = holder.get(name)
    if value is None:
        if required:
            words = {"path": path, "name": name}
            raise _cased(refusals.FIELD_MISSING.refusal(**words), path)
        return None
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if kind is int and isinstance(value, str) and is_whole(value):
        return int(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is bool and isinstance(value, int | str):
        return str(value).lower() in _TRUE
    names = {str: "String", int: "Number", float: "Number", bool: "Boolean", dict: "Object", list: "Array"}
    raise _cased(refusals.FIELD_TYPE.refusal(path=path, name=name, type=names[kind]), path)


def _cased(refusal: refusals.Refusal, path: str) -> refusals.Refusal:
    """After a path the sentence keeps its capital letter, as in Telegram's nested messages."""
    if path:
        for small, big in (('field "', 'Field "'), ("can't find field", "Can't find field")):
            refusal.description = refusal.description.replace(path + small, path + big, 1)
    return refusal
