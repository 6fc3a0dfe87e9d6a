"""Readers see where a card waited too long for its review, and where it took the place of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import Language
from bot.layout.telegram_html import print_html
from bot.views.cards import card_screen
from bot.views.reading import Reading
from tests.catalog.house import House

NOTES = {
    Language.EN: (
        "⏳ This card was to be reviewed by June 2026; some of it may have changed since.",
        "♻️ This card replaces an earlier one.",
        "As of October 2023",
    ),
    Language.RU: (
        "⏳ Срок проверки этой карточки прошел (июнь 2026 года): с тех пор что-то могло измениться.",
        "♻️ Эта карточка заменяет более раннюю.",
        "По состоянию на октябрь 2023 года",
    ),
}


def shown(house: House, language: Language, today: date | None) -> str:
    reading = Reading(house.load().catalog(), language, "kolokol_bot", today=today)
    (message,) = print_html(card_screen(reading, reading.catalog.by_id["exile"]), card_url=reading.card_url)
    return message.html


@pytest.mark.parametrize("language", Language)
def test_a_stale_card_says_so_from_the_day_on_that_its_review_is_late(language: Language) -> None:
    house = House().change("glossary.yaml", "id: exile\n", "id: exile\n    review_by: 2026-06\n")
    stale, replaces, as_of = NOTES[language]
    assert stale in shown(house, language, date(2026, 7, 1))
    assert as_of in shown(house, language, date(2026, 7, 1))
    assert stale not in shown(house, language, date(2026, 6, 30))
    assert "⏳" not in shown(house, language, None)
    assert replaces not in shown(house, language, date(2026, 7, 1))


@pytest.mark.parametrize("language", Language)
def test_a_card_that_replaced_another_says_so(language: Language) -> None:
    house = House().card(
        "arguments",
        """
        id: old-view
        title: {en: An old view, ru: Старый взгляд}
        claim: {en: So it was., ru: Так было.}
        grounds: [{en: It was so., ru: Было так.}]
        attributed_to: anna-petrova
        cites: [{source: count-2023, lines: "3"}]
        superseded_by: exile
        """,
    )
    assert house.check() == []
    assert NOTES[language][1] in shown(house, language, None)
    assert NOTES[language][1] not in shown(House(), language, None)


def test_when_something_was_looked_up_is_written_in_the_readers_language() -> None:
    entry = "    outside: [{text: {en: a, ru: б}, where: {en: the register, ru: реестр}, checked: 2025-02-14}]\n"
    house = House().change("glossary.yaml", "id: exile\n", f"id: exile\n{entry}")
    assert "the register, checked 14 February 2025" in shown(house, Language.EN, None)
    assert "реестр, проверено 14 февраля 2025 года" in shown(house, Language.RU, None)


def test_a_reading_without_a_day_tells_nothing_of_time(english: Reading) -> None:
    assert english.today is None
    assert replace(english, today=date(2026, 1, 1)).today == date(2026, 1, 1)
