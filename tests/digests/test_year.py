"""The simulated year. Reduced, it leaps from one due moment to the next; `make year` runs it at full size: many
readers of every cadence, a tick every hour, and PostgreSQL too."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.digests.zones import read_anew
from bot.i18n import Language
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.subscription import Cadence
from tests.conversation import CHANNEL
from tests.digests.tzif import other_rules
from tests.digests.year import END, SLOTS, START, Reader, Year, YearClock, repeats_only_when_used_up

FULL = os.environ.get("YEAR") == "full"
SYSTEMS = ["sqlite", "postgresql"] if FULL else ["sqlite"]
EVERY = timedelta(hours=1) if FULL else None
BERLIN, NEW_YORK, TBILISI = "Europe/Berlin", "America/New_York", "Asia/Tbilisi"
ZONES = (BERLIN, NEW_YORK, TBILISI)
SUMMER, AUTUMN = (datetime(2027, month, 7, 12, tzinfo=UTC) for month in (4, 7))
"""Wednesdays on which something changes. The clocks of New York and Berlin do on days of their own in March, and then
in October and November."""
PAUSE = timedelta(weeks=5)

pytestmark = pytest.mark.timeout(4 * 3600 if FULL else 900)


@pytest.fixture(params=SYSTEMS)
def address(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
async def year(library: Library, address: str, tmp_path: Path) -> AsyncIterator[Year]:
    clock = YearClock()
    async with Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox:
        yield Year(sandbox, clock, library, address, tmp_path)
    read_anew()


def days(weekday: int = 0, first: datetime = START, last: datetime = END) -> list[str]:
    """The dates of a weekday in the year."""
    found = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [f"{day:%F}" for day in found if day.weekday() == weekday]


def hour_on(day: str, hour: int, timezone: str) -> int:
    """The hour that the clocks show when it is this one, or the next where they leave it out."""
    wall = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=ZoneInfo(timezone))
    return hour if wall.astimezone(UTC).astimezone(ZoneInfo(timezone)).hour == hour else hour + 1


def check_hours(reader: Reader) -> None:
    schedule = reader.schedule
    shown = [each.hour for each in reader.local]
    assert shown == [hour_on(day, schedule.hour, schedule.timezone) for day in reader.days()]


def check_archive(year: Year, reader: Reader, topics: tuple[str, ...] = (), stretch: slice = slice(None)) -> None:
    """In each slot no card comes again before the pool of the topics is used up."""
    editions = reader.cards[stretch]
    for slot in SLOTS:
        pool = year.pool(slot, topics)
        shown = [cards[slot] for cards in editions if slot in cards]
        assert len(shown) == (len(editions) if pool else 0)
        assert not pool or repeats_only_when_used_up(shown, pool)


def check_steps(reader: Reader, days_between: int) -> None:
    dates = [date.fromisoformat(day) for day in reader.days()]
    assert {(later - earlier).days for earlier, later in pairwise(dates)} == {days_between}


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        *((each, True) for each in ("abcabc", "abccab", "cabcba", "bcabc", "aab", "ab", "")),
        *((each, False) for each in ("aaab", "abaabc", "abcd", "abcbcb")),
    ],
)
def test_a_card_that_comes_again_too_soon_is_seen(shown: str, fits: bool) -> None:
    assert repeats_only_when_used_up(shown, set("abc")) is fits


async def test_a_year_rings_52_times_at_the_hour_that_was_chosen_and_repeats_no_card_too_soon(
    year: Year, tmp_path: Path
) -> None:
    topics = tuple(topic.id for topic in year.catalog.topics)
    one, two = topics[:1], topics[1:3]
    with ExitStack() as stack:
        async with year.running():
            weekly = {
                await year.subscribe(zone, topics=chosen): chosen
                for zone, chosen in product(ZONES, ((), one, *(((each,) for each in topics) if FULL else ())))
            }
            weekly[await year.subscribe(TBILISI, language=Language.RU)] = ()
            weekly[await year.subscribe(BERLIN, chat_id=CHANNEL)] = ()
            night = [await year.subscribe(BERLIN, weekday=6, hour=2), await year.subscribe(NEW_YORK, weekday=6, hour=2)]
            turns, pauses = await year.subscribe(BERLIN, topics=one), await year.subscribe(NEW_YORK)
            fortnightly = await year.subscribe(TBILISI, cadence=Cadence.FORTNIGHTLY)
            monthly = await year.subscribe(BERLIN, cadence=Cadence.MONTHLY)
            daily = [await year.subscribe(zone, cadence=Cadence.DAILY) for zone in (ZONES if FULL else ())]
            await year.until(SUMMER, EVERY)
        async with year.running():
            await year.choose(turns, two)
            await year.pause(pauses, SUMMER + PAUSE)
            await year.until(AUTUMN, EVERY)
            stack.enter_context(other_rules(tmp_path / "zones", Asia__Tbilisi="X-3"))
            await year.until(END, EVERY)

    for reader, chosen in weekly.items():
        assert reader.days() == days()
        assert len(reader.days()) == 52
        check_hours(reader)
        check_archive(year, reader, chosen)
    for reader in night:
        assert reader.days() == days(weekday=6)[1:]
        check_hours(reader)
    before = len(days(last=SUMMER))
    assert turns.days() == days()
    check_archive(year, turns, one, slice(before))
    check_archive(year, turns, two, slice(before, None))
    assert pauses.days() == [*days(last=SUMMER), *days(first=SUMMER + PAUSE)]
    check_archive(year, pauses, (), slice(before))
    check_steps(fortnightly, 14)
    assert len(fortnightly.days()) == 26
    assert monthly.days() == [day for day in days() if int(day[-2:]) <= 7]
    for reader in daily:
        check_steps(reader, 1)
        assert len(reader.days()) >= 363
        check_archive(year, reader)
    for reader in (*daily, fortnightly, monthly, turns, pauses):
        check_hours(reader)
    assert year.sandbox.journal.last == sum(map(len, (each.messages for each in year.readers)))
    print(
        f"{year.ticks} ticks, {sum(len(each.local) for each in year.readers)} editions to {len(year.readers)} readers"
    )
