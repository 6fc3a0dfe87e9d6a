from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.files import TopicFile
from bot.catalog.problems import Place
from bot.catalog.reading import MAX_DEPTH, read_document, validate
from tests.catalog.house import TOPIC


def problems_of(data: str | bytes) -> list[tuple[str, int, int]]:
    found = read_document(data if isinstance(data, bytes) else data.encode(), "f.yaml")[1]
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


def topic_problems(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Code, what stands at the place, words: for each error of a topic file."""
    document, problems = read_document(text.encode(), "f.yaml")
    assert problems == []
    lines = text.split("\n")
    _, problems = validate(document, TopicFile)
    return [
        (each.code, lines[each.place.line - 1][each.place.column - 1 :], dict(each.words)) for each in sorted(problems)
    ]


def changed(old: str, new: str, text: str = TOPIC) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_every_key_and_value_knows_its_place() -> None:
    document, problems = read_document(b"a: 1\nlist:\n  - {b: x, c: [y, z]}\n", "f.yaml")
    assert problems == []
    assert document.value == {"a": 1, "list": [{"b": "x", "c": ["y", "z"]}]}
    assert document.place(("list", 0, "c", 1)) == Place("f.yaml", 3, 19)
    assert document.place(("list", 0, "c"), key=True) == Place("f.yaml", 3, 12)


def test_what_is_missing_is_placed_at_the_nearest_parent() -> None:
    document, _ = read_document(b"a:\n  b: 1\n", "f.yaml")
    assert document.place(("a", "x", "y")) == Place("f.yaml", 2, 3)
    assert read_document(b"", "f.yaml")[0].place(("a",)) == Place("f.yaml", 1, 1)


def test_columns_count_characters_and_not_bytes() -> None:
    document, _ = read_document("{ключ: 🔢, два: три}".encode(), "f.yaml")
    assert document.place(("два",)) == Place("f.yaml", 1, 16)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-03-09", "2024-03-09"),
        ("yes", "yes"),
        ("on", "on"),
        ("0x10", "0x10"),
        ("010", "010"),
        ("1e5", "1e5"),
        ("1.50", "1.50"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("820000", 820000),
        ("0", 0),
        ("999999999999999999", 999999999999999999),
        ("9" * 19, "9" * 19),
        ("9" * 100_000, "9" * 100_000),
        ('"5"', "5"),
        ("'true'", "true"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_only_plain_numbers_and_a_few_words_are_more_than_text(written: str, value: object) -> None:
    assert read_document(f"a: {written}".encode(), "f.yaml")[0].value == {"a": value}


def test_a_byte_order_mark_is_passed_over() -> None:
    document, problems = read_document("\ufeffa: 1".encode(), "f.yaml")
    assert (document.value, problems) == ({"a": 1}, [])
    assert document.place(("a",), key=True) == Place("f.yaml", 1, 1)


def test_all_line_ends_of_editors_count_as_one() -> None:
    assert read_document(b"a: 1\r\nb: 2\r\n", "f.yaml")[0].place(("b",)) == Place("f.yaml", 2, 4)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty_file", 1, 1),
        (b"# nothing but this\n\n", "empty_file", 1, 1),
        ("\ufeff".encode(), "empty_file", 1, 1),
        (b"a: 1\n\tb: 2", "yaml_syntax", 2, 1),
        (b"a:\n\tb: 2", "yaml_syntax", 2, 1),
        (b"a: [1, 2\nb: 3", "yaml_syntax", 1, 4),
        (b'a: "open', "yaml_syntax", 1, 4),
        (b"a: 1\n---\nb: 2", "yaml_syntax", 2, 1),
        (b'a: "\\ud800"', "yaml_syntax", 1, 7),
        (b"a: b: c", "yaml_syntax", 1, 5),
        (b"a: x\0y", "yaml_character", 1, 5),
        (b'b: 1\na: "x\\0y"', "yaml_character", 2, 4),
        (b"a: !!python/object:os.system echo", "yaml_tag", 1, 4),
        (b"a: !!map {b: 1}", "yaml_tag", 1, 4),
        ("a: ж\nб: \x07".encode(), "yaml_character", 2, 4),
        ("a: x\u2028y".encode(), "yaml_character", 1, 5),
        ("a: x\u0085y".encode(), "yaml_character", 1, 5),
        (b"a: \xff", "not_utf8", 1, 4),
        ("ж: 1\nжж: ".encode() + b"\xd0", "not_utf8", 2, 5),
        ("\ufeffж: 1\nжж: ".encode() + b"\xd0:", "not_utf8", 2, 5),
        ("a: 1".encode("utf-16"), "not_utf8", 1, 1),
        (b"a: 1\na: 2", "repeated_key", 2, 1),
        (b"a: {b: 1, c: 2, b: 3}", "repeated_key", 1, 17),
        (b"? [a, b]\n: c", "key_not_text", 1, 3),
        (b"true: 1", "key_not_text", 1, 1),
        (b"~: 1", "key_not_text", 1, 1),
        (b"{{a: 1}: 2}", "key_not_text", 1, 2),
        (b"a: 1\nb: &x text", "yaml_alias", 2, 4),
        (b"a: &x [1]\nb: 2", "yaml_alias", 1, 4),
    ],
)
def test_a_file_that_cannot_be_read_says_where(data: bytes, code: str, line: int, column: int) -> None:
    assert problems_of(data) == [(code, line, column)]


def test_all_that_the_parser_can_pass_is_reported_at_once() -> None:
    text = "a: 1\na: {a: 2, a: 3}\ntrue: [x, {y: 1}]\nb: &b 1\nc: *b\nd: [e\n"
    assert problems_of(text) == [
        ("repeated_key", 2, 1),
        ("key_not_text", 3, 1),
        ("yaml_alias", 4, 4),
        ("yaml_alias", 5, 4),
        ("yaml_syntax", 6, 4),
    ]


def test_reading_goes_on_behind_what_was_passed_over() -> None:
    document, _ = read_document(b"true: [x, {y: [1]}]\na: 1\n? {b: 2}\n: c\nd: 4\n", "f.yaml")
    assert document.value == {"a": 1, "d": 4}


def test_a_value_that_names_itself_ends() -> None:
    assert [code for code, *_ in problems_of(b"&a [*a]")] == ["yaml_alias", "yaml_alias"]


def test_aliases_upon_aliases_cost_nothing() -> None:
    levels = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}, *l{n - 1}]\n" for n in range(1, 60))
    begin = time.process_time()
    assert {code for code, *_ in problems_of(f"l0: &l0 [x]\n{levels}")} == {"yaml_alias", "too_many_problems"}
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "{? ", "[{a: "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 5, 100_000])
def test_deep_nesting_is_an_error_and_no_crash(unit: str, depth: int) -> None:
    begin = time.process_time()
    assert "too_deep" in {code for code, *_ in problems_of(unit * depth)}
    assert time.process_time() - begin < 5


def test_deep_nesting_is_placed_where_it_begins_to_be_too_deep() -> None:
    assert problems_of("[" * 50 + "]" * 50) == [("too_deep", 1, MAX_DEPTH + 2)]
    assert problems_of("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == []


@given(st.binary() | st.text(alphabet="ab:-[]{}&*!?|>'\"#%@`, \n\t\ufeffж🔢\0", max_size=60).map(str.encode))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    document, problems = read_document(data, "f.yaml")
    lines = data.count(b"\n") + data.count(b"\r") + 2
    assert all(1 <= problem.place.line <= lines and problem.place.column >= 1 for problem in problems)
    if not problems:
        validate(document, TopicFile)


def test_a_good_file_becomes_the_model() -> None:
    document, _ = read_document(TOPIC.encode(), "f.yaml")
    topic, problems = validate(document, TopicFile)
    assert problems == []
    assert topic is not None
    assert topic.statistics[0].low == "820000"


@pytest.mark.parametrize("text", ["- a", "just words", "5", "null"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    document, _ = read_document(text.encode(), "f.yaml")
    assert [problem.code for problem in validate(document, TopicFile)[1]] == ["not_a_mapping"]


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "words"),
    [
        ("order: 10", "", "missing_key", 'icon: "🔢"', {"key": "order"}),
        ("order: 10", "order: ten", "wrong_type", "ten", {"key": "order", "wanted": "number"}),
        ("order: 10", "order: 10\nordre: 1", "unknown_key", "ordre: 1", {"key": "ordre", "near": "order"}),
        ("order: 10", "order: 10\nzzz: 1", "unknown_key", "zzz: 1", {"key": "zzz", "near": "none"}),
        ("population:", "populaton:", "unknown_key", "populaton: {en", {"near": "population"}),
        ("    measure: left-russia\n", "", "missing_key", "id: left-by-autumn", {"key": "measure"}),
        ("title: {en: How many left, ", "title: {", "missing_key", "{ru: Сколько", {"key": "en"}),
        ("{en: How many left, ru", "{eng: How many left, ru", "unknown_key", "eng: How", {"key": "eng", "near": "en"}),
        ("{en: people, ru: человек}", "people", "wrong_type", "people", {"key": "unit", "wanted": "mapping"}),
        ("{en: people, ru: человек}", "{en: people, ru: [a]}", "wrong_type", "[a]}", {"key": "ru", "wanted": "text"}),
        ("{en: people, ru: человек}", '{en: people, ru: " "}', "empty_text", '" "}', {"key": "ru"}),
        ("{en: people, ru: человек}", "{en: 5, ru: 5}", "wrong_type", "5, ru", {"key": "en", "wanted": "text"}),
        ("low: 820000", "low: 820,000", "wrong_form", "820,000", {"key": "low", "form": "number"}),
        ("low: 820000", "low: [1]", "wrong_type", "[1]", {"key": "low", "wanted": "text"}),
        ("    low: 820000\n", "", "value_or_range", "id: left-by-autumn", {}),
        ("as_of: 2023-09-28", "as_of: 2023-09-31", "date_form", "2023-09-31", {}),
        ("as_of: 2023-09-28", "as_of: {date: 2023-9}", "date_form", "2023-9}", {}),
        ("as_of: 2023-09-28", "as_of: {date: 2023, inferred: {en: x}}", "missing_key", "{en: x}}", {"key": "ru"}),
        ('lines: "1, 3"', "lines: 1-", "lines_form", "1-}]", {"key": "lines"}),
        ('lines: "1, 3"', 'lines: "9-3"', "lines_form", '"9-3"}]', {}),
        ("attributed_to: anna-petrova", "attributed_to: Anna", "wrong_form", "Anna", {"form": "id"}),
        ("attributed_to: anna-petrova", "attributed_to: {en: she}", "missing_key", "{en: she}", {"key": "ru"}),
        ("attributed_to: anna-petrova", "attributed_to: 5", "wrong_type", "5", {"wanted": "mapping"}),
        ("attributed_to: anna-petrova", "attributed_to: {en: a, ru: б, de: c}", "unknown_key", "de: c}", {"key": "de"}),
        ("id: left-by-autumn", "id: " + "x" * 49, "text_too_long", "xxx", {"key": "id", "limit": "48"}),
        ("    unit:", "    draft: perhaps\n    unit:", "wrong_type", "perhaps", {"wanted": "boolean"}),
        ("    unit:", "    bound: abut\n    unit:", "not_one_of", "abut", {"key": "bound"}),
        ("    unit:", "    tags: {en: word}\n    unit:", "wrong_type", "word}", {"key": "en", "wanted": "list"}),
        ('    cites: [{source: count-2023, lines: "1, 3"}]', "    cites: []", "list_too_short", "[]", {"limit": "1"}),
        ('[{source: count-2023, lines: "1, 3"}]', "count-2023", "wrong_type", "count-2023", {"wanted": "list"}),
        ('lines: "1, 3"', 'line: "1, 3"', "missing_key", "{source: count-2023, line", {"key": "lines"}),
        ("statistics:\n", "events: 5\nstatistics:\n", "wrong_type", "5", {"key": "events", "wanted": "list"}),
        ("order: 10", "order: 10000", "number_too_large", "10000", {"key": "order", "limit": "9999"}),
        ("order: 10", 'order: "10"', "wrong_type", '"10"', {"key": "order", "wanted": "number"}),
        ("    unit:", "    draft: yes\n    unit:", "wrong_type", "yes", {"wanted": "boolean"}),
        ("order: 10", "order: -5", "wrong_type", "-5", {"key": "order", "wanted": "number"}),
    ],
)
def test_an_error_stands_at_its_place_with_the_words_for_it(
    old: str, new: str, code: str, at: str, words: dict[str, str]
) -> None:
    found = topic_problems(changed(old, new))
    matching = [entry for entry in found if entry[0] == code and entry[1].startswith(at)]
    assert matching, found
    assert words.items() <= matching[0][2].items()


def test_a_wrong_choice_lists_the_right_ones() -> None:
    found = topic_problems(changed("    unit:", "    bound: abut\n    unit:"))
    assert found[0][2]["expected"] == "at-least, more-than, at-most, less-than, nearly"


def test_a_list_that_is_too_long_says_how_long_it_may_be() -> None:
    point = "    - {en: Anna Petrova keeps count., ru: Счет ведет Анна Петрова.}\n"
    ((code, _, words),) = topic_problems(changed(point, point * 8))
    assert (code, words["limit"]) == ("list_too_long", "7")


def test_errors_in_a_list_in_a_list_name_the_innermost_place() -> None:
    debate = """\
debates:
  - id: who-counts
    title: {en: a, ru: б}
    question: {en: a, ru: б}
    positions:
      - holder: anna-petrova
        text: {en: a, ru: б}
        cites: [{source: count-2023, lines: "1"}]
      - holder: anna-petrova
        text: {en: a}
        cites: [{source: count-2023, lines: x}]
"""
    assert [(code, at) for code, at, _ in topic_problems(TOPIC + debate)] == [
        ("missing_key", "{en: a}"),
        ("lines_form", "x}]"),
    ]


def test_all_errors_of_a_file_come_at_once_and_in_order() -> None:
    text = changed("order: 10", "order: ten")
    text = changed("low: 820000", "low: many", text)
    text = changed("as_of: 2023-09-28", "as_of: yesterday", text)
    assert [code for code, *_ in topic_problems(text)] == ["wrong_type", "wrong_form", "date_form"]
