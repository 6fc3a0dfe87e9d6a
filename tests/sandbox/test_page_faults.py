"""What goes wrong on the way, made on the chat page: the next message there fails as chosen, once; groups move."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.sandbox.chat_page import YOU, ChatPage

pytestmark = pytest.mark.browser

NEXT = "The bot’s next message here"


async def settings(page: Page) -> Locator:
    """The open settings of the chat."""
    await page.get_by_role("button", name="Chat settings").click()
    return page.get_by_role("dialog")


async def send(chat: ChatPage, to: int, text: str) -> int:
    """Send a text as the bot; the status of the answer."""
    address = f"{chat.sandbox.url}/bot{chat.sandbox.token}/sendMessage"
    async with chat._session.post(address, json={"chat_id": to, "text": text}) as answer:
        return answer.status


async def test_the_next_message_is_refused_as_chosen_and_the_one_after_it_is_not(chat: ChatPage) -> None:
    page = await chat.open()
    for fault, status in (("too_many", 429), ("error", 502), ("deactivated", 403)):
        sheet = await settings(page)
        await expect(sheet.get_by_label(NEXT)).to_have_value("none")
        await sheet.get_by_label(NEXT).select_option(fault)
        await expect(page.get_by_text(f"({status}).")).to_be_visible()
        await sheet.get_by_role("button", name="Done").click()
        assert await send(chat, chat.group, "elsewhere") == 200
        assert await send(chat, YOU, fault) == status
        assert await send(chat, YOU, f"after {fault}") == 200
        await expect(chat.messages.last).to_contain_text(f"after {fault}")
    assert [each.text for each in chat.sandbox.journal.messages if each.chat_id == YOU] == [
        "after too_many",
        "after error",
        "after deactivated",
    ]


async def test_what_was_chosen_is_shown_and_can_be_taken_back(chat: ChatPage) -> None:
    page = await chat.open("channel")
    sheet = await settings(page)
    await sheet.get_by_label(NEXT).select_option("drop_before")
    await expect(page.get_by_text(f"{NEXT} is lost, without")).to_be_visible()
    await sheet.get_by_role("button", name="Done").click()
    sheet = await settings(page)
    await expect(sheet.get_by_label(NEXT)).to_have_value("drop_before")
    await expect(sheet.get_by_label(NEXT).get_by_role("option", name="account deleted")).to_have_count(0)
    await sheet.get_by_label(NEXT).select_option("drop_after")
    await sheet.get_by_label(NEXT).select_option("none")
    await expect(page.get_by_text(f"{NEXT} arrives as always.")).to_be_visible()
    await sheet.get_by_role("button", name="Done").click()
    assert await send(chat, chat.channel, "posted") == 200
    await expect(chat.messages.last).to_contain_text("posted")


async def test_a_small_group_becomes_a_supergroup_and_the_bot_is_told(chat: ChatPage) -> None:
    small = chat.sandbox.acts.new_chat(YOU, "group", "Small")
    chat.sandbox.acts.member(small.id, chat.sandbox.world.bot.id, "member")
    page = await chat.open("group-2")
    sheet = await settings(page)
    await sheet.get_by_role("button", name="Make it a supergroup").click()
    told = await chat.update("message")
    while "migrate_to_chat_id" not in told:
        told = await chat.update("message")
    assert await send(chat, small.id, "left behind") == 400
    assert await send(chat, told["migrate_to_chat_id"], "followed") == 200
    await chat.row("Small").last.click()
    await expect(chat.messages.last).to_contain_text("followed")
