"""What an editor is shown of a change is never longer than can be read."""

from __future__ import annotations

from bot.catalog.differences import Differences
from bot.layout.telegram_html import print_html
from bot.views.differences import GROUPS, differences_screen
from bot.views.reading import Reading


def test_of_a_file_of_synonyms_that_goes_only_the_first_groups_are_named(english: Reading) -> None:
    groups = tuple((f"word{number}", f"слово{number}") for number in range(GROUPS + 25))
    (shown,) = print_html(differences_screen(english, Differences(synonyms_removed=groups)), card_url=english.card_url)
    assert f"− word{GROUPS - 1}, слово{GROUPS - 1}" in shown.html
    assert f"word{GROUPS}" not in shown.html
    assert "and 25 more" in shown.html
