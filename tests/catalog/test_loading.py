from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalog.cards import Kind
from bot.catalog.loading import load, read_folder
from bot.catalog.problems import Place
from tests.catalog.house import GLOSSARY, TOPIC, House


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_a_folder_is_read_with_its_subfolders(tmp_path: Path) -> None:
    write(tmp_path, "topics/b.yaml", "topics/a.yaml", "actors.yaml", "README.md", "topics/notes.txt")
    assert read_folder(tmp_path) == {
        "actors.yaml": b"actors.yaml",
        "topics/a.yaml": b"topics/a.yaml",
        "topics/b.yaml": b"topics/b.yaml",
    }


def test_swap_files_and_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".actors.yaml", "topics/.#a.yaml", ".git/x/y.yaml", "topics/a.yaml~", "topics/.a.yaml.swp")
    assert read_folder(tmp_path) == {}


def test_a_hidden_folder_may_hold_the_content_itself(tmp_path: Path) -> None:
    write(tmp_path, ".content/actors.yaml")
    assert list(read_folder(tmp_path / ".content")) == ["actors.yaml"]


def test_a_folder_called_like_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").mkdir()
    assert read_folder(tmp_path) == {}


@pytest.mark.parametrize("name", ["topics/numbers.yml", "other.yaml", "topics/deep/a.yaml", "Actors.yaml"])
def test_a_file_that_nobody_would_read_is_named(house: House, name: str, tmp_path: Path) -> None:
    write(tmp_path, name)
    content = load({**{key: text.encode() for key, text in house.content.items()}, **read_folder(tmp_path)}, {})
    assert [(each.code, each.place) for each in content.problems] == [("unknown_file", Place(f"content/{name}"))]


def test_nothing_at_all_is_an_empty_catalog() -> None:
    catalog = load({}, {}).catalog()
    assert (catalog.cards, catalog.topics, load({}, {}).problems) == ((), (), [])


def test_cards_know_where_they_stand(house: House) -> None:
    places = {entry.card.id: str(entry.place("id")) for entry in house.load().cards}
    assert places == {
        "numbers": "content/topics/numbers.yaml:4:7",
        "left-by-autumn": "content/topics/numbers.yaml:14:9",
        "anna-petrova": "content/actors.yaml:2:9",
        "exile": "content/glossary.yaml:2:9",
    }


def test_problems_of_all_files_come_at_once(house: House) -> None:
    house.change("topics/numbers.yaml", "order: 10", "order: ten").change("actors.yaml", "type: person", "type: cat")
    house.change("count-2023.yaml", "language: en", "language: de").add("glossary.yaml", "\t- x")
    house.content["synonyms.yaml"] = ""
    assert [(each.code, each.place.file) for each in house.load().problems] == [
        ("not_one_of", "seeds/count-2023.yaml"),
        ("wrong_type", "content/topics/numbers.yaml"),
        ("not_one_of", "content/actors.yaml"),
        ("yaml_syntax", "content/glossary.yaml"),
        ("empty_file", "content/synonyms.yaml"),
    ]


def test_a_topic_bears_the_name_of_its_file(house: House) -> None:
    house.change("topics/numbers.yaml", "  id: numbers", "  id: figures")
    assert house.found()[:1] == [("id_is_not_file_name", "figures")]


def test_a_source_bears_the_name_of_its_file(house: House) -> None:
    house.seeds["other.yaml"] = house.seeds.pop("count-2023.yaml")
    assert house.found() == [("id_is_not_file_name", "count-2023")]


def test_the_summary_of_a_source_bears_its_id(house: House) -> None:
    summary = TOPIC[TOPIC.index("summary:") : TOPIC.index("measures:")].replace("id: numbers", "id: other")
    house.add("sources/count-2023.yaml", summary)
    assert house.found() == [("id_is_not_file_name", "other")]


def test_a_measure_stands_once(house: House) -> None:
    house.add(
        "topics/other.yaml",
        """\
        icon: "a"
        order: 20
        summary: {id: other, title: {en: a, ru: б}, points: [{en: a, ru: б}], body: {en: a, ru: б},
                  cites: [{source: count-2023, lines: "1"}]}
        measures: [{id: left-russia, title: {en: a, ru: б}}]
        """,
    )
    ((problem,),) = [house.check()]
    assert (problem.code, house.at(problem)) == ("repeated_id", "left-russia, title: {en: a, ru: б}}]")
    assert dict(problem.words)["at"] == "content/topics/numbers.yaml:11:9"


def test_the_snapshot_is_in_reading_order(house: House) -> None:
    catalog = house.load().catalog()
    assert [card.id for card in catalog.cards] == ["numbers", "left-by-autumn", "anna-petrova", "exile"]
    assert catalog.topics_of["left-by-autumn"] == ("numbers",)
    assert catalog.synonyms == (("exile", "изгнание"),)
    assert catalog.measures["left-russia"].title.en == "People who left"
    assert [card.kind for card in catalog.cards] == [Kind.SUMMARY, Kind.STATISTIC, Kind.ACTOR, Kind.TERM]


def test_a_draft_is_checked_but_not_in_the_snapshot(house: House) -> None:
    house.change("topics/numbers.yaml", "    unit:", "    draft: true\n    unit:")
    assert house.check() == []
    assert "left-by-autumn" not in house.load().catalog().by_id
    house.change("topics/numbers.yaml", "low: 820000", "low: 5")
    assert [code for code, _ in house.found()] == ["figure_not_on_line"]


def test_a_topic_whose_summary_is_a_draft_is_one_as_a_whole(house: House) -> None:
    house.change("topics/numbers.yaml", "  id: numbers", "  id: numbers\n  draft: true")
    house.content["glossary.yaml"] = GLOSSARY.replace("  - id: exile", "  - id: exile\n    also_in: [numbers]")
    catalog = house.load().catalog()
    assert (catalog.topics, [card.id for card in catalog.cards]) == ((), ["anna-petrova", "exile"])
    assert catalog.topics_of["exile"] == ()


def test_a_withdrawn_card_leads_to_what_replaced_it(house: House) -> None:
    house.card("events", EVENT.format(id="old", more="formerly: [older]\nsuperseded_by: new"))
    house.content["topics/numbers.yaml"] += "  -" + indented(EVENT.format(id="new", more="formerly: [newish]"))
    assert house.check() == []
    catalog = house.load().catalog()
    assert "old" not in catalog.by_id
    assert [catalog.find(name) for name in ("old", "older", "newish", "new")] == [catalog.by_id["new"]] * 4


EVENT = """\
id: {id}
title: {{en: Anna Petrova counts, ru: Анна Петрова считает}}
when: 2023-09-28
text: {{en: She counts., ru: Она считает.}}
cites: [{{source: count-2023, lines: "1"}}]
{more}
"""


def indented(text: str) -> str:
    return "\n    ".join(("", *text.strip().split("\n")))[4:] + "\n"
