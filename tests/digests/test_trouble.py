"""Administrators hear of each thing once an hour, and nobody waits for it."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.digests.trouble import Notices, Trouble, TroubleKind
from tests.transport.virtual import VirtualClock, in_virtual_time

AWAY = Trouble(TroubleKind.AWAY, seconds=700)


def heard(*, fails: bool = False) -> tuple[list[Trouble], Notices]:
    said: list[Trouble] = []

    async def report(trouble: Trouble) -> None:
        said.append(trouble)
        if fails:
            raise ValueError("nobody there")

    return said, Notices(report, VirtualClock())


def test_the_same_thing_is_told_once_an_hour() -> None:
    async def scenario() -> None:
        said, notices = heard()
        for _ in range(100):
            notices.tell(AWAY)
        await asyncio.sleep(3000)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY]
        await asyncio.sleep(700)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY, AWAY]

    in_virtual_time(scenario())


def test_each_edition_is_told_of_by_itself() -> None:
    async def scenario() -> None:
        said, notices = heard()
        counts = Counter({1: 5, 2: 7})
        notices.expired(counts)
        await notices.told()
        assert [(one.edition, one.count) for one in said] == [(1, 5), (2, 7)]
        assert not counts

    in_virtual_time(scenario())


def test_a_report_that_fails_ends_nothing() -> None:
    async def scenario() -> None:
        said, notices = heard(fails=True)
        notices.tell(AWAY)
        await notices.told()
        assert said == [AWAY]

    in_virtual_time(scenario())
