"""Lists: pages, estimates side by side, recommendations by audience and topic."""

from __future__ import annotations

import pytest

from bot.catalog.cards import Audience, Kind, Recommendation, Statistic
from bot.layout.telegram_html import print_html
from bot.views.lists import list_screen, measures_screen, pages, policy_screen
from bot.views.reading import Reading
from bot.views.routes import Route, View, parse
from bot.views.trails import audience_trail, cards_on, kind_trail, measure_trail
from tests.views.test_cards import presses, shown


@pytest.mark.parametrize("kind", list(Kind))
def test_the_pages_of_a_kind_show_every_card_once(reading: Reading, kind: Kind) -> None:
    cards = cards_on(reading, kind_trail(kind))
    keys: list[str] = []
    for page in range(pages(len(cards))):
        screen = list_screen(reading, kind_trail(kind), page)
        assert len(print_html(screen, card_url=reading.card_url)) == 1
        routes = [parse(press.data) for press in presses(screen) if press.label.isdigit()]
        keys += [route.key for route in routes if route]
    assert len(keys) == len(set(keys)) == len(cards)


def test_a_page_beyond_the_last_shows_the_last(english: Reading) -> None:
    trail = kind_trail(Kind.EVENT)
    last = pages(len(cards_on(english, trail))) - 1
    assert list_screen(english, trail, 999) == list_screen(english, trail, last)


def test_a_list_that_is_gone_says_so_and_leads_home(english: Reading) -> None:
    screen = list_screen(english, "t:00000000")
    assert english.text("list-empty") in shown(english, screen)
    assert parse(presses(screen)[0].data) == Route(View.HOME)


def test_estimates_of_one_thing_stand_side_by_side_with_date_and_holder(english: Reading) -> None:
    for measure in english.catalog.measures:
        cards = english.catalog.of_measure(measure)
        if len(cards) < 2:
            continue
        words = shown(english, list_screen(english, measure_trail(measure)))
        for card in cards[:6]:
            when = english.catalog.as_of(card)
            assert english.holder(card.attributed_to) in words
            assert english.of(card.population) in words
            assert when is None or english.date(when) in words


def test_every_measure_is_listed(english: Reading) -> None:
    counted = {card.measure for card in english.catalog.of_type(Statistic)}
    words = "".join(shown(english, measures_screen(english, page)) for page in range(pages(len(counted))))
    for measure in counted:
        assert english.of(english.catalog.measures[measure].title) in words


def test_every_recommendation_is_found_by_its_audience(english: Reading) -> None:
    found = {card.id for audience in Audience for card in cards_on(english, audience_trail(audience))}
    assert found == {card.id for card in english.catalog.of_type(Recommendation)}


def test_the_menu_of_recommendations_names_only_audiences_that_have_some(reading: Reading) -> None:
    for press in presses(policy_screen(reading)):
        route = parse(press.data)
        assert route
        if route.view == View.LIST:
            assert cards_on(reading, route.trail)
