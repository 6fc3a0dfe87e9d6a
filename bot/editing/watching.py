"""Seeing that something in the content folders may have changed; the folders may go and come back meanwhile."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path, PurePath

from watchfiles import Change, awatch

from bot.clock import Clock

_LOG = logging.getLogger(__name__)

QUIET_MS = 50
"""A change is told once nothing else has changed for so long,"""
MOST_MS = 400
"""or after so long at the latest: git writes many files at once."""
EVERY_SECONDS = 3.0
"""How often it is told anyway: another process may have published, and not every drive tells of its changes."""


async def stirrings(folders: Sequence[Path], clock: Clock) -> AsyncGenerator[None, None]:
    """Tell for ever when something may have changed, beginning at once."""
    while True:
        there = _identities(folders)
        yield
        if len(there) < len(folders):  # nothing would tell that one is back
            await clock.sleep(EVERY_SECONDS)
            continue
        try:
            async with aclosing(_watch(there)) as told:
                async for _ in told:
                    if _identities(folders) != there:
                        break
                    yield
        except (OSError, RuntimeError) as error:  # gone just now, or this machine has no watches left
            _LOG.warning("the content folders cannot be watched: %s", error)
            await clock.sleep(EVERY_SECONDS)


def _watch(folders: dict[Path, tuple[int, int]]) -> AsyncGenerator[object, None]:
    return awatch(
        *folders,
        watch_filter=_concerns,
        debounce=MOST_MS,
        step=QUIET_MS,
        rust_timeout=int(EVERY_SECONDS * 1000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )


def _identities(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that are there; one that was deleted and made again is another one."""
    found = {}
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            continue
        found[folder] = (status.st_dev, status.st_ino)
    return found


def _concerns(_change: Change, path: str) -> bool:
    """Folders and YAML files; what editors' programs put beside them is hidden or has another ending."""
    name = PurePath(path)
    return not name.name.startswith(".") and name.suffix in ("", ".yaml", ".yml")
