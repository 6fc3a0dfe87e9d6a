"""The chat page as a screen: narrow and wide, light and dark, by keyboard alone, for screen readers, offline."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.sandbox import Sandbox
from tests import browser as browser_module
from tests.sandbox.chat_page import YOU, ChatPage, png

pytestmark = pytest.mark.browser

# WCAG 2.2, 1.4.3: relative luminance and contrast; 4.5 for text of normal size.
CONTRAST = """() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const parse = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return { rgb: [r, g, b], a: a / 255 };
    };
    const over = (top, below) => top.rgb.map((c, i) => c * top.a + below[i] * (1 - top.a));
    const ground = (node) => {
        const layers = [];
        for (let at = node; at; at = at.parentElement) layers.unshift(parse(getComputedStyle(at).backgroundColor));
        return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const poor = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        const words = walker.currentNode.data.trim();
        if (!words || !node.checkVisibility() || node.closest('.unseen, [inert]')) continue;
        const behind = ground(node);
        const pair = [light(over(parse(getComputedStyle(node).color), behind)), light(behind)].sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (ratio < 4.5) poor.push(`${words.slice(0, 30)} (${node.className}): ${ratio.toFixed(2)}`);
    }
    return poor;
}"""


async def test_a_phone_has_the_list_and_the_chat_as_two_screens(chat: ChatPage) -> None:
    page = await chat.open("", width=390, height=780)
    side = page.get_by_role("navigation", name="Chats")
    await expect(side).to_be_visible()
    await expect(page.get_by_role("log")).to_have_count(0)
    await chat.row("Friends abroad").click()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(side).to_be_hidden()
    await page.get_by_role("button", name="Back to the chats").click()
    await expect(side).to_be_visible()
    await expect(chat.row("Friends abroad")).to_be_focused()
    await page.go_back()
    await expect(page.get_by_role("log")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(side).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_wide_window_shows_both_and_loses_nothing_when_it_narrows(chat: ChatPage) -> None:
    page = await chat.open("")
    await expect(page.get_by_role("navigation", name="Chats")).to_be_visible()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_role("button", name="Back to the chats")).to_be_hidden()
    await chat.row("Friends abroad").click()
    await page.set_viewport_size({"width": 360, "height": 640})
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_role("heading", name="Friends abroad")).to_be_visible()


async def background(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def test_dark_follows_the_system_until_one_chooses_and_then_stays(chat: ChatPage) -> None:
    light = await background(await chat.open())
    page = await chat.open(dark=True)
    dark = await background(page)
    assert light != dark
    toggle = page.get_by_role("button", name="Dark theme")
    await expect(toggle).to_have_attribute("aria-pressed", "true")
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-pressed", "false")
    assert await background(page) == light
    await page.reload()
    await expect(toggle).to_have_attribute("aria-pressed", "false")
    assert await background(page) == light


@pytest.mark.parametrize("dark", [False, True])
async def test_all_text_has_contrast_enough(chat: ChatPage, dark: bool) -> None:
    keys = {"inline_keyboard": [[{"text": "A button", "callback_data": "x"}]]}
    await chat.call("setMyCommands", commands=[{"command": "help", "description": "What I can do"}])
    text = "<b>Bold</b> <code>code</code> https://example.com #tag /help <blockquote>quoted</blockquote>"
    said = await chat.say(f"{text}<pre>block</pre>", chat.group, reply_markup=keys)
    chat.sandbox.acts.send(YOU, "my /own words https://example.com", chat.group, reply_to=said["message_id"])
    chat.sandbox.acts.send(1002, "слово", chat.group)
    page = await chat.open("group", dark=dark)
    await expect(chat.messages).to_have_count(3)
    await chat.box.fill("/")
    await expect(page.get_by_role("option")).to_be_visible()
    assert await page.evaluate(CONTRAST) == []


async def test_everything_works_by_keyboard_alone(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say("card", reply_markup={"inline_keyboard": [[{"text": "Next", "callback_data": "n"}]]})
    await expect(chat.messages).to_have_count(1)
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.box).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(chat.log.get_by_role("button", name="Next")).to_be_focused()
    await page.keyboard.press("Enter")
    query = await chat.update("callback_query")
    await chat.call("answerCallbackQuery", callback_query_id=query["id"], text="x", show_alert=True)
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(chat.log.get_by_role("button", name="Next")).to_be_focused()
    await chat.row("You").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Friends abroad")).to_be_visible()
    await expect(chat.box).to_be_focused()


async def test_tab_goes_round_and_is_never_trapped(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say("https://example.com <pre>code</pre>")
    await expect(chat.messages).to_have_count(1)
    seen = set()
    for _ in range(25):
        await page.keyboard.press("Tab")
        seen.add(await page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert len(seen) >= 11
    assert any('id="compose"' in html for html in seen)
    assert any('id="skip"' in html for html in seen)


async def test_every_control_has_a_name_and_the_page_its_landmarks(chat: ChatPage) -> None:
    await chat.call("sendPhoto", chat_id=YOU, photo=("a.png", png(40, 30)))
    await chat.say("card", reply_markup={"inline_keyboard": [[{"text": "▶︎", "callback_data": "n"}]]})
    page = await chat.open()
    await expect(chat.messages).to_have_count(2)
    for role, name in [("navigation", "Chats"), ("main", "Conversation"), ("log", "Messages, You")]:
        await expect(page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    tree = await page.locator("body").aria_snapshot()
    nameless = re.findall(r"^\s*- (?:button|link|textbox|img|combobox|dialog|article)(?::|$)", tree, re.MULTILINE)
    assert nameless == [], tree
    await page.get_by_role("button", name="Chat settings").click()
    sheet = page.get_by_role("dialog", name="Settings: You")
    await expect(sheet.get_by_role("combobox", name="Telegram language of You")).to_be_visible()


async def test_an_empty_private_chat_introduces_the_bot_and_starts_it(chat: ChatPage) -> None:
    await chat.call("setMyDescription", description="Answers with sources.\nОтвечает со ссылками.")
    await chat.open()
    await expect(chat.log).to_contain_text("Отвечает со ссылками.")
    await chat.log.get_by_role("button", name="START", exact=True).dblclick()
    assert (await chat.update("message"))["text"] == "/start"
    await expect(chat.messages).to_have_count(1)
    await expect(chat.log.get_by_role("button", name="START", exact=True)).to_have_count(0)
    assert await chat.quiet()


async def test_blocking_closes_the_box_until_the_bot_is_let_in_again(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.write("hello")
    await page.get_by_role("button", name="Chat settings").click()
    await page.get_by_role("dialog").get_by_role("button", name="Block the bot").click()
    await expect(chat.box).to_be_hidden()
    assert (await chat.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await page.get_by_role("button", name="Unblock the bot").click()
    await expect(chat.box).to_be_visible()
    assert (await chat.update("my_chat_member"))["new_chat_member"]["status"] == "member"


async def test_the_bot_can_be_taken_out_of_a_group_and_back(chat: ChatPage) -> None:
    page = await chat.open("group")
    await page.get_by_role("button", name="Chat settings").click()
    await page.get_by_label("The bot is here as").select_option("left")
    assert (await chat.update("my_chat_member"))["new_chat_member"]["status"] == "left"
    await expect(page.locator("#chat-state")).to_contain_text("the bot is not here")
    await page.get_by_label("The bot is here as").select_option("administrator")
    assert (await chat.update("my_chat_member"))["new_chat_member"]["status"] == "administrator"


async def test_a_server_that_goes_away_is_said_and_found_again(chat: ChatPage, watch: Any) -> None:
    watch.forgive("ERR_|Failed to load resource")
    page = await chat.open()
    await chat.say("before")
    await expect(chat.messages).to_have_count(1)
    await chat.box.fill("being written")
    port = chat.sandbox.port
    await chat.sandbox.stop()
    await expect(page.get_by_text("The server is gone")).to_be_visible()
    await chat.box.press("Enter")
    await expect(page.locator(".toast.trouble")).to_contain_text("cannot be reached")
    await expect(chat.box).to_have_value("being written")
    async with Sandbox(port=port, limits="off") as again:
        again.acts.send(YOU, "said to the new one")
        await expect(page.get_by_text("The server is gone")).to_be_hidden()
        await expect(chat.messages).to_have_count(1)
        await expect(chat.messages.last).to_contain_text("said to the new one")
        await expect(chat.box).to_have_value("being written")
        await page.close()


async def test_the_policy_of_the_page_lets_nothing_foreign_in(chat: ChatPage, watch: Any) -> None:
    watch.forgive("Content Security Policy|ERR_FAILED")
    page = await chat.open()
    await page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.body.append(script);
        const picture = document.createElement('img');
        picture.src = 'https://example.org/spy.png';
        document.body.append(picture);
    }""")
    assert await page.evaluate("window.ran") is None
    refused = "fetch('https://example.org/').then(() => 'went', () => 'refused')"
    assert await page.evaluate(refused) == "refused"
    assert watch.strayed == []
    source = await (await page.request.get(chat.sandbox.url)).text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", source)


def test_without_a_browser_tests_skip_with_one_line_but_fail_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser found"):
        browser_module.find_chromium()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser found"):
        browser_module.find_chromium()
