"""One sender after another, on both databases: what one leaves, the next takes up, and never two at a time."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.sandbox import Sandbox
from bot.store.database import open_database
from bot.transport.request import Timeouts
from tests.digests.conftest import got
from tests.digests.post_office import (
    AT_ONCE,
    Office,
    channels,
    groups,
    people,
    plan,
)
from tests.digests.post_office import subscribe as keep
from tests.transport.queue import until


async def test_stopping_in_the_middle_leaves_nothing_claimed_and_the_next_run_goes_on(
    office: Office, sandbox: Sandbox, readers: list[int], channel: int
) -> None:
    office.pace = replace(AT_ONCE, overall=40, reserve=0)
    await keep(office.database, office.seal, channels(channel) + people(*readers))
    await plan(office.database)
    async with office.sending():
        await until(lambda: sum(got(sandbox).values()) >= 15)
    states = await office.states()
    assert states["sent"] == sum(got(sandbox).values())
    assert set(states) <= {"sent", "queued", "retry"}
    await office.send_all()
    assert got(sandbox) == dict.fromkeys([*readers, channel], 1)


async def test_what_an_earlier_sender_left_is_taken_up_once_its_requests_must_be_over(
    office: Office, sandbox: Sandbox, readers: list[int], group: int, channel: int
) -> None:
    office.timeouts = Timeouts(read=1.0)
    await keep(office.database, office.seal, [*people(readers[0]), *groups(group), *channels(channel)])
    await plan(office.database, state="sending", epoch=0)
    began = time.time()
    await office.send_all()
    assert got(sandbox) == {readers[0]: 1, group: 1}
    assert await office.states() == {"sent": 2, "unconfirmed": 1}
    assert sandbox.journal.messages[0].at - began >= 1.0


async def test_of_two_bots_one_sends(
    url: str, office: Office, sandbox: Sandbox, readers: list[int], channel: int
) -> None:
    await keep(office.database, office.seal, [*channels(channel), *people(*readers)])
    await plan(office.database)
    other = await open_database(url)
    second = replace(office, database=other)
    async with office.sending(), second.sending():
        await office.at_rest()
    await other.close()
    assert got(sandbox) == dict.fromkeys([*readers, channel], 1)


async def test_when_the_first_of_two_bots_stops_the_other_goes_on(
    url: str, office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    office.pace = replace(AT_ONCE, overall=40, reserve=0)
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    other = await open_database(url)
    second = replace(office, database=other)
    async with office.sending() as sender:
        await until(lambda: sum(got(sandbox).values()) >= 10)
        async with second.sending():
            sender.stop()
            await second.at_rest()
    await other.close()
    assert got(sandbox) == dict.fromkeys(readers, 1)
