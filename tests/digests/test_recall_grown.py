"""Writing anew an edition that has grown since: nothing of it is left out, and the buttons stay within reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.clock import SystemClock
from bot.digests.fates import Fate, Recalled
from bot.digests.recall import Recall
from bot.layout.blocks import Press
from bot.sandbox import Sandbox
from bot.seal import Seal
from bot.store.database import Database
from bot.store.states import Delivery
from bot.store.tables import editions, outbox
from tests.digests.post import Post, StandingClock
from tests.digests.post_office import Office, people, plan, subscribe
from tests.digests.recalling import World
from tests.digests.test_printing import EDITION, Workshop

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


async def test_a_delivery_that_goes_on_by_itself_gets_its_buttons_at_its_end(world: World) -> None:
    edition = await world.edition()
    chat = await world.sent(edition, 1, state=Delivery.RETRY)
    assert await world.recall.rewrite(edition) == Recalled(done=1)
    assert world.telegram.buttons == {(chat, 1): ()}
