"""Limits on posting, by a clock that is turned by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Limit, Limits, Sandbox
from bot.sandbox.limits import Pace
from bot.sandbox.refusals import Refusal
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, TurnedClock


def wait_of(answer: dict[str, Any]) -> int | None:
    if answer["ok"]:
        return None
    assert answer["error_code"] == 429
    wait: int = answer["parameters"]["retry_after"]
    assert answer["description"] == f"Too Many Requests: retry after {wait}"
    return wait


async def test_one_message_a_second_to_a_person(sandbox: Sandbox, call: Call, clock: TurnedClock) -> None:
    sandbox.limits = Limits.preset("strict")
    assert wait_of(await call("sendMessage", chat_id=YOU, text="1")) is None
    assert wait_of(await call("sendMessage", chat_id=YOU, text="2")) == 1
    assert wait_of(await call("sendMessage", chat_id=EDITOR, text="other")) is None
    clock.turn(0.99)
    assert wait_of(await call("sendMessage", chat_id=YOU, text="2")) == 1
    clock.turn(0.01)
    assert wait_of(await call("sendMessage", chat_id=YOU, text="2")) is None
    assert [taken.text for taken in sandbox.journal.messages] == ["1", "other", "2"]


@pytest.mark.parametrize("chat_id", [GROUP, CHANNEL])
async def test_twenty_messages_a_minute_to_a_group_or_channel(
    sandbox: Sandbox, call: Call, clock: TurnedClock, chat_id: int
) -> None:
    sandbox.limits = Limits.preset("strict")
    for _ in range(20):
        assert wait_of(await call("sendMessage", chat_id=chat_id, text="a")) is None
        clock.turn(1)
    assert wait_of(await call("sendMessage", chat_id=chat_id, text="a")) == 40
    clock.turn(39.5)
    assert wait_of(await call("sendMessage", chat_id=chat_id, text="a")) == 1
    clock.turn(0.5)
    assert wait_of(await call("sendMessage", chat_id=chat_id, text="a")) is None
    assert wait_of(await call("sendMessage", chat_id=chat_id, text="a")) == 1, "the window slides one message further"


async def test_thirty_messages_a_second_overall(sandbox: Sandbox, call: Call, clock: TurnedClock) -> None:
    sandbox.limits = Limits.preset("strict")
    people = [sandbox.world.add_person(f"P{i}", started=True) for i in range(31)]
    waits = [wait_of(await call("sendMessage", chat_id=person.id, text="a")) for person in people]
    assert waits == [None] * 30 + [1]


async def test_an_album_counts_by_its_pictures_and_edits_do_not_count(sandbox: Sandbox, call: Call) -> None:
    sandbox.limits = Limits.preset("off").changed({"private": {"count": 3, "window": 60}})
    ids = [sandbox.acts.send(YOU, str(i))["message_id"] for i in range(3)]
    copied = await call("copyMessages", chat_id=YOU, from_chat_id=YOU, message_ids=ids)
    assert wait_of(copied) is None
    last = copied["result"][-1]["message_id"]
    for text in ("x", "y", "z"):
        assert wait_of(await call("editMessageText", chat_id=YOU, message_id=last, text=text)) is None
    assert wait_of(await call("sendMessage", chat_id=YOU, text="a")) == 60
    assert len(sandbox.journal.messages) == 3


async def test_demo_lets_a_short_burst_pass(sandbox: Sandbox, call: Call, clock: TurnedClock) -> None:
    sandbox.limits = Limits.preset("demo")
    waits = [wait_of(await call("sendMessage", chat_id=YOU, text="a")) for _ in range(7)]
    assert waits == [None] * 6 + [1]
    clock.turn(1)
    assert wait_of(await call("sendMessage", chat_id=YOU, text="a")) is None
    assert wait_of(await call("sendMessage", chat_id=YOU, text="a")) == 1


@given(
    st.lists(st.tuples(st.floats(0, 3), st.integers(1, 3)), max_size=60),
    st.integers(1, 5),
    st.sampled_from([1.0, 2.5, 60.0]),
)
def test_no_stretch_of_the_window_ever_holds_more_and_the_wait_is_honest(
    tries: list[tuple[float, int]], count: int, window: float
) -> None:
    clock = TurnedClock()
    off = Limit(None, 1.0)
    pace = Pace(Limits(overall=off, private=Limit(count, window), group=off, channel=off), clock)
    taken: list[float] = []
    for pause, messages in tries:
        clock.turn(pause)
        messages = min(messages, count)
        try:
            pace.take(YOU, "private", messages)
        except Refusal as refusal:
            clock.turn((refusal.parameters or {})["retry_after"])
            pace.take(YOU, "private", messages)  # after the wait it is taken
        taken += [clock.now] * messages
    for start in taken:
        assert sum(start <= at < start + window for at in taken) <= count


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nothing": 1}, "nothing: 1 does not fit"),
        ({"private": 3}, "private takes an object"),
        ({"private": {"count": -1}}, "count and burst are whole numbers"),
        ({"private": {"window": 0}}, "window is seconds above 0"),
        ({"entities": "many"}, "entities: 'many' does not fit"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_in_plain_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Limits().changed(change)
