"""From a text to a published, grounded card without leaving the chat; the text itself is kept nowhere."""

from __future__ import annotations

from pathlib import Path

from tests.conversation import Json
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


async def test_a_text_that_is_known_or_no_text_says_so(office: Office) -> None:
    await office.send(office.editor, "street.txt", ARTICLE)
    again = await office.send(office.editor, "street.txt", ARTICLE)
    assert "seeds/example-2024.yaml" in again["text"]
    binary = await office.send(office.editor, "picture.txt", b"\xff\xfe\x00\x01")
    assert "UTF-8" in binary["text"]
