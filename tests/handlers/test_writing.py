"""A card written in the chat, field by field: from a text that an editor sends to what a reader finds."""

from __future__ import annotations

from pathlib import Path

from bot.app import open_bot
from bot.sandbox import Sandbox
from tests.catalog.house import TEXT, TOPIC, House
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, labels_of, talking
from tests.editing.house_files import bundle_of, lay_out
from tests.editing.sources_texts import ARTICLE
from tests.handlers.card_writing import STATISTIC, answer, begin, press, source_filled_in, write
from tests.handlers.office import MENDED, Office
from tests.test_app import bytes_of


async def test_a_text_becomes_a_card_that_readers_find_without_leaving_the_chat(office: Office, tmp_path: Path) -> None:
    source = await source_filled_in(office)
    came = await begin(office, source, "📊 Statistic", "🔢 How many left", "7")
    assert "About 1,200 people moved into one street" in came[0]["text"], "the cited line stands beside the question"
    assert "title (en)" in came[-1]["text"]
    came = await write(office, came, *STATISTIC)
    assert "All that is needed is written" in came[-1]["text"]
    came = await press(office, came[-1], "✅ Put it into the draft")
    assert "Still open: 3, 5, 9" in came[-1]["text"]
    assert "⬆️ Draft" in labels_of(came[-1])
    faulty = await office.editor.ask("/draft")
    assert "Line 3 of" in faulty["text"]
    assert "without a file" in faulty["text"]
    assert {"✍️ Write a card", "🗄 Leave lines out"} <= set(labels_of(faulty))
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
    assert "🗑 Take out all of grounds 3" in labels_of(came[0])
    assert "take out all of grounds 3" in came[-1]["text"]
    came = await write(office, came, "-")
    assert "Taken out: grounds 3" in came[-1]["text"]
    assert "All that is needed is written" in came[-1]["text"]
    came = await press(office, came[-1], "✅ Put it into the draft")
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    written = (draft.files["content/topics/numbers.yaml"] or b"").decode()
    assert "grounds:\n      - {en: They pay., ru: Они платят.}\n      - {en: They save., ru: Они копят.}\n" in written


async def test_an_answer_goes_to_the_entry_that_was_asked_about_and_is_given_back_where_that_is_gone(
    office: Office,
) -> None:
    came = await begin(office, await source_filled_in(office), "💬 Argument", "🔢 How many left", "9")
    title, claim = ("Half of them have an account", "Половина завела счет"), ("Half of them do.", "Половина завела.")
    came = await write(office, came, *title, *claim, "They pay.", "Они платят.")
    came = await press(office, (await press(office, came[0], "☰ All fields"))[0], "➕ One more ground")
    second = await write(office, came, "They save.")
    came = await press(office, (await press(office, second[0], "☰ All fields"))[0], "➕ One more ground")
    third = await write(office, came, "They wait.")
    first = (await press(office, (await press(office, third[0], "☰ All fields"))[0], "✓ grounds 1 (en)"))[-1]
    await answer(office, first, "-")
    await answer(office, third[-1], "Они ждут.")
    came = await answer(office, second[-1], "Они копят.")
    assert "Written: grounds 1 (ru)" in came[0]["text"]
    lost = await answer(office, first, "They pay after all.")
    assert "is not in the card any more" in lost[0]["text"]
    assert "They pay after all." in lost[0]["text"]
    left = labels_of(lost[-1])
    assert "✓ grounds 1 (ru): Они копят." in left
    left = labels_of((await press(office, lost[-1], "→"))[0])
    assert "✓ grounds 2 (ru): Они ждут." in left


async def test_what_begins_a_card_pressed_twice_begins_one(office: Office) -> None:
    kinds = (await press(office, await source_filled_in(office), "✍️ Write a card"))[0]
    topics = (await press(office, kinds, "💬 Argument"))[0]
    lines = (await press(office, topics, "🔢 How many left"))[0]
    for _ in range(2):
        came = await press(office, lines, "All of these lines")
    begun = [each for each in labels_of(await office.editor.ask("/new")) if each.startswith("💬")]
    assert begun == ["💬 example-2024 · 7 fields to write"], "a card without a title is called by its source"
    await answer(office, came[-1], "Half of them have an account")
    await press(office, lines, "All of these lines")
    begun = [each for each in labels_of(await office.editor.ask("/new")) if each.startswith("💬")]
    assert sorted(begun) == [
        "💬 Half of them have an account · 6 fields to write",
        "💬 example-2024 · 7 fields to write",
    ]


async def test_a_field_that_becomes_two_goes_on_with_the_second_language(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "💬 Argument", "🔢 How many left", "9")
    left = (await press(office, came[0], "☰ All fields"))[0]
    came = await press(office, left, "○ by whose count")
    came = await answer(office, came[-1], "their committee")
    assert "by whose count or word (ru)" in came[-1]["text"], "not what was skipped before it"


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
    assert "You are at work on one card" in new["text"]


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


async def test_lines_are_chosen_and_left_out_by_what_they_say(office: Office) -> None:
    said = "Half of them opened a bank account."
    reasons = (await press(office, await source_filled_in(office), "🗄 Leave lines out"))[0]
    assert said in reasons["text"]
    kinds = (await press(office, reasons, "✍️ Write a card"))[0]
    topics = (await press(office, kinds, "📊 Statistic"))[0]
    came = await press(office, topics, "🔢 How many left")
    assert said in came[0]["text"]


async def test_a_source_that_is_not_filled_in_yet_leads_to_its_card(office: Office) -> None:
    made = await office.send(office.editor, "street.txt", ARTICLE)
    before = len(office.editor.messages)
    await office.editor.press(made, "✍️ Write a card")
    (said,) = office.editor.messages[before:]
    assert "once the card of the source example-2024 is filled in" in said["text"]
    assert "title (ru)" in said["text"]
    left = (await press(office, said, "📰 Fill in"))[0]
    assert "○ title (ru): —" in labels_of(left)


async def test_the_draft_of_a_source_that_lacks_something_leads_on_without_a_file(office: Office) -> None:
    await office.send(office.editor, "street.txt", ARTICLE)
    faulty = await office.editor.ask("/draft")
    left = (await press(office, faulty, "📰 Fill in the source"))[0]
    assert "○ title (ru): —" in labels_of(left)


async def test_a_topic_that_is_only_in_the_draft_can_be_chosen(office: Office) -> None:
    topic = TOPIC[: TOPIC.index("measures:")].replace("id: numbers", "id: roads").replace("How many left", "Roads")
    files = {"content/topics/roads.yaml": topic.replace("Сколько уехало", "Пути").encode()}
    await office.editor.bot.desk.newsroom.put(office.editor.viewer, files)
    new = await office.editor.ask("/new")
    kinds = (await press(office, new, "📰 count-2023"))[0]
    topics = (await press(office, kinds, "💬 Argument"))[0]
    await press(office, topics, "🔢 Roads")
    came = await answer(office, office.editor.messages[-1], "3")
    assert "title (en)" in came[-1]["text"]


async def test_a_new_measure_is_offered_beside_any_page_of_those_that_are_there(office: Office) -> None:
    more = "".join(f"  - id: m{n}\n    title: {{en: Count {n}, ru: Счет {n}}}\n" for n in range(9))
    topic = TOPIC.replace("statistics:\n", f"{more}statistics:\n").encode()
    await office.editor.bot.desk.newsroom.put(office.editor.viewer, {"content/topics/numbers.yaml": topic})
    came = await begin(office, await source_filled_in(office), "📊 Statistic", "🔢 How many left", "7")
    left = (await press(office, came[0], "☰ All fields"))[0]
    left = (await press(office, left, "→"))[0]
    first = (await press(office, left, "○ measure"))[0]
    second = (await press(office, first, "→"))[0]
    assert "➕ A new measure" in labels_of(first)
    came = await press(office, second, "➕ A new measure")
    assert "measure (en)" in came[-1]["text"]


async def test_yes_or_no_is_answered_with_either(office: Office) -> None:
    came = await begin(office, await source_filled_in(office), "📊 Statistic", "🔢 How many left", "7")
    came = await write(office, came, *STATISTIC[:4])
    assert {"yes", "no"} <= set(labels_of(came[-1]))
    came = await write(office, came, "?")
    assert "unit (en)" in came[-1]["text"]


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
