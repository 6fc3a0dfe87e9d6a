from __future__ import annotations

import json
import re

import pytest

from bot.catalog.cards import Kind
from bot.catalog.differences import (
    Differences,
    FieldChange,
    StatedFigure,
    card_hash,
    card_hashes,
    differences,
)
from bot.catalog.loading import Content, load, read_folder
from bot.settings import ROOT
from tests.catalog.house import GLOSSARY, House, source_of


def after(house: House) -> Differences:
    """What the changes of a house come to for readers."""
    return differences(House().load().catalog(), house.load().catalog())


def fields_of(found: Differences) -> list[tuple[str, str, str | None, str | None, str | None]]:
    """Card, path, language, old, new of every changed field."""
    return [
        (change.card.id, ".".join(map(str, field.path)), field.language, field.old, field.new)
        for change in found.changed
        for field in change.fields
    ]


def test_the_same_content_has_no_difference(house: House) -> None:
    assert not after(house)
    assert after(house) == Differences()


def test_a_text_changes_in_its_own_language(house: House) -> None:
    found = after(house.change("topics/numbers.yaml", "ru: Она сосчитала уехавших.", "ru: Она посчитала уехавших."))
    assert fields_of(found) == [("left-by-autumn", "text", "ru", "Она сосчитала уехавших.", "Она посчитала уехавших.")]
    assert found.corrections == ()
    (change,) = found.changed
    assert (change.card.kind, change.card.topics, change.formerly) == (Kind.STATISTIC, ("numbers",), None)


def test_a_changed_figure_is_known_as_a_correction(house: House) -> None:
    found = after(house.change("topics/numbers.yaml", "high: 920000", "high: 900000"))
    assert fields_of(found) == [("left-by-autumn", "high", None, "920000", "900000")]
    (correction,) = found.corrections
    assert correction.figure
    assert isinstance(correction.figure.old, StatedFigure)
    assert (correction.figure.old.high, correction.figure.new.high) == ("920000", "900000")
    assert correction.figure.new.unit.en == "people"


def test_a_range_that_becomes_a_value_is_one_correction(house: House) -> None:
    found = after(house.change("topics/numbers.yaml", "low: 820000\n    high: 920000", "value: 820000"))
    assert fields_of(found) == [
        ("left-by-autumn", "value", None, None, "820000"),
        ("left-by-autumn", "low", None, "820000", None),
        ("left-by-autumn", "high", None, "920000", None),
    ]
    assert len(found.corrections) == 1


def test_a_word_of_bounds_corrects_a_figure_and_another_unit_does_not(house: House) -> None:
    assert after(house.change("topics/numbers.yaml", "high: 920000", "high: 920000\n    approximate: true")).corrections
    assert not after(House().change("topics/numbers.yaml", "unit: {en: people,", "unit: {en: souls,")).corrections


def test_cards_come_and_go(house: House) -> None:
    house.content["glossary.yaml"] += GLOSSARY.partition("\n")[2].replace("id: exile", "id: visa")
    found = after(house)
    assert [(card.id, card.kind) for card in found.added] == [("visa", Kind.TERM)]
    back = differences(house.load().catalog(), House().load().catalog())
    assert [(removed.card.id, removed.replaced_by) for removed in back.removed] == [("visa", None)]


def test_a_draft_is_not_there_for_readers(house: House) -> None:
    found = after(house.change("glossary.yaml", "id: exile\n", "id: exile\n    draft: true\n"))
    assert [removed.card.id for removed in found.removed] == ["exile"]


def test_a_withdrawn_card_says_what_replaced_it(house: House) -> None:
    found = after(house.change("glossary.yaml", "id: exile\n", "id: exile\n    superseded_by: left-by-autumn\n"))
    assert [(removed.card.id, removed.replaced_by) for removed in found.removed] == [("exile", "left-by-autumn")]
    assert not found.changed


def test_a_renamed_card_goes_on(house: House) -> None:
    found = after(house.change("glossary.yaml", "id: exile\n", "id: banishment\n    formerly: [exile]\n"))
    assert not found.added
    assert not found.removed
    assert [(change.card.id, change.formerly, change.fields) for change in found.changed] == [
        ("banishment", "exile", ())
    ]


def test_a_point_put_in_front_leaves_the_others_as_they_are(house: House) -> None:
    found = after(
        house.change("topics/numbers.yaml", "points:\n", "points:\n    - {en: A new point., ru: Новый пункт.}\n")
    )
    assert [change[1:] for change in fields_of(found)] == [
        ("points.0", "en", None, "A new point."),
        ("points.0", "ru", None, "Новый пункт."),
    ]


def test_a_cited_line_a_tag_and_a_holder_are_fields_too(house: House) -> None:
    house.change("topics/numbers.yaml", 'lines: "1, 3"', 'lines: "1"')
    house.change("topics/numbers.yaml", "attributed_to: anna-petrova", "attributed_to: {en: A study, ru: Исследование}")
    house.change("topics/numbers.yaml", "as_of: 2023-09-28", "tags: {en: [flight, exodus]}\n    as_of: 2023-09")
    assert [change[1:] for change in fields_of(after(house))] == [
        ("cites.count-2023", None, "1, 3", "1"),
        ("tags", "en", None, "exodus, flight"),
        ("as_of", None, "2023-09-28", "2023-09"),
        ("attributed_to", None, "anna-petrova", None),
        ("attributed_to", "en", None, "A study"),
        ("attributed_to", "ru", None, "Исследование"),
    ]


def test_a_date_that_is_now_inferred_says_only_that(house: House) -> None:
    house.change("topics/numbers.yaml", "2023-09-28\n", "{date: 2023-09-28, inferred: {en: so, ru: так}}\n")
    assert [change[1:3] for change in fields_of(after(house))] == [("as_of.inferred", "en"), ("as_of.inferred", "ru")]


def test_the_place_of_a_card_is_seen(house: House) -> None:
    found = after(house.change("glossary.yaml", "id: exile\n", "id: exile\n    also_in: [numbers]\n"))
    assert fields_of(found) == [("exile", "topics", None, None, "numbers")]


def test_topics_sources_measures_and_synonyms_change_too(house: House) -> None:
    house.change("topics/numbers.yaml", "order: 10", "order: 20")
    house.change("topics/numbers.yaml", "title: {en: People who left,", "title: {en: Those who left,")
    house.change("count-2023.yaml", "en: The count", "en: The census")
    house.change("synonyms.yaml", "[[exile, изгнание]]", "[[exile, изгнание], [visa, виза]]")
    found = after(house)
    assert [(part.id, part.change, part.fields) for part in found.topics] == [
        ("numbers", "changed", (FieldChange(("order",), None, "10", "20"),))
    ]
    assert [(part.id, part.fields[0].new) for part in found.measures] == [("left-russia", "Those who left")]
    assert [(part.id, part.fields[0].new) for part in found.sources] == [("count-2023", "The census")]
    assert (found.synonyms_added, found.synonyms_removed) == ((("visa", "виза"),), ())


def test_what_only_files_show_of_a_source_is_none(house: House) -> None:
    house.change("count-2023.yaml", "reason: boilerplate", "reason: off-subject")
    house.change("count-2023.yaml", source_of().sha256, "0" * 64)
    assert not after(house)


def rewrapped(data: bytes) -> bytes:
    """Every long line of a folded text broken at its middle blank."""
    lines: list[str] = []
    block = 0
    for line in data.decode().split("\n"):
        indent = len(line) - len(line.lstrip())
        block = 0 if line and indent < block else block
        at = line.rfind(" ", indent, len(line) // 2)
        lines += [line[:at], " " * indent + line[at + 1 :]] if block and len(line) > 60 and at > indent else [line]
        block = indent + 2 if line.endswith(": >-") else block
    return "\n".join(lines).encode()


def test_a_shipped_file_wrapped_anew_changes_nothing_for_readers(shipped: Content) -> None:
    files = read_folder(ROOT / "content")
    wrapped = {name: rewrapped(data) for name, data in files.items()}
    assert sum(wrapped[name] != files[name] for name in files) > 5
    content = load(wrapped, read_folder(ROOT / "seeds"))
    assert not content.problems
    assert not differences(shipped.catalog(), content.catalog())


def test_cards_in_another_order_change_nothing_for_readers(shipped: Content) -> None:
    name = "glossary.yaml"
    files = read_folder(ROOT / "content")
    head, *cards = re.split(r"(?m)^(?=  - id: )", files[name].decode())
    assert len(cards) > 5
    files[name] = (head + "".join(card.rstrip() + "\n" for card in reversed(cards))).encode()
    assert not differences(shipped.catalog(), load(files, read_folder(ROOT / "seeds")).catalog())


@pytest.mark.parametrize("way", ["as it was", "as it is"])
def test_it_goes_through_json_and_back(house: House, shipped: Content, way: str) -> None:
    catalogs = (house.load().catalog(), shipped.catalog())
    found = differences(*(catalogs if way == "as it was" else catalogs[::-1]))
    assert found.added
    assert found.removed
    assert Differences.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_a_correction_goes_through_json_and_back(house: House) -> None:
    found = after(house.change("topics/numbers.yaml", "high: 920000", "high: 900000"))
    assert Differences.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_the_hash_of_a_card_changes_exactly_when_readers_see_a_change(house: House) -> None:
    before = card_hashes(house.load().catalog())
    house.change("topics/numbers.yaml", "high: 920000", "high: 900000")
    house.change("glossary.yaml", "id: exile\n", "id: exile\n    review_by: 2026-01\n")
    house.change(
        "actors.yaml",
        "{en: She counts people., ru: Она считает людей.}",
        '{ru: "Она считает людей.", en: "She  counts people."}',
    )
    now = card_hashes(house.load().catalog())
    assert {card_id for card_id in before if before[card_id] != now[card_id]} == {"left-by-autumn"}


def test_the_hash_of_a_card_stays_from_release_to_release(house: House) -> None:
    card = house.load().catalog().by_id["exile"]
    assert card_hash(card) == card_hash(card, ())
    assert card_hash(card) != card_hash(card, ("numbers",))
    assert card_hash(card)[:12] == "534d9e3e0569"
