"""Cards written in the chat and what comes then: into the draft, overwritten, discarded; a source that changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.catalog.house import TEXT
from tests.conversation import Json, labels_of
from tests.handlers.card_writing import answer, begin, press, source_filled_in, write
from tests.handlers.office import Office

YOUNG = ("Young", "Молодые", "Two-thirds were under 45.", "Две трети были моложе 45 лет.")


async def term_begun(office: Office) -> list[Json]:
    """Begin a term on line 3 of the source that is published."""
    new = await office.editor.ask("/new")
    shown = (await press(office, new, "📰 count-2023"))[0]
    await press(office, shown, "📖 Term")
    return await answer(office, office.editor.messages[-1], "3")


async def term_entered(office: Office) -> Json:
    """Write the term and put it into the draft, which is shown then."""
    came = await write(office, await term_begun(office), *YOUNG)
    return (await press(office, came[-1], "✅ Put it into the draft"))[-1]


async def glossary_of(office: Office) -> str:
    """The terms in the draft of the editor."""
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    return ((draft.files.get("content/glossary.yaml") if draft else None) or b"").decode()


async def test_a_file_sent_over_a_card_in_the_draft_says_so_and_the_card_goes_in_again(office: Office) -> None:
    await term_entered(office)
    new = await office.editor.ask("/new")
    assert "📖 Young · in your draft" in labels_of(new)
    terms = office.folder.read().files["content/glossary.yaml"].decode()
    draft = await office.send(office.editor, "glossary.yaml", terms.replace("Life outside", "Life away from"))
    assert "“Young” is no longer in your draft" in draft["text"]
    new = await office.editor.ask("/new")
    assert "“Young” is no longer in your draft" in new["text"]
    again = (await press(office, draft, "↩️ Put “Young” in again"))[-1]
    assert "no longer" not in again["text"]
    written = await glossary_of(office)
    assert "Life away from" in written
    assert written.count("id: young") == 1
    published = (await press(office, again, "✅ Publish now"))[0]
    assert "Version 2 is published" in published["text"]
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None


async def test_a_card_goes_into_its_file_as_somebody_published_it_meanwhile(office: Office) -> None:
    draft = await term_entered(office)
    terms = office.folder.read().files["content/glossary.yaml"].decode().replace("Life outside", "Life away from")
    await office.admin.press(await office.send(office.admin, "glossary.yaml", terms), "✅ Publish now")
    stopped = (await press(office, draft, "✅ Publish now"))[0]
    assert "content/glossary.yaml" in stopped["text"]
    assert "your draft has both" in stopped["text"]
    again = (await press(office, stopped, "👀 Seen, compare again"))[0]
    assert "Young" in again["text"]
    assert "Life" not in again["text"], "what the other changed is not undone"
    published = (await press(office, again, "✅ Publish now"))[0]
    assert "Version 3 is published" in published["text"]
    written = office.folder.read().files["content/glossary.yaml"].decode()
    assert written.startswith(terms)
    assert "id: young" in written
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None, "the card is not asked again"


async def test_a_draft_that_is_discarded_gives_its_written_cards_back(office: Office) -> None:
    draft = await term_entered(office)
    gone = (await press(office, draft, "🗑 Discard"))[0]
    assert "Nothing that you wrote is lost" in gone["text"]
    again = (await press(office, gone, "↩️ Put “Young” in again"))[-1]
    assert "Young" in again["text"]
    assert (await glossary_of(office)).count("id: young") == 1


async def test_a_card_put_into_the_draft_twice_is_there_once(office: Office) -> None:
    await term_entered(office)
    writing = office.editor.bot.desk.writing
    (page,) = await writing.pages(office.editor.viewer)
    assert await writing.enter(office.editor.viewer, page) == ()
    assert (await glossary_of(office)).count("id: young") == 1
    left = (await press(office, await office.editor.ask("/new"), "📖 Young"))[0]
    assert "This card is in your draft" in left["text"]
    came = await press(office, left, "✓ text (en)")
    left = (await answer(office, came[-1], "Two-thirds of those who left were under 45."))[-1]
    assert "Put it into the draft again" in left["text"]
    assert "without what you have changed in it since" in (await office.editor.ask("/draft"))["text"]
    await press(office, left, "✅ Put it into the draft again")
    written_now = await glossary_of(office)
    assert written_now.count("id: young") == 1
    assert "Two-thirds of those who left were under 45." in written_now


async def test_what_is_changed_after_a_card_was_put_in_is_said_to_be_so_over_its_publication(office: Office) -> None:
    draft = await term_entered(office)
    left = (await press(office, await office.editor.ask("/new"), "📖 Young"))[0]
    came = await press(office, left, "✓ text (en)")
    await answer(office, came[-1], "Two-thirds of those who left were under 45.")
    assert "📖 Young · changed since you put it into the draft" in labels_of(await office.editor.ask("/new"))
    await press(office, draft, "✅ Publish now")
    new = await office.editor.ask("/new")
    assert "📖 Young · published, changed since" in labels_of(new)
    assert "“Young” is published without what you have changed in it since" in new["text"]
    again = (await press(office, new, "⬆️ Put in the changes of “Young”"))[-1]
    assert "Two-thirds were under 45." in again["text"]
    assert "published without" not in again["text"]
    await press(office, again, "✅ Publish now")
    assert office.folder.read().files["content/glossary.yaml"].decode().count("id: young") == 1
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None


async def test_a_kill_while_a_card_is_put_into_the_draft_makes_no_second_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = await write(office, await term_begun(office), *YOUNG)
    newsroom = office.editor.bot.desk.newsroom
    page = (await office.editor.bot.desk.writing.pages(office.editor.viewer))[0]
    for part in ("write", "put"):
        real = getattr(newsroom.drafts, part)

        async def dies_after(*args: object, real: Any = real, **more: object) -> None:
            await real(*args, **more)
            raise OSError

        with monkeypatch.context() as patched:
            patched.setattr(newsroom.drafts, part, dies_after)
            with pytest.raises(OSError):
                await office.editor.bot.desk.writing.enter(office.editor.viewer, page)
    await press(office, came[-1], "✅ Put it into the draft")
    assert (await glossary_of(office)).count("title: {en: Young") == 1


async def test_a_card_lost_between_two_editors_goes_in_again(office: Office) -> None:
    draft = await term_entered(office)
    terms = office.folder.read().files["content/glossary.yaml"].decode()
    theirs = await office.send(office.admin, "glossary.yaml", terms.replace("Life outside", "Life away from"))
    await office.admin.press(theirs, "✅ Publish now")
    looked = (await press(office, draft, "✅ Publish now"))[0]
    looked = (await press(office, looked, "👀"))[0]
    await office.editor.bot.desk.newsroom.drafts.take_out(office.editor.viewer, "content/glossary.yaml")
    new = await office.editor.ask("/new")
    again = (await press(office, new, "↩️ Put “Young” in again"))[-1]
    published = (await press(office, again, "✅ Publish now"))[0]
    assert "Version 3 is published" in published["text"]
    now = office.folder.read().files["content/glossary.yaml"].decode()
    assert "Life away from" in now
    assert "id: young" in now


async def renewed_by_another(office: Office) -> None:
    """Publish another text of the source, in which line 3 says something else."""
    admin = office.admin
    await office.send(admin, "count-2023.txt", f"A new line.\n\n{TEXT}")
    desk = admin.bot.desk
    await desk.writing.leave_out(admin.viewer, "count-2023", [1], "no-assertion")
    draft = await desk.newsroom.drafts.of(admin.viewer)
    assert draft
    await desk.newsroom.publish(admin.viewer, draft.key)


async def test_lines_of_a_text_that_another_changed_are_asked_for_anew(office: Office) -> None:
    came = await write(office, await term_begun(office), *YOUNG)
    left = came[-1]
    await renewed_by_another(office)
    asked = await press(office, left, "✅ Put it into the draft")
    assert "The text of count-2023 has changed since you chose lines in it" in asked[0]["text"]
    assert "lines" in asked[-1]["text"]
    assert await glossary_of(office) == ""
    page = (await office.editor.bot.desk.writing.pages(office.editor.viewer))[0]
    problems = await office.editor.bot.desk.writing.enter(office.editor.viewer, page)
    assert [each.code for each in problems] == ["source_text_changed"]
    left = (await answer(office, asked[-1], "5"))[-1]
    assert "has changed" not in left["text"]
    await press(office, left, "✅ Put it into the draft")
    assert 'lines: "5"' in await glossary_of(office)


async def test_an_answer_to_another_field_waits_until_the_lines_are_chosen_anew(office: Office) -> None:
    came = await term_begun(office)
    await renewed_by_another(office)
    asked = await answer(office, came[-1], "Young")
    assert "The text of count-2023 has changed" in asked[0]["text"]
    came = await answer(office, asked[-1], "5")
    assert "title (en)" in came[-1]["text"]


async def test_lines_of_a_renewed_text_that_is_discarded_are_asked_for_anew(office: Office) -> None:
    came = await term_begun(office)
    draft = await office.send(office.editor, "count-2023.txt", f"A new line.\n\n{TEXT}")
    await office.editor.bot.desk.newsroom.drafts.discard(office.editor.viewer)
    asked = await press(office, came[0], "Skip →")
    assert draft
    assert "The text of count-2023 has changed" in asked[0]["text"]


async def test_a_source_that_is_gone_is_said_before_anything_is_checked(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "📊 Statistic", "🔢 How many left", "7")
    await office.editor.bot.desk.newsroom.drafts.discard(office.editor.viewer)
    said = (await answer(office, came[-1], "About 1,200 in one street"))[-1]
    assert "The source example-2024 of this card is gone" in said["text"]
    assert "Not taken" not in said["text"]
    sure = (await press(office, said, "🗑 Give this card up"))[0]
    assert "Thrown away." in (await press(office, sure, "🗑 Yes"))[0]["text"]


async def leaving_out(office: Office, source: str) -> list[Json]:
    """Choose to leave lines of a source out that assert nothing."""
    outline = (await office.editor.say(f"/outline {source}"))[-1]
    reasons = (await press(office, outline, "🗄 Leave lines out"))[0]
    return await press(office, reasons, "Asserts nothing")


async def test_a_line_that_a_card_cites_is_not_left_out(office: Office) -> None:
    asked = await leaving_out(office, "count-2023")
    said = await answer(office, asked[-1], "3")
    assert "Line 3 cannot be left out: it is cited by" in said[0]["text"]
    assert "left-by-autumn" in said[0]["text"]
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None
    await term_entered(office)
    said = await answer(office, said[-1], "3")
    assert "young" in said[0]["text"], "one of the draft is named too"


async def test_all_of_these_lines_pressed_twice_goes_on(office: Office) -> None:
    await source_filled_in(office)
    lines = (await leaving_out(office, "example-2024"))[0]
    await press(office, lines, "All of these lines")
    again = await press(office, lines, "All of these lines")
    assert "no line" not in again[-1]["text"].casefold()
    assert "seeds/example-2024.yaml" in again[-1]["text"]


async def test_a_card_is_not_put_into_a_file_that_the_draft_takes_away(office: Office) -> None:
    came = await write(office, await term_begun(office), *YOUNG)
    await office.editor.bot.desk.newsroom.delete(office.editor.viewer, "content/glossary.yaml")
    said = (await press(office, came[-1], "✅ Put it into the draft"))[0]
    assert "Your draft takes the file content/glossary.yaml away" in said["text"]
    assert await glossary_of(office) == ""
    await office.editor.bot.desk.newsroom.drafts.keep_files(office.editor.viewer)
    await press(office, said, "✅ Put it into the draft")
    assert "id: young" in await glossary_of(office)
