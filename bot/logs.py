"""Logging: one line per event on standard error, and no secret in any of them.

The token stands in the address of every request, so any library may put it into a message, an argument or a
traceback. Three guards: a filter on the handler rewrites every record before it is formatted, the hooks for
uncaught exceptions log instead of printing, and `redact` serves whoever builds a message from a foreign error.
What is hidden: everything that looks like a bot token, and every secret told to `hide`.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
import traceback
from types import TracebackType
from typing import Any, Literal
from urllib.parse import quote

import orjson

Format = Literal["text", "json"]
"""How a record is printed: `text` for people, `json` (one object a line) for machines."""

MARK = "<redacted>"
"""What stands where a secret stood."""

# A colon may come percent-encoded, once or several times over (%3A, %253A, ...).
_TOKEN = re.compile(r"\d+(?::|%(?:25)*3[Aa])[A-Za-z0-9_-]{30,}")
_SHORTEST_SECRET = 8  # anything shorter would eat ordinary words
_secrets: dict[str, None] = {}

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

QUIET: dict[str, int] = {
    "aiohttp.access": logging.WARNING,
    "alembic": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.INFO,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "sqlalchemy.engine": logging.WARNING,
    "telegram": logging.INFO,
    "uvicorn.access": logging.WARNING,
}
"""Libraries and the lowest level they may log at, whatever ours is: below it they print addresses, the parameters
of requests (chats and texts) or those of queries."""


def hide(*secrets: str | None) -> None:
    """Hide these strings from now on: as they are, percent-encoded, and of a token also the part after the colon.

    Strings under eight characters are ignored, since hiding them would eat ordinary words.
    """
    for secret in filter(None, secrets):
        for form in (secret, quote(secret, safe=""), secret.partition(":")[2]):
            if len(form) >= _SHORTEST_SECRET:
                _secrets[form] = None


def redact(text: str, *secrets: str | None) -> str:
    """`text` without tokens, without the secrets told to `hide`, and without those given here."""
    for secret in filter(None, secrets):
        text = text.replace(secret, MARK)
    # The longest first: a secret may stand inside another.
    for known in sorted(_secrets, key=len, reverse=True):
        text = text.replace(known, MARK)
    return _TOKEN.sub(MARK, text)


def where(error: BaseException) -> str:
    """Class and places of an exception and its causes, outermost last, without any of its words."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{where(cause)}\n" if cause is not None else ""
    frames = traceback.extract_tb(error.__traceback__)
    return before + "\n".join(
        [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames] + [f"  {type(error).__name__}"]
    )


class RedactingFilter(logging.Filter):
    """Rewrites a record in place: message and arguments, traceback with all causes, stack, and extra fields."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without secrets."""
        record.msg, record.args = redact(_message(record)), ()
        if record.exc_info:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        for name in record.__dict__.keys() - _STANDARD:
            setattr(record, name, _clean(getattr(record, name)))
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError, IndexError):
        # Arguments that do not fit would otherwise be printed as they are by logging itself.
        return f"{record.msg!s} {record.args!r}"


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    shown = str(value)
    hidden = redact(shown)
    return value if hidden == shown and isinstance(value, (list, tuple, dict)) else hidden


class TextFormatter(logging.Formatter):
    """`2026-01-31T09:30:00Z INFO bot.app: ready` and the traceback below it; times are UTC."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time` (UTC), `level`, `logger`, `message`, `exception` if any, and the extra fields."""

    def __init__(self) -> None:
        super().__init__()
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["exception"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        line |= {name: record.__dict__[name] for name in record.__dict__.keys() - _STANDARD}
        return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def configure(level: str = "INFO", format: Format = "text", *, secrets: tuple[str | None, ...] = ()) -> None:
    """Set up logging for the process: one handler on standard error in place of those of the root logger.

    `level` is a name of `logging` in either case. `secrets` are hidden as `hide` does. Uncaught exceptions (also of
    threads and finalisers) and warnings go through the log. May be called again.
    """
    hide(*secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(RedactingFilter())
    handler.setFormatter(JsonFormatter() if format == "json" else TextFormatter())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name, lowest in QUIET.items():
        logging.getLogger(name).setLevel(max(lowest, root.level))
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    sys.unraisablehook = _log_unraisable


_Uncaught = tuple[type[BaseException], BaseException, TracebackType | None]


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        uncaught: _Uncaught = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("bot").error("a thread was stopped by an error", exc_info=uncaught)


def _log_unraisable(args: sys.UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        uncaught: _Uncaught = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("bot").error("an error where none can be raised: %r", args.object, exc_info=uncaught)
