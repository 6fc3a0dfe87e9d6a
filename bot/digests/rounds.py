"""What is done at every tick: mending, planning, previews, pruning."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from bot.digests.mending import bring_back, follow_zones
from bot.digests.planner import Planner
from bot.digests.previews import Previews
from bot.digests.pruning import Pruning
from bot.digests.ticking import Job, Tick
from bot.digests.zones import fingerprint, read_anew
from bot.store.database import Database
from bot.store.facts import fact, note

_LOG = logging.getLogger(__name__)
_FACT = "zones"
"""The name under which the database keeps which timezone database its moments were worked out by."""
_A_DAY = timedelta(days=1).total_seconds()
_TRUSTED = timedelta(hours=1).total_seconds()
"""Seconds for which a clock has to run evenly before anything is deleted because it is old."""


class Rounds:
    """The jobs of the digests; `wake_sender` is called when a tick has planned."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        previews: Previews,
        pruning: Pruning,
        wake_sender: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._planner = planner
        self._previews = previews
        self._pruning = pruning
        self._wake_sender = wake_sender
        self._mended: Tick | None = None

    @property
    def jobs(self) -> dict[str, Job]:
        """By names for the log, in the order in which they are done where they are done one by one."""
        return {"planning": self._plan, "previews": self._preview, "pruning": self._prune}

    def stop(self) -> None:
        """Let every job end after what it has in hand."""
        for each in (self._planner, self._previews, self._pruning):
            each.stop()

    async def _plan(self, tick: Tick) -> None:
        try:
            await self._mend(tick)
        finally:  # what cannot be mended must not keep the rest from being planned
            await self._planner.plan(tick.now)
            self._wake_sender()

    async def _mend(self, tick: Tick) -> None:
        """At the start, once a day, and when the clock was set."""
        last = self._mended
        if last is None or tick.sets != last.sets or tick.steady - last.steady >= _A_DAY:
            await follow_timezones(self._database)
            if found := await bring_back(self._database, tick.now):
                _LOG.warning("%d subscriptions awaited no bell, or one too far off; they ring again", found)
            self._mended = tick

    async def _preview(self, tick: Tick) -> None:
        await self._previews.show(tick.now)

    async def _prune(self, tick: Tick) -> None:
        if tick.steady >= _TRUSTED:
            await self._pruning.prune(tick.now)


async def follow_timezones(database: Database) -> int:
    """Where the timezone database is another one than that of the last time, move every bell; how many moved."""
    read_anew()
    present = await asyncio.to_thread(fingerprint)
    async with database.read() as connection:
        before = await fact(connection, _FACT)
    if before == present:
        return 0
    moved = await follow_zones(database)
    _LOG.info("the timezone database has changed: %d bells moved", moved)
    async with database.begin() as connection:
        await note(connection, _FACT, present)
    return moved
