"""The real `kolokol run` takes the whole collection of broken files through the chat: what that costs it in memory."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.settings import ROOT
from tests.conversation import PATIENCE
from tests.editing.broken_cases import CASES, MADE, uploads
from tests.following import copy_of_the_content

MEMORY_MB = 150
"""Most that all broken files at once may cost a running bot. It holds some 200 before it takes any, most of that
libraries and the search index, so that a bound on the whole would say little of the uploads."""
REFUSED = ("Not to be published yet", "not in the draft")


def most_memory(process: Process) -> int:
    """The most that a process ever held, in MB, as the kernel says: interpreter, content, uploads and all."""
    held = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
    assert held
    return int(held[1]) // 1024


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, administrators: list[int]) -> AsyncIterator[Process]:
    """The bot in a process of its own, over a copy of the shipped content."""
    await asyncio.to_thread(copy_of_the_content, folder)
    environment = {
        **os.environ,
        "KOLOKOL_TOKEN": sandbox.token,
        "KOLOKOL_BOT_API_URL": sandbox.url,
        "KOLOKOL_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/memory.db",
        "KOLOKOL_KEY_FILE": f"{folder}/seal.key",
        "KOLOKOL_CONTENT_DIR": f"{folder}/content",
        "KOLOKOL_SEEDS_DIR": f"{folder}/seeds",
        "KOLOKOL_ADMINS": ",".join(map(str, administrators)),
    }
    command = (sys.executable, "-m", "bot.cli", "run")
    bot = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stderr=DEVNULL)
    try:
        yield bot
        assert bot.returncode is None, "the bot ended by itself"
    finally:
        if bot.returncode is None:
            bot.terminate()
        await bot.wait()


def unanswered(sandbox: Sandbox, people: list[int], *words: str) -> list[int]:
    """Those who were told nothing that holds any of these words."""
    texts = {
        person: [each.get("text", "") for each in sandbox.acts.chat(person).messages.values()] for person in people
    }
    return [person for person in people if not any(word in text for text in texts[person] for word in words)]


async def until_answered(sandbox: Sandbox, people: list[int], *words: str) -> None:
    """Wait until all of them were told one of these."""
    for _ in range(int(PATIENCE * 20 / 0.1)):
        if not unanswered(sandbox, people, *words):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{len(unanswered(sandbox, people, *words))} were not answered")


@pytest.mark.timeout(900)
async def test_all_broken_files_at_once_cost_a_running_bot_little(tmp_path: Path) -> None:
    """Each comes from an administrator of its own; first a good one is examined, as that costs something too."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells the most memory that a process held")
    async with Sandbox(limits="off") as sandbox:
        sent = [(each, case) for case in (*CASES, *MADE) for each in uploads(case) if each.data]
        people = {case: sandbox.world.add_person(case, language_code="en").id for _, case in sent}
        first = sandbox.world.add_person("First", language_code="en").id
        good = await asyncio.to_thread((ROOT / "content" / "glossary.yaml").read_bytes)
        async with running(sandbox, tmp_path, [first, *people.values()]) as bot:
            sandbox.acts.upload(first, "glossary.yaml", good + b"# looked at\n", as_document=True)
            await until_answered(sandbox, [first], "Nothing changes for readers")
            before = most_memory(bot)
            for each, case in sent:
                sandbox.acts.upload(people[case], each.name, each.data, as_document=True)
            await until_answered(sandbox, list(people.values()), *REFUSED)
            after = most_memory(bot)
    print(f"{before} MB before, {after} MB at the most")
    assert after - before < MEMORY_MB
