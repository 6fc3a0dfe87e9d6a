from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from bot.digests import planner as planner_module
from bot.digests.planner import Planned, Planner
from bot.digests.trouble import Trouble, TroubleKind
from bot.digests.zones import read_anew
from bot.store.database import Database, open_database
from bot.store.deliveries import Deliveries
from bot.store.tables import editions, outbox
from tests.digests.community import Press, at, change, count, deliveries, next_due, row, seconds, subscribe
from tests.digests.post import StandingClock

DUE = "2026-11-30T05:00"
"""Monday at nine in Tbilisi."""
NEXT = "2026-12-07 05:00"
NOW = at("2026-11-30T05:00:10")


def planner_of(database: Database, press: Press | None = None, **wanted: Any) -> Planner:
    return Planner(database, press or Press(), **({"late_hours": 12, "outbox_days": 30} | wanted))


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner_module, "SLICE", 7)


async def test_what_is_due_gets_a_row_and_is_due_again_a_week_later(database: Database) -> None:
    [due] = await subscribe(database, DUE)
    [later] = await subscribe(database, "2026-11-30T06:00", hour=10)
    assert await planner_of(database).plan(NOW) == Planned(1)
    [delivery] = await deliveries(database)
    assert (delivery.subscription, delivery.period, delivery.state) == (due, "w2026-11-23", "queued")
    assert (delivery.due, delivery.not_before) == (seconds(DUE), seconds(DUE))
    assert delivery.send_before == seconds("2026-11-30T17:00")
    assert (delivery.parts_sent, delivery.message_ids, delivery.attempts) == (0, [], 0)
    assert (delivery.settled, delivery.reason, delivery.epoch) == (None, None, None)
    assert delivery.chat == (await row(database, due)).chat
    assert await next_due(database, due) == NEXT
    assert await next_due(database, later) == "2026-11-30 06:00"


async def test_planning_again_plans_nothing_twice(database: Database) -> None:
    await subscribe(database, DUE, 3)
    planner = planner_of(database)
    assert [await planner.plan(NOW), await planner.plan(NOW)] == [Planned(3), Planned()]
    assert await count(database) == 3


async def test_equal_choices_share_one_edition_that_is_asked_for_once(database: Database, small_slices: None) -> None:
    for topics in ("", "visas", "numbers,visas"):
        for language in ("en", "ru"):
            await subscribe(database, DUE, 5, topics=topics, language=language)
    press = Press()
    assert await planner_of(database, press).plan(NOW) == Planned(30)
    assert Counter(press.asked) == {
        f"w2026-11-23 {topics} {language}": 1 for topics in ("", "visas", "numbers,visas") for language in ("en", "ru")
    }
    assert set(Counter(each.edition for each in await deliveries(database)).values()) == {5}


async def test_whoever_was_planned_for_this_period_already_moves_on_without_a_second_row(database: Database) -> None:
    first, second = await subscribe(database, DUE, 2)
    planner = planner_of(database)
    await planner.plan(NOW)
    await change(database, [first], next_due=seconds("2026-12-02T05:00"), weekday=2)
    assert await planner.plan(at("2026-12-02T05:00:01")) == Planned()
    assert [each.subscription for each in await deliveries(database)] == [first, second]
    assert await next_due(database, first) == "2026-12-09 05:00"


async def test_a_bot_that_was_down_sends_what_it_missed_if_it_is_not_too_late(database: Database) -> None:
    await subscribe(database, DUE)
    assert await planner_of(database).plan(at("2026-11-30T17:00:00")) == Planned(1)


async def test_what_is_too_late_expires_and_stands_in_the_outbox_so_that_the_report_counts_it(
    database: Database,
) -> None:
    [late] = await subscribe(database, DUE)
    now = at("2026-11-30T17:00:01")
    assert await planner_of(database).plan(now) == Planned(expired=1)
    [delivery] = await deliveries(database)
    assert (delivery.state, delivery.reason, delivery.settled) == ("expired", "late", now.timestamp())
    assert await next_due(database, late) == NEXT


async def test_what_expired_is_told_once_a_run_with_its_count(database: Database, small_slices: None) -> None:
    await subscribe(database, DUE, 20)
    told: list[Trouble] = []
    planner = planner_of(database, tell=told.append)
    for _ in range(2):
        await planner.plan(at("2026-11-30T18:00"))
    assert told == [Trouble(TroubleKind.MISSED, count=20)]


async def test_what_expired_before_planning_failed_is_told_by_the_run_that_ends_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, small_slices: None
) -> None:
    await subscribe(database, DUE, 20)
    told: list[Trouble] = []
    planner = planner_of(database, tell=told.append)
    due, slices = planner_module._due, iter(range(9))

    def fail_at_the_second(*given: Any) -> Any:
        if next(slices) == 1:
            raise OSError
        return due(*given)

    monkeypatch.setattr(planner_module, "_due", fail_at_the_second)
    with pytest.raises(OSError):
        await planner.plan(at("2026-11-30T18:00"))
    assert told == []
    await planner.plan(at("2026-11-30T18:00:30"))
    assert told == [Trouble(TroubleKind.MISSED, count=20)]


async def test_after_weeks_down_each_missed_edition_expired_and_the_last_goes_out(database: Database) -> None:
    [late] = await subscribe(database, DUE)
    assert await planner_of(database).plan(at("2026-12-21T06:00")) == Planned(1, 3)
    found = [(each.period, each.state) for each in await deliveries(database)]
    assert found == [
        ("w2026-11-23", "expired"),
        ("w2026-11-30", "expired"),
        ("w2026-12-07", "expired"),
        ("w2026-12-14", "queued"),
    ]
    assert await next_due(database, late) == "2026-12-28 05:00"


async def test_after_years_down_no_more_is_counted_than_is_kept(database: Database) -> None:
    await subscribe(database, DUE, cadence="daily")
    planned = await planner_of(database).plan(at("2036-11-30T06:00"))
    assert planned.count == 1
    assert planned.expired <= 31


async def test_nothing_new_means_no_row_for_those_who_want_it_so(database: Database) -> None:
    [silent] = await subscribe(database, DUE, skip_empty=True)
    [other] = await subscribe(database, DUE)
    assert await planner_of(database, Press(empty=True)).plan(NOW) == Planned(1, empty=1)
    assert [each.subscription for each in await deliveries(database)] == [other]
    assert await next_due(database, silent) == NEXT


async def test_whoever_wants_no_empty_edition_gets_one_with_something_new(database: Database) -> None:
    await subscribe(database, DUE, skip_empty=True)
    assert await planner_of(database).plan(NOW) == Planned(1)


async def test_whose_hour_comes_after_an_edition_was_deleted_gets_nothing_and_administrators_hear_how_many(
    database: Database, clock: StandingClock, small_slices: None
) -> None:
    await subscribe(database, DUE)
    later = await subscribe(database, "2026-11-30T08:00", 20, timezone="Europe/Berlin")
    told: list[Trouble] = []
    planner = planner_of(database, tell=told.append)
    await planner.plan(NOW)
    [first] = await deliveries(database)
    await Deliveries(database).cancel(first.edition, clock.seconds)
    assert await planner.plan(at("2026-11-30T08:00")) == Planned(recalled=20)
    left_out = [each for each in await deliveries(database) if each.subscription in later]
    assert {(each.state, each.reason, each.edition) for each in left_out} == {("cancelled", "recalled", first.edition)}
    assert {await next_due(database, each) for each in later} == {"2026-12-07 08:00"}
    assert told == [Trouble(TroubleKind.RECALLED, count=20)]
    await planner.plan(at("2026-12-07T08:00"))
    assert [each.state for each in await deliveries(database) if each.subscription == later[0]][1:] == ["queued"]
    assert len(told) == 1


async def test_an_edition_that_its_owner_skips_is_cancelled_and_the_next_one_is_not(database: Database) -> None:
    [skips] = await subscribe(database, DUE, skipped="w2026-11-23")
    planner = planner_of(database)
    assert await planner.plan(NOW) == Planned(cancelled=1)
    [delivery] = await deliveries(database)
    assert (delivery.state, delivery.reason, delivery.settled) == ("cancelled", "skipped", NOW.timestamp())
    assert await next_due(database, skips) == NEXT
    assert await planner.plan(NOW + timedelta(weeks=1)) == Planned(1)


@pytest.mark.parametrize("state", ["unreachable", "blocked", "paused"])
async def test_whoever_does_not_ring_gets_nothing_and_is_due_no_more(database: Database, state: str) -> None:
    [silent] = await subscribe(database, DUE, state=state)
    assert await planner_of(database).plan(NOW) == Planned()
    assert await count(database) == 0
    assert await next_due(database, silent) is None


async def test_a_pause_that_is_over_ends_and_the_first_moment_after_it_rings(database: Database) -> None:
    until = seconds("2026-12-01T00:00")
    [stale] = await subscribe(database, DUE, state="paused", until=until)
    [moved] = await subscribe(database, "2026-12-14T05:00", state="paused", until=until)
    [still] = await subscribe(database, None, state="paused", until=until + 60)
    await planner_of(database).plan(at("2026-12-01T00:00"))
    assert [await next_due(database, each) for each in (stale, moved, still)] == [NEXT, "2026-12-14 05:00", None]
    assert [(await row(database, each)).state for each in (stale, moved, still)] == ["active", "active", "paused"]
    assert (await row(database, stale)).until is None
    await planner_of(database).plan(at("2026-12-07T05:00"))
    assert [each.period for each in await deliveries(database) if each.subscription == stale] == ["w2026-11-30"]


async def test_a_pause_that_ended_while_the_bot_was_down_misses_nothing(database: Database) -> None:
    await subscribe(database, DUE, state="paused", until=seconds("2026-11-30T00:00"))
    assert await planner_of(database).plan(at("2026-11-30T08:00")) == Planned(1)


async def test_an_edition_that_cannot_be_composed_holds_up_nobody_else(
    database: Database, caplog: pytest.LogCaptureFixture, small_slices: None
) -> None:
    waiting = await subscribe(database, DUE, 9, language="ru")
    served = await subscribe(database, DUE, 9)
    press = Press(broken={"ru"})
    told: list[Trouble] = []
    assert await planner_of(database, press, tell=told.append).plan(NOW) == Planned(9, uncomposed=9)
    assert told == [Trouble(TroubleKind.UNCOMPOSED, count=9)]
    assert {each.subscription for each in await deliveries(database)} == set(served)
    assert await next_due(database, waiting[0]) == "2026-11-30 05:00"
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "w2026-11-23 in ru" in errors[0]
    assert "INSERT" not in errors[0]
    press.broken.clear()
    assert await planner_of(database, press).plan(NOW) == Planned(9)


async def test_an_unknown_timezone_goes_by_utc_and_says_so(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    read_anew()
    [lost] = await subscribe(database, DUE, timezone="Europe/Atlantis")
    assert await planner_of(database).plan(NOW) == Planned(1)
    assert await next_due(database, lost) == "2026-11-30 09:00"
    assert "Europe/Atlantis is unknown on this machine" in caplog.text


async def test_every_slice_is_one_transaction_and_wakes_the_sender(database: Database, small_slices: None) -> None:
    await subscribe(database, DUE, 20)
    seen = []

    async def look() -> None:
        seen.append(await count(database))

    looks: list[asyncio.Task[None]] = []
    planner = planner_of(database, planned=lambda: looks.append(asyncio.create_task(look())))
    await planner.plan(NOW)
    await asyncio.gather(*looks)
    assert len(looks) == 3
    assert seen[-1] == 20


class Killed(BaseException):
    """As if the process were gone."""


@pytest.mark.parametrize("statement", range(0, 40, 3))
async def test_killed_anywhere_and_started_again_everybody_has_one_row(
    url: str, small_slices: None, statement: int
) -> None:
    database = await open_database(url)
    ids = await subscribe(database, DUE, 20) + await subscribe(database, DUE, 5, topics="visas")
    left = statement

    def kill(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    event.listen(database._engine.sync_engine, "before_cursor_execute", kill)
    with suppress(Killed):
        await planner_of(database).plan(NOW)
    event.remove(database._engine.sync_engine, "before_cursor_execute", kill)
    for each in ids:
        planned = await next_due(database, each) == NEXT
        rows = [found for found in await deliveries(database) if found.subscription == each]
        assert len(rows) == planned
    await planner_of(database).plan(NOW)
    assert [each.subscription for each in await deliveries(database)] == sorted(ids)
    await database.close()


async def test_two_that_plan_at_once_write_each_row_once(url: str, small_slices: None) -> None:
    databases = [await open_database(url) for _ in range(2)]
    ids = await subscribe(databases[0], DUE, 60)
    planned = await asyncio.gather(*(planner_of(each).plan(NOW) for each in databases))
    await planner_of(databases[0]).plan(NOW)
    assert [each.subscription for each in await deliveries(databases[0])] == ids
    assert sum(each.count for each in planned) == 60
    for each in databases:
        await each.close()


async def test_a_planner_that_is_stopped_leaves_the_rest_for_later(database: Database, small_slices: None) -> None:
    await subscribe(database, DUE, 20)
    planner: Planner = planner_of(database, planned=lambda: planner.stop())
    assert await planner.plan(NOW) == Planned(7)
    assert await planner_of(database).plan(NOW) == Planned(13)


@pytest.mark.parametrize("hours", [-48, -1, 1, 30])
async def test_a_clock_that_jumps_and_comes_back_rings_no_period_twice(database: Database, hours: int) -> None:
    ids = await subscribe(database, DUE, 3)
    planner = planner_of(database)
    await planner.plan(NOW)
    await planner.plan(NOW + timedelta(hours=hours))
    for passed in range(24 * 8):
        await planner.plan(NOW + timedelta(hours=passed))
    found = Counter((each.subscription, each.period) for each in await deliveries(database))
    assert found == {(each, period): 1 for each in ids for period in ("w2026-11-23", "w2026-11-30")}


async def test_a_row_of_an_announcement_is_no_obstacle(database: Database) -> None:
    [due] = await subscribe(database, DUE)
    async with database.begin() as connection:
        edition = (
            await connection.execute(
                insert(editions)
                .values(kind="announcement", cadence="", period="a1", topics="", language="en", version=1, body={})
                .values(empty=False, created=0, state="ready")
                .returning(editions.c.id)
            )
        ).scalar_one()
        chat = (await row(database, due)).chat
        values = {"edition": edition, "subscription": due, "period": "a1", "chat": chat, "state": "queued"}
        values |= {"parts_sent": 0, "message_ids": [], "attempts": 0, "due": 0, "send_before": 0, "not_before": 0}
        await connection.execute(insert(outbox).values(values))
    assert await planner_of(database).plan(NOW) == Planned(1)


async def test_those_who_are_not_due_cost_nothing(database: Database, small_slices: None) -> None:
    statements: list[int] = []

    async def cost() -> int:
        statements.clear()
        await planner_of(database).plan(NOW)
        return len(statements)

    def note(*_: Any) -> None:
        statements.append(1)

    event.listen(database._engine.sync_engine, "before_cursor_execute", note)
    idle = await cost()
    await subscribe(database, "2027-01-04T05:00", 50)
    assert await cost() == idle
