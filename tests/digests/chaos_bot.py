"""The bot's planner and sender in a process that is to be killed: it says on its output which point it has come to.

`python -m tests.digests.chaos_bot` with a JSON object on its input; at the chosen point it stops for good, all of it,
and waits for the kill.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

import orjson
import uvloop
from sqlalchemy import Engine, event, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.planner import Planner
from bot.digests.probe import Point
from bot.digests.schedule import Period
from bot.digests.sender import Limits
from bot.i18n import Language
from bot.seal import Seal
from bot.store.database import Database, insert_into, open_database
from bot.store.states import Delivery
from bot.store.tables import editions, outbox, subscriptions
from bot.transport.pacing import Pace
from bot.transport.request import Timeouts
from tests.digests.post_office import Office, printing_of

PLANNING = "planning"
HORIZON = 400 * 86_400
"""Seconds that an edition may be late: these tests are not about that."""


class Doom:
    """The point at which this process is to end, and how often it is passed before; None lets it live."""

    def __init__(self, point: str | None, skip: int) -> None:
        self._point, self._left = point, skip

    def __call__(self, point: Point | str) -> None:
        if str(point) != self._point:
            return
        if self._left > 0:
            self._left -= 1
        elif point == Point.LEFT:  # once what was written is with the kernel, and before any answer can be read
            asyncio.get_running_loop().call_soon(self._stop)
        else:
            self._stop()

    def _stop(self) -> None:
        os.write(sys.stdout.fileno(), f"{self._point}\n".encode())
        time.sleep(600)


async def compose(
    connection: AsyncConnection, period: Period, topics: tuple[str, ...], language: Language
) -> tuple[int, bool]:
    """An edition that says no more than that it is one."""
    name = {"kind": "digest", "cadence": period.cadence.value, "period": period.key, "language": language.value}
    name |= {"topics": ",".join(topics)}
    row = {**name, "version": 1, "body": {}, "empty": False, "created": 0, "state": "sending"}
    await connection.execute(insert_into(connection, editions).values(row).on_conflict_do_nothing())
    chosen = [editions.c[column] == value for column, value in name.items()]
    return (await connection.execute(select(editions.c.id).where(*chosen))).scalar_one(), False


async def finished(database: Database) -> bool:
    """Whether all is planned and nothing waits."""
    waits = outbox.c.state.in_((Delivery.QUEUED, Delivery.RETRY, Delivery.SENDING))
    due = subscriptions.c.next_due <= int(time.time())
    async with database.read() as connection:
        rows = (await connection.execute(select(func.count()).select_from(outbox).where(waits))).scalar_one()
        unplanned = select(func.count()).select_from(subscriptions).where(due, subscriptions.c.state == "active")
        return not rows and not (await connection.execute(unplanned)).scalar_one()


async def main(orders: dict[str, Any]) -> None:
    """Plan and send until nothing is left, or the chosen point is reached."""
    doom = Doom(orders["point"], orders["skip"])
    database = await open_database(orders["database"])
    planning = True

    @event.listens_for(Engine, "commit")
    def before_commit(_: object) -> None:
        if planning:
            doom(PLANNING)

    office = Office(
        database,
        Seal(bytes.fromhex(orders["key"])),
        orders["base"],
        orders["token"],
        pace=Pace.of(orders["rate"]),
        limits=Limits(most=orders["most"], rate=orders["rate"]),
        timeouts=Timeouts(read=orders["patience"]),
        printing=printing_of(orders["parts"]),
        probe=doom,
    )
    planner = Planner(database, compose, late_hours=HORIZON // 3600, outbox_days=365)
    await planner.plan(datetime.now(UTC))
    planning = False
    async with office.sending():
        while not await finished(database):  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.1)
    await database.close()
    os.write(sys.stdout.fileno(), b"finished\n")


if __name__ == "__main__":
    uvloop.run(main(orjson.loads(sys.stdin.buffer.read())))
