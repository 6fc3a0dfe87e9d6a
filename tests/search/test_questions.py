"""What a question asks for is seen by whole words, in every form, and by nothing that only looks like them."""

import pytest

from bot.catalog.cards import Kind
from bot.search.questions import kinds_asked_for


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("о чем спорят эмигранты", Kind.DEBATE),
        ("споры об убежище", Kind.DEBATE),
        ("цифры по айтишникам", Kind.STATISTIC),
        ("оценки числа уехавших", Kind.STATISTIC),
        ("who is soldatov", Kind.ACTOR),
        ("who was herzen", Kind.ACTOR),
        ("кто такая альбац", Kind.ACTOR),
    ],
)
def test_the_kind_that_is_asked_for(question: str, kind: Kind) -> None:
    assert kind in dict(kinds_asked_for(question))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("новости спорта", Kind.DEBATE),
        ("цифровые технологии", Kind.STATISTIC),
        ("who is spying on exiles", Kind.ACTOR),
        ("who was kidnapped in georgia", Kind.ACTOR),
    ],
)
def test_a_word_that_begins_alike_asks_for_nothing(question: str, kind: Kind) -> None:
    assert kind not in dict(kinds_asked_for(question))
