"""Keyboards that Telegram would refuse are refused before they are sent."""

import pytest

from bot.layout.blocks import Ask, Button, Open, Press
from bot.layout.buttons import ButtonError, check_buttons


def test_a_keyboard_at_every_limit_passes() -> None:
    check_buttons([[Press("ж", "ж" * 32)] * 8] * 12 + [[Open("a", "https://x.org")] * 2, [Ask("b", "q" * 256)] * 2])


def test_no_buttons_are_fine() -> None:
    check_buttons([])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[Press("Визы", "ж" * 32 + "a")]], "'Визы' in row 1: its data is 65 bytes in UTF-8: Telegram takes 1 to 64"),
        ([[Press("x", "a")], [Press("y", "")]], "'y' in row 2: its data is 0 bytes"),
        ([[Press("\u200b", "a")]], "its label shows nothing"),
        ([[Press("x", "a")] * 9], "9 buttons in row 1: Telegram takes at most 8"),
        ([[Press("x", "a")]] * 101, "101 buttons under one message: Telegram takes at most 100"),
        ([[Open("x", "javascript:alert(1)")]], "its address 'javascript:alert(1)' begins with none of https://"),
        ([[Ask("x", "q" * 257)]], "its query is 257 characters: Telegram takes at most 256"),
    ],
)
def test_a_keyboard_that_telegram_refuses_says_where_and_why(rows: list[list[Button]], words: str) -> None:
    with pytest.raises(ButtonError) as caught:
        check_buttons(rows)
    assert words in str(caught.value)
