from __future__ import annotations

import pytest

from bot.catalog.grounding import LineCoverage, coverage
from bot.catalog.loading import Content
from bot.catalog.sources import write_source
from tests.catalog.house import House, source_of

TOPIC = "topics/numbers.yaml"
EVENT = """
id: counted
title: {{en: Anna Petrova counts, ru: Анна Петрова считает}}
when: {when}
text: {{en: She counts., ru: Она считает.}}
cites: [{{source: count-2023, lines: "{lines}"}}]
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "at"),
    [
        (TOPIC, "low: 820000", "low: 810000", "figure_not_on_line", "810000"),
        (TOPIC, 'lines: "1, 3"', 'lines: "3"', "figure_not_on_line", '"From 820,000'),
        (TOPIC, "en: The count goes on.", 'en: "77 go on."', "figure_not_on_line", '"77 go on."'),
        (TOPIC, "en: everyone who left", "en: half of all", "figure_not_on_line", "half of all"),
        (TOPIC, "as_of: 2023-09-28", "as_of: 2023-09-27", "date_not_on_line", "2023-09-27"),
        (TOPIC, "as_of: 2023-09-28", "as_of: 2022", "date_not_on_line", "2022"),
        ("actors.yaml", "en: Anna Petrova", "en: Anna Pavlova", "name_not_on_line", "{en: Anna Pavlova"),
        ("actors.yaml", 'lines: "1"', 'lines: "3"', "name_not_on_line", "{en: Anna Petrova"),
    ],
)
def test_what_does_not_stand_on_a_cited_line_is_found(
    house: House, name: str, old: str, new: str, code: str, at: str
) -> None:
    found = house.change(name, old, new).found()
    assert [place for each, place in found if each == code and place.startswith(at)], found


def test_a_figure_says_how_it_was_written_and_read_and_where_it_was_sought(house: House) -> None:
    house.change(TOPIC, "ru: Уехали от 820 до 920 тысяч", "ru: Уехали от 820 до 925 тысяч")
    words = [dict(problem.words) for problem in house.check() if problem.code == "figure_not_on_line"]
    assert words == [{"figure": "925000", "written": "925 тысяч", "plain": "no", "lines": "count-2023 1, 3"}]


@pytest.mark.parametrize("text", ["2023", "in October 2023, month 10", "two-thirds under 45", "28", "9 of nine"])
def test_figures_of_the_lines_and_of_the_date_of_the_source_are_grounded(house: House, text: str) -> None:
    house.change(TOPIC, "en: She counted those who left.", f"en: {text}")
    codes = {code for code, _ in house.found()}
    assert ("figure_not_on_line" in codes) == ("9" in text.split())


def test_a_multiple_grounds_the_number_of_a_statistic(house: House) -> None:
    house.change(TOPIC, "    low: 820000\n    high: 920000\n", "    value: 2\n")
    assert ("figure_not_on_line", "2") in house.found()
    house.change("count-2023.yaml", '"45", "2/3"', '"45", "2/3", "x2"')
    assert ("figure_not_on_line", "2") not in house.found()


def test_a_share_is_grounded_by_its_words(house: House) -> None:
    house.change(TOPIC, "    low: 820000\n    high: 920000\n", "    value: 2/3\n")
    assert house.check() == []


@pytest.mark.parametrize("when", ["2023", "2023-05", "2023-09-28", "{date: 2020-01, inferred: {en: a, ru: б}}"])
def test_the_date_of_an_event_stands_on_its_lines_or_says_how_it_was_inferred(house: House, when: str) -> None:
    assert house.card("events", EVENT.format(when=when, lines="1")).check() == []


@pytest.mark.parametrize("when", ["2022", "2023-09-29", "{date: 2022-02-24}"])
def test_a_date_from_elsewhere_is_refused(house: House, when: str) -> None:
    found = house.card("events", EVENT.format(when=when, lines="1")).found()
    assert found == [("date_not_on_line", when)]


def test_the_end_of_an_event_is_a_date_like_its_beginning(house: House) -> None:
    house.card("events", EVENT.format(when="2023\nuntil: 2024", lines="1"))
    assert house.found() == [("date_not_on_line", "2024")]


def test_each_position_of_a_debate_stands_on_its_own_lines(house: House) -> None:
    house.card(
        "debates",
        """
        id: who-counts
        title: {en: "820,000 or not", ru: 820 000 или нет}
        question: {en: Who?, ru: Кто?}
        positions:
          - holder: anna-petrova
            as_of: 2024
            text: {en: "820,000", ru: 820 тысяч}
            cites: [{source: count-2023, lines: "1"}]
          - holder: anna-petrova
            text: {en: "820,000", ru: 820 тысяч}
            cites: [{source: count-2023, lines: "3"}]
        """,
    )
    assert [(code, place[:9]) for code, place in house.found()] == [
        ("date_not_on_line", "2024"),
        ("figure_not_on_line", '"820,000"'),
        ("figure_not_on_line", "820 тысяч"),
    ]


def test_an_actor_may_stand_on_the_line_under_an_alias(house: House) -> None:
    house.change("actors.yaml", "en: Anna Petrova", "en: A. Pavlova")
    house.change("actors.yaml", "type: person", "type: person\n    aliases: {en: [Nobody Here, Petrova]}")
    assert house.check() == []


def test_every_line_says_what_became_of_it(house: House) -> None:
    content = house.load()
    source, _ = content.sources["count-2023"]
    assert coverage(content, source) == [
        LineCoverage(1, ("numbers", "left-by-autumn", "anna-petrova"), None),
        LineCoverage(3, ("left-by-autumn", "exile"), None),
        LineCoverage(4, (), "boilerplate"),
    ]


def test_a_line_that_nothing_accounts_for_is_not_covered() -> None:
    assert not LineCoverage(1, (), None).covered
    assert LineCoverage(1, (), "repeated").covered
    assert LineCoverage(1, ("a",), None).covered


def test_every_line_of_the_shipped_sources_is_accounted_for(shipped: Content) -> None:
    for source, _ in shipped.sources.values():
        assert [line.number for line in coverage(shipped, source) if not line.covered] == []


RUSSIAN = """Олег Выдумов, библиотекарь, ведет список.

О списке мы говорили с Олегом Выдумовым и Анной Примеровой.

Об этом молчит «Мемориал», а Meduza промолчала тоже.
"""
ACTOR = """  - id: told-of
    title: {title}
    type: person
    role: {{en: somebody, ru: кто-то}}
    text: {{en: They keep a list., ru: Они ведут список.}}
    aliases: {aliases}
    cites: [{{source: list-2024, lines: "{lines}"}}]
"""


def names_missed(house: House, title: str, lines: str, aliases: str = "{}") -> list[str]:
    """The names that are told to stand on no line, of an actor who is told of in a text in Russian."""
    source = source_of(RUSSIAN).model_copy(update={"id": "list-2024", "language": "ru", "left_out": ()})
    house.seeds["list-2024.yaml"] = write_source(source)
    house.content["actors.yaml"] += ACTOR.format(title=title, lines=lines, aliases=aliases)
    problems = house.check()
    assert {each.code for each in problems} <= {"line_not_covered", "name_not_on_line"}, problems
    return [dict(each.words)["name"] for each in problems if each.code == "name_not_on_line"]


@pytest.mark.parametrize(
    ("title", "lines", "aliases"),
    [
        ("{en: Oleg Vydumov, ru: Олег Выдумов}", "1", "{}"),
        ("{en: Oleg Vydumov, ru: Олег Выдумов}", "3", "{}"),
        ("{en: Anna Primerova, ru: Анна Примерова}", "3", "{}"),
        ("{en: Memorial, ru: Мемориал}", "5", "{}"),
        ("{en: Meduza, ru: Медуза}", "5", "{}"),
        ("{en: The librarian, ru: Хранитель}", "1", "{ru: [Выдумов]}"),
    ],
)
def test_an_actor_of_a_russian_text_stands_there_by_the_russian_name(
    house: House, title: str, lines: str, aliases: str
) -> None:
    assert names_missed(house, title, lines, aliases) == []


@pytest.mark.parametrize(
    ("english", "russian", "lines"),
    [
        ("Oleg Vydumov", "Олег Выдуманов", "1"),
        ("Olga Vydumova", "Ольга Выдумова", "3"),
        ("Anna Primerova", "Анна Примерова", "1"),
        ("somebody", "кто-то", "1"),
    ],
)
def test_another_name_than_the_text_has_is_refused(house: House, english: str, russian: str, lines: str) -> None:
    assert names_missed(house, f"{{en: {english}, ru: {russian}}}", lines) == [russian]


def test_a_russian_name_is_not_looked_for_in_an_english_text(house: House) -> None:
    house.change("actors.yaml", "{en: Anna Petrova, ru: Анна Петрова}", "{en: The counter, ru: Anna Petrova}")
    assert ("name_not_on_line", "{en: The counter, ru: Anna Petrova}") in house.found()
