"""A sandbox in a process of its own, steered over HTTP: what a bot that is killed leaves behind stays there."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import orjson

PATIENCE = 60.0
"""Seconds that starting and stopping may take on a busy machine."""


class Apart:
    """The running sandbox: its address, its token, and its routes under /sandbox/."""

    def __init__(self, url: str, token: str, http: aiohttp.ClientSession) -> None:
        self.url, self.token = url, token
        self._http = http

    async def get(self, path: str, **asked: Any) -> dict[str, Any]:
        """Read a route."""
        return await self._asked("GET", path, params={k: str(v) for k, v in asked.items()})

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Act or steer."""
        return await self._asked("POST", path, json=body)

    async def delete(self, path: str) -> dict[str, Any]:
        """Take faults or the log away."""
        return await self._asked("DELETE", path)

    async def _asked(self, verb: str, path: str, **how: Any) -> dict[str, Any]:
        async with self._http.request(verb, f"{self.url}/sandbox/{path}", **how) as response:
            body: dict[str, Any] = orjson.loads(await response.read())
        assert response.status == 200, body
        return body

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the Bot API; the whole answer."""
        async with self._http.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            body: dict[str, Any] = orjson.loads(await response.read())
        return body

    async def log(self, *, texts: str = "whole") -> list[dict[str, Any]]:
        """The whole message log, read slice by slice; `texts="hash"` for hashes in the place of texts."""
        found: list[dict[str, Any]] = []
        while True:
            part = await self.get("log", after=found[-1]["seq"] if found else 0, texts=texts)
            found += part["log"]
            if not part["log"] or found[-1]["seq"] >= part["last"]:
                return found


@asynccontextmanager
async def sandbox_apart(*, limits: str = "off", seed: int = 0) -> AsyncIterator[Apart]:
    """Start a sandbox on a free port and stop it in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--limits", limits, "--seed", str(seed), stdout=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stdout.readline()
        started = orjson.loads(line)
        async with aiohttp.ClientSession() as http:
            yield Apart(started["url"], started["token"], http)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            raise
