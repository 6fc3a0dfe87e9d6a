"""From a text to its source card: what stands on which line, and only what the text itself states of title and author.

Nothing is guessed: what the text does not state stays empty for an editor, and the check says what is to be filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from rapidfuzz import fuzz

from bot.catalog.bundle import SEEDS, Bundle
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError, kilobytes
from bot.catalog.reading import FORBIDDEN, MAX_BYTES, Document, decode
from bot.catalog.sources import LeftOut, LineFacts, Reason, Source, read_lines, split_lines, write_head, write_lines
from bot.catalog.values import SLUG_LENGTH, SLUG_PATTERN
from bot.editing.leaving import GUESSED
from bot.search.dictionary import lemmas

MAX_LINES = 1_000
"""Most lines with content of a source: each takes a line of some 150 bytes in its card."""
_HEAD = 14
"""Lines with content among which title, author and date are looked for."""
_SIMILAR = 92
"""From this likeness (of 100) on, a longer line counts as said twice."""
_LONG = 60
"""Shorter lines are only repeated when they are letter for letter the same."""

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan января", "february feb февраля", "march mar марта", "april apr апреля", "may мая",
            "june jun июня", "july jul июля", "august aug августа", "september sept sep сентября",
            "october oct октября", "november nov ноября", "december dec декабря",
        ),
        start=1,
    )
    for month in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<day>\d{{1,2}})\.?\s+(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<month_us>{_MONTH})\.?\s+(?P<day_us>\d{{1,2}}),?\s+(?P<year_us>\d{{4}}))"
)
_TIME = r"(?:\s*(?:г\.|года))?(?:[,\s|·—-]*\d{1,2}:\d{2}.{0,12})?"
_DATE_LINE = re.compile(
    rf"(?:(?:published|updated|date|posted|дата|опубликовано)\s*(?:on)?:?\s*)?{_DATE}{_TIME}",
    re.IGNORECASE,
)
_NAME = r"(?-i:[^\W\d_a-zа-яё][\w’'.-]*(?:\s+(?:de|von|van|al|ibn|да|фон|де))?(?:\s+[^\W\d_a-zа-яё][\w’'.-]*){1,3})"
_BYLINE = re.compile(
    rf"(?:by\s+|(?:author|written by|автор|текст)\s*:\s*)(?P<name>{_NAME}?)(?:[\s,|·—-]+(?P<date>{_DATE}).{{0,20}})?",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?P<name>{_NAME}),\s+(?P<date>{_DATE}){_TIME}", re.IGNORECASE)
"""A name and a date below the title: «Анна Примерова, 12 марта 2025 года»."""
_LABEL = re.compile(r"(?:title|headline|заголовок|название)\s*:\s*(?P<title>\S.*)", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"subscri|newsletter|sign up|cookie|all rights reserved|©|copyright|read more|related (?:articles|stories|posts)"
    r"|share (?:this|on)|follow us|donate|support (?:us|our|the) |advertis|comments are closed|view all|privacy policy"
    r"|terms of (?:use|service)|click here|photo credit|podcast on|listen (?:on|to this)|log in|remind me later"
    r"|подпи(?:ш|с)|рассылк|все права защищены|читайте также|поделиться|реклам|пожертв|комментарии закрыты|фото:",
    re.IGNORECASE,
)
_LATIN = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхыэ", "abvgdezziiklmnoprstufhye", strict=True))
    | {
        "ё": "e",
        "ж": "zh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "х": "kh",
    }
)
"""Russian letters in an id."""
_BOILERPLATE_LENGTH = 220
"""A longer line has something to say besides."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A new source card: its id, its path in a bundle, and its YAML. What is to be filled in, the check says."""

    id: str
    path: str
    data: bytes
    lines: int
    """Lines with content."""
    left_out: int
    """Of these, marked as probably boilerplate or repeated."""


def seed(text: bytes, file: str, base: Bundle, source_id: str = "") -> Seeded:
    """Make the card of a text. Without an id it is author and year where the text states them, else the file's name.

    Raises ProblemsError where the text cannot be read, is known already, or the id is taken or none.
    """
    words = decoded(text, file)
    here = Place(file)
    digest = sha256(text).hexdigest()
    for path, data in base.files.items():
        if path.startswith(SEEDS) and digest.encode() in data:
            raise ProblemsError(Problem.at(here, "source_known", source=path))
    facts = read_lines(words)
    stated = state(words)
    source_id = source_id or _id(stated, file)
    path = f"{SEEDS}{source_id}.yaml"
    if len(source_id) > SLUG_LENGTH or not re.fullmatch(SLUG_PATTERN, source_id):
        raise ProblemsError(Problem.at(here, "source_id_form", id=source_id))
    if path in base.files:
        raise ProblemsError(Problem.at(here, "source_id_taken", id=source_id))
    left_out = marked(words, facts)
    language = "ru" if len(re.findall("[а-яё]", words, re.I)) > len(re.findall("[a-z]", words, re.I)) else "en"
    empty = {"en": "", "ru": ""}
    head: dict[str, Any] = {
        "id": source_id,
        "title": {**empty, language: stated.title},
        "genre": "",
        "author": {"name": {**empty, language: stated.author}} if stated.author else None,
        "publisher": None,
        "date": stated.date or None,
        "language": language,
        "file": file,
        "sha256": digest,
        "url": None,
    }
    data = (write_head(head) + write_lines(left_out, facts)).encode()
    return Seeded(source_id, path, data, len(facts), sum(len(entry.lines) for entry in left_out))


def source_of(content: Content, source_id: str, near: Place) -> tuple[Source, Document]:
    """A source with its card as read. Raises ProblemsError where there is none, or with what is wrong in its card."""
    if source_id in content.sources:
        return content.sources[source_id]
    card = f"{SEEDS}{source_id}.yaml"
    wrong = [problem for problem in content.problems if problem.place.file == card]
    close = get_close_matches(source_id, sorted(content.sources), n=1)
    unknown = Problem.at(near, "unknown_source", id=source_id, near=close[0] if close else "none")
    raise ProblemsError(*(wrong or [unknown]))


def decoded(text: bytes, file: str) -> str:
    """A source text. Raises ProblemsError where it is too large, no UTF-8, holds what no text holds, or is empty."""
    if len(text) > MAX_BYTES:
        raise ProblemsError(
            Problem.at(Place(file), "file_too_large", size=kilobytes(len(text)), limit=kilobytes(MAX_BYTES))
        )
    words = decode(text, file)
    if isinstance(words, Problem):
        raise ProblemsError(words)
    if "\0" in words:
        place = Place(file, words[: words.index("\0")].count("\n") + 1)
        raise ProblemsError(Problem.at(place, "yaml_character", character="U+0000"))
    if not words.strip():
        raise ProblemsError(Problem.at(Place(file), "empty_file"))
    if sum(1 for line in split_lines(words) if line.strip()) > MAX_LINES:
        raise ProblemsError(Problem.at(Place(file), "source_too_long", limit=MAX_LINES))
    return words


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of itself, as it says it; empty where it says nothing. `date` as `2023-09-20`."""

    title: str = ""
    author: str = ""
    date: str = ""


def state(text: str) -> Stated:
    """Read title, author and date off the head of a text: a line "By …", a line that is a date, a line "Title: …".

    In Russian a name with a date below the title is a line "By …" too.

    What stands above author or date is the title; where neither is there, nothing says that the first line is one.
    """
    lines = [line.strip() for line in split_lines(text)]
    head = [number for number, line in enumerate(lines) if line and not _is_boilerplate(line)][:_HEAD]
    title = author = date = ""
    first = None
    for number in head:
        line = lines[number]
        if label := _LABEL.fullmatch(line):
            title = title or label["title"]
        elif byline := _BYLINE.fullmatch(line) or _signed(line, below=number > head[0]):
            author = author or byline["name"]
            date = date or (_date(byline) if byline["date"] else "")
            first = number if first is None else first
        elif found := _DATE_LINE.fullmatch(line):
            date = date or _date(found)
            first = number if first is None else first
    if not title and first is not None and head[0] < first:
        title = _title(lines, head[0], first)
    return Stated(_clean(title), author, date)


def _signed(line: str, *, below: bool) -> re.Match[str] | None:
    """A name with a date below the title, where the name is surely a person's: a town may stand there too."""
    match = _SIGNED.fullmatch(line) if below else None
    given = match["name"].split()[0].lower().replace("ё", "е") if match else ""
    return match if any("Name" in grammar and "nomn" in grammar for _, grammar in lemmas(given)) else None


def _title(lines: Sequence[str], start: int, end: int) -> str:
    """The first line; where the text is wrapped at some width, with what follows it without an empty line between."""
    stop = start + 1
    while _wrapped(lines) and stop < end and lines[stop]:
        stop += 1
    title = " ".join(lines[start:stop])
    return title if len(title) <= 200 and not title.endswith((".", ":", ";", ",")) else ""


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a text are broken at some width, so that a paragraph takes several of them."""
    widths = sorted(len(line) for line in lines if line.strip())
    return widths[len(widths) * 9 // 10] <= 100


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text).strip()


def _date(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    month = _MONTHS[(match["month"] or match["month_us"]).lower()]
    day = int(match["day"] or match["day_us"])
    return f"{match['year'] or match['year_us']}-{month:02}-{day:02}" if 1 <= day <= 31 else ""


def _is_boilerplate(line: str) -> bool:
    return len(line) <= _BOILERPLATE_LENGTH and _BOILERPLATE.search(line) is not None


def marked(text: str, facts: Mapping[int, LineFacts]) -> tuple[LeftOut, ...]:
    """Lines that are probably boilerplate, or say again what stands before them; an editor looks at each."""
    lines = dict(enumerate(split_lines(text), start=1))
    wrapped = _wrapped(list(lines.values()))  # then a line may be a piece of a sentence
    found: dict[Reason, list[int]] = {"boilerplate": [], "repeated": []}
    seen: set[str] = set()
    longer: list[str] = []
    for number, fact in facts.items():
        line = " ".join(lines[number].split())
        alone = not wrapped or not (lines.get(number - 1, "").strip() or lines.get(number + 1, "").strip())
        if alone and _is_boilerplate(line):
            found["boilerplate"].append(number)
        elif fact.hash in seen or (len(line) >= _LONG and _said_before(line, longer)):
            found["repeated"].append(number)
        seen.add(fact.hash)
        if len(line) >= _LONG:
            longer.append(line)
    return tuple(
        LeftOut(lines=tuple(numbers), reason=reason, note=GUESSED) for reason, numbers in found.items() if numbers
    )


def _said_before(line: str, longer: Sequence[str]) -> bool:
    near = (other for other in longer if abs(len(other) - len(line)) * 6 <= len(line))
    return any(fuzz.ratio(line, other, score_cutoff=_SIMILAR) for other in near)


def _id(stated: Stated, file: str) -> str:
    """`smirnov-2023` from author and date, else from the name of the file."""
    name = stated.author.split()[-1] if stated.author else re.sub(r"\.\w{1,5}$", "", file)
    words = f"{name} {stated.date[:4]}" if stated.author and stated.date else name
    return slug_of(words)


def slug_of(words: str) -> str:
    """An id made of words: in Latin letters, whole words as far as they fit; empty where nothing is left."""
    latin = unicodedata.normalize("NFKD", words.lower().translate(_LATIN)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\d),(?=\d{3})|(?<=[a-z])'(?=s\b)", "", latin)).strip("-")
    cut = slug[:SLUG_LENGTH]
    return (cut if len(slug) <= SLUG_LENGTH or slug[SLUG_LENGTH] == "-" else cut.rpartition("-")[0] or cut).strip("-")


def numbered(text: str) -> str:
    """Each line of a text with its number, and what is known of it: figures, and whether it is probably left out."""
    facts = read_lines(text)
    left_out = {line: entry.reason for entry in marked(text, facts) for line in entry.lines}
    lines = []
    for number, line in enumerate(split_lines(text), start=1):
        known = [
            *(facts[number].figures if number in facts else ()),
            *([left_out[number]] if number in left_out else []),
        ]
        lines.append(f"{number:>5}  {line}" + (f"  [{', '.join(known)}]" if known else ""))
    return "\n".join(lines) + "\n"
