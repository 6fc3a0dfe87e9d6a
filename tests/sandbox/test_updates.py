"""Long polling: offsets, limits, kinds, and two pollers at once."""

import asyncio
import time
from typing import Any

from bot.sandbox import Sandbox
from tests.sandbox.conftest import EDITOR, GROUP, YOU, Call, TurnedClock


def ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_unconfirmed_updates_come_again_until_a_higher_offset_confirms_them(sandbox: Sandbox, call: Call) -> None:
    for number in range(5):
        sandbox.acts.send(YOU, f"message {number}")
    first = ids(await call("getUpdates"))
    assert first == list(range(first[0], first[0] + 5))
    assert ids(await call("getUpdates")) == first, "nothing was confirmed"
    assert ids(await call("getUpdates", offset=first[2])) == first[2:], "what lies below the offset is confirmed"
    assert ids(await call("getUpdates", offset=first[0])) == first[2:], "and does not come back"
    assert ids(await call("getUpdates", offset=first[2], limit=1)) == [first[2]]
    assert ids(await call("getUpdates", offset=first[4] + 1)) == []
    sandbox.acts.send(YOU, "next")
    assert ids(await call("getUpdates", offset=first[4] + 1)) == [first[4] + 1]


async def test_at_most_a_hundred_come_at_once_whatever_is_asked(sandbox: Sandbox, call: Call) -> None:
    for number in range(130):
        sandbox.acts.send(YOU, f"message {number}")
    assert len(ids(await call("getUpdates", limit=500))) == 100
    assert len(ids(await call("getUpdates", limit=0))) == 1
    assert len(ids(await call("getUpdates", limit=7))) == 7


async def test_a_negative_offset_keeps_only_so_many_from_the_end(sandbox: Sandbox, call: Call) -> None:
    for number in range(4):
        sandbox.acts.send(YOU, f"message {number}")
    kept = ids(await call("getUpdates", offset=-2))
    assert len(kept) == 2
    assert ids(await call("getUpdates")) == kept


async def test_an_offset_far_in_the_future_confirms_nothing(sandbox: Sandbox, call: Call) -> None:
    sandbox.acts.send(YOU, "hello")
    assert len(ids(await call("getUpdates", offset=1_000_000))) == 1
    assert len(ids(await call("getUpdates"))) == 1


async def test_a_waiting_poll_ends_with_the_first_update(sandbox: Sandbox, call: Call) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    sandbox.acts.send(YOU, "hello")
    assert len(ids(await asyncio.wait_for(waiting, 5))) == 1


async def test_a_poll_that_finds_nothing_waits_as_long_as_asked(sandbox: Sandbox, call: Call) -> None:
    began = time.monotonic()
    assert ids(await call("getUpdates", timeout=1)) == []
    assert time.monotonic() - began >= 0.9


async def test_a_second_poller_ends_the_first_with_a_conflict(sandbox: Sandbox, call: Call) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", timeout=20))
    assert await asyncio.wait_for(first, 5) == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    sandbox.acts.send(YOU, "hello")
    assert len(ids(await asyncio.wait_for(second, 5))) == 1


def kinds(answer: dict[str, Any]) -> list[str]:
    return [kind for update in answer["result"] for kind in update if kind != "update_id"]


async def test_kinds_that_were_not_asked_for_do_not_come(sandbox: Sandbox, call: Call) -> None:
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    sandbox.acts.member(GROUP, YOU, "left")
    assert kinds(await call("getUpdates")) == ["my_chat_member", "message"], "chat_member is none of the usual kinds"
    await call("getUpdates", offset=-1, allowed_updates=["chat_member"])
    sandbox.acts.send(YOU, "not asked for")
    sandbox.acts.member(GROUP, YOU, "member", by=EDITOR)
    assert kinds(await call("getUpdates"))[1:] == ["chat_member"]
    await call("getUpdates", allowed_updates=[])
    sandbox.acts.send(YOU, "asked for again")
    assert kinds(await call("getUpdates"))[2:] == ["message"]


async def test_updates_are_kept_for_a_day(sandbox: Sandbox, call: Call, clock: TurnedClock) -> None:
    sandbox.acts.send(YOU, "old")
    clock.turn(24 * 3600 + 1)
    sandbox.acts.send(YOU, "new")
    assert len(ids(await call("getUpdates"))) == 1


async def test_an_update_stays_as_it_was_when_its_message_changes(sandbox: Sandbox, call: Call) -> None:
    message = sandbox.acts.send(YOU, "before")
    sandbox.acts.edit(YOU, message["message_id"], "after")
    first, second = (await call("getUpdates"))["result"]
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("before", "after")
