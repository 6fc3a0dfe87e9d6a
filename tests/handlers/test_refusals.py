"""What cannot be taken of an upload: told in one answer with all the rest, and beside the publish button."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.editing import newsroom
from tests.catalog.house import GLOSSARY
from tests.conversation import Json, labels_of
from tests.handlers.office import BROKEN, MENDED, Office, hold


async def answer_to(office: Office, *files: tuple[str, str | bytes]) -> Json:
    """The answer to files that come at once."""
    before = len(office.editor.messages)
    await office.hand_in(office.editor, *files, album="1")
    await office.next(office.editor, before + len(files))
    answers = office.editor.messages[before + len(files) :]
    assert len([each for each in answers if "text" in each]) == 1, "one answer to all"
    return answers[0]


async def test_what_could_not_be_taken_stands_in_the_answer_beside_what_could(office: Office) -> None:
    bad = [("notes.docx", b"words"), ("visas.yml", b"a: b"), ("actors.yaml", b"#" * 5_000_000)]
    answer = await answer_to(office, ("numbers.yaml", MENDED), *bad)
    assert "How many left → How many went" in answer["text"]
    assert "3 files are not in the draft" in answer["text"]
    for place, cure in (("notes.docx", "Send .yaml files"), ("visas.yml", "ends in .yaml"), ("actors.yaml", "at most")):
        line = next(line for line in answer["text"].split("\n") if f"{place}:1:1" in line)
        assert cure in line
    assert "✅ Publish without them" in labels_of(answer)
    assert "✅ Publish now" not in labels_of(answer)

    published = await office.editor.press(answer, "✅ Publish without them")
    assert "Version 2 is published" in published["text"]
    assert "no draft" in (await office.editor.ask("/draft"))["text"]


async def test_all_that_is_wrong_comes_in_one_answer(office: Office) -> None:
    answer = await answer_to(office, ("numbers.yaml", BROKEN), ("notes.docx", "words"))
    assert "Not to be published yet: one problem" in answer["text"]
    assert "content/topics/numbers.yaml:2:8" in answer["text"]
    assert "notes.docx:1:1" in answer["text"]
    left = await office.editor.press(answer, "🚫 Leave it out")
    assert "content/topics/numbers.yaml:2:8" in left["text"]
    assert "notes.docx" not in left["text"]


async def test_where_nothing_could_be_taken_there_is_nothing_to_publish(office: Office) -> None:
    answer = await answer_to(office, ("notes.docx", "words"))
    assert "One file is not in the draft" in answer["text"]
    assert "Send .yaml files" in answer["text"]
    assert labels_of(answer) == ["🚫 Leave it out"]
    assert "notes.docx" in (await office.editor.ask("/draft"))["text"]
    assert "Discarded" in (await office.editor.press(answer, "🚫 Leave it out"))["text"]
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None


async def test_whoever_mends_it_hears_no_more_of_it(office: Office) -> None:
    await answer_to(office, ("glossary.yml", GLOSSARY), ("notes.docx", "words"))
    changed = GLOSSARY.replace("Life outside", "A life outside")
    answer = await answer_to(office, ("glossary.yaml", changed))
    assert "A life outside" in answer["text"]
    assert "glossary.yml" not in answer["text"]
    assert "notes.docx" in answer["text"], "it is still not in the draft"
    assert "✅ Publish without it" in labels_of(answer)


async def test_it_is_told_after_a_restart_too(office: Office) -> None:
    hold(office)
    came = await office.hand_in(office.editor, ("notes.docx", "words"))
    assert "One file could not be taken" in came["text"]
    office.editor.bot.desk.pauses.close()
    await office.editor.bot.show_unchecked()
    assert "Send .yaml files" in office.editor.again(came)["text"]


async def test_a_refused_draft_is_shown_whatever_was_published_since(office: Office) -> None:
    await answer_to(office, ("notes.docx", "words"))
    theirs = await office.send(office.admin, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    await office.admin.press(theirs, "✅ Publish now")
    assert "notes.docx" in (await office.editor.ask("/draft"))["text"]
    answer = await answer_to(office, ("numbers.yaml", MENDED))
    assert "How many left → How many went" in answer["text"], "it stands on what is published now"


async def test_where_many_were_refused_a_file_names_all(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("topics/numbers.yaml", MENDED)
        for number in range(40):
            archive.writestr(f"texts/{number}.docx", "words")
    answer = await answer_to(office, ("content.zip", packed.getvalue()))
    assert "and 28 more" in answer["text"]
    listed = office.editor.messages[-1]
    assert listed["document"]["file_name"] == "problems.txt"
    written = office.read(listed)
    assert all(f"content.zip/texts/{number}.docx:1:1: Files of this kind" in written for number in range(40))
    assert "✅ Publish without them" in labels_of(answer)


async def test_a_draft_grows_no_larger_than_an_upload_may_be(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = office.editor.bot.desk.newsroom.drafts
    await office.send(office.editor, "numbers.yaml", MENDED)
    draft = await drafts.of(office.editor.viewer)
    assert draft is not None
    for limit, value in (("MAX_FILES", 1), ("TOTAL_BYTES", len(MENDED) + 10)):
        with monkeypatch.context() as patched:
            patched.setattr(newsroom, limit, value)
            answer = await answer_to(office, ("glossary.yaml", GLOSSARY))
            assert "Publish or discard it first" in answer["text"], limit
            assert "How many went" in answer["text"]
    assert (await drafts.of(office.editor.viewer) or draft).files == draft.files
    answer = await answer_to(office, ("glossary.yaml", GLOSSARY.replace("Life outside", "A life outside")))
    assert len((await drafts.of(office.editor.viewer) or draft).files) == 2
    assert "Publish or discard it first" not in answer["text"]


async def test_what_is_kept_of_it_is_shown_to_whoever_asks(office: Office) -> None:
    await answer_to(office, ("notes.docx", "words"))
    shown = "\n".join(each["text"] for each in await office.editor.say("/privacy"))
    assert "could not be taken: notes.docx" in shown
    assert "number of the message that becomes its answer: —" in shown, "it has become it"
