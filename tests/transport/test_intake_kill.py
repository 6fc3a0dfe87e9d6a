"""A bot killed in the middle of its work answers, once it runs again, every update; the sandbox's log counts."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.transport.queue import until

LONGEST_LINE = 150  # messages of one chat: more than getUpdates gives at once


@contextlib.asynccontextmanager
async def bot_process(sandbox: Sandbox, spool: Path | None) -> AsyncIterator[asyncio.subprocess.Process]:
    """The echo bot, killed with signal 9 at the end of the block."""
    command = [
        sys.executable,
        "-m",
        "tests.transport.echo",
        sandbox.url,
        sandbox.token,
        *([str(spool)] if spool else []),
    ]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("with_spool", [False, True], ids=["no spool", "spool"])
async def test_every_update_is_answered_though_the_bot_is_killed_three_times(tmp_path: Path, with_spool: bool) -> None:
    spool = tmp_path / "spool.db" if with_spool else None
    async with Sandbox(limits="off") as sandbox:
        people = [sandbox.world.add_person(f"P{number}").id for number in range(12)]
        lines = {person: LONGEST_LINE if person == people[0] else 8 for person in people}
        wanted = []
        for number in range(LONGEST_LINE):
            for person in people:
                if number < lines[person]:
                    sandbox.acts.send(person, f"{number}")
                    wanted.append((person, f"{number}"))

        def answered() -> Counter[tuple[int, str]]:
            return Counter((taken.chat_id, taken.text) for taken in sandbox.journal.messages)

        for share in (0.2, 0.4, 0.6):
            async with bot_process(sandbox, spool):
                await until(lambda share=share: len(answered()) >= share * len(wanted), 30)  # type: ignore[misc]
        at_the_last_kill = len(answered())
        async with bot_process(sandbox, spool):
            await until(lambda: set(answered()) >= set(wanted), 30)
            await until(lambda: not len(sandbox.world.updates))
            if spool:
                base = sqlite3.connect(spool)
                await until(lambda: base.execute("select count(*) from spool").fetchone() == (0,))
                base.close()

    counts = answered()
    assert set(counts) == set(wanted)
    assert at_the_last_kill < len(wanted), "it was killed in the middle"
    first_seen: dict[int, list[int]] = {person: [] for person in people}
    for taken in sandbox.journal.messages:
        if int(taken.text) not in first_seen[taken.chat_id]:
            first_seen[taken.chat_id].append(int(taken.text))
    assert all(seen == sorted(seen) for seen in first_seen.values()), "each chat is answered in order"
    if with_spool:
        # Handled again is at most what was under way or not yet dropped at each kill, not the whole window.
        assert sum(counts.values()) - len(counts) <= 3 * 100
