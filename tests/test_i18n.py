from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from pydantic import BaseModel
from sqlalchemy import Column

import bot
from bot.catalog.cards import Actor, Audience, Card, Kind, Statistic
from bot.catalog.differences import UNSEEN_OF_CARD, UNSEEN_OF_SOURCE
from bot.catalog.files import Measure
from bot.catalog.sources import Reason, Source, Standing
from bot.digests.trouble import TroubleKind
from bot.editing import entries
from bot.i18n import LOCALES, STARTS_IN_RUSSIAN, Language, day, keys, number, starting_language, text
from bot.store.dossier import references
from bot.store.states import Delivery
from bot.store.tables import draft_files
from bot.subscription import Cadence, ChatKind, State
from bot.views.choosing import PROMPTS, SCREENS
from bot.views.cities import CITIES
from bot.views.differences import INNER
from bot.views.edition import EditionKind
from bot.views.menus import ADMINISTRATOR_COMMANDS, COMMANDS, GROUP_COMMANDS
from bot.views.privacy import UNDER_WAY
from bot.views.recalling import EYED
from bot.views.writing import HOWS

EN = Language.EN
ROOT = Path(bot.__file__).parent


@pytest.mark.parametrize("code", ["ru", "uk", "be", "kk", "ky", "uz", "hy", "ka", "RU", "ru-RU", "uk-UA"])
def test_speakers_of_these_languages_start_in_russian(code: str) -> None:
    assert starting_language(code) is Language.RU


@pytest.mark.parametrize("code", [None, "", "en", "en-US", "de", "pt-br", "zh-hans", "az", "lt", "r", "rus", "🔔"])
def test_all_others_start_in_english(code: str | None) -> None:
    assert starting_language(code) is Language.EN


def test_the_languages_that_start_in_russian_are_eight() -> None:
    assert len(STARTS_IN_RUSSIAN) == 8


class Variables(Visitor):
    """Gathers the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 (Fluent's own name)
        self.names.add(node.id.name)


@cache
def messages(language: Language) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((LOCALES / language.value).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} stands twice"
                variables = Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    assert messages(Language.EN) == messages(Language.RU)


@pytest.mark.parametrize("language", Language)
def test_the_texts_are_all_that_the_files_hold(language: Language) -> None:
    assert keys(language) == messages(language).keys()


@pytest.mark.parametrize("key", sorted(messages(Language.EN)))
@pytest.mark.parametrize("language", Language)
def test_every_text_can_be_written(language: Language, key: str) -> None:
    for value in (1, 2, 5, 21, "word"):
        written = text(language, key, **dict.fromkeys(messages(language)[key], value))
        assert written.strip() == written != ""
        assert "{" not in written.replace("{en: …, ru: …}", "").replace("{date: …, inferred: …}", "")


def test_no_russian_text_is_left_in_english() -> None:
    english = {key: text(Language.EN, key, **dict.fromkeys(names, 1)) for key, names in messages(Language.EN).items()}
    russian = {key: text(Language.RU, key, **dict.fromkeys(names, 1)) for key, names in messages(Language.RU).items()}
    same = {key for key, written in english.items() if written == russian[key] and re.search("[a-z]{3}", written)}
    assert same <= {"menu-language", "language-title"}


WITHOUT_TEXTS = {"sandbox", "catalog", "search", "layout", "store"}
"""Folders whose code asks for no text: a word that stands there is not a key, though it may look like one."""


def code(folder: Path = ROOT) -> Iterator[ast.AST]:
    for path in sorted(folder.rglob("*.py")):
        if "sandbox" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def words(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def named_whole() -> set[str]:
    """All words of the code that may ask for texts, which is where a key would stand as it is."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in WITHOUT_TEXTS]
    trees = [tree for folder in folders for tree in code(folder)]
    trees += [ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.glob("*.py")]
    return set().union(*map(words, trees))


def prefixes() -> set[str]:
    """What stands before the gap in `f"list-{kind}"`, wherever a text's key begins like that."""
    found = set()
    for tree in code():
        for node in ast.walk(tree):
            first = node.values[0] if isinstance(node, ast.JoinedStr) else node
            first = node.left if isinstance(node, ast.BinOp) else first
            if isinstance(node, ast.JoinedStr | ast.BinOp) and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return {prefix for prefix in found if prefix.endswith("-") and any(key.startswith(prefix) for key in keys(EN))}


def choices(model: type[BaseModel], field: str) -> set[str]:
    """The words that a field of the content may hold."""
    annotation = model.model_fields[field].annotation
    options = [part for part in (annotation, *get_args(annotation)) if get_origin(part) is Literal]
    return {word for option in options for word in get_args(option)}


EDITED_ONLY = ("also_in", "draft", "review_by", "superseded_by")
"""Fields that an editor may change and no difference names."""


def shown_fields() -> set[str]:
    """The fields that a difference or the choice of a field to edit may name."""
    models = [(model, UNSEEN_OF_CARD) for model in get_args(Card)]
    models += [(Source, UNSEEN_OF_SOURCE), (Measure, frozenset({"id"}))]
    names = {name for model, unseen in models for name in model.model_fields.keys() - unseen}
    return {name.replace("_", "-") for name in (*names, *EDITED_ONLY, *INNER, "id", "kind", "topics", "icon", "order")}


def finds_problems(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "Problem" for node in ast.walk(tree))


def place_name(column: Column[Any]) -> str:
    """What the screen of /privacy calls a place where something is kept about a chat."""
    return column.table.name if column.name == "key" else f"{column.table.name}-{column.name}"


def fields_of(column: Column[Any]) -> set[str]:
    shown_whole = column.table is not draft_files
    return {each.name.removeprefix("sealed_") for each in column.table.columns} if shown_whole else set()


def families() -> dict[str, set[str]]:
    """The beginnings of keys that the code completes, each with all that may follow."""
    codes = set().union(*map(words, [*code(ROOT / "catalog"), *filter(finds_problems, code())]))
    return {
        "command-": {*COMMANDS, *GROUP_COMMANDS, *ADMINISTRATOR_COMMANDS},
        "announce-": {"going", "paused", "cancelled"},
        "announce-ask-": set(Language),
        "delivery-kind-": set(EditionKind),
        "delivery-state-": set(Delivery),
        "edition-": {"banned", "foreign-agent", "undesirable"},
        "recall-": set(EYED),
        "trouble-": set(TroubleKind),
        "whatsnew-": {"added", "changed", "corrected", "withdrawn"},
        "list-": {kind.value for kind in Kind},
        "audience-": {audience.value for audience in Audience},
        "genre-": choices(Source, "genre"),
        "standing-": choices(Standing, "status"),
        "bound-": choices(Statistic, "bound"),
        "field-": shown_fields(),
        "ask-": {part for name in SCREENS for part in (name, f"{name}-text") if f"ask-{part}" in keys(EN)}
        | {"day-monthly"},
        "cadence-": set(Cadence),
        "language-": set(Language),
        "prompt-": {name for what in PROMPTS for name in (what, f"{what}-wrong")},
        **{f"{beginning}-": {kind.value for kind in ChatKind} for beginning in ("settings-new", "unsubscribed")},
        "digest-list-": {ChatKind.GROUP.value, ChatKind.CHANNEL.value},
        "settings-title-": {kind.value for kind in ChatKind},
        "state-": {state.value for state in State} - {"active"},
        "when-": set(Cadence),
        "kept-": {field for column in references() for field in (place_name(column), *fields_of(column))},
        "kept-kind-": set(ChatKind),
        "kept-state-": {*State, *UNDER_WAY},
        "city-": {city.key for city in CITIES},
        "write-astray-": {entries.SheetState.CHANGED, entries.SheetState.PUBLISHED, entries.SheetState.LOST},
        "write-how-": set(HOWS),
        "write-in-": set(Language),
        "write-kind-": set(Kind),
        "write-reason-": set(get_args(Reason)),
        "write-stands-": {"there", "changed", "published", "lost"},
        "write-type-": choices(Actor, "type"),
        "write-whole-": set(entries.SheetState),
        "button-more-": {"points", "grounds", "positions"},
        "problem-": {word.replace("_", "-") for word in codes},
    }


def test_every_beginning_of_a_key_that_the_code_completes_is_known_here() -> None:
    assert prefixes() == families().keys()


@pytest.mark.parametrize("prefix", sorted(families().keys() - {"problem-"}))
def test_whatever_may_follow_has_a_text(prefix: str) -> None:
    assert families()[prefix]
    assert {prefix + rest for rest in families()[prefix]} - keys(EN) == set()


def test_no_text_is_unused() -> None:
    used = named_whole() | {prefix + rest for prefix, family in families().items() for rest in family}
    assert keys(EN) - used == set()


def asked_for() -> set[str]:
    """The keys that the code asks for by name: the first text given to `text`, `press` or `note_screen`."""
    found: set[str] = set()
    for tree in code():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in ("i18n.text", "note_screen") or name.endswith(
                    ("reading.text", "reading.press", "self.text", "self.press")
                ):
                    constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                    found |= {value for value in constants[:1] if isinstance(value, str)}
    return found


def test_every_text_that_is_asked_for_exists() -> None:
    assert {"home-title", "button-menu", "date-inferred"} <= asked_for()
    assert asked_for() - keys(Language.EN) == set()


def test_a_text_that_does_not_exist_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="no-such-text"):
        text(Language.EN, "no-such-text")


def test_a_value_that_is_lacking_is_an_error_that_names_the_text() -> None:
    with pytest.raises(ValueError, match="search-nothing"):
        text(Language.RU, "search-nothing")


def test_values_may_be_called_as_the_parameters_are() -> None:
    assert "“en”" in text(Language.EN, "problem-card-too-long", language="en", length=1, limit=2)
    assert "“low”" in text(Language.EN, "problem-missing-key", key="low")


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (1, "1 estimate", "1 оценка"),
        (2, "2 estimates", "2 оценки"),
        (5, "5 estimates", "5 оценок"),
        (11, "11 estimates", "11 оценок"),
        (21, "21 estimates", "21 оценка"),
        (22, "22 estimates", "22 оценки"),
        (0, "0 estimates", "0 оценок"),
    ],
)
def test_plurals_are_those_of_the_language(count: int, english: str, russian: str) -> None:
    assert text(Language.EN, "estimates-count", count=count) == english
    assert text(Language.RU, "estimates-count", count=count) == russian


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1\u00a0000"),
        (820000, "820,000", "820\u00a0000"),
        (Decimal("0.5"), "0.5", "0,5"),
        (Decimal("1.23456"), "1.23456", "1,23456"),
        (Decimal("1234567.891234"), "1,234,567.891234", "1\u00a0234\u00a0567,891234"),
        (10**20, "100,000,000,000,000,000,000", "100\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000"),
    ],
)
def test_numbers_are_written_as_the_language_does_and_never_rounded(
    value: Decimal | int, english: str, russian: str
) -> None:
    assert (number(Language.EN, value), number(Language.RU, value)) == (english, russian)


@pytest.mark.parametrize(
    ("parts", "english", "russian"),
    [
        ((2023,), "2023", "2023 год"),
        ((2023, 9), "September 2023", "сентябрь 2023 года"),
        ((2023, 9, 28), "28 September 2023", "28 сентября 2023 года"),
        ((2025, 1, 9), "9 January 2025", "9 января 2025 года"),
        ((1857,), "1857", "1857 год"),
    ],
)
def test_a_date_is_written_as_exact_as_it_is_known(parts: tuple[int, ...], english: str, russian: str) -> None:
    assert (day(Language.EN, parts), day(Language.RU, parts)) == (english, russian)
