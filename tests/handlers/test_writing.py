"""A card written in the chat, field by field: from a text that an editor sends to what a reader finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.app import open_bot
from bot.sandbox import Sandbox
from tests.catalog.house import TEXT, House
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, Json, labels_of, talking
from tests.editing.house_files import bundle_of, lay_out
from tests.editing.sources_texts import ARTICLE
from tests.handlers.office import MENDED, Office
from tests.test_app import bytes_of


async def press(office: Office, shown: Json, begins: str) -> list[Json]:
    """Press the button that begins so; the message as it stands then, and what came after it."""
    label = next((each for each in labels_of(shown) if each.startswith(begins)), None)
    assert label, f"no button {begins} among {labels_of(shown)}"
    before = len(office.editor.messages)
    turned = await office.editor.press(shown, label)
    return [turned, *office.editor.messages[before:]]


async def answer(office: Office, prompt: Json, words: str) -> list[Json]:
    """Answer a question; what came."""
    return await office.editor.say(words, reply_to=prompt["message_id"])


async def write(office: Office, came: list[Json], *answers: str) -> list[Json]:
    """Answer one question after the other: `=` presses the choice, `!` leaves a field empty, anything else is sent."""
    for each in answers:
        if each.startswith("="):
            came = await press(office, came[-1], each[1:])
        elif each == "!":
            came = await press(office, next(part for part in came if "— Leave it empty" in labels_of(part)), "— Leave")
        else:
            came = await answer(office, came[-1], each)
        assert not any("Not taken" in part.get("text", "") for part in came), came[0]["text"]
    return came


async def source_filled_in(office: Office) -> Json:
    """Send the text, and fill in the card of the source."""
    made = await office.send(office.editor, "street.txt", ARTICLE)
    left = (await press(office, made, "📰 Fill in"))[0]
    came = await press(office, left, "○ title (ru)")
    came = await write(office, came, "Соседи поневоле: улица в Тбилиси", "=Report", "Нино Пример")
    assert "All that is needed is written. Now write the cards" in came[-1]["text"]
    return came[-1]


async def begin(office: Office, shown: Json, kind: str, topic: str, lines: str) -> list[Json]:
    """Choose kind, topic and lines."""
    kinds = (await press(office, shown, "✍️ Write a card"))[0]
    topics = (await press(office, kinds, kind))[0]
    came = await press(office, topics, topic)
    return await answer(office, came[-1], lines)


STATISTIC = (
    "About 1,200 in one street",
    "Около 1200 человек на одной улице",
    "1200",
    "!",
    "=yes",
    "people",
    "человек",
    "those who moved into one street",
    "поселившиеся на одной улице",
    "their committee",
    "их комитет",
    "2024-03-05",
    "=People who left",
    "The committee keeps a list within 10 weeks.",
    "Комитет ведет список за 10 недель.",
)


async def test_a_text_becomes_a_card_that_readers_find_without_leaving_the_chat(office: Office, tmp_path: Path) -> None:
    source = await source_filled_in(office)
    came = await begin(office, source, "📊 Statistic", "🔢 How many left", "7")
    assert "About 1,200 people moved into one street" in came[0]["text"], "the cited line stands beside the question"
    assert "title (en)" in came[-1]["text"]
    came = await write(office, came, *STATISTIC)
    assert "All that is needed is written" in came[-1]["text"]
    came = await press(office, came[-1], "✅ Put it into the draft")
    assert "Still open: 3, 5, 9" in came[-1]["text"]
    came = await press(office, came[-1], "🗄 Leave lines out")
    came = await press(office, came[0], "Asserts nothing")
    came = await press(office, came[0], "All of these lines")
    draft = came[-1]
    assert "About 1,200 in one street" in draft["text"]
    assert "about-1200-in-one-street" in draft["text"]
    preview = (await press(office, draft, "👁"))[0]
    assert "About 1,200 in one street" in preview["text"]
    draft = (await press(office, preview, "⬅️ Back"))[0]
    published = (await press(office, draft, "✅ Publish now"))[0]
    assert "Version 2 is published" in published["text"]
    found = (await office.reader.say("/search 1200 one street"))[-1]
    assert "About 1,200 in one street" in found["text"]
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None
    assert b"About 1,200 people moved into one street" not in bytes_of(tmp_path)
    assert office.refusals() == []


async def test_what_is_wrong_with_an_answer_is_said_beside_the_lines_and_nothing_is_written(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "📊 Statistic", "🔢 How many left", "7")
    again = await answer(office, came[-1], "About 1,300 in one street")
    assert "Not taken:" in again[0]["text"]
    assert "The figure 1,300 (read as 1300) stands on none" in again[0]["text"]
    assert "About 1,200 people moved" in again[0]["text"]
    assert "content/" not in again[0]["text"], "it stands in no file"
    wrong_language = await answer(office, again[-1], "Около 1200 человек")
    assert "The text here should be in English" in wrong_language[0]["text"]
    came = await answer(office, wrong_language[-1], "About 1,200 in one street")
    assert "Written: title (en)" in came[0]["text"]
    came = await answer(office, came[-1], "Около 1300 человек на одной улице")
    assert "The two languages give different figures" in came[0]["text"]


async def test_one_may_skip_go_back_and_see_what_is_left(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "💬 Argument", "🔢 How many left", "9")
    came = await press(office, came[0], "Skip →")
    assert "title (ru)" in came[-1]["text"]
    came = await press(office, came[0], "← Back")
    assert "title (en)" in came[-1]["text"]
    left = (await press(office, came[0], "☰ All fields"))[0]
    assert "7 fields are still to be written" in left["text"]
    came = await press(office, left, "○ claim (en)")
    came = await answer(office, came[-1], "Half of them have a bank account.")
    assert "claim (ru)" in came[-1]["text"], "what was skipped comes at the end"
    left = (await press(office, came[0], "☰ All fields"))[0]
    assert "✓ claim (en): Half of them have a bank account." in labels_of(left)


async def test_a_list_takes_one_more_entry_or_gives_it_back(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "💬 Argument", "🔢 How many left", "9")
    came = await write(
        office,
        came,
        *("Half of them have an account", "Половина завела счет", "Half of them do.", "Половина завела.", "They pay."),
        *("Они платят.", "their committee", "их комитет"),
    )
    came = await press(office, came[-1], "➕ One more ground")
    assert "grounds 2 (en)" in came[-1]["text"]
    came = await write(office, came, "They save.", "Они копят.")
    came = await press(office, came[-1], "➕ One more ground")
    came = await write(office, came, "-")
    assert "All that is needed is written" in came[-1]["text"]
    came = await press(office, came[-1], "✅ Put it into the draft")
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    written = (draft.files["content/topics/numbers.yaml"] or b"").decode()
    assert "grounds:\n      - {en: They pay., ru: Они платят.}\n      - {en: They save., ru: Они копят.}\n" in written


async def test_two_cards_are_written_side_by_side_and_one_is_published_without_the_other(office: Office) -> None:
    source = await source_filled_in(office)
    first = await begin(office, source, "📊 Statistic", "🔢 How many left", "7")
    new = await office.editor.ask("/new")
    shown = (await press(office, new, "📰 example-2024"))[0]
    shown = (await press(office, shown, "📖 Term"))[0]
    second = await answer(office, office.editor.messages[-1], "9")
    second = await write(office, second, "Account", "Счет", "What half of them opened.", "Что завела половина из них.")
    first = await write(office, first, *STATISTIC)
    second = await press(office, second[-1], "✅ Put it into the draft")
    shown = (await press(office, second[0], "🗄 Leave lines out"))[0]
    shown = (await press(office, shown, "Asserts nothing"))[0]
    draft = (await answer(office, office.editor.messages[-1], "3, 5, 7"))[-1]
    assert "Account" in draft["text"]
    assert "1,200" not in draft["text"]
    published = (await press(office, draft, "✅ Publish now"))[0]
    assert "Version 2 is published" in published["text"]
    entered = await press(office, first[-1], "✅ Put it into the draft")
    assert "About 1,200 in one street" in entered[-1]["text"]
    published = (await press(office, entered[-1], "✅ Publish now"))[0]
    assert "Version 3 is published" in published["text"], "no other version came in between"
    seed = office.folder.read().files["seeds/example-2024.yaml"].decode()
    assert 'lines: "3, 5", reason: no-assertion' in seed, "the line that is cited now is left out no longer"


async def test_what_is_asked_of_a_debate_is_the_question_and_then_what_each_position_says(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "⚖", "🔢 How many left", "7")
    came = await write(office, came, "Is it many?", "Много ли это?")
    assert "The question on which the sources differ." in came[-1]["text"]
    came = await write(office, came, "Is 1,200 many for a street?", "Много ли 1200 для улицы?")
    came = await write(office, came, "7", "their committee", "их комитет")
    assert "What this position says." in came[-1]["text"]


async def test_a_card_may_be_given_up_and_the_draft_stays_as_it_is(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "📊 Statistic", "🔢 How many left", "7")
    prompt = came[-1]
    left = (await press(office, came[0], "☰ All fields"))[0]
    sure = (await press(office, left, "🗑 Give this card up"))[0]
    gone = (await press(office, sure, "🗑 Yes"))[0]
    assert "Thrown away." in gone["text"]
    late = await answer(office, prompt, "About 1,200 in one street")
    assert "finished or given up" in late[-1]["text"]
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    assert list(draft.files) == ["seeds/example-2024.yaml"]


async def test_discarding_the_draft_leaves_the_cards_that_are_being_written(office: Office) -> None:
    new = await office.editor.ask("/new")
    shown = (await press(office, new, "📰 count-2023"))[0]
    await press(office, shown, "📖 Term")
    await answer(office, office.editor.messages[-1], "3")
    draft = await office.send(office.editor, "numbers.yaml", MENDED)
    await press(office, draft, "🗑 Discard")
    assert "One card is begun; /new leads back to it" in (await office.editor.ask("/draft"))["text"]
    new = await office.editor.ask("/new")
    assert "You have one card that is not published yet" in new["text"]


async def test_the_lines_are_shown_once_more_when_the_text_of_a_source_is_sent_again(office: Office) -> None:
    new = await office.editor.ask("/new")
    shown = (await press(office, new, "📰 count-2023"))[0]
    await press(office, shown, "📖 Term")
    came = await answer(office, office.editor.messages[-1], "3")
    assert "[45, 2/3]" in came[0]["text"]
    assert "send me the text of the source once more, as count-2023.txt" in came[0]["text"]
    await office.send(office.editor, "count-2023.txt", TEXT)
    again = (await press(office, came[0], "Skip →"))[0]
    assert "Two-thirds of them were under 45, she says." in again["text"]


async def test_a_source_that_is_not_filled_in_yet_leads_to_its_card(office: Office) -> None:
    made = await office.send(office.editor, "street.txt", ARTICLE)
    before = len(office.editor.messages)
    await office.editor.press(made, "✍️ Write a card")
    (said,) = office.editor.messages[before:]
    assert "once the card of the source example-2024 is filled in" in said["text"]
    left = (await press(office, said, "📰 Fill in"))[0]
    assert "○ title (ru): —" in labels_of(left)


async def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, bundle_of(House()))
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path).model_copy(
            update={"content_dir": folder.content, "seeds_dir": folder.seeds, "admins": (EDITOR,)}
        )
        async with open_bot(settings, pace=FREE_PACE) as bot, talking(sandbox, bot) as reader:
            office = Office(reader, reader.as_(EDITOR), reader, folder)
            await office.editor.ask("/language en")
            new = await office.editor.ask("/new")
            shown = (await press(office, new, "📰 count-2023"))[0]
            await press(office, shown, "📖 Term")
            came = await write(office, await answer(office, office.editor.messages[-1], "3"), "Young", "Молодые")
        async with open_bot(settings, pace=FREE_PACE) as bot, talking(sandbox, bot) as reader:
            office = Office(reader, reader.as_(EDITOR), reader, folder)
            came = await write(office, came, "Two-thirds were under 45.", "Две трети были моложе 45 лет.")
            came = await press(office, came[-1], "✅ Put it into the draft")
            assert "Young" in came[-1]["text"]
            assert "Nothing of this is public yet" in came[-1]["text"]


async def test_a_new_text_of_the_source_moves_the_lines_of_what_is_being_written(office: Office) -> None:
    new = await office.editor.ask("/new")
    shown = (await press(office, new, "📰 count-2023"))[0]
    await press(office, shown, "📖 Term")
    came = await answer(office, office.editor.messages[-1], "3")
    await office.send(office.editor, "count-2023.txt", f"A new line.\n\n{TEXT}")
    again = (await press(office, came[0], "Skip →"))[0]
    assert "count-2023, line 5" in again["text"]
    assert "Two-thirds of them were under 45, she says." in again["text"]


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
