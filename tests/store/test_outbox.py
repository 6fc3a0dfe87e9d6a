"""The outbox by itself: the one table of transitions, claims, outcomes that name their epoch, numbers that add up."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.util import await_only

from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.outbox import Claimed, Claims, Outbox, Outcome
from bot.store.states import PARKED, TRANSITIONS, Delivery, move
from bot.store.tables import chats, editions, outbox, subscriptions
from bot.subscription import ChatKind
from tests.digests.post_office import FOR_EVER, MORNING, Recipient, channels, groups, key_of, people, plan, subscribe
from tests.store.postgresql import somebody_waits

T = TypeVar("T")
NOW = MORNING + 60.0
NEVER_LEFT = {Delivery.FAILED, Delivery.UNREACHABLE, Delivery.CANCELLED, Delivery.EXPIRED}


class Bench:
    """An outbox with ten people, two groups and three channels, and one edition planned for them."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self.database, self.outbox = database, Outbox(seal)
        self.deliveries = Deliveries(database)

    async def work(self, do: Callable[..., T], *given: Any) -> T:
        def bound(connection: Connection) -> T:
            return do(connection, *given)

        return await self.database.work(bound)

    async def claim(self, room: int, epoch: int = 1, now: float = NOW) -> Claims:
        return await self.work(self.outbox.claim, room, epoch, now)

    async def settle(self, row: Claimed, state: Delivery, epoch: int = 1, parts: int = 1, **changes: Any) -> None:
        given = {"settled": NOW, "attempts": 0, "not_before": NOW, **changes}
        outcome = Outcome(row, state, parts_sent=parts, message_ids=tuple(range(parts)), **given)
        await self.work(self.outbox.settle, [outcome], epoch)

    async def rows(self) -> list[Any]:
        async with self.database.read() as connection:
            return list((await connection.execute(select(outbox).order_by(outbox.c.id))).all())

    async def states(self) -> dict[str, int]:
        return {state.value: number for state, number in (await self.deliveries.totals(1)).items()}


@pytest.fixture
async def bench(database: Database, seal: Seal) -> Bench:
    await subscribe(database, seal, [*people(*range(1, 11)), *groups(-1, -2), *channels(-3, -4, -5)])
    await plan(database)
    return Bench(database, seal)


def test_every_state_has_its_line_in_the_table_and_only_ends_lead_nowhere() -> None:
    assert set(TRANSITIONS) == set(Delivery)
    assert {state for state, following in TRANSITIONS.items() if not following} == NEVER_LEFT
    reached = set().union(*TRANSITIONS.values()) | {Delivery.QUEUED}
    assert reached == set(Delivery)


def test_no_update_can_be_built_that_the_table_does_not_allow() -> None:
    for state, to in itertools.product(Delivery, Delivery):
        if to in TRANSITIONS[state]:
            move(to, state)
        else:
            with pytest.raises(ValueError, match="cannot become"):
                move(to, state)


async def test_the_table_is_kept_by_the_database(bench: Bench) -> None:
    for state, to in itertools.product(Delivery, Delivery):
        async with bench.database.begin() as connection:
            await connection.execute(update(outbox).values(state=state.value))
            if any(to in following for following in TRANSITIONS.values()):
                changed = (await connection.execute(move(to))).rowcount
                assert bool(changed) == (to in TRANSITIONS[state])


async def test_a_row_that_cannot_be_read_fails_and_holds_up_no_other(bench: Bench) -> None:
    async with bench.database.begin() as connection:
        await connection.execute(update(subscriptions).where(subscriptions.c.id == 2).values(language="xx"))
        await connection.execute(update(chats).where(chats.c.key == key_of(3)).values(sealed_id=b"of another key"))
    assert [row.subscription.id for row in (await bench.claim(5)).rows] == [1, 4, 5, 6, 7]
    assert await bench.states() == {"queued": 8, "sending": 5, "failed": 2}


async def test_what_waits_longest_is_claimed_first_and_only_as_much_as_there_is_room(bench: Bench) -> None:
    first, second = await bench.claim(4), await bench.claim(100)
    assert [row.id for row in first.rows] == [1, 2, 3, 4]
    assert [row.id for row in second.rows] == list(range(5, 16))
    assert not (await bench.claim(100)).rows
    assert await bench.states() == {"sending": 15}
    one = first.rows[0]
    assert (one.chat_id, one.kind, one.edition, one.subscription.key) == (1, ChatKind.PRIVATE, 1, "k0000001")
    assert [row.kind for row in second.rows][-4:] == [ChatKind.GROUP, *[ChatKind.CHANNEL] * 3]


async def test_what_was_begun_goes_on_before_anything_new(bench: Bench) -> None:
    (row, *_) = (await bench.claim(3)).rows
    await bench.settle(row, Delivery.RETRY, not_before=NOW + 5)
    assert row.id not in [one.id for one in (await bench.claim(1)).rows]
    (again,) = (await bench.claim(1, now=NOW + 5)).rows
    assert (again.id, again.parts_sent, again.message_ids) == (row.id, 1, (0,))


async def test_the_version_from_which_the_first_message_is_printed_is_kept(bench: Bench) -> None:
    begun, back = (await bench.claim(2)).rows
    await bench.settle(begun, Delivery.RETRY)
    await bench.settle(back, Delivery.RETRY, parts=0)
    async with bench.database.begin() as connection:
        await connection.execute(update(editions).values(version=7))
    rows = (await bench.claim(3)).rows
    assert {row.id: row.version for row in rows} == {begun.id: 1, back.id: 7, 3: 7}
    assert [row.version for row in (await bench.rows())[:4]] == [1, 7, 7, None]


async def test_an_outcome_of_an_earlier_epoch_changes_nothing(bench: Bench) -> None:
    (row,) = (await bench.claim(1, epoch=7)).rows
    await bench.settle(row, Delivery.SENT, epoch=6)
    assert (await bench.rows())[0].state == "sending"
    await bench.settle(row, Delivery.SENT, epoch=7)
    await bench.settle(row, Delivery.FAILED, epoch=7)
    assert ((await bench.rows())[0].state, (await bench.rows())[0].message_ids) == ("sent", [0])


@pytest.mark.parametrize("state", sorted(set(Delivery) - TRANSITIONS[Delivery.SENDING]))
async def test_a_message_under_way_can_come_to_no_other_end(bench: Bench, state: Delivery) -> None:
    (row,) = (await bench.claim(1)).rows
    with pytest.raises(ValueError, match="cannot become"):
        await bench.settle(row, state)


async def test_a_new_leadership_sends_to_people_and_groups_again_and_leaves_channels_to_people(bench: Bench) -> None:
    await bench.claim(15, epoch=1)
    assert await bench.work(bench.outbox.left_behind, 2) == 15
    await bench.work(bench.outbox.recover, 2, NOW)
    assert await bench.states() == {"retry": 12, "unconfirmed": 3}
    assert await bench.work(bench.outbox.left_behind, 2) == 0
    assert {row.reason for row in await bench.rows()} == {"interrupted"}
    assert [row.doubtful for row in await bench.rows()] == [1] * 12 + [0] * 3
    again = (await bench.claim(15, epoch=2, now=NOW + 1)).rows
    assert [row.doubtful for row in again] == [1] * 12
    assert len(await bench.deliveries.unconfirmed()) == 3


async def test_recovering_leaves_alone_what_this_leadership_claimed(bench: Bench) -> None:
    await bench.claim(5, epoch=1)
    await bench.claim(5, epoch=2)
    await bench.work(bench.outbox.recover, 2, NOW)
    assert await bench.states() == {"retry": 5, "sending": 5, "queued": 5}


async def test_rows_that_nobody_holds_go_back(bench: Bench) -> None:
    rows = (await bench.claim(5)).rows
    await bench.work(bench.outbox.let_go, 1, [row.id for row in rows[:2]], NOW)
    assert [row.state for row in (await bench.rows())[:5]] == ["sending"] * 2 + ["retry"] * 3


async def test_what_is_too_late_expires_when_its_turn_comes(bench: Bench) -> None:
    async with bench.database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id <= 12).values(send_before=MORNING))
    claims = await bench.claim(2)
    assert [row.id for row in claims.rows] == [13, 14]
    assert claims.expired == {1: 12}
    assert await bench.states() == {"expired": 12, "sending": 2, "queued": 1}


async def test_what_is_queued_is_due_whatever_the_clock_says(bench: Bench) -> None:
    assert len((await bench.claim(20, now=MORNING - 86_400.0)).rows) == 15


async def test_the_clock_set_back_makes_second_attempts_due(bench: Bench) -> None:
    for row in (await bench.claim(15)).rows:
        await bench.settle(row, Delivery.RETRY, not_before=NOW + 3600)
    assert await bench.work(bench.outbox.next_moment) == NOW + 3600
    await bench.work(bench.outbox.hurry, NOW)
    assert await bench.work(bench.outbox.next_moment) == NOW
    assert len((await bench.claim(20)).rows) == 15


async def test_the_next_moment_is_now_while_anything_is_queued_and_none_when_all_is_done(bench: Bench) -> None:
    assert await bench.work(bench.outbox.next_moment) == 0.0
    rows = (await bench.claim(15)).rows
    assert await bench.work(bench.outbox.next_moment) is None
    await bench.settle(rows[0], Delivery.RETRY, not_before=NOW + 9)
    assert await bench.work(bench.outbox.next_moment) == NOW + 9


async def test_a_paused_edition_is_parked_and_resumed_whole(bench: Bench) -> None:
    await bench.claim(3)
    assert await bench.deliveries.pause(1)
    assert not (await bench.claim(5)).rows
    assert {row.not_before for row in await bench.rows() if row.state == "queued"} == {PARKED}
    assert await bench.work(bench.outbox.next_moment) is None
    assert await bench.deliveries.resume(1, NOW)
    assert len((await bench.claim(50)).rows) == 12


async def test_cancelling_counts_who_will_not_get_it_and_what_comes_later_is_cancelled_too(bench: Bench) -> None:
    await bench.claim(4)
    async with bench.database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id > 14).values(state="cancelled"))
    assert await bench.deliveries.cancel(1, NOW) == 10
    async with bench.database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id == 15).values(state="queued"))
    assert not (await bench.claim(5)).rows
    assert await bench.states() == {"sending": 4, "cancelled": 11}
    assert not await bench.deliveries.resume(1, NOW)


async def test_post_now_is_for_the_unconfirmed_only(bench: Bench) -> None:
    rows = (await bench.claim(15)).rows
    await bench.settle(rows[-1], Delivery.UNCONFIRMED, parts=0)
    assert not await bench.deliveries.post_now(rows[0].id, NOW, FOR_EVER)
    assert await bench.deliveries.post_now(rows[-1].id, NOW, FOR_EVER)
    assert [row.id for row in (await bench.claim(5)).rows] == [rows[-1].id]


async def test_what_somebody_saw_in_the_channel_counts_as_sent_and_the_rest_goes_on(bench: Bench) -> None:
    rows = (await bench.claim(15)).rows
    await bench.settle(rows[-1], Delivery.UNCONFIRMED, parts=1)
    assert not await bench.deliveries.is_there(rows[0].id, NOW, FOR_EVER)
    assert not await bench.deliveries.is_there(10_000, NOW, FOR_EVER)
    assert await bench.deliveries.is_there(rows[-1].id, NOW, FOR_EVER)
    assert not await bench.deliveries.is_there(rows[-1].id, NOW, FOR_EVER)
    (row,) = (await bench.claim(5)).rows
    assert (row.id, row.parts_sent, row.message_ids) == (rows[-1].id, 2, (0, 0))


async def test_all_states_of_an_edition_add_up_to_its_recipients_whatever_happens(bench: Bench) -> None:
    ends = sorted(TRANSITIONS[Delivery.SENDING])
    for number, row in enumerate((await bench.claim(10)).rows):
        await bench.settle(row, ends[number % len(ends)])
        assert sum((await bench.states()).values()) == 15
    await bench.deliveries.cancel(1, NOW)
    assert sum((await bench.states()).values()) == 15


async def test_a_run_tells_how_fast_and_how_late(bench: Bench) -> None:
    for number, row in enumerate((await bench.claim(11)).rows):
        hours = 7200 if number == 0 else 0  # somebody whose morning comes later
        await bench.settle(row, Delivery.SENT, parts=7, settled=MORNING + 9.0 + number + hours)
    (run,) = await bench.deliveries.runs()
    assert (run.kind, run.cadence, run.period, run.due) == ("digest", "weekly", "w2027-01-11", MORNING)
    assert (run.recipients, run.waiting, run.states[Delivery.SENT]) == (15, 4, 11)
    assert (run.busiest_minute, run.late) == (70, 7209.0)


async def test_a_few_messages_do_not_tell_how_fast_it_goes(bench: Bench) -> None:
    assert (await bench.deliveries.runs())[0].busiest_minute is None
    for row in (await bench.claim(3)).rows:
        await bench.settle(row, Delivery.SENT)
    assert (await bench.deliveries.runs())[0].busiest_minute is None


async def test_runs_come_newest_first(bench: Bench) -> None:
    for week in range(3):
        await plan(bench.database, f"w2027-02-0{week}", due=MORNING + 86_400 * (week + 1))
    assert [run.period for run in await bench.deliveries.runs(2)] == ["w2027-02-02", "w2027-02-01"]


async def test_who_unsubscribes_takes_the_row_along_and_its_outcome_is_lost_on_nobody(bench: Bench) -> None:
    (row,) = (await bench.claim(1)).rows
    async with bench.database.begin() as connection:
        await connection.execute(subscriptions.delete().where(subscriptions.c.id == row.subscription.id))
    await bench.settle(row, Delivery.SENT)
    assert await bench.states() == {"queued": 14}


async def test_a_chat_of_unknown_kind_is_treated_as_a_channel(database: Database, seal: Seal) -> None:
    await subscribe(database, seal, [Recipient(5)])
    async with database.begin() as connection:
        await connection.execute(update(chats).values(kind=None))
    await plan(database)
    bench = Bench(database, seal)
    assert [row.kind for row in (await bench.claim(1, epoch=1)).rows] == [ChatKind.CHANNEL]
    assert await bench.work(bench.outbox.recover, 2, NOW) == 1
    assert await bench.states() == {"unconfirmed": 1}


class TestOnPostgreSQL:
    """Where an edition may go on at the very moment in which the sender finds it paused."""

    @pytest.fixture
    def url(self, postgresql_url: str) -> str:
        return postgresql_url

    async def test_what_is_parked_as_it_goes_on_is_not_left_there(self, bench: Bench) -> None:
        await bench.deliveries.pause(1)
        async with bench.database.begin() as claiming:
            await claiming.run_sync(partial(bench.outbox.claim, room=64, epoch=1, now=NOW))
            going_on = asyncio.create_task(bench.deliveries.resume(1, NOW))
            waits = asyncio.create_task(somebody_waits(bench.database))
            await asyncio.wait((going_on, waits), return_when=asyncio.FIRST_COMPLETED)
            waits.cancel()
        assert await going_on
        assert len((await bench.claim(64)).rows) == 15

    async def test_what_goes_on_before_it_is_parked_is_not_parked(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await bench.deliveries.pause(1)
        park = bench.outbox._sort_out

        def later(*given: Any) -> None:
            await_only(bench.deliveries.resume(1, NOW))
            park(*given)

        monkeypatch.setattr(bench.outbox, "_sort_out", later)
        await bench.claim(64)
        monkeypatch.undo()
        await bench.claim(64)
        assert await bench.states() == {"sending": 15}
