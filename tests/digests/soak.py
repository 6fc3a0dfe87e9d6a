"""The pace of messages measured where they arrive: digests to people, groups and channels, and answers between them.

`make soak` takes ten minutes at Telegram's own pace; the sender, its outbox and the pacer are those of the bot, the
sandbox runs in a process of its own and holds the same limits with refusals.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from bot.digests.sender import Limits
from bot.seal import Seal
from bot.store.database import open_database
from bot.transport.lines import Lines
from bot.transport.pacing import Pace, Priority
from bot.transport.posting import Posting
from bot.transport.request import Timeouts
from tests.digests.post_office import Letter, Office, Recipient, channels, groups, people, plan, subscribe
from tests.sandbox.apart import Apart, sandbox_apart

ANSWERED = 400
"""People who ask things; they get no digest, so that each answer's place in the log is known."""


@dataclass
class Figures:
    """What was measured. `arrivals` are moments of the sandbox's clock, `waits` how long answers waited to leave."""

    arrivals: list[float] = field(default_factory=list)
    digests: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    refusals: int = 0

    @property
    def seconds(self) -> float:
        """From the first arrival to the last."""
        return self.arrivals[-1] - self.arrivals[0]


def most_in_any(window: float, moments: Sequence[float]) -> int:
    """The most moments in any half-open stretch of this length; `moments` in order."""
    return max(bisect_left(moments, moment + window) - at for at, moment in enumerate(moments))


def average(moments: Sequence[float]) -> float:
    """How many a second."""
    return (len(moments) - 1) / (moments[-1] - moments[0])


async def soak(seconds: float, answers_per_second: float, limit: int = 30) -> Figures:
    """Keep the digest lane full for so long, with answers between."""
    figures, pace = Figures(), Pace.of(limit)
    count = int(seconds * limit) + 100
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox_apart(limits="strict") as sandbox:
            office, asking = await _office(sandbox, Path(folder), pace, count)
            await sandbox.delete("log")
            async with office.sending():
                end = time.monotonic() + seconds
                await _answer(office, asking, figures, answers_per_second, end)
            await _read(sandbox, figures)
            await office.database.close()
    return figures


async def _office(sandbox: Apart, folder: Path, pace: Pace, count: int) -> tuple[Office, list[int]]:
    overall = {"count": pace.overall, "window": 1.0}
    await sandbox.post("limits", overall=overall)
    found = await sandbox.post("population", people=count, supergroups=count // 10, channels=count // 10)
    asking = (await sandbox.post("population", people=ANSWERED))["people"]
    everybody: list[Recipient] = [
        *people(*found["people"]),
        *groups(*found["supergroups"]),
        *channels(*found["channels"]),
    ]
    random.Random(1).shuffle(everybody)
    database = await open_database(f"sqlite+aiosqlite:///{folder}/soak.db")
    seal = Seal(bytes(64))
    await subscribe(database, seal, everybody)
    await plan(database)
    office = Office(database, seal, sandbox.url, sandbox.token, pace=pace, timeouts=Timeouts(read=20.0))
    office.limits = Limits(64, pace.overall)
    return office, asking


async def _answer(office: Office, asking: list[int], figures: Figures, rate: float, end: float) -> None:
    """Answers at random moments, to each person so rarely that their own limit is not met."""
    chance, lines = random.Random(2), Lines(f"{office.base}/bot{office.token}", timeouts=Timeouts(read=20.0))
    posting, tasks = Posting(lines), set()
    pacer = office.pacer
    assert pacer is not None

    async def one(person: int) -> None:
        asked = time.monotonic()

        async def call() -> int:
            figures.waits.append(time.monotonic() - asked)
            return await posting.send(person, Letter("answer"))

        await pacer.send(person, 1, call, Priority.ANSWER)

    number = 0
    while time.monotonic() < end:
        await asyncio.sleep(min(chance.expovariate(rate), end - time.monotonic()) if rate else 0.5)
        if rate and time.monotonic() < end:
            tasks.add(asyncio.create_task(one(asking[number % ANSWERED])))
            number += 1
    await asyncio.gather(*tasks)
    await lines.close()


async def _read(sandbox: Apart, figures: Figures) -> None:
    for taken in await sandbox.log():
        figures.arrivals.append(taken["at"])
        answer = taken["text"] == "answer"
        kind = "answer" if answer else "private" if taken["chat_id"] > 0 else "group or channel"
        figures.kinds[kind] += 1
        if not answer:
            figures.digests.append(taken["at"])
    requests = (await sandbox.get("figures"))["requests"]
    figures.refusals = requests.get("sendMessage", {}).get("429", 0)


def report(figures: Figures, pace: Pace) -> list[tuple[str, float, str]]:
    """The figures, as `make bench` shows them."""
    digests = pace.overall - pace.reserve
    waits = sorted(figures.waits) or [0.0]
    return [
        ("measured for", figures.seconds, "s"),
        *((f"arrived: {kind}", float(number), "messages") for kind, number in sorted(figures.kinds.items())),
        (f"most in any sliding second, all (limit {pace.overall})", most_in_any(1.0, figures.arrivals), "messages"),
        (f"average, all (98 % of the limit is {pace.overall * 0.98:.2f})", average(figures.arrivals), "messages/s"),
        (f"average, digests (98 % of their limit is {digests * 0.98:.2f})", average(figures.digests), "messages/s"),
        ("refused with 429", float(figures.refusals), "requests"),
        ("an answer waits to leave: median", waits[len(waits) // 2] * 1000, "ms"),
        ("an answer waits to leave: 99 of 100", waits[int(len(waits) * 0.99)] * 1000, "ms"),
        ("an answer waits to leave: longest", waits[-1] * 1000, "ms"),
    ]


def main() -> None:
    """Measure and say what came of it; fails where the limit was passed or Telegram would have refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--answers", type=float, default=2.0, help="a second")
    parser.add_argument("--limit", type=int, default=30, help="messages a second in all")
    given = parser.parse_args()
    pace = Pace.of(given.limit)
    figures = uvloop.run(soak(given.minutes * 60, given.answers, given.limit))
    for name, value, unit in report(figures, pace):
        print(f"  {name:<64} {value:>10,.2f} {unit}")
    digests = pace.overall - pace.reserve
    passed = most_in_any(1.0, figures.arrivals) <= pace.overall and figures.refusals == 0
    if not passed or average(figures.digests) < 0.98 * digests:
        sys.exit("the pace was not kept")


if __name__ == "__main__":
    main()
