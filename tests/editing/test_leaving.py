"""Lines left out by a guess: they become as any others once somebody has looked, or are open again."""

from __future__ import annotations

from bot.catalog.sources import LeftOut
from bot.editing.leaving import GUESSED, guessed, settled
from tests.catalog.house import source_of

MINE = LeftOut(lines=(4,), reason="boilerplate")
NOTED = LeftOut(lines=(5,), reason="repeated", note="a caption")
GUESSES = (
    LeftOut(lines=(1,), reason="boilerplate", note=GUESSED),
    LeftOut(lines=(3,), reason="repeated", note=GUESSED),
)
SOURCE = source_of().model_copy(update={"left_out": (GUESSES[0], MINE, NOTED, GUESSES[1])})


def test_guesses_are_known_by_their_note() -> None:
    assert guessed(SOURCE) == GUESSES


def test_what_is_right_joins_what_is_left_out_for_the_same_reason() -> None:
    assert settled(SOURCE, right=True) == (
        LeftOut(lines=(1, 4), reason="boilerplate"),
        NOTED,
        LeftOut(lines=(3,), reason="repeated"),
    )


def test_what_is_put_back_is_left_out_no_more() -> None:
    assert settled(SOURCE, right=False) == (MINE, NOTED)
