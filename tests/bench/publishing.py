"""From a file that is saved in the folder of the shipped content to the answer that has changed, and how long readers
wait for answers meanwhile: a real bot in a process of its own, whom readers ask twenty things a second."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sandbox.journal import Taken
from bot.settings import ROOT
from tests.bench.search_speed import SHIPPED, percentile
from tests.following import TITLE, copy_of_the_content

TITLES = [f"How many {verb}" for verb in ("went", "fled", "moved", "escaped", "parted", "withdrew", "emigrated", "go")]
"""Without figures: no line of a source would have them. The first, which may come before the bot has begun to watch,
does not count."""
PATIENCE = 240.0
EVERY_SECONDS = 0.05
TICK_SECONDS = 0.002
REST_SECONDS = 2.0
"""Between two saves: answers are timed then too."""
ASKED = "/topic numbers"
READERS = 200
"""They take turns, so that no chat gets more than one message a second."""


@dataclass
class Readers:
    """They ask at even moments, whether the bot answers or not. `waited`: when each asked, and the seconds it took."""

    sandbox: Sandbox
    waited: list[tuple[float, float]] = field(default_factory=list)
    _asked: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _awaited: tuple[str, asyncio.Event] = field(default_factory=lambda: ("", asyncio.Event()))

    async def ask_for_ever(self) -> None:
        """Every other question is for the title of the topic."""
        people = cycle([self.sandbox.world.add_person(f"Reader {number}").id for number in range(READERS)])
        questions = cycle([words for question in SHIPPED for words in (ASKED, question)])
        due, seen = time.time(), self.sandbox.journal.last
        while True:
            if time.time() >= due:
                due += EVERY_SECONDS
                person = next(people)
                self._asked[person].append(time.time())
                self.sandbox.acts.send(person, next(questions))
            for message in self.sandbox.journal.after(seen):
                seen = message.seq
                self._take(message)
            await asyncio.sleep(TICK_SECONDS)

    def _take(self, message: Taken) -> None:
        """An answer; the questions of one person are answered in their order."""
        if self._asked[message.chat_id]:
            asked = self._asked[message.chat_id].popleft()
            self.waited.append((asked, message.at - asked))
        if self._awaited[0] in message.text.split("\n")[0]:
            self._awaited[1].set()

    async def see(self, title: str) -> None:
        """Wait until one of them reads this title."""
        self._awaited = (title, asyncio.Event())
        async with asyncio.timeout(PATIENCE):
            await self._awaited[1].wait()


@asynccontextmanager
async def _asked(place: Path) -> AsyncIterator[Readers]:
    """A bot as `kolokol run` starts it, and its readers."""
    copy_of_the_content(place)
    async with Sandbox(limits="off") as sandbox:
        environment = {
            **os.environ,
            "KOLOKOL_TOKEN": sandbox.token,
            "KOLOKOL_BOT_API_URL": sandbox.url,
            "KOLOKOL_DATABASE_URL": f"sqlite+aiosqlite:///{place}/bench.db",
            "KOLOKOL_KEY_FILE": f"{place}/seal.key",
            "KOLOKOL_CONTENT_DIR": f"{place}/content",
            "KOLOKOL_SEEDS_DIR": f"{place}/seeds",
            "KOLOKOL_MESSAGES_PER_SECOND": "1000",
        }
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", cwd=ROOT, env=environment, stderr=DEVNULL
        )
        readers = Readers(sandbox)
        asking = asyncio.create_task(readers.ask_for_ever())
        try:
            await readers.see(TITLE)
            yield readers
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            bot.terminate()
            await bot.wait()


async def _times() -> tuple[list[float], list[float], list[float]]:
    """Seconds for each save; milliseconds of each answer asked for while a change was on its way, and at rest."""
    text = (ROOT / "content" / "topics" / "numbers.yaml").read_text(encoding="utf-8")
    spans: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as place:
        async with _asked(Path(place)) as readers:
            for title in TITLES:
                await asyncio.sleep(REST_SECONDS)
                begin = time.time()
                (Path(place) / "content" / "topics" / "numbers.yaml").write_text(text.replace(TITLE, title), "utf-8")
                await readers.see(title)
                spans.append((begin, time.time()))
        counted, waited = spans[1:], [pair for pair in readers.waited if pair[0] > spans[0][1]]
    busy = [each * 1000 for asked, each in waited if any(begin <= asked <= end for begin, end in counted)]
    rest = [each * 1000 for asked, each in waited if not any(begin <= asked <= end for begin, end in counted)]
    return [end - begin for begin, end in counted], busy, rest


def measure() -> list[tuple[str, float, str]]:
    """The median and the slowest of several; answers meanwhile and in between."""
    saved, busy, rest = asyncio.run(_times())
    return [
        ("saved file to changed answer, median (aim 2)", statistics.median(saved), "s"),
        ("saved file to changed answer, slowest", max(saved), "s"),
        ("an answer while a change is published, median", percentile(busy, 0.5), "ms"),
        ("an answer while a change is published, 99 of 100", percentile(busy, 0.99), "ms"),
        ("an answer while a change is published, slowest", max(busy), "ms"),
        ("an answer in between, median", percentile(rest, 0.5), "ms"),
        ("an answer in between, 99 of 100", percentile(rest, 0.99), "ms"),
    ]
