"""Who is who on the chat page: new people and chats, administrators, menus for each, what keys ask for."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.chat_page import EDITOR, YOU, ChatPage

pytestmark = pytest.mark.browser


async def settings(page: Page) -> Any:
    """The open settings of the chat."""
    await page.get_by_role("button", name="Chat settings").click()
    return page.get_by_role("dialog")


async def test_a_stranger_makes_a_channel_and_lets_the_bot_post_in_it(chat: ChatPage) -> None:
    page = await chat.open()
    await page.get_by_role("button", name="New person, group or channel").click()
    sheet = page.get_by_role("dialog", name="Something new")
    await sheet.get_by_label("Name", exact=True).fill("Voices")
    await sheet.get_by_label("@name").fill("voices_here")
    await sheet.get_by_label("@name").press("Enter")
    await expect(page.get_by_role("heading", name="Voices")).to_be_visible()
    await expect(page.get_by_text("the bot is not here")).to_be_visible()
    channel = next(c for c in chat.sandbox.world.chats.values() if c.title == "Voices")
    sheet = await settings(page)
    await sheet.get_by_label("The bot is here as").select_option("administrator")
    assert (await chat.update("my_chat_member"))["new_chat_member"]["can_post_messages"] is True
    box = sheet.get_by_role("checkbox", name="post messages")
    await expect(box).to_be_checked()
    await box.uncheck()
    assert (await chat.update("my_chat_member"))["new_chat_member"]["can_post_messages"] is False
    await box.check()
    assert (await chat.update("my_chat_member"))["new_chat_member"]["can_post_messages"] is True
    await sheet.get_by_role("button", name="Done").click()
    await chat.say("<b>The week</b>", channel.id, disable_notification=True)
    await expect(chat.messages.last).to_contain_text("The week")


async def test_someone_new_comes_and_says_start(chat: ChatPage) -> None:
    page = await chat.open()
    await page.get_by_role("button", name="New person, group or channel").click()
    sheet = page.get_by_role("dialog", name="Something new")
    await sheet.get_by_label("Kind").select_option("person")
    await expect(sheet.get_by_label("Owner")).to_be_hidden()
    await sheet.get_by_label("Name", exact=True).fill("Nina")
    await sheet.get_by_role("button", name="Make it").click()
    await expect(chat.row("Nina")).to_be_visible()
    await page.get_by_role("button", name="START").click()
    started = await chat.update("message")
    assert (started["text"], started["from"]["first_name"]) == ("/start", "Nina")


async def test_an_administrator_is_made_hidden_and_speaks_for_the_group(chat: ChatPage) -> None:
    page = await chat.open("group")
    sheet = await settings(page)
    await sheet.get_by_label("Role of You").select_option("anonymous")
    await expect(sheet.get_by_label("Role of You")).to_have_value("anonymous")
    await sheet.get_by_role("button", name="Done").click()
    await chat.write("/subscribe")
    said = await chat.update("message")
    assert (said["from"]["username"], said["sender_chat"]["id"]) == ("GroupAnonymousBot", chat.group)
    await expect(chat.messages.last).to_contain_text("Friends abroad")


async def test_each_person_sees_their_own_menu(chat: ChatPage) -> None:
    scopes = [
        ({"type": "all_private_chats"}, "help"),
        ({"type": "chat", "chat_id": EDITOR}, "publish"),
        ({"type": "chat_member", "chat_id": chat.group, "user_id": EDITOR}, "delivery"),
    ]
    for scope, word in scopes:
        await chat.call("setMyCommands", commands=[{"command": word, "description": word}], scope=scope)
    page = await chat.open("editor")
    await page.get_by_role("button", name="Commands").click()
    await expect(chat.option("/publish")).to_be_visible()
    await chat.row("You").click()
    await page.get_by_role("button", name="Commands").click()
    await expect(chat.option("/help")).to_be_visible()
    await expect(chat.option("/publish")).to_have_count(0)
    await chat.row("Friends abroad").click()
    await expect(page.get_by_role("button", name="Commands")).to_be_hidden()
    sheet = await settings(page)
    await sheet.get_by_label("Write as").select_option("Editor")
    await sheet.get_by_role("button", name="Done").click()
    await page.get_by_role("button", name="Commands").click()
    await expect(chat.option("/delivery")).to_be_visible()
    await chat.call("deleteMyCommands", scope=scopes[2][0])
    await expect(page.get_by_role("button", name="Commands")).to_be_hidden()


async def test_keys_ask_for_people_and_for_ones_number(chat: ChatPage) -> None:
    page = await chat.open()
    keys = [
        {"text": "An editor", "request_users": {"request_id": 1, "request_name": True}},
        {"text": "Several", "request_users": {"request_id": 2, "max_quantity": 5}},
        {"text": "My number", "request_contact": True},
    ]
    await chat.say("whom?", reply_markup={"keyboard": [keys]})
    await page.get_by_role("button", name="An editor").click()
    await page.get_by_role("dialog").get_by_role("button", name="Editor").click()
    shared = (await chat.update("message"))["users_shared"]
    assert shared == {"request_id": 1, "users": [{"user_id": EDITOR, "first_name": "Editor"}]}
    await page.get_by_role("button", name="Several").click()
    for name in ("You", "Editor"):
        await page.get_by_role("dialog").get_by_role("checkbox", name=name).check()
    await page.get_by_role("dialog").get_by_role("button", name="Share").click()
    assert [user["user_id"] for user in (await chat.update("message"))["users_shared"]["users"]] == [YOU, EDITOR]
    await page.get_by_role("button", name="My number").click()
    await page.get_by_role("dialog").get_by_role("button", name="Share").click()
    assert (await chat.update("message"))["contact"]["user_id"] == YOU
    await chat.say("thank you", reply_markup={"remove_keyboard": True})
    await expect(page.get_by_role("group", name="Keyboard of the bot")).to_have_count(0)


async def test_a_message_is_forwarded_and_hides_its_author_where_they_wish(chat: ChatPage) -> None:
    page = await chat.open("group")
    sheet = await settings(page)
    await sheet.get_by_label("Write as").select_option("Editor")
    await sheet.get_by_label("Forwarded messages hide the account of Editor").check()
    await sheet.get_by_role("button", name="Done").click()
    await chat.write("I keep the content")
    await expect(chat.messages.last).to_contain_text("I keep the content")
    sheet = await settings(page)
    await sheet.get_by_label("Write as").select_option("You")
    await sheet.get_by_role("button", name="Done").click()
    await chat.messages.last.hover()
    await chat.messages.last.get_by_role("button", name="Forward").click()
    await page.get_by_role("dialog", name="Forward to").get_by_role("button", name="You").click()
    await expect(chat.messages.last).to_contain_text("Forwarded from Editor")
    origin = (await chat.update("message"))["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Editor")


async def test_a_contact_of_somebody_else_goes_to_the_bot(chat: ChatPage) -> None:
    page = await chat.open()
    sheet = await settings(page)
    await sheet.get_by_label("Send the bot the contact of").select_option("Editor")
    assert (await chat.update("message"))["contact"]["user_id"] == EDITOR
    await sheet.get_by_role("button", name="Done").click()
    await expect(chat.messages.last).to_contain_text("Editor")


async def test_an_answer_that_the_bot_asks_for_goes_to_its_question(chat: ChatPage) -> None:
    page = await chat.open()
    asked = await chat.say("the new text?", reply_markup={"force_reply": True, "input_field_placeholder": "New text"})
    await expect(page.get_by_text("Reply to Kolokol")).to_be_visible()
    await expect(chat.box).to_have_attribute("placeholder", "New text")
    await chat.write("mended")
    answer = await chat.update("message")
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    await expect(page.get_by_text("Reply to Kolokol")).to_be_hidden()


async def test_topics_open_close_and_hold_their_messages_apart(chat: ChatPage) -> None:
    forum = chat.sandbox.acts.new_chat(EDITOR, "supergroup", "Forum", forum=True)
    chat.sandbox.acts.member(forum.id, chat.sandbox.world.bot.id, "administrator")
    page = await chat.open("group-2")
    await expect(page.get_by_role("group", name="Topics")).to_be_hidden()
    sheet = await settings(page)
    for name in ("Digest", "Visas"):
        await sheet.get_by_role("textbox", name="Name of the new topic").fill(name)
        await sheet.get_by_role("button", name="Open", exact=True).click()
        await expect(page.get_by_role("group", name="Topics").locator("button", has_text=name)).to_have_count(1)
    await sheet.get_by_role("button", name="Done").click()
    digest, visas = forum.topics
    await chat.say("the week", forum.id, message_thread_id=digest)
    await expect(chat.messages.last).to_contain_text(re.compile("in “Digest”.*the week", re.DOTALL))
    await page.get_by_role("group", name="Topics").get_by_role("button", name="Visas").click()
    await expect(chat.log.get_by_text("the week")).to_have_count(0)
    await chat.write("/subscribe")
    said = await chat.update("message")
    while "text" not in said:
        said = await chat.update("message")
    assert (said["text"], said["message_thread_id"]) == ("/subscribe", visas)
    await expect(chat.messages.last).to_contain_text("/subscribe")
    await chat.say("elsewhere", forum.id, message_thread_id=digest)
    await chat.say("here", forum.id, message_thread_id=visas)
    await expect(chat.messages.last).to_contain_text("here")
    await expect(chat.log.get_by_text("elsewhere")).to_have_count(0)
    sheet = await settings(page)
    await sheet.get_by_label("Topic “Visas”").select_option("closed")
    await sheet.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("button", name="Visas, closed")).to_be_visible()


async def test_where_no_chat_fits_a_key_the_page_says_how_to_make_one(chat: ChatPage) -> None:
    page = await chat.open()
    wish = {"request_id": 1, "chat_is_channel": True, "user_administrator_rights": {"can_post_messages": True}}
    await chat.say("which?", reply_markup={"keyboard": [[{"text": "My channel", "request_chat": wish}]]})
    await page.get_by_role("button", name="My channel").click()
    await expect(
        page.get_by_text("There is no channel that fits for You. The plus above the chats makes one.")
    ).to_be_visible()
