"""Formatted text on the chat page: every entity, UTF-16 offsets, and nothing that runs."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.sandbox.chat_page import ChatPage

pytestmark = pytest.mark.browser

EVERYTHING = (
    "😀🇺🇦 <b>bold <i>both <u>three</u></i></b> <s>gone</s> <code>a &lt; b</code> "
    '<a href="https://example.org/x?a=1&amp;b=2">a link</a> https://example.com #tag @somebody_else\n'
    '<pre><code class="language-python">print("hi")</code></pre>\n'
    "<blockquote>quoted <b>words</b></blockquote>\nafter"
)


async def test_entities_stand_where_they_belong_behind_letters_of_two_units(chat: ChatPage) -> None:
    await chat.open()
    await chat.say(EVERYTHING)
    text = chat.messages.last.locator(".text")
    await expect(text.locator("strong em u")).to_have_text("three")
    outer = await text.locator("strong:not(blockquote *)").all_inner_texts()
    assert "".join(outer) == "bold both three"
    await expect(text.locator("s")).to_have_text("gone")
    await expect(text.locator("code").first).to_have_text("a < b")
    await expect(text.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.org/x?a=1&b=2")
    await expect(text.get_by_role("link", name="https://example.com")).to_be_visible()
    await expect(text.locator(".mark-hashtag")).to_have_text("#tag")
    await expect(text.get_by_label("Code, python")).to_have_text('print("hi")')
    await expect(text.get_by_role("blockquote")).to_have_text("quoted words")
    assert "after" in await text.inner_text()


async def test_text_that_looks_like_markup_stays_text(chat: ChatPage) -> None:
    page = await chat.open()
    wicked = "<img src=x onerror=document.title='taken'><script>document.title='taken'</script>"
    await chat.write(wicked)
    await expect(chat.messages.last).to_contain_text(wicked)
    await chat.call("sendMessage", chat_id=1001, text=wicked)
    await expect(chat.messages).to_have_count(2)
    assert await page.locator(".log img, .log script").count() == 0
    assert "taken" not in await page.title()


async def test_hidden_words_show_when_clicked(chat: ChatPage) -> None:
    await chat.open()
    await chat.say("the name is <tg-spoiler>Alexander <b>Herzen</b></tg-spoiler>")
    covers = chat.log.get_by_role("button", name="Hidden text")
    await expect(covers.first).to_be_visible()
    assert "Herzen" not in await chat.row("You").inner_text()
    await covers.first.click()
    await expect(covers).to_have_count(0)
    assert "".join(await chat.log.locator(".spoiler.open").all_inner_texts()) == "Alexander Herzen"


async def height(of: Locator) -> float:
    return float(await of.evaluate("(node) => node.offsetHeight"))


async def test_a_long_quote_folds_and_unfolds(chat: ChatPage) -> None:
    await chat.open()
    await chat.say("<blockquote expandable>" + "line\n" * 30 + "</blockquote>and on")
    quote = chat.log.get_by_role("blockquote")
    folded = await height(quote)
    toggle = chat.log.get_by_role("button", name="Show more")
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await toggle.click()
    assert await height(quote) > folded * 3
    await chat.log.get_by_role("button", name="Show less").click()
    assert await height(quote) == folded


async def test_a_command_in_a_text_is_sent_when_clicked(chat: ChatPage) -> None:
    await chat.open("group")
    await chat.say("try /help", chat.group)
    await chat.log.get_by_role("button", name="/help").click()
    assert (await chat.update("message"))["text"] == "/help@kolokol_sandbox_bot"


async def test_a_link_outside_is_asked_about_first(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.say('<a href="https://example.org/far">kind words</a>')
    await chat.log.get_by_role("link", name="kind words").click()
    sheet = page.get_by_role("dialog", name="Open this link?")
    await expect(sheet).to_contain_text("https://example.org/far")
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    assert page.url.startswith(chat.sandbox.url)


ADDRESSES = {
    "javascript:alert(1)": "refused",
    "data:text/html,x": "refused",
    "not an address": "refused",
    "https://t.me.example.org/bell_bot?start=x": "outside",
    "https://t.me/bell_bot?start=abc": "start",
    "tg://resolve?domain=Bell_Bot&start=abc": "start",
    "https://t.me/bell_bot?start=not%20a%20payload": "bot",
    "https://t.me/bell_bot?startgroup=1": "group",
    "https://t.me/share/url?url=x": "share",
    "https://t.me/another_place/7": "chat",
    "tg://user?id=1002": "user",
}


async def test_each_address_means_one_thing(chat: ChatPage) -> None:
    page = await chat.open("")
    read = "async (all) => { const { meaning } = await import('/page/links.js');"
    read += " return all.map((address) => meaning(address, 'bell_bot').kind); }"
    kinds = await page.evaluate(read, list(ADDRESSES))
    assert dict(zip(ADDRESSES, kinds, strict=True)) == ADDRESSES


def mark(kind: str, offset: int, length: int) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length}


async def test_entities_that_cross_or_reach_too_far_lose_no_letter(chat: ChatPage) -> None:
    page = await chat.open("")
    draw = """async ([text, entities]) => {
        const { formatted } = await import('/page/entities.js');
        const box = document.createElement('div');
        box.append(formatted(text, entities, {}));
        return box.innerHTML;
    }"""
    crossing = [mark("bold", 0, 4), mark("italic", 2, 4)]
    assert await page.evaluate(draw, ["abcdef", crossing]) == "<strong>ab<em>cd</em></strong><em>ef</em>"
    beyond = [mark("bold", 2, 99), mark("italic", 50, 2), mark("code", -1, 2), mark("underline", 1, 0)]
    assert await page.evaluate(draw, ["abcd", beyond]) == "ab<strong>cd</strong>"
    same = [mark("bold", 0, 2), mark("blockquote", 0, 2)]
    assert await page.evaluate(draw, ["ab\nc", same]) == "<blockquote><strong>ab</strong></blockquote>c"
    unknown = [mark("something_new", 0, 1)]
    assert "a" in await page.evaluate(draw, ["ab", unknown])
