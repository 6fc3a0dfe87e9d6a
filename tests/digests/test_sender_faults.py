"""The sender when something is broken, on both databases: nobody is left out, and administrators hear of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text, update

from bot.digests.sender import Limits
from bot.digests.trouble import TroubleKind
from bot.sandbox import Sandbox
from bot.store.outbox import Claims, Outbox
from bot.store.states import Delivery
from bot.store.tables import outbox
from bot.subscription import ChatKind, Subscription
from tests.digests.conftest import got
from tests.digests.post_office import (
    AT_ONCE,
    Office,
    channels,
    people,
    plan,
    printing_of,
)
from tests.digests.post_office import subscribe as keep
from tests.transport.queue import until


async def test_an_edition_that_cannot_be_printed_holds_up_no_other(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    whole = printing_of()

    async def printing(edition: int, *given: object) -> object:
        if edition == 1:
            raise ValueError("broken")
        return await whole(edition, *given)

    office.printing = printing
    await keep(office.database, office.seal, people(*readers[:10]))
    await plan(office.database)
    second = await plan(office.database, "w2027-01-18")
    async with office.sending():
        await office.comes_to("sent", 10, second)
    assert await office.states(1) == {"retry": 10}
    assert [(one.kind, one.edition) for one in office.troubles] == [(TroubleKind.UNPRINTED, 1)]


async def test_telegram_away_costs_few_messages_and_when_it_is_back_all_goes_out(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    posts = [sandbox.world.add_chat("channel", f"Channel {number}", bot="administrator").id for number in range(50)]
    away = sandbox.faults.add("error", times=None, code=502)
    office.limits = Limits(most=8, rate=30)
    await keep(office.database, office.seal, channels(*posts) + people(*readers))
    await plan(office.database)
    async with office.sending():
        await until(lambda: len(sandbox.journal.exchanges) >= 11)
        sandbox.faults.remove(away.id)
        await office.at_rest()
    states = await office.states()
    assert states["unconfirmed"] <= 8
    assert sum(states.values()) == 150
    assert set(got(sandbox).values()) == {1}
    assert sum(got(sandbox).values()) == states["sent"]


async def test_a_refused_token_stops_everything_and_loses_nothing(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    right, office.token = office.token, "1234567890:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
    await keep(office.database, office.seal, people(*readers[:30]))
    await plan(office.database)
    async with office.sending():
        await until(lambda: bool(office.troubles))
        await asyncio.sleep(0.5)
    assert office.troubles[0].kind is TroubleKind.REFUSED
    assert set(await office.states()) <= {"retry", "queued"}
    office.token = right
    await office.send_all()
    assert got(sandbox) == dict.fromkeys(readers[:30], 1)


async def test_what_is_never_confirmed_is_sent_again_after_hours_from_the_third_time_on_and_told_of(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    sandbox.faults.add("error_after", chat_id=readers[0], times=None, code=500)
    await keep(office.database, office.seal, people(*readers[:2]))
    await plan(office.database)

    async def row(doubtful: int) -> Any:
        async with asyncio.timeout(60):
            while True:
                (found, _) = await office.rows()
                if found.doubtful == doubtful and found.state == Delivery.RETRY:
                    return found
                await asyncio.sleep(0.05)

    waits = []
    async with office.sending() as sender:
        for doubtful in range(1, 7):
            found = await row(doubtful)
            waits.append(round(found.not_before - found.settled))
            if doubtful > 2:
                async with office.database.begin() as connection:
                    await connection.execute(update(outbox).values(not_before=0.0))
                sender.wake()
    assert waits == [1, 2, 3600, 7200, 14400, 14400]
    assert [(one.kind, one.edition, one.count) for one in office.troubles] == [(TroubleKind.OFTEN, 1, 1)]
    (run,) = await office.deliveries.runs()
    assert run.twice == 1
    assert got(sandbox)[readers[1]] == 1


async def test_a_copy_that_may_stand_is_still_known_once_the_next_was_confirmed(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    office.printing = printing_of(2)
    sandbox.faults.add("drop_after", chat_id=readers[0])
    await keep(office.database, office.seal, people(*readers[:2]))
    await plan(office.database)
    await office.send_all()
    assert [row.doubtful for row in await office.rows()] == [1, 0]
    assert got(sandbox) == {readers[0]: 3, readers[1]: 2}
    (run,) = await office.deliveries.runs()
    assert (run.twice, run.states) == (1, {Delivery.SENT: 2})


async def test_a_failure_that_nobody_foresaw_ends_one_message_and_not_the_sending(
    office: Office, sandbox: Sandbox, readers: list[int], channel: int
) -> None:
    whole = printing_of()

    class Odd:
        buttons, silent, holds = (), False, ()

        @property
        def html(self) -> str:
            raise ValueError("odd")

    async def printing(edition: int, subscription: Subscription, kind: ChatKind, *how: object) -> object:
        return [Odd()] if kind is ChatKind.CHANNEL else await whole(edition, subscription, kind, *how)

    office.printing = printing
    await keep(office.database, office.seal, [*channels(channel), *people(*readers)])
    await plan(office.database)
    await office.send_all()
    assert await office.states() == {"sent": 100, "unconfirmed": 1}
    assert got(sandbox) == dict.fromkeys(readers, 1)


REFUSES = {
    "sqlite": (
        "CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        "DROP TRIGGER full",
    ),
    "postgresql": (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$",
        "CREATE TRIGGER full_disk BEFORE UPDATE ON outbox EXECUTE FUNCTION full_disk()",
        "DROP TRIGGER full_disk ON outbox",
    ),
}


async def test_a_database_that_takes_no_changes_stops_the_sending_and_nobody_gets_it_twice(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    *fills, empties = REFUSES[office.database.url.get_backend_name()]
    office.pace = replace(AT_ONCE, overall=100, reserve=0)
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    async with office.sending():
        await until(lambda: sum(got(sandbox).values()) >= 10)
        async with office.database.begin() as connection:
            for statement in fills:
                await connection.execute(text(statement))
        await until(lambda: bool(office.troubles))
        await asyncio.sleep(0.5)
        before = sum(got(sandbox).values())
        await asyncio.sleep(1)
        assert sum(got(sandbox).values()) == before < 100
        async with office.database.begin() as connection:
            await connection.execute(text(empties))
        await office.at_rest()
    assert got(sandbox) == dict.fromkeys(readers, 1)
    assert office.troubles[0].kind is TroubleKind.DATABASE


async def test_an_error_of_the_program_does_not_end_the_sending_for_good(
    office: Office, sandbox: Sandbox, readers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = iter([RuntimeError("nobody foresaw this"), TimeoutError("no connection to be had")])
    claim = Outbox.claim

    def fails(self: Outbox, connection: Connection, room: int, epoch: int, now: float) -> Claims:
        for error in errors:
            raise error
        return claim(self, connection, room, epoch, now)

    monkeypatch.setattr("bot.digests.sender._AFTER_A_FAULT", 0.1)
    monkeypatch.setattr("bot.digests.sender._AFTER_FAILURE", 0.1)
    monkeypatch.setattr(Outbox, "claim", fails)
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    await office.send_all()
    assert got(sandbox) == Counter(readers)
    assert {trouble.kind for trouble in office.troubles} == {TroubleKind.BROKEN, TroubleKind.DATABASE}
