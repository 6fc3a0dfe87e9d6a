from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.digests import mending as mending_module
from bot.digests.mending import bring_back, follow_zones
from bot.digests.planner import Planned, Planner
from bot.digests.rounds import follow_timezones
from bot.digests.zones import fingerprint, read_anew
from bot.store.database import Database, open_database
from tests.digests.community import Press, at, deliveries, next_due, seconds, subscribe
from tests.digests.tzif import other_rules

SUNDAY = at("2026-11-29T12:00")


def planner_of(database: Database) -> Planner:
    return Planner(database, Press(), late_hours=12, outbox_days=30)


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending_module, "SLICE", 3)


def test_the_fingerprint_tells_one_timezone_database_from_another(tmp_path: Path) -> None:
    first = fingerprint()
    assert fingerprint() == first
    with other_rules(tmp_path, Asia__Tbilisi="X-3"):
        assert fingerprint() != first
    assert fingerprint() == first


@pytest.mark.parametrize(("rule", "hour"), [("X-3", "06"), ("X-5", "04"), ("X-4", "05")])
async def test_awaited_bells_follow_the_rules_of_their_timezone(
    database: Database, tmp_path: Path, small_slices: None, rule: str, hour: str
) -> None:
    tbilisi = await subscribe(database, "2026-11-30T05:00", 8)
    [berlin] = await subscribe(database, "2026-11-30T08:00", timezone="Europe/Berlin")
    [silent] = await subscribe(database, "2026-11-30T05:00", state="blocked")
    await follow_timezones(database)
    with other_rules(tmp_path, Asia__Tbilisi=rule):
        assert await follow_timezones(database) == (0 if rule == "X-4" else 8)
        assert {await next_due(database, each) for each in tbilisi} == {f"2026-11-30 {hour}:00"}
        assert await follow_timezones(database) == 0
    assert await next_due(database, berlin) == "2026-11-30 08:00"
    assert await next_due(database, silent) == "2026-11-30 05:00"
    read_anew()


async def test_following_again_after_a_kill_in_the_middle_moves_nothing_twice(
    database: Database, tmp_path: Path
) -> None:
    ids = await subscribe(database, "2026-11-30T05:00", 4)
    with other_rules(tmp_path, Asia__Tbilisi="X-3"):
        read_anew()
        assert [await follow_zones(database), await follow_zones(database)] == [4, 0]
    assert {await next_due(database, each) for each in ids} == {"2026-11-30 06:00"}
    read_anew()


@pytest.mark.parametrize("rule", ["X-3", "X-5", "X-8"])
@pytest.mark.parametrize("known_at", ["2026-11-30T03:30", "2026-11-30T05:30"], ids=["before", "after"])
@pytest.mark.parametrize("cadence", ["weekly", "daily"])
async def test_a_change_of_rules_at_any_time_rings_each_period_once(
    sqlite_url: str, tmp_path: Path, rule: str, known_at: str, cadence: str
) -> None:
    database = await open_database(sqlite_url)
    [one] = await subscribe(database, "2026-11-29T05:00" if cadence == "daily" else "2026-11-23T05:00", cadence=cadence)
    planner, moment = planner_of(database), at("2026-11-23T05:00" if cadence == "weekly" else "2026-11-29T05:00")
    await follow_timezones(database)
    while moment < at(known_at):
        await planner.plan(moment)
        moment += timedelta(minutes=90)
    with other_rules(tmp_path, Asia__Tbilisi=rule):
        await follow_timezones(database)
        while moment < at("2026-12-08T00:00"):
            await planner.plan(moment)
            moment += timedelta(minutes=90)
    read_anew()
    found = Counter((each.subscription, each.period, each.state) for each in await deliveries(database))
    if cadence == "weekly":
        assert found == {(one, f"w2026-11-{day}", "queued"): 1 for day in (16, 23, 30)}
    else:
        days = [at("2026-11-28T00:00") + timedelta(days=number) for number in range(9)]
        assert found == {(one, f"d{day:%F}", "queued"): 1 for day in days}
    await database.close()


async def test_whoever_awaits_no_bell_or_one_too_far_off_is_brought_back(
    database: Database, small_slices: None
) -> None:
    [nothing] = await subscribe(database, None)
    weekly = await subscribe(database, "2031-01-06T05:00", 5)
    [monthly] = await subscribe(database, "2027-01-04T05:00", cadence="monthly")
    [daily] = await subscribe(database, "2026-12-06T05:00", cadence="daily")
    [blocked] = await subscribe(database, None, state="blocked")
    assert await bring_back(database, at("2026-12-02T12:00")) == 7
    assert {await next_due(database, each) for each in (nothing, *weekly)} == {"2026-12-07 05:00"}
    assert await next_due(database, monthly) == "2027-01-04 05:00"
    assert await next_due(database, daily) == "2026-12-03 05:00"
    assert await next_due(database, blocked) is None
    assert await bring_back(database, at("2026-12-02T12:00")) == 0


async def test_after_a_clock_was_years_ahead_everybody_rings_on(database: Database) -> None:
    [one] = await subscribe(database, "2026-11-30T05:00")
    planner = planner_of(database)
    await planner.plan(at("2030-11-30T05:00"))
    await bring_back(database, at("2026-11-30T05:00"))
    assert await planner.plan(at("2026-12-07T05:00")) == Planned(1)
    assert await next_due(database, one) == "2026-12-14 05:00"


async def test_a_pause_over_a_change_of_rules_ends_at_the_right_hour(database: Database, tmp_path: Path) -> None:
    [one] = await subscribe(database, None, state="paused", until=seconds("2026-11-29T00:00"))
    with other_rules(tmp_path, Asia__Tbilisi="X-3"):
        read_anew()
        await planner_of(database).plan(SUNDAY)
        assert await next_due(database, one) == "2026-11-30 06:00"
    read_anew()
