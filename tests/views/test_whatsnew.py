"""What is new, for readers: corrections first, and only what holds."""

from __future__ import annotations

from bot.catalog.cards import Card
from bot.i18n import Language
from bot.layout.telegram_html import print_html
from bot.views.reading import Reading
from bot.views.whatsnew import Item, news_items, whatsnew_screen
from tests.digests.almanac import Almanac, statistic, term

OLD = (statistic("s"), term("t"), term("u"))


def items(*versions: tuple[Card, ...], language: Language = Language.EN, since: int = 0) -> list[tuple[str, str]]:
    return [(item.card, item.what) for item in news_items(almanac(*versions).history, language, since)]


def almanac(*versions: tuple[Card, ...]) -> Almanac:
    made = Almanac()
    for number, cards in enumerate((OLD, *versions), start=1):
        made.publish(cards, number * 100)
    return made


def test_the_first_version_is_no_news() -> None:
    assert items() == []


def test_corrections_come_first_then_the_newest() -> None:
    corrected = (statistic("s", 2000), *OLD[1:])
    assert items(corrected, (*corrected, term("a")), (*corrected, term("a"), term("b"))) == [
        ("s", "corrected"),
        ("b", "added"),
        ("a", "added"),
    ]


def test_a_card_stands_once_however_often_it_changed() -> None:
    assert items((statistic("s", 2000), *OLD[1:]), (statistic("s", 3000), *OLD[1:])) == [("s", "corrected")]
    assert items((*OLD, term("a")), (*OLD, term("a", "Another."))) == [("a", "added")]


def test_what_came_and_went_is_no_news_and_what_went_is() -> None:
    assert items((*OLD, term("a")), OLD) == []
    assert items(OLD[:-1]) == [("u", "withdrawn")]


def test_another_wording_is_told_apart_from_a_correction() -> None:
    assert items((*OLD[:-1], term("u", "Another word."))) == [("u", "changed")]


def test_what_is_older_than_the_moment_asked_for_is_left_out() -> None:
    assert items((*OLD, term("a")), (*OLD, term("a"), term("b")), since=300) == [("b", "added")]


def test_a_page_shows_old_and_new_figure_and_what_replaced_a_card() -> None:
    made = almanac((statistic("s", 2000), term("t")))
    reading = Reading(made.catalog, Language.EN, "kolokol_bot")
    found = news_items(made.history, Language.EN, 0)
    (message,) = print_html(whatsnew_screen(reading, found), card_url=reading.card_url)
    assert "<s>1,000\u00a0people</s> → <b>2,000\u00a0people</b>" in message.html
    assert "<s>u</s>" in message.html
    gone = Item("u", term("u").title, "withdrawn", 1, replaced_by="t")
    (message,) = print_html(whatsnew_screen(reading, [gone]), card_url=reading.card_url)
    assert '<s>u</s> → <a href="https://t.me/kolokol_bot?start=t">t</a>' in message.html


def test_where_nothing_is_new_it_says_so() -> None:
    reading = Reading(almanac().catalog, Language.RU, "kolokol_bot")
    (message,) = print_html(whatsnew_screen(reading, ()), card_url=reading.card_url)
    assert "ничего не изменилось" in message.html
