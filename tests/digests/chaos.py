"""Broadcasts in which the bot is killed over and over; what was promised is counted in the sandbox's own log.

People and groups: lost 0, doubled at most the messages whose claim was committed and whose outcome was not. Channels:
doubled 0, missed at most the same number, each listed as unconfirmed. `make chaos` runs them at full size.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any

import orjson
from sqlalchemy import func, select

from bot.digests.probe import Point
from bot.seal import Seal
from bot.store.database import Database, open_database
from bot.store.states import Delivery
from bot.store.tables import outbox
from bot.subscription import ChatKind
from tests.digests.chaos_bot import PLANNING
from tests.digests.post_office import Recipient, key_of, subscribe
from tests.sandbox.apart import Apart, sandbox_apart
from tests.store.conftest import KEY
from tests.store.postgresql import empty_database, running

POINTS = (PLANNING, *(point.value for point in Point))
PATIENCE = 240.0
"""Seconds that one life of the bot may last on a busy machine."""


@dataclass(frozen=True)
class Size:
    """How many get it, in how many parts, how fast, and how many messages may be unconfirmed at a time."""

    people: int = 1500
    groups: int = 200
    channels: int = 300
    parts: int = 2
    rate: int = 1000
    most: int = 64
    patience: float = 10.0

    @property
    def recipients(self) -> int:
        """All of them."""
        return self.people + self.groups + self.channels


@dataclass(frozen=True)
class Kill:
    """Where the bot ends: at a point, once it was passed so many times."""

    point: str
    skip: int = 0


@dataclass
class Toll:
    """What a broadcast came to. `claimed` is, kill by kill, how many rows were claimed without an outcome."""

    killed_at: list[str] = field(default_factory=list)
    claimed: list[int] = field(default_factory=list)
    sent_at_kill: list[int] = field(default_factory=list)
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    answered_by_fault: int = 0
    unanswered_by_fault: int = 0
    channels_doubled: int = 0
    channels_missed: int = 0
    channels_unlisted: int = 0
    states: Counter[str] = field(default_factory=Counter)


class Broadcast:
    """One edition to many, over a sandbox with faults, on a database."""

    def __init__(self, database: Database, sandbox: Apart, size: Size, url: str, seed: int) -> None:
        self._database, self._sandbox, self._size, self._url = database, sandbox, size, url
        self._chance = random.Random(seed)
        self.toll = Toll()
        self._people: list[int] = []
        self._groups: list[int] = []
        self._channels: list[int] = []
        self._silent: set[int] = set()
        self._moved: dict[int, int] = {}
        self._answered_by_fault = self._unanswered_by_fault = 0

    async def prepare(self) -> None:
        """People the sandbox, subscribe everybody, script the faults."""
        size, moving = self._size, max(1, self._size.groups // 10)
        numbers = {"people": size.people, "supergroups": size.groups + moving, "channels": size.channels}
        found = await self._sandbox.post("population", **numbers)
        self._people, self._channels = found["people"], found["channels"]
        self._groups = found["supergroups"][: size.groups]
        self._moved = dict(zip(self._groups, found["supergroups"][size.groups :], strict=False))
        faults = list(self._faults())
        await self._sandbox.post("faults", faults=faults, seed=1)
        kinds = {ChatKind.PRIVATE: self._people, ChatKind.GROUP: self._groups, ChatKind.CHANNEL: self._channels}
        recipients = [Recipient(chat, kind) for kind, chats in kinds.items() for chat in chats]
        self._chance.shuffle(recipients)
        due = {"next_due": int(time()) - 60}
        await subscribe(self._database, Seal(KEY), recipients, **due)

    def _faults(self) -> Iterable[dict[str, Any]]:
        """Each chat is struck by one at most, so that what is counted in the end can be told apart."""
        free = {"people": self._some(self._people), "channels": self._some(self._channels)}
        free["groups"] = self._some([chat for chat in self._groups if chat not in self._moved])
        share = max(2, self._size.recipients // 100)

        def strike(kind: str, where: str, number: int = share, **settings: Any) -> list[dict[str, Any]]:
            chats = list(itertools.islice(free[where], number))
            if settings.get("times", 1) is None:
                self._silent.update(chats)
            elif kind.endswith("after") and where != "channels":
                self._answered_by_fault += len(chats)
            elif where == "channels" and kind != "too_many":
                self._unanswered_by_fault += len(chats)
            skip = self._chance.randrange(self._size.parts) if settings.get("times", 1) else 0
            return [{"kind": kind, "chat_ids": chats, "skip": skip, "method": "sendMessage", **settings}]

        few = max(1, share // 4)
        yield from strike("too_many", "people", retry_after=1)
        yield from strike("too_many", "channels", few, retry_after=1)
        yield from strike("error", "people", code=502)
        yield from strike("error_after", "people", code=500)
        yield from strike("error", "channels", few, code=502)
        yield from strike("error_after", "channels", few, code=504)
        yield from strike("drop_before", "people")
        yield from strike("drop_after", "people")
        yield from strike("drop_after", "groups", few)
        yield from strike("drop_before", "channels", few)
        yield from strike("drop_after", "channels", few)
        yield from strike("blocked", "people", times=None)
        yield from strike("deactivated", "people", few, times=None)
        yield from strike("kicked", "groups", few, times=None)
        yield from strike("no_rights", "channels", few, times=None)
        yield from strike("thread_gone", "groups", few, times=None)
        for old, new in self._moved.items():
            yield {"kind": "migrated", "chat_id": old, "migrate_to": new, "times": None, "method": "sendMessage"}

    def _some(self, chats: list[int]) -> Iterable[int]:
        return iter(self._chance.sample(chats, len(chats)))

    async def live(self, kill: Kill | None) -> bool:
        """One life of the bot; whether it came to the point and was killed there, instead of finishing."""
        process = await self._start(kill)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                word = (await process.stdout.readline()).decode().strip()
        finally:
            process.kill()
            await process.wait()
        if kill is None or word == "finished":
            assert word == "finished", "the bot ended by itself"
            return False
        assert word == kill.point, "the bot ended by itself"
        self.toll.killed_at.append(word)
        self.toll.claimed.append(await self._count(outbox.c.state == Delivery.SENDING))
        self.toll.sent_at_kill.append(int((await self._sandbox.get("log", limit=1))["last"]))
        return True

    async def _start(self, kill: Kill | None) -> Process:
        size = self._size
        orders = {
            "database": self._url,
            "base": self._sandbox.url,
            "token": self._sandbox.token,
            "key": KEY.hex(),
            "rate": size.rate,
            "most": size.most,
            "parts": size.parts,
            "patience": size.patience,
            "point": kill.point if kill else None,
            "skip": kill.skip if kill else 0,
        }
        command = [sys.executable, "-m", "tests.digests.chaos_bot"]
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        assert process.stdin is not None
        process.stdin.write(orjson.dumps(orders))
        process.stdin.write_eof()
        return process

    async def _count(self, condition: Any) -> int:
        async with self._database.read() as connection:
            return (await connection.execute(select(func.count()).select_from(outbox).where(condition))).scalar_one()

    async def reckon(self) -> Toll:
        """Count in the sandbox's log what everybody got."""
        log = await self._sandbox.log()
        got = Counter((taken["chat_id"], taken["text"].rpartition(" ")[2]) for taken in log)
        toll, parts = self.toll, [str(part) for part in range(1, self._size.parts + 1)]
        toll.messages, toll.answered_by_fault = len(log), self._answered_by_fault
        toll.unanswered_by_fault = self._unanswered_by_fault
        wanted = [self._moved.get(chat, chat) for chat in (*self._people, *self._groups) if chat not in self._silent]
        toll.lost = sum(not got[chat, part] for chat in wanted for part in parts)
        toll.doubled = sum(max(0, got[chat, part] - 1) for chat in wanted for part in parts)
        posts = [chat for chat in self._channels if chat not in self._silent]
        toll.channels_doubled = sum(max(0, got[chat, part] - 1) for chat in posts for part in parts)
        missed = {key_of(chat) for chat in posts if not all(got[chat, part] for part in parts)}
        async with self._database.read() as connection:
            rows = (await connection.execute(select(outbox.c.chat, outbox.c.state))).all()
        listed = {row.chat for row in rows if row.state == Delivery.UNCONFIRMED}
        toll.channels_missed, toll.channels_unlisted = len(missed), len(missed - listed)
        toll.states = Counter(row.state for row in rows)
        assert not [taken for taken in log if taken["chat_id"] in self._silent], "a chat that refuses got a message"
        return toll


@asynccontextmanager
async def broadcast(url: str, size: Size, seed: int = 7) -> AsyncIterator[Broadcast]:
    """A broadcast that is prepared and not begun."""
    async with sandbox_apart(limits="off", seed=seed) as sandbox:
        database = await open_database(url)
        try:
            made = Broadcast(database, sandbox, size, url, seed)
            await made.prepare()
            yield made
        finally:
            await database.close()


async def killed(url: str, size: Size, kills: Sequence[Kill], seed: int = 7) -> Toll:
    """A whole broadcast with these kills, one after the other."""
    async with broadcast(url, size, seed) as one:
        for kill in kills:
            if not await one.live(kill):
                break
        await one.live(None)
        return await one.reckon()


def storm(size: Size, kills: int, seed: int = 7) -> list[Kill]:
    """So many kills at points drawn by lot, spread over a broadcast."""
    chance = random.Random(seed)
    points = [Point.CLAIMED, Point.LEFT, Point.TAKEN, Point.COMMITTING, Point.BETWEEN_PARTS]
    often = size.recipients * size.parts // (kills * 2)
    rows = {Point.LEFT: often, Point.TAKEN: often}
    return [Kill(point.value, chance.randrange(1, rows.get(point, 4))) for point in chance.choices(points, k=kills)]


def held_to_promise(toll: Toll, size: Size) -> None:
    """Assert what was promised."""
    assert toll.lost == 0, toll
    assert all(claimed <= size.most for claimed in toll.claimed), toll
    assert toll.doubled <= sum(toll.claimed) + toll.answered_by_fault, toll
    assert toll.channels_doubled == 0, toll
    assert toll.channels_unlisted == 0, toll
    assert toll.channels_missed <= sum(toll.claimed) + toll.unanswered_by_fault, toll
    assert sum(toll.states.values()) == size.recipients, toll
    assert not {Delivery.QUEUED, Delivery.RETRY, Delivery.SENDING} & set(toll.states), toll


async def _at_full_size(url: str, name: str) -> None:
    size = Size()
    middle = size.recipients * size.parts // 3
    skips = {Point.LEFT: middle, Point.TAKEN: middle, Point.CLAIMED: 20, Point.COMMITTING: 20, PLANNING: 1}
    scenes = {point: [Kill(point, skips.get(point, 0))] for point in POINTS} | {"a storm of 20": storm(size, 20)}
    for number, (scene, kills) in enumerate(scenes.items()):
        async with _fresh(url, number) as address:
            toll = await killed(address, size, kills)
        held_to_promise(toll, size)
        assert len(toll.killed_at) == len(kills), toll
        print(
            f"{name:<10} {scene:<14} kills {len(toll.killed_at):>2}  claimed then {sum(toll.claimed):>4}  "
            f"messages {toll.messages}  people and groups: lost {toll.lost}, doubled {toll.doubled} "
            f"(of these up to {toll.answered_by_fault} by faults)  channels: doubled {toll.channels_doubled}, "
            f"missed {toll.channels_missed} (of these up to {toll.unanswered_by_fault} by faults), "
            f"listed {toll.states[Delivery.UNCONFIRMED]}",
            flush=True,
        )


@asynccontextmanager
async def _fresh(url: str, number: int) -> AsyncIterator[str]:
    if not url.startswith("postgresql"):
        yield url.replace(".db", f"{number}.db")
        return
    async with empty_database(url) as address:
        yield address


def main() -> None:
    """Every point and the storm, on both databases, at full size."""
    with tempfile.TemporaryDirectory() as folder, running() as server:
        asyncio.run(_at_full_size(f"sqlite+aiosqlite:///{folder}/chaos.db", "SQLite"))
        asyncio.run(_at_full_size(server, "PostgreSQL"))


if __name__ == "__main__":
    main()
