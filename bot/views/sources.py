"""Sources: the list, one source with its standing under Russian law, and the sources of a card."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalog.cards import Card
from bot.catalog.sources import Source
from bot.catalog.values import format_lines
from bot.layout.blocks import (
    Block,
    Button,
    Buttons,
    CardLink,
    Footnote,
    Heading,
    ItemList,
    Link,
    Paragraph,
    Press,
    Screen,
    bold,
    italic,
    text,
)
from bot.views.citations import source_credit, source_date
from bot.views.reading import Reading, card_route
from bot.views.routes import Route, View
from bot.views.trails import source_trail


def sources_screen(reading: Reading) -> Screen:
    """All sources: who, where, when."""
    sources = tuple(reading.catalog.sources.values())
    items = tuple(
        text(
            CardLink(reading.of(source.title), source.id),
            f" — {source_credit(reading, source)}, {source_date(reading, source)}",
        )
        for source in sources
    )
    buttons: list[Button] = [
        Press(str(number), card_route(summary).data())
        for number, source in enumerate(sources, start=1)
        if (summary := reading.catalog.source_summary(source.id))
    ]
    return Screen.of(
        Heading(text(reading.text("sources-title")), icon="📰"),
        Paragraph(text(reading.text("sources-intro"))),
        ItemList(items, numbered=True),
        Buttons((tuple(buttons), (reading.menu(),))),
    )


def source_screen(reading: Reading, source: Source, back: Route | None = None) -> Screen:
    """A source card: what is known of it, its standing, what it says in short."""
    summary = reading.catalog.source_summary(source.id)
    points = ItemList(tuple(text(reading.of(point)) for point in summary.points)) if summary else None
    up = reading.press("button-card", back) if back else reading.press("menu-sources", Route(View.SOURCES))
    first: list[Button] = [reading.press("button-from-source", Route(View.LIST, trail=source_trail(source.id)))]
    if summary:
        first.insert(0, reading.press("button-summary", Route(View.CARD, card_route(summary).key, FULL)))
    return Screen.of(
        Heading(text(reading.of(source.title)), icon="📰"),
        list(source_facts(reading, source)),
        points,
        Buttons((tuple(first), (up, reading.menu()))),
    )


FULL = "u"
"""Trail that shows a source's summary in full instead of its card."""


def source_facts(reading: Reading, source: Source) -> Iterator[Block]:
    """Who, where, when and how that is known; the standing under Russian law, or that nobody has checked it."""
    yield Paragraph(text(source_credit(reading, source), ", ", source_date(reading, source)))
    yield Paragraph(text(italic(reading.text(f"genre-{source.genre}"))))
    for credit in (source.author, source.publisher, source.date):
        if credit and credit.inferred:
            yield Footnote(text(reading.text("inferred", reason=reading.of(credit.inferred))))
    if source.url:
        yield Paragraph(text(Link(reading.text("source-open"), source.url)))
    yield Paragraph(text(bold(reading.text("standing-title"))))
    if source.standing:
        yield Paragraph(text(reading.of(source.standing.text)))
        yield Paragraph(text("⚠️ ", reading.text(f"standing-{source.standing.status}")))
        lines = "; ".join(format_lines(cite.lines) for cite in source.standing.cites)
        yield Footnote(text(reading.text("standing-stated", lines=lines)))
    else:
        yield Paragraph(text(reading.text("standing-not-checked")))
    for entry in source.outside:
        yield Paragraph(text(reading.of(entry.text)))
        yield Footnote(
            text(reading.text("outside-checked", where=reading.of(entry.where), date=reading.day(entry.checked)))
        )


def cited_screen(reading: Reading, card: Card, back: Route) -> Screen:
    """The sources of one card: its only source, or a choice among several, each with the lines it stands on."""
    names = list(dict.fromkeys(cite.source for cite in card.all_cites()))
    sources = [reading.catalog.sources[name] for name in names if name in reading.catalog.sources]
    if len(sources) == 1:
        return source_screen(reading, sources[0], back)
    summaries = [summary for source in sources if (summary := reading.catalog.source_summary(source.id))]
    buttons = [(Press(f"📰 {reading.title(summary)}", card_route(summary).data()),) for summary in summaries]
    items = tuple(
        text(bold(reading.of(source.title)), f" — {source_credit(reading, source)}, {source_date(reading, source)}")
        for source in sources
    )
    return Screen.of(
        Heading(text(reading.text("cited-title")), icon="📰"),
        Paragraph(text(reading.title(card))),
        ItemList(items),
        Buttons((*buttons, (reading.press("button-card", back), reading.menu()))),
    )
