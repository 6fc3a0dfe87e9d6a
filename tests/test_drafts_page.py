"""What an editor does with files on the chat page, in a real browser and both languages; and what a stranger cannot."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from bot.clock import MovableClock
from bot.i18n import Language, text
from tests.browser import PATIENCE, OpenPage
from tests.catalog.house import GLOSSARY
from tests.handlers.office import BROKEN, MENDED, Office, hold, open_office
from tests.visiting import Visitor

pytestmark = pytest.mark.browser
TITLES = {Language.EN: ("How many left", "How many went"), Language.RU: ("Сколько уехало", "Сколько выехало")}
CHANGED = MENDED.replace(TITLES[Language.RU][0], TITLES[Language.RU][1], 1)
GLOSSARY_CHANGED = GLOSSARY.replace("Life outside", "A life outside")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Editor and reader over a small content folder, bot and page by one clock, as in the demo."""
    expect.set_options(timeout=PATIENCE)
    async with open_office(tmp_path, clock=MovableClock()) as office:
        following = asyncio.create_task(office.editor.bot.follow_folder())
        yield office
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        assert [each for each in office.refusals() if "not modified" not in each] == []


@dataclass(frozen=True)
class Chat(Visitor):
    """Somebody in front of the page whose bot speaks a language."""

    language: Language

    def words(self, key: str, **values: object) -> str:
        """What the bot says for a key."""
        return text(self.language, key, **values)

    async def press_key(self, key: str, **values: object) -> None:
        """Press the newest button that says this."""
        await self.press_label(self.words(key, **values))

    async def press_label(self, label: str) -> None:
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def send(self, *files: tuple[str, str | bytes]) -> None:
        """Choose files and send them, as the composer offers it."""
        chosen: list[FilePayload] = [
            {
                "name": name,
                "mimeType": "application/zip" if name.endswith(".zip") else "application/yaml",
                "buffer": data.encode() if isinstance(data, str) else data,
            }
            for name, data in files
        ]
        await self.page.get_by_label("Files to send").set_input_files(chosen)
        await self.page.get_by_role("dialog").get_by_role("button", name="Send").click()

    async def told(self, *words: str) -> None:
        """The newest message that holds the first of these holds all of them, and is there."""
        found = self.log.get_by_role("article").filter(has_text=words[0]).last
        await expect(found).to_be_visible()
        for each in words[1:]:
            await expect(found).to_contain_text(each)


Enter = tuple[Chat, Chat]


@pytest.fixture(params=list(Language))
async def chats(office: Office, open_page: OpenPage, request: pytest.FixtureRequest) -> Enter:
    """The editor's chat and the reader's, side by side."""
    language: Language = request.param
    for who in (office.editor, office.reader):
        await who.ask(f"/language {language.value}")
    address = office.editor.sandbox.url
    editor = await open_page(f"{address}/#editor", width=1100, height=900)
    reader = await open_page(f"{address}/#you", width=420, height=800)
    return Chat(editor, language), Chat(reader, language)


async def reads(reader: Chat, title: str) -> None:
    """A reader asks for the topic and gets this title."""
    await reader.write("/topic numbers")
    await expect(reader.last).to_contain_text(title)


async def test_several_files_are_looked_at_on_a_button_and_published(office: Office, chats: Enter) -> None:
    editor, reader = chats
    old, new = TITLES[editor.language]
    clock = hold(office)
    await editor.send(("numbers.yaml", CHANGED), ("glossary.yaml", GLOSSARY_CHANGED), ("notes.docx", "words"))
    await editor.told(editor.words("draft-soon"))
    await office.editor.handled()
    clock.let_go()
    await editor.told(editor.words("draft-came", count=2), "content/glossary.yaml, content/topics/numbers.yaml")
    await editor.told(editor.words("draft-came-refused", count=1))
    await editor.press_key("button-check-now")
    refused = (editor.words("draft-refused", count=1), "notes.docx", editor.words("problem-upload-extension"))
    await editor.told(editor.words("draft-title"), f"{old} → {new}", *refused)
    await expect(editor.log.get_by_text(editor.words("draft-soon"))).to_have_count(0)
    await reads(reader, old)
    await editor.press_key("button-publish-without", count=1)
    await editor.told(editor.words("published-title", number=2))
    await reads(reader, new)


async def test_a_broken_file_shows_its_line_and_is_taken_out(chats: Enter) -> None:
    editor, _ = chats
    await editor.send(("glossary.yaml", GLOSSARY_CHANGED), ("numbers.yaml", BROKEN))
    await editor.told(editor.words("draft-problems", count=1), "content/topics/numbers.yaml:2:8", "order: ten")
    await editor.press_key("button-take-out")
    await editor.told(editor.words("draft-take-out-title"))
    await editor.press_label("2")
    await editor.told(editor.words("draft-not-public"), "content/glossary.yaml")
    await editor.press_key("button-discard")
    await editor.told(editor.words("draft-discarded"))


async def test_a_zip_of_the_folder_that_lacks_a_file_and_cards_as_they_will_be(office: Office, chats: Enter) -> None:
    editor, _ = chats
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in office.folder.read().files.items():
            if path != "content/synonyms.yaml":
                archive.writestr(path, CHANGED.encode() if path.endswith("topics/numbers.yaml") else data)
    await editor.send(("content.zip", packed.getvalue()))
    await editor.told(editor.words("draft-gone", count=1), "content/synonyms.yaml")
    await editor.press_key("button-keep-files", count=1)
    await expect(editor.log.get_by_text(editor.words("draft-gone", count=1))).to_have_count(0)
    await editor.press_key("button-look-at-cards", count=1)
    await editor.told(editor.words("preview-of", language="EN"), TITLES[Language.EN][1])
    await editor.press_label("→")
    await editor.told(editor.words("preview-of", language="RU"), TITLES[Language.RU][1])
    await editor.press_label("→")
    await editor.told(editor.words("preview-of", language="EN"), TITLES[Language.EN][1])
    await editor.press_key("button-back")
    await editor.told(editor.words("draft-not-public"))


async def test_a_draft_is_published_when_the_clock_comes_to_its_time(chats: Enter) -> None:
    editor, reader = chats
    old, new = TITLES[editor.language]
    await editor.send(("numbers.yaml", CHANGED))
    await editor.told(editor.words("draft-not-public"))
    await editor.press_key("button-publish-later")
    await editor.told(editor.words("later-title"))
    moments = editor.log.get_by_role("button", name=":00 (UTC)")
    await expect(moments).to_have_count(5)
    label = await moments.first.inner_text()
    await moments.first.click()
    await editor.told(editor.words("draft-scheduled", when=label.strip()))
    await reads(reader, old)
    await editor.page.get_by_role("button", name="Move the clock by 1 day").click()
    await editor.told(editor.words("published-title", number=2))
    await reads(reader, new)


async def test_history_tells_the_difference_and_leads_back(office: Office, chats: Enter) -> None:
    editor, reader = chats
    old, new = TITLES[editor.language]
    await editor.send(("numbers.yaml", CHANGED))
    await editor.press_key("button-publish")
    await editor.told(editor.words("published-title", number=2))
    await editor.write("/history")
    await editor.told(editor.words("history-title"), "Ogarev")
    await editor.press_label("2")
    await editor.told(editor.words("version-title", number=2), f"{old} → {new}")
    await editor.write("/rollback")
    await editor.told(editor.words("restore-title", number=1), f"{new} → {old}")
    await reads(reader, new)
    await editor.press_key("button-restore-now")
    await editor.told(editor.words("published-title", number=3))
    await reads(reader, old)
    assert (office.folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8") != CHANGED


async def test_a_published_file_is_deleted_and_comes_back(office: Office, chats: Enter) -> None:
    editor, _ = chats
    await editor.write("/files")
    await editor.told(editor.words("files-title"), "content/synonyms.yaml")
    names = sorted(office.folder.read().files)
    await editor.press_label(str(names.index("content/synonyms.yaml") + 1))
    await expect(editor.log.get_by_role("link", name="synonyms.yaml")).to_be_visible()
    await editor.press_key("button-delete-file")
    await editor.told(editor.words("draft-gone", count=1), "content/synonyms.yaml")
    await editor.press_key("button-publish")
    await editor.told(editor.words("published-title", number=2))
    assert "content/synonyms.yaml" not in office.folder.read().files
    await editor.press_key("button-undo")
    await editor.press_key("button-restore-now")
    await editor.told(editor.words("published-title", number=3))
    assert "content/synonyms.yaml" in office.folder.read().files


async def test_a_stranger_finds_none_of_it(office: Office, chats: Enter) -> None:
    _, reader = chats
    await reader.send(("numbers.yaml", CHANGED))
    await expect(reader.last).to_contain_text(reader.words("error-not-text"))
    for command in ("/draft", "/files", "/history", "/rollback"):
        await reader.write(command)
        await expect(reader.last).to_contain_text(reader.words("unknown-command")[:20])
    buttons = await reader.log.get_by_role("button").all_inner_texts()
    secret = {reader.words(key) for key in ("button-publish", "button-check-now", "button-files", "button-zip")}
    assert not secret & set(buttons)
    assert await office.reader.bot.desk.newsroom.drafts.of(office.reader.viewer) is None
