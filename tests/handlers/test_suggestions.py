"""/suggest: anybody's words reach the editors, and nothing of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.handlers.suggestions import EACH, IN_ALL, WITHIN_SECONDS, Limits
from tests.conversation import GROUP, YOU
from tests.handlers.office import Office
from tests.test_app import bytes_of

WORDS = "The figure for Georgia is older than it says"


async def test_a_suggestion_reaches_editors_and_administrators_without_a_name(office: Office, tmp_path: Path) -> None:
    answer = await office.reader.ask(f"/suggest {WORDS}")
    assert "without your name" in answer["text"]
    name = office.reader.sandbox.world.people[YOU].first_name
    for who in (office.editor, office.admin):
        got = who.messages[-1]
        assert WORDS in got["text"]
        assert str(YOU) not in str(got)
        assert name not in got["text"]
        assert "forward_origin" not in got
    assert WORDS.encode() not in bytes_of(tmp_path)


async def test_no_word_is_lost_that_stands_below_the_command(office: Office) -> None:
    for words in ("The figure is wrong", "Wrong", "The figure\nfor Georgia\nis wrong"):
        await office.reader.ask(f"/suggest\n{words}")
        assert f"\n\n{words}\n\n" in office.editor.messages[-1]["text"]


async def test_markup_in_a_suggestion_is_shown_as_it_was_written(office: Office) -> None:
    await office.reader.ask("/suggest <b>bold</b> & https://example.org")
    assert "<b>bold</b> & https://example.org" in office.editor.messages[-1]["text"]


async def test_how_to_suggest_is_said_where_nothing_is_suggested(office: Office) -> None:
    assert "/suggest The figure" in (await office.reader.ask("/suggest"))["text"]
    assert "longer than 2,000" in (await office.reader.ask(f"/suggest {'x' * 2001}"))["text"]


async def test_enough_is_enough(office: Office) -> None:
    for number in range(EACH):
        assert "Thank you" in (await office.reader.ask(f"/suggest {number}"))["text"]
    before = len(office.editor.messages)
    assert "in an hour" in (await office.reader.ask("/suggest more"))["text"]
    assert len(office.editor.messages) == before
    assert "Thank you" in (await office.admin.say("/suggest from another"))[-1]["text"]


async def test_in_a_group_nothing_is_passed_on(office: Office) -> None:
    before = len(office.editor.messages)
    assert await office.reader.as_(YOU, GROUP).say(f"/suggest {WORDS}") == []
    assert len(office.editor.messages) == before


def test_limits_are_forgotten_within_the_hour() -> None:
    limits = Limits()
    assert [limits.admits(1, 0.0) for _ in range(EACH + 1)] == [True] * EACH + [False]
    assert limits.admits(2, 0.0)
    assert not limits.admits(1, WITHIN_SECONDS - 1)
    assert limits.admits(1, WITHIN_SECONDS)
    assert limits._sent.keys() == {1}


def test_many_accounts_together_do_not_drown_the_editors() -> None:
    limits = Limits()
    assert sum(limits.admits(number, 0.0) for number in range(IN_ALL * 3)) == IN_ALL


@pytest.mark.parametrize("moment", [0.0, 10.0])
def test_whoever_is_refused_is_not_counted(moment: float) -> None:
    limits = Limits()
    for _ in range(EACH * 3):
        limits.admits(1, moment)
    assert limits._sent == {1: [moment] * EACH}
