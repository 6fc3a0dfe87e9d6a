"""Writing anew an edition that has grown since: nothing of it is left out, and the buttons stay within reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.clock import SystemClock
from bot.digests.fates import Fate, Recalled
from bot.digests.recall import Recall
from bot.layout.blocks import Press
from bot.sandbox import Sandbox
from bot.seal import Seal
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.outbox import Outbox, Outcome
from bot.store.states import Delivery
from bot.store.tables import editions, outbox
from tests.digests.post import Post, StandingClock
from tests.digests.post_office import Office, people, plan, subscribe
from tests.digests.recalling import World
from tests.digests.test_printing import EDITION, Workshop

DAY = 86_400
BUTTONS = ((Press("Unsubscribe", "a.l.key"),),)


@pytest.fixture
def world(database: Database, seal: Seal, clock: StandingClock, post: Post) -> World:
    grown = World(database, seal, clock, post)
    grown.parts, grown.buttons = ["one", "two"], BUTTONS
    return grown


async def test_an_edition_that_grew_by_pins_and_a_note_reaches_whoever_got_it_whole_and_with_its_buttons(
    database: Database, seal: Seal, sandbox: Sandbox, office: Office, clock: StandingClock
) -> None:
    shop = Workshop(database, clock)
    reader = sandbox.world.add_person("Reader", started=True).id
    await subscribe(database, seal, people(reader))
    number = await plan(database)
    async with database.begin() as connection:
        await connection.execute(update(editions).values(body=EDITION.as_json()))
    office.printing = shop.printing.parts
    await office.send_all()
    bot = sandbox.acts.chat(reader)
    assert ["t1" in said["text"] for said in bot.messages.values()] == [False]

    async def renew(edition: int) -> str:
        note = "Friends, a word of ours. " * 161
        await shop.replace(edition, replace(EDITION, pinned=("t0", "t1"), note=note))
        shop.printing.forget()
        return "2"

    async def written(chat: int, message: int, part: Any) -> Fate:
        said = sandbox.acts.chat(chat).messages[message]
        said["text"], said["buttons"] = part.html, part.buttons
        return Fate.DONE

    async def kept(_: int, __: int) -> Fate:
        raise AssertionError("nothing is deleted")

    recall = Recall(
        database, seal, SystemClock(), shop.printing.parts, renew, delete=kept, edit=written, late=10**9, pace=1000
    )
    assert await recall.fulfil(number, erase=False) == Recalled(done=1, follows=1)
    assert bot.messages[min(bot.messages)]["buttons"]
    await office.send_all()
    first, *others = bot.messages.values()
    texts = [said["text"] for said in (first, *others)]
    assert others
    assert sum(text.count("Friends, a word of ours.") for text in texts) == 161
    assert [sum(card in text for text in texts) for card in ("t0", "t1")] == [1, 1]
    assert others[-1]["reply_markup"]["inline_keyboard"]
    assert await office.states(number) == {"sent": 1}


async def test_what_was_sent_whole_goes_on_after_the_messages_that_stand(world: World, database: Database) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1)
    assert await world.recall.rewrite(edition) == Recalled(done=1, follows=1)
    assert world.telegram.messages == {(chat, 1): "one"}
    assert world.telegram.buttons == {(chat, 1): BUTTONS}
    async with database.read() as connection:
        row = (await connection.execute(outbox.select())).one()
    assert (row.state, row.parts_sent, row.message_ids, row.holds) == (Delivery.RETRY, 1, [1], [["one"]])
    assert row.not_before <= world.clock.seconds < row.send_before


@pytest.mark.parametrize("why", ["refused", "deleted by hand", "off", "cancelled"])
async def test_where_nothing_can_follow_it_is_told_and_the_buttons_stand_under_the_last(
    world: World, database: Database, why: str
) -> None:
    edition = await world.edition()
    world.parts = ["one", "two", "three"]
    chat = await world.sent(edition, 1, 2)
    match why:
        case "refused":
            world.telegram.refuse = {(chat, 1)}
        case "deleted by hand":
            del world.telegram.messages[chat, 1]
        case "off":
            await world.post.stop((await world.all_sent(edition))[0].subscription)
        case _:
            async with database.begin() as connection:
                await connection.execute(update(editions).values(state="cancelled"))
    recalled = await world.recall.rewrite(edition)
    assert (recalled.follows, recalled.missing) == (0, 1)
    assert [row[3] for row in await world.post.all_rows()] == ["sent"]
    assert world.telegram.buttons[chat, 2] == BUTTONS
    assert world.telegram.messages[chat, 2] == "two"


async def test_what_is_missing_follows_the_next_time_where_it_can(world: World, database: Database) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1)
    (row,) = await world.all_sent(edition)
    await world.post.stop(row.subscription)
    assert (await world.recall.rewrite(edition)).missing == 1
    await world.post.stop(row.subscription, "active")
    assert await world.recall.rewrite(edition) == Recalled(done=1, follows=1)
    await world.post.claimed(world.clock.seconds + DAY)
    assert [row[3] for row in await world.post.all_rows()] == ["sent"], "the rest was too late, and what stood stands"
    assert await world.recall.rewrite(edition) == Recalled(done=1, follows=1)
    assert world.telegram.messages == {(chat, 1): "one"}


@pytest.mark.parametrize("after", ["sent", "killed", "written anew", "deleted"])
async def test_what_follows_days_later_makes_no_run_late(
    world: World, database: Database, seal: Seal, after: str
) -> None:
    edition, rows = await world.edition(), Outbox(seal)
    await world.sent(edition, 1)
    async with database.begin() as connection:
        await connection.execute(update(outbox).values(due=int(world.clock.seconds) - 120))
    world.clock.seconds += 5 * DAY
    assert await world.recall.rewrite(edition) == Recalled(done=1, follows=1)

    def send(connection: Connection) -> None:
        now = world.clock.seconds
        (row,) = rows.claim(connection, 9, 1, now).rows
        if after == "killed":
            rows.recover(connection, 2, now)
            (row,) = rows.claim(connection, 9, 2, now).rows
        for state, messages, epoch in ((Delivery.RETRY, (1,), 1), (Delivery.SENT, (1, 2), 1)):
            epoch = 2 if after == "killed" else epoch
            rows.settle(connection, [Outcome(row, state, now, len(messages), messages, 0, now)], epoch)
            if state is Delivery.RETRY:
                (row,) = rows.claim(connection, 9, epoch, now).rows

    await database.work(send)
    if after == "written anew":
        assert (await world.recall.rewrite(edition)).gone == 1
    elif after == "deleted":
        await world.recall.delete(edition)
    (run,) = await Deliveries(database).runs()
    assert (run.states, run.late) == ({Delivery.SENT: 1}, None)


async def test_a_delivery_that_goes_on_by_itself_gets_its_buttons_at_its_end(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, state=Delivery.RETRY)
    assert await world.recall.rewrite(edition) == Recalled(done=1)
    assert world.telegram.buttons == {(chat, 1): ()}
