from __future__ import annotations

import pytest

from bot.seal import Seal
from bot.store.database import Database
from bot.store.drafts import Draft, Drafts

OGAREV, HERZEN = 5_187_302_644, 7_000_000_001
ACTORS = {"content/actors.yaml": b"actors: []\n"}


@pytest.fixture
def drafts(database: Database, seal: Seal) -> Drafts:
    return Drafts(database, seal)


async def test_files_join_a_draft_and_the_later_takes_the_place_of_the_earlier(drafts: Drafts) -> None:
    assert await drafts.of(OGAREV) is None
    assert await drafts.put(OGAREV, ACTORS, 3, 1000) == Draft(3, ACTORS)
    gone = {"content/actors.yaml": b"actors: [x]\n", "content/topics/old.yaml": None}
    draft = await drafts.put(OGAREV, gone, 5, 1001)
    assert draft == Draft(3, gone), "the draft stands on the version that it was begun on"
    assert await drafts.of(OGAREV) == draft
    assert await drafts.of(HERZEN) is None


async def test_its_key_changes_with_whatever_changes_in_it(drafts: Drafts) -> None:
    first = Draft(3, ACTORS)
    others = [
        Draft(4, ACTORS),
        Draft(3, {"content/actors.yaml": b"actors: [] \n"}),
        Draft(3, {"content/actors.yaml": None}),
        Draft(3, {"content/actor.yaml": b"actors: []\n"}),
        Draft(3, {**ACTORS, "content/a.yaml": b""}),
    ]
    assert len({first.key, *(other.key for other in others)}) == len(others) + 1
    assert Draft(3, ACTORS, checked=True, publish_at=9).key == first.key


async def test_a_new_file_takes_back_what_was_said_of_publishing(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.told(OGAREV)
    await drafts.publish_at(OGAREV, 5000)
    assert await drafts.of(OGAREV) == Draft(3, ACTORS, checked=True, publish_at=5000)
    assert (await drafts.due(4999), await drafts.due(5000)) == ((), (OGAREV,))
    await drafts.put(OGAREV, {}, 3, 1001)
    assert await drafts.of(OGAREV) == Draft(3, ACTORS)
    assert await drafts.due(9999) == ()


async def test_who_waits_for_an_answer_is_known_after_a_restart(drafts: Drafts) -> None:
    await drafts.put(HERZEN, ACTORS, 3, 1000)
    await drafts.put(OGAREV, ACTORS, 3, 1001)
    assert await drafts.unchecked() == (HERZEN, OGAREV)
    await drafts.told(HERZEN)
    assert await drafts.unchecked() == (OGAREV,)


async def test_it_may_be_put_on_another_version_or_discarded(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.put(HERZEN, ACTORS, 3, 1000)
    await drafts.rebase(OGAREV, 4)
    assert await drafts.of(OGAREV) == Draft(4, ACTORS)
    await drafts.discard(OGAREV)
    assert await drafts.of(OGAREV) is None
    assert await drafts.of(HERZEN) == Draft(3, ACTORS)
    assert (await drafts.put(OGAREV, {}, 5, 2000)).files == {}, "what was discarded does not come back"


async def test_what_came_while_it_was_published_stays_and_stands_on_what_was_published(drafts: Drafts) -> None:
    sent = {**ACTORS, "content/glossary.yaml": b"terms: []\n", "content/topics/old.yaml": None}
    await drafts.put(OGAREV, sent, 3, 1000)
    later = {"content/actors.yaml": b"actors: [x]\n", "content/topics/new.yaml": b"order: 1\n"}
    await drafts.put(OGAREV, later, 3, 1001)
    await drafts.published(OGAREV, sent, 4)
    assert await drafts.of(OGAREV) == Draft(4, later)
    await drafts.published(OGAREV, later, 5)
    assert await drafts.of(OGAREV) is None
    await drafts.published(OGAREV, later, 6)


async def test_nobody_is_touched_who_has_no_draft(drafts: Drafts) -> None:
    await drafts.put(HERZEN, ACTORS, 3, 1000)
    await drafts.discard(OGAREV)
    await drafts.publish_at(OGAREV, 1)
    assert await drafts.of(HERZEN) == Draft(3, ACTORS)


async def test_files_that_were_to_go_may_stay(drafts: Drafts) -> None:
    await drafts.put(OGAREV, {**ACTORS, "content/topics/old.yaml": None}, 3, 1000)
    await drafts.keep_files(OGAREV)
    assert await drafts.of(OGAREV) == Draft(3, ACTORS)
    await drafts.put(HERZEN, {"content/topics/old.yaml": None}, 3, 1000)
    await drafts.keep_files(HERZEN)
    assert await drafts.of(HERZEN) is None, "a draft of nothing is none"


async def test_a_card_that_is_being_written_lies_beside_the_files_and_changes_nothing_of_them(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.told(OGAREV)
    await drafts.publish_at(OGAREV, 5000)
    before = await drafts.of(OGAREV)
    await drafts.write(OGAREV, "00000001", b"{}", 4, 1001)
    await drafts.write(OGAREV, "00000001", b"{1}", 4, 1002)
    after = await drafts.of(OGAREV)
    assert after == Draft(3, ACTORS, checked=True, publish_at=5000, sheets={"00000001": b"{1}"})
    assert before
    assert after.key == before.key, "buttons under the draft go on holding"
    await drafts.discard(OGAREV)
    assert await drafts.of(OGAREV) == Draft(3, checked=True, sheets={"00000001": b"{1}"})
    assert await drafts.unchecked() == ()
    assert await drafts.put(OGAREV, ACTORS, 9, 1003) == Draft(9, ACTORS, sheets={"00000001": b"{1}"})
    await drafts.published(OGAREV, ACTORS, 10)
    assert await drafts.of(OGAREV) == Draft(10, sheets={"00000001": b"{1}"})
    await drafts.end_writing(OGAREV, "00000001")
    assert await drafts.of(OGAREV) is None


async def test_where_texts_lie_is_known_as_long_as_there_is_a_draft(drafts: Drafts) -> None:
    await drafts.note_text(OGAREV, "count-2023", "BQACAgIAAx")
    assert await drafts.text_of(OGAREV, "count-2023") is None
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.note_text(OGAREV, "count-2023", "BQACAgIAAx")
    assert await drafts.text_of(OGAREV, "count-2023") == "BQACAgIAAx"
    assert await drafts.text_of(HERZEN, "count-2023") is None
    assert await drafts.of(OGAREV) == Draft(3, ACTORS)
    await drafts.published(OGAREV, ACTORS, 4)
    assert await drafts.of(OGAREV) is None
    assert await drafts.text_of(OGAREV, "count-2023") is None
