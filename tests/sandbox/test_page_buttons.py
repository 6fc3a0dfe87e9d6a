"""Buttons on the chat page: inline keyboards, callback answers, links that have a meaning here, reply keyboards."""

from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.sandbox.chat_page import YOU, ChatPage

pytestmark = pytest.mark.browser

BOT = "kolokol_sandbox_bot"


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def reply(*rows: list[Any], **more: Any) -> dict[str, Any]:
    return {"keyboard": [[{"text": k} if isinstance(k, str) else k for k in row] for row in rows], **more}


async def test_a_pressed_button_waits_for_its_answer_and_a_second_click_does_nothing(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say("pick", reply_markup=inline([{"text": "Go", "callback_data": "go"}]))
    key = chat.log.get_by_role("button", name="Go")
    await key.dblclick()
    await expect(key).to_have_attribute("aria-busy", "true")
    query = await chat.update("callback_query")
    assert query["data"] == "go"
    assert await chat.quiet()
    await chat.call("answerCallbackQuery", callback_query_id=query["id"], text="It is done")
    await expect(page.get_by_text("It is done")).to_be_visible()
    await expect(key).not_to_have_attribute("aria-busy", "true")
    await key.click()
    again = await chat.update("callback_query")
    await chat.call("answerCallbackQuery", callback_query_id=again["id"])
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_must_be_read_and_gives_the_focus_back(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say("pick", reply_markup=inline([{"text": "Why", "callback_data": "why"}]))
    key = chat.log.get_by_role("button", name="Why")
    await key.focus()
    await page.keyboard.press("Enter")
    query = await chat.update("callback_query")
    await chat.call("answerCallbackQuery", callback_query_id=query["id"], text="Read this", show_alert=True)
    alert = page.get_by_role("dialog", name="Kolokol")
    await expect(alert).to_contain_text("Read this")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    await expect(key).to_be_focused()


async def test_a_press_that_is_refused_says_so(chat: ChatPage, watch: Any) -> None:
    watch.forgive("status of 400")
    page = await chat.open()
    await chat.say("pick", reply_markup=inline([{"text": "Old", "callback_data": "old"}]))
    shown = chat.log.get_by_role("button", name="Old")
    await expect(shown).to_be_visible()
    chat.sandbox.world.chats[YOU].messages.clear()
    await shown.click()
    await expect(page.locator(".toast.trouble")).to_contain_text("there is no message")
    await expect(shown).not_to_have_attribute("aria-busy", "true")


async def test_a_deep_link_opens_the_private_chat_and_starts_there(chat: ChatPage) -> None:
    page = await chat.open("group")
    link = f"https://t.me/{BOT}?start=how-many"
    await chat.say("more", chat.group, reply_markup=inline([{"text": "In private", "url": link}]))
    await chat.log.get_by_role("button", name="In private").click()
    started = await chat.update("message")
    assert (started["text"], started["chat"]["id"]) == ("/start how-many", YOU)
    await expect(chat.messages.last).to_contain_text("/start how-many")
    assert page.url.endswith("#you")


async def test_sharing_shows_what_goes_out_and_puts_it_into_the_chosen_box(chat: ChatPage) -> None:
    page = await chat.open()
    address = f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2F{BOT}%3Fstart%3Dx&text=%D0%92%D0%B8%D0%B7%D1%8B"
    await chat.say("a card", reply_markup=inline([{"text": "Share", "url": address}]))
    await chat.log.get_by_role("button", name="Share").click()
    sheet = page.get_by_role("dialog", name="Share")
    await expect(sheet.get_by_label("What would be shared")).to_contain_text(f"https://t.me/{BOT}?start=x")
    await expect(sheet).to_contain_text("Визы")
    await sheet.get_by_role("button", name="Friends abroad").click()
    await expect(chat.box).to_have_value(f"https://t.me/{BOT}?start=x\nВизы")
    await expect(chat.box).to_be_focused()
    assert await chat.quiet()


async def test_switching_to_inline_fills_the_box_here_or_in_a_chosen_chat(chat: ChatPage) -> None:
    page = await chat.open()
    here = {"text": "Here", "switch_inline_query_current_chat": "visas"}
    there = {"text": "There", "switch_inline_query": "visas"}
    await chat.say("search", reply_markup=inline([here, there]))
    await chat.log.get_by_role("button", name="Here", exact=True).click()
    await expect(chat.box).to_have_value(f"@{BOT} visas")
    assert (await chat.update("inline_query"))["query"] == "visas"
    await chat.box.fill("")
    await chat.log.get_by_role("button", name="There").click()
    await page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="Friends abroad").click()
    await expect(chat.box).to_have_value(f"@{BOT} visas")
    assert page.url.endswith("#group")


async def test_a_copy_button_copies(chat: ChatPage) -> None:
    page = await chat.open(permissions=["clipboard-read", "clipboard-write"])
    await chat.say("code", reply_markup=inline([{"text": "Copy", "copy_text": {"text": "the words"}}]))
    await chat.log.get_by_role("button", name="Copy").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "the words"


async def test_a_reply_keyboard_sends_its_words_and_goes_when_told(chat: ChatPage) -> None:
    page = await chat.open()
    keys = reply(["Topics", "Темы"], [{"text": "My number", "request_contact": True}], resize_keyboard=True)
    await chat.say("choose", reply_markup={**keys, "input_field_placeholder": "or write"})
    panel = page.get_by_role("group", name="Keyboard of the bot")
    await panel.get_by_role("button", name="Темы").click()
    assert (await chat.update("message"))["text"] == "Темы"
    await expect(chat.box).to_have_attribute("placeholder", "or write")
    toggle = page.get_by_role("button", name="Keyboard of the bot")
    await toggle.click()
    await expect(panel).to_have_count(0)
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await toggle.click()
    await panel.get_by_role("button", name="My number").click()
    await chat.say("done", reply_markup={"remove_keyboard": True})
    await expect(panel).to_have_count(0)
    await expect(toggle).to_be_hidden()


async def test_a_one_time_keyboard_folds_after_use(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say("sure?", reply_markup=reply(["Yes", "No"], one_time_keyboard=True))
    panel = page.get_by_role("group", name="Keyboard of the bot")
    await panel.get_by_role("button", name="Yes").click()
    await expect(panel).to_have_count(0)
    await chat.say("and now?", reply_markup=reply(["Yes", "No"], one_time_keyboard=True))
    await expect(panel).to_be_visible()


async def test_a_key_that_requests_a_chat_lets_one_choose(chat: ChatPage) -> None:
    page = await chat.open("editor")
    wish = {"request_id": 7, "chat_is_channel": True, "request_title": True}
    await chat.say("which?", 1002, reply_markup=reply([{"text": "Choose a channel", "request_chat": wish}]))
    panel = page.get_by_role("group", name="Keyboard of the bot")
    await panel.get_by_role("button", name="Choose a channel").click()
    await page.get_by_role("dialog").get_by_role("button", name="News from exile").click()
    shared = (await chat.update("message"))["chat_shared"]
    assert shared["chat_id"] == chat.channel
    await expect(chat.log.get_by_text("Editor chose “News from exile”")).to_be_visible()


async def test_the_bot_can_ask_for_an_answer(chat: ChatPage) -> None:
    asked = await chat.say("your city?", reply_markup={"force_reply": True, "input_field_placeholder": "City"})

    async def name_the_asking_message(route: Route) -> None:
        answer = await route.fetch()
        state = await answer.json()
        state["views"][0]["force_reply"] = asked["message_id"]
        await route.fulfill(response=answer, json=state)

    page = await chat.open("")
    await page.route("**/sandbox/state", name_the_asking_message)
    await page.reload()
    await expect(page.get_by_text("Reply to Kolokol")).to_be_visible()
    await expect(chat.box).to_have_attribute("placeholder", "City")
    await chat.write("Тбилиси")
    assert (await chat.update("message"))["reply_to_message"]["message_id"] == asked["message_id"]
    await expect(page.get_by_text("Reply to Kolokol")).to_be_hidden()
