"""Which characters get through, how long they are, and where they may be cut."""

import pytest
from hypothesis import given

from bot.layout.characters import clean, fitting, units, visible, whole, without_marks_of_direction

from .screens import texts, unhurried

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://x.org\x1b\\text", "text"),
        ("\x9b31mred", "31mred"),
        ("\x1b]never closed", "never closed"),
        ("ends in \x1b", "ends in "),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("half \ud83d pair", "half \ufffd pair"),
        (FAMILY, FAMILY),
    ],
)
def test_what_no_screen_shows_is_taken_out(given_text: str, shown: str) -> None:
    assert clean(given_text) == shown


@unhurried
@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


def test_marks_of_direction_go_but_joiners_stay() -> None:
    assert without_marks_of_direction(f"\u2068name\u2069\u200f {FAMILY}") == f"name {FAMILY}"


@pytest.mark.parametrize("text", ["", " \n\u00a0", "\u200b\u200d\ufeff", "\u2800", "\u3164", "\ufe0f", "\u0301"])
def test_what_a_reader_does_not_see_is_not_visible(text: str) -> None:
    assert not visible(text)


@pytest.mark.parametrize("text", ["a", ".", "я", "😀", "—", "1", "क्षि", "\u200bx"])
def test_what_a_reader_sees_is_visible(text: str) -> None:
    assert visible(text)


@unhurried
@given(texts)
def test_length_is_counted_in_utf16_units(text: str) -> None:
    assert units(text) == sum(2 if ord(c) > 0xFFFF else 1 for c in text)


@unhurried
@given(texts)
def test_as_much_fits_as_there_is_room_for(text: str) -> None:
    text = clean(text)
    for room in range(units(text) + 2):
        count = fitting(text, room)
        assert units(text[:count]) <= room
        assert count == len(text) or units(text[: count + 1]) > room


@pytest.mark.parametrize("cluster", [FAMILY, "🇬🇪", "👍🏽", "е\u0301", "🏳️‍🌈", "क्षि"[:2]])
def test_no_cut_falls_inside_an_emoji_or_an_accented_letter(cluster: str) -> None:
    text = f"ab{cluster}cd"
    for at in range(3, 2 + len(cluster)):
        assert whole(text, at) == 2


def test_flags_are_cut_between_and_not_inside() -> None:
    flags = "🇬🇪🇦🇲🇺🇦"
    assert [whole(flags, at) for at in range(2, 7)] == [2, 2, 4, 4, 6]


def test_a_cluster_longer_than_any_real_one_is_cut_where_it_must_be() -> None:
    assert whole("a" + "\u0301" * 500, 300) == 300


def test_a_cut_stays_above_the_lowest_place() -> None:
    assert whole(FAMILY, 4, lowest=3) == 4
