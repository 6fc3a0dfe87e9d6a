"""Waiting until the folder rests: an editor's program, or git, may be in the middle of writing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.catalog.bundle import Bundle
from bot.catalog.problems import Problem, ProblemsError
from bot.clock import Clock
from bot.editing.folder import Folder

Seen = Bundle | tuple[Problem, ...]
"""What a folder holds, or why it cannot be read."""

SETTLE_SECONDS = 0.15
"""How long the folder must stay as it is."""
SETTLE_TIMES = 20
"""How often that is waited for in one look; then the next change will tell."""


async def settled(folder: Folder, clock: Clock, known: bytes, begin: Callable[[Bundle], None]) -> Seen | None:
    """What the folder holds once it has held it for a moment; None if it never rests.

    What has the digest `known` is not waited for. `begin` is told at once of all else that it may turn out to be.
    """
    seen = await _peek(folder)
    for _ in range(SETTLE_TIMES):
        if isinstance(seen, Bundle):
            if seen.digest == known:
                return seen
            begin(seen)
        await clock.sleep(SETTLE_SECONDS)
        before, seen = seen, await _peek(folder)
        if _same(before, seen):
            return seen
    return None


async def _peek(folder: Folder) -> Seen:
    try:
        return await asyncio.to_thread(folder.read)
    except ProblemsError as error:
        return error.problems


def _same(before: Seen, after: Seen) -> bool:
    if isinstance(before, Bundle) and isinstance(after, Bundle):
        return before.digest == after.digest
    return before == after
