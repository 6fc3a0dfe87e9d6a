"""Single files: one that is published is deleted through the draft, one of the draft is taken out of it."""

from __future__ import annotations

from tests.catalog.house import GLOSSARY
from tests.conversation import Json, labels_of
from tests.handlers.office import BROKEN, MENDED, Office

CHANGED = GLOSSARY.replace("Life outside", "A life outside")
SYNONYMS, ACTORS = "content/synonyms.yaml", "content/actors.yaml"


async def file_of(office: Office, path: str) -> Json:
    """A published file, as /files sends it."""
    listed = await office.editor.ask("/files")
    number = next(line.split(".")[0] for line in listed["text"].split("\n") if path in line)
    await office.editor.press(listed, number)
    return office.editor.messages[-1]


async def test_a_file_is_deleted_when_the_draft_that_says_so_is_published(office: Office) -> None:
    sent = await file_of(office, SYNONYMS)
    assert sent["caption"] == SYNONYMS
    await office.editor.press(sent, "🗑 Delete this file")
    shown = office.editor.messages[-1]
    assert "This file will be deleted" in shown["text"]
    assert "Synonyms" in shown["text"], "with what that changes for readers"
    assert (office.folder.content / "synonyms.yaml").exists()
    await office.editor.press(shown, "✅ Publish now")
    assert not (office.folder.content / "synonyms.yaml").exists()

    await office.editor.press(sent, "🗑 Delete this file")
    assert "no such file" in office.editor.messages[-1]["text"]
    await office.editor.press(await office.editor.ask("/rollback"), "↩️ Yes, publish it")
    assert (office.folder.content / "synonyms.yaml").exists()


async def test_what_breaks_without_a_file_is_told_and_the_file_may_stay(office: Office) -> None:
    await office.editor.press(await file_of(office, ACTORS), "🗑 Delete this file")
    shown = office.editor.messages[-1]
    assert "There is no actor" in shown["text"]
    assert "✅ Publish now" not in labels_of(shown)
    assert "Discarded" in (await office.editor.press(shown, "↩️ Keep that file"))["text"]


async def test_a_file_is_taken_out_of_a_draft_of_several(office: Office) -> None:
    await office.send(office.editor, "glossary.yaml", CHANGED)
    broken = await office.send(office.editor, "numbers.yaml", BROKEN)
    listed = await office.editor.press(broken, "✂️ Take a file out")
    assert "1. content/glossary.yaml\n2. content/topics/numbers.yaml" in listed["text"].replace("\u00a0", " ")
    assert "content/topics/numbers.yaml:2:8" in (await office.editor.press(listed, "⬅️ Back"))["text"]
    listed = await office.editor.press(broken, "✂️ Take a file out")
    left = await office.editor.press(listed, "2")
    assert "A life outside" in left["text"]
    assert "✅ Publish now" in labels_of(left)
    assert "✂️ Take a file out" not in labels_of(left)
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert list(draft.files if draft else {}) == ["content/glossary.yaml"]


async def test_a_list_of_files_that_is_old_takes_nothing_out(office: Office) -> None:
    await office.send(office.editor, "glossary.yaml", CHANGED)
    shown = await office.send(office.editor, "numbers.yaml", BROKEN)
    listed = await office.editor.press(shown, "✂️ Take a file out")
    await office.send(office.editor, "numbers.yaml", MENDED)
    now = await office.editor.press(listed, "2", alert=True)
    assert "How many went" in now["text"]
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert len(draft.files if draft else {}) == 2


async def test_what_goes_stands_among_them(office: Office) -> None:
    await office.send(office.editor, "glossary.yaml", CHANGED)
    await office.editor.press(await file_of(office, SYNONYMS), "🗑 Delete this file")
    listed = await office.editor.press(office.editor.messages[-1], "✂️ Take a file out")
    assert "content/synonyms.yaml — will be deleted" in listed["text"]
    left = await office.editor.press(listed, "2")
    assert "will be deleted" not in left["text"]
