"""Killed at each write and rename of a publication: after the next start readers, disk and history agree."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalog.bundle import Bundle
from bot.editing.publishing import Publisher
from bot.settings import ROOT
from bot.store.database import open_database
from bot.store.versions import Versions
from tests.editing.house_files import QuickClock, five_files_later, folder_in, lay_out

AT_ONCE = 2
FILES = 5


def address(place: Path) -> str:
    return f"sqlite+aiosqlite:///{place}/test.db"


@pytest.fixture
async def before(tmp_path: Path, first: Bundle) -> Path:
    """A place where the first version is published."""
    place = tmp_path / "before"
    folder = lay_out(place, first)
    database = await open_database(address(place))
    await Publisher(Versions(database), folder, QuickClock()).open()
    await database.close()
    return place


async def points(place: Path, kill_at: int | None = None) -> list[str]:
    """Publish in a process of its own, kill it at a point; what it announced up to there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.editing.killed", place, address(place), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout
    assert process.stdin
    passed: list[str] = []
    async for line in process.stdout:
        passed.append(line.decode().strip())
        if len(passed) - 1 == kill_at:
            process.kill()
            break
        process.stdin.write(b"\n")
        await process.stdin.drain()
    await process.wait()
    return passed


async def states_after_restart(place: Path) -> AsyncIterator[bytes]:
    """What readers get, what the folder holds, what history says is current: by hash."""
    database = await open_database(address(place))
    versions, folder = Versions(database), folder_in(place)
    publisher = Publisher(versions, folder, QuickClock())
    await publisher.open()
    await publisher.look()
    yield publisher.library.digest
    yield folder.read().digest
    current = await versions.current()
    assert current
    yield current.digest
    changes = await versions.changes(2, 3)
    assert bool(changes) == (current.number == 2)
    assert not [path for _, room in folder.rooms for path in room.rglob("*.publishing")]
    await database.close()


@pytest.mark.timeout(600)
async def test_a_kill_at_any_point_leaves_exactly_the_old_or_exactly_the_new(before: Path, first: Bundle) -> None:
    whole = shutil.copytree(before, before.with_name("whole"))
    known = await points(whole)
    assert known[-1] == "done"
    assert known[:2] == ["commit", "_swap"]
    assert (known.count("replace"), known.count("unlink"), known.count("commit")) == (FILES - 1, 1, 2)
    assert known.count("fsync") >= FILES - 1
    gate = asyncio.Semaphore(AT_ONCE)

    async def outcome(number: int) -> bytes:
        async with gate:
            place = shutil.copytree(before, before.with_name(str(number)))
            assert await points(place, number) == known[: number + 1]
            states = {state async for state in states_after_restart(place)}
            assert len(states) == 1, f"killed {known[number]} ({number}): readers, disk and history differ"
            return states.pop()

    outcomes = await asyncio.gather(*map(outcome, range(len(known))))
    assert outcomes == [first.digest] + [five_files_later().digest] * (len(known) - 1)
