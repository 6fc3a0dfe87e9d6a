"""Skeletons of cards: YAML that reads, citations filled in, and nothing wrong but what is to be filled in."""

from __future__ import annotations

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.cards import Kind
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import read_document
from bot.editing.rewriting import append
from bot.editing.skeletons import skeleton
from bot.editing.whole import check_whole
from tests.editing.broken_cases import base

TO_FILL_IN = {"empty_text", "wrong_form", "date_form", "not_one_of", "list_too_short", "languages_equal"}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.SUMMARY])
@pytest.mark.parametrize("topic", ["numbers", "returns"])
def test_the_check_says_what_to_fill_in_and_nothing_else(kind: Kind, topic: str) -> None:
    made = skeleton(base(), "count-2023", topic, kind, (1, 3))
    bundle = base().with_files({made.path: made.data})
    old = base().files.get(made.path, b"")
    assert made.data.startswith(old)
    problems = check_whole(bundle.load())
    assert problems
    assert {problem.place.file for problem in problems} == {made.path}
    assert {problem.code for problem in problems} <= TO_FILL_IN
    assert b'{source: count-2023, lines: "1, 3"}' in made.data[len(old) :]
    assert b"draft: true" in made.data[len(old) :]


def test_every_field_that_a_kind_needs_is_there() -> None:
    """Nothing is called missing, so nobody has to look up names of fields."""
    for kind in Kind:
        topic = "returns" if kind is Kind.SUMMARY else "numbers"
        made = skeleton(base(), "count-2023", topic, kind)
        codes = {problem.code for problem in base().with_files({made.path: made.data}).load().problems}
        assert not codes & {"missing_key", "unknown_key", "value_or_range"}


def test_the_figures_of_the_lines_stand_beside_the_card() -> None:
    made = skeleton(base(), "count-2023", "numbers", lines=(1,))
    assert "    # figures on line 1: 28, 2023, 820000, 920000\n" in made.data.decode()
    assert b"measure:" in made.data[len(base().files[made.path]) :]


def test_without_lines_it_cites_what_nothing_accounts_for() -> None:
    card = base().files["seeds/count-2023.yaml"]
    head, _, rest = card.partition(b"left_out:")
    open_line = base().with_files(
        {"seeds/count-2023.yaml": head + b"left_out: []\nlines:" + rest.partition(b"lines:")[2]}
    )
    assert b"left_out: []" in open_line.files["seeds/count-2023.yaml"]
    assert skeleton(base(), "count-2023", "numbers").lines == (1, 3)


def test_a_line_without_figures_makes_an_argument() -> None:
    text = base().files["seeds/count-2023.yaml"].replace(b', figures: ["45", "2/3"]', b"")
    bundle = base().with_files({"seeds/count-2023.yaml": text})
    assert b"claim:" in skeleton(bundle, "count-2023", "numbers", lines=(4,)).data


def test_a_new_topic_has_its_summary_and_the_card() -> None:
    made = skeleton(base(), "count-2023", "returns", Kind.EVENT)
    value = read_document(made.data, made.path)[0].value
    assert made.path == "content/topics/returns.yaml"
    assert (value["summary"]["id"], len(value["events"])) == ("returns", 1)
    assert made.data.startswith(b"# yaml-language-server: $schema=../.schema/topic.json\n")


def test_a_source_without_a_topic_gets_its_own_summary() -> None:
    made = skeleton(base(), "count-2023", kind=Kind.SUMMARY)
    assert made.path == "content/sources/count-2023.yaml"
    assert read_document(made.data, made.path)[0].value["summary"]["id"] == "count-2023"
    with pytest.raises(ProblemsError):
        skeleton(base().with_files({made.path: made.data}), "count-2023", kind=Kind.SUMMARY)


def test_blank_lines_of_a_range_fall_out_and_lines_beyond_the_end_are_refused() -> None:
    assert skeleton(base(), "count-2023", "numbers", lines=(1, 2, 3)).lines == (1, 3)
    with pytest.raises(ProblemsError, match="no_such_line"):
        skeleton(base(), "count-2023", "numbers", lines=(1, 99))


@pytest.mark.parametrize(("source", "topic"), [("count-2024", "numbers"), ("count-2023", "../x"), ("count-2023", "")])
def test_an_unknown_source_or_no_topic_is_refused(source: str, topic: str) -> None:
    with pytest.raises(ProblemsError):
        skeleton(base(), source, topic, Kind.EVENT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nlist:\n  - id: x\n    b: 2\n"),
        ("a: 1", "a: 1\nlist:\n  - id: x\n    b: 2"),
        ("list: []\na: 1\n", "list:\n  - id: x\n    b: 2\na: 1\n"),
        ("list:\na: 1\n", "list:\n  - id: x\n    b: 2\na: 1\n"),
        ("list:\n- id: y # z\n# end\n", "list:\n- id: y # z\n- id: x\n  b: 2\n# end\n"),
        (
            "list:\n    - id: >-\n        y\n\n# next\na: 1\n",
            "list:\n    - id: >-\n        y\n    - id: x\n      b: 2\n\n# next\na: 1\n",
        ),
    ],
)
def test_an_entry_is_put_behind_the_last_one(before: str, after: str) -> None:
    assert append(before.encode(), "list", ["id: x", "b: 2"]).decode() == after


@pytest.mark.parametrize("data", [b"list: [{id: y}]\n", b"list: text\n", b"- a\n"])
def test_what_is_no_list_in_a_block_is_refused(data: bytes) -> None:
    with pytest.raises(ProblemsError, match="cannot_rewrite"):
        append(data, "list", ["id: x"])


def test_the_base_is_left_as_it_was() -> None:
    bundle: Bundle = base()
    skeleton(bundle, "count-2023", "numbers")
    assert bundle == base()
