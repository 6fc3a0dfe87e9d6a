"""How fast requests and updates go: the library as it comes (over httpx) against what this bot uses.

Both run in this process, one after the other, against the same small server in a process of its own; `python -m
tests.bench.transport` prints the table. The server answers at once, or 50 ms later as Telegram does from far away.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from statistics import median
from typing import Any, cast

import orjson
import uvloop
from telegram import Bot, Update
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.transport.intake import Intake
from bot.transport.request import AiohttpRequest
from tests.transport.queue import FileSpool, message

TOKEN = "1234567890:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
RUNS = 3
AT_ONCE = 200
FAR = 0.05  # seconds

Result = tuple[str, float, str]
Loop = Callable[[], asyncio.AbstractEventLoop]


class _Server(asyncio.Protocol):
    """As little HTTP as a client needs: getUpdates hands out a line of updates, all else posts a message."""

    _offset = re.compile(rb'offset"?[:=]\s*"?(\d+)')
    _message = orjson.dumps({"ok": True, "result": message(1, 1)["message"]})
    _me = orjson.dumps(
        {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}},
    )

    def __init__(self, delay: float, updates: int) -> None:
        self._delay, self._updates = delay, updates
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not found or len(body) < (int(length[1]) if length else 0):
            return
        self._buffer = b""
        if b"/getUpdates" in head:
            self._hand_out(body)
        elif b"/getMe" in head or b"/deleteWebhook" in head:
            self._put(self._me)
        elif self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._put, self._message)
        else:
            self._put(self._message)

    def _hand_out(self, body: bytes) -> None:
        offset = self._offset.search(body)
        first = max(1, int(offset[1]) if offset else 1)
        line = [message(number, 1 + number % 500) for number in range(first, min(first + 100, self._updates + 1))]
        answer = orjson.dumps({"ok": True, "result": line})
        asyncio.get_running_loop().call_later(0.001 if line else 1.0, self._put, answer)

    def _put(self, body: bytes) -> None:
        if not self._transport.is_closing():
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            self._transport.write(head + body)


def _serve(pipe: Connection, delay: float, updates: int) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Server(delay, updates), "127.0.0.1", 0, backlog=1024
        )
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(run())


@contextmanager
def _server(delay: float, updates: int = 0) -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, delay, updates), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/bot"
    finally:
        process.kill()
        process.join()


async def _messages(base: str, request: BaseRequest, count: int) -> float:
    """Messages sent a second, so many at once."""
    bot = Bot(TOKEN, base_url=base, request=request, get_updates_request=request)
    left = iter(range(count))

    async def send() -> None:
        for number in left:
            await bot.send_message(1, f"message {number}")

    async with bot:
        await asyncio.gather(*(bot.send_message(1, "warm") for _ in range(AT_ONCE)))
        began = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        return count / (time.perf_counter() - began)


async def _stock_updates(base: str, count: int) -> float:
    """Updates answered a second by the library's own updater and application."""
    answered = 0
    done = asyncio.Event()

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        nonlocal answered
        assert update.effective_chat is not None
        await context.bot.send_message(update.effective_chat.id, "answer")
        answered += 1
        if answered == count:
            done.set()

    app: Any = Application.builder().token(TOKEN).base_url(base).build()
    app.add_handler(MessageHandler(filters.ALL, answer))
    async with app:
        await app.start()
        began = time.perf_counter()
        await app.updater.start_polling()
        await done.wait()
        took = time.perf_counter() - began
        await app.updater.stop()
        await app.stop()
    return count / took


async def _our_updates(base: str, count: int) -> float:
    """Updates answered a second through the intake, with a spool."""
    answered = 0
    done = asyncio.Event()
    bot: ExtBot[Any] = ExtBot(TOKEN, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest())

    async def answer(raw: dict[str, Any]) -> None:
        nonlocal answered
        update = Update.de_json(raw, bot)
        assert update.effective_chat is not None
        await bot.send_message(update.effective_chat.id, "answer")
        answered += 1
        if answered == count:
            done.set()

    spool = FileSpool()
    async with bot, AiohttpRequest() as polling:
        intake = Intake(polling, f"{base}{TOKEN}", answer, spool=spool)
        began = time.perf_counter()
        running = asyncio.create_task(intake.run())
        await done.wait()
        took = time.perf_counter() - began
        intake.stop()
        await running
    spool.close()
    return count / took


def _median(loop: Loop, work: Callable[[], Awaitable[float]], runs: int = RUNS) -> float:
    async def once() -> float:
        return await work()

    figures = []
    for _ in range(runs):
        with asyncio.Runner(loop_factory=loop) as runner:
            figures.append(runner.run(once()))
    return median(figures)


def measure() -> list[Result]:
    """Each figure is the median of three runs; takes about a minute on a quiet machine."""
    stock, ours = asyncio.new_event_loop, uvloop.new_event_loop
    results: list[Result] = []
    for name, delay in (("at once", 0.0), ("after 50 ms", FAR)):
        with _server(delay) as base:
            slow = _median(stock, lambda base=base: _messages(base, HTTPXRequest(), 200))  # type: ignore[misc]
            fast = _median(ours, lambda base=base: _messages(base, AiohttpRequest(), 4000))  # type: ignore[misc]
        results += [
            (f"sendMessage, answered {name}, {AT_ONCE} side by side: stock over httpx", slow, "requests/s"),
            (f"sendMessage, answered {name}, {AT_ONCE} side by side: over aiohttp", fast, "requests/s"),
        ]
    with _server(FAR, 40) as base:
        slow = _median(stock, lambda: _stock_updates(base, 40))
    with _server(FAR, 4000) as base:
        fast = _median(ours, lambda: _our_updates(base, 4000))
    results += [
        ("updates answered, 50 ms to the server: stock updater and application", slow, "updates/s"),
        ("updates answered, 50 ms to the server: our intake", fast, "updates/s"),
    ]
    return results


if __name__ == "__main__":
    for label, value, unit in measure():
        print(f"{value:10.0f} {unit:10}  {label}")
