"""Cards as screens: complete, cited, one message each, and with a way on."""

from __future__ import annotations

from bot.catalog.cards import Debate, Event, Recommendation, Statistic
from bot.catalog.snapshot import card_key
from bot.layout.blocks import Buttons, Footnote, Open, Press, Screen, plain
from bot.layout.telegram_html import print_html
from bot.layout.terminal import print_terminal
from bot.views.cards import card_blocks, card_screen
from bot.views.reading import Reading
from bot.views.routes import Route, View, parse
from bot.views.trails import cards_on, home_trail, kind_trail


def presses(screen: Screen) -> list[Press]:
    return [
        button
        for block in screen.blocks
        if isinstance(block, Buttons)
        for row in block.rows
        for button in row
        if isinstance(button, Press)
    ]


def shown(reading: Reading, screen: Screen) -> str:
    return print_terminal(screen, width=None, colour=False)


def test_every_card_fits_one_message(reading: Reading) -> None:
    for card in reading.catalog.cards:
        messages = print_html(card_screen(reading, card), card_url=reading.card_url)
        assert len(messages) == 1, card.id


def test_every_card_ends_with_who_where_and_when(reading: Reading) -> None:
    for card in reading.catalog.cards:
        notes = [plain(block.content) for block in card_blocks(reading, card) if isinstance(block, Footnote)]
        for name in {cite.source for cite in card.all_cites()}:
            source = reading.catalog.sources[name]
            note = next((note for note in notes if reading.of(source.title) in note), None)
            assert note, f"{card.id} does not show its source {name}"
            for credit in (source.author, source.publisher):
                assert credit is None or reading.of(credit.name) in note
            assert source.date is None or reading.date(source.date) in note


def test_every_text_of_a_card_is_shown(reading: Reading) -> None:
    for card in reading.catalog.cards:
        words = shown(reading, card_screen(reading, card))
        for path, text in card.texts():
            for paragraph in reading.of(text).split("\n"):
                assert paragraph.strip() in words, f"{card.id}: {path} is not shown"


def test_every_holder_is_named(reading: Reading) -> None:
    for card in reading.catalog.cards:
        words = shown(reading, card_screen(reading, card))
        for _, holder in card.holders():
            assert reading.holder(holder) in words, card.id


def test_rival_estimates_stand_on_each_others_cards(english: Reading) -> None:
    measures = {card.measure for card in english.catalog.of_type(Statistic)}
    rivals = [cards for measure in measures if len(cards := english.catalog.of_measure(measure)) > 1]
    assert rivals
    for cards in rivals:
        for card in cards[:3]:
            words = shown(english, card_screen(english, card))
            others = [other for other in cards if other.id != card.id][:4]
            assert all(english.holder(other.attributed_to) in words for other in others)


def test_a_debate_shows_every_side_with_its_date(english: Reading) -> None:
    for card in english.catalog.of_type(Debate):
        words = shown(english, card_screen(english, card))
        for side in card.positions:
            assert english.of(side.text) in words
            if side.as_of:
                assert english.date(side.as_of) in words


def test_previous_and_next_walk_through_the_whole_list(english: Reading) -> None:
    trail = kind_trail(Event.kind)
    cards = cards_on(english, trail)
    seen = [cards[0].id]
    card = cards[0]
    while True:
        after = [press for press in presses(card_screen(english, card, trail)) if press.label == "→"]
        if not after:
            break
        route = parse(after[0].data)
        assert route
        card = english.catalog.by_key[route.key]
        seen.append(card.id)
    assert seen == [each.id for each in cards]


def test_the_timeline_runs_forward_in_time(english: Reading) -> None:
    dates = [card.when.parts for card in cards_on(english, kind_trail(Event.kind)) if isinstance(card, Event)]
    assert dates == sorted(dates)


def test_a_card_without_a_list_is_walked_in_its_home_topic(english: Reading) -> None:
    card = english.catalog.of_type(Recommendation)[0]
    home = english.catalog.topics_of[card.id][0]
    assert home_trail(english.catalog, card) == f"t:{card_key(home)}"


def test_every_card_can_be_shared_by_a_link_of_telegram(english: Reading) -> None:
    for card in english.catalog.cards:
        screen = card_screen(english, card)
        rows = next(block for block in screen.blocks if isinstance(block, Buttons)).rows
        links = [button for row in rows for button in row if isinstance(button, Open)]
        assert any(f"start%3D{card.id}&" in link.url for link in links), card.id


def test_a_topic_leads_to_its_cards_by_kind(english: Reading) -> None:
    for topic in english.catalog.topics:
        routes = [parse(press.data) for press in presses(card_screen(english, topic.summary))]
        lists = [route for route in routes if route and route.view == View.LIST and route.trail.count(":") == 2]
        cards = [card for route in lists for card in cards_on(english, route.trail)]
        expected = {card.id for card in english.catalog.in_topic(topic.id)} - {topic.id}
        assert {card.id for card in cards} == expected


def test_a_card_from_a_search_leads_back_to_its_page_of_results(english: Reading) -> None:
    found = english.catalog.cards[:20]
    routes = [parse(press.data) for press in presses(card_screen(english, found[13], "q", found))]
    assert Route(View.SEARCH, page=2) in routes
    assert Route(View.CARD, card_key(found[12].id), "q") in routes
    assert Route(View.CARD, card_key(found[14].id), "q") in routes


def test_a_card_whose_search_is_gone_still_leads_to_its_results(english: Reading) -> None:
    routes = [parse(press.data) for press in presses(card_screen(english, english.catalog.cards[0], "q"))]
    assert Route(View.SEARCH) in routes
