"""From a text to a published, grounded card without leaving the chat; the text itself is kept nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.handlers.drafts import show_unchecked
from tests.catalog.house import TEXT
from tests.conversation import Json, labels_of
from tests.editing.sources_texts import ARTICLE
from tests.handlers.office import Office
from tests.test_app import bytes_of

CARD = """\
  - id: street-of-1200
    title: {en: "About 1,200 in one street", ru: "Около 1200 человек на одной улице"}
    measure: left-russia
    value: 1200
    approximate: true
    unit: {en: people, ru: человек}
    population: {en: those who moved into one street, ru: поселившиеся на одной улице}
    as_of: 2024-03-05
    attributed_to: {en: their committee, ru: их комитет}
    text: {en: The committee keeps a list within 10 weeks., ru: Комитет ведет список за 10 недель.}
    cites: [{source: example-2024, lines: "7"}]
"""


def document_of(office: Office, name: str) -> str:
    """What the document sent last under this name holds."""
    found: Json = next(
        each for each in reversed(office.editor.messages) if each.get("document", {}).get("file_name") == name
    )
    stored = office.editor.sandbox.world.files.by_id(found["document"]["file_id"])
    assert stored
    return stored.content.decode()


async def test_a_text_becomes_a_source_and_then_a_card_that_readers_get(office: Office, tmp_path: Path) -> None:
    made = await office.send(office.editor, "street.txt", ARTICLE)
    assert "A new source: example-2024" in made["text"]
    numbered = document_of(office, "example-2024-lines.txt")
    assert "    7  About 1,200 people moved" in numbered
    assert "[10, 1200]" in numbered
    assert "Subscribe to our newsletter!  [boilerplate]" in numbered

    card = document_of(office, "example-2024.yaml")
    unfilled = await office.send(office.editor, "example-2024.yaml", card)
    assert "“genre” must be one of" in unfilled["text"]
    filled = card.replace("ru: ''", "ru: Так").replace("genre: ''", "genre: report")
    shown = await office.send(office.editor, "example-2024.yaml", filled)
    assert "of “example-2024”" in shown["text"] or "line" in shown["text"].casefold()

    before = len(office.editor.messages)
    made = await office.editor.press(made, "📄 In a file instead")
    await office.editor.press(made, "🔢 How many left")
    assert "with a new card to be filled in" in office.editor.messages[before]["caption"]
    skeleton = document_of(office, "numbers.yaml")
    assert '{source: example-2024, lines: "' in skeleton
    begun = skeleton.rindex("  - id:")
    await office.send(office.editor, "numbers.yaml", skeleton[:begun] + CARD)
    left_out = filled.replace("left_out:\n", 'left_out:\n  - {lines: "3, 5, 9", reason: no-assertion}\n')
    answer = await office.send(office.editor, "example-2024.yaml", left_out)
    assert "About 1,200 in one street" in answer["text"], answer["text"]
    await office.editor.press(answer, "✅ Publish now")
    assert "1,200" in (await office.reader.ask("/start street-of-1200"))["text"]
    assert b"About 1,200 people moved into one street" not in bytes_of(tmp_path)


async def test_a_source_half_filled_in_is_not_told_of_unasked_at_the_next_start(office: Office) -> None:
    await office.send(office.editor, "street.txt", ARTICLE)
    before = len(office.editor.messages)
    await show_unchecked(office.editor.bot.telegram, office.editor.bot.desk)
    assert office.editor.messages[before:] == []
    assert "“genre” must be one of" in (await office.editor.ask("/draft"))["text"], "asked for, it is shown"


async def test_a_text_that_is_known_or_no_text_says_so(office: Office) -> None:
    await office.send(office.editor, "street.txt", ARTICLE)
    again = await office.send(office.editor, "street.txt", ARTICLE)
    assert "seeds/example-2024.yaml" in again["text"]
    binary = await office.send(office.editor, "picture.txt", b"\xff\xfe\x00\x01")
    assert "UTF-8" in binary["text"]


async def test_a_new_text_of_a_source_moves_its_citations_in_the_draft(office: Office) -> None:
    before = len(office.editor.messages)
    office.editor.sandbox.acts.upload(
        office.editor.viewer, "count-2023.txt", f"A new line.\n\n{TEXT}".encode(), as_document=True
    )
    shown = await office.next(office.editor, before + 3)
    said = "\n".join(each.get("text", "") for each in office.editor.messages[before:])
    assert "A new text of count-2023" in said
    assert "3 lines have moved" in said
    assert "New lines: 1" in said
    assert "Line 1 of “count-2023” is cited by no card" in shown["text"]
    assert "    1  A new line." in document_of(office, "count-2023-lines.txt")


async def test_what_a_new_text_lacks_is_named_with_who_cites_it(office: Office) -> None:
    before = len(office.editor.messages)
    text = TEXT.replace("Anna Petrova counts", "Anna Petrova counted")
    office.editor.sandbox.acts.upload(
        office.editor.viewer, "again.txt", text.encode(), as_document=True, caption="count-2023"
    )
    shown = await office.next(office.editor, before + 3)
    said = "\n".join(each.get("text", "") for each in office.editor.messages[before:])
    assert "line 1; cited by" in said
    assert "most like it is the new line 1" in said
    assert "Nothing that was cited here is in the new text" in shown["text"]


async def test_another_text_of_the_same_author_gets_an_id_by_its_caption(office: Office) -> None:
    await office.send(office.editor, "street.txt", ARTICLE)
    other = ARTICLE.replace("1,200", "1,300")
    refused = await office.send(office.editor, "street-2.txt", other)
    assert "with example-2024 as its caption" in refused["text"]
    before = len(office.editor.messages)
    office.editor.sandbox.acts.upload(
        office.editor.viewer, "street-2.txt", other.encode(), as_document=True, caption="street-2024"
    )
    assert "A new source: street-2024" in (await office.next(office.editor, before + 3))["text"]


async def test_the_outline_shows_what_is_open_and_begins_cards(office: Office) -> None:
    which = await office.editor.ask("/outline")
    assert "/outline count-2023" in which["text"]
    shown = (await office.editor.say("/outline count-2023"))[-1]
    assert "3 of 3 lines" in shown["text"]
    assert "(boilerplate)" in document_of(office, "count-2023-outline.txt")
    before = len(office.editor.messages)
    shown = await office.editor.press(shown, "📄 In a file instead")
    await office.editor.press(shown, "🔢 How many left")
    assert "with a new card to be filled in" in office.editor.messages[before]["caption"]
    assert "do not know this command" in (await office.reader.ask("/outline"))["text"]


async def test_a_topic_pressed_before_the_source_is_filled_in_says_what_to_do(office: Office) -> None:
    made = await office.send(office.editor, "street.txt", ARTICLE)
    before = len(office.editor.messages)
    made = await office.editor.press(made, "📄 In a file instead")
    await office.editor.press(made, "🔢 How many left")
    answer = office.editor.messages[before]["text"]
    assert "A card can be begun when the card of the source, seeds/example-2024.yaml, is filled in" in answer
    assert "“genre” must be one of" in answer


@pytest.mark.parametrize(("name", "text"), [("street.txt", ARTICLE), ("count-2023.txt", f"A new line.\n\n{TEXT}")])
async def test_an_editor_who_has_blocked_the_bot_meanwhile_is_no_incident(
    office: Office, name: str, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("sendDocument", "sendMessage"):
        office.editor.sandbox.faults.add("blocked", method=method, chat_id=office.editor.viewer, times=None)
    with caplog.at_level(logging.WARNING):
        office.editor.sandbox.acts.upload(office.editor.viewer, name, text.encode(), as_document=True)
        await office.editor.handled()
    assert [record.getMessage() for record in caplog.records] == []
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft, "what was sent is kept all the same"


async def test_the_text_sent_once_more_for_its_lines_leaves_all_as_it_is(office: Office) -> None:
    said = await office.send(office.editor, "count-2023.txt", TEXT)
    assert "nothing changed in your draft" in said["text"]
    assert "No line has moved" not in said["text"]
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    assert not draft.files, "the card goes on naming the file that it was made of"
    assert "no draft" in (await office.editor.ask("/draft"))["text"]
    shown = await office.editor.press(said, "✍️ Write a card")
    await office.editor.press(shown, "📖 Term")
    assert "Every line of this source" in office.editor.again(shown)["text"]
    came = await office.editor.say("3", reply_to=office.editor.messages[-1]["message_id"])
    assert "Two-thirds of them were under 45, she says." in came[0]["text"], "the text came before the card was begun"
    again = await office.send(office.editor, "count-2023.txt", TEXT)
    assert "✍️ Go on with “count-2023”" in labels_of(again)
    before = len(office.editor.messages)
    await office.editor.press(again, "✍️ Go on with “count-2023”")
    assert "title (en)" in office.editor.messages[before]["text"]


OTHER = "Something else altogether.\n\nTwo-thirds of them were under 45, she says.\n"


async def test_a_text_in_which_most_lines_are_gone_is_asked_about_first(office: Office) -> None:
    drafts, who = office.editor.bot.desk.newsroom.drafts, office.editor.viewer
    asked = await office.send(office.editor, "count-2023.txt", OTHER)
    assert "2 of the 3 lines of this source are not in it" in asked["text"]
    assert await drafts.of(who) is None
    kept = await office.editor.press(asked, "No, keep the one that is there")
    assert "keeps the text that it had" in kept["text"]
    assert await drafts.of(who) is None

    asked = await office.send(office.editor, "count-2023.txt", OTHER)
    before = len(office.editor.messages)
    renewed = await office.editor.press(asked, "Yes, replace the text")
    assert "These lines are not in it any more" in renewed["text"]
    assert "No line has moved" not in renewed["text"]
    assert "Nothing that was cited here is in the new text" in office.editor.messages[-1]["text"]
    assert "    1  Something else altogether." in document_of(office, "count-2023-lines.txt")
    assert office.editor.messages[before]["document"]
    assert office.refusals() == []
