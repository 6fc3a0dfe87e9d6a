from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bot.catalog.problems import Place, Problem
from bot.seal import Seal
from bot.store import drafts as store
from bot.store.database import POSTGRESQL, Database
from bot.store.drafts import Draft, Drafts

OGAREV, HERZEN, NOBODY = 5_187_302_644, 7_000_000_001, 7_000_000_002
ACTORS = {"content/actors.yaml": b"actors: []\n"}
WORD = Problem.at(Place("notes.docx", 1, 1), "upload_extension", known="a, b", size=4)


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
        Draft(3, ACTORS, refused=(WORD,)),
        Draft(3, ACTORS, refused=(replace(WORD, code="upload_too_large"),)),
    ]
    assert len({first.key, *(other.key for other in others)}) == len(others) + 1
    assert Draft(3, ACTORS, checked=True, publish_at=9, notice=7, zone="UTC").key == first.key


async def test_a_new_file_takes_back_what_was_said_of_publishing(drafts: Drafts) -> None:
    draft = await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.told(OGAREV, draft.key)
    await drafts.publish_at(OGAREV, 5000, "Asia/Tbilisi")
    assert await drafts.of(OGAREV) == Draft(3, ACTORS, checked=True, publish_at=5000, zone="Asia/Tbilisi")
    assert (await drafts.due(4999), await drafts.due(5000)) == ((), (OGAREV,))
    assert drafts.dropped(OGAREV) is None
    more = {"content/glossary.yaml": b"terms: []\n"}
    assert await drafts.put(OGAREV, more, 3, 1001) == Draft(3, {**ACTORS, **more})
    assert await drafts.due(9999) == ()
    assert drafts.dropped(OGAREV) == (5000, "Asia/Tbilisi")
    assert drafts.dropped(OGAREV) is None, "it is said once"


async def test_what_changes_no_file_leaves_the_moment_of_publishing(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.publish_at(OGAREV, 5000)
    await drafts.put(OGAREV, ACTORS, 3, 1001, [WORD])
    await drafts.put(OGAREV, {}, 3, 1002, [WORD])
    await drafts.leave_out(OGAREV, [WORD])
    await drafts.keep_files(OGAREV)
    assert await drafts.due(5000) == (OGAREV,)
    assert drafts.dropped(OGAREV) is None


async def test_whoever_chooses_anew_or_gives_the_draft_up_is_told_nothing_of_the_old_moment(drafts: Drafts) -> None:
    async def changed(base: int) -> None:
        draft = await drafts.put(OGAREV, ACTORS, 3, 1000)
        await drafts.publish_at(OGAREV, 5000)
        await drafts.rebase(OGAREV, draft, base)

    await changed(4)
    await drafts.publish_at(OGAREV, 6000)
    assert drafts.dropped(OGAREV) is None
    await changed(5)
    assert drafts.dropped(OGAREV) == (5000, None)
    await changed(6)
    await drafts.discard(OGAREV)
    assert drafts.dropped(OGAREV) is None


async def test_who_waits_for_an_answer_is_known_after_a_restart(drafts: Drafts) -> None:
    draft = await drafts.put(HERZEN, ACTORS, 3, 1000)
    await drafts.put(OGAREV, ACTORS, 3, 1001)
    await drafts.noticed(HERZEN, 77)
    assert await drafts.unchecked() == (HERZEN, OGAREV)
    await drafts.told(HERZEN, "another")
    assert await drafts.of(HERZEN) == Draft(3, ACTORS, notice=77), "what came meanwhile is still to be answered"
    await drafts.told(HERZEN, draft.key)
    assert await drafts.unchecked() == (OGAREV,)
    assert await drafts.of(HERZEN) == Draft(3, ACTORS, checked=True)
    await drafts.told(NOBODY, draft.key)


async def test_what_its_editor_is_told_of_at_once_leaves_who_waits_for_an_answer_as_it_was(drafts: Drafts) -> None:
    assert (await drafts.put(OGAREV, ACTORS, 3, 1000, unchecked=False)).checked
    assert await drafts.unchecked() == ()
    await drafts.put(HERZEN, ACTORS, 3, 1000)
    await drafts.put(HERZEN, {"content/glossary.yaml": b"terms: []\n"}, 3, 1001, unchecked=False)
    assert await drafts.unchecked() == (HERZEN,), "the files that came before are still to be answered"


async def test_it_may_be_put_on_another_version_or_discarded(drafts: Drafts) -> None:
    seen = await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.put(HERZEN, ACTORS, 3, 1000)
    joined = dict.fromkeys(ACTORS, b"actors: [both]\n")
    await drafts.rebase(OGAREV, seen, 4, joined)
    assert await drafts.of(OGAREV) == Draft(4, joined)
    await drafts.rebase(OGAREV, seen, 5, ACTORS)
    assert await drafts.of(OGAREV) == Draft(4, joined), "it is not the one that was seen any more"
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


async def test_what_was_refused_is_kept_beside_it_until_it_is_replaced_or_left_out(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000, [WORD])
    assert await drafts.of(OGAREV) == Draft(3, ACTORS, refused=(WORD,))
    more = {"content/glossary.yaml": b"terms: []\n"}
    assert (await drafts.put(OGAREV, more, 3, 1001)).refused == (WORD,), "a correction of one field says nothing of it"
    await drafts.leave_out(OGAREV, [WORD])
    assert await drafts.of(OGAREV) == Draft(3, {**ACTORS, **more})
    await drafts.put(OGAREV, {}, 3, 1002, [WORD])
    assert (await drafts.put(OGAREV, {}, 3, 1003, [])).refused == ()


async def test_where_all_was_refused_the_first_file_that_is_taken_stands_on_the_version_of_then(drafts: Drafts) -> None:
    assert await drafts.put(OGAREV, {}, 3, 1000, [WORD]) == Draft(3, {}, refused=(WORD,))
    assert await drafts.put(OGAREV, ACTORS, 5, 1001) == Draft(5, ACTORS, refused=(WORD,))
    await drafts.put(HERZEN, {}, 3, 1000, [WORD])
    await drafts.leave_out(HERZEN, [WORD])
    assert await drafts.of(HERZEN) is None


async def test_a_file_may_be_taken_out_and_the_last_one_ends_it(drafts: Drafts) -> None:
    await drafts.put(OGAREV, {**ACTORS, "content/topics/old.yaml": None}, 3, 1000)
    await drafts.publish_at(OGAREV, 5000)
    await drafts.take_out(OGAREV, "content/topics/old.yaml")
    assert await drafts.of(OGAREV) == Draft(3, ACTORS), "what was said of publishing was said of another draft"
    assert drafts.dropped(OGAREV) == (5000, None)
    await drafts.take_out(OGAREV, "content/topics/old.yaml")
    await drafts.publish_at(OGAREV, 5000)
    await drafts.take_out(OGAREV, "content/actors.yaml")
    assert await drafts.of(OGAREV) is None
    assert drafts.dropped(OGAREV) is None, "nothing is left for which a moment could be chosen"
    await drafts.take_out(HERZEN, "content/actors.yaml")


async def test_what_was_refused_while_it_was_published_is_still_to_be_told(drafts: Drafts) -> None:
    later = replace(WORD, place=Place("more.docx"))
    await drafts.put(OGAREV, ACTORS, 3, 1000, [WORD])
    await drafts.put(OGAREV, {}, 3, 1001, [WORD, later])
    await drafts.published(OGAREV, ACTORS, 4, [WORD])
    assert await drafts.of(OGAREV) == Draft(4, {}, refused=(later,))


async def test_a_card_that_is_being_written_lies_beside_the_files_and_changes_nothing_of_them(drafts: Drafts) -> None:
    put = await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.told(OGAREV, put.key)
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
    assert await drafts.of(OGAREV) == Draft(10, checked=True, sheets={"00000001": b"{1}"})
    assert await drafts.unchecked() == (), "of a card that is being written nobody waits to be told"
    await drafts.end_writing(OGAREV, "00000001")
    assert await drafts.of(OGAREV) is None


async def test_a_card_that_was_published_is_written_no_longer_unless_it_was_changed_meanwhile(drafts: Drafts) -> None:
    await drafts.put(OGAREV, ACTORS, 3, 1000)
    await drafts.write(OGAREV, "00000001", b"{}", 3, 1001)
    await drafts.write(OGAREV, "00000002", b"{2}", 3, 1002)
    await drafts.published(OGAREV, ACTORS, 4, (), {"00000001": b"{}", "00000002": b"{}"})
    assert await drafts.of(OGAREV) == Draft(4, checked=True, sheets={"00000002": b"{2}"})


async def test_where_texts_lie_is_known_before_anything_is_written_and_until_it_is_published(drafts: Drafts) -> None:
    await drafts.note_text(OGAREV, "count-2023", "BQACAgIAAx", 2, 1000)
    assert await drafts.of(OGAREV) == Draft(2, checked=True)
    await drafts.put(OGAREV, ACTORS, 3, 1001)
    assert await drafts.text_of(OGAREV, "count-2023") == "BQACAgIAAx"
    assert await drafts.text_of(HERZEN, "count-2023") is None
    assert await drafts.of(OGAREV) == Draft(3, ACTORS)
    await drafts.published(OGAREV, ACTORS, 4)
    assert await drafts.of(OGAREV) is None
    assert await drafts.text_of(OGAREV, "count-2023") is None


End = Callable[[Drafts], Coroutine[Any, Any, None]]


async def _publish(drafts: Drafts) -> None:
    await drafts.published(OGAREV, ACTORS, 3)


async def _give_a_card_up(drafts: Drafts) -> None:
    await drafts.end_writing(OGAREV, "00000001")


async def _take_the_file_out(drafts: Drafts) -> None:
    await drafts.take_out(OGAREV, "content/actors.yaml")


@pytest.mark.parametrize("end", [_publish, _give_a_card_up, _take_the_file_out])
async def test_a_card_written_while_the_draft_comes_to_its_end_is_not_lost(
    database: Database,
    drafts: Drafts,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[Drafts], Coroutine[Any, Any, None]],
) -> None:
    """On PostgreSQL both go on at once until one waits for the other's row; on SQLite they take turns."""
    if end is _give_a_card_up:
        await drafts.write(OGAREV, "00000001", b"{1}", 3, 1000)
    else:
        await drafts.put(OGAREV, ACTORS, 3, 1000)
    written, go_on, real = asyncio.Event(), asyncio.Event(), store._write

    async def held(*given: Any) -> None:
        await real(*given)
        written.set()
        await go_on.wait()

    monkeypatch.setattr(store, "_write", held)
    writing = asyncio.create_task(drafts.write(OGAREV, "00000002", b"{2}", 3, 1001))
    await written.wait()
    ending = asyncio.create_task(end(drafts))
    await _waits_for_a_row(database)
    go_on.set()
    await asyncio.gather(writing, ending)
    found = await drafts.of(OGAREV)
    assert found is not None
    assert found.sheets == {"00000002": b"{2}"}
    assert found.files == {}


async def _waits_for_a_row(database: Database) -> None:
    """Until some transaction of PostgreSQL waits for another one."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while database.url.drivername == POSTGRESQL:
        async with database.read() as connection:
            if (await connection.execute(query)).scalar():
                return
        await asyncio.sleep(0.01)
