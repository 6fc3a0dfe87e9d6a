"""A text in Russian in the chat: every kind of card comes from it, and a name is known in whichever case it stands."""

from __future__ import annotations

import pytest

from bot.catalog.cards import Kind
from tests.conversation import Json
from tests.editing.sources_texts import STREET
from tests.handlers.card_writing import answer, press, write
from tests.handlers.office import Office

TOPIC = "🔢 How many left"
ANSWERS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.STATISTIC: (
        "7",
        (
            *("About 1,200 in one street", "Около 1200 человек на одной улице", "около 1200 человек", "!", "people"),
            *("человек", "those who moved into one street", "поселившиеся на одной улице", "the committee", "комитет"),
            *("2024-03-05", "=People who left", "The committee counted them.", "Так посчитал комитет."),
        ),
    ),
    Kind.RECOMMENDATION: (
        "9",
        (
            *("Ask the librarian", "Обратитесь к библиотекарю", "=the media", ">", "Ask them for it."),
            *("Попросите у него список.", "The list is in the library.", "Список лежит в библиотеке."),
            *("the committee", "комитет"),
        ),
    ),
    Kind.ARGUMENT: (
        "9",
        (
            *(
                "A list helps",
                "Список помогает",
                "The list helps them.",
                "Список им помогает.",
                "It is in the library.",
            ),
            *("Он лежит в библиотеке.", "the librarian", "библиотекарь"),
        ),
    ),
    Kind.DEBATE: (
        "7",
        (
            *("Is it many?", "Много ли это?", "Is 1,200 many for a street?", "Много ли 1200 для улицы?", "7"),
            *("the committee", "комитет", "1,200 are many.", "1200 — это много.", "9", "the librarian", "библиотекарь"),
            *("The list is short.", "Список короткий."),
        ),
    ),
    Kind.EVENT: (
        "11",
        (
            *("The library opens", "Открылась библиотека", "2024-03-01", "It opened its doors."),
            "Она открыла двери.",
        ),
    ),
    Kind.ACTOR: (
        "9",
        (
            *("Oleg Vydumov", "Олег Выдумов", "=person", "librarian", "библиотекарь", "He keeps the list."),
            "Он ведет список.",
        ),
    ),
    Kind.TERM: ("9", ("The list", "Список", "What the librarian keeps.", "То, что ведет библиотекарь.")),
    Kind.SUMMARY: (
        "7, 9",
        ("The street in short", "Улица вкратце", "They keep a list.", "Они ведут список.", "It is kept.", "Его ведут."),
    ),
}


async def source_filled_in(office: Office) -> Json:
    """Send the Russian text, and fill in the card of the source."""
    made = await office.send(office.editor, "street.txt", STREET)
    left = (await press(office, made, "📰 Fill in"))[0]
    came = await press(office, left, "○ title (en)")
    came = await write(office, came, "Neighbors by accident", "=Report", "Nina Primerova")
    assert "All that is needed is written. Now write the cards" in came[-1]["text"]
    return came[-1]


async def begun(office: Office, kind: Kind, lines: str) -> list[Json]:
    """Begin a card of this kind on lines of the text."""
    words = {Kind.ACTOR: "👤", Kind.TERM: "📖", Kind.SUMMARY: "📌"}
    icons = {Kind.STATISTIC: "📊", Kind.RECOMMENDATION: "✅", Kind.ARGUMENT: "💬", Kind.DEBATE: "⚖", Kind.EVENT: "📅"}
    shown = (await press(office, await source_filled_in(office), "✍️ Write a card"))[0]
    shown = (await press(office, shown, {**words, **icons}[kind]))[0]
    if kind in icons:
        await press(office, shown, TOPIC)
    return await answer(office, office.editor.messages[-1], lines)


@pytest.mark.parametrize("kind", Kind)
async def test_every_kind_of_card_comes_from_a_russian_text(office: Office, kind: Kind) -> None:
    lines, answers = ANSWERS[kind]
    came = await write(office, await begun(office, kind, lines), *answers)
    assert "All that is needed is written" in came[-1]["text"]
    came = await press(office, came[-1], "✅ Put it into the draft")
    shown = (await press(office, came[-1], "🗄 Leave lines out"))[0]
    shown = (await press(office, shown, "Asserts nothing"))[0]
    draft = (await press(office, shown, "All of these lines"))[-1]
    assert answers[0] in draft["text"]
    published = (await press(office, draft, "✅ Publish now"))[0]
    assert "Version 2 is published" in published["text"]
    if kind is not Kind.SUMMARY:  # it stands under its source
        found = (await office.reader.say(f"/search {answers[1]}"))[-1]
        assert answers[0] in found["text"]


async def test_a_name_that_the_text_does_not_have_is_refused_once_it_is_there_in_russian(office: Office) -> None:
    came = await begun(office, Kind.ACTOR, "9")
    came = await write(office, came, "Oleg Vydumanov")
    assert "title (ru)" in came[-1]["text"], "no Russian text has an English name"
    came = await answer(office, came[-1], "Олег Выдуманов")
    assert "The name “Олег Выдуманов” stands on none of the cited lines" in came[0]["text"]
    assert "Spell it as the text does" in came[0]["text"]
    assert "aliases" not in came[0]["text"], "the chat asks for none"
    await write(office, came, "Олег Выдумов")


async def test_the_figure_that_was_read_off_an_answer_is_said(office: Office) -> None:
    came = await write(office, await begun(office, Kind.STATISTIC, "7"), *ANSWERS[Kind.STATISTIC][1][:2])
    several = await answer(office, came[-1], "1200 человек, 5 марта")
    assert "Here are several figures: 1200, 5. Send only the one" in several[0]["text"]
    absent = await answer(office, several[-1], "12 тысяч")
    assert "stands on none of the cited lines" in absent[0]["text"]
    came = await answer(office, absent[-1], "Около 1200 человек")
    assert "Written: figure — about 1,200" in came[0]["text"]
    came = await press(office, came[0], "← Back")
    came = await answer(office, came[-1], "nobody counted")
    assert "Written in words, without a number: “nobody counted”" in came[0]["text"]
    assert "in words (ru)" in came[-1]["text"]
