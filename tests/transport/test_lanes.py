"""Lanes: order within, side by side between, slots only for what is under way; and which update is in which lane."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.hand import Hand, lane_of
from bot.transport.lanes import Lanes, aside
from tests.transport.queue import message, until
from tests.transport.virtual import in_virtual_time

CHAT, USER = {"id": -100, "type": "supergroup"}, {"id": 5, "first_name": "A"}


@pytest.mark.parametrize(
    ("kind", "body", "lane"),
    [
        ("message", {"chat": CHAT, "from": USER}, ("chat", -100)),
        ("edited_message", {"chat": CHAT}, ("chat", -100)),
        ("channel_post", {"chat": CHAT}, ("chat", -100)),
        ("edited_channel_post", {"chat": CHAT}, ("chat", -100)),
        ("business_message", {"chat": CHAT}, ("chat", -100)),
        ("business_connection", {"id": "b", "user": USER}, ("chat", 5)),
        ("message_reaction", {"chat": CHAT, "user": USER}, ("chat", -100)),
        ("message_reaction_count", {"chat": CHAT}, ("chat", -100)),
        ("inline_query", {"id": "1", "from": USER}, ("chat", 5)),
        ("chosen_inline_result", {"from": USER}, ("chat", 5)),
        ("callback_query", {"from": USER, "message": {"chat": CHAT}}, ("chat", -100)),
        ("callback_query", {"from": USER, "inline_message_id": "x"}, ("chat", 5)),
        ("shipping_query", {"from": USER}, ("chat", 5)),
        ("pre_checkout_query", {"from": USER}, ("chat", 5)),
        ("poll_answer", {"poll_id": "1", "user": USER}, ("chat", 5)),
        ("poll_answer", {"poll_id": "1", "voter_chat": CHAT}, ("chat", -100)),
        ("my_chat_member", {"chat": CHAT, "from": USER}, ("chat", -100)),
        ("chat_member", {"chat": CHAT, "from": USER}, ("chat", -100)),
        ("chat_join_request", {"chat": CHAT, "from": USER}, ("chat", -100)),
        ("chat_boost", {"chat": CHAT, "boost": {}}, ("chat", -100)),
        ("poll", {"id": "77", "question": "?"}, ("poll", hash("77"))),
        ("something_new", {"thing": 1}, ("update", 9)),
        ("something_odd", "text", ("update", 9)),
    ],
)
def test_an_update_goes_into_the_lane_of_its_chat_or_else_its_user(kind: str, body: Any, lane: tuple[str, int]) -> None:
    assert lane_of({"update_id": 9, kind: body}) == lane


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=40), st.integers(1, 5))
def test_each_lane_keeps_its_order_and_no_more_run_than_may(items: list[tuple[int, int]], at_once: int) -> None:
    done: list[tuple[int, int]] = []
    now = most = 0

    async def work(item: tuple[int, int, int]) -> None:
        nonlocal now, most
        lane, number, pause = item
        now += 1
        most = max(most, now)
        await asyncio.sleep(pause)
        now -= 1
        done.append((lane, number))

    async def scenario() -> None:
        lanes: Lanes[tuple[int, int, int]] = Lanes(work, at_once)
        for number, (lane, pause) in enumerate(items):
            lanes.put(lane, (lane, number, pause))
        await asyncio.sleep(3 * len(items) + 1)
        assert len(done) == len(items)

    in_virtual_time(scenario())
    for lane in range(5):
        order = [number for in_lane, number in done if in_lane == lane]
        assert order == sorted(order)
    assert most <= at_once


async def test_lanes_take_turns() -> None:
    done: list[str] = []

    async def work(item: str) -> None:
        done.append(item)

    lanes: Lanes[str] = Lanes(work, 1)
    for item in ("a1", "a2", "a3", "b1", "c1"):
        lanes.put(item[0], item)
    await until(lambda: len(done) == 5)
    assert done == ["a1", "b1", "c1", "a2", "a3"]


async def test_who_steps_aside_gives_the_slot_away_and_comes_back_before_anything_new() -> None:
    done: list[str] = []
    paced = asyncio.Event()

    async def work(item: str) -> None:
        if item == "slow":
            async with aside(), aside():
                await paced.wait()
        else:
            paced.set()
            await asyncio.sleep(0.01)
        done.append(item)

    lanes: Lanes[str] = Lanes(work, 1)
    for item in ("slow", "first", "second"):
        lanes.put(item, item)
    await until(lambda: len(done) == 3)
    assert done == ["first", "slow", "second"]


async def test_those_aside_are_bounded_too() -> None:
    begun = 0
    go_on = asyncio.Event()

    async def work(_: int) -> None:
        nonlocal begun
        begun += 1
        async with aside():
            await go_on.wait()

    lanes: Lanes[int] = Lanes(work, 2)
    for number in range(100):
        lanes.put(number, number)
    await asyncio.sleep(0.05)
    assert begun == 16
    go_on.set()
    await until(lambda: begun == 100)


@pytest.mark.parametrize("on_its_way_back", [False, True], ids=["aside", "on its way back"])
async def test_work_cancelled_while_it_holds_no_slot_leaves_the_slots_whole(on_its_way_back: bool) -> None:
    tasks: dict[str, asyncio.Task[None]] = {}
    let_go, finish = asyncio.Event(), asyncio.Event()
    ended: list[str] = []
    running = most = 0

    async def work(item: str) -> None:
        nonlocal running, most
        task = asyncio.current_task()
        assert task is not None
        tasks[item] = task
        if item == "aside":
            async with aside():
                await let_go.wait()
        running += 1
        most = max(most, running)
        await (finish.wait() if item == "holder" else asyncio.sleep(0.01))
        running -= 1
        ended.append(item)

    lanes: Lanes[str] = Lanes(work, 1)
    for item in ("aside", "holder", "a", "b", "c"):
        lanes.put(item, item)
    await until(lambda: len(tasks) == 2)
    if on_its_way_back:
        let_go.set()
        await asyncio.sleep(0.01)
    tasks["aside"].cancel()
    await asyncio.sleep(0.01)
    finish.set()
    await until(lambda: ended == ["holder", "a", "b", "c"])
    assert tasks["aside"].cancelled()
    assert most == 1


async def test_outside_of_lanes_stepping_aside_does_nothing() -> None:
    async with aside():
        pass


async def test_closing_begins_nothing_more_and_ends_what_outlasts_its_grace() -> None:
    ended: list[str] = []

    async def work(item: str) -> None:
        try:
            await asyncio.sleep(0.05 if item == "short" else 60)
            ended.append(item)
        except asyncio.CancelledError:
            ended.append(f"{item} cancelled")
            raise

    lanes: Lanes[str] = Lanes(work, 2)
    for item in ("short", "long", "waiting"):
        lanes.put(item, item)
    await asyncio.sleep(0)
    await lanes.close(0.2)
    assert ended == ["short", "long cancelled"]


def test_the_hand_forgets_what_is_handled_and_confirmed() -> None:
    async def scenario() -> None:
        hand = Hand()
        held = [hand.polled(message(number, 1)) for number in (5, 6, 7)]
        assert all(held)
        assert hand.polled(message(6, 1)) is None
        assert hand.offset == 5
        hand.settle(held[1])  # type: ignore[arg-type]
        assert hand.offset == 5
        assert hand.polled(message(6, 1)) is None, "handled, but it may come again"
        hand.polled(message(7, 1))
        hand.settle(held[0])  # type: ignore[arg-type]
        assert hand.offset == 7
        hand.confirmed(7)
        assert hand.find(5) is hand.find(6) is None
        assert hand.find(7) is held[2]
        assert hand.unhandled == 1

    asyncio.run(scenario())
