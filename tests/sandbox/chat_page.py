"""The chat page on a real sandbox in a real browser, with the bot played by the test over the Bot API."""

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox import Sandbox
from tests.browser import PATIENCE, OpenPage

expect.set_options(timeout=PATIENCE)

YOU, EDITOR = 1001, 1002


def png(width: int = 320, height: int = 200, shade: int = 120) -> bytes:
    """A picture with a gradient, as the bytes of a PNG file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"".join(bytes((x % 256, y % 256, shade)) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class ChatPage:
    """A sandbox, its page, and the bot's hands."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, open_page: OpenPage) -> None:
        self.sandbox = sandbox
        self._session = session
        self._open_page = open_page
        self._waiting: list[dict[str, Any]] = []
        self._offset = 0
        self.pages: list[Page] = []

    @property
    def page(self) -> Page:
        """The page opened last."""
        return self.pages[-1]

    async def open(self, key: str = "you", **settings: Any) -> Page:
        """Open the page at a chat (an empty key: at none) and wait until it shows what the server knows."""
        address = f"{self.sandbox.url}/#{key}" if key else f"{self.sandbox.url}/"
        page = await self._open_page(address, **settings)
        self.pages.append(page)
        await expect(page.locator("#world-title")).to_have_text("Kolokol")
        return page

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the Bot API as the bot, bytes as uploads; the result. Fails on a refusal."""
        address = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        form = aiohttp.FormData(quote_fields=False)
        for name, value in parameters.items():
            if isinstance(value, tuple):
                form.add_field(name, value[1], filename=value[0])
            else:
                form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        async with self._session.post(address, data=form if parameters else None) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def say(self, text: str, chat_id: int = YOU, **more: Any) -> dict[str, Any]:
        """Send a text in HTML as the bot."""
        return dict(await self.call("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **more))

    async def update(self, kind: str) -> dict[str, Any]:
        """The next update of this kind that the bot gets; others before it are passed over."""
        async with asyncio.timeout(PATIENCE / 1000):
            while True:
                while self._waiting:
                    update = self._waiting.pop(0)
                    if kind in update:
                        return dict(update[kind])
                self._waiting = await self.call("getUpdates", offset=self._offset, timeout=5)
                self._offset = max([self._offset, *(update["update_id"] + 1 for update in self._waiting)])

    async def quiet(self) -> bool:
        """Whether nothing more waits for the bot."""
        return not self._waiting and not await self.call("getUpdates", offset=self._offset, timeout=0)

    @property
    def group(self) -> int:
        """The id of the group."""
        return self._only("supergroup")

    @property
    def channel(self) -> int:
        """The id of the channel."""
        return self._only("channel")

    def _only(self, kind: str) -> int:
        return next(chat.id for chat in self.sandbox.world.chats.values() if chat.type == kind)

    @property
    def log(self) -> Locator:
        """The messages on show."""
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def messages(self) -> Locator:
        """Each message on show."""
        return self.log.get_by_role("article")

    def row(self, name: str) -> Locator:
        """The row of a chat at the left."""
        return self.page.get_by_role("navigation", name="Chats").locator("button.row", has_text=name)

    def option(self, name: str) -> Locator:
        """A suggestion above the message box."""
        return self.page.get_by_role("option", name=name)

    async def write(self, text: str) -> None:
        """Write a text and send it with Enter."""
        await self.box.fill(text)
        await self.box.press("Enter")

    async def shoot(self, folder: Path, name: str) -> None:
        """Keep a picture of the page."""
        await self.page.screenshot(path=folder / f"{name}.png")


@pytest.fixture
async def chat(open_page: OpenPage) -> AsyncIterator[ChatPage]:
    """A fresh sandbox whose people know the bot; its pages close before the server, so that none misses it."""
    async with Sandbox(limits="off") as sandbox, aiohttp.ClientSession() as session:
        for person in sandbox.world.people.values():
            person.started = True
        chat = ChatPage(sandbox, session, open_page)
        yield chat
        for page in chat.pages:
            await page.close()
