"""The digest in a real browser, as somebody with only the README meets it: subscribe, move the clock, read, leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.app import open_bot
from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.search.library import Library
from tests.browser import PATIENCE, OpenPage
from tests.conftest import settings_for
from tests.conversation import FREE_PACE, Conversation, refusals, talking

pytestmark = pytest.mark.browser


@pytest.fixture
async def demo(library: Library, tmp_path: Path) -> AsyncIterator[Conversation]:
    """Bot and page by one clock, as in the demo."""
    expect.set_options(timeout=PATIENCE)
    clock = MovableClock()
    async with (
        Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox,
        open_bot(settings_for(sandbox, tmp_path), library, clock=clock, pace=FREE_PACE) as bot,
        talking(sandbox, bot) as conversation,
    ):
        sandbox.time.next_due = bot.ringing.next_due
        yield conversation
        assert list(refusals(sandbox)) == []


async def write(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message", exact=True)
    await box.fill(text)
    await box.press("Enter")


def last(page: Page) -> Locator:
    """The newest message."""
    return page.get_by_role("log").get_by_role("article").last


async def press(page: Page, *names: str) -> None:
    """Press one button after another, each the newest of its name."""
    for name in names:
        await page.get_by_role("log").get_by_role("button", name=name).last.click()


@pytest.mark.parametrize(
    ("language", "subscribed", "choices", "shown", "title", "leave"),
    [
        (
            "en",
            "Subscribed",
            ("📍 UTC", "Tbilisi", "🕘 9:00", "18:00", "🔔 With sound"),
            "on Mondays at 18:00, Tbilisi time",
            "🔔 Kolokol,",
            ("Settings", "Your digest", "Unsubscribe", "Unsubscribed"),
        ),
        (
            "ru",
            "Вы подписаны",
            ("📍 UTC", "Тбилиси", "🕘 9:00", "18:00", "🔔 Со звуком"),
            "по понедельникам, в 18:00 (часовой пояс: Тбилиси)",
            "🔔 «Колокол»,",
            ("Настройки", "Ваш дайджест", "Отписаться", "Вы отписались"),
        ),
    ],
    ids=["en", "ru"],
)
async def test_from_subscribing_to_a_digest_and_out_again(
    demo: Conversation,
    open_page: OpenPage,
    language: str,
    subscribed: str,
    choices: tuple[str, ...],
    shown: str,
    title: str,
    leave: tuple[str, str, str, str],
) -> None:
    demo.sandbox.acts.change_person(demo.viewer, language_code=language)
    page = await open_page(f"{demo.sandbox.url}/#you", width=1100, height=900)
    await write(page, "/subscribe")
    await expect(last(page)).to_contain_text(subscribed)
    await press(page, *choices)
    await expect(last(page)).to_contain_text(shown)
    await page.get_by_role("button", name="Next digest").click()
    await expect(page.get_by_role("log").get_by_text(title).last).to_be_visible()
    settings, owner, unsubscribe, left = leave
    await press(page, settings)
    await expect(last(page)).to_contain_text(owner)
    await press(page, unsubscribe)
    await expect(page.get_by_role("log").get_by_text(left).last).to_be_visible()
    await page.get_by_role("button", name="Next digest").click()
    await expect(page.get_by_text("Nothing is scheduled.")).to_be_visible()


async def test_a_channel_is_chosen_by_the_button_and_gets_its_digest(demo: Conversation, open_page: OpenPage) -> None:
    page = await open_page(f"{demo.sandbox.url}/#editor", width=1100, height=900)
    await write(page, "/settings")
    await press(page, "📣 Для моего канала")
    await page.get_by_role("button", name="📣 Выбрать канал").click()
    await page.get_by_role("dialog").get_by_role("button", name="News from exile").click()
    await expect(last(page)).to_contain_text("Дайджест канала «News from exile»")
    await press(page, "🌐 По-русски", "➕ И по-английски", "⬅️ Все дайджесты")
    await expect(last(page)).to_contain_text("Дайджесты канала")
    await page.get_by_role("button", name="Next digest").click()
    await page.get_by_role("navigation", name="Chats").locator("button.row", has_text="News from exile").click()
    await expect(page.get_by_role("log").get_by_text("🔔 «Колокол»,").last).to_be_visible()
    await expect(page.get_by_role("log").get_by_text("🔔 Kolokol,").last).to_be_visible()
