"""Screens in a terminal and in a pipe."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.layout.blocks import (
    Ask,
    Block,
    Buttons,
    CardLink,
    Details,
    Divider,
    Figure,
    Footnote,
    Heading,
    ItemList,
    Link,
    Open,
    Paragraph,
    Picture,
    Press,
    Quote,
    Run,
    Screen,
    Table,
    text,
)
from bot.layout.terminal import print_terminal

from .screens import assert_all_said_in_order, screens, unhurried

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def piped(*blocks: Block, width: int | None = None) -> str:
    return print_terminal(Screen.of(*blocks), width=width, colour=False)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(text("Visas"), icon="🛂"), "🛂 Visas\n========\n"),
        (Heading(text("Part"), level=2), "Part\n"),
        (Paragraph(text("a ", Run("b", bold=True, mark=True), " [red]c[/red] :smile:")), "a b [red]c[/red] :smile:\n"),
        (Paragraph((Run("650,000", strike=True), Run(" → 820,000"))), "~~650,000~~ → 820,000\n"),
        (Paragraph(text("see ", Link("here", "https://x.org"), ".")), "see here (https://x.org).\n"),
        (Paragraph((Link("https://x.org", "https://x.org"),)), "https://x.org\n"),
        (Paragraph((CardLink("Visas", "visas"),)), "Visas\n"),
        (Figure("820,000", "people", text("left")), "820,000 people\nleft\n"),
        (ItemList((text("a"), text("b\nc"))), "• a\n• b\n  c\n"),
        (ItemList((text("a"), text("b")), numbered=True, start=9), " 9. a\n10. b\n"),
        (Quote(text("a\nb")), "│ a\n│ b\n"),
        (Details(text("Why"), (text("One."), text("Two."))), "Why\n  One.\n  Two.\n"),
        (Footnote(text("Source")), "Source\n"),
        (Divider(), "* * *\n"),
        (Picture("chart.png", "a chart", text("By country")), "🖼 a chart\nBy country\n"),
        (Buttons(((Press("Next", "n"), Open("Share", "https://x.org")), (Ask("Ask", "q"),))), "Share: https://x.org\n"),
        (
            Table(("Country", "People"), ((text("Georgia"), text("60,000")), (text("Armenia"), text("9,000")))),
            "Country   People\n────────────────\nGeorgia   60,000\nArmenia    9,000\n",
        ),
        (Table(("Country", "People"), ()), ""),
        (Paragraph(text(" \n")), ""),
    ],
)
def test_a_block_reads_well_in_a_pipe(block: Block, expected: str) -> None:
    assert piped(block) == expected


def test_lines_are_wrapped_and_hang_under_their_bullet() -> None:
    assert piped(ItemList((text("one two three four five"),)), width=20) == "• one two three four\n  five\n"
    assert piped(Quote(text("one two three four five")), width=20) == "│ one two three four\n│ five\n"


def test_a_table_too_wide_for_its_terminal_becomes_a_list() -> None:
    table = Table(("A", "B", "C"), ((text("a"), text("b"), text("c")),))
    assert piped(table, width=20) == "• a — B: b · C: c\n"


def test_a_pipe_is_never_wrapped() -> None:
    assert piped(Paragraph(text("word " * 500))).count("\n") == 1


def test_blocks_are_set_apart_and_what_belongs_together_is_not() -> None:
    assert (
        piped(
            Heading(text("Part"), level=2),
            Paragraph(text("Say this:")),
            ItemList((text("a"),)),
            Paragraph(()),
            Footnote(text("One")),
            Footnote(text("Two")),
        )
        == "Part\nSay this:\n• a\n\nOne\nTwo\n"
    )


def test_cards_are_named_where_it_is_known_how() -> None:
    screen = Screen.of(Paragraph((CardLink("Visas", "visas"),)))
    assert print_terminal(screen, width=None, colour=False, card_url=str.upper) == "Visas (VISAS)\n"


def test_with_colour_styles_are_shown_and_without_they_are_not() -> None:
    screen = Screen.of(Paragraph((Run("hit", mark=True),)), Footnote(text("small")))
    shown = print_terminal(screen, width=80, colour=True)
    assert COLOUR.findall(shown)
    assert COLOUR.sub("", shown) == print_terminal(screen, width=80, colour=False)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen.of(Paragraph((Run("bold", bold=True), Run(" word" * 20))))
    before = [print_terminal(screen, width=60, colour=colour) for colour in (True, False)]
    for name, value in {"COLUMNS": "30", "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert [print_terminal(screen, width=60, colour=colour) for colour in (True, False)] == before


@unhurried
@given(screens, st.none() | st.integers(1, 120), st.booleans())
def test_no_control_character_of_a_text_gets_through(screen: Screen, width: int | None, colour: bool) -> None:
    shown = print_terminal(screen, width=width, colour=colour, card_url=str)
    bare = COLOUR.sub("", shown) if colour else shown
    assert not [c for c in bare if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", bare)
    assert shown.endswith("\n") or not shown
    shown.encode()


@unhurried
@given(screens, st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal(screen: Screen, width: int) -> None:
    buttonless = Screen(tuple(block for block in screen.blocks if not isinstance(block, Buttons)))
    for line in print_terminal(buttonless, width=width, colour=False).split("\n"):
        assert cell_len(line) <= width


@unhurried
@given(screens)
def test_nothing_is_lost_and_the_order_is_kept(screen: Screen) -> None:
    rest = Screen(tuple(block for block in screen.blocks if not isinstance(block, Buttons | Picture | Table)))
    shown = print_terminal(rest, width=None, colour=True)
    assert_all_said_in_order(COLOUR.sub("", shown), rest.blocks)
