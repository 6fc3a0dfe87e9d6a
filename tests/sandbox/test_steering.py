"""The routes that turn the clock, cut lines, bring crowds and read what was counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import CHANNEL, GROUP, YOU, Call, Page, TurnedClock

HOUR, WEEK = 3600, 7 * 24 * 3600


async def test_limits_and_faults_over_the_routes(sandbox: Sandbox, page: Page, call: Call) -> None:
    changed = await page.post("limits", preset="demo", private={"burst": 2}, entities=50)
    assert changed["private"] == {"count": 1, "window": 1.0, "burst": 2}
    assert (await page.get("limits"))["entities"] == 50
    added = await page.post("faults", kind="error", method="getMe", code=503)
    assert added["faults"][0]["code"] == 503
    assert (await call("getMe"))["error_code"] == 503
    assert (await page.get("faults"))["faults"][0]["struck"] == 1
    async with page.http.delete(f"{page.url}/faults") as response:
        assert await response.json() == {"faults": []}


async def test_the_clock_is_moved_by_so_much_or_to_a_moment(page: Page, clock: TurnedClock) -> None:
    began = clock.now
    assert (await page.post("clock", advance=HOUR))["moved"] == HOUR
    assert clock.now == began + HOUR
    later = datetime.fromtimestamp(began + WEEK, UTC)
    turned = await page.post("clock", to=later.isoformat())
    assert (turned["moved"], turned["now"]) == (WEEK - HOUR, began + WEEK)
    naive = (later + timedelta(days=1)).replace(tzinfo=None).isoformat()
    assert (await page.post("clock", to=naive))["iso"] == (later + timedelta(days=1)).isoformat()
    assert (await page.get("state"))["now"] == began + WEEK + 24 * HOUR


async def test_the_clock_goes_to_what_is_due_next(sandbox: Sandbox, page: Page, clock: TurnedClock) -> None:
    assert (await page.post("clock", to="next"))["error"] == "nothing is scheduled"
    due = datetime.fromtimestamp(clock.now, UTC) + timedelta(days=3)

    async def next_due() -> datetime | None:
        return due

    sandbox.time.next_due = next_due
    assert (await page.get("clock"))["next"] == due.isoformat()
    assert (await page.post("clock", to="next"))["moved"] == 3 * 24 * HOUR
    assert (await page.post("clock", to="next"))["moved"] == 0, "what is due already needs no leap"
    sandbox.time.next_due = lambda: None
    assert (await page.get("clock"))["next"] is None
    assert (await page.post("clock", to="next"))["error"] == "nothing is scheduled"


async def test_what_the_world_measures_follows_the_clock(sandbox: Sandbox, page: Page, call: Call) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
    sent = (await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup))["result"]
    query = sandbox.acts.press(YOU, sent["message_id"], "d")
    await page.post("clock", advance=HOUR)
    late = await call("answerCallbackQuery", callback_query_id=query)
    assert "query is too old" in late["description"]
    later = (await call("sendMessage", chat_id=YOU, text="b"))["result"]
    assert later["date"] == sent["date"] + HOUR
    await page.post("limits", preset="strict")
    assert [(await call("sendMessage", chat_id=YOU, text="c"))["ok"] for _ in range(2)] == [True, False]
    await page.post("clock", advance=1)
    assert (await call("sendMessage", chat_id=YOU, text="c"))["ok"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"advance": -1}, "the clock moves ahead only"),
        ({"advance": 1e12}, "by ten years at most"),
        ({"advance": True}, "say {"),
        ({"advance": 5, "to": "next"}, "say {"),
        ({}, "say {"),
        ({"to": "2001-01-01T00:00:00Z"}, "has passed already"),
        ({"to": "soon"}, "isoformat"),
    ],
)
async def test_a_clock_that_cannot_be_moved_so_says_why(page: Page, body: dict[str, Any], words: str) -> None:
    assert words in (await page.post("clock", **body))["error"]


async def test_somebody_elses_clock_stands_unless_told_how_to_move_it(http: aiohttp.ClientSession) -> None:
    async with Sandbox(clock=lambda: 1_800_000_000.0) as sandbox:
        page = Page(sandbox.url, http)
        assert (await page.post("clock", advance=1))["error"] == "this clock cannot be moved"
        assert (await page.get("clock"))["movable"] is False


async def test_a_sandbox_of_its_own_moves_its_own_clock(http: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        page = Page(sandbox.url, http)
        before = (await page.get("clock"))["now"]
        assert (await page.post("clock", advance=WEEK))["now"] - before >= WEEK


async def test_a_crowd_comes_at_once_and_can_be_written_to(page: Page, call: Call) -> None:
    crowd = await page.post("population", people=300, groups=3, supergroups=2, forums=2, channels=4)
    assert [len(crowd[kind]) for kind in ("people", "groups", "supergroups", "forums", "channels")] == [300, 3, 2, 2, 4]
    forum = crowd["forums"][0]
    places = [*crowd["people"][::100], *crowd["groups"], *crowd["supergroups"], forum["id"], *crowd["channels"]]
    assert [(await call("sendMessage", chat_id=place, text="news"))["ok"] for place in places] == [True] * len(places)
    thread = forum["threads"][1]
    posted = await call("sendMessage", chat_id=forum["id"], text="news", message_thread_id=thread)
    assert posted["result"]["message_thread_id"] == thread
    members = (await call("getChatAdministrators", chat_id=crowd["channels"][0]))["result"]
    assert [member["status"] for member in members] == ["creator", "administrator"]
    assert members[1]["can_post_messages"] is True
    assert (await page.get("figures"))["people"] == 303
    more = await page.post("population", people=1)
    assert more["people"][0] not in crowd["people"]


@pytest.mark.parametrize(
    ("body", "words"),
    [({"cats": 3}, "there are no cats"), ({"people": -1}, "whole number"), ({"people": "9"}, "whole")],
)
async def test_a_crowd_that_cannot_be_is_refused(page: Page, body: dict[str, Any], words: str) -> None:
    assert words in (await page.post("population", **body))["error"]


async def test_faults_for_many_chats_are_counted_each(page: Page, call: Call) -> None:
    crowd = (await page.post("population", people=4))["people"]
    added = await page.post(
        "faults",
        seed=7,
        faults=[
            {"kind": "too_many", "chat_ids": crowd[:2], "retry_after": 9},
            {"kind": "blocked", "chat_id": crowd[2]},
        ],
    )
    assert [fault["chat_id"] for fault in added["faults"]] == crowd[:3]
    codes = [(await call("sendMessage", chat_id=person, text="a")).get("error_code") for person in crowd]
    assert codes == [429, 429, 403, None]
    assert [(await call("sendMessage", chat_id=person, text="a"))["ok"] for person in crowd] == [True] * 4
    figures = await page.get("figures")
    assert figures["requests"]["sendMessage"] == {"200": 5, "403": 1, "429": 2}
    assert "there is no fault 'explode'" in (await page.post("faults", kind="explode"))["error"]
    assert "private takes an object" in (await page.post("limits", private=1))["error"]


async def test_the_log_is_read_in_slices_and_says_where_how_and_whether_with_a_sound(
    sandbox: Sandbox, page: Page, call: Call, clock: TurnedClock
) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", creator=YOU, bot="administrator", forum=True)
    thread = (await call("createForumTopic", chat_id=forum.id, name="News"))["result"]["message_thread_id"]
    await call("sendMessage", chat_id=YOU, text="one")
    clock.turn(5)
    await call("sendMessage", chat_id=CHANNEL, text="two", disable_notification=True)
    await call("sendMessage", chat_id=forum.id, text="three", message_thread_id=thread)
    await call("sendMessage", chat_id=YOU, text="one")
    whole = await page.get("log")
    assert whole["last"] == 4
    assert [(line["chat_id"], line["thread"], line["silent"], line["at"]) for line in whole["log"]] == [
        (YOU, None, False, clock.now - 5),
        (CHANNEL, None, True, clock.now),
        (forum.id, thread, False, clock.now),
        (YOU, None, False, clock.now),
    ]
    first, second = await page.get("log?limit=3"), await page.get("log?after=3&limit=3")
    assert [line["seq"] for line in first["log"] + second["log"]] == [1, 2, 3, 4]
    assert [line["seq"] for line in (await page.get(f"log?chat_id={YOU}"))["log"]] == [1, 4]
    hashed = (await page.get("log?texts=hash"))["log"]
    assert hashed[0]["text_hash"] == hashed[3]["text_hash"] != hashed[1]["text_hash"]
    assert "text" not in hashed[0]
    assert (await page.get("log?after=x"))["error"] == "after is a whole number"
    async with page.http.delete(f"{page.url}/log") as response:
        assert await response.json() == {"log": [], "last": 0}


async def test_what_stands_in_a_chat_now_is_there_to_read(page: Page, call: Call) -> None:
    first = (await call("sendMessage", chat_id=GROUP, text="a"))["result"]["message_id"]
    second = (await call("sendMessage", chat_id=GROUP, text="b"))["result"]["message_id"]
    await call("editMessageText", chat_id=GROUP, message_id=first, text="corrected")
    await call("deleteMessage", chat_id=GROUP, message_id=second)
    shown = await page.get(f"messages?chat_id={GROUP}")
    assert [message["text"] for message in shown["messages"]] == ["corrected"]
    assert (await page.get("messages?chat_id=5"))["error"] == "there is no chat 5"
