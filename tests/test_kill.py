"""The real `kolokol run`, killed in the middle of a rush and started again: every question is answered."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.settings import ROOT
from tests.conversation import PATIENCE

PEOPLE = 30
QUESTIONS = 3
"""Per person: as many as leave at once at Telegram's pace, so that the test need not wait."""


async def start(sandbox: Sandbox, folder: Path) -> Process:
    """The bot in a process of its own."""
    environment = {
        **os.environ,
        "KOLOKOL_TOKEN": sandbox.token,
        "KOLOKOL_BOT_API_URL": sandbox.url,
        "KOLOKOL_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/kill.db",
        "KOLOKOL_KEY_FILE": f"{folder}/seal.key",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=ROOT, env=environment, stderr=DEVNULL
    )


def unanswered(sandbox: Sandbox, people: list[int]) -> list[str]:
    """Questions that no message of the bot replies to."""
    asked = {f"visas {person} {number}" for person in people for number in range(QUESTIONS)}
    for person in people:
        for message in sandbox.acts.chat(person).messages.values():
            asked.discard(message.get("reply_to_message", {}).get("text", ""))
    return sorted(asked)


@pytest.mark.timeout(240)
async def test_no_question_is_lost_when_the_bot_is_killed_in_the_middle(tmp_path: Path) -> None:
    async with Sandbox(limits="strict") as sandbox:
        people = [sandbox.world.add_person(f"Person {number}").id for number in range(PEOPLE)]
        for number in range(QUESTIONS):
            for person in people:
                sandbox.acts.send(person, f"visas {person} {number}")
        bot = await start(sandbox, tmp_path)
        try:
            while len(sandbox.journal.messages) < PEOPLE:
                assert bot.returncode is None, "the bot ended by itself"
                await asyncio.sleep(0.01)
            bot.kill()
            await bot.wait()
            assert unanswered(sandbox, people), "everything was answered before the kill: it proves nothing"
            bot = await start(sandbox, tmp_path)
            for _ in range(int(PATIENCE * 4 / 0.05)):
                if not unanswered(sandbox, people):
                    break
                await asyncio.sleep(0.05)
        finally:
            bot.terminate()
            await bot.wait()
        assert unanswered(sandbox, people) == []
