"""Long texts are split on the borders that a reader minds least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.layout.characters import clean, units
from bot.layout.limits import ENTITIES
from bot.layout.spans import BOLD, ITALIC, Span, entity_count, trimmed, words
from bot.layout.splitting import Part, split

from .screens import seen, texts, unhurried


def part(text: str, leads: bool = False, gap: str = "\n\n") -> Part:
    return Part(trimmed((Span(text),)), gap, leads)


def messages(*parts: Part, limit: int, first: int | None = None) -> list[str]:
    return [words(spans) for spans in split(parts, limit, first)]


def test_what_fits_stays_one_message_with_its_gaps() -> None:
    assert messages(part("a"), part("b"), part("c", gap="\n"), limit=10) == ["a\n\nb\nc"]


def test_blocks_stay_whole_where_a_message_can_hold_them() -> None:
    assert messages(part("a" * 6), part("b" * 6), part("c" * 2), limit=10) == ["a" * 6, "b" * 6 + "\n\n" + "cc"]


def test_a_heading_goes_with_what_follows_it() -> None:
    assert messages(part("a" * 6), part("H", leads=True), part("b" * 5), limit=12) == ["a" * 6, "H\n\n" + "b" * 5]


def test_a_heading_keeps_the_beginning_of_a_block_that_is_itself_too_long() -> None:
    got = messages(part("aaaaaaaa"), part("Head", leads=True), part("one two three four five six"), limit=20)
    assert got == ["aaaaaaaa\n\nHead\n\none", "two three four five", "six"]


def test_several_headings_stay_together() -> None:
    got = messages(part("a" * 15), part("H1", leads=True), part("H2", leads=True), part("bbb"), limit=20)
    assert got == ["a" * 15, "H1\n\nH2\n\nbbb"]


def test_a_heading_at_the_very_end_is_printed() -> None:
    assert messages(part("a"), part("H", leads=True), limit=20) == ["a\n\nH"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("one two.\n\nthree four\nfive. six", "one two."),
        ("one two. three\nfour five. six se", "one two. three"),
        ("One two three. Four five six seven", "One two three."),
        ("Он сказал «да.» Потом ушёл куда-то", "Он сказал «да.»"),
        ("one two three four five six seven", "one two three four"),
        ("x" * 33, "x" * 20),
        ("in all 820\u00a0000\u00a0000\u00a0000 people", "in all"),
    ],
)
def test_a_block_too_long_is_cut_where_a_reader_minds_least(text: str, first: str) -> None:
    assert messages(part(text), limit=20)[0] == first


def test_a_good_border_is_not_worth_a_nearly_empty_message() -> None:
    assert messages(part("a.\nbbbb cccc dddd eeee ffff"), limit=20)[0] == "a.\nbbbb cccc dddd"


def test_a_message_less_than_half_full_takes_the_beginning_of_a_long_block() -> None:
    assert messages(part("short"), part("one two three four five six"), limit=20)[0] == "short\n\none two three"
    assert messages(part("not so short"), part("one two three four five six"), limit=20)[0] == "not so short"


def test_the_first_message_may_have_less_room() -> None:
    assert messages(part("one two three four"), limit=100, first=8) == ["one two", "three four"]


def test_styles_are_closed_and_opened_again() -> None:
    got = split([Part((Span("one two three four", (BOLD,)),))], 10)
    assert got == ((Span("one two", (BOLD,)),), (Span("three four", (BOLD,)),))


def test_too_many_entities_are_split_as_too_long_a_text_is() -> None:
    spans = tuple(Span("word ", (BOLD,) if number % 2 else (ITALIC,)) for number in range(250))
    got = split([Part(trimmed(spans))], 4096)
    assert len(got) == 3
    assert all(entity_count(message) <= ENTITIES for message in got)
    assert " ".join(words(message) for message in got) == words(trimmed(spans))


@pytest.mark.parametrize("emoji", ["👩‍👩‍👧‍👦", "🇬🇪", "👍🏽", "😀", "е\u0301"])
def test_no_message_begins_inside_an_emoji(emoji: str) -> None:
    for message in messages(part(emoji * 40), limit=25):
        assert message == emoji * (len(message) // len(emoji))


def test_nothing_gives_no_message() -> None:
    assert split([], 10) == ()
    assert split([Part(())], 10) == ()


def test_no_room_is_an_error() -> None:
    with pytest.raises(ValueError, match="room"):
        split([part("a")], 1)


@unhurried
@given(st.lists(st.tuples(texts, st.booleans()), max_size=6), st.integers(2, 200), st.integers(2, 200))
def test_nothing_is_lost_or_moved_and_no_message_is_too_long(
    chosen: list[tuple[str, bool]], limit: int, first: int
) -> None:
    parts = [part(clean(text), leads) for text, leads in chosen]
    got = messages(*parts, limit=limit, first=first)
    assert "".join("".join(got).split()) == "".join("".join(words(p.spans) for p in parts).split())
    assert all(0 < units(message) <= (limit if number else first) for number, message in enumerate(got))
    assert all(message == message.strip() for message in got)
    assert got == messages(*parts, limit=limit, first=first)


@unhurried
@given(st.integers(1, 300), texts.filter(lambda text: len(seen(text)) > 2), st.integers(60, 200))
def test_a_heading_never_ends_a_message(before: int, after: str, limit: int) -> None:
    got = messages(part("x" * before), part("HEADING", leads=True), part(clean(after)), limit=limit)
    assert not any(message.endswith("HEADING") for message in got)
