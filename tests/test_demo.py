"""`kolokol demo` as a newcomer starts it: one address, a page behind it, a clean end on Ctrl-C."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

from bot.settings import ROOT
from tests.conversation import PATIENCE, YOU


@asynccontextmanager
async def demo() -> AsyncIterator[tuple[Process, str]]:
    """A running demo on a free port, and its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "demo", "--port", "0", cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout
    try:
        async with asyncio.timeout(PATIENCE * 2):
            line = (await process.stdout.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        yield process, address[0]
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_it_prints_one_address_serves_the_page_and_ends_on_ctrl_c() -> None:
    async with demo() as (process, address):
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as page:
                assert page.status == 200
                assert "<html" in await page.text()
            body = {"viewer": YOU, "chat_id": YOU, "text": "how many people left russia"}
            async with session.post(f"{address}/sandbox/send", json=body) as sent:
                assert sent.status == 200
            texts: list[str] = []
            for _ in range(int(PATIENCE / 0.05)):
                async with session.get(f"{address}/sandbox/state") as got:
                    views = (await got.json())["views"]
                texts = [each["text"] for each in views[0]["messages"]]
                if len(texts) == 2:
                    break
                await asyncio.sleep(0.05)
            assert len(texts) == 2
            place = re.search(r": (/.+)$", (await process.stdout.readline()).decode()) if process.stdout else None
            assert place
            copy = Path(place[1].strip())
            assert await asyncio.to_thread(copy.is_dir)
            assert not copy.is_relative_to(ROOT), "editors at play change no file of the checkout"
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            out, complaints = await process.communicate()
        assert process.returncode == 0
        assert out.decode().strip() in ("", "Stopped.")
        assert complaints.decode() == ""
