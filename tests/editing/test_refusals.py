from __future__ import annotations

import pytest

from bot.catalog.problems import Place, Problem
from bot.editing.archives import MAX_FILES
from bot.editing.refusals import refusals

YML = Problem(Place("visas.yml"), "upload_yml")
WORD = Problem(Place("notes.docx"), "upload_extension")
PACKED = Problem(Place("content.zip/topics/asylum.yml"), "upload_yml")
KEPT = (YML, WORD, PACKED)


def test_what_was_refused_stays_until_it_is_sent_again() -> None:
    again = Problem(Place("notes.docx"), "upload_too_large")
    assert refusals(KEPT, [], ["numbers.yaml"], told=True) == KEPT
    assert refusals(KEPT, [again], ["notes.docx"], told=False) == (YML, PACKED, again)
    assert refusals(KEPT, [], ["content.zip"], told=False) == (YML, WORD)
    assert refusals(KEPT, [WORD], ["C:\\texts\\notes.docx"], told=True) == (YML, PACKED, WORD)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("visas.yaml", (WORD, PACKED)),
        ("Visas (1).yaml", (WORD, PACKED)),
        ("notes.txt", (YML, PACKED)),
        ("asylum.yaml", (YML, WORD)),
        ("content (2).zip", (YML, WORD)),
        ("numbers.yaml", KEPT),
    ],
)
def test_whoever_was_told_of_it_sends_the_same_file_as_another_kind(name: str, left: tuple[Problem, ...]) -> None:
    assert refusals(KEPT, [], [name], told=True) == left


def test_two_files_of_a_name_that_come_at_once_are_two_files() -> None:
    assert refusals((YML,), [], ["visas.yaml"], told=False) == (YML,)


def test_what_is_kept_of_them_has_an_end() -> None:
    many = [Problem(Place(f"{number}.docx"), "upload_extension") for number in range(2 * MAX_FILES)]
    assert refusals((YML,), many, ["x.zip"], told=True) == tuple(many[-MAX_FILES:])
    assert refusals((YML,), [YML], [], told=True) == (YML,)
