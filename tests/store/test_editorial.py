"""What editors decide, in the database: pins in their order, holds, notes, each of its own week."""

from __future__ import annotations

import pytest

from bot.catalog.editorial import Week
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editorial import NOTE_LENGTH, PINS, EditorialStore, NoteTooLongError, PinsFullError

WEEK, NEXT = "w2026-11-23", "w2026-11-30"


@pytest.fixture
def store(database: Database) -> EditorialStore:
    return EditorialStore(database)


async def test_pins_stand_in_the_order_in_which_they_were_pinned(store: EditorialStore) -> None:
    for at, card in ((20, "second"), (10, "first"), (30, "third")):
        await store.pin(WEEK, card, at)
    assert (await store.read()).week(WEEK).pins == ("first", "second", "third")


async def test_a_card_is_pinned_or_held_and_never_both(store: EditorialStore) -> None:
    await store.pin(WEEK, "card", 1)
    await store.hold(WEEK, "card")
    assert (await store.read()).week(WEEK) == Week(holds=frozenset({"card"}))
    await store.pin(WEEK, "card", 2)
    assert (await store.read()).week(WEEK) == Week(pins=("card",))
    await store.release(WEEK, "card")
    assert (await store.read()).week(WEEK) == Week()


async def test_a_week_has_room_for_so_many_pins(store: EditorialStore) -> None:
    for number in range(PINS):
        await store.pin(WEEK, f"card-{number}", number)
    with pytest.raises(PinsFullError):
        await store.pin(WEEK, "one-more", 9)
    await store.pin(WEEK, "card-0", 9)
    await store.pin(NEXT, "one-more", 9)
    assert len((await store.read()).week(WEEK).pins) == PINS


async def test_notes_stand_in_each_language_and_the_last_one_holds(store: EditorialStore) -> None:
    await store.write(WEEK, Language.EN, "Draft")
    await store.write(WEEK, Language.EN, "  Hello\n\nthere  ")
    await store.write(WEEK, Language.RU, "Привет")
    assert (await store.read()).week(WEEK).notes == {"en": "Hello\n\nthere", "ru": "Привет"}
    await store.write(WEEK, Language.EN, " ")
    assert (await store.read()).week(WEEK).notes == {"ru": "Привет"}


async def test_a_note_too_long_is_refused(store: EditorialStore) -> None:
    await store.write(WEEK, Language.EN, "a" * NOTE_LENGTH)
    with pytest.raises(NoteTooLongError):
        await store.write(WEEK, Language.EN, "b" * (NOTE_LENGTH + 1))
    assert (await store.read()).week(WEEK).notes["en"][0] == "a"


async def test_weeks_are_kept_apart_and_held_cards_are_known_by_weeks(store: EditorialStore) -> None:
    await store.hold(WEEK, "a")
    await store.hold(NEXT, "b")
    editorial = await store.read()
    assert editorial.held([WEEK]) == {"a"}
    assert editorial.held([WEEK, NEXT, "w2027-01-04"]) == {"a", "b"}
