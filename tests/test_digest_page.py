"""The digest in a real browser, as somebody with only the README meets it: subscribe, move the clock, read, leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.search.library import Library
from tests.browser import OpenPage
from tests.conversation import EDITOR, Conversation, refusals
from tests.visiting import opened_demo, visit

pytestmark = pytest.mark.browser


@pytest.fixture
async def demo(library: Library, tmp_path: Path) -> AsyncIterator[Conversation]:
    async with opened_demo(library, tmp_path) as conversation:
        yield conversation
        assert list(refusals(conversation.sandbox)) == []


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
    you = await visit(open_page, demo)
    await you.write("/subscribe")
    await you.sees(subscribed)
    await you.press(*choices)
    await you.sees(shown)
    await you.ring()
    await you.finds(title)
    settings, owner, unsubscribe, left = leave
    await you.press(settings)
    await you.sees(owner)
    await you.press(unsubscribe)
    await you.finds(left)
    await you.ring()
    await expect(you.page.get_by_text("Nothing is scheduled.")).to_be_visible()


async def test_a_channel_is_chosen_by_the_button_and_gets_its_digest(demo: Conversation, open_page: OpenPage) -> None:
    editor = await visit(open_page, demo, "editor")
    await editor.write("/settings")
    await editor.press("📣 Для моего канала")
    await editor.page.get_by_role("button", name="📣 Выбрать канал").click()
    await editor.page.get_by_role("dialog").get_by_role("button", name="News from exile").click()
    await editor.sees("Дайджест канала «News from exile»")
    await editor.press("🌐 По-русски", "➕ И по-английски", "⬅️ Все дайджесты")
    await editor.sees("Дайджесты канала")
    await editor.ring()
    await editor.go("News from exile")
    await editor.finds("🔔 «Колокол»,")
    await editor.finds("🔔 Kolokol,")


async def test_an_owner_sees_a_digest_before_the_channel_does_and_skips_it(
    demo: Conversation, open_page: OpenPage
) -> None:
    demo.sandbox.acts.change_person(EDITOR, language_code="en")
    owner = await visit(open_page, demo, "editor")
    await owner.write("/subscribe @news_from_exile")
    await owner.press("👁 Preview: none", "3 hours")
    await owner.finds("👁 Preview: 3 hours before")
    await owner.ring()
    await owner.finds("The next digest of “News from exile”. It goes out in about 3 hours.")
    await owner.press("⏭ Skip this one")
    await owner.dismiss("This one will be skipped.")
    await expect(owner.last.get_by_role("button", name="Send it after all")).to_be_visible()
    for _ in range(2):
        await owner.ring()
    await expect(owner.log.get_by_text("The next digest of “News from exile”")).to_have_count(2)
    await owner.go("News from exile")
    await expect(owner.log.get_by_text("Nothing has been written here yet.")).to_be_visible()
    await owner.ring()
    await owner.finds("🔔 Kolokol,")


async def test_a_group_is_subscribed_by_an_administrator_whom_nobody_sees_and_members_cannot_end_it(
    demo: Conversation, open_page: OpenPage
) -> None:
    demo.sandbox.acts.change_person(EDITOR, language_code="en")
    someone = await visit(open_page, demo, "group")
    await someone.choose("Role of Editor", "anonymous")
    await someone.choose("Write as", "Editor")
    await someone.write("/subscribe en")
    await someone.finds("🌐 English")
    await someone.ring()
    await someone.finds("🔔 Kolokol,")
    await someone.choose("Write as", "You")
    await someone.press("✖️ Unsubscribe")
    await someone.dismiss("administrators")
    await someone.choose("Write as", "Editor")
    await someone.press("✖️ Unsubscribe")
    await someone.finds("no more digests will come here")
    await someone.ring()
    await expect(someone.page.get_by_text("Nothing is scheduled.")).to_be_visible()


async def test_two_threads_of_a_forum_have_a_digest_each_in_its_language(
    demo: Conversation, open_page: OpenPage
) -> None:
    forum = demo.sandbox.acts.new_chat(EDITOR, "supergroup", "Forum", forum=True)
    demo.sandbox.acts.member(forum.id, demo.sandbox.world.bot.id, "member")
    for name in ("News", "Новости"):
        demo.sandbox.acts.open_topic(EDITOR, forum.id, name)
    owner = await visit(open_page, demo, "group-2")
    for thread, words in (("News", "/subscribe en"), ("Новости", "/subscribe ru")):
        await owner.page.get_by_role("group", name="Topics").get_by_role("button", name=thread).click()
        await owner.write(words)
        await owner.sees("Дайджест в теме форума")
    await owner.ring()
    await owner.finds("🔔 «Колокол»,")
    await expect(owner.log.get_by_text("🔔 Kolokol,")).to_have_count(0)
    await owner.page.get_by_role("group", name="Topics").get_by_role("button", name="News").click()
    await owner.finds("🔔 Kolokol,")


async def test_what_is_kept_is_shown_exported_and_forgotten(demo: Conversation, open_page: OpenPage) -> None:
    you = await visit(open_page, demo)
    await you.write("/subscribe")
    await you.write("/privacy")
    await you.finds("What is kept about this chat")
    await you.press("💾 As a file")
    await you.finds("What is kept about this chat, in full.")
    await expect(you.last).to_contain_text(".json")
    await you.write("/forget")
    await you.sees("Nothing is kept about this chat now")
    await you.write("/privacy")
    await you.finds("I do not even keep that you have been here")
    await you.ring()
    await expect(you.page.get_by_text("Nothing is scheduled.")).to_be_visible()
