"""The sender over the sandbox, on both databases: what each answer of Telegram makes of a row."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.digests.trouble import TroubleKind
from bot.sandbox import Sandbox
from bot.store.chats import Chats
from bot.store.tables import chats, outbox, subscriptions
from bot.subscription import ChatKind
from bot.transport.errors import Meaning
from bot.transport.request import Timeouts
from tests.digests.conftest import got
from tests.digests.post_office import (
    AT_ONCE,
    MORNING,
    Letter,
    Office,
    Recipient,
    channels,
    groups,
    key_of,
    people,
    plan,
    printing_of,
)
from tests.digests.post_office import subscribe as keep
from tests.transport.queue import until


async def test_everybody_gets_it_once(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database)
    await office.send_all()
    assert got(sandbox) == dict.fromkeys(readers, 1)
    assert await office.states() == {"sent": 100}
    (number,) = (taken.message_id for taken in sandbox.journal.messages if taken.chat_id == readers[6])
    message = sandbox.acts.chat(readers[6]).messages[number]
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a.u.k0000007"
    rows = await office.rows()
    numbers = {(taken.chat_id, taken.message_id) for taken in sandbox.journal.messages}
    assert {(readers[row.subscription - 1], *row.message_ids) for row in rows} == numbers


async def test_a_second_run_sends_nothing_again(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers[:10]))
    await plan(office.database)
    await office.send_all()
    async with office.sending() as sender:
        sender.wake()
        await asyncio.sleep(0.3)
    assert sum(got(sandbox).values()) == 10


async def test_parts_go_one_after_the_other_each_once(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    office.printing = printing_of(3)
    channel = sandbox.world.add_chat("channel", "Channel", bot="administrator").id
    await keep(office.database, office.seal, people(*readers[:5]) + channels(channel))
    await plan(office.database)
    await office.send_all()
    for chat in (*readers[:5], channel):
        texts = [taken.text for taken in sandbox.journal.messages if taken.chat_id == chat]
        assert [text.rpartition(" ")[2] for text in texts] == ["1", "2", "3"]
    assert {(row.parts_sent, len(row.message_ids)) for row in await office.rows()} == {(3, 3)}


async def test_threads_and_silence_are_kept(office: Office, sandbox: Sandbox) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", forum=True)
    await keep(office.database, office.seal, [Recipient(forum.id, ChatKind.GROUP, 1234, quiet=True)])
    await plan(office.database)
    async with office.sending():
        await until(lambda: len(sandbox.journal.exchanges) > 0)
        await office.at_rest()
    asked = sandbox.journal.exchanges[-1].parameters
    assert (asked["message_thread_id"], asked["disable_notification"]) == (1234, True)


@pytest.mark.parametrize("fault", ["blocked", "deactivated"])
async def test_who_blocks_the_bot_is_unreachable_and_keeps_the_settings(
    office: Office, sandbox: Sandbox, readers: list[int], fault: str
) -> None:
    sandbox.faults.add(fault, chat_id=readers[1])
    await keep(office.database, office.seal, people(*readers[:3]))
    await plan(office.database)
    await office.send_all()
    assert await office.states() == {"sent": 2, "unreachable": 1}
    async with office.database.read() as connection:
        found = (await connection.execute(select(subscriptions).order_by(subscriptions.c.id))).all()
        since = (await connection.execute(select(chats.c.unreachable_since).order_by(chats.c.key))).scalars().all()
    assert [row.state for row in found] == ["active", "unreachable", "active"]
    assert len([moment for moment in since if moment]) == 1


@pytest.mark.parametrize(("fault", "why"), [("no_rights", Meaning.NO_RIGHTS), ("thread_gone", Meaning.NO_THREAD)])
async def test_where_the_bot_may_not_write_the_subscription_rests_and_who_wished_so_is_told(
    office: Office, sandbox: Sandbox, readers: list[int], group: int, fault: str, why: Meaning
) -> None:
    sandbox.faults.add(fault, times=None)
    other = sandbox.world.add_chat("supergroup", "Other").id
    await keep(office.database, office.seal, [replace(groups(group)[0], told=readers[0]), *groups(other)])
    await plan(office.database)
    await office.send_all()
    assert await office.states() == {"failed": 2}
    async with office.database.read() as connection:
        found = (await connection.execute(select(subscriptions.c.state))).scalars().all()
    assert found == ["blocked", "blocked"]
    assert office.told == [(1, why)]
    assert office.troubles == []


async def test_a_group_that_moved_is_followed_and_gets_it(office: Office, sandbox: Sandbox, group: int) -> None:
    new = sandbox.world.add_chat("supergroup", "New").id
    sandbox.faults.add("migrated", chat_id=group, migrate_to=new)
    await keep(office.database, office.seal, groups(group))
    await plan(office.database)
    await office.send_all()
    assert got(sandbox) == {new: 1}
    async with office.database.read() as connection:
        assert await Chats(office.database, office.seal).id_of(connection, key_of(group)) == new


async def test_a_group_that_moved_to_where_something_is_kept_gets_it_too(
    office: Office, sandbox: Sandbox, group: int
) -> None:
    new = sandbox.world.add_chat("supergroup", "New").id
    sandbox.faults.add("migrated", chat_id=group, migrate_to=new, times=None)
    await keep(office.database, office.seal, [*groups(group), Recipient(new, ChatKind.GROUP, thread=7)])
    await plan(office.database)
    await office.send_all()
    assert got(sandbox) == {new: 2}
    assert await office.states() == {"sent": 2}


async def test_a_wrong_message_is_not_sent_again_and_administrators_hear_of_it(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    async def printing(*_: object) -> list[object]:
        return [Letter("<b>never closed")]

    office.printing = printing
    await keep(office.database, office.seal, people(*readers[:4]))
    await plan(office.database)
    await office.send_all()
    assert await office.states() == {"failed": 4}
    assert len(sandbox.journal.exchanges) == 4
    assert [(each.kind, each.edition) for each in office.troubles] == [(TroubleKind.FAILED, 1)] * 2
    assert [each.count for each in office.troubles] == [1, 3]  # the rest when sending ends, if not after an hour


async def test_an_edition_without_content_is_no_message(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    office.printing = printing_of(0)
    await keep(office.database, office.seal, people(*readers[:2]))
    await plan(office.database)
    await office.send_all()
    assert await office.states() == {"failed": 2}
    assert not sandbox.journal.exchanges


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "error", "slow_before"])
async def test_what_is_unconfirmed_goes_again_to_people_and_groups_and_stays_so_in_a_channel(
    office: Office, sandbox: Sandbox, readers: list[int], group: int, channel: int, fault: str
) -> None:
    office.timeouts = Timeouts(read=0.5)
    chosen = (readers[0], group, channel)
    for chat in chosen:
        sandbox.faults.add(fault, chat_id=chat, delay_ms=1500)
    await keep(office.database, office.seal, people(readers[0]) + groups(group) + channels(channel))
    await plan(office.database)
    await office.send_all()
    posted = fault in ("drop_after", "slow_before")
    await until(lambda: got(sandbox)[channel] == posted)
    assert got(sandbox) == Counter({readers[0]: 1 + posted, group: 1 + posted, channel: int(posted)})
    assert await office.states() == {"sent": 2, "unconfirmed": 1}
    (waiting,) = await office.deliveries.unconfirmed()
    assert (waiting.chat, waiting.edition, waiting.part) == (key_of(channel), 1, 1)


async def test_post_now_sends_an_unconfirmed_message(office: Office, sandbox: Sandbox, channel: int) -> None:
    sandbox.faults.add("drop_before", chat_id=channel)
    await keep(office.database, office.seal, channels(channel))
    await plan(office.database)
    await office.send_all()
    (waiting,) = await office.deliveries.unconfirmed()
    assert [trouble.kind for trouble in office.troubles] == [TroubleKind.UNCONFIRMED]
    assert await office.deliveries.post_now(waiting.id, MORNING, 4_000_000_000)
    assert not await office.deliveries.post_now(waiting.id, MORNING, 4_000_000_000)
    await office.send_all()
    assert got(sandbox) == {channel: 1}
    assert await office.states() == {"sent": 1}


async def test_what_somebody_saw_in_the_channel_is_not_posted_again_and_the_next_part_is(
    office: Office, sandbox: Sandbox, channel: int
) -> None:
    sandbox.faults.add("drop_after", chat_id=channel)
    office.printing = printing_of(2)
    await keep(office.database, office.seal, channels(channel))
    await plan(office.database)
    await office.send_all()
    (waiting,) = await office.deliveries.unconfirmed()
    assert await office.deliveries.is_there(waiting.id, time.time(), 4_000_000_000)
    await office.send_all()
    assert [taken.text[-1] for taken in sandbox.journal.messages] == ["1", "2"]
    assert await office.states() == {"sent": 1}


async def test_a_fault_before_the_first_byte_is_tried_again_with_ever_longer_rests(
    office: Office, sandbox: Sandbox, channel: int
) -> None:
    there, office.base = office.base, "http://127.0.0.1:9"
    await keep(office.database, office.seal, channels(channel))
    await plan(office.database)
    async with office.sending(), asyncio.timeout(30):
        while (await office.rows())[0].attempts < 2:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)
    (row,) = await office.rows()
    assert (row.state, row.parts_sent, row.reason) == ("retry", 0, "unsent")
    assert row.not_before - row.settled > 1.9
    office.base = there
    await office.send_all()
    assert got(sandbox) == {channel: 1}


async def test_what_is_too_late_expires_and_is_counted(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers))
    await plan(office.database, send_before=MORNING - 30_000_000)
    second = await plan(office.database, "w2027-01-18")
    await office.send_all()
    assert await office.states() == {"expired": 100}
    assert await office.states(second) == {"sent": 100}
    await until(lambda: bool(office.troubles))
    assert [(one.kind, one.edition, one.count) for one in office.troubles] == [(TroubleKind.EXPIRED, 1, 100)]


async def test_a_paused_edition_waits_and_others_go_out(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers))
    first, second = await plan(office.database), await plan(office.database, "w2027-01-18")
    assert await office.deliveries.pause(first)
    async with office.sending() as sender:
        await office.comes_to("sent", 100, second)
        assert await office.states(first) == {"queued": 100}
        assert await office.deliveries.resume(first, MORNING)
        sender.wake()
        await office.at_rest()
    assert got(sandbox) == dict.fromkeys(readers, 2)


async def test_cancelling_in_the_middle_adds_up(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    office.pace = replace(AT_ONCE, overall=10, reserve=0)
    await keep(office.database, office.seal, people(*readers))
    edition = await plan(office.database)
    async with office.sending():
        await until(lambda: sum(got(sandbox).values()) >= 5)
        cancelled = await office.deliveries.cancel(edition, MORNING)
        await office.at_rest()
    states = await office.states()
    assert states["cancelled"] >= cancelled > 0
    assert states["sent"] == sum(got(sandbox).values())
    assert sum(states.values()) == 100
    assert not await office.deliveries.pause(edition), "what is cancelled stays so"


async def test_the_clock_set_back_makes_nobody_wait(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers[:5]))
    await plan(office.database, not_before=MORNING + 50_000_000)
    async with office.database.begin() as connection:
        await connection.execute(update(outbox).values(due=MORNING + 50_000_000))
    await office.send_all()
    assert got(sandbox) == dict.fromkeys(readers[:5], 1)
