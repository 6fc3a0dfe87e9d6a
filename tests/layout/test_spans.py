"""Styled text is joined, cut, measured and written."""

from bot.layout.limits import ENTITIES
from bot.layout.spans import (
    BOLD,
    CODE,
    FOLDED,
    ITALIC,
    PRE,
    QUOTE,
    UNDERLINE,
    Span,
    cut,
    entity_count,
    fits,
    joined,
    lightened,
    link,
    room_for_entities,
    styled,
    trimmed,
    words,
    write,
)

LINK = link('https://x.org/?a=1&b="2"')


def test_neighbours_of_one_style_become_one() -> None:
    assert joined([Span("a", (BOLD,)), Span(""), Span("b", (BOLD,)), Span("c")]) == (Span("ab", (BOLD,)), Span("c"))


def test_styles_stand_from_the_outermost_to_the_innermost_once() -> None:
    assert styled("x", [ITALIC, BOLD, LINK, QUOTE, BOLD]).styles == (QUOTE, LINK, BOLD, ITALIC)


def test_code_keeps_only_the_quote_about_it_and_a_block_of_code_nothing() -> None:
    assert styled("x", [BOLD, CODE, LINK, FOLDED]).styles == (FOLDED, CODE)
    assert styled("x", [BOLD, PRE, QUOTE]).styles == (PRE,)


def test_a_style_goes_on_after_a_cut() -> None:
    before, after = cut((Span("ab", (BOLD,)), Span("cd", (BOLD, ITALIC))), 3)
    assert write(before) == "<b>ab<i>c</i></b>"
    assert write(after) == "<b><i>d</i></b>"


def test_white_space_goes_from_both_ends_through_styles() -> None:
    assert trimmed((Span(" \n", (BOLD,)), Span(" a b "), Span("\n"))) == (Span("a b"),)
    assert trimmed((Span(" \n"),)) == trimmed((Span(""),)) == ()


def test_tags_close_in_order_and_styles_that_go_on_stay_open() -> None:
    spans = (Span("a", (QUOTE,)), Span("<b>", (QUOTE, LINK, BOLD)), Span("c", (QUOTE, BOLD)), Span("d"))
    expected = (
        '<blockquote>a<a href="https://x.org/?a=1&amp;b=&quot;2&quot;"><b>&lt;b&gt;</b></a><b>c</b></blockquote>d'
    )
    assert write(spans) == expected
    assert write((Span("x", (FOLDED,)),)) == "<blockquote expandable>x</blockquote>"


def test_entities_are_counted_as_telegram_cuts_them() -> None:
    assert entity_count((Span("a", (QUOTE,)), Span("b", (QUOTE, BOLD)), Span("c", (QUOTE, BOLD, UNDERLINE)))) == 4


def test_what_telegram_finds_by_itself_counts_too() -> None:
    assert entity_count((Span("/policy and #visas, @name, https://example.com, a@b.org"),)) >= 5
    assert entity_count((Span("In 2022, 820,000 people left. Some say e.g. more; 3.5 times."),)) == 0


def test_there_is_room_for_a_hundred_entities_and_no_more() -> None:
    spans = tuple(Span("x", (BOLD,) if number % 2 else (ITALIC,)) for number in range(ENTITIES + 1))
    assert room_for_entities(spans) == ENTITIES
    assert fits(spans[:-1], 1000)
    assert not fits(spans, 1000)


def test_long_addresses_weigh_more_than_short_ones() -> None:
    spans = tuple(Span("x", (link(f"https://x.org/{number:0500}"),)) for number in range(40))
    assert 10 < room_for_entities(spans) < 20


def test_lighter_text_has_the_same_words() -> None:
    spans = (Span("a", (BOLD, UNDERLINE)), Span("b", (BOLD,)))
    assert lightened(spans, UNDERLINE) == (Span("ab", (BOLD,)),)
    assert words(lightened(spans, UNDERLINE)) == words(spans)
