"""A problem as whoever is to mend it is shown it: with the line it lies on, and whether that is in a file of theirs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.catalog.problems import Problem

QUOTED = 120
"""Most characters of a line that are quoted; of a longer one those around the column."""
_BREAK = re.compile("\r\n|\r|\n")
_OF_THE_WHOLE_FILE = frozenset({"empty_file", "file_too_large", "too_many_problems", "unknown_file"})


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` as it stands in the file, cut to `QUOTED`; empty where the problem lies on none.

    `elsewhere`: in a file that is as it was and no longer agrees with those that were changed.
    """

    problem: Problem
    line: str = ""
    elsewhere: bool = False


def faults_of(problems: Iterable[Problem], files: Mapping[str, bytes], changed: Collection[str]) -> tuple[Fault, ...]:
    """The problems of these files, those of the changed files first."""
    lines: dict[str, list[str]] = {}
    found = []
    for problem in problems:
        name = problem.place.file
        if name in files and name not in lines:
            lines[name] = _BREAK.split(files[name].decode("utf-8-sig", errors="replace"))
        elsewhere = name in files and name not in changed
        found.append(Fault(problem, _line(problem, lines.get(name, [])), elsewhere))
    return tuple(sorted(found, key=lambda fault: fault.elsewhere))


def _line(problem: Problem, lines: list[str]) -> str:
    place = problem.place
    if problem.code in _OF_THE_WHOLE_FILE or place.line > len(lines):
        return ""
    line = lines[place.line - 1].rstrip()
    start = max(0, min(place.column - 1 - QUOTED // 2, len(line) - QUOTED))
    shown = "".join(map(_shown, line[start : start + QUOTED]))
    return f"{'…' if start else ''}{shown}{'…' if start + QUOTED < len(line) else ''}"


def _shown(letter: str) -> str:
    return letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}"
