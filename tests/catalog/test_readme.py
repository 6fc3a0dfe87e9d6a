"""The READMEs of content/ and seeds/ stay true: examples are checked as content is, tables hold every field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.catalog.cards import (
    Actor,
    Argument,
    Audience,
    BaseCard,
    Debate,
    Event,
    Kind,
    Position,
    Recommendation,
    Statistic,
    Summary,
    Term,
)
from bot.catalog.checking import CARD_TEXT_LIMIT, TITLE_LIMIT, check
from bot.catalog.files import Measure, SynonymsFile, TopicFile
from bot.catalog.loading import SINGLE_FILES, Content, load, read_folder
from bot.catalog.sources import Reason, Source, Standing
from bot.catalog.values import SLUG_LENGTH, Outside
from bot.i18n import Language, text
from bot.settings import ROOT

CONTENT_README = ROOT / "content" / "README.md"
SEEDS_README = ROOT / "seeds" / "README.md"
ROW = re.compile(r"^\| `(\w+)` \| (yes|no) \| (.+?) \| (.+) \|$", re.MULTILINE)
OWN: dict[str, type[BaseModel]] = {
    "Summary": Summary,
    "Statistic": Statistic,
    "Recommendation": Recommendation,
    "Argument": Argument,
    "Debate": Debate,
    "Event": Event,
    "Actor": Actor,
    "Term": Term,
}
"""Sections that list what a kind of card has beside what all have."""
WHOLE: dict[str, type[BaseModel]] = {
    "Every card": BaseCard,
    "Outside": Outside,
    "A topic file": TopicFile,
    "Measure": Measure,
    "Position": Position,
    "Synonyms": SynonymsFile,
}


def sections(path: Path) -> dict[str, str]:
    """The text below each heading of the third level, up to the next heading."""
    parts = re.split(r"^(#{2,3}) (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[2::3], parts[3::3], strict=True))


def examples() -> dict[str, bytes]:
    """The blocks marked as example, those of one file joined in their order."""
    found: dict[str, str] = {}
    for name, body in re.findall(
        r"^```yaml example (\S+)\n(.*?)^```$", CONTENT_README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        found[name] = found.get(name, "") + body
    return {name: body.encode() for name, body in found.items()}


def problems(files: dict[str, bytes]) -> list[str]:
    """What is wrong with content files on our sources, as `kolokol check` prints it; uncovered lines do not count."""
    found = check(load(files, read_folder(ROOT / "seeds")))
    return [
        f"{each.place}: {text(Language.EN, each.message_key, **each.said())}"
        for each in found
        if each.place.file.startswith("content/")
    ]


def what_is_wrong(message: str) -> str:
    """Place, figure and lines of a message, without the advice at its end; quotation marks are a matter of taste."""
    return re.sub("[“”]", "", message).partition("). ")[0]


@pytest.fixture(scope="module")
def content() -> Content:
    """The examples as they are read."""
    return load(examples(), {})


def test_the_examples_are_content_without_a_fault() -> None:
    assert problems(examples()) == []


def test_there_is_an_example_of_every_kind_of_card(content: Content) -> None:
    assert {entry.card.kind for entry in content.cards} == set(Kind)


def test_every_block_of_yaml_is_an_example_and_so_checked() -> None:
    fences = re.findall(r"^```yaml(.*)$", CONTENT_README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) >= len(Kind)
    assert all(fence.startswith(" example ") for fence in fences)


def test_the_error_that_is_shown_is_the_one_that_comes() -> None:
    readme = CONTENT_README.read_text(encoding="utf-8")
    shown = re.search(r"it would say:\n\n```\n(.+?)```", readme, re.DOTALL)
    assert shown
    files = examples()
    name = "topics/community.yaml"
    files[name] = files[name].replace(b"value: 650000", b"value: 560000")
    (found,) = problems(files)
    assert what_is_wrong(found) == what_is_wrong(" ".join(shown[1].split()))


@pytest.mark.parametrize("heading", [*OWN, *WHOLE])
def test_every_field_is_explained_with_an_example(heading: str) -> None:
    model = OWN.get(heading) or WHOLE[heading]
    fields = model.model_fields
    if heading in OWN:
        fields = {name: field for name, field in fields.items() if name in model.__annotations__}
    rows = ROW.findall(sections(CONTENT_README)[heading])
    assert {name: needed for name, needed, *_ in rows} == {
        name: "yes" if field.is_required() else "no" for name, field in fields.items()
    }


@pytest.mark.parametrize(
    ("heading", "choices"),
    [
        ("Recommendation", [each.value for each in Audience]),
        ("Actor", get_args(Actor.model_fields["type"].annotation)),
        ("Statistic", get_args(get_args(Statistic.model_fields["bound"].annotation)[0])),
    ],
)
def test_every_choice_is_named(heading: str, choices: list[str]) -> None:
    section = sections(CONTENT_README)[heading]
    assert choices
    assert [choice for choice in choices if f"`{choice}`" not in section] == []


def test_every_file_of_the_format_is_named() -> None:
    readme = CONTENT_README.read_text(encoding="utf-8")
    assert [name for name in SINGLE_FILES if f"`{name}`" not in readme] == []


def test_the_limits_are_those_that_are_checked() -> None:
    rule = re.search(r"- \*\*Lengths\.\*\*(.+?)\n- ", CONTENT_README.read_text(encoding="utf-8"), re.DOTALL)
    assert rule
    assert re.findall(r"\d+", rule[1]) == [str(TITLE_LIMIT), str(CARD_TEXT_LIMIT), str(SLUG_LENGTH)]


def test_every_field_of_a_source_is_explained() -> None:
    rows = re.findall(r"^\| (`.+?) \| .+ \|$", SEEDS_README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(Source.model_fields)


@pytest.mark.parametrize(
    "choices",
    [Reason, Source.model_fields["genre"].annotation, Standing.model_fields["status"].annotation],
    ids=["reason", "genre", "status"],
)
def test_every_choice_of_a_source_is_named(choices: Any) -> None:
    readme = SEEDS_README.read_text(encoding="utf-8")
    assert get_args(choices)
    assert [choice for choice in get_args(choices) if f"`{choice}`" not in readme] == []
