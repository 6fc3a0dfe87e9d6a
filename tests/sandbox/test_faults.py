"""Scripted faults, over real connections."""

import time

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.faults import KINDS, Faults
from tests.sandbox.conftest import EDITOR, GROUP, YOU, Call

LOST = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


def texts(sandbox: Sandbox) -> list[str]:
    return [taken.text for taken in sandbox.journal.messages]


async def test_a_connection_cut_before_leaves_no_message(
    sandbox: Sandbox, call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.add("drop_before", method="sendMessage")
    with pytest.raises(LOST):
        await call("sendMessage", chat_id=YOU, text="lost")
    assert texts(sandbox) == []
    assert (await call("sendMessage", chat_id=YOU, text="again"))["ok"]
    assert texts(sandbox) == ["again"]
    assert caplog.records == [], "a scripted fault is no error of the server"


async def test_a_connection_cut_after_leaves_the_message_without_an_answer(sandbox: Sandbox, call: Call) -> None:
    sandbox.faults.add("drop_after", method="sendMessage")
    with pytest.raises(LOST):
        await call("sendMessage", chat_id=YOU, text="taken")
    assert texts(sandbox) == ["taken"]
    assert [m["text"] for m in sandbox.world.chats[YOU].messages.values()] == ["taken"]


async def test_a_server_in_trouble_may_have_taken_the_message(sandbox: Sandbox, call: Call) -> None:
    sandbox.faults.add("error_after", code=504)
    answer = await call("sendMessage", chat_id=YOU, text="a")
    assert (answer["error_code"], answer["description"]) == (504, "Gateway Timeout")
    assert texts(sandbox) == ["a"]


async def test_a_slow_answer_comes_late_but_the_message_is_there_at_once(sandbox: Sandbox, call: Call) -> None:
    sandbox.faults.add("slow", delay_ms=300)
    began = time.monotonic()
    assert (await call("sendMessage", chat_id=YOU, text="slow"))["ok"]
    assert time.monotonic() - began >= 0.29


@pytest.mark.parametrize(
    ("kind", "settings", "code", "words"),
    [
        ("error", {"code": 502}, 502, "Bad Gateway"),
        ("error", {"code": 500}, 500, "Internal Server Error"),
        ("too_many", {"retry_after": 7}, 429, "Too Many Requests: retry after 7"),
        ("blocked", {}, 403, "Forbidden: bot was blocked by the user"),
        ("deactivated", {}, 403, "Forbidden: user is deactivated"),
        ("kicked", {"chat_id": GROUP}, 403, "Forbidden: bot was kicked from the supergroup chat"),
        ("not_member", {"chat_id": GROUP}, 403, "Forbidden: bot is not a member of the supergroup chat"),
        ("no_rights", {}, 400, "Bad Request: not enough rights to send text messages to the chat"),
        ("thread_gone", {}, 400, "Bad Request: message thread not found"),
        ("thread_closed", {}, 400, "Bad Request: TOPIC_CLOSED"),
        ("migrated", {"migrate_to": -1009}, 400, "Bad Request: group chat was upgraded to a supergroup chat"),
    ],
)
async def test_refusals_out_of_the_blue(
    sandbox: Sandbox, call: Call, kind: str, settings: dict[str, int], code: int, words: str
) -> None:
    sandbox.faults.add(kind, **settings)
    answer = await call("sendMessage", chat_id=settings.get("chat_id", YOU), text="a")
    assert (answer["error_code"], answer["description"]) == (code, words)
    expected = {"too_many": {"retry_after": 7}, "migrated": {"migrate_to_chat_id": -1009}}
    assert answer.get("parameters") == expected.get(kind)
    assert texts(sandbox) == []
    assert (await call("sendMessage", chat_id=YOU, text="once only"))["ok"]


async def test_a_fault_strikes_only_its_method_and_chat_so_many_times_after_so_many(
    sandbox: Sandbox, call: Call
) -> None:
    fault = sandbox.faults.add("error", method="SENDMESSAGE", chat_id=YOU, times=2, skip=1)
    assert (await call("getMe"))["ok"]
    assert (await call("sendMessage", chat_id=EDITOR, text="a"))["ok"]
    outcomes = [(await call("sendMessage", chat_id=YOU, text="a"))["ok"] for _ in range(4)]
    assert outcomes == [True, False, False, True]
    assert fault.struck == 2
    sandbox.faults.add("error", times=None)
    assert not (await call("getMe"))["ok"]
    sandbox.faults.remove()
    assert (await call("getMe"))["ok"]


def test_chance_comes_from_the_seed() -> None:
    def run(seed: int) -> list[int]:
        faults = Faults(seed)
        faults.add("error", probability=0.3, times=None)
        return [len(faults.striking("sendMessage", 1)) for _ in range(200)]

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert 30 <= sum(run(1)) <= 90


def test_an_unknown_fault_or_setting_is_named() -> None:
    with pytest.raises(ValueError, match=f"there are {', '.join(KINDS)}"):
        Faults().add("explode")
    with pytest.raises(ValueError, match="times must be a whole number, not 'x'"):
        Faults().add("error", times="x")
    with pytest.raises(ValueError, match="a fault has no colour"):
        Faults().add("error", colour="red")
