"""An editor sends files, reads what is wrong, mends, looks, publishes, takes it back."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from telegram import Document

from bot.catalog.problems import ProblemsError
from bot.editing.uploads import Upload
from bot.handlers.fetching import fetched
from bot.store.drafts import Draft
from bot.store.versions import Versions
from tests.catalog.house import ACTORS, GLOSSARY, TOPIC
from tests.conversation import buttons_of, labels_of
from tests.handlers.office import BROKEN, MENDED, Office


async def test_from_a_broken_file_to_a_published_one_and_back(office: Office) -> None:
    editor = office.editor
    answer = await office.send(editor, "numbers.yaml", BROKEN)
    assert "content/topics/numbers.yaml:2:8" in answer["text"]
    assert "“order” must be a whole number" in answer["text"]
    assert await office.title() == "🔢 How many left"

    answer = await office.send(editor, "numbers.yaml", MENDED)
    assert "How many left → How many went" in answer["text"]
    assert "Nothing of this is public yet" in answer["text"]
    assert await office.title() == "🔢 How many left"

    preview = await editor.press(answer, "👁 As readers will see it · 1")
    assert "🔢 How many went" in preview["text"]
    russian = await editor.press(preview, "→")
    assert "🔢 Сколько уехало" in russian["text"]
    answer = await editor.press(russian, "⬅️ Back")

    published = await editor.press(answer, "✅ Publish now")
    assert "Version 2 is published" in published["text"]
    assert await office.title() == "🔢 How many went"
    assert (office.folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8") == MENDED

    asked = await editor.press(published, "↩️ Take it back")
    assert "How many went → How many left" in asked["text"]
    back = await editor.press(asked, "↩️ Yes, publish it")
    assert "Version 3 is published" in back["text"]
    assert await office.title() == "🔢 How many left"
    assert (office.folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8") == TOPIC
    assert office.refusals() == []


async def test_a_preview_tells_readers_what_is_due_to_be_looked_at_again(office: Office) -> None:
    text = GLOSSARY.replace("  - id: exile", "  - id: exile\n    review_by: 2024-01").replace("Life out", "A life out")
    shown = await office.send(office.editor, "glossary.yaml", text)
    preview = await office.editor.press(shown, "👁 As readers will see it · 1")
    assert "⏳ This card was to be reviewed by January 2024" in preview["text"]
    assert "⏳ Срок проверки этой карточки прошел" in (await office.editor.press(preview, "→"))["text"]


async def test_files_that_come_one_after_another_are_looked_at_together(office: Office) -> None:
    editor = office.editor
    topic = TOPIC.replace("attributed_to: anna-petrova", "attributed_to: petrova")
    actors = ACTORS.replace("id: anna-petrova", "id: petrova\n    formerly: [anna-petrova]")
    before = len(editor.messages)
    for name, text in (("numbers.yaml", topic), ("actors.yaml", actors)):
        editor.sandbox.acts.upload(editor.viewer, name, text.encode(), as_document=True)
    answer = await office.next(editor, before + 2)
    assert len(editor.messages) == before + 3, "one answer to both"
    assert "Your draft" in answer["text"]
    assert "content/actors.yaml, content/topics/numbers.yaml" in answer["text"]


async def test_a_zip_of_the_folder_joins_as_its_files(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content/glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
        archive.writestr("../../evil.yaml", "a: 1")
    answer = await office.send(office.editor, "content.zip", packed.getvalue())
    assert "leads out of the content folder" in answer["text"]
    assert "A life outside one's country." in answer["text"]


def folder_as_zip(office: Office, without: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in office.folder.read().files.items():
            if path != without:
                archive.writestr(path, data)
    return packed.getvalue()


async def test_a_file_that_a_zip_of_the_folder_lacks_is_shown_as_going_and_may_stay(office: Office) -> None:
    shown = await office.send(office.editor, "content.zip", folder_as_zip(office, "content/synonyms.yaml"))
    assert "This file will be deleted" in shown["text"]
    assert "content/synonyms.yaml" in shown["text"]
    assert "content/glossary.yaml" not in shown["text"], "files as they are published are not listed"
    kept = await office.editor.press(shown, "↩️ Keep that file")
    assert "byte for byte" in kept["text"]

    again = await office.send(office.editor, "content.zip", folder_as_zip(office, "content/synonyms.yaml"))
    await office.editor.press(again, "✅ Publish now")
    assert not (office.folder.content / "synonyms.yaml").exists()
    asked = await office.editor.ask("/rollback")
    await office.editor.press(asked, "↩️ Yes, publish it")
    assert (office.folder.content / "synonyms.yaml").exists()


async def test_what_breaks_because_a_file_goes_says_so(office: Office) -> None:
    shown = await office.send(office.editor, "content.zip", folder_as_zip(office, "content/actors.yaml"))
    assert "There is no actor" in shown["text"]
    assert "This file will be deleted" in shown["text"]
    assert "↩️ Keep that file" in labels_of(shown)


async def test_a_file_in_another_order_changes_nothing_for_readers(office: Office) -> None:
    text = GLOSSARY.replace("{en: Exile, ru: Изгнание}", "{ru: Изгнание, en: Exile}")
    answer = await office.send(office.editor, "glossary.yaml", text)
    assert "Nothing changes for readers" in answer["text"]


async def test_many_problems_come_as_a_file(office: Office) -> None:
    lines = "".join(f"  - id: word-{number}\n    title: {{en: Word, ru: Word}}\n" for number in range(60))
    before = len(office.editor.messages)
    await office.send(office.editor, "glossary.yaml", f"terms:\n{lines}")
    came, answer, listed = office.editor.messages[before:]
    assert came["document"]["file_name"] == "glossary.yaml"
    assert "The list is in the file below" in answer["text"]
    assert listed["document"]["file_name"] == "problems.txt"
    assert "content/glossary.yaml:2:5: The key “text” is missing" in office.read(listed)
    assert "\n      - id: word-0\n" in office.read(listed)
    await office.editor.press(answer, "🔁 Check again")
    assert len(office.editor.messages) == before + 4, "the list anew, and the message where it was"


async def test_the_answer_is_in_the_editors_language(office: Office) -> None:
    await office.editor.bot.desk.chats.forget(office.editor.viewer)
    await office.editor.bot.desk.newsroom.editors.add(office.editor.viewer, "Огарев", 1)
    answer = await office.send(office.editor, "numbers.yaml", BROKEN)
    assert "Публиковать рано: 1 ошибка" in answer["text"]
    assert "«order» нужно целое число" in answer["text"]


async def test_what_an_editor_did_not_ask_for_comes_in_the_language_that_they_write_from(office: Office) -> None:
    desk, who = office.editor.bot.desk, office.editor.viewer
    await desk.chats.forget(who)
    assert await desk.chats.language(who) is None
    await desk.newsroom.editors.add(who, "Огарев", 1)
    desk.newsroom.roles_changed()
    await office.editor.ask("/help")  # the sandbox's editor has Telegram in Russian
    before = len(office.editor.messages)
    await office.reader.ask("/suggest The figure for Georgia is older.")
    assert "Предложение от читателя" in (await office.next(office.editor, before))["text"]
    await office.reader.bot.desk.chats.forget(office.reader.viewer)
    await office.reader.ask("/help")
    assert await desk.chats.language(office.reader.viewer) is None, "of readers only what they chose is kept"


async def test_of_two_editors_the_second_must_look_again(office: Office) -> None:
    admin, editor = office.admin, office.editor
    mine = await office.send(editor, "numbers.yaml", MENDED)
    theirs = await office.send(admin, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    await admin.press(theirs, "✅ Publish now")
    stopped = await editor.press(mine, "✅ Publish now")
    assert "Something was published meanwhile" in stopped["text"]
    assert "A life outside" in stopped["text"]
    assert "this file" not in stopped["text"]
    assert await office.title() == "🔢 How many left"
    again = await editor.press(stopped, "👀 Seen, compare again")
    assert "How many left → How many went" in again["text"]
    await editor.press(again, "✅ Publish now")
    assert await office.title() == "🔢 How many went"
    assert "A life outside" in (await office.reader.ask("/glossary exile"))["text"]


async def test_who_changed_the_same_file_is_told_so(office: Office) -> None:
    mine = await office.send(office.editor, "numbers.yaml", MENDED)
    theirs = await office.send(office.admin, "numbers.yaml", TOPIC.replace("How many left", "How many fled"))
    await office.admin.press(theirs, "✅ Publish now")
    stopped = await office.editor.press(mine, "✅ Publish now")
    assert "The changes in this file cannot be joined" in stopped["text"]
    assert "✂️ Take a file out" in labels_of(stopped)
    again = await office.editor.press(stopped, "👀 Seen, compare again")
    assert "How many fled → How many went" in again["text"]


async def test_a_button_of_an_earlier_draft_publishes_nothing(office: Office) -> None:
    first = await office.send(office.editor, "numbers.yaml", MENDED)
    await office.send(office.editor, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    shown = await office.editor.press(first, "✅ Publish now", alert=True)
    assert "A life outside" in shown["text"]
    assert await office.title() == "🔢 How many left"


async def test_publish_pressed_twice_publishes_once_and_leaves_the_way_back(office: Office) -> None:
    editor = office.editor
    shown = await office.send(editor, "numbers.yaml", MENDED)
    publish = next(each["callback_data"] for each in buttons_of(shown) if each["text"] == "✅ Publish now")
    for _ in range(2):
        editor.sandbox.acts.press(editor.viewer, shown["message_id"], publish)
    await editor.handled()
    published = editor.again(shown)
    assert "Version 2 is published" in published["text"]
    assert "↩️ Take it back" in labels_of(published)


async def test_a_draft_may_be_discarded_and_shown_again(office: Office) -> None:
    assert "no draft" in (await office.editor.ask("/draft"))["text"]
    await office.send(office.editor, "numbers.yaml", MENDED)
    shown = await office.editor.ask("/draft")
    assert "How many went" in shown["text"]
    gone = await office.editor.press(shown, "🗑 Discard")
    assert "Discarded" in gone["text"]
    assert "no draft" in (await office.editor.ask("/draft"))["text"]


async def test_a_file_that_comes_while_the_draft_is_published_is_a_draft_of_its_own(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, real = office.editor, Versions.publish
    desk = editor.bot.desk
    glossary = GLOSSARY.replace("Life outside", "A life outside").encode()

    async def publish(*given: Any, **named: Any) -> Any:
        assert await desk.newsroom.receive(editor.viewer, [Upload("glossary.yaml", glossary)]) == ()
        return await real(*given, **named)

    await desk.newsroom.drafts.put(editor.viewer, {"content/topics/numbers.yaml": MENDED.encode()}, 1, desk.now)
    await desk.newsroom.drafts.publish_at(editor.viewer, desk.now - 1)
    with monkeypatch.context() as patched:
        patched.setattr(Versions, "publish", publish)
        await editor.bot.publish_due()
    assert await office.title() == "🔢 How many went"
    assert await desk.newsroom.drafts.of(editor.viewer) == Draft(2, {"content/glossary.yaml": glossary})
    shown = await editor.ask("/draft")
    assert "A life outside" in shown["text"]
    await editor.press(shown, "✅ Publish now")
    assert await desk.newsroom.drafts.of(editor.viewer) is None


async def test_who_waits_while_the_bot_restarts_is_answered_after_it(office: Office) -> None:
    desk = office.editor.bot.desk
    await desk.newsroom.drafts.put(office.editor.viewer, {"content/topics/numbers.yaml": MENDED.encode()}, 1, desk.now)
    before = len(office.editor.messages)
    await office.editor.bot.show_unchecked()
    assert "How many went" in (await office.next(office.editor, before))["text"]
    assert await desk.newsroom.drafts.unchecked() == ()


@pytest.mark.parametrize("name", ["numbers.yaml", "picture.png", "content.zip"])
async def test_a_stranger_who_sends_a_file_is_told_that_the_bot_reads_text(
    office: Office, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await office.send(office.reader, name, MENDED)
    assert answer["text"] == (await office.send(office.reader, "song.mp3", b"la la"))["text"]
    assert await office.reader.bot.desk.newsroom.drafts.of(office.reader.viewer) is None
    assert "a file from somebody else" in caplog.text
    assert str(office.reader.viewer) not in caplog.text
    assert name not in caplog.text


async def test_a_file_too_large_is_not_even_fetched(office: Office) -> None:
    answer = await office.send(office.editor, "numbers.yaml", b"#" * 5_000_000)
    assert "at most" in answer["text"]
    assert not [each for each in office.editor.sandbox.journal.exchanges if each.method == "getFile"]


async def test_a_file_of_which_no_size_is_told_is_asked_about_before_it_is_fetched(office: Office) -> None:
    await office.send(office.editor, "numbers.yaml", b"#" * 5_000_000)
    held = office.editor.messages[-2]["document"]
    document = Document(held["file_id"], held["file_unique_id"], "numbers.yaml")
    document.set_bot(office.editor.bot.telegram)
    with pytest.raises(ProblemsError) as caught:
        await fetched(document)
    assert [problem.code for problem in caught.value.problems] == ["upload_too_large"]
