"""Messages on the chat page: they arrive, change and go without moving what one reads."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.sandbox.chat_page import EDITOR, YOU, ChatPage

pytestmark = pytest.mark.browser


async def test_an_edit_keeps_the_readers_place_and_focus(chat: ChatPage) -> None:
    page = await chat.open()
    keys = {"inline_keyboard": [[{"text": "Back", "callback_data": "b"}, {"text": "Next", "callback_data": "n"}]]}
    first = await chat.say("page 1\n" + "words\n" * 30)
    for number in range(12):
        await chat.say(f"between {number}\nand more")
    last = await chat.say("a card", reply_markup=keys)
    await expect(chat.messages).to_have_count(14)
    await chat.log.get_by_role("button", name="Next").focus()
    watched = chat.log.get_by_role("article").filter(has_text="between 9")
    await watched.scroll_into_view_if_needed()
    before = await watched.bounding_box()
    await chat.call("editMessageText", chat_id=YOU, message_id=first["message_id"], text="short now")
    await chat.call("editMessageText", chat_id=YOU, message_id=last["message_id"], text="card 2", reply_markup=keys)
    await expect(chat.messages.last).to_contain_text("card 2")
    await expect(chat.messages.last).to_contain_text("edited")
    after = await watched.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    await expect(chat.log.get_by_role("button", name="Next")).to_be_focused()
    assert await page.evaluate("document.activeElement.dataset.callback") == "n"


async def test_deleted_messages_go_and_the_list_of_chats_knows(chat: ChatPage) -> None:
    await chat.open()
    kept = await chat.say("this stays")
    gone = await chat.say("this goes")
    await expect(chat.row("You")).to_contain_text("this goes")
    await chat.call("deleteMessage", chat_id=YOU, message_id=gone["message_id"])
    await expect(chat.messages).to_have_count(1)
    await expect(chat.row("You")).to_contain_text("this stays")
    await chat.call("deleteMessage", chat_id=YOU, message_id=kept["message_id"])
    await expect(chat.log.get_by_role("button", name="START", exact=True)).to_be_visible()


async def test_a_reply_quote_leads_to_its_message(chat: ChatPage) -> None:
    await chat.open()
    await chat.write("the question")
    asked = await chat.update("message")
    for number in range(25):
        await chat.say(f"filler {number}")
    await chat.say("the answer", reply_parameters={"message_id": asked["message_id"]})
    quote = chat.messages.last.get_by_role("button", name="the question")
    await quote.click()
    target = chat.messages.first
    await expect(target).to_be_in_viewport()
    await expect(target).to_be_focused()
    await target.press("r")
    await expect(chat.page.get_by_text("Reply to You")).to_be_visible()
    await chat.write("one more")
    assert (await chat.update("message"))["reply_to_message"]["message_id"] == asked["message_id"]


async def test_groups_name_senders_and_tell_who_came(chat: ChatPage) -> None:
    await chat.open("group")
    chat.sandbox.acts.send(EDITOR, "добрый вечер", chat.group)
    await chat.say("and to you", chat.group)
    chat.sandbox.acts.member(chat.group, EDITOR, "left")
    senders = chat.log.locator(".sender")
    await expect(senders).to_have_text(["Editor", "Kolokol"])
    await expect(chat.log.get_by_text("Editor left")).to_be_visible()
    await expect(chat.messages.nth(0)).to_have_attribute("aria-label", re.compile("^Editor, "))


async def test_other_chats_count_what_is_unread_and_open_at_it(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.row("Friends abroad").click()
    await chat.say("read already", chat.group)
    await expect(chat.messages).to_have_count(1)
    await chat.row("You").click()
    for number in range(30):
        await chat.say(f"news {number}\nin two lines", chat.group)
    await expect(chat.row("Friends abroad").locator(".badge")).to_have_text("30 unread")
    await chat.row("Friends abroad").click()
    await expect(page.get_by_text("New messages")).to_be_in_viewport()
    await expect(chat.log.get_by_text("news 0")).to_be_in_viewport()
    await expect(chat.log.get_by_text("news 29")).not_to_be_in_viewport()
    await page.get_by_role("button", name="To the newest message").click()
    await expect(chat.log.get_by_text("news 29")).to_be_in_viewport()
    await expect(chat.row("Friends abroad").locator(".badge")).to_have_count(0)


async def test_who_reads_above_is_not_pulled_down(chat: ChatPage) -> None:
    page = await chat.open()
    for number in range(30):
        await chat.say(f"old {number}\nin two lines")
    await expect(chat.messages).to_have_count(30)
    await chat.log.get_by_text("old 3", exact=False).first.scroll_into_view_if_needed()
    place = await chat.log.evaluate("(log) => log.scrollTop")
    await chat.say("new one")
    await expect(page.get_by_role("button", name="To the newest message, 1 new")).to_be_visible()
    assert await chat.log.evaluate("(log) => log.scrollTop") == place
    await chat.write("mine")
    await expect(chat.messages.last).to_be_in_viewport()


async def test_the_longest_message_and_a_hundred_buttons_stay_inside_their_bubble(chat: ChatPage) -> None:
    page = await chat.open(width=390, height=780)
    rows = [[{"text": str(row * 8 + n), "callback_data": f"{row}.{n}"} for n in range(8)] for row in range(12)]
    rows.append(
        [
            {"text": "a button with a very long name that will not fit in a line", "callback_data": str(n)}
            for n in range(4)
        ]
    )
    await chat.call("sendMessage", chat_id=YOU, text="ж" * 4096, reply_markup={"inline_keyboard": rows})
    await expect(chat.log.locator(".key")).to_have_count(100)
    all_fit = "(nodes) => nodes.every((node) => node.scrollWidth <= node.clientWidth + 1)"
    assert await page.locator(".log, .bubble, .key, .keys").evaluate_all(all_fit)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_blank_text_is_not_sent_and_a_too_long_one_in_portions(chat: ChatPage) -> None:
    await chat.open()
    await chat.box.fill("  \n ")
    await chat.box.press("Enter")
    await chat.page.get_by_role("button", name="Send", exact=True).click()
    await chat.box.fill("word " * 1000)
    await expect(chat.page.get_by_text("Will be sent as 2 messages")).to_be_visible()
    await chat.box.press("Enter")
    await expect(chat.messages).to_have_count(2)
    first, second = [(await chat.update("message"))["text"] for _ in range(2)]
    assert f"{first} {second}" == ("word " * 1000).strip()
    assert len(first) <= 4096
    await chat.box.press("Enter")
    assert await chat.quiet()


async def test_shift_enter_makes_a_new_line_and_quick_messages_keep_their_order(chat: ChatPage) -> None:
    await chat.open()
    await chat.box.press_sequentially("one")
    await chat.box.press("Shift+Enter")
    await chat.box.press_sequentially("two")
    await chat.box.press("Enter")
    for number in range(8):
        await chat.write(str(number))
    said = [(await chat.update("message"))["text"] for _ in range(9)]
    assert said == ["one\ntwo", *"01234567"]
    await expect(chat.box).to_have_value("")


async def test_switching_chats_while_messages_pour_in_mixes_nothing_up(chat: ChatPage) -> None:
    await chat.open()

    async def pour() -> None:
        for number in range(30):
            await chat.say(f"private {number}")
            await chat.say(f"group {number}", chat.group)

    pouring = asyncio.create_task(pour())
    for _ in range(6):
        await chat.row("Friends abroad").click()
        await chat.row("You").click()
    await pouring
    await expect(chat.messages).to_have_count(30)
    assert not [text for text in await chat.messages.all_inner_texts() if "group" in text]
    await chat.row("Friends abroad").click()
    await expect(chat.messages).to_have_count(30)
    texts = [text.split("\n")[-2 if text.count("\n") > 1 else 0] for text in await chat.messages.all_inner_texts()]
    assert all("private" not in text for text in texts)


async def test_a_reload_while_messages_pour_in_shows_each_of_them_once(chat: ChatPage) -> None:
    page = await chat.open()

    async def pour() -> None:
        for number in range(60):
            await chat.say(f"message {number}.")

    pouring = asyncio.create_task(pour())
    for _ in range(3):
        await page.reload()
    await pouring
    await expect(chat.messages).to_have_count(60)
    shown = re.findall(r"message (\d+)\.", await chat.log.inner_text())
    assert shown == [str(number) for number in range(60)]


async def test_old_messages_come_on_demand(chat: ChatPage) -> None:
    for number in range(200):
        chat.sandbox.acts.send(YOU, f"note {number}")
    page = await chat.open()
    await expect(chat.messages).to_have_count(150)
    await page.get_by_role("button", name="Show earlier messages").click()
    await expect(chat.messages).to_have_count(200)


async def test_typing_shows_and_ends_with_the_message(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.call("sendChatAction", chat_id=YOU, action="typing")
    await expect(page.locator("#chat-state")).to_have_text("is typing…")
    await chat.say("here")
    await expect(page.locator("#chat-state")).to_contain_text("you write as You")
