"""One field changes, all else stays byte for byte: in every shipped file, for every kind of field."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.catalog.bundle import Bundle
from bot.catalog.loading import Content, read_folder
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import FORBIDDEN, Path, read_document
from bot.editing.fields import Field, Form, change_field, fields_of, parse
from bot.editing.rewriting import rewrite
from bot.settings import ROOT

FILES = read_folder(ROOT / "content")
SEEDS = read_folder(ROOT / "seeds")
BUNDLE = Bundle({f"content/{name}": data for name, data in FILES.items()}).with_files(
    {f"seeds/{name}": data for name, data in SEEDS.items()}
)
CONTENT = BUNDLE.load()


def kinds_of_fields(content: Content, name: str) -> dict[str, tuple[str, Field]]:
    """One card and field for each kind of field in a file: the last card that has it, the last place in its lists."""
    found: dict[str, tuple[str, Field]] = {}
    for entry in content.cards:
        if entry.document.file == f"content/{name}":
            for field in fields_of(entry.card):
                shape = ".".join("n" if isinstance(part, int) else part for part in field.path)
                if field.value is not None or not field.needed:
                    found[f"{entry.path[0]}.{shape}" if field.value else f"no {shape}"] = (entry.card.id, field)
    return found


def new_value(field: Field) -> Any:
    """Another value that the form of the field takes."""
    return {
        Form.TEXT: "A new text: with “quotes”, a # and 5 percent.",
        Form.NUMBER: "123456",
        Form.DATE: "2024-05",
        Form.WORDS: "one, two words",
        Form.CHOICE: next((each for each in field.choices if each != field.value), ""),
        Form.FLAG: "no" if field.value else "yes",
        Form.LINES: "2, 4-7",
        Form.ID: "another-id",
    }[field.form]


def changed_lines(old: bytes, new: bytes) -> tuple[list[int], list[str]]:
    """Numbers of the old lines that went, from 1, and the lines that came."""
    before, after = old.decode().split("\n"), new.decode().split("\n")
    first = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    most = min(len(before), len(after)) - first
    last = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return list(range(first + 1, len(before) - last + 1)), after[first : len(after) - last]


def lines_of(node: Any, path: Path) -> range:
    """The lines that a value spans below a node of the parser, from 1."""
    start = None
    for part in path:
        pairs = node.value
        if isinstance(part, int):
            node, start = pairs[part], pairs[part].start_mark.line
        else:
            key, node = next(pair for pair in pairs if pair[0].value == part)
            start = key.start_mark.line
    assert start is not None
    end = node.end_mark.line + (node.end_mark.column > 0)
    return range(start + 1, max(end, start + 1) + 1)


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if name != "synonyms.yaml"])
def test_a_changed_field_changes_only_its_own_lines(name: str) -> None:
    kinds = kinds_of_fields(CONTENT, name)
    assert len(kinds) >= 12
    before = read_document(FILES[name], "")[0]
    root = yaml.compose(FILES[name].decode(), Loader=yaml.CSafeLoader)
    for kind, (card_id, field) in kinds.items():
        entry = next(entry for entry in CONTENT.cards if entry.card.id == card_id)
        value = parse(field, new_value(field))
        written_name, written = change_field(CONTENT, BUNDLE.files, card_id, field.path, value)
        assert written_name == f"content/{name}"
        path = (*entry.path, *field.path)
        after = read_document(written, "")[0]
        assert at(after.value, path) == value, kind
        assert_rest_equal(before.value, after.value, path)
        gone, came = changed_lines(FILES[name], written)
        assert came, kind
        if path in before.values:
            assert set(gone) <= set(lines_of(root, path)), kind
        else:
            assert len(gone) <= 1, kind


def single_values(data: bytes) -> dict[str, Path]:
    """One path for each kind of single value in a file that is no list of lines: the last that has it."""
    found: dict[str, Path] = {}
    document = read_document(data, "")[0]
    for path in document.values:
        if path[:1] != ("lines",) and path and not isinstance(at(document.value, path), dict | list):
            found[".".join("n" if isinstance(part, int) else part for part in path)] = path
    return found


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_changed_value_of_a_source_changes_only_its_own_lines(name: str) -> None:
    kinds = single_values(SEEDS[name])
    assert {"file", "sha256", "title.en", "left_out.n.lines"} <= kinds.keys()
    before = read_document(SEEDS[name], "")[0]
    root = yaml.compose(SEEDS[name].decode(), Loader=yaml.CSafeLoader)
    for kind, path in kinds.items():
        for value in ("A new text: with “quotes”, a # and 5 percent.", "4-7"):
            written = rewrite(SEEDS[name], path, value)
            after = read_document(written, "")[0]
            assert at(after.value, path) == value, kind
            assert_rest_equal(before.value, after.value, path)
            gone, came = changed_lines(SEEDS[name], written)
            assert came, kind
            assert set(gone) <= set(lines_of(root, path)), kind


def test_a_field_of_the_synonyms_changes_only_its_line() -> None:
    data = FILES["synonyms.yaml"]
    written = rewrite(data, ("groups", 3, 0), "another: word")
    gone, came = changed_lines(data, written)
    assert len(gone) == len(came) == 1
    assert at(read_document(written, "")[0].value, ("groups", 3, 0)) == "another: word"


def at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def assert_rest_equal(before: Any, after: Any, path: Any) -> None:
    """Both say the same but at the path."""
    for part in path:
        if not isinstance(before, dict | list) or (isinstance(before, dict) and part not in before):
            return
        if isinstance(before, dict):
            assert {k: v for k, v in before.items() if k != part} == {k: v for k, v in after.items() if k != part}
            assert [k for k in before if k != part] == [k for k in after if k != part]
        else:
            assert [v for n, v in enumerate(before) if n != part] == [v for n, v in enumerate(after) if n != part]
        if part == path[-1]:
            return
        before, after = before[part], after[part]


STYLES = """\
# A comment at the top
plain: some words  # why
single: 'it''s so'   # a comment
double: "a \\"b\\" \\u00e9"
folded: >-   # header comment
  One line of it
  and another.


  A second paragraph.

  # not a comment

literal: |
  as
    it stands
several: a plain text
  on two lines
quoted: "on
  two lines"
number: 5   # how many
flag: true
empty:
flow: {en: people, ru: "человек, ж.",   list: [a, b]}  # flow
list:
  - first   # one
  - "second"
nested:
  - id: x
    text: {en: a, ru: б}
  # between
  - id: y
    text:
      en: >-
        Deep
      ru: глубоко
    last: 1
# the end
"""
PATHS: list[Path] = [
    ("plain",),
    ("single",),
    ("double",),
    ("folded",),
    ("literal",),
    ("several",),
    ("quoted",),
    ("number",),
    ("flag",),
    ("empty",),
    ("flow", "en"),
    ("flow", "ru"),
    ("flow", "list", 1),
    ("list", 0),
    ("list", 1),
    ("nested", 0, "text", "ru"),
    ("nested", 0, "id"),
    ("nested", 1, "text", "en"),
    ("nested", 1, "text", "ru"),
    ("nested", 1, "last"),
    ("nested", 1, "new"),
    ("new",),
]
HARD = [
    "a: b",
    'say "so"',
    "it's",
    "#tag",
    "a #b",
    "- dash",
    "-",
    "? x",
    "[a, b]",
    "{a: b}",
    "a, b",
    "*x",
    "&x",
    "!x",
    "%x",
    "@x",
    "`x",
    "|",
    ">",
    "true",
    "null",
    "~",
    "12",
    "012",
    "2024-01-01",
    "ends with blanks  ",
    "  begins with blanks",
    "a\nb",
    "a\n\nb",
    "a\n\n\nb\nc",
    "a \n b",
    "\nbegins",
    "ends\n",
    "ends\n\n",
    "back\\slash\\n",
    "tab\there",
    "x" * 500,
    "word " * 100 + "end",
    "two  blanks and\u00a0one that holds",
    "🔔 звон: «да» — 5 %",
    "---",
    "...",
    "--- a",
    ": a",
    "a:",
    "'",
    '"',
    "\\",
    "http://x.org/#y",
]


@pytest.mark.parametrize("value", HARD)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_any_text_goes_into_any_place_and_comes_back_exactly(value: str, ends: str) -> None:
    data = STYLES.replace("\n", ends).encode()
    before = read_document(data, "")[0].value
    for path in PATHS:
        written = rewrite(data, path, value)
        after = read_document(written, "")[0].value
        wanted = 12 if value == "12" and path in (("number",), ("nested", 1, "last")) else value
        assert at(after, path) == wanted, path
        assert_rest_equal(before, after, path)
        assert written.count(b"#") - value.count("#") in (data.count(b"#"), data.count(b"#") - (path == ("folded",)))
        assert b"\n" not in written.replace(b"\r\n", b"") or ends == "\n"


@given(st.text().filter(lambda text: not FORBIDDEN.search(text) and "\r" not in text), st.sampled_from(PATHS))
@example("", ("plain",))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_a_file(value: str, path: Path) -> None:
    written = rewrite(STYLES.encode(), path, value)
    after = read_document(written, "")[0].value
    assert str(at(after, path)) == value
    assert_rest_equal(read_document(STYLES.encode(), "")[0].value, after, path)


def test_what_stands_before_and_behind_a_change_in_a_long_text_keeps_its_lines() -> None:
    old = read_document(STYLES.encode(), "")[0].value["folded"]
    written = rewrite(STYLES.encode(), ("folded",), old.replace("second", "third"))
    assert changed_lines(STYLES.encode(), written) == ([10], ["  A third paragraph."])


def test_the_end_of_a_file_need_not_be_a_line_end() -> None:
    assert rewrite(b"a: 1\nb: x", ("b",), "y") == b"a: 1\nb: y"
    assert rewrite(b"a: 1\nb: >-\n  x", ("b",), "y") == b"a: 1\nb: >-\n  y"
    assert rewrite(b"a: 1\nb: x", ("c",), "z") == b"a: 1\nb: x\nc: z"


def test_a_byte_order_mark_stays() -> None:
    assert rewrite("\ufeffa: x\n".encode(), ("a",), "y") == "\ufeffa: y\n".encode()


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("number",), None, None),
        (("nested", 1, "last"), None, None),
        (("list",), ["x", "y: z"], '  - "y: z"'),
        (("list",), ["second", "new", "b: c"], '  - "second"'),
        (("list",), ["second"], '  - "second"'),
        (("flow", "list"), ["x", "y, z"], 'flow: {en: people, ru: "человек, ж.",   list: [x, "y, z"]}  # flow'),
        (
            ("flow",),
            {"en": "men", "ru": "люди", "list": ["a", "b"]},
            'flow: {en: men, ru: "люди",   list: [a, b]}  # flow',
        ),
        (("flow",), {"en": "men"}, "flow: {en: men}  # flow"),
        (("nested", 0, "text"), {"en": "c", "ru": "д"}, "    text: {en: c, ru: д}"),
        (("nested", 1, "text"), "anna-petrova", "    text: anna-petrova"),
        (("plain",), {"en": "a, b", "ru": "в"}, 'plain: {en: "a, b", ru: в}  # why'),
        (("new", "en"), ["a", "b"], "new: {en: [a, b]}"),
        (("flag",), False, "flag: false"),
        (("number",), True, "number: true   # how many"),
    ],
)
def test_lists_pairs_and_flags_change_too_and_an_optional_field_goes(path: Path, value: Any, line: str | None) -> None:
    written = rewrite(STYLES.encode(), path, value)
    before, after = (read_document(each, "")[0].value for each in (STYLES.encode(), written))
    assert_rest_equal(before, after, path)
    if value is None:
        assert path[-1] not in at(after, path[:-1])
    else:
        assert at(after, path) == value
        assert line in written.decode().split("\n")
    assert STYLES.count("# ") - written.count(b"# ") == (
        (value is None and path == ("number",)) or (path == ("list",) and len(value) != 2)
    )


@pytest.mark.parametrize("path", [("nested", 7, "id"), ("plain", "deeper"), ("list", 9), ()])
def test_a_place_that_does_not_exist_is_refused(path: Path) -> None:
    with pytest.raises(ProblemsError) as refused:
        rewrite(STYLES.encode(), path, "x", "content/a.yaml")
    (problem,) = refused.value.problems
    assert problem.code == "cannot_rewrite"
    assert problem.place.file == "content/a.yaml"


def test_a_file_that_cannot_be_read_says_its_problems() -> None:
    with pytest.raises(ProblemsError) as refused:
        rewrite(b"a: 1\na: 2\n", ("a",), "x", "content/a.yaml")
    assert [str(problem.place) for problem in refused.value.problems] == ["content/a.yaml:2:1"]


def test_a_character_that_yaml_forbids_is_refused() -> None:
    with pytest.raises(ProblemsError, match="yaml_character"):
        rewrite(STYLES.encode(), ("plain",), "a\x07b")
