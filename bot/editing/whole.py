"""The content checked as a whole, down to what fits a message: what publishing, `kolokol check` and uploads go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.catalog.cards import BaseCard
from bot.catalog.checking import check
from bot.catalog.loading import Content
from bot.catalog.problems import Problem
from bot.catalog.values import format_lines
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.limits import MESSAGE_TEXT
from bot.layout.telegram_html import print_html
from bot.views.cards import card_blocks
from bot.views.reading import Reading

_LONGEST_USERNAME = "x" * 32
"""Links to cards are counted at the longest name that a bot can have (Bot API: usernames have up to 32 characters)."""

_CITATION, _HOLDER, _LABELS, _MARGIN = 200, 150, 600, 1000
"""Characters, rather too many than too few: of a source as cited, of a holder, of labels; and what is left beside."""


def check_whole(content: Content, texts: Mapping[str, bytes] | None = None) -> list[Problem]:
    """Everything wrong, sorted by place. Where all else is right, each card is printed to see that it fits."""
    problems = check(content, texts)
    return problems or sorted(unfitting(content))


def _surely_fits(card: BaseCard, language: Language) -> bool:
    """Whether a card is so short that printing it would tell nothing: that takes a second for all of them."""
    texts = [text.in_(language.value) for _, text in card.texts()]
    texts += [part.in_(language.value) for entry in card.outside for part in (entry.text, entry.where)]
    around = sum(_CITATION + len(format_lines(cite.lines)) for cite in card.all_cites())
    around += sum(1 for _ in card.holders()) * _HOLDER
    return sum(map(len, texts)) + around + _LABELS <= MESSAGE_TEXT - _MARGIN


def unfitting(content: Content) -> Iterator[Problem]:
    """The cards that take more than one message in a language, as they stand in the chat; drafts too."""
    catalog = content.catalog()
    for language in Language:
        reading = Reading(catalog, language, _LONGEST_USERNAME, today=date.max)  # with the note that it is stale
        for entry in content.cards:
            if _surely_fits(entry.card, language):
                continue
            count = len(print_html(Screen.of(card_blocks(reading, entry.card)), card_url=reading.card_url))
            if count > 1:
                yield Problem.at(entry.place(), "card_does_not_fit", language=language.value, count=count)
