"""Killed at each step of a publication and within each write: after the next start readers, disk and history agree."""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.catalog.bundle import Bundle
from bot.editing.notices import Published
from bot.store.database import open_database
from bot.store.versions import Versions
from tests.conversation import EDITOR
from tests.editing.house_files import five_files_later, folder_in, lay_out
from tests.editing.killed import Errand, newsroom_of, publisher_at, run
from tests.store.postgresql import empty_database

AT_ONCE = 2
FILES = 5
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.editing.killed"])


@dataclass(frozen=True)
class Before:
    """A place and a database in which the first version is published; errands are done over copies of both."""

    place: Path
    url: str
    server: str | None

    @asynccontextmanager
    async def copy(self, name: str) -> AsyncIterator[tuple[Path, str]]:
        """A place like it, and the address of a database like it."""
        place = await asyncio.to_thread(shutil.copytree, self.place, self.place.with_name(name))
        if self.server is None:
            yield place, self.url.replace(str(self.place), str(place))
            return
        async with empty_database(self.server, like=str(make_url(self.url).database)) as url:
            yield place, url


@pytest.fixture(params=["sqlite", "postgresql"])
async def before(request: pytest.FixtureRequest, tmp_path: Path, first: Bundle) -> AsyncIterator[Before]:
    """With an editor who has a draft of the five files, whose moment has come."""
    place = tmp_path / "before"
    lay_out(place, first)
    server: str | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    async with empty_database(server) if server else _beside(place) as url:
        database = await open_database(url)
        newsroom = newsroom_of(await publisher_at(place, database), database)
        await newsroom.drafts.put(EDITOR, first.changes_to(five_files_later()), 1, 0)
        await newsroom.drafts.publish_at(EDITOR, 0)
        await newsroom.editors.add(EDITOR, "Ogarev", 1)
        await database.close()
        yield Before(place, url, server)


@asynccontextmanager
async def _beside(place: Path) -> AsyncIterator[str]:
    yield f"sqlite+aiosqlite:///{place}/test.db"


async def done(errand: Errand) -> list[str]:
    """Do an errand in a process of its own; the points that it passed."""
    process, ended = PROCESSES.Process(target=run, args=(errand,)), asyncio.Event()
    process.start()
    loop = (
        asyncio.get_running_loop()
    )  # not a thread: two that ask after their processes take the answer from each other
    loop.add_reader(process.sentinel, ended.set)
    await ended.wait()
    loop.remove_reader(process.sentinel)
    process.join()
    assert process.exitcode == (0 if errand.kill_at is None else -9), errand.passed
    return errand.passed


async def outcomes(before: Before, *, from_disk: bool) -> tuple[list[str], list[bytes]]:
    """All points of a publication, and the state after a kill at each of them and a start."""
    async with before.copy("whole") as (place, url):
        known = await done(Errand(place, url, from_disk))
    gate = asyncio.Semaphore(AT_ONCE)

    async def outcome(number: int) -> bytes:
        async with gate, before.copy(str(number)) as (place, url):
            passed = await done(Errand(place, url, from_disk, kill_at=number))
            assert passed == known[: number + 1]
            return await state_after_restart(place, url, f"killed at {known[number]} ({number})", from_disk=from_disk)

    return known, await asyncio.gather(*map(outcome, range(len(known))))


async def state_after_restart(place: Path, url: str, told: str, *, from_disk: bool) -> bytes:
    """What readers get, what the folder holds and what history says is current, by the hash that is one for all."""
    database = await open_database(url)
    versions, folder = Versions(database), folder_in(place)
    publisher = await publisher_at(place, database)
    await publisher.look()
    current = await versions.current()
    assert current
    assert publisher.library.digest == folder.read().digest == current.digest, told
    assert bool(await versions.changes(2, 3)) == (current.number == 2), told
    assert not [path for _, room in folder.rooms for path in room.rglob("*.publishing")], told
    assert await versions.folder_at() == current.number, told
    newsroom = newsroom_of(publisher, database)
    if not from_disk and await newsroom.drafts.of(EDITOR):  # it is published now, or known to be
        ((editor, published),) = await newsroom.publish_due(())
        assert isinstance(published, Published), told
        assert (editor, published.version.number) == (EDITOR, 2), told
        assert await newsroom.drafts.of(EDITOR) is None, told
        assert len(await versions.newest(9)) == 2, told
    await database.close()
    return current.digest


@pytest.mark.timeout(600)
async def test_a_kill_at_any_point_leaves_exactly_the_old_or_exactly_the_new(before: Before, first: Bundle) -> None:
    known, states = await outcomes(before, from_disk=False)
    committed = known.index("committed")
    assert known[:2] == ["examine", "index"]
    assert known[2:committed] == [
        *(f"insert {table}" for table in ("versions", "blobs", "version_files", "card_changes")),
        "commit",
    ]
    assert known[committed + 1 : committed + 3] == ["swap", "swapped"]
    assert known[-1] == "done"
    for step in ("half", "replace"):
        assert known.count(step) == FILES - 1
    assert known.count("unlink") == 1
    assert known.count("fsync") >= FILES - 1
    assert states == [first.digest] * committed + [five_files_later().digest] * (len(known) - committed)


@pytest.mark.timeout(600)
async def test_a_change_on_disk_is_published_by_the_start_after_a_kill(before: Before) -> None:
    await asyncio.to_thread(shutil.rmtree, before.place / "content")
    await asyncio.to_thread(lay_out, before.place, five_files_later())
    known, states = await outcomes(before, from_disk=True)
    assert [step for step in known if " " not in step] == [
        *("examine", "index", "commit", "committed", "swap", "swapped", "commit", "done")
    ]
    assert states == [five_files_later().digest] * len(known)
