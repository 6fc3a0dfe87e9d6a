"""The sender over the sandbox, on both databases: what each answer of Telegram makes of a row."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select, text, update

from bot.digests.sender import Limits
from bot.digests.trouble import TroubleKind
from bot.sandbox import Sandbox
from bot.seal import Seal
from bot.store.begun import Holds
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.outbox import Claims, Outbox
from bot.store.tables import chats, outbox, subscriptions
from bot.subscription import ChatKind, Subscription
from bot.transport.errors import Meaning
from bot.transport.pacing import Pace
from bot.transport.request import Timeouts
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


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(limits="off") as running:
        yield running


@pytest.fixture
def office(database: Database, seal: Seal, sandbox: Sandbox) -> Office:
    return Office(database, seal, sandbox.url, sandbox.token)


@pytest.fixture
def readers(sandbox: Sandbox) -> list[int]:
    return [sandbox.world.add_person(f"Reader {number}", started=True).id for number in range(100)]


@pytest.fixture
def group(sandbox: Sandbox) -> int:
    return sandbox.world.add_chat("supergroup", "Group").id


@pytest.fixture
def channel(sandbox: Sandbox) -> int:
    return sandbox.world.add_chat("channel", "Channel", bot="administrator").id


def got(sandbox: Sandbox) -> Counter[int]:
    """How many messages each chat got."""
    return Counter(taken.chat_id for taken in sandbox.journal.messages)


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
    assert [(trouble.kind, trouble.edition) for trouble in office.troubles] == [(TroubleKind.FAILED, 1)]


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


async def test_the_clock_set_back_makes_nobody_wait(office: Office, sandbox: Sandbox, readers: list[int]) -> None:
    await keep(office.database, office.seal, people(*readers[:5]))
    await plan(office.database, not_before=MORNING + 50_000_000)
    async with office.database.begin() as connection:
        await connection.execute(update(outbox).values(due=MORNING + 50_000_000))
    await office.send_all()
    assert got(sandbox) == dict.fromkeys(readers[:5], 1)


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


async def test_a_failure_that_nobody_foresaw_ends_one_message_and_not_the_sending(
    office: Office, sandbox: Sandbox, readers: list[int], channel: int
) -> None:
    whole = printing_of()

    class Odd:
        buttons, silent, holds = (), False, ()

        @property
        def html(self) -> str:
            raise ValueError("odd")

    async def printing(edition: int, subscription: Subscription, kind: ChatKind, told: object) -> object:
        return [Odd()] if kind is ChatKind.CHANNEL else await whole(edition, subscription, kind, told)

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


class Renewed:
    """A printer of an edition that changes: each part is one piece, and those told stand first without words."""

    def __init__(self, *pieces: str) -> None:
        self.pieces = list(pieces)

    async def __call__(self, _edition: int, _subscription: Subscription, _kind: ChatKind, told: Holds) -> list[Letter]:
        gone = [name for message in told for name in message]
        left = [Letter(piece, holds=(piece,)) for piece in self.pieces if piece not in gone]
        return [*(Letter("", holds=names) for names in told), *left]


async def test_a_row_between_its_parts_goes_on_with_what_it_has_not_told_of_an_edition_composed_anew(
    office: Office, sandbox: Sandbox, readers: list[int], group: int, channel: int
) -> None:
    office.printing = printing = Renewed("one", "two", "three")
    await keep(office.database, office.seal, [*people(readers[0]), *groups(group), *channels(channel)])
    await plan(office.database)
    for chat in (readers[0], group, channel):
        sandbox.faults.add("slow", chat_id=chat, delay_ms=300)
    async with office.sending():
        await until(lambda: len(sandbox.journal.exchanges) >= 3)
        printing.pieces = ["zero", "three", "one"]
        await office.at_rest()
    for chat in (readers[0], group, channel):
        texts = [taken.text for taken in sandbox.journal.messages if taken.chat_id == chat]
        assert texts == ["one", "zero", "three"]
    assert await office.states() == {"sent": 3}


async def test_what_begun_rows_have_told_outlasts_a_restart(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    office.printing = printing = Renewed("one", "two")
    await keep(office.database, office.seal, people(readers[0]))
    await plan(office.database)
    async with office.sending():
        await until(lambda: got(sandbox)[readers[0]] == 1)
    assert [(row.state, row.holds) for row in await office.rows()] == [("retry", [["one"]])]
    printing.pieces = ["two", "one"]
    await office.send_all()
    assert [taken.text for taken in sandbox.journal.messages] == ["one", "two"]


@pytest.mark.parametrize("there", [True, False])
async def test_what_a_doubtful_message_holds_is_told_once_somebody_says_that_it_is_there(
    office: Office, sandbox: Sandbox, channel: int, there: bool
) -> None:
    sandbox.faults.add("drop_after" if there else "drop_before", chat_id=channel)
    office.printing = printing = Renewed("one", "two")
    await keep(office.database, office.seal, channels(channel))
    await plan(office.database)
    await office.send_all()
    (waiting,) = await office.deliveries.unconfirmed()
    printing.pieces = ["new", "one", "two"]
    settle = office.deliveries.is_there if there else office.deliveries.post_now
    assert await settle(waiting.id, time.time(), 4_000_000_000)
    await office.send_all()
    expected = ["one", "new", "two"] if there else ["new", "one", "two"]
    assert [taken.text for taken in sandbox.journal.messages] == expected
