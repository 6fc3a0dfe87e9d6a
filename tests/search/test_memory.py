"""An index that takes from the one before it is equal to one made anew, whatever has changed between them."""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.cards import Card
from bot.catalog.snapshot import Catalog
from bot.catalog.values import Bilingual
from bot.search.index import Index
from bot.search.memory import Kept, Memory
from bot.search.typos import NearWords
from bot.settings import ROOT

WORDS = [
    *("visa", "visas", "anti-war", "war-time", "exile", "exiled", "820,000", "two-thirds", "US", "it's", "Zürich"),
    *("кафе-бар", "Ёлка", "елка", "уехали", "уехавших", "половина", "12", "тысяч", "рассказывать", "расскажет"),
    *("re-emigration", "qwxyz", "щщщ"),
]
"""Words that no card has, and words of all sorts: tied, figures, forms, acronyms, accents."""


def made_of(value: Any) -> Any:
    """All that an index holds, in its order, as values that can be compared; cards are what they are."""
    match value:
        case str() | int() | float():
            return value
        case Mapping():
            return [(made_of(key), made_of(found)) for key, found in value.items()]
        case array():
            return value.typecode, value.tolist()
        case list() | tuple():
            return [made_of(each) for each in value]
        case _ if type(value).__module__.startswith("bot.search"):
            slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
            names = [*slots, *getattr(value, "__dict__", ())]
            return type(value), [(name, made_of(getattr(value, name))) for name in names if name != "__dict__"]
        case _:
            return value


def changed(catalog: Catalog) -> dict[str, Catalog]:
    """The catalog after one change of each kind, and as different as can be."""
    first, *rest = catalog.cards
    retold = first.model_copy(update={"title": Bilingual(en=" ".join(WORDS[:9]), ru=" ".join(WORDS[9:]))})
    return {
        "the same": catalog,
        "one card gone": replace(catalog, cards=tuple(rest)),
        "one title with new words": replace(catalog, cards=(retold, *rest)),
        "other synonyms": replace(catalog, synonyms=(("exile", "emigration"), *catalog.synonyms[1:])),
        "no synonyms": replace(catalog, synonyms=()),
        "another order": replace(catalog, cards=catalog.cards[::-1]),
        "half of the cards": replace(catalog, cards=catalog.cards[::2]),
        "nothing": Catalog(),
        "all again": catalog,
    }


@pytest.fixture(scope="module")
def few(catalog: Catalog) -> Catalog:
    """Some cards of each kind."""
    return replace(catalog, cards=catalog.cards[::15])


def test_it_is_equal_after_each_kind_of_change(few: Catalog) -> None:
    memory = Memory()
    for name, now in changed(few).items():
        same = made_of(Index(now, memory)) == made_of(Index(now, Memory()))
        assert same, name


def test_answers_are_those_of_an_index_made_anew(catalog: Catalog) -> None:
    lines = (ROOT / "tests" / "search" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["q"] for line in lines[::4]] + WORDS
    memory = Memory()
    Index(catalog, memory)
    for name in ("one title with new words", "other synonyms"):
        now = changed(catalog)[name]
        index, anew = Index(now, memory), Index(now, Memory())
        for question in questions:
            same = made_of(index.search(question)) == made_of(anew.search(question))
            assert same, (name, question)


def titled(card: Card, words: list[str]) -> Card:
    """The card under another title, if there are words for one."""
    if not words:
        return card
    middle = (len(words) + 1) // 2
    title = Bilingual(en=" ".join(words[:middle]), ru=" ".join(words[middle:]) or "слово")
    return card.model_copy(update={"title": title})


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=25)
@given(data=st.data())
def test_it_is_equal_after_any_row_of_changes(few: Catalog, data: st.DataObject) -> None:
    memory = Memory()
    numbers = st.integers(0, len(few.cards) - 1)
    pairs = st.tuples(numbers, st.lists(st.sampled_from(WORDS), max_size=6))
    groups = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(tuple), max_size=3).map(tuple)
    chosen = st.lists(pairs, max_size=4, unique_by=lambda pair: pair[0])
    rows = st.lists(st.tuples(chosen, groups), min_size=2, max_size=3)
    for drawn, synonyms in data.draw(rows):
        cards = tuple(titled(few.cards[number], words) for number, words in drawn)
        now = replace(few, cards=cards, synonyms=synonyms)
        same = made_of(Index(now, memory)) == made_of(Index(now, Memory()))
        assert same


def test_threads_that_build_at_once_do_not_meet(few: Catalog) -> None:
    memory, ways = Memory(), list(changed(few).values())[1:5]
    built: dict[int, Index] = {}

    def build(number: int) -> None:
        for _ in range(2):
            built[number] = Index(ways[number], memory)

    threads = [threading.Thread(target=build, args=(number,)) for number in range(len(ways))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, way in enumerate(ways):
        assert made_of(built[number]) == made_of(Index(way, Memory()))


def test_what_is_the_same_is_not_made_anew(few: Catalog) -> None:
    memory = Memory()
    index = Index(few, memory)
    texts, vocabulary = memory.kept.texts, memory.kept.vocabulary
    again = Index(few, memory)
    assert memory.kept.vocabulary is vocabulary
    assert all(found is texts[text] for text, found in memory.kept.texts.items())
    assert again._interpreter.corrector.vocabulary is index._interpreter.corrector.vocabulary


def test_what_no_card_has_any_more_is_forgotten(few: Catalog) -> None:
    memory = Memory()
    Index(few, memory)
    Index(replace(few, cards=few.cards[:1]), memory)
    assert len(memory.kept.texts) < 100


def test_more_than_is_remembered_is_built_all_the_same(few: Catalog) -> None:
    memory = Memory(most=100)
    assert made_of(Index(few, memory)) == made_of(Index(few, Memory()))
    assert memory.kept == Kept()


def test_near_words_take_over_the_keys_of_those_that_stayed() -> None:
    before = NearWords(["visa", "exile", "виза", "aa"])
    after = NearWords(["exit", "виза", "visa"], before)
    assert made_of(after) == made_of(NearWords(["exit", "виза", "visa"]))
    assert [near.number for near in after.one_error("exi")] == [0]
    assert list(after.one_error("exle")) == []
