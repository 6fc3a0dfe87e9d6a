"""What was sent for a draft and could not be taken: kept beside it until something sent later takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.catalog.problems import Problem
from bot.editing.archives import MAX_FILES
from bot.editing.uploads import name_of, stem


def refusals(
    kept: Sequence[Problem], new: Iterable[Problem], sent: Iterable[str], *, told: bool
) -> tuple[Problem, ...]:
    """What is refused of a draft, from what was refused so far and now. `sent` are the names of the files sent now.

    A file sent again under its name takes the place of what was refused of it. Once their editor was `told` of it, so
    does one whose name differs in its kind only: it is what the message asked for, as visas.yaml after visas.yml.
    """
    names = {name_of(each) for each in sent}
    stems = {stem(name).casefold() for name in names}
    left = [each for each in kept if not _replaced(each, names, stems if told else set())]
    return tuple(dict.fromkeys((*left, *new)))[-MAX_FILES:]


def _replaced(problem: Problem, names: set[str], stems: set[str]) -> bool:
    """A place such as content.zip/topics/visas.yml begins with the file that was sent and ends with the one meant."""
    upload, _, inner = problem.place.file.partition("/")
    meant = inner.rpartition("/")[2] or upload
    return upload in names or bool({stem(upload).casefold(), stem(meant).casefold()} & stems)
