"""The sender at its pace, on both databases: what is held when Telegram says so, and how much is claimed at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.digests.sender import Limits
from bot.digests.trouble import TroubleKind
from bot.sandbox import Sandbox
from bot.transport.pacing import Pace
from tests.digests.conftest import got
from tests.digests.post_office import (
    AT_ONCE,
    Office,
    people,
    plan,
)
from tests.digests.post_office import subscribe as keep
from tests.transport.queue import until


async def test_a_refused_chat_is_held_and_nobody_else(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    sandbox.faults.add("too_many", chat_id=readers[0], retry_after=2)
    await keep(office.database, office.seal, people(*readers[:20]))
    await plan(office.database)
    await office.send_all()
    assert got(sandbox) == dict.fromkeys(readers[:20], 1)
    assert sandbox.journal.messages[-1].chat_id == readers[0]
    held = sandbox.journal.messages[-1].at - sandbox.journal.messages[-2].at
    assert held > 1.0
    assert {row.attempts for row in await office.rows()} == {0}


async def test_three_refused_chats_hold_everybody_and_nothing_stays_claimed(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    for reader in readers[:3]:
        sandbox.faults.add("too_many", chat_id=reader, retry_after=4)
    office.pace = replace(AT_ONCE, overall=40, reserve=0)
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    async with office.sending():
        await until(lambda: len(sandbox.journal.exchanges) >= 3)
        await office.comes_to("sending", 0)
        before = sum(got(sandbox).values())
        await asyncio.sleep(1)
        assert sum(got(sandbox).values()) == before
        await office.at_rest()
    assert got(sandbox) == dict.fromkeys(readers, 1)


async def test_administrators_hear_of_a_hold_of_more_than_an_hour(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    sandbox.faults.add("too_many", chat_id=readers[0], retry_after=5000)
    await keep(office.database, office.seal, people(readers[0]))
    await plan(office.database)
    async with office.sending():
        await until(lambda: bool(office.troubles))
    assert (office.troubles[0].kind, office.troubles[0].seconds) == (TroubleKind.HELD, 5000)


async def test_administrators_hear_once_of_a_long_hold_of_everybody_that_answers_brought_about(
    office: Office, readers: list[int]
) -> None:
    await keep(office.database, office.seal, people(*readers[:5]))
    async with office.sending() as sender:
        assert office.pacer
        for chat in readers[10:13]:
            office.pacer.refused(chat, 7200)
        await plan(office.database)
        sender.wake()
        await until(lambda: bool(office.troubles))
        for _ in range(20):
            sender.wake()
            await asyncio.sleep(0.02)
    assert [trouble.kind for trouble in office.troubles] == [TroubleKind.SILENCED]
    assert office.troubles[0].seconds == pytest.approx(7200, abs=60)
    assert await office.states() == {"queued": 5}


async def test_administrators_hear_of_a_long_hold_that_an_answer_brought_about_where_it_holds_a_digest(
    office: Office, readers: list[int]
) -> None:
    await keep(office.database, office.seal, people(*readers[:2]))
    async with office.sending() as sender:
        assert office.pacer
        office.pacer.refused(readers[0], 5000)
        await plan(office.database)
        sender.wake()
        await until(lambda: bool(office.troubles))
        await office.comes_to("sent", 1)
    assert [trouble.kind for trouble in office.troubles] == [TroubleKind.HELD]
    assert office.troubles[0].seconds == pytest.approx(5000, abs=60)


async def test_at_telegrams_pace_few_rows_are_claimed_ahead(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    office.pace = Pace()
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    most = 0
    async with office.sending():
        while sum(got(sandbox).values()) < 30:
            most = max(most, (await office.states()).get("sending", 0))
            await asyncio.sleep(0.01)
    assert 0 < most <= Limits().ahead + 12


async def test_never_more_rows_are_claimed_than_may_be_unconfirmed(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    sandbox.faults.add("slow", times=None, delay_ms=30)
    office.limits = Limits(most=8, rate=1000)
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    seen = []
    async with office.sending():
        while sum(got(sandbox).values()) < 100:
            seen.append((await office.states()).get("sending", 0))
            await asyncio.sleep(0.005)
    assert 0 < max(seen) <= 8
