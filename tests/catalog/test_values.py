from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.catalog.values import (
    SLUG_LENGTH,
    Bilingual,
    BilingualWords,
    Citation,
    Holder,
    Outside,
    Slug,
    When,
    format_lines,
    parse_lines,
)


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("34-36, 40", (34, 35, 36, 40)),
        ("7", (7,)),
        (" 1 , 2 ", (1, 2)),
        ("3–5", (3, 4, 5)),
        ("5, 3, 5", (5, 3)),
    ],
)
def test_lines_are_numbers_and_ranges(written: str, lines: tuple[int, ...]) -> None:
    assert parse_lines(written) == lines


@pytest.mark.parametrize("written", ["", "0", "5-3", "-3", "1.2", "a", "1,,2", "1-2-3", "123456", "1;2"])
def test_other_forms_of_lines_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="lines_form"):
        parse_lines(written)


@given(st.sets(st.integers(1, 9999), min_size=1))
def test_lines_that_are_written_are_read_back(lines: set[int]) -> None:
    assert set(parse_lines(format_lines(tuple(lines)))) == lines


def test_runs_of_lines_are_joined() -> None:
    assert format_lines((40, 34, 36, 35)) == "34-36, 40"


def test_a_citation_takes_one_line_as_a_number_too() -> None:
    assert Citation.model_validate({"source": "a", "lines": 7}).lines == (7,)
    assert Citation(source="a", lines="7-8").model_dump(mode="json")["lines"] == "7-8"


@pytest.mark.parametrize("written", ["2024", "2024-03", "2024-02-29", 2024])
def test_a_date_is_as_exact_as_it_is_known(written: object) -> None:
    assert When.model_validate(written).date == str(written)


@pytest.mark.parametrize(
    "written", ["2023-02-29", "2023-13", "24", "2024-3", "2024-03-09T10:00", "March 2024", "0000", "", 24, True, -2024]
)
def test_a_date_outside_the_calendar_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        When.model_validate(written)


def test_dates_sort_in_time_and_an_inexact_one_comes_before_the_days_in_it() -> None:
    written = ["2024-03-09", "2023", "2024-03", "2024"]
    assert sorted(When(date=date).parts for date in written) == [(2023,), (2024,), (2024, 3), (2024, 3, 9)]


@pytest.mark.parametrize("slug", ["a", "left-820-920-thousand", "x" * SLUG_LENGTH, "7"])
def test_an_id_is_a_lower_case_slug(slug: str) -> None:
    assert TypeAdapter(Slug).validate_python(slug) == slug


@pytest.mark.parametrize("slug", ["", "A", "a_b", "a--b", "-a", "a-", "визы", "a b", "x" * (SLUG_LENGTH + 1), "a\n"])
def test_other_ids_are_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Slug).validate_python(slug)


def test_a_text_needs_both_languages_and_more_than_blanks() -> None:
    assert Bilingual(en=" a ", ru="б").in_("en") == "a"
    for wrong in ({"en": "a"}, {"en": "a", "ru": "  "}, {"en": "a", "ru": "б", "de": "c"}):
        with pytest.raises(ValidationError):
            Bilingual.model_validate(wrong)


def test_words_of_two_languages_need_not_be_of_one_length() -> None:
    assert BilingualWords(en=("a", "b")).in_("ru") == ()


def test_a_holder_is_an_actor_or_a_description() -> None:
    adapter: TypeAdapter[Holder] = TypeAdapter(Holder)
    assert adapter.validate_python("anna-petrova") == "anna-petrova"
    assert adapter.validate_python({"en": "the author", "ru": "автор"}) == Bilingual(en="the author", ru="автор")


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "https://a b"])
def test_what_was_checked_outside_links_only_by_https(url: str) -> None:
    both = {"en": "a", "ru": "б"}
    with pytest.raises(ValidationError):
        Outside.model_validate({"text": both, "where": both, "checked": "2025", "url": url})


def test_a_value_never_changes() -> None:
    with pytest.raises(ValidationError):
        Bilingual(en="a", ru="б").en = "c"  # type: ignore[misc]
