"""A real Chromium for tests: found on this machine; pages that may not leave loopback and may not complain."""

import os
import re
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Route, WebError, async_playwright

pytest_plugins = ["tests.sandbox.chat_page"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds that an expectation waits: bounded by the machine, not by the page, so generous.
PATIENCE = 15_000
ELSEWHERE = re.compile(
    r"^(?!https?://(127\.0\.0\.1|localhost|\[::1\])[:/]|data:|blob:|about:|chrome-error:)", re.IGNORECASE
)

OpenPage = Callable[..., Coroutine[Any, Any, Page]]


def find_chromium() -> str:
    """The path of a Chromium. Where there is none the test is skipped, or fails if the environment says CI=true."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        words = f"no browser found (looked for {', '.join(NAMES)}): install Debian's chromium to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(words, pytrace=False)
        pytest.skip(words)
    return found


@dataclass
class Watch:
    """What pages did that they should not: requests beyond loopback, console errors, uncaught exceptions.

    `forgiven` holds patterns of console messages that a test brings about on purpose (a server that goes away).
    """

    strayed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, pattern: str) -> None:
        """Let console messages pass that contain this regular expression."""
        self.forgiven.append(pattern)

    async def stop(self, route: Route) -> None:
        """End a request that would leave this machine."""
        self.strayed.append(route.request.url)
        await route.abort()

    def hear(self, message: ConsoleMessage) -> None:
        """Take note of a message of the console that is an error or a warning."""
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def fail(self, error: WebError) -> None:
        """Take note of an exception that nothing caught."""
        self.complaints.append(f"uncaught: {error.error}")

    @property
    def unforgiven(self) -> list[str]:
        """The complaints that no test asked for."""
        return [text for text in self.complaints if not any(re.search(pattern, text) for pattern in self.forgiven)]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium with nothing open."""
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did wrong so far."""
    return Watch()


@pytest.fixture
async def open_page(browser: Browser, watch: Watch) -> AsyncIterator[OpenPage]:
    """Opens pages: `await open_page(address, width=1180, height=800, dark=False, **context)`, each in its own context.

    At the end of the test no page may have left loopback, logged an error or a warning, or thrown.
    """
    contexts: list[BrowserContext] = []

    async def open_one(address: str, *, width: int = 1180, height: int = 800, dark: bool = False, **more: Any) -> Page:
        scheme: Any = "dark" if dark else "light"
        settings = {"reduced_motion": "reduce", "timezone_id": "Europe/Prague", "locale": "en-GB", **more}
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **settings
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", watch.hear)
        context.on("weberror", watch.fail)
        await context.route(ELSEWHERE, watch.stop)
        page = await context.new_page()
        await page.goto(address)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert watch.strayed == [], "a page asked for something beyond loopback"
    assert watch.unforgiven == [], "a page complained"


@pytest.fixture
async def page(open_page: OpenPage) -> Page:
    """One empty page of a wide, light window."""
    return await open_page("about:blank")
