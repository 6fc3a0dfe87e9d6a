"""From a file that is saved in the folder of the shipped content to the answer that has changed, with a real bot."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.following import following

TITLES = [f"How many {verb}" for verb in ("went", "fled", "moved", "escaped", "parted", "withdrew", "emigrated", "go")]
"""Without figures: no line of a source would have them."""
PATIENCE = 60.0


async def _times() -> list[float]:
    """Seconds for each save. The first, which may come before the bot has begun to watch, does not count."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        async with following(Path(place)) as followed:
            for title in TITLES:
                begin = time.perf_counter()
                await followed.save(title)
                assert await followed.reads(title, PATIENCE), "the change did not reach the reader"
                found.append(time.perf_counter() - begin)
    return found[1:]


def measure() -> list[tuple[str, float, str]]:
    """The median and the slowest of several."""
    times = asyncio.run(_times())
    return [
        ("saved file to changed answer, median (aim 2)", statistics.median(times), "s"),
        ("saved file to changed answer, slowest", max(times), "s"),
    ]
