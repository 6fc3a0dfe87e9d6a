"""A process that publishes five files and is killed at a point named beforehand; it writes down each that it passes.

Before each step and in the middle of each write there is a point; of what happens in memory alone, the new snapshot,
the new index and the swap count too.
"""

from __future__ import annotations

import asyncio
import inspect
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.editing.examination import Examined
from bot.editing.newsroom import Newsroom
from bot.editing.publishing import Publisher
from bot.seal import Seal
from bot.search.library import Library
from bot.store.database import READS, Database, open_database
from bot.store.drafts import Drafts
from bot.store.editors import Editors
from bot.store.versions import Versions
from tests.conversation import EDITOR
from tests.editing.house_files import QuickClock, folder_in
from tests.store.conftest import KEY

PASSED = "passed.txt"
"""The file below the place in which the points stand that were passed, a line each."""


@dataclass(frozen=True)
class Errand:
    """What the process does below a place: publish what an editor sent, or what the folder holds; and where it ends.

    `kill_at` counts the points from 0; None lets it come to its end.
    """

    place: Path
    url: str
    from_disk: bool
    kill_at: int | None = None

    @property
    def passed(self) -> list[str]:
        """The points that were passed, in order; the last is where the process was killed."""
        return (self.place / PASSED).read_text(encoding="ascii").split("\n")[:-1]


async def publisher_at(place: Path, database: Database) -> Publisher:
    """The publisher of a start."""
    publisher = Publisher(Versions(database), folder_in(place), QuickClock())
    await publisher.open()
    return publisher


def newsroom_of(publisher: Publisher, database: Database) -> Newsroom:
    """The editors' room over it."""
    drafts, editors = (made(database, Seal(KEY)) for made in (Drafts, Editors))
    assert isinstance(drafts, Drafts)
    assert isinstance(editors, Editors)
    return Newsroom(publisher, Versions(database), drafts, editors, QuickClock())


def run(errand: Errand) -> None:
    """Do it. Called in a process of its own."""
    asyncio.run(_run(errand))


async def _run(errand: Errand) -> None:
    database = await open_database(errand.url)
    publisher = await publisher_at(errand.place, database)
    newsroom = newsroom_of(publisher, database)
    draft = await newsroom.drafts.of(EDITOR)
    point = _Points(errand)
    _watch_memory(point)
    _watch_database(point)
    _watch_files(point)
    if errand.from_disk:
        await publisher.look()
    else:
        assert draft
        await newsroom.publish(EDITOR, draft.key)
    point("done")
    await database.close()


class _Points:
    """Called at each point."""

    def __init__(self, errand: Errand) -> None:
        self._log = os.open(errand.place / PASSED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._left = errand.kill_at

    def __call__(self, name: str) -> None:
        os.write(self._log, f"{name}\n".encode())
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._left is not None:
            self._left -= 1

    def before(self, owner: Any, name: str, shown: str = "") -> None:
        """Have a function pass a point before each call."""
        real: Callable[..., Any] = getattr(owner, name)

        def announced(*given: Any, **named: Any) -> Any:
            self(shown or name)
            return real(*given, **named)

        bound = isinstance(inspect.getattr_static(owner, name), classmethod)
        setattr(owner, name, staticmethod(announced) if bound else announced)


def _watch_memory(point: _Points) -> None:
    point.before(Examined, "of", "examine")
    point.before(Library, "of", "index")
    swap, publish = Publisher._swap, Versions.publish

    def swapped(publisher: Publisher, library: Library) -> None:
        point("swap")
        swap(publisher, library)
        point("swapped")

    async def committed(versions: Versions, *given: Any, **named: Any) -> Any:
        version = await publish(versions, *given, **named)
        point("committed")
        return version

    Publisher._swap = swapped  # type: ignore[method-assign, assignment]
    Versions.publish = committed  # type: ignore[method-assign, assignment]


def _watch_database(point: _Points) -> None:
    """Each statement that writes, and the end of each transaction that may."""

    def written(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        what, *words = statement.split()
        if what in ("INSERT", "UPDATE", "DELETE"):
            point(f"{what.lower()} {words[what != 'UPDATE']}")

    def ended(connection: Connection) -> None:
        if not connection.get_execution_options().get(READS):
            point("commit")

    event.listen(Engine, "before_cursor_execute", written)
    event.listen(Engine, "commit", ended)


def _watch_files(point: _Points) -> None:
    for owner, name in ((os, "fsync"), (os, "replace"), (Path, "unlink"), (Path, "mkdir")):
        point.before(owner, name)
    real: Callable[..., Any] = Path.open

    class Halving(io.BufferedWriter):
        def write(self, data: Any) -> int:
            middle = len(data) // 2
            super().write(data[:middle])
            self.flush()
            point("half")
            return middle + super().write(data[middle:])

    def opened(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        return Halving(io.FileIO(path, "w")) if mode == "wb" else real(path, mode, *given, **named)

    Path.open = opened  # type: ignore[method-assign, assignment]
