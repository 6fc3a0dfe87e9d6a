"""The whole of it in a real browser: a newcomer on the chat page asks the real bot and presses its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.browser import PATIENCE, OpenPage
from tests.conversation import Conversation, refusals

pytestmark = pytest.mark.browser


@pytest.fixture
async def chat(conversation: Conversation, open_page: OpenPage) -> AsyncIterator[Page]:
    """The chat page of the sandbox that the bot answers on."""
    expect.set_options(timeout=PATIENCE)
    yield await open_page(conversation.sandbox.url, width=1100, height=800)
    assert [each for each in refusals(conversation.sandbox) if "not modified" not in each] == []


async def write(page: Page, words: str) -> None:
    """Write into the open chat and send."""
    box = page.get_by_role("textbox").last
    await box.fill(words)
    await box.press("Enter")


async def test_a_newcomer_presses_start_and_walks_to_a_source(chat: Page) -> None:
    await chat.get_by_role("button", name="START").click()
    await chat.get_by_role("button", name="Topics").last.click()
    await chat.get_by_role("button", name="Visas and papers").last.click()
    await chat.get_by_role("button", name="Recommendations").first.click()
    await chat.get_by_role("button", name="1", exact=True).click()
    await chat.get_by_role("button", name="Source").last.click()
    await expect(chat.get_by_text("Standing under Russian law").last).to_be_visible()


@pytest.mark.parametrize(
    ("words", "expected"),
    [("how many people left russia", "left"), ("/policy", "Recommendations"), ("визы", "isas")],
)
async def test_a_question_is_answered_on_the_page(chat: Page, words: str, expected: str) -> None:
    await write(chat, words)
    answer = chat.get_by_role("log").get_by_text(expected).last
    await expect(answer).to_be_visible()
    await expect(chat.get_by_role("button", name="Menu").last).to_be_visible()


async def test_a_russian_reader_is_answered_in_russian(conversation: Conversation, chat: Page) -> None:
    conversation.sandbox.acts.change_person(conversation.viewer, language_code="ru")
    await write(chat, "visas")
    await expect(chat.get_by_role("button", name="Меню").last).to_be_visible()
