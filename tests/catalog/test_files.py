from __future__ import annotations

from bot.catalog.cards import Kind
from bot.catalog.files import ActorsFile, GlossaryFile, Measure, SourceFile, TopicFile
from bot.catalog.loading import Content


def test_every_kind_of_card_has_a_place_in_the_files() -> None:
    files = (TopicFile, SourceFile, ActorsFile, GlossaryFile)
    annotations = " ".join(str(field.annotation) for file in files for field in file.model_fields.values())
    assert all(f".{kind.value.capitalize()}" in annotations for kind in Kind)


def test_a_measure_needs_no_note() -> None:
    assert Measure.model_validate({"id": "m", "title": {"en": "a", "ru": "б"}}).note is None


def test_the_shipped_content_fills_every_section(shipped: Content) -> None:
    assert {entry.card.kind for entry in shipped.cards} == set(Kind)
    assert len(shipped.topics) >= 12
    assert len(shipped.sources) == 5
    assert shipped.synonyms
    assert shipped.measures
