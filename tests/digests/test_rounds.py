from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.digests.planner import Planner
from bot.digests.previews import Preview, Previews
from bot.digests.pruning import Pruning
from bot.digests.rounds import Rounds
from bot.digests.ticking import Ticking
from bot.digests.zones import read_anew
from bot.store.database import Database
from tests.digests.clocks import ToldClock
from tests.digests.community import Press, at, count, deliveries, next_due, subscribe
from tests.digests.test_pruning import delivered
from tests.digests.tzif import other_rules

DUE = "2026-11-30T05:00"


class House:
    """The rounds over a database, by a clock that is told."""

    def __init__(self, database: Database, now: str) -> None:
        self.clock = ToldClock(at(now))
        self.woken = 0
        press = Press()
        self.rounds = Rounds(
            database,
            Planner(database, press, late_hours=12, outbox_days=30),
            Previews(database, press, self._show),
            Pruning(database, 30),
            self._wake,
        )
        self._ticking = Ticking(self.clock, self.rounds.jobs)

    async def _show(self, preview: Preview) -> None:
        raise AssertionError(preview)

    def _wake(self) -> None:
        self.woken += 1

    async def tick(self, **passed: float) -> None:
        self.clock.go_on(timedelta(**passed))
        await self._ticking.tick()


async def test_a_tick_plans_and_wakes_the_sender(database: Database) -> None:
    await subscribe(database, DUE)
    house = House(database, DUE)
    await house.tick()
    assert (await count(database), house.woken) == (1, 1)


async def test_a_timezone_database_that_changed_while_the_bot_was_down_is_followed_before_anything_is_planned(
    database: Database, tmp_path: Path
) -> None:
    [one] = await subscribe(database, DUE)
    await House(database, "2026-11-29T12:00").tick()
    with other_rules(tmp_path, Asia__Tbilisi="X-3"):
        await House(database, DUE).tick()
        assert await count(database) == 0
        assert await next_due(database, one) == "2026-11-30 06:00"
    read_anew()


async def test_a_timezone_database_that_changes_while_it_runs_is_followed_within_a_day(
    database: Database, tmp_path: Path
) -> None:
    [one] = await subscribe(database, DUE)
    house = House(database, "2026-11-28T12:00")
    await house.tick()
    with other_rules(tmp_path, Asia__Tbilisi="X-3"):
        await house.tick(hours=23)
        assert await next_due(database, one) == "2026-11-30 05:00"
        await house.tick(hours=1)
        assert await next_due(database, one) == "2026-11-30 06:00"
    read_anew()


async def test_when_the_clock_is_set_back_by_years_everybody_rings_on_at_the_next_moment(database: Database) -> None:
    [one] = await subscribe(database, DUE)
    house = House(database, "2036-11-30T12:00")
    await house.tick()
    house.clock.set_to(at("2026-12-01T12:00"))
    house._ticking._sets += 1  # what the watch does when it sees this
    await house.tick()
    assert await next_due(database, one) == "2026-12-07 05:00"


async def test_nothing_is_pruned_before_the_clock_has_run_evenly_for_an_hour(database: Database) -> None:
    await delivered(database, 31, ["sent"])
    house = House(database, "2026-11-30T12:00")
    await house.tick(minutes=59)
    assert await count(database) == 1
    await house.tick(minutes=1)
    assert await count(database) == 0


async def test_what_cannot_be_mended_keeps_nobody_from_being_planned(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_database: Database) -> int:
        raise OSError("no such folder")

    monkeypatch.setattr("bot.digests.rounds.follow_timezones", fail)
    await subscribe(database, DUE)
    await House(database, DUE).tick()
    assert [each.state for each in await deliveries(database)] == ["queued"]
    assert "planning failed" in caplog.text
