"""A delivery between its parts goes on with what its edition says by then: nothing twice, missed or old."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.cards import Card, Statistic
from bot.catalog.corrections import Correction
from bot.catalog.differences import FigureCorrection, StatedFigure
from bot.catalog.snapshot import Catalog
from bot.digests.printing import PLAIN, Dress, Part, print_edition
from bot.i18n import Language
from bot.layout.limits import MESSAGE_TEXT
from bot.subscription import Cadence
from bot.views.edition import Edition, EditionKind
from bot.views.reading import Reading
from tests.catalog.house import source_of
from tests.digests.almanac import advice, argument, both, day, event, statistic, term
from tests.layout.telegram_reading import read, utf16

START = 100
WEEK = Edition(Cadence.WEEKLY, "w", day(START), day(START + 1), (), Language.EN, 1)
LINKED = re.compile(r"\?start=(c\d+)\"")
NUMBER = re.compile(r"\d{3},\d{3}")


def words(chance: random.Random, most: int) -> str:
    return " ".join("word" for _ in range(chance.randrange(1, most)))


@dataclass
class Desk:
    """Cards that come, go and are corrected by chance, and an edition of them that is composed anew each time."""

    chance: random.Random
    cards: dict[str, Card] = field(default_factory=dict)
    figures: int = 100_000
    edition: Edition = WEEK
    corrections: dict[str, Correction] = field(default_factory=dict)

    def figure(self) -> int:
        self.figures += 1
        return self.figures

    def add(self) -> str:
        """A card of some kind, with texts of some length."""
        number = f"c{len(self.cards) + self.figures}"
        text, more = both(words(self.chance, 400)), {"title": both(f"Title {number}")}
        makers: list[Any] = [statistic, advice, argument, event, term]
        made = self.chance.choice(makers)
        if made is statistic:
            card: Card = statistic(number, self.figure())
        elif made is event:
            card = event(number, "2020-03-04")
        else:
            card = made(number)
        key = {"recommendation": "action", "argument": "claim"}.get(card.kind.value, "text")
        self.cards[number] = card.model_validate({**card.model_dump(by_alias=True), key: text, **more})
        self.figure()
        return number

    def compose(self) -> None:
        """An edition of the cards that there are, each in one place."""
        ids = [each for each in self.cards if each not in self.corrections]
        kinds = {each: self.cards[each].kind.value for each in ids}
        picks: dict[str, str | None] = {}
        for slot, kind in (("statistic", "statistic"), ("recommendation", "recommendation"), ("voice", "argument")):
            picks[slot] = next((each for each in reversed(ids) if kinds[each] == kind), None)
        picks["event"] = next((each for each in reversed(ids) if kinds[each] == "event"), None)
        rest = [each for each in ids if each not in picks.values()]
        self.edition = replace(
            WEEK,
            news=tuple(rest[2:]),
            pinned=tuple(rest[:2]),
            corrections=tuple(each for name, each in self.corrections.items() if name in self.cards),
            note=self.chance.choice(["", "A note."]),
            **picks,  # type: ignore[arg-type]
        )

    def renew(self) -> None:
        """Some cards are withdrawn, some figures corrected, some cards come; then it is composed anew."""
        for name in self.chance.sample(sorted(self.cards), self.chance.randrange(0, min(4, len(self.cards) + 1))):
            del self.cards[name]
        for name, card in self.cards.items():
            if card.kind.value == "statistic" and self.chance.random() < 0.5:
                self.cards[name] = card.model_copy(update={"value": str(self.figure())})
                if name in self.corrections:
                    self.corrections[name] = self.correction(name)
        for _ in range(self.chance.randrange(0, 3)):
            self.add()
        self.compose()

    def correction(self, name: str) -> Correction:
        now = StatedFigure.of(self.cards[name])  # type: ignore[arg-type]
        return Correction(name, FigureCorrection(replace(now, value="7"), now), {})

    @property
    def reading(self) -> Reading:
        cards = tuple(self.cards.values())
        return Reading(Catalog(cards, (), {"count-2023": source_of()}), Language.EN, "kolokol_bot")

    def shown(self, html: str) -> list[str]:
        """The cards of a message."""
        return [each for each in LINKED.findall(html) if each != "count-2023"]

    def print(self, told: tuple[tuple[str, ...], ...] = (), dress: Dress = PLAIN) -> tuple[Part, ...]:
        return print_edition(self.edition, self.reading, dress, told)


def desk_of(seed: int) -> Desk:
    desk = Desk(random.Random(seed))
    for _ in range(desk.chance.randrange(1, 26)):
        desk.add()
    statistics = [name for name, card in desk.cards.items() if card.kind.value == "statistic"]
    for name in statistics[: desk.chance.randrange(0, 3)]:
        desk.corrections[name] = desk.correction(name)
    desk.compose()
    return desk


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_changes_between_its_parts_nothing_comes_twice_is_missed_or_is_old(seed: int) -> None:
    desk = desk_of(seed)
    dress = Dress(header="Header " * desk.chance.randrange(0, 17), hashtag="#exile")
    told: tuple[tuple[str, ...], ...] = ()
    shown: list[str] = []
    while len(parts := desk.print(told, dress)) > len(told):
        part = parts[len(told)]
        assert utf16(read(part.html)[0]) <= MESSAGE_TEXT
        told = (*told, part.holds)
        shown += desk.shown(part.html)
        assert set(desk.shown(part.html)) <= set(desk.cards), "no card that is withdrawn"
        figures = {f"{int(card.value or 0):,}" for card in desk.cards.values() if isinstance(card, Statistic)}
        assert set(NUMBER.findall(read(part.html)[0])) <= figures, "no figure that is corrected"
        assert len(told) < 30
        if desk.chance.random() < 0.7:
            desk.renew()
    assert len(shown) == len(set(shown)), "no card comes twice"
    whole = [card for part in desk.print((), dress) for card in desk.shown(part.html)]
    assert set(whole) <= set(shown), "no card is missed that the edition shows by now"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_where_nothing_changes_the_parts_that_are_left_are_those_that_were_to_come(seed: int) -> None:
    desk = desk_of(seed)
    parts = desk.print()
    for sent in range(len(parts)):
        told = tuple(part.holds for part in parts[:sent])
        assert desk.print(told)[sent:] == parts[sent:]


@pytest.mark.parametrize("seed", range(8))
def test_a_card_never_stands_half_in_one_message_and_half_in_the_next(seed: int) -> None:
    desk = desk_of(seed)
    held = [name for part in desk.print() for name in part.holds]
    assert len(held) == len(set(held))


def test_a_card_under_another_id_is_not_told_again() -> None:
    desk = desk_of(1)
    desk.cards = {"c1": term("c1"), "c2": term("c2")}
    desk.edition = replace(WEEK, news=("c1",), pinned=("c2",))
    (part,) = desk.print()
    assert part.holds == ("#head", "c1", "c2")
    desk.cards = {"c9": term("c9", formerly=["c1"]), "c2": term("c2")}
    desk.edition = replace(WEEK, news=("c9",), pinned=("c2",))
    assert desk.print((("#head", "c1"),))[1].holds == ("c2",)


def test_a_correction_is_told_once_too() -> None:
    desk = desk_of(1)
    desk.cards = {name: statistic(name, 100_000 + number) for number, name in enumerate(("c1", "c2"))}
    both_ = tuple(map(desk.correction, desk.cards))
    desk.edition = replace(WEEK, kind=EditionKind.CORRECTION, corrections=both_)
    first, *_ = desk.print()
    assert first.holds == ("#corrected c1", "#corrected c2")
    rest = desk.print((("#corrected c1",),))[1]
    assert desk.shown(rest.html) == ["c2"]
    assert rest.silent


def test_a_message_whose_cards_are_all_gone_by_now_is_followed_by_what_stands() -> None:
    desk = desk_of(1)
    desk.cards = {"c1": term("c1"), "c2": term("c2")}
    desk.edition = replace(WEEK, news=("c1", "c2"))
    del desk.cards["c2"]
    assert len(desk.print((("#head", "c1"),))) == 1, "nothing is left to be said"
