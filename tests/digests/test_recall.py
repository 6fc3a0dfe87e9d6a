"""Taking an edition back: deleted while Telegram lets, or written anew; it goes on where it was broken off."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import SystemClock
from bot.digests.fates import Fate, Recalled
from bot.digests.printing import FRESH_SECONDS
from bot.digests.recall import DELETABLE, PACE, PATIENCE, Recall
from bot.sandbox import Sandbox
from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.editions import EditionStore, Name
from bot.store.states import PARKED, Delivery
from bot.store.tables import editions, outbox
from tests.digests.post import Post, StandingClock
from tests.digests.post_office import AT_ONCE, Office, people, plan, subscribe
from tests.digests.recalling import Words, World
from tests.transport.queue import until


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    return World(database, seal, clock, post)


async def test_what_was_sent_is_deleted_and_what_waits_is_stopped(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, 2)
    await world.sent(edition, 3)
    await world.post.deliver(edition, await world.post.subscriber())
    assert await world.recall.delete(edition) == Recalled(done=3, stopped=1)
    assert world.telegram.messages == {}
    assert await world.recall.delete(edition) == Recalled()


@pytest.mark.parametrize("state", [Delivery.UNCONFIRMED, Delivery.EXPIRED, Delivery.FAILED])
async def test_parts_that_stand_are_deleted_whatever_became_of_the_next(world: World, state: Delivery) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, state=state)
    doubtful = int(state is Delivery.UNCONFIRMED)
    assert await world.recall.delete(edition) == Recalled(done=1, doubtful=doubtful)
    assert world.telegram.messages == {}


async def test_what_is_older_than_two_days_stays(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, ago=DELETABLE + 60)
    await world.sent(edition, 2)
    assert await world.recall.delete(edition) == Recalled(done=1, too_old=1)
    assert list(world.telegram.messages.values()) == ["old"]


async def test_what_telegram_refuses_is_tried_again_next_time(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, 2)
    world.telegram.refuse = {(chat, 2)}
    assert await world.recall.delete(edition) == Recalled(done=1, refused=1)
    world.telegram.refuse = set()
    assert await world.recall.delete(edition) == Recalled(done=1)


class Answering(StandingClock):
    """A clock by which whatever is under way is answered at the second look."""

    def __init__(self, database: Database, **answer: object) -> None:
        super().__init__()
        self.database, self.answer, self.looks = database, answer, 0

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.looks += seconds >= 1
        if self.looks == 3:
            async with self.database.begin() as connection:
                came = update(outbox).where(outbox.c.state == Delivery.SENDING)
                await connection.execute(came.values(settled=self.seconds, **self.answer))


SENT = {"state": "sent", "parts_sent": 1, "message_ids": [7]}
NEXT = {"state": "retry", "parts_sent": 1, "message_ids": [7]}


@pytest.mark.parametrize("erase", [True, False], ids=["deleted", "written anew"])
@pytest.mark.parametrize("answer", [SENT, NEXT], ids=["all", "first part"])
async def test_what_was_under_way_is_taken_back_too_once_it_is_answered(
    database: Database, seal: Seal, post: Post, erase: bool, answer: dict[str, object]
) -> None:
    world = World(database, seal, Answering(database, **answer), post)
    edition = await world.edition()
    chat = await world.sent(edition, state=Delivery.SENDING)
    other = await world.sent(edition, 1)
    world.telegram.messages[chat, 7] = "old"
    assert await world.recall.order(edition, erase=erase) == 1
    stopped = int(erase and answer is NEXT)
    assert await world.recall.fulfil(edition, erase=erase) == Recalled(done=2, under_way=1, stopped=stopped)
    assert world.telegram.messages == ({} if erase else {(chat, 7): "new", (other, 1): "new"})
    assert await world.recall.ordered() == ()


@pytest.mark.parametrize("erase", [True, False])
async def test_what_a_sender_that_died_left_is_stopped_or_goes_out_as_it_reads_now(
    database: Database, seal: Seal, post: Post, erase: bool
) -> None:
    world = World(database, seal, Answering(database, state="retry", reason="interrupted"), post)
    edition = await world.edition()
    await world.sent(edition, state=Delivery.SENDING)
    assert await world.recall.fulfil(edition, erase=erase) == Recalled(under_way=1, stopped=int(erase))
    assert [row[3] for row in await post.all_rows()] == ["cancelled" if erase else "retry"]


async def test_what_stays_under_way_is_waited_for_some_minutes_told_and_not_forgotten(
    world: World, clock: StandingClock
) -> None:
    edition = await world.edition()
    await world.sent(edition, state=Delivery.SENDING)
    await world.recall.order(edition, erase=True)
    begun = clock.seconds
    assert await world.recall.fulfil(edition, erase=True) == Recalled(under_way=1, left=1)
    assert clock.seconds - begun == pytest.approx(PATIENCE)
    assert await world.recall.ordered() == ((edition, True),)


async def test_a_delivery_between_its_parts_ends_when_its_edition_is_deleted(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, state=Delivery.RETRY)
    assert await world.recall.delete(edition) == Recalled(done=1, stopped=1)
    assert world.telegram.messages == {}


async def test_a_delivery_between_its_parts_is_held_while_it_is_written_anew_and_goes_on_after_that(
    world: World, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, state=Delivery.RETRY)
    world.parts = ["one", "two"]
    query = select(outbox.c.not_before, outbox.c.holds)
    edit, held = world.telegram.edit, []

    async def watched(*given: object) -> Fate:
        async with database.read() as connection:
            held.append((await connection.execute(query)).one().not_before)
        return await edit(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(world.recall, "_edit", watched)
    assert await world.recall.rewrite(edition) == Recalled(done=1)
    assert world.telegram.messages == {(chat, 1): "one"}
    assert held == [PARKED]
    async with database.read() as connection:
        row = (await connection.execute(query)).one()
    assert (row.not_before, row.holds) == (pytest.approx(world.clock.seconds, abs=1), [["one"]])


async def test_a_message_that_cannot_be_written_anew_holds_what_it_held(world: World, database: Database) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, 2, state=Delivery.RETRY)
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(holds=[["a"], ["b"]]))
    world.parts, world.telegram.refuse = ["one", "two", "three"], {(chat, 1)}
    assert await world.recall.rewrite(edition) == Recalled(done=1, refused=1)
    async with database.read() as connection:
        assert (await connection.execute(select(outbox.c.holds))).scalar() == [["a"], ["two"]]


async def test_an_edition_of_which_all_is_under_way_can_be_chosen_already(world: World) -> None:
    deliveries, edition = Deliveries(world.database), await world.edition()
    await world.post.deliver(edition, await world.post.subscriber())
    assert (await deliveries.sent(), await deliveries.sent_of(edition)) == ((), None)
    await world.sent(edition, state=Delivery.SENDING)
    (found,) = await deliveries.sent()
    assert (found.id, found.count) == (edition, 1)
    assert await deliveries.sent_of(edition) == found
    assert await deliveries.sent(skip=1) == ()


@pytest.mark.parametrize("there", [True, False])
async def test_of_an_edition_that_was_deleted_nothing_doubtful_is_posted_any_more(world: World, there: bool) -> None:
    edition = await world.edition()
    await world.sent(edition, state=Delivery.UNCONFIRMED)
    assert (await world.recall.delete(edition)).doubtful == 1
    deliveries = Deliveries(world.database)
    (waiting,) = await deliveries.unconfirmed()
    settle = deliveries.is_there if there else deliveries.post_now
    assert not await settle(waiting.id, world.clock.seconds, 2**40)
    assert [row[3] for row in await world.post.all_rows()] == ["cancelled"]


@pytest.mark.parametrize("erase", [True, False])
async def test_one_that_went_on_while_it_was_taken_back_is_looked_at_again(
    world: World, database: Database, monkeypatch: pytest.MonkeyPatch, erase: bool
) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, state=Delivery.UNCONFIRMED)
    world.telegram.messages[chat, 2], world.parts = "old", ["one", "two"]
    name = "_delete" if erase else "_edit"
    change, calls = getattr(world.recall, name), []

    async def busy(*given: object) -> Fate:
        calls.append(given)
        if len(calls) == 1:  # somebody saw the second part, and the row was sent to its end
            async with database.begin() as connection:
                values = {"state": "sent", "parts_sent": 2, "message_ids": [1, 2]}
                await connection.execute(update(outbox).values(values))
        fate: Fate = await change(*given)
        return fate

    monkeypatch.setattr(world.recall, name, busy)
    await world.recall.fulfil(edition, erase=erase)
    assert world.telegram.messages == ({} if erase else {(chat, 1): "one", (chat, 2): "two"})


@pytest.mark.parametrize("erase", [True, False])
async def test_in_the_middle_of_a_broadcast_nothing_old_is_left_standing(
    database: Database, seal: Seal, clock: StandingClock, erase: bool
) -> None:
    async with Sandbox(limits="off") as sandbox:
        readers = [sandbox.world.add_person(f"Reader {number}", started=True).id for number in range(12)]
        office = Office(database, seal, sandbox.url, sandbox.token)
        office.pace = replace(AT_ONCE, overall=25, reserve=0, private_interval=0.1)
        office.printing = printing = Words("old one", "old two")
        sandbox.faults.add("slow", times=None, delay_ms=150)
        await subscribe(database, seal, people(*readers))
        edition = await plan(database)

        async def renew(_: int) -> str:
            printing.texts = ["new one", "new two", "new three"]
            return "2"

        async def erased(chat: int, message: int) -> Fate:
            return Fate.DONE if sandbox.acts.chat(chat).messages.pop(message, None) else Fate.GONE

        async def written(chat: int, message: int, part: Any) -> Fate:
            sandbox.acts.chat(chat).messages[message]["text"] = part.html
            return Fate.DONE

        recall = Recall(database, seal, SystemClock(), printing, renew, delete=erased, edit=written, pace=1000)
        async with office.sending():
            await until(lambda: len(sandbox.journal.messages) >= 8)
            assert (await recall.fulfil(edition, erase=erase)).left == 0
            await office.at_rest()
        for reader in readers:
            sent = {taken.message_id for taken in sandbox.journal.messages if taken.chat_id == reader}
            texts = [said["text"] for number, said in sandbox.acts.chat(reader).messages.items() if number in sent]
            assert texts == [] if erase else texts[:2] == ["new one", "new two"]
            assert erase or texts in (["new one", "new two"], ["new one", "new two", "new three"])


async def test_an_edition_of_which_nothing_stands_any_more_is_listed_no_longer(world: World) -> None:
    deliveries, edition = Deliveries(world.database), await world.edition()
    await world.sent(edition, 1, 2)
    chat = await world.sent(edition, 3)
    world.telegram.refuse = {(chat, 3)}
    assert [each.count for each in await deliveries.sent()] == [2]
    await world.recall.delete(edition)
    assert [each.count for each in await deliveries.sent()] == [1]
    assert [(run.states, run.taken_back) for run in await deliveries.runs()] == [({Delivery.SENT: 2}, 1)]
    world.telegram.refuse = set()
    await world.recall.delete(edition)
    assert (await deliveries.sent(), await deliveries.sent_of(edition)) == ((), None)


async def test_other_editions_are_left_alone(world: World, database: Database) -> None:
    edition = await world.edition()
    async with database.begin() as connection:
        other = await EditionStore().ensure(
            connection, Name("digest", "weekly", "w2", "", "en"), version=1, body={}, empty=False, created=1
        )
    await world.sent(other, 1)
    assert await world.recall.delete(edition) == Recalled()
    assert len(world.telegram.messages) == 1


async def test_what_was_sent_is_written_anew(world: World) -> None:
    edition = await world.edition()
    for number in (1, 2, 3):
        await world.sent(edition, number)
    assert await world.recall.rewrite(edition) == Recalled(done=3)
    assert set(world.telegram.messages.values()) == {"new"}


async def test_what_says_the_same_already_is_not_touched_again(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1)
    await world.recall.rewrite(edition)
    assert await world.recall.rewrite(edition) == Recalled()
    world.version, world.parts = "3 abc", ["newer"]
    assert await world.recall.rewrite(edition) == Recalled(done=1)
    assert set(world.telegram.messages.values()) == {"newer"}


async def test_a_message_that_the_edition_has_no_more_is_deleted(world: World) -> None:
    edition = await world.edition()
    await world.sent(edition, 1, 2)
    assert await world.recall.rewrite(edition) == Recalled(done=2)
    assert list(world.telegram.messages.values()) == ["new"]
    assert [row.message_ids for row in await world.all_sent(edition)] == [(1,)]


@pytest.mark.parametrize("why", ["too old", "refused"])
async def test_a_message_too_many_that_can_not_be_deleted_says_that_its_part_was_withdrawn(
    world: World, database: Database, why: str
) -> None:
    edition = await world.edition()
    async with database.begin() as connection:
        await connection.execute(update(editions).values(language="ru"))
    chat = await world.sent(edition, 1, 2, ago=DELETABLE + 60 if why == "too old" else 60)
    world.telegram.kept = {(chat, 2)}
    assert await world.recall.rewrite(edition) == Recalled(done=2)
    assert world.telegram.messages == {(chat, 1): "new", (chat, 2): "Эта часть дайджеста отозвана."}
    assert await world.recall.rewrite(edition) == Recalled()
    world.version, world.parts = "3 abc", ["new", "grown"]
    assert await world.recall.rewrite(edition) == Recalled(done=2)
    assert world.telegram.messages == {(chat, 1): "new", (chat, 2): "grown"}


async def test_what_telegram_lets_neither_be_deleted_nor_covered_counts_as_refused(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, 2, ago=DELETABLE + 60)
    world.telegram.refuse = {(chat, 2)}
    assert await world.recall.rewrite(edition) == Recalled(done=1, refused=1)
    assert world.telegram.messages[chat, 2] == "old"
    assert world.telegram.calls == 2, "Telegram was asked"


@pytest.mark.parametrize("dies_after", range(1, 6))
async def test_broken_off_it_goes_on_where_it_was(world: World, dies_after: int) -> None:
    edition = await world.edition()
    for number in range(1, 7):
        await world.sent(edition, number)
    world.telegram.dies_after = dies_after
    with pytest.raises(KeyboardInterrupt):
        await world.recall.rewrite(edition)
    world.telegram.dies_after = None
    assert (await world.recall.rewrite(edition)).done == 6 - dies_after
    assert set(world.telegram.messages.values()) == {"new"}


@pytest.mark.parametrize("erase", [True, False])
async def test_what_was_ordered_is_known_until_it_is_done(world: World, erase: bool) -> None:
    edition = await world.edition()
    for number in range(1, 4):
        await world.sent(edition, number)
    await world.recall.order(edition, erase=not erase)
    await world.recall.order(edition, erase=erase)
    world.telegram.dies_after = 1
    with pytest.raises(KeyboardInterrupt):
        await world.recall.fulfil(edition, erase=erase)
    world.telegram.dies_after = None
    assert await world.recall.ordered() == ((edition, erase),)
    await world.recall.fulfil(edition, erase=erase)
    assert set(world.telegram.messages.values()) == (set() if erase else {"new"})
    assert await world.recall.ordered() == ()


async def test_it_keeps_to_its_pace(world: World, clock: StandingClock) -> None:
    edition = await world.edition()
    for number in range(1, 11):
        await world.sent(edition, number)
    before = clock.seconds
    await world.recall.rewrite(edition)
    assert clock.seconds - before == pytest.approx(FRESH_SECONDS + 9 / PACE)


async def test_all_that_is_taken_back_at_once_keeps_to_one_pace(world: World, database: Database, seal: Seal) -> None:
    moments, found = [], []
    for language in ("en", "ru"):
        async with database.begin() as connection:
            name = Name("digest", "weekly", "w1", "", language)
            edition = await EditionStore().ensure(connection, name, version=1, body={}, empty=False, created=1)
        found.append(edition)
        for number in range(1, 6):
            await world.sent(edition, number)
    ordinary = SystemClock()

    async def delete(_: int, __: int) -> Fate:
        moments.append(ordinary.monotonic())
        return Fate.DONE

    recall = Recall(
        database, seal, ordinary, world.printing, world.renew, delete=delete, edit=world.telegram.edit, pace=20
    )
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(settled=ordinary.now().timestamp()))
    recalled = await asyncio.gather(*(recall.fulfil(edition, erase=True) for edition in found))
    assert recalled == [Recalled(done=5), Recalled(done=5)]
    assert moments[-1] - moments[0] > 8.9 / 20
