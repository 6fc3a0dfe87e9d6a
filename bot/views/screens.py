"""From a route to the screen that it leads to: the one table of all places in the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.cards import Card, Summary
from bot.catalog.snapshot import card_key
from bot.layout.blocks import Screen
from bot.views.cards import card_screen
from bot.views.lists import list_screen, measures_screen, policy_screen
from bot.views.menus import about_screen, help_screen, home_screen, language_screen, note_screen, topics_screen
from bot.views.reading import Reading
from bot.views.routes import Route, View
from bot.views.sources import cited_screen, source_screen, sources_screen


def screen_of(reading: Reading, route: Route, found: Sequence[Card] = ()) -> Screen:
    """The screen of a route; `found` are the results that a card of a search stands among.

    A card that is gone says so. Search, random and language are the handlers' to prepare.
    """
    match route.view:
        case View.CARD | View.CITED:
            return _card(reading, route, found)
        case View.LIST:
            return list_screen(reading, route.trail, route.page)
        case View.MEASURES:
            return measures_screen(reading, route.page)
        case View.POLICY:
            return policy_screen(reading)
        case View.SOURCES:
            return sources_screen(reading)
        case View.TOPICS:
            return topics_screen(reading)
        case View.HELP:
            return help_screen(reading)
        case View.ABOUT:
            return about_screen(reading)
        case View.LANGUAGE:
            return language_screen(reading)
        case _:
            return home_screen(reading)


def _card(reading: Reading, route: Route, found: Sequence[Card]) -> Screen:
    keyed = reading.catalog.by_key.get(route.key)
    card = reading.catalog.find(keyed.id) if keyed else None
    if card is None:
        return note_screen(reading, "card-gone")
    if route.view == View.CITED:
        return cited_screen(reading, card, Route(View.CARD, card_key(card.id), route.trail, route.page))
    source = reading.catalog.sources.get(card.id)
    if isinstance(card, Summary) and source and not route.trail:
        return source_screen(reading, source)
    return card_screen(reading, card, route.trail, found)
