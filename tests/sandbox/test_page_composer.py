"""Writing on the chat page: the command menu and the inline box, by mouse and by keys."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.chat_page import YOU, ChatPage

pytestmark = pytest.mark.browser

COMMANDS = [
    {"command": "start", "description": "Begin"},
    {"command": "stats", "description": "Statistics"},
    {"command": "help", "description": "What I can do"},
]
RUSSIAN = [{"command": "help", "description": "Что я умею"}]
AT = "@kolokol_sandbox_bot "


def articles(*titles: str) -> list[dict[str, Any]]:
    content = {"message_text": "<b>sent</b>", "parse_mode": "HTML"}
    return [
        {"type": "article", "id": t, "title": t, "description": "d", "input_message_content": content} for t in titles
    ]


async def test_a_slash_offers_commands_that_narrow_while_typing(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.call("setMyCommands", commands=COMMANDS)
    await expect(page.get_by_role("button", name="Commands")).to_be_visible()
    await chat.box.press_sequentially("/")
    await expect(page.get_by_role("listbox", name="Commands").get_by_role("option")).to_have_count(3)
    await chat.box.press_sequentially("st")
    await expect(page.get_by_role("option")).to_have_count(2)
    await chat.box.press("ArrowDown")
    await expect(chat.option("/stats, Statistics")).to_have_attribute("aria-selected", "true")
    active = await chat.box.get_attribute("aria-activedescendant")
    assert await chat.option("/stats, Statistics").get_attribute("id") == active
    await chat.box.press("Enter")
    assert (await chat.update("message"))["text"] == "/stats"
    await expect(chat.box).to_have_value("")
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_tab_completes_escape_closes_and_the_menu_button_shows_all(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.call("setMyCommands", commands=COMMANDS)
    await page.get_by_role("button", name="Commands").click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await chat.box.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await chat.box.press_sequentially("/he")
    await chat.box.press("Tab")
    await expect(chat.box).to_have_value("/help ")
    await expect(chat.box).to_be_focused()
    await chat.box.fill("/he")
    await chat.option("/help").click()
    assert (await chat.update("message"))["text"] == "/help"


async def test_commands_follow_the_language_of_the_person(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.call("setMyCommands", commands=COMMANDS)
    await chat.call("setMyCommands", commands=RUSSIAN, language_code="ru")
    await page.get_by_role("button", name="Chat settings").click()
    await page.get_by_label("Telegram language of You").select_option("ru")
    await page.get_by_role("button", name="Done").click()
    await expect(page.locator("#chat-state")).to_contain_text("Russian")
    await chat.box.press_sequentially("/")
    await expect(chat.option("/help, Что я умею")).to_be_visible()
    await expect(page.get_by_role("option")).to_have_count(1)
    await chat.box.fill("hello")
    await chat.box.press("Enter")
    assert (await chat.update("message"))["from"]["language_code"] == "ru"


async def test_inline_results_are_chosen_by_keys(chat: ChatPage) -> None:
    page = await chat.open("group")
    await chat.box.press_sequentially(f"{AT}vis")
    query = await chat.update("inline_query")
    assert query["query"] == "vis"
    await chat.call("answerInlineQuery", inline_query_id=query["id"], results=articles("first", "second"))
    await expect(chat.option("first")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_text("2 results")).to_be_visible()
    await chat.box.press("ArrowDown")
    await chat.box.press("Enter")
    await expect(chat.messages.last.locator("strong")).to_have_text("sent")
    await expect(chat.messages.last).to_contain_text("via @kolokol_sandbox_bot")
    await expect(chat.box).to_have_value("")
    assert (await chat.update("chosen_inline_result"))["result_id"] == "second"


async def test_an_answer_to_an_older_text_is_dropped(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.box.fill(f"{AT}old")
    old = await chat.update("inline_query")
    await chat.box.fill(f"{AT}new")
    new = await chat.update("inline_query")
    await chat.call("answerInlineQuery", inline_query_id=new["id"], results=articles("of the new"))
    await expect(chat.option("of the new")).to_be_visible()
    await chat.call("answerInlineQuery", inline_query_id=old["id"], results=articles("of the old"))
    await chat.say("something else happens")
    await expect(chat.messages).to_have_count(1)
    await expect(page.get_by_role("option")).to_have_count(1)
    await chat.option("of the new").click()
    await expect(chat.messages).to_have_count(2)


async def test_nothing_found_and_the_button_into_the_private_chat(chat: ChatPage) -> None:
    page = await chat.open("group")
    await chat.box.fill(f"{AT}nothing")
    query = await chat.update("inline_query")
    button = {"text": "Ask in private", "start_parameter": "ask"}
    await chat.call("answerInlineQuery", inline_query_id=query["id"], results=[], button=button)
    await expect(page.get_by_text("Nothing found.")).to_be_visible()
    await chat.option("Ask in private").click()
    started = await chat.update("message")
    assert (started["text"], started["chat"]["id"]) == ("/start ask", YOU)


async def test_further_results_come_when_the_end_is_reached(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.box.fill(AT)
    query = await chat.update("inline_query")
    titles = [f"result {number}" for number in range(20)]
    await chat.call("answerInlineQuery", inline_query_id=query["id"], results=articles(*titles), next_offset="20")
    await expect(page.get_by_role("option")).to_have_count(20)
    await chat.option("result 19").scroll_into_view_if_needed()
    more = await chat.update("inline_query")
    assert more["offset"] == "20"
    await chat.call("answerInlineQuery", inline_query_id=more["id"], results=articles("the last"))
    await expect(page.get_by_role("option")).to_have_count(21)


async def test_a_bot_that_does_not_answer_is_said_so(chat: ChatPage, watch: Any) -> None:
    watch.forgive("status of 504")
    chat.sandbox.limits = chat.sandbox.limits.changed({"inline_seconds": 0.2})
    page = await chat.open()
    await chat.box.fill(f"{AT}x")
    await expect(page.get_by_text("The bot did not answer.")).to_be_visible()
    await chat.box.press("Escape")
    await expect(page.get_by_text("The bot did not answer.")).to_be_hidden()


async def test_a_draft_survives_another_chat_and_a_reload(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.box.fill("half a thou")
    await chat.row("Friends abroad").click()
    await expect(chat.box).to_have_value("")
    await chat.row("You").click()
    await expect(chat.box).to_have_value("half a thou")
    await page.reload()
    await expect(chat.box).to_have_value("half a thou")


async def test_one_can_write_in_the_group_as_another_person(chat: ChatPage) -> None:
    page = await chat.open("group")
    await page.get_by_role("button", name="Chat settings").click()
    await page.get_by_label("Write as").select_option("Editor")
    await page.get_by_role("button", name="Done").click()
    await chat.write("/settings")
    assert (await chat.update("message"))["from"]["id"] == 1002
