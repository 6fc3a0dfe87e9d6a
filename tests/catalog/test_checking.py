from __future__ import annotations

import pytest

from bot.catalog import checking
from bot.catalog.checking import CARD_TEXT_LIMIT, TITLE_LIMIT, check
from bot.catalog.loading import Content
from tests.catalog.house import TEXT, House

TOPIC = "topics/numbers.yaml"
TEXTS = {"count.txt": TEXT.encode()}


def test_the_shipped_content_is_without_a_fault(shipped: Content) -> None:
    assert check(shipped) == []


def test_the_shipped_content_agrees_with_the_source_texts(shipped: Content, source_texts: dict[str, bytes]) -> None:
    assert check(shipped, source_texts) == []


def test_the_small_content_agrees_with_its_text(house: House) -> None:
    assert house.check(TEXTS) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "at"),
    [
        ("glossary.yaml", "id: exile", "id: left-by-autumn", "repeated_id", "left-by-autumn"),
        ("glossary.yaml", "id: exile", "id: exile\n    formerly: [one, numbers]", "repeated_id", "numbers]"),
        ("glossary.yaml", "id: exile", "id: exile\n    also_in: [numbers, nmbers]", "unknown_topic", "nmbers]"),
        ("glossary.yaml", "id: exile", "id: exile\n    superseded_by: exle", "unknown_card", "exle"),
        (TOPIC, "attributed_to: anna-petrova", "attributed_to: ana-petrova", "unknown_actor", "ana-petrova"),
        (TOPIC, "attributed_to: anna-petrova", "attributed_to: exile", "unknown_actor", "exile"),
        (TOPIC, "measure: left-russia", "measure: left-rusia", "unknown_measure", "left-rusia"),
        ("glossary.yaml", "source: count-2023", "source: count-2024", "unknown_source", "count-2024"),
        ("glossary.yaml", 'lines: "3"', 'lines: "2-3, 9-50"', "no_such_line", '"2-3, 9-50"'),
        ("count-2023.yaml", 'lines: "4"', 'lines: "4, 8"', "no_such_line", '"4, 8"'),
        ("glossary.yaml", "ru: Изгнание", "ru: Exile", "languages_equal", "{en: Exile"),
        (TOPIC, "ru: Сколько людей уехало", "ru: People who left", "languages_equal", "{en: People who left"),
        (TOPIC, "ru: Сколько людей уехало", "ru: 2 человека", "figures_differ", "{en: People who left"),
        (TOPIC, "ru: Уехали от 820 до 920 тысяч", "ru: Уехали 820 тысяч", "figures_differ", '{en: "From'),
        ("glossary.yaml", "ru: Изгнание", "ru: <b>Изгнание</b>", "markup", "<b>"),
        ("glossary.yaml", "ru: Изгнание", 'ru: "Изгнание&nbsp;"', "markup", '"Изгнание&nbsp;"'),
        ("glossary.yaml", "ru: Изгнание", "ru: " + "ж" * (TITLE_LIMIT + 1), "title_too_long", "жжж"),
        ("glossary.yaml", "ru: Жизнь вне", "ru: " + "ж" * CARD_TEXT_LIMIT, "card_too_long", "id: exile"),
        ("glossary.yaml", 'lines: "3"', 'lines: "3-4"', "left_out_but_cited", "- {lines: "),
        ("count-2023.yaml", '  - {lines: "4"', '  - {lines: "1"', "line_not_covered", "4: {hash"),
        ("count-2023.yaml", "file: count.txt", "file: cuont.txt", "text_absent", "cuont.txt"),
        (
            "count-2023.yaml",
            "language: en\nfile: count.txt\nsha256: a",
            "language: en\nfile: count.txt\nsha256: b",
            "text_changed",
            "b84c",
        ),
        ("count-2023.yaml", '"28", ', "", "line_facts_differ", "1: {hash"),
    ],
)
def test_a_fault_is_found_at_its_place(house: House, name: str, old: str, new: str, code: str, at: str) -> None:
    found = house.change(name, old, new).found(TEXTS)
    assert [place for each, place in found if each == code and place.startswith(at)], found


def test_what_nearly_fits_is_offered(house: House) -> None:
    (problem,) = house.change(TOPIC, "attributed_to: anna-petrova", "attributed_to: ana-petrova").check()
    assert dict(problem.words) == {"id": "ana-petrova", "near": "anna-petrova"}
    house.change(TOPIC, "attributed_to: ana-petrova", "attributed_to: zzz")
    assert [dict(problem.words)["near"] for problem in house.check()] == ["none"]


def test_missing_lines_of_one_citation_are_one_problem(house: House) -> None:
    (problem,) = house.change("glossary.yaml", 'lines: "3"', 'lines: "3, 5-900, 99999"').check()
    assert dict(problem.words) == {"lines": "5-900, 99999", "source": "count-2023"}


def test_positions_of_a_debate_are_checked_like_cards(house: House) -> None:
    house.card(
        "debates",
        """
        id: who-counts
        title: {en: Who counts, ru: Кто считает}
        question: {en: Who?, ru: Кто?}
        positions:
          - {holder: nobody, text: {en: a, ru: б}, cites: [{source: count-2023, lines: "1"}]}
          - {holder: anna-petrova, text: {en: x, ru: x}, cites: [{source: count-2023, lines: "77"}]}
        """,
    )
    assert house.found() == [
        ("unknown_actor", 'nobody, text: {en: a, ru: б}, cites: [{source: count-2023, lines: "1"}]}'),
        ("languages_equal", '{en: x, ru: x}, cites: [{source: count-2023, lines: "77"}]}'),
        ("no_such_line", '"77"}]}'),
    ]


def test_what_was_looked_up_outside_is_in_both_languages_too(house: House) -> None:
    outside = "outside: [{text: {en: same, ru: same}, where: {en: a, ru: б}, checked: 2025}]"
    house.change("glossary.yaml", "id: exile", f"id: exile\n    {outside}")
    assert [code for code, _ in house.found()] == ["languages_equal"]


def test_a_published_card_does_not_lean_on_a_draft(house: House) -> None:
    house.change("actors.yaml", "type: person", "type: person\n    draft: true")
    assert [code for code, _ in house.found()] == ["unknown_actor"]
    house.change(TOPIC, "    unit:", "    draft: true\n    unit:")
    assert house.check() == []


def test_the_name_of_an_actor_may_be_alike_in_both_languages(house: House) -> None:
    house.change("actors.yaml", "ru: Анна Петрова", "ru: Anna Petrova")
    assert house.check() == []


def test_signs_without_letters_may_be_alike_in_both_languages(house: House) -> None:
    house.change("glossary.yaml", "{en: Exile, ru: Изгнание}", '{en: "45", ru: "45"}')
    assert house.check() == []


def test_two_cards_with_one_button_key_are_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "card_key", lambda card_id: card_id[0])
    house.change("glossary.yaml", "id: exile", "id: anna-exile")
    (problem,) = house.check()
    assert (problem.code, house.at(problem)) == ("key_collision", "anna-petrova") or (
        problem.code == "key_collision" and dict(problem.words) == {"id": "anna-exile", "other": "anna-petrova"}
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (TOPIC, "order: 10", "order: ten"),
        ("actors.yaml", "type: person", "type: cat"),
        ("count-2023.yaml", "language: en", "language: de"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_and_not_one_in_each_file(
    house: House, name: str, old: str, new: str
) -> None:
    house.change("glossary.yaml", "id: exile", "id: exile\n    also_in: [numbers]")
    assert len(house.change(name, old, new).check(TEXTS)) == 1


def test_other_faults_are_still_found_beside_an_unreadable_file(house: House) -> None:
    house.change(TOPIC, "order: 10", "order: ten").change("glossary.yaml", "ru: Изгнание", "ru: Exile")
    assert [code for code, _ in house.found()] == ["languages_equal", "wrong_type"]


def test_problems_are_sorted_by_place_and_said_once(house: House) -> None:
    house.change("glossary.yaml", "ru: Изгнание", "ru: <b>").change("actors.yaml", "ru: демограф", "ru: demographer")
    house.change(TOPIC, "ru: Подсчет продолжается.", "ru: The count goes on.")
    found = house.check()
    assert [problem.place for problem in found] == sorted(problem.place for problem in found)
    assert len(found) == len(set(found)) == 3
