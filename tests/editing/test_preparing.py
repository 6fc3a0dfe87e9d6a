"""What publishing takes is begun before it is known whether it will be wanted, and done once."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import Catalog
from bot.editing.examination import Examined
from bot.editing.folder import Folder
from bot.editing.preparing import Preparing
from bot.editing.publishing import Publisher
from bot.store.versions import Versions
from tests.editing.house_files import QuickClock, retitled, title, write

NOTHING = Catalog()


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The digests of what was examined."""
    real, found = Examined.of, list[bytes]()

    def of(bundle: Bundle, *given: Any, **named: Any) -> Examined:
        found.append(bundle.digest)
        return real(bundle, *given, **named)

    monkeypatch.setattr(Examined, "of", of)
    return found


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Examining waits for this."""
    real, go = Examined.of, threading.Event()

    def of(*given: Any, **named: Any) -> Examined:
        go.wait()
        return real(*given, **named)

    monkeypatch.setattr(Examined, "of", of)
    yield go
    go.set()


async def test_what_was_begun_is_what_comes_of_it(first: Bundle, examined: list[bytes]) -> None:
    preparing = Preparing()
    preparing.begin(first, NOTHING)
    ready = await preparing.of(Bundle(dict(first.files)), NOTHING)
    assert ready.found.bundle is first
    assert ready.library.catalog is ready.found.catalog
    assert examined == [first.digest]


async def test_what_was_begun_for_another_bundle_or_snapshot_is_not_taken(first: Bundle) -> None:
    preparing, other = Preparing(), retitled("How many went")
    preparing.begin(first, NOTHING)
    assert (await preparing.of(other, NOTHING)).found.bundle is other
    published = (await preparing.of(first, NOTHING)).found.catalog
    assert (await preparing.of(first, published)).found.differences.added == ()


async def test_what_changes_all_the_time_is_not_run_after(
    first: Bundle, held: threading.Event, examined: list[bytes]
) -> None:
    preparing = Preparing()
    for bundle in (first, retitled("How many went"), retitled("How many fled")):
        preparing.begin(bundle, NOTHING)
        await asyncio.sleep(0)
    held.set()
    await preparing.of(first, NOTHING)
    assert examined == [first.digest]


async def test_what_is_wrong_is_told_to_whoever_asks_and_to_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    preparing, broken = Preparing(), retitled("How many left, 12 of them")
    preparing.begin(broken, NOTHING)
    with pytest.raises(ProblemsError):
        await preparing.of(broken, NOTHING)
    preparing.forget()
    preparing.begin(broken, NOTHING)
    preparing.forget()
    task = preparing._task
    assert task
    await asyncio.wait({task})
    del task
    gc.collect()
    await asyncio.sleep(0)
    assert not preparing._is(broken, NOTHING)
    assert caplog.text == ""


async def test_it_is_done_while_it_is_waited_whether_the_folder_rests(
    publisher: Publisher, versions: Versions, folder: Folder, examined: list[bytes]
) -> None:
    """By the time that the waiting ends all is ready, and what the folder held in between is not published."""
    steps = ["How many went", "How many of them went"]

    class Waiting(QuickClock):
        async def sleep(self, seconds: float) -> None:
            assert publisher._preparing._task
            await asyncio.wait({publisher._preparing._task})
            seen.append(len(examined))
            if steps:
                write(folder, "How many left" if len(steps) == 2 else "How many went", steps.pop(0))

    seen: list[int] = []
    publisher._clock = Waiting()
    write(folder, "order: 10", "order: 11")
    await publisher.look()
    assert seen == [1, 2, 3]
    assert len(examined) == 3
    assert title(publisher) == "How many of them went"
    assert len(await versions.newest(9)) == 2
