"""Fuzzing of all that reads what editors send: `python -m tests.editing.fuzzing` for FUZZ_SECONDS (60), or `make fuzz`.

Whatever the bytes are: problems come back, each with a message and a place that exists, and no exception but
ProblemsError is raised.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.bundle import Bundle
from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.sources import read_lines
from bot.catalog.values import LOST_LINE
from bot.editing.fields import change_field, fields_of, parse
from bot.editing.moving import move
from bot.editing.rewriting import rewrite
from bot.editing.seeding import decoded, numbered, seed
from bot.editing.uploads import Upload, receive
from bot.i18n import Language, text
from tests.catalog.house import TEXT
from tests.editing.broken_cases import CASES, FOLDER, base, packed
from tests.editing.sources_texts import ARTICLE, BARE, RUSSIAN, WRAPPED

BASE = base()
CONTENT = BASE.load()
WHOLE = [
    *BASE.files.values(),
    *((FOLDER / name).read_bytes() for name in CASES if (FOLDER / name).stat().st_size < 10_000),
]
NAMES = [
    "numbers.yaml",
    "actors.yaml",
    "glossary.yaml",
    "synonyms.yaml",
    "count-2023.yaml",
    "new.yaml",
    "x.zip",
    "x.yml",
    "essay.txt",
    "count-2023.txt",
]
SIGNS = [b":", b": ", b"- ", b"{", b"}", b"[", b"]", b'"', b"'", b"#", b" #", b"&a ", b"*a", b"!", b"|", b">-\n", b"\t"]
SIGNS += [
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"---\n",
    b"%",
    b"? ",
    b"<<: ",
    b"~",
    b"9" * 40,
]
KEYS = [
    "id",
    "title",
    "en",
    "ru",
    "cites",
    "source",
    "lines",
    "statistics",
    "summary",
    "order",
    "icon",
    "actors",
    "groups",
]


@st.composite
def changed(draw: st.DrawFn, data: st.SearchStrategy[bytes]) -> bytes:
    """Bytes with a few places cut out, doubled or overwritten."""
    result = draw(data)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(result)))
        end = min(len(result), at + draw(st.integers(0, 40)))
        middle = draw(st.sampled_from(SIGNS) | st.binary(max_size=8) | st.just(result[at:end] * 2) | st.just(b""))
        result = result[:at] + middle + result[end:]
    return result


def plain_values() -> st.SearchStrategy[Any]:
    """What YAML can hold, with keys of ours among others."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates()
    keys = st.sampled_from(KEYS) | st.text(max_size=8)
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5))


def dumped(value: Any) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True).encode("utf-8", errors="surrogatepass")


NAMES_SENT = st.sampled_from(NAMES) | st.text(max_size=30)
FILES = st.binary(max_size=300) | changed(st.sampled_from(WHOLE)) | plain_values().map(dumped)
TEXTS = changed(st.sampled_from([each.encode() for each in (TEXT, ARTICLE, RUSSIAN, WRAPPED, BARE)])) | FILES
ARCHIVES = changed(
    st.lists(st.tuples(st.sampled_from(NAMES) | st.text(min_size=1, max_size=20), FILES), max_size=3).map(
        lambda entries: packed(*((name.replace("\0", "") or "x", data) for name, data in dict(entries).items()))
    )
)
UPLOADS = st.lists(
    st.builds(Upload, NAMES_SENT, FILES | TEXTS) | st.builds(Upload, st.just("x.zip"), ARCHIVES),
    max_size=3,
)


def look_at(problem: Problem, files: Bundle) -> None:
    """A problem can be told in both languages, and its place is one."""
    for language in Language:
        assert text(language, problem.message_key, **problem.said())
    data = files.files.get(problem.place.file)
    assert problem.place.line >= 1
    assert problem.place.column >= 1
    if data is not None:
        lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert problem.place.line <= len(lines)


def uploads_are_answered(sent: list[Upload]) -> None:
    """Reading, placing and checking end in problems or in none."""
    before = base()
    received = receive(sent, before)
    problems = received.problems_over(before)
    files = before.with_files(received.taken)
    for problem in problems:
        look_at(problem, files)
    assert before == base()
    if not problems:
        files.load().catalog()


def fields_are_written_or_refused(data: bytes, path: list[str | int], value: Any) -> None:
    """Rewriting a file of any kind at any place ends in a file or in ProblemsError."""
    if not isinstance(value, str | bool | int | None):
        value = str(value)
    try:
        rewrite(data, tuple(path), value, "content/x.yaml")
    except ProblemsError as error:
        for problem in error.problems:
            look_at(problem, Bundle({}))


def messages_change_fields(entry: Any, data: st.DataObject, sent: str) -> None:
    """What anybody writes for a field ends in a file that can be checked, or in ProblemsError."""
    field = data.draw(st.sampled_from(fields_of(entry.card)))
    try:
        name, written = change_field(CONTENT, BASE.files, entry.card.id, field.path, parse(field, sent))
    except ProblemsError as error:
        for problem in error.problems:
            look_at(problem, Bundle({}))
        return
    files = BASE.with_files({name: written})
    for problem in files.load().problems:
        look_at(problem, files)


def texts_become_sources(sent: bytes, name: str, source_id: str) -> None:
    """What is sent as a text ends in the card of a source that can be read and checked, or in ProblemsError."""
    try:
        seeded = seed(sent, name, BASE, source_id)
    except ProblemsError as error:
        for problem in error.problems:
            look_at(problem, BASE)
        return
    assert numbered(decoded(sent, name))
    files = BASE.with_files({seeded.path: seeded.data})
    for problem in files.load().problems:
        look_at(problem, files)
    assert [path for path in BASE.files if files.files[path] != BASE.files[path]] == []


def citations_follow_any_text(sent: bytes, name: str) -> None:
    """A new text under a source ends in files as sound as before, whose citations name its lines or none, or in
    ProblemsError."""
    try:
        moved = move("count-2023", sent, name, BASE)
    except ProblemsError as error:
        for problem in error.problems:
            look_at(problem, BASE)
        return
    files = BASE.with_files(moved.changes)
    content = files.load()
    for problem in content.problems:
        look_at(problem, files)
    there = {*read_lines(decoded(sent, name)), LOST_LINE}
    assert {card.card.id for card in content.cards} == {card.card.id for card in CONTENT.cards}
    assert {line for card in content.cards for cite in card.card.all_cites() for line in cite.lines} <= there


PATHS = st.lists(st.sampled_from(KEYS) | st.integers(-2, 5), max_size=5)
TESTS: list[tuple[Callable[..., None], list[st.SearchStrategy[Any]]]] = [
    (uploads_are_answered, [UPLOADS]),
    (fields_are_written_or_refused, [changed(st.sampled_from(WHOLE)), PATHS, plain_values()]),
    (texts_become_sources, [TEXTS, NAMES_SENT, st.sampled_from(["", "an-id", "count-2023"]) | st.text(max_size=8)]),
    (citations_follow_any_text, [TEXTS, NAMES_SENT]),
    (messages_change_fields, [st.sampled_from(CONTENT.cards), st.data(), st.text(max_size=60)]),
]


def fuzz(examples: int) -> None:
    """Run every test with so many new examples."""
    slow = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for test, strategies in TESTS:
        slow(given(*strategies)(test))()


def main() -> None:
    """Fuzz until the time is over; a failure ends it with the smallest example found."""
    end = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "60"))
    rounds = 0
    while time.monotonic() < end:
        fuzz(100)
        rounds += 1
    print(f"{rounds * 100 * len(TESTS)} examples: nothing but problems")


if __name__ == "__main__":
    main()
