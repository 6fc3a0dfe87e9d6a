"""What the tests of cards written in the chat share: pressing, answering, a source filled in, a card begun."""

from __future__ import annotations

from tests.conversation import Json, labels_of
from tests.editing.sources_texts import ARTICLE
from tests.handlers.office import Office


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
    """Answer one question after the other: `=` presses the choice, `>` goes on, `!` leaves a field empty, `?` says no.

    Anything else is sent.
    """
    for each in answers:
        if each.startswith("="):
            came = await press(office, came[-1], each[1:])
        elif each == ">":
            came = await press(office, came[-1], "Next →")
        elif each == "!":
            came = await press(office, next(part for part in came if "— Leave it empty" in labels_of(part)), "— Leave")
        elif each == "?":
            came = await press(office, came[-1], "no")
        else:
            came = await answer(office, came[-1], each)
        assert not any("Not taken" in part.get("text", "") for part in came), came[0]["text"]
    return came


async def last_field_written(office: Office) -> Json:
    """Send the text, and write every field of the card of the source; what is shown then."""
    made = await office.send(office.editor, "street.txt", ARTICLE)
    left = (await press(office, made, "📰 Fill in"))[0]
    came = await press(office, left, "○ title (ru)")
    came = await write(office, came, "Соседи поневоле: улица в Тбилиси", "=Report", "Нино Пример")
    return came[-1]


async def source_filled_in(office: Office) -> Json:
    """Do that, and find it right that the lines were left out which look as if they were no part of the text."""
    return (await press(office, await last_field_written(office), "✅ Right"))[0]


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
