"""The way of a digest out: the whole of it, outbox writes included, beside the bare loops of the libraries there are.

All against the same small server in a process of its own, one after the other. A bare loop sends message after message
and writes nothing down; ours claims each row in the database before, and commits what became of it after. The library
over httpx and Node have their own event loop, all else runs on uvloop. CPU seconds are those of the sending process
with all its threads; the server's are not counted.
"""

from __future__ import annotations

import asyncio
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import uvloop
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.digests.sender import Limits
from bot.loop import keep_what_start_made
from bot.seal import Seal
from bot.store.database import open_database
from bot.transport.lines import Lines
from bot.transport.pacing import Pace
from bot.transport.posting import Posting
from bot.transport.request import AiohttpRequest
from tests.bench.fast_server import TOKEN, fast_server
from tests.digests.post_office import AT_ONCE, Letter, Office, people, plan, subscribe
from tests.store.postgresql import empty_database, running

Result = tuple[str, float, str]

SIDE_BY_SIDE = 64
TEXT = "Колокол rings: " + "a card of the digest with its figures, its source and a link to more. " * 15
GRAMMY = "grammy@1.46.0"
HOME = Path("var/bench/grammy")


@dataclass(frozen=True)
class Speed:
    """Messages a second, and CPU seconds per 1,000 of them."""

    messages: float
    cpu: float

    def rows(self, name: str) -> list[Result]:
        """As `make bench` shows it."""
        return [(f"{name}: sent", self.messages, "messages/s"), (f"{name}: CPU", self.cpu, "s per 1,000")]


class Watch:
    """Time and CPU time since it was made."""

    def __init__(self) -> None:
        self._began, self._used = time.perf_counter(), time.process_time()

    def speed(self, count: int) -> Speed:
        """Of so many messages."""
        took, used = time.perf_counter() - self._began, time.process_time() - self._used
        return Speed(count / took, used / count * 1000)


async def _bare(count: int, send: Callable[[int], Awaitable[Any]]) -> Speed:
    """A loop of one library: nothing but sending, so many side by side."""
    await asyncio.gather(*(send(1) for _ in range(SIDE_BY_SIDE)))  # connections are made
    left = iter(range(1, count + 1))

    async def work() -> None:
        for chat in left:
            await send(chat)

    watch = Watch()
    await asyncio.gather(*(work() for _ in range(SIDE_BY_SIDE)))
    return watch.speed(count)


async def _library(base: str, request: BaseRequest, count: int) -> Speed:
    async with Bot(TOKEN, base_url=f"{base}/bot", request=request, get_updates_request=request) as bot:
        return await _bare(count, lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"))


async def _aiogram(base: str, count: int) -> Speed:
    from aiogram import Bot as AiogramBot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(base), limit=SIDE_BY_SIDE)
    async with AiogramBot(TOKEN, session=session) as bot:
        return await _bare(count, lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"))


async def _telebot(base: str, count: int) -> Speed:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot

    asyncio_helper.API_URL = f"{base}/bot{{0}}/{{1}}"
    bot = AsyncTeleBot(TOKEN)
    try:
        return await _bare(count, lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"))
    finally:
        await bot.close_session()  # type: ignore[no-untyped-call]


async def _lines(base: str, count: int) -> Speed:
    lines = Lines(f"{base}/bot{TOKEN}")
    posting, letter = Posting(lines), Letter(TEXT)
    try:
        return await _bare(count, lambda chat: posting.send(chat, letter))
    finally:
        await lines.close()


def _grammy(base: str, count: int) -> Speed | str:
    """In Node, where that is installed; else why not."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "Node is not installed"
    HOME.mkdir(parents=True, exist_ok=True)
    try:
        if not (HOME / "node_modules/grammy").exists():
            command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME), GRAMMY]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
        shutil.copyfile(Path(__file__).parent / "grammy_loop.mjs", HOME / "loop.mjs")
        orders = [base, TOKEN, str(count), str(SIDE_BY_SIDE), TEXT]
        said = subprocess.run([node, str(HOME / "loop.mjs"), *orders], check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        return f"cannot run here ({type(error).__name__})"
    took = json.loads(said.stdout)
    return Speed(count / took["seconds"], took["cpu"] / count * 1000)


async def _whole(base: str, url: str, count: int, limits: Limits, pace: Pace) -> Speed:
    """The bot's own way: outbox, claims, pacer, outcomes."""
    letter = Letter(TEXT)

    async def printing(*_: object) -> list[Letter]:
        return [letter]

    database, seal = await open_database(url), Seal(bytes(64))
    await subscribe(database, seal, people(*range(1, count + 1)))
    await plan(database)
    office = Office(database, seal, base, TOKEN, pace=pace, limits=limits, printing=printing)
    watch = Watch()
    async with office.sending():
        await office.at_rest(patience=600, look_every=0.1)
        speed = watch.speed(count)
    assert await office.states() == {"sent": count}
    await database.close()
    return speed


def measure() -> list[Result]:
    """Takes some minutes on a busy machine."""
    results: list[Result] = []
    keep_what_start_made()  # as the bot does once it has started; for all who are measured here
    with fast_server() as base, running() as server, tempfile.TemporaryDirectory() as folder:
        stock = asyncio.run(_library(base, HTTPXRequest(SIDE_BY_SIDE, pool_timeout=60), 500))
        results += stock.rows("bare loop: python-telegram-bot over httpx")
        bare: dict[str, Callable[[], Awaitable[Speed]]] = {
            "python-telegram-bot over our request class": lambda: _library(base, AiohttpRequest(SIDE_BY_SIDE), 5000),
            "aiogram": lambda: _aiogram(base, 5000),
            "pyTelegramBotAPI": lambda: _telebot(base, 5000),
            "ours, without the outbox": lambda: _lines(base, 20_000),
        }
        for name, loop in bare.items():
            results += uvloop.run(_run(loop)).rows(f"bare loop: {name}")
        node = _grammy(base, 10_000)
        results += node.rows("bare loop: grammY on Node") if isinstance(node, Speed) else [(node, 0.0, "grammY")]
        results += uvloop.run(_ours(base, server, Path(folder)))
    return results


async def _run(loop: Callable[[], Awaitable[Speed]]) -> Speed:
    return await loop()


async def _ours(base: str, server: str, folder: Path) -> list[Result]:
    results: list[Result] = []
    paid = replace(Pace.of(1000), reserve=0, slack=0.0)
    async with AsyncExitStack() as stack:
        for most in (64, 1024):
            for name in ("SQLite", "PostgreSQL"):
                url = f"sqlite+aiosqlite:///{folder}/{most}.db"
                if name == "PostgreSQL":
                    url = await stack.enter_async_context(empty_database(server))
                speed = await _whole(base, url, 20_000, Limits(most, 100_000), AT_ONCE)
                results += speed.rows(f"whole way, {name}, {most} unconfirmed at most")
        url = f"sqlite+aiosqlite:///{folder}/paid.db"
        speed = await _whole(base, url, 20_000, Limits(64, 1000), paid)
    busy = speed.cpu * speed.messages / 10
    results += [*speed.rows("whole way at the paid 1,000 a second, SQLite"), ("of one core", busy, "%")]
    results.append(("most memory of this process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"))
    return results
