"""Meeting the bot on the chat page, as in the demo: one clock for both, a real browser, what a person does there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from bot.app import open_bot
from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.transport.pacing import Pace
from tests.browser import PATIENCE, OpenPage
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, Conversation, talking

NEXT = "The bot’s next message here"
"""The setting of a chat by which Telegram fails at one."""


@asynccontextmanager
async def opened_demo(library: Library, folder: Path, pace: Pace = FREE_PACE) -> AsyncIterator[Conversation]:
    """Bot and page by one clock; the person called Editor is the administrator, and has met the bot before."""
    expect.set_options(timeout=PATIENCE)
    clock = MovableClock()
    async with Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox:
        sandbox.world.people[EDITOR].started = True
        settings = settings_for(sandbox, folder).model_copy(update={"admins": (EDITOR,)})
        async with open_bot(settings, library, clock=clock, pace=pace) as bot, talking(sandbox, bot) as conversation:
            sandbox.time.next_due = bot.ringing.next_due
            yield conversation


@dataclass(frozen=True)
class Visitor:
    """A person in front of the page."""

    page: Page

    @property
    def log(self) -> Locator:
        """The messages of the open chat."""
        return self.page.get_by_role("log")

    @property
    def last(self) -> Locator:
        """The newest message there."""
        return self.log.get_by_role("article").last

    async def go(self, chat: str) -> None:
        """Open a chat by its name."""
        title = self.page.locator("b", has_text=re.compile(f"^{chat}$"))
        await self.page.get_by_role("navigation", name="Chats").locator("button.row").filter(has=title).click()

    async def write(self, text: str) -> None:
        """Write a message and send it."""
        box = self.page.get_by_role("textbox", name="Message", exact=True)
        await box.fill(text)
        await box.press("Enter")

    async def press(self, *names: str) -> None:
        """Press one button after another, each the newest of its name."""
        for name in names:
            await self.log.get_by_role("button", name=name).last.click()

    async def sees(self, words: str | re.Pattern[str]) -> None:
        """Wait until the newest message has these words."""
        await expect(self.last).to_contain_text(words)

    async def finds(self, words: str) -> None:
        """Wait until some message of the chat has these words."""
        await expect(self.log.get_by_text(words).last).to_be_visible()

    async def ring(self) -> None:
        """Move the clock to the next digest or preview."""
        button = self.page.get_by_role("button", name="Next digest")
        await button.click()
        await expect(button).to_be_enabled()

    async def choose(self, label: str, value: str) -> None:
        """Choose in the settings of the open chat."""
        await self.page.get_by_role("button", name="Chat settings").click()
        sheet = self.page.get_by_role("dialog")
        await sheet.get_by_label(label).select_option(value)
        await sheet.get_by_role("button", name="Done").click()

    async def fails(self, fault: str) -> None:
        """Let the bot's next message to the open chat meet a fault."""
        await self.choose(NEXT, fault)
        await expect(self.page.get_by_text(f"{NEXT} ")).to_be_visible()

    async def dismiss(self, words: str) -> None:
        """Read an alert of the bot, and close it."""
        alert = self.page.get_by_role("dialog")
        await expect(alert).to_contain_text(words)
        await alert.get_by_role("button", name="OK").click()


async def visit(open_page: OpenPage, demo: Conversation, chat: str = "you") -> Visitor:
    """Open the page at a chat."""
    return Visitor(await open_page(f"{demo.sandbox.url}/#{chat}", width=1100, height=900))
