"""A card as a screen: its text by kind, what stands beside it, its citations, its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.catalog.cards import (
    Actor,
    Argument,
    BaseCard,
    Card,
    Debate,
    Event,
    Kind,
    Recommendation,
    Statistic,
    Summary,
    Term,
)
from bot.catalog.snapshot import card_key
from bot.layout.blocks import (
    Block,
    Button,
    Buttons,
    CardLink,
    Content,
    Figure,
    Footnote,
    Heading,
    ItemList,
    Paragraph,
    Press,
    Quote,
    Screen,
    bold,
    italic,
    text,
)
from bot.views.citations import citations
from bot.views.numbers import figure, unit
from bot.views.reading import Reading, card_route, rows
from bot.views.routes import Route, View
from bot.views.trails import SEARCH, cards_on, home_trail, measure_trail, near_trail, topic_trail

RIVALS_SHOWN = 4
"""Other estimates named on a statistic's own card; the rest stand one tap away."""


def card_screen(reading: Reading, card: Card, trail: str = "", found: Sequence[Card] = ()) -> Screen:
    """A card with its buttons. `trail` is the list that the reader walks in; for a search, `found` are its results."""
    return Screen.of(card_blocks(reading, card), Buttons(_buttons(reading, card, trail, found)))


def card_blocks(reading: Reading, card: Card) -> list[Block]:
    """A card without buttons: for the chat, the terminal and inline results alike."""
    heading = Heading(text(reading.title(card)), icon=reading.icon(card))
    body = [block for kind, build in _BODIES.items() if isinstance(card, kind) for block in build(reading, card)]
    return [heading, *body, *_outside(reading, card), *citations(reading, card)]


def _paragraphs(reading: Reading, value: Any) -> Iterator[Block]:
    for paragraph in reading.of(value).split("\n"):
        if paragraph.strip():
            yield Paragraph(text(paragraph.strip()))


def _labelled(reading: Reading, key: str, value: str | Content) -> Paragraph:
    content = text(value) if isinstance(value, str) else value
    return Paragraph(text(bold(reading.text(key)), " ", *content))


def _holder(reading: Reading, key: str, holder: Any) -> Paragraph:
    name = reading.holder(holder)
    return _labelled(reading, key, text(CardLink(name, holder) if isinstance(holder, str) else name))


def _summary(reading: Reading, card: Summary) -> Iterator[Block]:
    yield ItemList(tuple(text(reading.of(point)) for point in card.points))
    yield from _paragraphs(reading, card.body)


def _statistic(reading: Reading, card: Statistic) -> Iterator[Block]:
    yield Figure(figure(reading, card) + unit(reading, card), caption=text(reading.of(card.population)))
    yield from _paragraphs(reading, card.text)
    yield _holder(reading, "label-counted-by", card.attributed_to)
    rivals = [other for other in reading.catalog.of_measure(card.measure) if other.id != card.id]
    if rivals:
        yield Heading(text(reading.text("other-estimates")), level=2)
        yield ItemList(tuple(estimate_line(reading, other) for other in rivals[:RIVALS_SHOWN]))


def estimate_line(reading: Reading, card: Statistic) -> Content:
    """One estimate on a line, linked to its card: how many, by whose count, when."""
    when = reading.catalog.as_of(card)
    parts = [reading.holder(card.attributed_to), *([reading.date(when)] if when else [])]
    return text(CardLink(figure(reading, card) + unit(reading, card), card.id), f" — {', '.join(parts)}")


def _recommendation(reading: Reading, card: Recommendation) -> Iterator[Block]:
    audience = ", ".join(reading.text(f"audience-{each.value}") for each in card.audience)
    yield _labelled(reading, "label-audience", audience)
    yield from _paragraphs(reading, card.action)
    yield _labelled(reading, "label-reason", reading.of(card.reason))
    yield _holder(reading, "label-recommended-by", card.attributed_to)


def _argument(reading: Reading, card: Argument) -> Iterator[Block]:
    yield from _paragraphs(reading, card.claim)
    yield Heading(text(reading.text("label-grounds")), level=2)
    yield ItemList(tuple(text(reading.of(ground)) for ground in card.grounds))
    yield _holder(reading, "label-argued-by", card.attributed_to)


def _debate(reading: Reading, card: Debate) -> Iterator[Block]:
    yield Paragraph(text(italic(reading.of(card.question))))
    for side in card.positions:
        holder = reading.holder(side.holder)
        name = CardLink(holder, side.holder) if isinstance(side.holder, str) else bold(holder)
        when = side.as_of or next(reversed(reading.catalog.source_dates(side.cites)), None)
        yield Paragraph(text("▪️ ", name, f", {reading.date(when)}" if when else ""))
        yield Quote(text(reading.of(side.text)))


def _event(reading: Reading, card: Event) -> Iterator[Block]:
    dates = reading.date(card.when) + (f" — {reading.date(card.until)}" if card.until else "")
    yield Paragraph(text(bold(dates)))
    yield from _paragraphs(reading, card.text)


def _actor(reading: Reading, card: Actor) -> Iterator[Block]:
    yield Paragraph(text(italic(reading.of(card.role))))
    yield from _paragraphs(reading, card.text)


def _term(reading: Reading, card: Term) -> Iterator[Block]:
    yield from _paragraphs(reading, card.text)


_BODIES: dict[type[BaseCard], Callable[[Reading, Any], Iterator[Block]]] = {
    Summary: _summary,
    Statistic: _statistic,
    Recommendation: _recommendation,
    Argument: _argument,
    Debate: _debate,
    Event: _event,
    Actor: _actor,
    Term: _term,
}


def _outside(reading: Reading, card: Card) -> Iterator[Block]:
    """What an editor looked up, apart from what the sources say, with where and when it was checked."""
    if card.outside:
        yield Heading(text(reading.text("outside")), level=2)
    for entry in card.outside:
        yield Paragraph(text(reading.of(entry.text)))
        yield Footnote(
            text(reading.text("outside-checked", where=reading.of(entry.where), date=reading.day(entry.checked)))
        )


def _buttons(reading: Reading, card: Card, trail: str, found: Sequence[Card]) -> tuple[tuple[Button, ...], ...]:
    walked = trail or home_trail(reading.catalog, card)
    around = _walk(reading, card, walked, found if trail == SEARCH else cards_on(reading, walked))
    beside: list[Button] = []
    if reading.catalog.related(card):
        beside.append(reading.press("button-related", Route(View.LIST, trail=near_trail(card))))
    beside.append(
        reading.press("button-source", Route(View.CITED, card_key(card.id), "" if trail == SEARCH else trail))
    )
    if reading.edits:
        beside.append(reading.press("button-edit", Route(View.EDIT, card_key(card.id))))
    parts = rows(_parts(reading, card), 2)
    return (*parts, *([tuple(around)] if around else []), tuple(beside), (reading.share(card), reading.menu()))


def _walk(reading: Reading, card: Card, trail: str, cards: Sequence[Card]) -> list[Button]:
    """Previous, the place in the list (which opens the list), next."""
    here = next((number for number, other in enumerate(cards) if other.id == card.id), None)
    if here is None or len(cards) < 2:
        return [reading.press("button-results", Route(View.SEARCH))] if trail == SEARCH else []
    walk: list[Button] = []
    if here > 0:
        walk.append(Press("←", card_route(cards[here - 1], trail).data()))
    page = here // LIST_PAGE
    place = Route(View.SEARCH, page=page) if trail == SEARCH else Route(View.LIST, trail=trail, page=page)
    walk.append(reading.press("button-place", place, here=here + 1, total=len(cards)))
    if here < len(cards) - 1:
        walk.append(Press("→", card_route(cards[here + 1], trail).data()))
    return walk


LIST_PAGE = 6
"""Cards on one page of a list: few enough to read on a phone without scrolling."""


def _parts(reading: Reading, card: Card) -> list[Button]:
    """What opens from a topic's or measure's card: its cards by kind, all estimates."""
    if isinstance(card, Summary) and reading.catalog.topic(card.id):
        cards = [other for other in reading.catalog.in_topic(card.id) if other.id != card.id]
        kinds = [kind for kind in Kind if any(other.kind == kind for other in cards)]
        return [
            Press(
                f"{_kind_label(reading, kind)} · {sum(other.kind == kind for other in cards)}",
                Route(View.LIST, trail=topic_trail(card.id, kind)).data(),
            )
            for kind in kinds
        ]
    if isinstance(card, Statistic) and len(reading.catalog.of_measure(card.measure)) > 1:
        return [reading.press("button-estimates", Route(View.LIST, trail=measure_trail(card.measure)))]
    return []


def _kind_label(reading: Reading, kind: Kind) -> str:
    return reading.text(f"list-{kind.value}")
