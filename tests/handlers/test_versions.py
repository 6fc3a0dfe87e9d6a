"""History with differences, files to be had, the way back, and the folder looked at on a word."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path

from tests.catalog.house import GLOSSARY, TOPIC
from tests.conversation import Json, labels_of
from tests.handlers.office import MENDED, Office, open_office


async def publish(office: Office, name: str, text: str) -> None:
    shown = await office.send(office.editor, name, text)
    await office.editor.press(shown, "✅ Publish now")


def documents(messages: list[Json]) -> list[str]:
    return [each["document"]["file_name"] for each in messages if "document" in each]


def content_of(office: Office, message: Json) -> bytes:
    stored = office.editor.sandbox.world.files.by_id(message["document"]["file_id"])
    assert stored
    return stored.content


async def test_history_tells_who_changed_what_and_leads_back(office: Office) -> None:
    await publish(office, "numbers.yaml", MENDED)
    await publish(office, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    listed = await office.editor.ask("/history")
    assert "3 — " in listed["text"]
    assert ", Ogarev\nchanged: 1" in listed["text"]
    assert ", on disk\nadded: " in listed["text"]
    second = await office.editor.press(listed, "2")
    assert "How many left → How many went" in second["text"]
    first = await office.editor.press(await office.editor.press(second, "🗂 History"), "1")
    asked = await office.editor.press(first, "↩️ Back to version 1")
    assert "How many went → How many left" in asked["text"]
    assert "A life outside" in asked["text"]
    done = await office.editor.press(asked, "↩️ Yes, publish it")
    assert "Version 4 is published" in done["text"]
    assert await office.title() == "🔢 How many left"
    assert "Ogarev, back to version 1" in (await office.editor.ask("/history"))["text"]


async def test_a_word_leads_back_to_the_version_before(office: Office) -> None:
    assert "only one version" in (await office.editor.ask("/rollback"))["text"]
    assert "number of a version" in (await office.editor.ask("/rollback yesterday"))["text"]
    assert "get now" in (await office.editor.ask("/rollback 1"))["text"]
    assert "no such version" in (await office.editor.ask("/rollback 77"))["text"]
    await publish(office, "numbers.yaml", MENDED)
    asked = await office.editor.ask("/rollback")
    await office.editor.press(asked, "↩️ Yes, publish it")
    assert await office.title() == "🔢 How many left"


async def test_going_back_undoes_nothing_that_was_not_shown(office: Office) -> None:
    await publish(office, "numbers.yaml", MENDED)
    asked = await office.editor.ask("/rollback 1")
    theirs = await office.send(office.admin, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    await office.admin.press(theirs, "✅ Publish now")
    again = await office.editor.press(asked, "↩️ Yes, publish it")
    assert "A life outside" in again["text"]
    assert await office.title() == "🔢 How many went"
    assert "Version 4 is published" in (await office.editor.press(again, "↩️ Yes, publish it"))["text"]
    assert "get now" in (await office.editor.ask("/rollback 1"))["text"]


async def test_files_say_what_keeps_the_folder_from_being_published(office: Office) -> None:
    path = office.folder.content / "topics" / "numbers.yaml"
    await asyncio.to_thread(path.write_text, TOPIC.replace("order: 10", "order: ten"), encoding="utf-8")
    await office.admin.bot.reload()
    listed = await office.editor.ask("/files")
    line = next(line for line in listed["text"].split("\n") if "topics/numbers.yaml" in line)
    assert "in the folder, not published for its problems: 1" in line
    assert listed["text"].count("problems") == 1
    await asyncio.to_thread(path.write_text, TOPIC, encoding="utf-8")
    await office.admin.bot.reload()
    assert "problems" not in (await office.editor.ask("/files"))["text"]


async def test_files_are_listed_and_sent_as_they_are_published(office: Office) -> None:
    await publish(office, "numbers.yaml", MENDED)
    listed = await office.editor.ask("/files")
    assert "content/topics/numbers.yaml — 2 cards, changed in version 2" in listed["text"]
    assert "content/glossary.yaml — one card, changed in version 1" in listed["text"]
    number = next(line.split(".")[0] for line in listed["text"].split("\n") if "content/topics/numbers.yaml" in line)
    before = len(office.editor.messages)
    await office.editor.press(listed, number)
    sent = office.editor.messages[before:]
    assert documents(sent) == ["numbers.yaml"]
    assert content_of(office, sent[0]).decode() == MENDED


async def test_the_whole_folder_comes_as_a_zip_that_can_be_sent_back(office: Office) -> None:
    before = len(office.editor.messages)
    await office.editor.press(await office.editor.ask("/files"), "📦 All as a zip")
    sent = office.editor.messages[-1]
    assert documents(office.editor.messages[before:]) == ["kolokol-content.zip"]
    data = content_of(office, sent)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("content/topics/numbers.yaml").decode() == TOPIC
        assert "seeds/count-2023.yaml" in archive.namelist()
    answer = await office.send(office.editor, "kolokol-content.zip", data)
    assert "byte for byte, what is published" in answer["text"]
    assert labels_of(answer) == ["🗑 Discard"]


async def test_a_stale_card_is_counted(office: Office) -> None:
    text = GLOSSARY.replace("  - id: exile", "  - id: exile\n    review_by: 2024-01")
    await publish(office, "glossary.yaml", text)
    assert "to be looked at again: 1" in (await office.editor.ask("/files"))["text"]


async def test_an_administrator_has_the_folder_looked_at(office: Office) -> None:
    assert "Nothing to do" in (await office.admin.ask("/reload"))["text"]
    topic = office.folder.content / "topics" / "numbers.yaml"
    topic.write_text(MENDED, encoding="utf-8")
    assert "Version 2 is published" in (await office.admin.ask("/reload"))["text"]
    topic.write_text(MENDED.replace("order: 10", "order: ten"), encoding="utf-8")
    assert "content/topics/numbers.yaml:2:8" in (await office.admin.ask("/reload"))["text"]
    assert await office.title() == "🔢 How many went"


async def test_a_change_on_disk_that_is_only_offered_is_published_by_a_button(tmp_path: Path) -> None:
    async with open_office(tmp_path, publish_from_disk="offer") as office:
        await office.admin.ask("/penname Iskander")
        topic = office.folder.content / "topics" / "numbers.yaml"
        await asyncio.to_thread(topic.write_text, MENDED, encoding="utf-8")
        offered = await office.admin.ask("/reload")
        assert "holds a change" in offered["text"]
        assert await office.title() == "🔢 How many left"
        await office.admin.press(offered, "✅ Publish it")
        assert await office.title() == "🔢 How many went"
        await asyncio.to_thread(topic.write_text, TOPIC, encoding="utf-8")
        listed = await office.editor.ask("/history")
        assert ", Iskander, on disk\nchanged: 1" in listed["text"]
        assert "🗃 Files" in labels_of(listed)


async def test_a_change_on_disk_is_left_alone_where_the_setting_says_so(tmp_path: Path) -> None:
    async with open_office(tmp_path, publish_from_disk="off") as office:
        topic = office.folder.content / "topics" / "numbers.yaml"
        await asyncio.to_thread(topic.write_text, MENDED, encoding="utf-8")
        left = await office.admin.ask("/reload")
        assert not [label for label in labels_of(left) if label.startswith("✅")]
        assert await office.title() == "🔢 How many left"
        assert topic.read_bytes().decode() == MENDED
