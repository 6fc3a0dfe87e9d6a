"""A server in a process of its own that takes messages as fast as Python can: for measuring who sends to it."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import cast

import orjson
import uvloop

TOKEN = "1234567890:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"

_LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
_CHAT = re.compile(rb"chat_id\W+(-?\d+)")
_MESSAGE = (
    b'{"ok":true,"result":{"message_id":7,"from":{"id":1,"is_bot":true,"first_name":"B","username":"b_bot"},'
    b'"chat":{"id":%b,"first_name":"A","type":"private"},"date":1800000000,"text":"' + b"x" * 600 + b'"}}'
)
_ME = orjson.dumps({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}})


class _Server(asyncio.Protocol):
    """As little HTTP as a client needs: every request but getMe posts a message."""

    def __init__(self, delay: float) -> None:
        self._delay, self._heard = delay, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        heard = self._heard = self._heard + data if self._heard else data
        end = heard.find(b"\r\n\r\n")
        length = _LENGTH.search(heard, 0, end)
        if end < 0 or len(heard) < end + 4 + (int(length[1]) if length else 0):
            return
        self._heard = b""
        chat = _CHAT.search(heard)
        body = _ME if b"/getMe" in heard[:200] else _MESSAGE % (chat[1] if chat else b"1")
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
            len(body),
            body,
        )
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._put, answer)
        else:
            self._put(answer)

    def _put(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _serve(pipe: Connection, delay: float) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Server(delay), "127.0.0.1", 0, backlog=2048)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(run())


@contextmanager
def fast_server(delay: float = 0.0) -> Iterator[str]:
    """Its address; it answers after so many seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, delay), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()
