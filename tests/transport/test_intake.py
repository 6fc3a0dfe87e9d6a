"""The intake against a queue that behaves as Telegram's: what is handled when, and what is confirmed when."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from telegram.error import TimedOut

from bot.transport.intake import Intake, IntakeFull, IntakeSettings
from bot.transport.poller import PollSettings, TokenRefused
from bot.transport.request import AiohttpRequest
from tests.transport.queue import FileSpool, QuickClock, message, until, update_queue

Update = dict[str, Any]
SETTINGS = IntakeSettings(at_once=4, grace=0.3, drop_every=0.02, poll=PollSettings(hold=5, settle=0.05))


class Handling:
    """A handler that waits in every chat until it is let go, and notes what it handled."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.handled: list[int] = []
        self.gates: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self.open = True

    async def __call__(self, update: Update) -> None:
        self.begun.append(update["update_id"])
        if not self.open:
            await self.gates[update["message"]["chat"]["id"]].wait()
        self.handled.append(update["update_id"])


@contextlib.asynccontextmanager
async def running(base: str, handler: Any, **options: Any) -> AsyncIterator[Intake]:
    """An intake that polls for as long as the block lasts and then stops cleanly."""
    async with AiohttpRequest() as request:
        intake = Intake(request, base, handler, **{"settings": SETTINGS, **options})
        task = asyncio.create_task(intake.run())
        try:
            yield intake
        finally:
            intake.stop()
            await asyncio.wait_for(task, 10)


async def test_updates_are_handled_in_order_and_confirmed_afterwards() -> None:
    handling = Handling()
    async with update_queue() as (queue, base), running(base, handling):
        queue.add(*(message(number, 7) for number in range(10, 40)))
        await until(lambda: len(handling.handled) == 30)
        await until(lambda: queue.offsets[-1] == 40)
    assert handling.handled == list(range(10, 40))


@pytest.mark.parametrize("spool", [None, FileSpool], ids=["no spool", "spool"])
async def test_nothing_is_confirmed_before_it_is_handled_or_safe(spool: type[FileSpool] | None) -> None:
    handling = Handling()
    handling.open = False
    kept = spool() if spool else None

    def check(asked: Update) -> None:
        safe = set(handling.handled) | set(kept.kept if kept else ())
        lost = [number for number in range(1, asked.get("offset", 0)) if number not in safe]
        assert lost == []

    async with update_queue() as (queue, base):
        queue.before_answer = check
        async with running(base, handling, spool=kept):
            queue.add(*(message(number, number % 5) for number in range(1, 61)))
            await until(lambda: len(handling.begun) == 4)
            await asyncio.sleep(0.2)
            for chat in (3, 1, 4, 0, 2):
                handling.gates[chat].set()
                await asyncio.sleep(0.05)
            await until(lambda: len(handling.handled) == 60)
            await until(lambda: queue.offsets[-1] == 61, 15)
    assert sorted(handling.handled) == list(range(1, 61))
    if kept:
        assert await kept.load() == []
        kept.close()


async def test_chats_run_side_by_side_and_a_waiting_chat_holds_one_slot_at_most() -> None:
    handling = Handling()
    handling.open = False
    handling.gates[2].set()
    handling.gates[3].set()
    async with update_queue() as (queue, base), running(base, handling):
        queue.add(*(message(number, 1) for number in range(1, 90)), message(90, 2), message(91, 3), message(92, 2))
        await until(lambda: len(handling.handled) == 3)
        assert handling.handled == [90, 91, 92]
        assert handling.begun.count(1) == 1
        assert not {2, 3} & set(handling.begun)


async def test_no_more_than_the_given_number_run_at_once() -> None:
    now = most = 0

    async def handler(update: Update) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1

    async with AiohttpRequest() as request:
        intake = Intake(request, "http://127.0.0.1:9/bot", handler, settings=SETTINGS)
        await asyncio.gather(*(intake.feed(message(number, number)) for number in range(1, 40)))
    assert most == 4


async def test_a_full_window_of_one_chat_does_not_hide_the_others() -> None:
    handling = Handling()
    handling.open = False
    handling.gates[2].set()
    spool = FileSpool()
    async with update_queue() as (queue, base), running(base, handling, spool=spool):
        queue.add(*(message(number, 1) for number in range(1, 501)))
        queue.add(message(501, 2))
        await until(lambda: 501 in handling.handled, 5)
        assert len(await spool.load()) >= 499
        handling.gates[1].set()
        await until(lambda: len(handling.handled) == 501)
        assert [number for number in handling.handled if number != 501] == list(range(1, 501))
    assert await spool.load() == []
    spool.close()


async def test_what_is_quick_never_touches_the_spool() -> None:
    handling, spool = Handling(), FileSpool()
    async with update_queue() as (queue, base), running(base, handling, spool=spool):
        for number in range(1, 20):
            queue.add(message(number, number))
            await until(lambda number=number: number in handling.handled)  # type: ignore[misc]
    assert spool.kept == []
    spool.close()


async def test_what_the_spool_holds_at_the_start_goes_first_and_is_not_handled_twice() -> None:
    handling, spool = Handling(), FileSpool()
    await spool.keep([(number, orjson.dumps(message(number, 1))) for number in range(1, 6)])
    async with update_queue() as (queue, base):
        queue.add(*(message(number, 1) for number in range(3, 9)))  # 3 to 5 were kept, and not confirmed any more
        async with running(base, handling, spool=spool):
            await until(lambda: queue.offsets[-1:] == [9])
    assert handling.handled == [1, 2, 3, 4, 5, 6, 7, 8]
    assert await spool.load() == []
    spool.close()


async def test_a_spool_that_fails_stops_no_answers_and_confirms_nothing(caplog: pytest.LogCaptureFixture) -> None:
    handling, spool = Handling(), FileSpool()
    handling.open = False
    handling.gates[2].set()
    spool.broken = True
    async with update_queue() as (queue, base), running(base, handling, spool=spool, clock=QuickClock()):
        queue.add(message(1, 1), message(2, 2))
        await until(lambda: handling.handled == [2])
        await asyncio.sleep(0.2)
        assert max(queue.offsets) <= 1
        spool.broken = False
        await until(lambda: queue.offsets[-1:] == [3])
    assert "the spool keeps nothing" in caplog.text
    spool.close()


async def test_a_handler_that_fails_is_tried_once_more_and_nobody_hears_of_it() -> None:
    tries: list[int] = []
    failures: list[str] = []

    async def handler(update: Update) -> None:
        tries.append(update["update_id"])
        if len(tries) == 1:
            raise ValueError("not yet")

    async def on_failure(update: Update, incident: str) -> None:
        failures.append(incident)

    async with update_queue() as (queue, base), running(base, handler, on_failure=on_failure):
        queue.add(message(1, 1))
        await until(lambda: queue.offsets[-1:] == [2])
    assert (tries, failures) == ([1, 1], [])


async def test_an_update_that_fails_twice_is_let_go_with_an_incident_and_without_a_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    handled: list[int] = []
    told: list[tuple[int, str]] = []

    async def handler(update: Update) -> None:
        if update["update_id"] == 1:
            raise KeyError(update["message"]["text"]) from ValueError("chat 777123")
        handled.append(update["update_id"])

    async def on_failure(update: Update, incident: str) -> None:
        told.append((update["update_id"], incident))
        raise RuntimeError("cannot tell 777123")

    async with update_queue() as (queue, base), running(base, handler, on_failure=on_failure):
        queue.add(message(1, 777123, "a private word"), message(2, 777123))
        await until(lambda: queue.offsets[-1:] == [3])
    assert handled == [2]
    [(number, incident)] = told
    assert number == 1
    assert incident in caplog.text
    assert "KeyError" in caplog.text
    assert "ValueError" in caplog.text
    assert "test_intake.py" in caplog.text
    assert not any(private in caplog.text for private in ("777123", "a private word"))


async def test_too_many_in_hand_stop_the_polling_and_say_so_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    handling, spool = Handling(), FileSpool()
    handling.open = False
    settings = replace(SETTINGS, poll=replace(SETTINGS.poll, most_in_hand=250, settle=0.01))
    async with update_queue() as (queue, base), running(base, handling, spool=spool, settings=settings):
        queue.add(*(message(number, 1) for number in range(1, 1001)))
        await until(lambda: "not asking for more" in caplog.text)
        asked = len(queue.asked)
        await asyncio.sleep(0.3)
        assert len(queue.asked) == asked
        assert len(queue.updates) >= 700
        handling.open = True
        handling.gates[1].set()
        await until(lambda: len(handling.handled) == 1000)
    assert handling.handled == list(range(1, 1001))
    assert "asking for updates again" in caplog.text
    spool.close()


async def test_the_same_update_twice_is_handled_once() -> None:
    handling = Handling()
    handling.open = False
    settings = replace(SETTINGS, poll=replace(SETTINGS.poll, unspooled_pause=0.05))
    async with update_queue() as (queue, base), running(base, handling, settings=settings):
        queue.add(message(1, 1), message(2, 2), message(3, 3))
        handling.gates[2].set()
        await until(lambda: len(queue.asked) > 5)  # 1 is unhandled, so all three come again and again
        handling.gates[1].set()
        handling.gates[3].set()
        await until(lambda: queue.offsets[-1] == 4)
    assert sorted(handling.begun) == [1, 2, 3]


async def test_a_refused_token_ends_the_run_with_a_clear_error() -> None:
    async with update_queue() as (queue, base), AiohttpRequest() as request:
        queue.refusals.append((401, {"description": "Unauthorized"}))
        with pytest.raises(TokenRefused, match="BotFather"):
            await Intake(request, base, Handling(), settings=SETTINGS).run()


async def test_a_second_poller_is_named_and_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    handling, clock = Handling(), QuickClock()
    async with update_queue() as (queue, base):
        queue.refusals += [(409, {"description": "Conflict: terminated by other getUpdates request"})] * 2
        queue.add(message(1, 1))
        async with running(base, handling, clock=clock):
            await until(lambda: handling.handled == [1])
    assert caplog.text.count("another program asks for this bot's updates") == 2
    assert len(clock.sleeps) >= 2


async def test_network_errors_are_waited_out_longer_and_longer_up_to_half_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    handling, clock = Handling(), QuickClock()
    async with update_queue() as (queue, base):
        queue.refusals += [(502, {"description": "Bad Gateway"})] * 12
        queue.add(message(1, 1))
        async with running(base, handling, clock=clock):
            await until(lambda: handling.handled == [1])
    pauses = clock.sleeps[:12]
    assert all(
        0.5 * full <= pause <= full for pause, full in zip(pauses, [0.5, 1, 2, 4, 8, 16, *[30] * 6], strict=True)
    )
    assert len(set(pauses)) == 12, "chance spreads them"
    assert caplog.text.count("no updates from Telegram") == 1
    assert "after 12 failed requests" in caplog.text


async def test_a_wait_that_telegram_asks_for_is_kept() -> None:
    clock = QuickClock()
    async with update_queue() as (queue, base):
        queue.refusals.append((429, {"description": "Too Many Requests", "parameters": {"retry_after": 17}}))
        async with running(base, Handling(), clock=clock):
            await until(lambda: queue.asked)
    assert clock.sleeps[0] == 17


async def test_the_kinds_of_updates_wanted_are_passed_on() -> None:
    async with update_queue() as (queue, base), running(base, Handling(), allowed_updates=("message", "poll")):
        await until(lambda: queue.asked)
    assert queue.asked[0] == {"timeout": 5, "allowed_updates": ["message", "poll"]}


async def test_a_clean_stop_lets_running_handlings_end_and_begins_no_others() -> None:
    handling, spool = Handling(), FileSpool()
    handling.open = False
    async with update_queue() as (queue, base):
        async with running(base, handling, spool=spool) as intake:
            queue.add(message(1, 1), message(2, 1), message(3, 2))
            await until(lambda: handling.begun == [1, 3])
            intake.stop()
            handling.gates[1].set()
            handling.gates[2].set()
        assert handling.handled == [1, 3]
        assert queue.offsets[-1] == 4, "what is handled or safe is confirmed at the end"
        assert [number for number, _ in await spool.load()] == [2]
        async with running(base, handling, spool=spool):
            await until(lambda: handling.handled == [1, 3, 2])
    spool.close()


class HardOfHearing(AiohttpRequest):
    """Takes the first cancellation for a time-out, as happens where both come at the same moment."""

    heard = False

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        try:
            return await super().do_request(*args, **options)
        except asyncio.CancelledError:
            if self.heard:
                raise
            self.heard = True
            raise TimedOut from None


async def test_a_stop_does_not_wait_for_a_poll_that_missed_it() -> None:
    async with update_queue() as (queue, base), HardOfHearing() as request:
        intake = Intake(request, base, Handling(), settings=SETTINGS)
        task = asyncio.create_task(intake.run())
        await until(lambda: bool(queue.offsets))
        intake.stop()
        await asyncio.wait_for(task, 10)
    assert request.heard


async def test_a_handling_that_outlasts_the_grace_is_ended_and_comes_again() -> None:
    handling = Handling()
    handling.open = False
    async with update_queue() as (queue, base):
        async with running(base, handling):
            queue.add(message(1, 1))
            await until(lambda: handling.begun == [1])
        assert handling.handled == []
        assert max(queue.offsets) <= 1
        handling.open = True
        async with running(base, handling):
            await until(lambda: handling.handled == [1])


async def test_a_fed_update_returns_when_it_is_handled_and_a_second_feed_waits_with_it() -> None:
    handling = Handling()
    handling.open = False
    async with AiohttpRequest() as request:
        intake = Intake(request, "http://127.0.0.1:9/bot", handling, settings=SETTINGS)
        feeds = [asyncio.create_task(intake.feed(message(1, 1))) for _ in range(2)]
        given_up = asyncio.create_task(intake.feed(message(1, 1)))
        await until(lambda: handling.begun == [1])
        given_up.cancel()
        assert not any(feed.done() for feed in feeds)
        handling.gates[1].set()
        await asyncio.gather(*feeds)
        assert (handling.begun, handling.handled) == ([1], [1])
        await intake.close()
        with pytest.raises(IntakeFull):
            await intake.feed(message(2, 1))


async def test_feeding_more_than_can_be_held_is_refused() -> None:
    handling = Handling()
    handling.open = False
    settings = replace(SETTINGS, poll=replace(SETTINGS.poll, most_in_hand=2))
    async with AiohttpRequest() as request:
        intake = Intake(request, "http://127.0.0.1:9/bot", handling, settings=settings)
        feeds = [asyncio.create_task(intake.feed(message(number, 1))) for number in (1, 2)]
        await until(lambda: handling.begun)
        with pytest.raises(IntakeFull):
            await intake.feed(message(3, 1))
        handling.gates[1].set()
        await asyncio.gather(*feeds)
