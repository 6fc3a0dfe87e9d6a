"""A process that publishes five files and may be killed in the middle: it announces every point and waits for a word.

Run as `python -m tests.editing.killed FOLDER DATABASE`. It prints the name of each point on a line of its own, and goes
on when a line comes in.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.clock import SystemClock
from bot.editing.publishing import Publisher
from bot.store.database import READS, open_database
from bot.store.versions import Versions
from tests.editing.house_files import five_files_later, folder_in


def point(name: str) -> None:
    """Announce, and wait for a word."""
    print(name, flush=True)
    sys.stdin.readline()


def announced(owner: Any, name: str) -> None:
    """Announce every call of a function before it happens."""
    real: Callable[..., Any] = getattr(owner, name)

    def announcing(*given: Any, **named: Any) -> Any:
        point(name)
        return real(*given, **named)

    setattr(owner, name, announcing)


def commits(connection: Connection) -> None:
    """Announce the end of a transaction that writes."""
    if not connection.get_execution_options().get(READS):
        point("commit")


async def publish(place: Path, url: str) -> None:
    """Publish, from the first version to the second."""
    database = await open_database(url)
    publisher = Publisher(Versions(database), folder_in(place), SystemClock())
    await publisher.open()
    event.listen(Engine, "commit", commits)
    for owner, name in ((os, "fsync"), (os, "replace"), (Path, "unlink"), (Publisher, "_swap")):
        announced(owner, name)
    await publisher.publish(five_files_later(), expected=1, pen_name="Ogarev")
    point("done")


if __name__ == "__main__":
    asyncio.run(publish(Path(sys.argv[1]), sys.argv[2]))
