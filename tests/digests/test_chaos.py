"""The bot killed with signal 9 at every point at which it could hurt, in one broadcast: the promise holds.

At full size, with a storm of twenty kills: `make chaos`.
"""

from __future__ import annotations

import pytest

from bot.digests.probe import Point
from tests.digests.chaos import POINTS, Kill, Size, held_to_promise, killed, storm
from tests.digests.chaos_bot import PLANNING

SMALL = Size(people=150, groups=20, channels=30, rate=1000, most=16, patience=0.5)
KILLS = (
    Kill(PLANNING),
    Kill(Point.HELD),
    Kill(Point.CLAIMED, 1),
    Kill(Point.LEFT, 10),
    Kill(Point.TAKEN, 10),
    Kill(Point.COMMITTING, 1),
    Kill(Point.BETWEEN_PARTS, 1),
)


@pytest.mark.timeout(600)
async def test_whenever_the_bot_is_killed_nobody_is_left_out_and_no_channel_gets_it_twice(url: str) -> None:
    toll = await killed(url, SMALL, KILLS)
    held_to_promise(toll, SMALL)
    assert toll.killed_at == [kill.point for kill in KILLS]
    assert set(toll.killed_at) == set(POINTS)
    assert toll.sent_at_kill[-1] < toll.messages, "it was killed in the middle each time"
    assert sum(toll.claimed) > 0, "what it had claimed was left behind"


@pytest.mark.timeout(600)
async def test_a_storm_of_kills_drawn_by_lot_costs_no_more_than_was_under_way(sqlite_url: str) -> None:
    kills = storm(SMALL, 4)
    toll = await killed(sqlite_url, SMALL, kills)
    held_to_promise(toll, SMALL)
    assert toll.killed_at == [kill.point for kill in kills]
    assert toll.sent_at_kill[-1] < toll.messages, "it was killed in the middle each time"
