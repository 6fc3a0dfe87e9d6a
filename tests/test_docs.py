"""What exists is documented: settings, commands of the terminal and of the chat, fields of the content files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel

from bot.catalog import cards
from bot.catalog.cards import Audience, BaseCard
from bot.catalog.files import ActorsFile, GlossaryFile, Measure, SourceFile, SynonymsFile, TopicFile
from bot.catalog.sources import Credit, LeftOut, LineFacts, Source, Standing
from bot.catalog.values import Bilingual, Citation, Outside, When
from bot.cli import app
from bot.settings import PREFIX, ROOT, Settings
from bot.views.menus import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def content_readme() -> str:
    return (ROOT / "content" / "README.md").read_text(encoding="utf-8")


def names_in(text: str) -> set[str]:
    """Words that stand in a text as code: between backticks, or in a block of code."""
    code = re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL)
    return {word for piece in code for word in re.findall(r"[\w-]+", piece)}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert PREFIX + name.upper() in names_in(README)


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", README)) <= known


def terminal_commands(group: Any = None, before: str = "kolokol") -> list[str]:
    commands: dict[str, Any] = getattr(group or typer.main.get_command(app), "commands", {})
    found = []
    for name, command in commands.items():
        below = getattr(command, "commands", None)
        found += terminal_commands(command, f"{before} {name}") if below else [f"{before} {name}"]
    return found


@pytest.mark.parametrize("command", terminal_commands())
def test_every_command_of_the_terminal_is_documented(command: str) -> None:
    assert command in README


@pytest.mark.parametrize("command", ["start", *COMMANDS])
def test_every_command_of_the_chat_is_documented(command: str) -> None:
    assert re.search(rf"/{command}\b", README)


MODELS: list[type[BaseModel]] = [
    *(each for each in vars(cards).values() if isinstance(each, type) and issubclass(each, BaseCard)),
    *(cards.Position, TopicFile, SourceFile, ActorsFile, GlossaryFile, SynonymsFile, Measure),
    *(Bilingual, Citation, Outside, When),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_the_content_is_documented(model: type[BaseModel], content_readme: str) -> None:
    assert set(model.model_fields) - names_in(content_readme) == set()


@pytest.mark.parametrize("model", [Source, Credit, Standing, LeftOut, LineFacts], ids=lambda model: model.__name__)
def test_every_field_of_a_source_card_is_documented(model: type[BaseModel]) -> None:
    assert set(model.model_fields) - names_in((ROOT / "seeds" / "README.md").read_text(encoding="utf-8")) == set()


def test_every_audience_is_documented(content_readme: str) -> None:
    assert {audience.value for audience in Audience} - names_in(content_readme) == set()


PAGES = sorted(
    path
    for folder in (ROOT, *(ROOT / name for name in ("content", "deploy", "docs", "seeds")))
    for path in folder.glob("*.md")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_picture_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not link.startswith("http")]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("*.md")), ids=lambda page: page.name)
def test_no_page_bears_the_marks_of_a_merge(page: Path) -> None:
    assert not re.findall(r"^(?:<{7}|={7}|>{7})(?:\s|$)", page.read_text(encoding="utf-8"), re.MULTILINE)
