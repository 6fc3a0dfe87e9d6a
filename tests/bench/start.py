"""How long the bot takes to be ready, and its memory at rest: in a process of its own, against the sandbox."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE

from bot.sandbox import Sandbox
from bot.settings import ROOT

RUNS = 5
READY = b"ready:"


async def _once(folder: str) -> tuple[float, float]:
    """Seconds from the start of the process to its line "ready", and megabytes resident two seconds later."""
    async with Sandbox(limits="off") as sandbox:
        environment = {
            **os.environ,
            "KOLOKOL_TOKEN": sandbox.token,
            "KOLOKOL_BOT_API_URL": sandbox.url,
            "KOLOKOL_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
            "KOLOKOL_KEY_FILE": f"{folder}/seal.key",
        }
        begin = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", cwd=ROOT, env=environment, stderr=PIPE
        )
        assert process.stderr
        try:
            while line := await process.stderr.readline():
                if READY in line:
                    break
            ready = time.perf_counter() - begin
            await asyncio.sleep(2)
            return ready, _resident(process.pid)
        finally:
            process.terminate()
            await process.wait()


def _resident(pid: int) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return kilobytes / 1024


def measure() -> list[tuple[str, float, str]]:
    """Medians of several starts; the first one, which also makes the database, does not count."""
    with tempfile.TemporaryDirectory() as folder:
        found = [asyncio.run(_once(folder)) for _ in range(RUNS + 1)][1:]
    ready, memory = zip(*found, strict=True)
    return [
        ("start to ready (aim 1.5)", statistics.median(ready), "s"),
        ("memory at rest (aim 120)", statistics.median(memory), "MB"),
    ]
