"""A card written in the chat, field by field: from a text that an editor sends to what a reader finds."""

from __future__ import annotations

from pathlib import Path

from tests.conversation import Json, labels_of
from tests.editing.sources_texts import ARTICLE
from tests.handlers.office import Office
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
    came = await press(office, came[0], "All that are open")
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
