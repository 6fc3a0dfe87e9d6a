"""The content checked as a whole, down to what fits a message: what publishing, `kolokol check` and uploads go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.catalog.checking import check
from bot.catalog.loading import Content
from bot.catalog.problems import Problem
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.views.cards import card_blocks
from bot.views.reading import Reading

_LONGEST_USERNAME = "x" * 32
"""Links to cards are counted at the longest name that a bot can have (Bot API: usernames have up to 32 characters)."""


def check_whole(content: Content, texts: Mapping[str, bytes] | None = None) -> list[Problem]:
    """Everything wrong, sorted by place. Where all else is right, each card is printed to see that it fits."""
    problems = check(content, texts)
    return problems or sorted(unfitting(content))


def unfitting(content: Content) -> Iterator[Problem]:
    """The cards that take more than one message in a language, as they stand in the chat; drafts too."""
    catalog = content.catalog()
    for language in Language:
        reading = Reading(catalog, language, _LONGEST_USERNAME, today=date.max)  # with the note that it is stale
        for entry in content.cards:
            count = len(print_html(Screen.of(card_blocks(reading, entry.card)), card_url=reading.card_url))
            if count > 1:
                yield Problem.at(entry.place(), "card_does_not_fit", language=language.value, count=count)
