"""The schemas in content/.schema are those of the card types, every file names its own, and what is read fits them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.catalog.bundle import CONTENT, SEEDS
from bot.catalog.loading import read_folder
from bot.catalog.schema_comments import FOLDER, KINDS, schema_comment, with_schema_comment
from bot.catalog.schemas import schemas
from bot.settings import ROOT
from tests.catalog.house import ACTORS, GLOSSARY, SYNONYMS, TOPIC, House

FILES = {
    **{CONTENT + name: data for name, data in read_folder(ROOT / "content").items()},
    **{SEEDS + name: data for name, data in read_folder(ROOT / "seeds").items()},
}


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 as the language server of editors' programs reads it: dates and `yes` are texts."""


AsEditorsRead.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def validator(kind: str) -> Draft202012Validator:
    schema = json.loads(schemas()[f"{kind}.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(kind: str, text: str | bytes) -> list[str]:
    value = json.loads(json.dumps(yaml.load(text, AsEditorsRead)))  # keys become texts, as in JSON
    return [error.message for error in validator(kind).iter_errors(value)]


def test_the_written_schemas_are_those_of_the_card_types() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "content" / FOLDER).iterdir()}
    assert written == schemas(), "run: kolokol content schema"
    assert set(written) == {f"{kind}.json" for kind in KINDS}


@pytest.mark.parametrize("path", FILES)
def test_a_shipped_file_names_its_schema_and_fits_it(path: str) -> None:
    comment = schema_comment(path)
    assert comment
    first, _, rest = FILES[path].decode().partition("\n")
    assert first == comment
    assert "yaml-language-server" not in rest
    schema = (ROOT / path).parent / comment.partition("$schema=")[2]
    assert schema.resolve().is_file()
    assert faults(schema.stem, FILES[path]) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("topic", TOPIC),
        ("actors", ACTORS),
        ("glossary", GLOSSARY),
        ("synonyms", SYNONYMS),
        ("seed", House().seeds["count-2023.yaml"]),
        ("topic", TOPIC.replace("low: 820000\n    high: 920000", "value: 0.5")),
        ("topic", TOPIC.replace("low: 820000\n    high: 920000", 'value: "2/3"')),
        ("topic", TOPIC.replace("as_of: 2023-09-28", "as_of: 2023")),
        ("topic", TOPIC.replace("as_of: 2023-09-28", "as_of: {date: 2023-09, inferred: {en: so, ru: так}}")),
        ("topic", TOPIC.replace('lines: "1, 3"', "lines: 1")),
        ("topic", TOPIC.replace('lines: "1, 3"', 'lines: "34-36, 40"')),
        ("topic", TOPIC.replace("attributed_to: anna-petrova", "attributed_to: {en: A study, ru: Исследование}")),
        ("topic", TOPIC.replace("    low: 820000", "    review_by: 2026-06\n    draft: true\n    low: 820000")),
    ],
)
def test_what_the_reader_takes_the_schema_takes_too(kind: str, text: str) -> None:
    assert faults(kind, text) == []


@pytest.mark.parametrize(
    "change",
    [
        ("order: 10", "order: ten"),
        ("order: 10", "order: 10\nordre: 1"),
        ("population:", "populaton:"),
        ("title: {en: How many left, ", "title: {"),
        ("low: 820000", "low: 820,000"),
        ("as_of: 2023-09-28", "as_of: 28.09.2023"),
        ('lines: "1, 3"', 'lines: "1 and 3"'),
        ("attributed_to: anna-petrova", "attributed_to: Anna Petrova"),
        ("    low: 820000", "    bound: roughly\n    low: 820000"),
        ("    low: 820000", "    draft: yes\n    low: 820000"),
        ("    measure: left-russia\n", ""),
    ],
)
def test_a_slip_is_shown_while_typing(change: tuple[str, str]) -> None:
    assert TOPIC.count(change[0]) == 1
    assert faults("topic", TOPIC.replace(*change))


def test_the_comment_is_put_in_once_and_another_one_goes() -> None:
    path = "content/topics/numbers.yaml"
    named = with_schema_comment(path, TOPIC.encode())
    assert named.decode() == f"# yaml-language-server: $schema=../.schema/topic.json\n{TOPIC}"
    assert with_schema_comment(path, named) == named
    assert with_schema_comment("content/sources/numbers.yaml", named).decode().split("\n")[0].endswith("source.json")
    assert with_schema_comment("content/pages/numbers.yaml", b"a: 1") == b"a: 1"


@pytest.mark.parametrize(
    "path", ["content/other.yaml", "content/pages/a.yaml", "seeds/more/a.yaml", "elsewhere/a.yaml"]
)
def test_a_file_of_no_known_kind_has_no_schema(path: str) -> None:
    assert schema_comment(path) is None


def test_descriptions_stand_in_the_schema_for_who_points_at_a_field() -> None:
    topic: dict[str, Any] = json.loads(schemas()["topic.json"])
    assert topic["$defs"]["Bilingual"]["description"].startswith("One text in English and Russian")
