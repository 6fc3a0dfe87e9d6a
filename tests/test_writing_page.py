"""A card written in a real browser, as on a phone: from the text of a source to a reader's search."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser import PATIENCE, OpenPage
from tests.editing.sources_texts import ARTICLE
from tests.handlers.card_writing import STATISTIC
from tests.handlers.office import Office, open_office
from tests.visiting import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Editor and reader over a small content folder."""
    async with open_office(tmp_path) as office:
        yield office
        assert [each for each in office.refusals() if "not modified" not in each] == []


class Phone(Visitor):
    """An editor who answers what was asked last."""

    async def answer(self, question: str, words: str) -> None:
        """Wait until a question is the last thing said, and answer it: the page replies to it by itself."""
        await expect(self.log.get_by_role("article").last).to_contain_text(question)
        await expect(self.page.get_by_text("Reply to Kolokol")).to_be_visible()
        await self.write(words)


QUESTIONS = (
    *("title (en)", "title (ru)", "figure", "bound", "about", "unit (en)", "unit (ru)", "what is counted (en)"),
    *("what is counted (ru)", "by whose count or word", "by whose count or word (ru)", "as of", "measure"),
    *("text (en)", "text (ru)"),
)


async def test_a_card_is_written_published_and_found(office: Office, open_page: OpenPage) -> None:
    expect.set_options(timeout=PATIENCE)
    address = office.editor.sandbox.url
    editor = Phone(await open_page(f"{address}/#editor", width=420, height=860))
    file: FilePayload = {"name": "street.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()}
    await editor.page.get_by_label("Files to send").set_input_files(file)
    await editor.page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await editor.press("Fill in the source")
    await editor.press("○ title (ru)")
    await editor.answer("title (ru)", "Соседи поневоле: улица в Тбилиси")
    await editor.press("Report")
    await editor.answer("author (ru)", "Нино Пример")
    await editor.finds("Lines left out of example-2024")
    await editor.press("Right, leave them out")
    await editor.finds("Still open: 3, 5, 7, 9")
    await editor.press("Write a card")
    await editor.press("Statistic")
    await editor.press("How many left")
    await editor.answer("Which lines?", "7")
    for question, words in zip(QUESTIONS, STATISTIC, strict=True):
        if words == "!":
            await editor.press("Leave it empty")
        elif words.startswith("="):
            await editor.press(words[1:])
        else:
            await editor.answer(question, words)
    await editor.press("Put it into the draft")
    await editor.finds("Still open: 3, 5, 9")
    await editor.press("Leave lines out")
    await editor.press("Asserts nothing")
    await expect(editor.log.get_by_role("article").last).to_contain_text("Which lines?")
    await editor.press("All of these lines")
    await editor.finds("Nothing of this is public yet")
    await editor.press("Publish now")
    await editor.finds("Version 2 is published")
    reader = Phone(await open_page(f"{address}/#you", width=420, height=860))
    await reader.write("/search 1200 one street")
    await expect(reader.log.get_by_role("article").last).to_contain_text("About 1,200 in one street")
