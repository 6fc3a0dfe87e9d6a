"""Files on the chat page, both ways: pictures, documents, albums; by button, by drop and by paste."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox.chat_page import YOU, ChatPage, png

pytestmark = pytest.mark.browser

GIVE = """([name, type, how]) => {
    const bag = new DataTransfer();
    bag.items.add(new File(['kind: term\\n'], name, { type }));
    const target = document.querySelector(how === 'paste' ? '#compose' : '#talk');
    const events = how === 'paste' ? ['paste'] : ['dragenter', 'dragover', 'drop'];
    for (const event of events) {
        const given = { bubbles: true, cancelable: true };
        target.dispatchEvent(how === 'paste'
            ? new ClipboardEvent(event, { ...given, clipboardData: bag })
            : new DragEvent(event, { ...given, dataTransfer: bag }));
    }
}"""


async def test_a_picture_of_the_bot_shows_and_enlarges(chat: ChatPage) -> None:
    page = await chat.open()
    await chat.call("sendPhoto", chat_id=YOU, photo=("chart.png", png()), caption="A chart")
    button = chat.log.get_by_role("button", name="Photo: A chart. Enlarge")
    picture = button.locator("img")
    await expect(picture).to_be_visible()
    await picture.evaluate("(image) => image.decode()")
    assert await picture.evaluate("(image) => image.naturalWidth") == 320
    await button.click()
    await expect(page.get_by_role("dialog", name="Photo").get_by_role("img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(button).to_be_focused()


async def test_a_document_of_the_bot_is_saved_under_its_name(chat: ChatPage, tmp_path: Path) -> None:
    page = await chat.open()
    await chat.call("sendDocument", chat_id=YOU, document=("визы.yaml", b"kind: term\n"))
    link = chat.log.get_by_role("link", name="визы.yaml")
    async with page.expect_download() as waiting:
        await link.click()
    saved = await waiting.value
    assert saved.suggested_filename == "визы.yaml"
    kept = tmp_path / "kept"
    await saved.save_as(kept)
    assert kept.read_bytes() == b"kind: term\n"


async def test_files_go_to_the_bot_by_the_button_with_a_caption(chat: ChatPage, tmp_path: Path) -> None:
    page = await chat.open()
    first = tmp_path / "visas.yaml"
    first.write_text("kind: term\n", encoding="utf-8")
    await page.get_by_label("Files to send").set_input_files(first)
    sheet = page.get_by_role("dialog", name="Send a file")
    await expect(sheet).to_contain_text("visas.yaml")
    await sheet.get_by_label("Caption").fill("please check")
    await sheet.get_by_label("Caption").press("Enter")
    message = await chat.update("message")
    assert (message["document"]["file_name"], message["caption"]) == ("visas.yaml", "please check")
    await expect(chat.log.get_by_role("link", name="visas.yaml")).to_be_visible()


async def test_several_pictures_are_an_album(chat: ChatPage) -> None:
    page = await chat.open()
    pictures: list[FilePayload] = [{"name": n, "mimeType": "image/png", "buffer": png(80, 60)} for n in "abc"]
    await page.get_by_label("Files to send").set_input_files(pictures)
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(chat.log.locator(".album img")).to_have_count(3)
    await expect(chat.messages).to_have_count(1)
    media: list[Any] = [{"type": "photo", "media": f"attach://{n}", "caption": n} for n in "xy"]
    await chat.call("sendMediaGroup", chat_id=YOU, media=orjson.dumps(media).decode(), x=("x", png()), y=("y", png()))
    await expect(chat.messages).to_have_count(2)
    await expect(chat.messages.last.locator(".album img")).to_have_count(2)
    ids = [message_id for message_id in chat.sandbox.world.chats[YOU].messages if message_id > 3]
    await chat.call("deleteMessage", chat_id=YOU, message_id=ids[0])
    await expect(chat.messages.last.locator("img")).to_have_count(1)
    await expect(chat.messages.last).to_contain_text("y")


@pytest.mark.parametrize("how", ["drop", "paste"])
async def test_a_file_can_be_dropped_or_pasted(chat: ChatPage, how: str) -> None:
    page = await chat.open()
    await page.evaluate(GIVE, ["card.yaml", "application/yaml", how])
    await expect(page.locator("#drop")).to_be_hidden()
    await page.get_by_role("dialog", name="Send a file").get_by_role("button", name="Send").click()
    assert (await chat.update("message"))["document"]["file_name"] == "card.yaml"


async def test_a_file_that_is_refused_or_cancelled_changes_nothing(chat: ChatPage, watch: Any) -> None:
    watch.forgive("status of 400")
    page = await chat.open()
    await page.get_by_label("Files to send").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_label("Files to send").set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b""})
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.locator(".toast.trouble")).to_contain_text("b.txt is empty")
    assert await chat.quiet()


async def test_other_kinds_of_messages_show_what_they_hold(chat: ChatPage) -> None:
    await chat.open()
    await chat.call("sendLocation", chat_id=YOU, latitude="41.7", longitude="44.8")
    await chat.call("sendContact", chat_id=YOU, phone_number="+995555", first_name="Anna")
    await chat.call("sendDice", chat_id=YOU)
    await chat.call("sendPoll", chat_id=YOU, question="Which first?", options=[{"text": "Visas"}, {"text": "Safety"}])
    await expect(chat.messages).to_have_count(4)
    await expect(chat.messages.nth(0)).to_contain_text("41.70000, 44.80000")
    await expect(chat.messages.nth(1)).to_contain_text("Anna")
    await expect(chat.messages.nth(2).get_by_label("Dice, ")).to_be_visible()
    await expect(chat.messages.nth(3)).to_contain_text("Visas")
    await expect(chat.messages.nth(3)).to_contain_text("No votes yet")
    await expect(chat.row("You")).to_contain_text("Poll: Which first?")


async def test_the_names_in_an_album_of_documents_stand_in_one_line_each(chat: ChatPage) -> None:
    await chat.open(width=390, height=780)
    for name in ("visas.yaml", "asylum.yaml", "content.zip"):
        chat.sandbox.acts.upload(YOU, name, b"kind: term\n", album="1")
    links = chat.log.get_by_role("link")
    await expect(links).to_have_count(3)
    heights = await links.locator("b").evaluate_all("(names) => names.map((name) => name.clientHeight)")
    assert max(heights) < 30, heights
