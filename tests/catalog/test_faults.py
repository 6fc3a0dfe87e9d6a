from __future__ import annotations

import pytest

from bot.catalog.faults import QUOTED, Fault, faults_of
from bot.catalog.problems import Place, Problem

FILE = "content/topics/numbers.yaml"


def quoted(data: bytes, line: int, column: int = 1, code: str = "wrong_type") -> str:
    (fault,) = faults_of([Problem(Place(FILE, line, column), code)], {FILE: data}, [FILE])
    return fault.line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_problem_brings_its_line_as_it_stands(end: str) -> None:
    data = f"icon: x{end}  order: ten  {end}".encode()
    assert quoted(data, 2, 10) == "  order: ten"
    assert quoted(b"\xef\xbb\xbf" + data, 1) == "icon: x"


def test_of_a_long_line_what_stands_around_the_column_is_shown() -> None:
    line = "".join(f"{number:04d} " for number in range(200))
    shown = quoted(line.encode(), 1, 501)
    assert "0100 " in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) == QUOTED + 2
    assert quoted(line.encode(), 1, 1).startswith("0000 ")
    assert quoted(line.encode(), 1, 999).endswith("0199")


def test_what_cannot_be_shown_is_marked_where_it_stands() -> None:
    assert quoted(b"a: \x00b\xff", 1) == "a: \N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert quoted(b"\ta: b", 1) == "\ta: b"


def test_what_concerns_a_whole_file_or_stands_behind_it_has_no_line() -> None:
    assert quoted(b"a: b", 1, code="too_many_problems") == ""
    assert quoted(b"a: b", 7) == ""
    assert faults_of([Problem(Place("notes.docx"), "upload_extension")], {}, []) == (
        Fault(Problem(Place("notes.docx"), "upload_extension")),
    )


def test_problems_in_files_that_nobody_changed_come_last_and_say_so() -> None:
    other = "content/glossary.yaml"
    first, second = Problem(Place(other), "unknown_actor"), Problem(Place(FILE), "wrong_type")
    found = faults_of([first, second], {other: b"a", FILE: b"b"}, [FILE])
    assert found == (Fault(second, "b"), Fault(first, "a", elsewhere=True))
