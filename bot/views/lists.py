"""Paged lists: numbered cards with a button each; measures side by side; recommendations by audience and topic."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.cards import Audience, Card, Event, Kind, Recommendation, Statistic
from bot.layout.blocks import (
    Button,
    Buttons,
    CardLink,
    Content,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Press,
    Run,
    Screen,
    bold,
    text,
)
from bot.views.cards import LIST_PAGE, estimate_line
from bot.views.numbers import figure, unit
from bot.views.reading import KIND_ICONS, Reading, card_route, rows
from bot.views.routes import Route, View
from bot.views.trails import audience_trail, cards_on, measure_of, measure_trail, topic_trail, trail_title

NUMBERS_IN_ROW = 6


def pages(count: int, size: int = LIST_PAGE) -> int:
    """How many pages a list of so many things has, `size` on each."""
    return max(1, -(-count // size))


def list_screen(reading: Reading, trail: str, page: int = 0) -> Screen:
    """A page of a trail's cards. Estimates of one measure stand side by side in a table."""
    cards = cards_on(reading, trail)
    page = min(page, pages(len(cards)) - 1)
    shown = cards[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    heading = Heading(text(trail_title(reading, trail)), icon=_icon(shown))
    if not cards:
        return Screen.of(heading, Paragraph(text(reading.text("list-empty"))), Buttons(((reading.menu(),),)))
    name, _, key = trail.partition(":")
    start = page * LIST_PAGE + 1
    body = (
        _estimates(reading, key, shown, start)
        if name == "m"
        else [ItemList(tuple(_line(reading, card) for card in shown), numbered=True, start=start)]
    )
    numbered = [Press(str(number), card_route(card, trail).data()) for number, card in enumerate(shown, start=start)]
    return Screen.of(
        heading, body, Buttons((*rows(numbered, NUMBERS_IN_ROW), *_foot(reading, trail, page, len(cards))))
    )


def _icon(cards: Sequence[Card]) -> str:
    kinds = {card.kind for card in cards}
    return KIND_ICONS[kinds.pop()] if len(kinds) == 1 else "📚"


def _line(reading: Reading, card: Card) -> Content:
    parts: list[Inline] = [Run(f"{reading.icon(card)} "), CardLink(reading.title(card), card.id)]
    if isinstance(card, Event):
        parts.insert(1, bold(f"{reading.date(card.when)}. "))
    return text(*parts)


def _estimates(reading: Reading, key: str, cards: Sequence[Card], start: int) -> list[Paragraph | ItemList]:
    """Rival estimates one under another: how many, by whose count, when, and what each counts."""
    measure = measure_of(reading.catalog, key)
    note = reading.catalog.measures[measure].note if measure else None
    items = tuple(
        text(*estimate_line(reading, card), f"\n{reading.of(card.population)}")
        for card in cards
        if isinstance(card, Statistic)
    )
    return [*([Paragraph(text(reading.of(note)))] if note else []), ItemList(items, numbered=True, start=start)]


def _foot(reading: Reading, trail: str, page: int, count: int) -> tuple[tuple[Button, ...], ...]:
    turn = page_buttons(Route(View.LIST, trail=trail), page, pages(count))
    up = _up(reading, trail)
    return (*([turn] if turn else []), (*([up] if up else []), reading.menu()))


def page_buttons(route: Route, page: int, count: int) -> tuple[Button, ...]:
    """Previous and next page, with the place between them; nothing where there is one page."""
    if count < 2:
        return ()
    before, after = (page - 1) % count, (page + 1) % count
    return (
        Press("←", route.at(before).data()),
        Press(f"{page + 1}/{count}", route.at(page).data()),
        Press("→", route.at(after).data()),
    )


def _up(reading: Reading, trail: str) -> Button | None:
    """The button that leads one step up from a list."""
    name, _, rest = trail.partition(":")
    if name in ("t", "n", "o"):
        card = reading.catalog.by_key.get(rest.partition(":")[0])
        label = {"t": "button-topic", "n": "button-card", "o": "button-source-card"}[name]
        return reading.press(label, card_route(card)) if card else None
    if name == "m":
        return reading.press("button-measures", Route(View.MEASURES))
    return reading.press("button-policy", Route(View.POLICY)) if name == "a" else None


def measures_screen(reading: Reading, page: int = 0) -> Screen:
    """Every measure, those with rival estimates first, each with its latest estimate."""
    catalog = reading.catalog
    found = [(measure, catalog.of_measure(measure.id)) for measure in catalog.measures.values()]
    found = sorted((entry for entry in found if entry[1]), key=lambda entry: -len(entry[1]))
    page = min(page, pages(len(found)) - 1)
    shown = found[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    start = page * LIST_PAGE + 1
    items = tuple(
        text(
            bold(reading.of(measure.title)),
            f": {figure(reading, cards[0])}{unit(reading, cards[0])}" if len(cards) == 1 else "",
            f": {reading.text('estimates-count', count=len(cards))}" if len(cards) > 1 else "",
        )
        for measure, cards in shown
    )
    buttons = [
        Press(
            str(number),
            (
                Route(View.LIST, trail=measure_trail(measure.id)) if len(cards) > 1 else card_route(cards[0], "k:s")
            ).data(),
        )
        for number, (measure, cards) in enumerate(shown, start=start)
    ]
    turn = page_buttons(Route(View.MEASURES), page, pages(len(found)))
    return Screen.of(
        Heading(text(reading.text("measures-title")), icon=KIND_ICONS[Kind.STATISTIC]),
        Paragraph(text(reading.text("measures-intro"))),
        ItemList(items, numbered=True, start=start),
        Buttons((*rows(buttons, NUMBERS_IN_ROW), *([turn] if turn else []), (reading.menu(),))),
    )


def policy_screen(reading: Reading) -> Screen:
    """Recommendations: whom they address, then which topics have some."""
    cards = reading.catalog.of_type(Recommendation)
    audiences: list[Button] = []
    for audience in Audience:
        if count := sum(audience in card.audience for card in cards):
            label = f"{reading.text(f'audience-{audience.value}')} · {count}"
            audiences.append(Press(label, Route(View.LIST, trail=audience_trail(audience)).data()))
    topics: list[Button] = []
    for topic in reading.catalog.topics:
        if any(topic.id in reading.catalog.topics_of[card.id] for card in cards):
            trail = topic_trail(topic.id, Kind.RECOMMENDATION)
            topics.append(Press(f"{topic.icon} {reading.title(topic.summary)}", Route(View.LIST, trail=trail).data()))
    return Screen.of(
        Heading(text(reading.text("policy-title")), icon=KIND_ICONS[Kind.RECOMMENDATION]),
        Paragraph(text(reading.text("policy-intro", count=len(cards)))),
        Buttons((*rows(audiences, 2), *rows(topics, 2), (reading.menu(),))),
    )
