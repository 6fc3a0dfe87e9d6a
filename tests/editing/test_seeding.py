"""From a text to its source card: lines, figures and names are there; of the rest only what the text states."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import read_document
from bot.catalog.sources import Source, read_lines
from bot.editing.seeding import MAX_LINES, Stated, marked, seed, state
from bot.editing.uploads import Upload, receive
from tests.editing.broken_cases import base
from tests.editing.sources_texts import ARTICLE, BARE, RUSSIAN, WRAPPED

NOTHING = Bundle({})


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (ARTICLE, Stated("Neighbors by Accident: A Street in Tbilisi", "Nino Example", "2024-03-05")),
        (RUSSIAN, Stated("Соседи поневоле", "Нина Примерова", "2024-03-05")),
        (WRAPPED, Stated("A Long Title That Needs Two Lines to Stand On", "Ivan Example", "2023-05-12")),
        (BARE, Stated()),
        ("Some words\n\nPublished: 2024-02-29, 10:30\n\nText.", Stated("Some words", "", "2024-02-29")),
        ("A sentence that ends.\n\nBy Anna Example\n\nText.", Stated("", "Anna Example", "")),
        ("Heading\n\nBy the river stood a house.\n\nOn March 5, 2024 it fell.", Stated()),
        (
            "Соседи поневоле\n\nАнна Примерова, 12 марта 2025 года\n\nТекст.",
            Stated("Соседи поневоле", "Анна Примерова", "2025-03-12"),
        ),
        (
            "Соседи\nПётр Иванович Примеров, 2025-03-12\nТекст.",
            Stated("Соседи", "Пётр Иванович Примеров", "2025-03-12"),
        ),
        ("Соседи\n\nВеликий Новгород, 12 марта 2025 года\n\nТекст.", Stated()),
        ("Heading\n\nNew York, March 12, 2025\n\nText.", Stated()),
        ("Анна Примерова, 12 марта 2025 года\n\nТекст.", Stated()),
        ("Соседи\n\nАнна Примерова, 12 марта 2025 года уехала.", Stated()),
        ("Heading\n\nBy Anna Example and everyone who was there that day in the square", Stated()),
    ],
)
def test_title_author_and_date_are_what_the_text_states_and_nothing_else(text: str, stated: Stated) -> None:
    assert state(text) == stated


def test_lines_figures_and_names_are_those_of_the_text() -> None:
    made = seed(ARTICLE.encode(), "street.txt", NOTHING)
    document, problems = read_document(made.data, made.path)
    assert problems == []
    value = document.value
    assert (made.id, made.path) == ("example-2024", "seeds/example-2024.yaml")
    assert value["title"] == {"en": "Neighbors by Accident: A Street in Tbilisi", "ru": ""}
    assert value["author"] == {"name": {"en": "Nino Example", "ru": ""}}
    assert (value["date"], value["publisher"], value["url"], value["language"]) == ("2024-03-05", None, None, "en")
    assert (value["file"], value["sha256"]) == ("street.txt", sha256(ARTICLE.encode()).hexdigest())
    assert list(value["lines"]) == [1, 3, 5, 7, 9, 11, 13, 15] == list(read_lines(ARTICLE))
    assert set(value["lines"][7]["figures"]) == {"1200", "10"}
    assert made.data.startswith(b"# yaml-language-server: $schema=../content/.schema/seed.json\n")


def test_filled_in_it_is_a_source_card() -> None:
    made = seed(RUSSIAN.encode(), "улица.txt", NOTHING)
    assert made.id == "primerova-2024"
    filled = made.data.decode().replace("en: ''", "en: Neighbors").replace("genre: ''", "genre: report")
    source = Source.model_validate(read_document(filled.encode(), made.path)[0].value)
    assert source.lines == read_lines(RUSSIAN)
    assert (source.language, source.title.ru) == ("ru", "Соседи поневоле")


def test_what_is_to_be_filled_in_the_check_says() -> None:
    made = seed(ARTICLE.encode(), "street.txt", base())
    problems = receive([Upload("example-2024.yaml", made.data)], base()).problems_over(base())
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("empty_text", 5),
        ("not_one_of", 6),
        ("empty_text", 10),
    ]


def test_boilerplate_and_what_is_said_twice_are_marked_as_probable() -> None:
    left_out = marked(ARTICLE, read_lines(ARTICLE))
    assert [(entry.reason, entry.lines) for entry in left_out] == [
        ("boilerplate", (1, 15)),
        ("repeated", (11, 13)),
    ]
    assert all(entry.note and "probably" in entry.note for entry in left_out)


def test_a_line_within_a_paragraph_is_no_boilerplate() -> None:
    assert marked(WRAPPED, read_lines(WRAPPED)) == ()


def test_no_word_of_the_text_stands_in_the_card_but_title_and_author() -> None:
    written = seed(ARTICLE.encode(), "street.txt", NOTHING).data.decode()
    assert not any(word in written for word in ("people", "committee", "bank", "newsletter", "street,"))


@pytest.mark.parametrize(
    ("file", "source_id", "code"),
    [
        ("000_e8.txt", "", None),
        ("Улица Веры.txt", "", None),
        ("x.txt", "vera-street", None),
        ("x.txt", "Vera Street", "source_id_form"),
        ("x.txt", "count-2023", "source_id_taken"),
        ("count_2023.txt", "", "source_id_taken"),
        ("???.txt", "", "source_id_form"),
    ],
)
def test_the_id_is_given_or_the_name_of_the_file(file: str, source_id: str, code: str | None) -> None:
    if code:
        with pytest.raises(ProblemsError, match=code):
            seed(BARE.encode(), file, base(), source_id)
    else:
        made = seed(BARE.encode(), file, base(), source_id)
        assert made.id == (source_id or {"000_e8.txt": "000-e8", "Улица Веры.txt": "ulitsa-very"}[file])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "empty_file", 1),
        (b" \n\n", "empty_file", 1),
        (b"one\ntwo \xff", "not_utf8", 2),
        (b"one\ntwo\0", "yaml_character", 2),
        (b"x\n" * 500_001, "file_too_large", 1),
        (b"x\n" * (MAX_LINES + 1), "source_too_long", 1),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_its_place(text: bytes, code: str, line: int) -> None:
    with pytest.raises(ProblemsError) as refused:
        seed(text, "x.txt", NOTHING)
    assert [(problem.code, problem.place.line) for problem in refused.value.problems] == [(code, line)]


def test_a_text_that_is_known_is_not_taken_twice() -> None:
    made = seed(ARTICLE.encode(), "street.txt", NOTHING)
    with pytest.raises(ProblemsError, match="source_known"):
        seed(ARTICLE.encode(), "again.txt", Bundle({made.path: made.data}), "again")
