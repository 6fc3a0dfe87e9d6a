"""Logging hides every secret, whatever way it comes."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.logs import MARK, JsonFormatter, RedactingFilter, TextFormatter, hide, redact

TOKEN = "1234567890:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
ODD_TOKEN = "42:sand/box"  # of no shape that a pattern could know


@pytest.fixture(autouse=True)
def _forget_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_secrets", {})


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, list[str]]]:
    """A logger of its own, and what its handler prints."""
    printed: list[str] = []

    class Printer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            printed.append(self.format(record))

    handler = Printer()
    handler.addFilter(RedactingFilter())
    handler.setFormatter(JsonFormatter() if request.param == "json" else TextFormatter())
    logger = logging.getLogger(f"test.{request.param}")
    logger.propagate, logger.level = False, logging.DEBUG
    logger.addHandler(handler)
    yield logger, printed
    logger.removeHandler(handler)


@given(
    st.integers(1, 10**12),
    st.text("abcXYZ019_-", min_size=30, max_size=60),
    st.sampled_from([":", "%3A", "%3a", "%253A"]),
    st.text("/ \n'\"é(", max_size=5),
)
def test_whatever_looks_like_a_token_is_hidden(number: int, secret: str, colon: str, around: str) -> None:
    shown = redact(f"bot{number}{colon}{secret}{around}")
    assert secret not in shown
    assert shown == f"bot{MARK}{around}"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "at 12:30:59 https://t.me/kolokol_bot?start=visas 127.0.0.1:8081 sha256:0123456789abcdef"
    assert redact(text) == text


def test_a_configured_token_of_any_shape_is_hidden_in_all_its_forms() -> None:
    hide(ODD_TOKEN)
    shown = redact(f"{ODD_TOKEN} {quote(ODD_TOKEN, safe='')} and {ODD_TOKEN.partition(':')[2]}")
    assert shown == f"{MARK} {MARK} and {MARK}"


def test_strings_too_short_for_a_secret_are_left_alone() -> None:
    hide("", None, "a", "1:b")
    assert redact("a 1:b c") == "a 1:b c"


def test_message_and_arguments_are_clean(lines: tuple[logging.Logger, list[str]]) -> None:
    logger, printed = lines
    logger.info("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.info("%(where)s", {"where": TOKEN})
    logger.info("%r", [TOKEN.encode(), {"a": TOKEN}])
    assert len(printed) == 3
    assert TOKEN not in "".join(printed)


def test_arguments_that_do_not_fit_are_clean_too(
    lines: tuple[logging.Logger, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    logger, printed = lines
    logger.info("%d of %d", TOKEN)
    assert len(printed) == 1
    assert TOKEN not in printed[0] + capsys.readouterr().err


def test_tracebacks_are_clean_with_causes_contexts_and_notes(lines: tuple[logging.Logger, list[str]]) -> None:
    logger, printed = lines
    try:
        try:
            try:
                raise OSError(f"cannot reach /bot{TOKEN}/getMe")
            except OSError as error:
                raise ValueError(TOKEN) from error
        except ValueError as error:
            error.add_note(f"while asking {quote(TOKEN)}")
            raise RuntimeError("no way", TOKEN)  # noqa: B904 - the context is what is tested
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    assert TOKEN not in printed[0]
    assert quote(TOKEN) not in printed[0]
    for kept in ("OSError: cannot reach", "ValueError", "RuntimeError: ('no way'", "while asking", "direct cause"):
        assert kept in printed[0]


def test_extra_fields_are_clean_and_stand_in_json(lines: tuple[logging.Logger, list[str]]) -> None:
    logger, printed = lines
    extra: dict[str, Any] = {"url": f"/bot{TOKEN}/x", "nested": {"a": [TOKEN]}, "count": 3, "fine": ["a"]}
    logger.warning("done", extra=extra)
    assert TOKEN not in printed[0]
    if logger.name.endswith("json"):
        line = json.loads(printed[0])
        assert line["message"] == "done"
        assert line["level"] == "WARNING"
        assert (line["url"], line["count"], line["fine"]) == (f"/bot{MARK}/x", 3, ["a"])


def run(script: str) -> str:
    """Everything that a process with logging at its loudest says, on both streams."""
    before = f"from bot.logs import configure\ntoken = {TOKEN!r}\n"
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", before + textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout + done.stderr


FAILING_REQUEST = """
    import asyncio, logging
    from telegram import Bot
    from telegram.request import HTTPXRequest
    from bot.transport.request import AiohttpRequest
    configure("DEBUG", "{form}", secrets=(token,))

    async def main(kind):
        request = kind()
        async with Bot(token, base_url="http://127.0.0.1:9/bot", request=request, get_updates_request=kind()) as bot:
            await bot.get_me()

    for kind in (AiohttpRequest, HTTPXRequest):
        try:
            asyncio.run(main(kind))
        except Exception:
            logging.getLogger("bot").exception("failed")
    asyncio.run(main({last}), debug=True)
"""


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("last", ["AiohttpRequest", "HTTPXRequest"])
def test_a_real_request_that_fails_leaves_no_token_anywhere(form: str, last: str) -> None:
    said = run(FAILING_REQUEST.format(form=form, last=last))
    assert said.count("failed") >= 2
    assert "stopped by an error" in said
    assert TOKEN.partition(":")[2] not in said
    assert "Connect" in said, "the cause is still told"


def test_uncaught_errors_of_tasks_threads_and_finalisers_are_clean() -> None:
    said = run(
        """
        import asyncio, gc, threading, warnings
        configure("INFO", "text", secrets=(token,))

        class Loud:
            def __del__(self):
                raise ValueError("finaliser " + token)

        def thread():
            raise ValueError("thread " + token)

        async def task():
            raise ValueError("task " + token)

        async def main():
            asyncio.get_running_loop().create_task(task())
            await asyncio.sleep(0.01)
            gc.collect()

        Loud()
        started = threading.Thread(target=thread)
        started.start()
        started.join()
        warnings.warn("warning " + token)
        asyncio.run(main())
        """
    )
    for said_by in ("finaliser", "thread", "task", "warning"):
        assert f"{said_by} {MARK}" in said
    assert TOKEN.partition(":")[2] not in said


def test_an_interrupt_is_no_error() -> None:
    said = run("configure('INFO', 'json')\nraise KeyboardInterrupt")
    assert "critical" not in said.lower()


def test_libraries_that_show_addresses_and_parameters_are_kept_quiet() -> None:
    said = run(
        """
        import logging
        configure("DEBUG", "text")
        for name in ("httpx", "apscheduler.scheduler", "aiohttp.access", "sqlalchemy.engine.Engine", "aiosqlite"):
            logging.getLogger(name).info("noise of %s", name)
        logging.getLogger("telegram.Bot").debug("noise: parameters")
        logging.getLogger("bot.app").debug("ours")
        """
    )
    assert "noise" not in said
    assert "DEBUG bot.app: ours" in said


def test_json_is_one_object_a_line_with_the_time_in_utc() -> None:
    said = run(
        """
        import logging
        configure("info", "json")
        configure("info", "json")
        logging.getLogger("bot").info("two\\nlines", extra={"took": 1.5, "what": object})
        """
    )
    assert said.count("\n") == 1
    line = json.loads(said)
    assert line["message"] == "two\nlines"
    assert line["took"] == 1.5
    assert line["time"].endswith("Z")
    assert len(line["time"]) == len("2026-01-31T09:30:00.000Z")
