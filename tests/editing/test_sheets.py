"""Cards that are written field by field: of every kind what is asked is all that is needed, and it becomes an entry."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from bot.catalog.cards import Kind
from bot.catalog.problems import Problem, ProblemsError
from bot.editing.entries import entered, free_id
from bot.editing.fields import Field, Form
from bot.editing.proofing import proof
from bot.editing.sheets import NEW, Sheet
from bot.editing.whole import check_whole
from tests.editing.broken_cases import base

ACTORS = {"anna petrova": "anna-petrova", "анна петрова": "anna-petrova"}
TEXTS = {"en": "Something said in words", "ru": "Сказанное своими словами"}
ANSWERS = {
    Form.FIGURE: "820,000–920,000",
    Form.CHOICE: "person",
    Form.FLAG: "yes",
    Form.HOLDER: "Anna Petrova",
    Form.DATE: "2023-09-28",
    Form.MEASURE: "left-russia",
    Form.WORDS: "eu, us",
    Form.LINES: "1, 3",
    Form.ID: "new-card",
}


def begun(kind: Kind, *lines: int) -> Sheet:
    source, _ = base().load().sources["count-2023"]
    topic = "" if kind in (Kind.ACTOR, Kind.TERM, Kind.SUMMARY) else "numbers"
    return Sheet.begun(kind, source, topic, lines or (1, 3))


def wrong(sheet: Sheet, field: Field, taken: tuple[str, ...] = ()) -> list[str]:
    sources = {name: source for name, (source, _) in base().load().sources.items()}
    problems: list[Problem] = proof(sheet, field, sources, taken)
    return [problem.code for problem in problems]


def field(sheet: Sheet, name: str, language: str | None = None) -> Field:
    return next(each for each in sheet.fields if each.name == name and each.language == language)


def answer_for(field: Field) -> str:
    if field.name == "bound":
        return "at-least"
    if field.name == "title" and field.language == "en":
        return "Petrova"
    name = ".".join(part for part in field.name.split(".") if not part.isdecimal())
    return f"{TEXTS[field.language]} {name}" if field.language else ANSWERS[field.form]


def written(sheet: Sheet) -> Sheet:
    """All that is asked for, answered in the order in which it is asked."""
    for _ in range(60):
        pending = next((each for each in sheet.fields if each.value == ""), None)
        if pending is None:
            return sheet
        sheet = sheet.answered(pending, answer_for(pending), ACTORS)
        assert wrong(sheet, pending) == [], pending
    raise AssertionError("it asks for ever")


@pytest.mark.parametrize("kind", Kind)
def test_what_is_asked_for_is_all_that_a_card_of_this_kind_needs(kind: Kind) -> None:
    empty = begun(kind)
    assert not empty.whole
    sheet = written(empty)
    assert sheet.whole
    content = base().load()
    changes = entered(sheet, base(), content).changes
    assert check_whole(base().with_files(changes).load()) == []
    before = base().files
    for path, data in changes.items():
        old = before.get(path, b"")
        assert set(old.split(b"\n")) <= set(data.split(b"\n")), "what was there is there still, line by line"


@pytest.mark.parametrize("kind", Kind)
def test_a_sheet_is_kept_and_read_as_it_was(kind: Kind) -> None:
    sheet = written(begun(kind))
    assert Sheet.read(sheet.data()) == sheet


@pytest.mark.parametrize(
    ("sent", "values"),
    [
        ("820 000", {"value": 820000}),
        ("820,000-920,000", {"low": 820000, "high": 920000}),
        ("2/3", {"value": "2/3"}),
        ("45 %", {"value": 45}),
        ("two-thirds", {"value": "2/3"}),
        ("820-920 тысяч", {"low": 820000, "high": 920000}),
        ("nobody counted", {"in_words": {"en": "nobody counted", "ru": ""}}),
        ("никто не считал", {"in_words": {"en": "", "ru": "никто не считал"}}),
        ("-", {"value": ""}),
    ],
)
def test_a_figure_is_a_number_a_range_or_words(sent: str, values: dict[str, object]) -> None:
    sheet = begun(Kind.STATISTIC)
    sheet = sheet.answered(field(sheet, "value"), "820000", {}).answered(field(sheet, "value"), sent, {})
    forms = {"value", "low", "high", "in_words"}
    assert {name: value for name, value in sheet.values.items() if name in forms} == values
    assert wrong(sheet, field(sheet, "value")) == []


def test_about_in_a_figure_is_an_answer_and_asked_no_more() -> None:
    sheet = begun(Kind.STATISTIC).answered(field(begun(Kind.STATISTIC), "value"), "около 820 тысяч", {})
    assert field(sheet, "approximate").value == "true"
    said = sheet.answered(field(sheet, "approximate"), "-", {})
    assert field(said.answered(field(said, "value"), "около 820 тысяч", {}), "approximate").value is None


def test_among_several_figures_none_is_taken() -> None:
    sheet = begun(Kind.STATISTIC).answered(field(begun(Kind.STATISTIC), "value"), "820,000 of them, 2023", {})
    assert wrong(sheet, field(sheet, "value")) == ["several_figures"]


def test_who_says_it_is_an_actor_where_there_is_one_of_the_name_else_a_text_in_both_languages() -> None:
    sheet = begun(Kind.ARGUMENT)
    holder = field(sheet, "attributed_to")
    assert sheet.answered(holder, "Анна  Петрова", ACTORS).values["attributed_to"] == "anna-petrova"
    sheet = sheet.answered(holder, "their committee", ACTORS)
    assert sheet.values["attributed_to"] == {"en": "their committee", "ru": ""}
    assert field(sheet, "attributed_to", "ru").value == ""
    known = sheet.answered(field(sheet, "attributed_to", "en"), "Anna Petrova", ACTORS)
    assert known.values["attributed_to"] == "anna-petrova"


def test_a_list_takes_more_entries_and_gives_them_back() -> None:
    sheet = begun(Kind.DEBATE)
    assert sheet.lists == ("positions",)
    more = sheet.with_entry("positions")
    assert field(more, "positions.2.text", "en").value == ""
    assert not field(more, "positions.0.text", "en").needed
    assert more.answered(field(more, "positions.2.text", "en"), "-", {}).values == sheet.values
    assert field(sheet, "positions.0.text", "en").needed, "a debate has two sides"


def test_a_summary_has_the_id_of_its_source_and_is_asked_for_none() -> None:
    sheet = written(begun(Kind.SUMMARY))
    assert not [each for each in sheet.fields if each.name == "id"]
    kept_with_one = sheet.with_value(("id",), "my-card")
    (data,) = entered(kept_with_one, base(), base().load()).changes.values()
    assert b"id: count-2023" in data
    assert b"my-card" not in data


def test_an_entry_of_a_list_is_known_by_the_same_whatever_comes_or_goes_before_it() -> None:
    sheet = begun(Kind.SUMMARY).with_entry("points").with_entry("points")
    first, second, third = (sheet.known(("points", number, "ru")) for number in range(3))
    assert len({first, second, third}) == 3
    less = sheet.answered(replace(field(sheet, "points.0", "ru"), needed=False), "-", {})
    assert [less.known(("points", number, "ru")) for number in range(2)] == [second, third]
    more = less.with_entry("points")
    assert more.known(("points", 2, "ru")) not in (first, second, third), "what is gone does not come back"
    assert Sheet.read(more.data()) == more


def test_a_sheet_that_was_kept_by_an_earlier_program_is_read() -> None:
    sheet = begun(Kind.SUMMARY)
    kept = orjson.loads(sheet.data())
    old = Sheet.read(orjson.dumps({name: kept[name] for name in kept if name not in ("marks", "made")}))
    assert old == sheet
    assert old.with_entry("points").known(("points", 0, "en")) == "points/0/en"


def test_a_summary_has_seven_points_at_most() -> None:
    sheet = begun(Kind.SUMMARY)
    for _ in range(6):
        assert sheet.lists == ("points",)
        sheet = sheet.with_entry("points")
    assert sheet.lists == ()


def test_a_position_may_cite_another_source() -> None:
    sheet = begun(Kind.DEBATE)
    lines = field(sheet, "positions.0.cites.0.lines")
    sheet = sheet.answered(lines, "smirnov-2023 45-47", {})
    assert sheet.values["positions"][0]["cites"] == [{"source": "smirnov-2023", "lines": "45-47"}]
    assert wrong(sheet, lines) == ["unknown_source"]


def test_a_new_text_of_the_source_moves_its_lines_and_asks_for_those_that_are_gone() -> None:
    sheet = begun(Kind.TERM, 1, 3)
    was = sheet.texts["count-2023"]
    assert sheet.moved("smirnov-2023", {}, was, "new") == sheet
    moved = sheet.moved("count-2023", {1: 3, 3: 4}, was, "new")
    assert (field(moved, "cites.0.lines").value, moved.lines) == ("3-4", "3-4")
    gone = field(sheet.moved("count-2023", {4: 1}, was, "new"), "cites.0.lines")
    assert gone.value == ""


def test_a_card_of_a_topic_that_is_gone_is_refused_and_a_file_that_is_not_there_is_made() -> None:
    without = base().with_files({"content/topics/numbers.yaml": None, "content/glossary.yaml": None})
    with pytest.raises(ProblemsError, match="unknown_topic"):
        entered(written(begun(Kind.ARGUMENT)), without, without.load())
    changes = entered(written(begun(Kind.TERM)), without, without.load()).changes
    assert changes["content/glossary.yaml"].startswith(b"# yaml-language-server")
    changed = without.with_files(changes).load()
    assert [each.card.title.ru for each in changed.cards if each.card.kind == Kind.TERM] == [f"{TEXTS['ru']} title"]


def test_a_new_measure_stands_beside_the_card() -> None:
    sheet = begun(Kind.STATISTIC)
    asked = Field(("measure",), None, Form.MEASURE, "", choices=("left-russia",))
    sheet = sheet.answered(asked, NEW, {})
    assert wrong(sheet, asked) == []
    assert field(sheet, "measure", "en").value == ""
    sheet = written(sheet)
    content = base().load()
    changed = base().with_files(entered(sheet, base(), content).changes).load()
    assert check_whole(changed) == []
    (new,) = changed.measures.keys() - content.measures.keys()
    assert new == "something-said-in-words-measure"


def test_what_was_left_out_and_is_cited_after_all_is_taken_back() -> None:
    sheet = written(begun(Kind.TERM, 3, 4))
    changes = entered(sheet, base(), base().load()).changes
    assert base().load().sources["count-2023"][0].left_out_lines.keys() == {4}
    changed = base().with_files(changes).load()
    assert changed.sources["count-2023"][0].left_out == ()
    assert check_whole(changed) == []


@pytest.mark.parametrize(
    ("kind", "name", "language", "sent", "codes"),
    [
        (Kind.TERM, "text", "en", "There were 77 of them.", ["figure_not_on_line"]),
        (Kind.TERM, "text", "en", "Это по-русски.", ["other_language"]),
        (Kind.TERM, "text", "ru", "This is not in the language asked", ["other_language"]),
        (Kind.TERM, "text", "en", "Bold <b>words</b>", ["markup"]),
        (Kind.TERM, "text", "en", "Salt&pepper", ["markup"]),
        (Kind.TERM, "text", "en", " ", ["empty_text"]),
        (Kind.TERM, "title", "en", "x" * 121, ["title_too_long"]),
        (Kind.TERM, "text", "en", "word " * 601, ["card_too_long"]),
        (Kind.EVENT, "when", None, "2024-05", ["date_not_on_line"]),
        (Kind.EVENT, "when", None, "next May", ["date_form"]),
        (Kind.STATISTIC, "value", None, "77", ["figure_not_on_line"]),
        (Kind.STATISTIC, "value", None, "9" * 30, ["wrong_form"]),
        (Kind.STATISTIC, "measure", None, "no-such", ["not_one_of"]),
        (Kind.ACTOR, "title", "en", "Ivan Ivanov", ["name_not_on_line"]),
        (Kind.ACTOR, "type", None, "dragon", ["not_one_of"]),
        (Kind.RECOMMENDATION, "audience", None, "eu, mars", ["not_one_of"]),
        (Kind.TERM, "cites.0.lines", None, "from 3 on", ["lines_form"]),
        (Kind.TERM, "cites.0.lines", None, "2, 99", ["no_such_line"]),
        (Kind.TERM, "id", None, "New Card", ["wrong_form"]),
        (Kind.TERM, "id", None, "exile", ["id_taken"]),
        (Kind.TERM, "text", "en", "Two-thirds of them, by The Bell.", []),
        (Kind.ARGUMENT, "attributed_to", None, "The Wall Street Journal", []),
    ],
)
def test_each_answer_is_checked_at_once(
    kind: Kind, name: str, language: str | None, sent: str, codes: list[str]
) -> None:
    sheet = begun(kind)
    asked = field(sheet, name, language)
    if asked.form is Form.MEASURE:
        asked = Field(asked.path, None, Form.MEASURE, "", choices=("left-russia",))
    assert wrong(sheet.answered(asked, sent, ACTORS), asked, ("exile",)) == codes


def test_the_second_language_is_held_against_the_first() -> None:
    sheet = begun(Kind.TERM)
    sheet = sheet.answered(field(sheet, "text", "en"), "Two-thirds were under 45.", {})
    russian = field(sheet, "text", "ru")
    assert wrong(sheet.answered(russian, "Две трети были молоды.", {}), russian) == ["figures_differ"]
    assert wrong(sheet.answered(russian, "Две трети были моложе 45 лет.", {}), russian) == []


def test_a_position_stands_on_its_own_lines() -> None:
    sheet = begun(Kind.DEBATE, 1, 3)
    sheet = sheet.answered(field(sheet, "positions.0.cites.0.lines"), "3", {})
    text = field(sheet, "positions.0.text", "en")
    assert wrong(sheet.answered(text, "Under 45, two-thirds of them.", {}), text) == []
    assert wrong(sheet.answered(text, "From 820,000 on.", {}), text) == ["figure_not_on_line"]


def test_an_id_is_made_of_the_title_and_is_like_no_other() -> None:
    assert free_id("About 1,200 in one street", set()) == "about-1200-in-one-street"
    assert free_id("Exile", {"exile", "exile-2"}) == "exile-3"
    long = free_id("A title of many words that goes on and on until it is too long", set())
    assert long == "a-title-of-many-words-that-goes-on-and-on-until"
    assert len(free_id("word " * 30, {"-".join(["word"] * 9)})) <= 48


def test_lines_follow_a_new_text_only_from_the_one_in_which_they_were_chosen() -> None:
    source, _ = base().load().sources["count-2023"]
    sheet = begun(Kind.TERM, 1, 3)
    moved = sheet.moved("count-2023", {1: 3, 3: 5}, source.sha256, "new")
    assert moved.lines == "3, 5"
    assert moved.texts == {"count-2023": "new"}
    again = moved.moved("count-2023", {1: 3, 3: 5}, source.sha256, "new")
    assert again == moved, "the same update came twice"
    assert moved.outdated({"count-2023": source}) == ("count-2023",), "the new text was discarded"
    assert moved.without_lines(["count-2023"]).values["cites"] == [{"source": "count-2023", "lines": ""}]
    assert sheet.outdated({"count-2023": source}) == ()
