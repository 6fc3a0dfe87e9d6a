"""What editors send, put over the content as it stands: each file finds its place, or says why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.catalog.bundle import CONTENT, SEEDS, Bundle
from bot.catalog.loading import SINGLE_FILES
from bot.catalog.problems import Place, Problem, ProblemsError, kilobytes
from bot.catalog.reading import MAX_BYTES, read_document
from bot.catalog.values import SLUG_LENGTH, SLUG_PATTERN
from bot.editing.archives import MAX_FILES, PACKED, TOTAL_BYTES, Member, shown, unpack
from bot.editing.seeding import seed
from bot.editing.whole import check_whole

FOLDERS = ("topics", "sources")
WHOLE = 2 / 3
"""An archive that holds so much of what a folder holds is taken for all of it: what it lacks was deleted there."""
_COPY = re.compile(r"(?: ?\(\d+\)| ?[-–—] ?(?:copy|копия)| copy)+$", re.IGNORECASE)
"""What systems add to the name of a file that they save a second time."""
_KIND = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as sent: the name that the sender gave, which proves nothing, and its bytes."""

    name: str
    data: bytes


def name_of(upload: str) -> str:
    """The name of a file as messages call it, from the one that its sender gave."""
    return shown(upload.replace("\\", "/").rpartition("/")[2] or "?")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload: the files by the paths they are meant for, and what could not be taken at all.

    None stands for a file that a zip of the whole folder lacks: it is to go.
    """

    taken: Mapping[str, bytes | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problems_over(self, base: Bundle) -> tuple[Problem, ...]:
        """All that is wrong with it, when it is put over the base and all of that is checked: nothing may be published
        with a problem. Takes some seconds of computing, so call it in a thread.
        """
        return (*self.problems, *check_whole(base.with_files(self.taken).load()))


def receive(uploads: Iterable[Upload], base: Bundle) -> Received:
    """Find the place of every file, in archives too. Changes nothing, never raises; `base` tells which names exist.

    What is written in the files is not looked at more than finding their place needs; `problems_over` does.
    """
    taken: dict[str, bytes | None] = {}
    problems: list[Problem] = []
    lacking: set[str] = set()
    total = 0
    for sent in uploads:
        known, wrong = set(taken), len(problems)
        for found in _opened(sent):
            found = found if isinstance(found, Problem) else _placed(found, base)
            if isinstance(found, Problem):
                problems.append(found)
                continue
            total += len(found.member.data)
            if found.place in taken:
                problems.append(Problem.at(Place(found.shown), "upload_twice", name=found.place))
            elif len(taken) >= MAX_FILES:
                problems.append(Problem.at(Place(found.shown), "upload_too_many", limit=MAX_FILES))
                return Received(taken, tuple(problems))
            elif total > TOTAL_BYTES:
                problems.append(Problem.at(Place(found.shown), "upload_total", limit=kilobytes(TOTAL_BYTES)))
                return Received(taken, tuple(problems))
            else:
                taken[found.place] = found.member.data
        if len(problems) == wrong and sent.name.lower().endswith(".zip"):
            lacking |= _lacking(taken.keys() - known, base)
    return Received({**dict.fromkeys(lacking), **taken}, tuple(problems))


def _lacking(packed: set[str], base: Bundle) -> set[str]:
    """The files of a folder that an archive lacks which holds nearly all of it, as one of the whole folder does."""
    lacking: set[str] = set()
    for room in (CONTENT, SEEDS):
        there = {path for path in base.files if path.startswith(room)}
        if len(there & packed) >= WHOLE * len(there):
            lacking |= there - packed
    return lacking


@dataclass(frozen=True, slots=True)
class _Found:
    """A file with its path in the archive it came in, if any, and how a message names it; `place` once it is known."""

    member: Member
    shown: str
    packed: bool
    place: str = ""


def _opened(sent: Upload) -> Iterator[_Found | Problem]:
    name = sent.name.replace("\\", "/").rpartition("/")[2] or "?"
    place = Place(name_of(sent.name))
    if name.lower().endswith(".zip"):
        for each in unpack(name, sent.data):
            yield each if isinstance(each, Problem) else _Found(each, shown(f"{name}/{each.name}"), packed=True)
    elif len(sent.data) > MAX_BYTES:
        yield Problem.at(place, "upload_too_large", size=kilobytes(len(sent.data)), limit=kilobytes(MAX_BYTES))
    elif "/" in sent.name or "\\" in sent.name:
        yield Problem.at(place, "upload_path")
    else:
        yield _Found(Member(name, sent.data), place.file, packed=False)


def _placed(found: _Found, base: Bundle) -> _Found | Problem:
    """The file with its place: by its folders in the archive, by a name that is there, by what it holds.

    A text becomes the card of a new source.
    """
    here = Place(found.shown)
    path = found.member.name
    if path.lower().endswith(".txt") and not found.packed:
        try:
            made = seed(found.member.data, path, base)
        except ProblemsError as error:
            return error.problems[0]
        return replace(found, member=Member(path, made.data), place=made.path)
    parts = path.split("/")
    if "\\" in path or path.startswith("/") or ".." in parts or ":" in path or "" in parts[:-1]:
        return Problem.at(here, "upload_path")
    if path.lower().endswith(".yml"):
        return Problem.at(here, "upload_yml")
    if not path.endswith(".yaml"):
        packed = found.packed and path.lower().endswith(PACKED)
        return Problem.at(here, "zip_nested") if packed else Problem.at(here, "upload_extension")
    if found.member.data.startswith(b"PK\x03\x04"):
        return Problem.at(here, "zip_nested") if found.packed else Problem.at(here, "upload_is_zip")
    place = _by_folder(parts) or _by_name(parts[-1], found.member.data, base)
    if place:
        return replace(found, place=place)
    document, problems = read_document(found.member.data, found.shown)
    if problems or not isinstance(document.value, dict):
        return problems[0] if problems else Problem.at(here, "not_a_mapping")
    place = _by_content(stem(parts[-1]), document.value, base)
    return replace(found, place=place) if place else Problem.at(here, "upload_place", known=", ".join(SINGLE_FILES))


def _by_folder(parts: list[str]) -> str | None:
    """`…/content/topics/x.yaml`, `topics/x.yaml`, `…/seeds/x.yaml`, `content/actors.yaml`."""
    *folders, name = parts
    if folders and folders[-1] in FOLDERS:
        return f"content/{folders[-1]}/{name}"
    if folders and folders[-1] == "seeds":
        return f"seeds/{name}"
    if "content" in folders:  # what the format does not know is refused by name when it is read
        return "/".join(parts[len(folders) - 1 - folders[::-1].index("content") :])
    return None


def stem(name: str) -> str:
    """The name of a file without its kind and without what systems add to that of a copy."""
    return _COPY.sub("", _KIND.sub("", name)).strip()


def _by_name(name: str, data: bytes, base: Bundle) -> str | None:
    """The one file that bears this name; a source has two, which differ in what they hold."""
    name = f"{stem(name)}.yaml"
    known = {*base.files, *(f"content/{each}" for each in SINGLE_FILES)}
    matching = sorted(each for each in known if each.rpartition("/")[2] == name)
    if any(each.startswith("seeds/") for each in matching):
        is_seed = re.search(rb"^summary:", data, re.MULTILINE) is None
        matching = [each for each in matching if each.startswith("seeds/") == is_seed]
    return matching[0] if len(matching) == 1 else None


def _by_content(stem: str, value: Mapping[Any, Any], base: Bundle) -> str | None:
    """A file whose name is new, by the keys at its top."""
    summary = value.get("summary")
    own = value.get("id") or (summary.get("id") if isinstance(summary, dict) else None)
    name = next((each for each in (stem, own) if isinstance(each, str) and _is_slug(each)), None)
    for key, single in (("actors", "actors.yaml"), ("terms", "glossary.yaml"), ("groups", "synonyms.yaml")):
        if key in value:
            return f"content/{single}"
    if name is None:
        return None
    if {"sha256", "genre"} & value.keys():
        return f"seeds/{name}.yaml"
    if {"icon", "order", "measures", "statistics", "recommendations", "arguments", "debates", "events"} & value.keys():
        return f"content/topics/{name}.yaml"
    if "summary" in value:
        return f"content/sources/{name}.yaml" if f"seeds/{name}.yaml" in base.files else f"content/topics/{name}.yaml"
    return None


def _is_slug(text: str) -> bool:
    return len(text) <= SLUG_LENGTH and re.fullmatch(SLUG_PATTERN, text) is not None
