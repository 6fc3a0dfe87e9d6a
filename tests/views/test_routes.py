"""Callback data: what is built can be read, fits a button, and nothing else is taken for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.cards import Audience, Kind
from bot.catalog.snapshot import Catalog, card_key
from bot.layout.limits import CALLBACK_DATA
from bot.views import trails
from bot.views.routes import Route, View, parse

KEYS = st.text("0123456789abcdef", min_size=8, max_size=8)
TRAILS = st.one_of(
    st.just(""),
    st.just("q"),
    st.builds(lambda name, key: f"{name}:{key}", st.sampled_from("tmon"), KEYS),
    st.sampled_from([trails.kind_trail(kind) for kind in Kind]),
    st.sampled_from([trails.audience_trail(audience) for audience in Audience]),
)


@given(st.sampled_from(View), st.one_of(st.just(""), KEYS), TRAILS, st.integers(0, 9999))
def test_a_route_survives_being_written_into_a_button(view: View, key: str, trail: str, page: int) -> None:
    route = Route(view, key, trail, page)
    assert parse(route.data()) == route
    assert len(route.data().encode()) <= CALLBACK_DATA


@given(st.text())
def test_foreign_data_never_raises(data: str) -> None:
    route = parse(data)
    assert route is None or route.data()


def test_old_or_broken_data_is_not_taken_for_a_route() -> None:
    for data in ("", "a", "b.c.12345678", "a.c.12345678.q.12345", "a.Z", "a.c.ключ", "a.c.1..2.3"):
        assert parse(data) is None


def test_every_list_of_the_catalog_has_a_name_that_fits_a_button(catalog: Catalog) -> None:
    names = [
        *(trails.topic_trail(topic.id, kind) for topic in catalog.topics for kind in Kind),
        *(trails.measure_trail(measure) for measure in catalog.measures),
        *(trails.source_trail(source) for source in catalog.sources),
        *(trails.near_trail(card) for card in catalog.cards),
    ]
    for name in names:
        data = Route(View.CARD, card_key("x"), name, 9999).data()
        assert len(data.encode()) <= CALLBACK_DATA
        assert parse(data) is not None
