"""The queue of updates as Telegram keeps it, for tests of the intake, and a spool for them."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import SystemClock
from tests.transport.wire import TOKEN, web_server


def message(number: int, chat: int, text: str = "") -> dict[str, Any]:
    """An update with a message of a private chat."""
    body = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "text": text or str(number)}
    return {"update_id": number, "message": body}


class UpdateQueue:
    """getUpdates as in tdlib/telegram-bot-api: confirms below the offset, holds empty requests open, and answers a
    request that repeats the offset within half a second with one update only."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.refusals: list[tuple[int, dict[str, Any]]] = []
        self.before_answer: Callable[[dict[str, Any]], None] = lambda _: None
        self._added = asyncio.Event()
        self._last: tuple[int, float] = (-1, 0.0)

    def add(self, *updates: dict[str, Any]) -> None:
        self.updates.extend(updates)
        self._added.set()

    @property
    def offsets(self) -> list[int]:
        return [asked.get("offset", 0) for asked in self.asked]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        assert request.path == f"/bot{TOKEN}/getUpdates"
        asked = await request.json()
        if self.refusals:
            status, body = self.refusals.pop(0)
            return web.json_response({"ok": False, "error_code": status, **body}, status=status)
        self.asked.append(asked)
        self.before_answer(asked)
        offset, limit = asked.get("offset", 0), asked.get("limit", 100)
        if self._last[0] == offset and time.monotonic() < self._last[1] + 0.5:
            limit = 1
        self._last = offset, time.monotonic()
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        until = time.monotonic() + asked["timeout"]
        while not self.updates and time.monotonic() < until:
            self._added.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._added.wait(), max(0, until - time.monotonic()))
        return web.json_response({"ok": True, "result": self.updates[:limit]})


@contextlib.asynccontextmanager
async def update_queue() -> AsyncIterator[tuple[UpdateQueue, str]]:
    """The queue, and the base address with the token."""
    queue = UpdateQueue()
    async with web_server(queue.answer) as base:
        yield queue, f"{base}/bot{TOKEN}"


class FileSpool:
    """A spool in one SQLite file; `kept` are the ids it ever kept, `broken` makes it fail."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("create table if not exists spool (id integer primary key, raw blob not null)")
        self.kept: list[int] = []
        self.broken = False

    async def keep(self, updates: Sequence[tuple[int, bytes]]) -> None:
        if self.broken:
            raise sqlite3.OperationalError("database or disk is full")
        self._base.execute("begin immediate")
        self._base.executemany("insert or ignore into spool values (?, ?)", updates)
        self._base.execute("commit")
        self.kept += [number for number, _ in updates]

    async def drop(self, update_ids: Collection[int]) -> None:
        if self.broken:
            raise sqlite3.OperationalError("database or disk is full")
        self._base.executemany("delete from spool where id = ?", [(number,) for number in update_ids])

    async def load(self) -> list[tuple[int, bytes]]:
        return list(self._base.execute("select id, raw from spool order by rowid"))

    def close(self) -> None:
        self._base.close()


class QuickClock(SystemClock):
    """A clock whose long sleeps are noted and over at once; short ones are real."""

    def __init__(self, longest: float = 0.2) -> None:
        self.sleeps: list[float] = []
        self._longest = longest

    async def sleep(self, seconds: float) -> None:
        if seconds > self._longest:
            self.sleeps.append(seconds)
        await asyncio.sleep(min(seconds, 0.005) if seconds > self._longest else seconds)


async def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something to come true, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.002)
