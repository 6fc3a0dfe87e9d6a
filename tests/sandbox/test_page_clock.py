"""The clock on the chat page: it shows the sandbox's time and moves it, to the next digest above all."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.sandbox.chat_page import ChatPage

pytestmark = pytest.mark.browser


async def test_the_buttons_move_the_clock_and_new_messages_bear_its_time(chat: ChatPage) -> None:
    page = await chat.open()
    panel = page.get_by_role("region", name="Clock of the sandbox")
    face = panel.get_by_role("time")
    before = chat.sandbox.time()
    assert str(datetime.fromtimestamp(before).astimezone().year) in await face.inner_text()
    await chat.say("of today")
    await expect(chat.log.locator(".day")).to_have_text("Today")
    shown = await face.get_attribute("datetime")
    await panel.get_by_role("button", name="Move the clock by 1 week").click()
    await expect(face).not_to_have_attribute("datetime", shown or "")
    assert chat.sandbox.time() - before >= 7 * 86400
    await expect(chat.log.locator(".day")).not_to_have_text("Today")
    await chat.say("a week later")
    await expect(chat.log.locator(".day")).to_have_text([re.compile("."), "Today"])


async def test_the_next_digest_comes_on_a_press(chat: ChatPage) -> None:
    page = await chat.open()
    due = datetime.fromtimestamp(chat.sandbox.time(), UTC) + timedelta(days=2)
    chat.sandbox.time.next_due = lambda: due
    button = page.get_by_role("button", name="Next digest")
    await button.click()
    await expect(button).to_be_enabled()
    assert chat.sandbox.time() >= due.timestamp()
    await button.click()
    await expect(page.get_by_text("It is due already.")).to_be_visible()


async def test_where_nothing_is_scheduled_it_says_so(chat: ChatPage) -> None:
    page = await chat.open()
    await page.get_by_role("button", name="Next digest").click()
    await expect(page.get_by_text("Nothing is scheduled.")).to_be_visible()
