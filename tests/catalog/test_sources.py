from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.loading import Content
from bot.catalog.names import name_hash
from bot.catalog.reading import read_document, validate
from bot.catalog.sources import LeftOut, Source, read_lines, split_lines, write_source
from bot.catalog.values import Bilingual
from tests.catalog.house import TEXT, source_of


def read_back(written: str) -> Source:
    document, problems = read_document(written.encode(), "seeds/count-2023.yaml")
    assert problems == []
    source, problems = validate(document, Source)
    assert problems == []
    assert source is not None
    return source


def test_lines_are_counted_as_sed_counts_them() -> None:
    assert split_lines("one\n\nthree\r\nfour\x0b\u2028still four\n") == [
        "one",
        "",
        "three\r",
        "four\x0b\u2028still four",
    ]
    assert list(read_lines("one\n\n \t\nfour")) == [1, 4]


def test_a_line_is_known_by_its_hash_figures_and_names() -> None:
    facts = read_lines(TEXT)[1]
    assert facts.hash == hashlib.sha256(TEXT.split("\n")[0].encode()).hexdigest()[:12]
    assert facts.figures == ("28", "2023", "820000", "920000")
    assert {name_hash("Anna"), name_hash("Petrova"), name_hash("September")} == set(facts.names)


def test_blanks_between_words_do_not_change_the_hash_of_a_line() -> None:
    assert read_lines("a  b\t c\r\n")[1].hash == read_lines("a b c")[1].hash


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"author": None},
        {"date": None},
        {"date": {"date": "2023", "inferred": {"en": "it says “this year”", "ru": "сказано «в этом году»"}}},
        {"publisher": {"name": {"en": "A: b", "ru": "- в"}, "inferred": {"en": "it says so", "ru": "сказано"}}},
        {"url": "https://example.org/a?b=c#d"},
        {"left_out": []},
        {"left_out": [{"lines": "1-2, 4", "reason": "repeated", "note": 'a "quoted" \\ note: #1 {}'}]},
        {"outside": [{"text": {"en": "a", "ru": "б"}, "where": {"en": "c", "ru": "г"}, "checked": "2025-01"}]},
        {
            "standing": {
                "status": "undesirable",
                "text": {"en": "It says so: “undesirable”.", "ru": "Так и сказано."},
                "cites": [{"source": "count-2023", "lines": "3"}],
            }
        },
        {"sha256": "1" * 64, "file": "0123.txt"},
    ],
)
def test_a_source_that_is_written_is_read_back_equal(change: dict[str, Any]) -> None:
    source = Source.model_validate({**source_of().model_dump(), **change})
    assert read_back(write_source(source)) == source


WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
    str.strip
)


@given(WRITTEN, WRITTEN, st.none() | WRITTEN)
def test_no_title_or_note_breaks_the_writing(english: str, russian: str, note: str | None) -> None:
    left_out = LeftOut(lines=(4,), reason="boilerplate", note=note)
    source = source_of().model_copy(update={"title": Bilingual(en=english, ru=russian), "left_out": (left_out,)})
    assert read_back(write_source(source)) == source


def test_a_written_source_holds_no_words_of_the_text() -> None:
    secret = "The quick brown emigrant jumps over lazy customs officers."
    written = write_source(source_of().model_copy(update={"lines": read_lines(f"{secret}\n{secret}")}))
    assert not any(word in written for word in ("quick", "brown", "emigrant", "customs", "officers"))


def test_no_line_of_the_source_texts_stands_in_the_shipped_sources(
    shipped: Content, source_texts: dict[str, bytes]
) -> None:
    for source, _ in shipped.sources.values():
        written = " ".join(write_source(source).split())
        for line in split_lines(source_texts[source.file].decode()):
            if len(line.split()) >= 8 and line.strip() not in (source.title.en, source.title.ru):
                assert " ".join(line.split()) not in written


def test_a_line_left_out_leads_to_its_reason() -> None:
    assert source_of().left_out_lines[4].reason == "boilerplate"
