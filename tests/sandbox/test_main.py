"""The sandbox in a process of its own."""

import asyncio
import sys

from tests.sandbox.apart import PATIENCE, sandbox_apart


async def test_it_is_steered_and_read_over_http_alone() -> None:
    async with sandbox_apart(limits="strict", seed=3) as apart:
        crowd = await apart.post("population", people=40, channels=2)
        await apart.post("faults", kind="error_after", code=502, chat_id=crowd["people"][0])
        answers = [await apart.call("sendMessage", chat_id=person, text="news") for person in crowd["people"]]
        codes = [answer.get("error_code", 200) for answer in answers]
        assert codes[0] == 502, "the message was taken, its answer lost"
        assert 429 in codes, "more than thirty in a second"
        log = await apart.log()
        assert len(log) == codes.count(200) + 1
        assert log[0]["chat_id"] == crowd["people"][0]
        await apart.post("clock", advance=60)
        assert (await apart.call("sendMessage", chat_id=crowd["channels"][0], text="news"))["ok"]
        assert (await apart.log(texts="hash"))[-1]["at"] >= log[-1]["at"] + 60
        await apart.delete("log")
        assert await apart.log() == []


async def test_a_host_that_others_can_reach_is_refused() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--host", "0.0.0.0", stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(PATIENCE):
        _, complaint = await process.communicate()
    assert process.returncode == 1
    assert b"loopback only" in complaint
