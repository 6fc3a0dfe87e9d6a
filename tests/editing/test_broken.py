"""Whatever is sent: a message names place and cure in both languages, nothing published changes, memory stays small."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.catalog.differences import differences
from bot.editing.uploads import receive
from bot.i18n import Language, text
from bot.settings import ROOT
from tests.editing.broken_cases import CASES, FOLDER, MADE, base, expected, uploads

ALL = [*CASES, *MADE]
CURE = {
    Language.EN: re.compile(
        r"\b(write|put|add|delete|remove|save|check|indent|close|keep|choose|rename|send|make|shorten|join|cite|correct|"
        r"translate|did you mean|look it up|give|split|mend|describe|must (?:be|hold)|(?:is|are) written|needs|name)\b",
        re.IGNORECASE,
    ),
    Language.RU: re.compile(
        r"\b(?:\w+(?:йте|ите|ьте)(?:сь)?|имелось в виду|нуж\w+|можно|может быть только|пишется|указывают|должн?\w*)\b",
        re.IGNORECASE,
    ),
}
MEMORY_MB = 200


def test_there_are_many_of_them_and_each_file_has_its_line() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(CASES)
    assert len(CASES) >= 60
    assert len(MADE) >= 30


@pytest.mark.parametrize("case", ALL)
def test_a_broken_upload_is_answered_with_place_and_cure(case: str) -> None:
    before = base()
    received = receive(uploads(case), before)
    problems = received.problems_over(before)
    files = before.with_files(received.taken).files
    found = [(problem.code, str(problem.place)) for problem in problems]
    assert expected(case) in found
    for problem in problems:
        english, russian = (text(language, problem.message_key, **problem.said()) for language in Language)
        assert english != russian
        assert CURE[Language.EN].search(english), english
        assert CURE[Language.RU].search(russian), russian
        assert len(english) < 1500
        assert not re.search(r"(\S+) \(read as \1\)|(?:— —)|\d bytes", english), english
        data = files.get(problem.place.file)
        if data is not None and problem.code != "not_utf8":
            lines = data.decode("utf-8-sig").split("\n")
            assert problem.place.line <= len(lines)
            assert problem.place.column <= len(lines[problem.place.line - 1]) + 1
    assert before == base()


def test_what_is_good_in_an_upload_with_a_fault_is_not_lost() -> None:
    sent = [*uploads("nul.yaml"), *uploads("a link")]
    received = receive(sent, base())
    assert list(received.taken) == ["content/topics/numbers.yaml"]
    assert [problem.code for problem in received.problems] == ["zip_link"]


def test_nothing_is_published_that_has_a_problem() -> None:
    before = base()
    for case in ("figure-not-on-its-line.yaml", "unknown-key.yaml", "a bomb"):
        assert receive(uploads(case), before).problems_over(before)
        assert not differences(before.load().catalog(), base().load().catalog())


SCRIPT = """
import json, re, sys
from pathlib import Path
from bot.editing.uploads import Upload, receive
from tests.editing.broken_cases import base

peak = 0
for case, files in json.loads(Path(sys.argv[1]).read_text()).items():
    sent = [Upload(name, Path(path).read_bytes()) for name, path in files]
    assert receive(sent, base()).problems_over(base()), case
    del sent
    held = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
    before, peak = peak, int(held[1]) // 1024
    if peak > before + 4:
        print(case, peak, file=sys.stderr)
print(peak)
"""


def test_all_of_them_together_stay_within_the_memory(tmp_path: Path) -> None:
    """In a process of its own, where the kernel says the most that it ever held: interpreter, bot, uploads and all."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells the most memory that a process held")
    listed: dict[str, list[tuple[str, str]]] = {}
    for number, case in enumerate(ALL):
        for each, sent in enumerate(uploads(case)):
            path = tmp_path / f"{number}-{each}"
            path.write_bytes(sent.data)
            listed.setdefault(case, []).append((sent.name, str(path)))
    table = tmp_path / "cases.json"
    table.write_text(json.dumps(listed))
    command = [sys.executable, "-c", SCRIPT, str(table)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MEMORY_MB, done.stderr
