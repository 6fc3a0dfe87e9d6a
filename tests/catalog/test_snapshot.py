from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.catalog.cards import Actor, Card, Event, Recommendation, Statistic, Summary, Term
from bot.catalog.loading import Content
from bot.catalog.snapshot import KEY_LENGTH, RELATED, Catalog, Topic, card_key, cited_lines
from bot.catalog.sources import Source
from bot.catalog.values import Citation
from tests.catalog.house import source_of

BOTH = {"en": "a text", "ru": "текст"}


def fields(card_id: str, lines: str = "1", **more: Any) -> dict[str, Any]:
    return {"id": card_id, "title": BOTH, "cites": [{"source": "count-2023", "lines": lines}], "text": BOTH, **more}


def statistic(card_id: str, measure: str = "m", lines: str = "1", **more: Any) -> Statistic:
    rest = {"measure": measure, "value": 1, "unit": BOTH, "population": BOTH, "attributed_to": BOTH}
    return Statistic.model_validate({**fields(card_id, lines), **rest, **more})


def event(card_id: str, lines: str = "1", **more: Any) -> Event:
    return Event.model_validate(fields(card_id, lines, when="2022", **more))


def term(card_id: str, lines: str = "1") -> Term:
    return Term.model_validate(fields(card_id, lines))


def actor(card_id: str, lines: str = "99") -> Actor:
    return Actor.model_validate(fields(card_id, lines, type="person", role=BOTH))


def advice(card_id: str, holder: str, lines: str) -> Recommendation:
    card = {**fields(card_id, lines), "audience": ["eu"], "action": BOTH, "reason": BOTH, "attributed_to": holder}
    del card["text"]
    return Recommendation.model_validate(card)


def summary(card_id: str) -> Summary:
    card = {**fields(card_id), "points": [BOTH], "body": BOTH}
    del card["text"]
    return Summary.model_validate(card)


def catalog_of(*cards: Card, topics: dict[str, tuple[str, ...]] | None = None, **more: Any) -> Catalog:
    sources: dict[str, Source] = {"count-2023": source_of()}
    return Catalog(cards=cards, sources=sources, topics_of=topics or {}, **more)


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.id for card in cards]


def test_a_key_is_short_fixed_and_of_the_id_alone() -> None:
    assert card_key("numbers") == hashlib.sha256(b"numbers").hexdigest()[:KEY_LENGTH]
    assert card_key("numbers") != card_key("number")


def test_a_card_is_found_by_its_id_a_former_id_and_that_of_what_it_replaced() -> None:
    new = event("new", formerly=["was"])
    catalog = catalog_of(new, replaced={"old": "newer", "newer": "new"})
    assert [catalog.find(name) for name in ("new", "was", "old", "newer")] == [new] * 4
    assert catalog.find("never") is None
    assert {catalog.by_key[card_key(name)].id for name in ("new", "was", "old", "newer")} == {"new"}


def test_withdrawn_cards_that_name_one_another_lead_nowhere() -> None:
    catalog = catalog_of(event("a"), replaced={"x": "y", "y": "x", "z": "gone"})
    assert [catalog.find(name) for name in ("x", "y", "z")] == [None] * 3
    assert list(catalog.by_key) == [card_key("a")]


def test_an_id_in_use_wins_over_a_former_one() -> None:
    now, other = event("a"), event("b", formerly=["a"])
    catalog = catalog_of(now, other)
    assert catalog.find("a") is now
    assert catalog.by_key[card_key("a")] is now


def test_cards_of_a_topic_come_by_kind_and_those_at_home_first() -> None:
    cards = (term("guest-term"), event("guest"), event("home"), statistic("figure"), summary("t"))
    topics = {"guest-term": ("t",), "guest": ("u", "t"), "home": ("t",), "figure": ("t",), "t": ("t",)}
    assert ids(catalog_of(*cards, topics=topics).in_topic("t")) == ["t", "figure", "home", "guest", "guest-term"]
    assert catalog_of(*cards, topics=topics).in_topic("none") == ()


def test_estimates_of_one_thing_come_latest_first_by_their_own_date_or_that_of_the_source() -> None:
    cards = (
        statistic("year", as_of="2023"),
        statistic("day", as_of="2023-09-28"),
        statistic("source-date"),  # October 2023
        statistic("later", as_of="2024"),
        statistic("other", measure="n", as_of="2025"),
    )
    assert ids(catalog_of(*cards).of_measure("m")) == ["later", "source-date", "day", "year"]


def test_a_card_speaks_of_its_own_date_or_of_the_latest_of_its_sources() -> None:
    later = source_of().model_copy(update={"id": "later", "date": None})
    own, none = event("own", as_of="2020"), event("none")
    catalog = Catalog(cards=(own, none), sources={"count-2023": source_of(), "later": later})
    dates = [catalog.as_of(card) for card in (own, none)]
    assert [when and when.date for when in dates] == ["2020", "2023-10"]
    assert Catalog(cards=(none,)).as_of(none) is None


def test_of_type_keeps_the_reading_order() -> None:
    assert ids(catalog_of(event("b"), term("t"), event("a")).of_type(Event)) == ["b", "a"]


def test_topics_actors_and_source_summaries_are_found_by_id_and_by_nothing_else() -> None:
    card, source = summary("t"), summary("count-2023")
    catalog = catalog_of(card, source, actor("anna"))
    with_topic = Catalog(cards=catalog.cards, topics=(Topic("t", "i", 1, card),))
    assert with_topic.topic("t") is with_topic.topics[0]
    assert with_topic.topic("count-2023") is None
    assert catalog.source_summary("count-2023") is source
    assert catalog.source_summary("anna") is None
    assert catalog.actor("t") is None
    assert catalog.actor("anna") is catalog.by_id["anna"]


def test_the_nearest_are_estimates_of_the_same_then_those_on_the_same_lines_then_by_the_same_holder() -> None:
    me = statistic("me", lines="1-4", attributed_to="anna")
    cards = (
        advice("same-holder", "anna", "50"),
        event("half-the-lines", lines="3-6"),
        statistic("same-measure", lines="70"),
        event("same-lines", lines="2"),
        event("far", lines="80"),
        actor("anna"),
    )
    near = catalog_of(me, *cards).related(me)
    assert ids(near) == ["same-measure", "same-lines", "half-the-lines", "same-holder", "anna"]


def test_what_is_equally_near_comes_in_reading_order_and_not_without_end() -> None:
    me = term("me")
    others = [term(f"t{number}") for number in range(RELATED + 3)]
    assert ids(catalog_of(*others, me).related(me)) == [f"t{number}" for number in range(RELATED)]


def test_a_shared_topic_makes_near_and_nothing_shared_does_not() -> None:
    me, other, far = term("me"), event("other", lines="50"), event("far", lines="60")
    catalog = catalog_of(me, other, far, topics={"me": ("t",), "other": ("u", "t"), "far": ("u",)})
    assert ids(catalog.related(me)) == ["other"]


def test_cited_lines_are_named_with_their_source() -> None:
    cites = (Citation(source="a", lines=(1, 2)), Citation(source="b", lines=(1,)))
    assert list(cited_lines(cites)) == [("a", 1), ("a", 2), ("b", 1)]


@pytest.mark.parametrize("name", ["cards", "topics", "replaced"])
def test_a_snapshot_never_changes(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(catalog_of(), name, ())


def test_in_the_shipped_catalog_every_card_leads_on(shipped: Content) -> None:
    catalog = shipped.catalog()
    assert len(catalog.by_key) == len(catalog.cards) > 150
    for card in catalog.cards:
        assert catalog.related(card), card.id
        assert catalog.as_of(card), card.id
        assert card not in catalog.related(card)
