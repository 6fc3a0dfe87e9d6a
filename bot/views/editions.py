"""How an edition looks: the note, what is new and corrected, then a card of each kind, each cited and linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from bot import i18n
from bot.catalog.cards import Argument, BaseCard, Card, Debate, Event, Recommendation, Statistic
from bot.catalog.corrections import Correction
from bot.catalog.sources import Source
from bot.layout.blocks import (
    Block,
    CardLink,
    Content,
    Figure,
    Footnote,
    Heading,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Quote,
    Run,
    Screen,
    bold,
    italic,
    text,
)
from bot.layout.limits import MESSAGE_TEXT
from bot.layout.telegram_html import print_html
from bot.subscription import Cadence
from bot.views.citations import source_credit, source_date
from bot.views.edition import Edition, EditionKind
from bot.views.numbers import figure, unit
from bot.views.pieces import Piece, Told, fill, left_of, together
from bot.views.reading import KIND_ICONS, Reading
from bot.views.results import snippet_of

TOLD = 3
"""New cards of which more than the title is shown."""
LISTED = 12
"""New or corrected cards that are listed at most; the others stand in the bot."""
PARTS = 4
"""Most messages of an edition."""
BESIDE = 300
"""Characters kept free in each for a channel's own line and hashtag."""
TOPICS_NAMED = 4
POSITIONS = 4
"""Sides of a debate shown at most."""
MORE = "whatsnew"
"""What the deep link to all that is new carries in the place of a card's id."""


def edition_blocks(reading: Reading, edition: Edition, *, links: bool = True) -> list[Block]:
    """An edition in one piece, without header, hashtag and buttons: how it looks before it goes out.

    `links`: whether citations may link to the outlets' own pages.
    """
    messages = edition_messages(reading, edition, links=links, room=MESSAGE_TEXT - BESIDE)
    return together(piece for message in messages for piece in message)


def edition_messages(
    reading: Reading, edition: Edition, *, links: bool = True, room: int = MESSAGE_TEXT, told: Told = ()
) -> list[tuple[Piece, ...]]:
    """What each message of an edition holds in `room` UTF-16 units; of one whose first messages went, of the others.

    `told` says what those hold: no card of theirs comes again, and none that the edition has by now is left out. An
    edition that would take more than four messages is told in brief: beginnings of cards, and fewer of what is new.
    """

    def fits(pieces: Sequence[Piece]) -> bool:
        return len(print_html(Screen.of(together(pieces)), card_url=reading.card_url, limit=room)) <= 1

    def good(messages: Sequence[Sequence[Piece]], most: int) -> bool:
        return len(messages) <= most and all(fits(each) for each in messages if len(each) == 1)

    pieces = _pieces(_View(reading, links), edition)
    whole = fill(pieces, fits)
    short = not good(whole, PARTS)
    rest = fill(left_of(pieces, told), fits) if told else whole
    if not short and good(rest, PARTS - len(told)):
        return rest
    brief = _View(reading, links, brief=True, listed=LISTED // 2 if short else LISTED)
    return fill(left_of(_pieces(brief, edition), told), fits)


def _pieces(view: _View, edition: Edition) -> list[Piece]:
    if edition.kind is EditionKind.CORRECTION:
        return list(view.correction(edition))
    return [*view.head(edition), *view.news(edition), *view.corrected(edition), *view.picked(edition)]


def edition_dates(reading: Reading, edition: Edition) -> str:
    """What an edition covers: its days, or the month."""
    if edition.cadence is Cadence.MONTHLY:
        month = edition.first + timedelta(days=1)  # a month begins on the evening before its first day
        return i18n.day(reading.language, (month.year, month.month))
    return i18n.span(reading.language, edition.first, edition.end - timedelta(days=1))


class _View:
    """One edition for one reader. Cards that are gone since it was composed fall away."""

    def __init__(self, reading: Reading, links: bool, *, brief: bool = False, listed: int = LISTED) -> None:
        self.reading, self.links, self.brief, self.listed = reading, links, brief, listed

    def head(self, edition: Edition) -> Iterator[Piece]:
        reading = self.reading
        blocks: list[Block] = [
            Heading(text(reading.text("edition-title", dates=edition_dates(reading, edition))), icon="🔔")
        ]
        if edition.topics:
            blocks.append(Paragraph(text(italic(self._topics(edition.topics)))))
        if edition.empty:
            key = "edition-nothing-new" if edition.cards else "edition-topics-gone"
            blocks.append(Paragraph(text(reading.text(key))))
        yield Piece("#head", tuple(blocks))
        if edition.note:
            over = Heading(text(reading.text("edition-note")), level=2, icon="✍️")
            yield Piece("#note", (over, Quote(text(edition.note))))

    def _topics(self, topics: Sequence[str]) -> str:
        found = [card for topic in topics if (card := self.reading.catalog.find(topic))]
        if len(found) > TOPICS_NAMED:
            return self.reading.text("edition-topics-many", count=len(found))
        return " · ".join(self.reading.title(card) for card in found)

    def news(self, edition: Edition) -> Iterator[Piece]:
        over = (Heading(text(self.reading.text("edition-new")), level=2, icon="🆕"),)
        cards = self._cards(edition.news)
        for number, card in enumerate(cards[: self.listed]):
            item = self._new(card, told=number < TOLD and not self.brief)
            yield Piece(card.id, item=item, over=over, formerly=tuple(card.formerly))
        yield from self._more("#more", len(cards), over)

    def _new(self, card: Card, *, told: bool) -> Content:
        reading = self.reading
        title: list[Inline] = [Run(f"{reading.icon(card)} "), CardLink(reading.title(card), card.id, bold=told)]
        if not told:
            return text(*title, " — ", *self._cited(card))
        return text(*title, f"\n{snippet_of(reading, card)}\n", *self._cited(card))

    def corrected(self, edition: Edition) -> Iterator[Piece]:
        over = Heading(text(self.reading.text("edition-corrected")), level=2, icon="✏️")
        yield from self._corrections(edition.corrections, (over,))

    def correction(self, edition: Edition) -> Iterator[Piece]:
        """An edition that holds corrections alone."""
        reading = self.reading
        count = len([each for each in edition.corrections if each.card in reading.catalog.by_id])
        title = Heading(text(reading.text("correction-title", count=count)), icon="✏️")
        yield from self._corrections(
            edition.corrections, (title, Paragraph(text(reading.text("correction-text", count=count))))
        )

    def _corrections(self, corrections: Sequence[Correction], over: tuple[Block, ...]) -> Iterator[Piece]:
        pairs = [(self.reading.catalog.by_id.get(each.card), each) for each in corrections]
        there = [(card, each) for card, each in pairs if card]
        for card, each in there[: self.listed]:
            title = CardLink(self.reading.title(card), card.id)
            item = text(title, "\n", *correction_line(self.reading, each), "\n", *self._cited(card))
            name, *formerly = (f"#corrected {name}" for name in (card.id, *card.formerly))
            yield Piece(name, item=item, over=over, formerly=tuple(formerly))
        yield from self._more("#more corrected", len(there), over)

    def _more(self, name: str, count: int, over: tuple[Block, ...]) -> Iterator[Piece]:
        if count > self.listed:
            more = CardLink(self.reading.text("edition-more", count=count - self.listed), MORE)
            yield Piece(name, (Paragraph(text(more)),), over=over)

    def picked(self, edition: Edition) -> Iterator[Piece]:
        over = (Heading(text(self.reading.text("edition-pinned")), level=2, icon="📌"),)
        for card in self._cards(edition.pinned):
            yield self._piece(card, self._item(card), over)
        for card in self._cards(filter(None, (edition.statistic, edition.recommendation, edition.voice))):
            yield self._piece(card, self._item(card))
        for card in self._cards(filter(None, (edition.event,))):
            if isinstance(card, Event):
                yield self._piece(card, self._anniversary(card, edition))

    def _piece(self, card: Card, blocks: Iterable[Block], over: tuple[Block, ...] = ()) -> Piece:
        return Piece(card.id, tuple(blocks), over=over, formerly=tuple(card.formerly))

    def _item(self, card: Card) -> Iterator[Block]:
        yield Heading(text(CardLink(self.reading.title(card), card.id)), level=2, icon=self.reading.icon(card))
        bodies = (body for kind, body in _BODIES.items() if isinstance(card, kind))
        yield from (_other if self.brief else next(bodies, _other))(self.reading, card)
        yield Footnote(text("📰 ", *self._cited(card)))

    def _anniversary(self, card: Event, edition: Edition) -> Iterator[Block]:
        years = _years_since(card, edition)
        when = f"{self.reading.text('edition-years-ago', years=years)}: {self.reading.date(card.when)}"
        yield Heading(text(when), level=2, icon=KIND_ICONS[card.kind])
        yield Paragraph(text(CardLink(self.reading.title(card), card.id, bold=True)))
        yield Paragraph(text(_first_paragraph(self.reading.of(card.text))))
        yield Footnote(text("📰 ", *self._cited(card)))

    def _cards(self, ids: Any) -> list[Card]:
        return [card for card_id in ids if (card := self.reading.catalog.by_id.get(card_id))]

    def _cited(self, card: Card) -> Iterator[Inline]:
        """As of when, and each source once, on one line."""
        reading = self.reading
        names = dict.fromkeys(cite.source for cite in card.all_cites())
        sources = [source for name in names if (source := reading.catalog.sources.get(name))]
        if card.as_of and {card.as_of.date} != {source.date.date for source in sources if source.date}:
            yield italic(reading.text("as-of", date=reading.date(card.as_of)) + " · ")
        for number, source in enumerate(sources):
            if number:
                yield italic("; ")
            yield self._source(source)
            if source.standing:
                yield italic(f" ({reading.text(f'edition-{source.standing.status}')})")

    def _source(self, source: Source) -> Inline:
        credit = f"{source_credit(self.reading, source)}, {source_date(self.reading, source)}"
        return Link(credit, source.url) if self.links and source.url else CardLink(credit, source.id)


def correction_line(reading: Reading, correction: Correction) -> Content:
    """What was said before, struck out, and what is said now."""
    if correction.figure:
        old, new = (
            figure(reading, each) + unit(reading, each) for each in (correction.figure.old, correction.figure.new)
        )
    else:
        texts = correction.texts.get(reading.language.value)
        old, new = (", ".join(texts.old), ", ".join(texts.new)) if texts else ("", "")
    return text(Run(old, strike=True), " → ", bold(new)) if old or new else ()


def _first_paragraph(words: str) -> str:
    return next((each.strip() for each in words.split("\n") if each.strip()), "")


def _said_by(reading: Reading, key: str, holder: Any) -> Footnote:
    name = reading.holder(holder)
    return Footnote(text(bold(reading.text(key)), " ", CardLink(name, holder) if isinstance(holder, str) else name))


def _statistic(reading: Reading, card: Statistic) -> Iterator[Block]:
    yield Figure(figure(reading, card) + unit(reading, card), caption=text(reading.of(card.population)))
    yield Paragraph(text(_first_paragraph(reading.of(card.text))))
    yield _said_by(reading, "label-counted-by", card.attributed_to)


def _recommendation(reading: Reading, card: Recommendation) -> Iterator[Block]:
    audience = ", ".join(reading.text(f"audience-{each.value}") for each in card.audience)
    yield Paragraph(text(bold(reading.text("label-audience")), " ", audience))
    yield Paragraph(text(_first_paragraph(reading.of(card.action))))
    yield _said_by(reading, "label-recommended-by", card.attributed_to)


def _argument(reading: Reading, card: Argument) -> Iterator[Block]:
    yield Paragraph(text(_first_paragraph(reading.of(card.claim))))
    yield _said_by(reading, "label-argued-by", card.attributed_to)


def _debate(reading: Reading, card: Debate) -> Iterator[Block]:
    yield Paragraph(text(italic(reading.of(card.question))))
    sides = tuple(
        text(bold(reading.holder(side.holder)), ": ", _first_paragraph(reading.of(side.text)))
        for side in card.positions
    )
    yield ItemList(sides[:POSITIONS])
    if len(sides) > POSITIONS:
        label = reading.text("edition-positions-more", count=len(sides) - POSITIONS)
        yield Paragraph(text(CardLink(label, card.id)))


def _other(reading: Reading, card: Card) -> Iterator[Block]:
    yield Paragraph(text(snippet_of(reading, card)))


_BODIES: dict[type[BaseCard], Callable[[Reading, Any], Iterator[Block]]] = {
    Statistic: _statistic,
    Recommendation: _recommendation,
    Argument: _argument,
    Debate: _debate,
}


def _years_since(event: Event, edition: Edition) -> int:
    """How many years before the days on which the edition goes out; around New Year they may lie in two years."""
    year, month, *_ = (*event.when.parts, 1)
    return edition.end.year - year + (1 if edition.end.month == 12 and month == 1 else 0)
