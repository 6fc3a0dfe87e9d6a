"""An editor at work in a real browser: a broken file, mended, looked at, published, seen by a reader, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser import PATIENCE, OpenPage
from tests.handlers.office import BROKEN, MENDED, Office, open_office

pytestmark = pytest.mark.browser


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Editor and reader over a small content folder."""
    async with open_office(tmp_path) as office:
        yield office
        assert [each for each in office.refusals() if "not modified" not in each] == []


async def send_file(page: Page, name: str, text: str) -> None:
    """Choose a file and send it, as the composer offers it."""
    file: FilePayload = {"name": name, "mimeType": "application/yaml", "buffer": text.encode()}
    await page.get_by_label("Files to send").set_input_files(file)
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()


async def test_from_a_broken_file_to_a_readers_chat_and_back(office: Office, open_page: OpenPage) -> None:
    expect.set_options(timeout=PATIENCE)
    address = office.editor.sandbox.url
    desk = await open_page(f"{address}/#editor", width=1100, height=800)
    reader = await open_page(f"{address}/#you", width=420, height=800)

    async def see(title: str) -> None:
        box = reader.get_by_role("textbox", name="Message", exact=True)
        await box.fill("/topic numbers")
        await box.press("Enter")
        await expect(reader.get_by_role("log").get_by_role("article").last).to_contain_text(title)

    log = desk.get_by_role("log")
    await see("How many left")
    await send_file(desk, "numbers.yaml", BROKEN)
    await expect(log.get_by_text("content/topics/numbers.yaml:2:8").last).to_be_visible()
    await send_file(desk, "numbers.yaml", MENDED)
    await expect(log.get_by_text("Nothing of this is public yet").last).to_be_visible()
    await desk.get_by_role("button", name="As readers will see it").last.click()
    await expect(log.get_by_role("article").last).to_contain_text("🔢 How many went")
    await desk.get_by_role("button", name="Back").last.click()
    await see("How many left")
    await desk.get_by_role("button", name="Publish now").last.click()
    await expect(log.get_by_text("Version 2 is published").last).to_be_visible()
    await see("How many went")
    await desk.get_by_role("button", name="Take it back").last.click()
    await desk.get_by_role("button", name="Yes, publish it").last.click()
    await expect(log.get_by_text("Version 3 is published").last).to_be_visible()
    await see("How many left")
