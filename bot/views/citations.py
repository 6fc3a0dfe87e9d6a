"""Citations as readers see them: who, where, when; and what date a card speaks of."""

from __future__ import annotations

from bot.catalog.cards import Card
from bot.catalog.freshness import is_stale
from bot.catalog.sources import Source
from bot.layout.blocks import Block, CardLink, Footnote, text
from bot.views.reading import Reading


def source_credit(reading: Reading, source: Source) -> str:
    """Who and where, as far as the text says: "Aleksandr Smirnov, The Moscow Times"."""
    credits = [reading.of(credit.name) for credit in (source.author, source.publisher) if credit]
    return ", ".join(credits) or reading.text("source-no-author")


def source_date(reading: Reading, source: Source) -> str:
    """When, or that the text does not say."""
    return reading.date(source.date) if source.date else reading.text("source-no-date")


def citations(reading: Reading, card: Card) -> list[Block]:
    """The small print of a card: as of when, then each source once, linked to its own card."""
    blocks: list[Block] = []
    if span := reading.catalog.sources_span(card):
        first, last = (reading.date(when) for when in span)
        blocks.append(Footnote(text(reading.text("as-of-span", first=first, last=last))))
    elif when := reading.catalog.as_of(card):
        blocks.append(Footnote(text(reading.text("as-of", date=reading.date(when)))))
    blocks += _standing_of(reading, card)
    names = list(dict.fromkeys(cite.source for cite in card.all_cites()))
    for name in names:
        source = reading.catalog.sources.get(name)
        if source:
            title = CardLink(reading.of(source.title), source.id)
            credit = f"{source_credit(reading, source)}, {source_date(reading, source)}: "
            blocks.append(Footnote(text("📰 ", credit, title)))
    return blocks


def _standing_of(reading: Reading, card: Card) -> list[Block]:
    """A note where the card has waited too long for its review, and one where it took the place of another."""
    notes: list[Block] = []
    if reading.today and card.review_by and is_stale(card, reading.today):
        notes.append(Footnote(text("⏳ ", reading.text("stale", date=reading.day(card.review_by)))))
    if card.id in reading.catalog.replaced.values():
        notes.append(Footnote(text("♻️ ", reading.text("supersedes"))))
    return notes
