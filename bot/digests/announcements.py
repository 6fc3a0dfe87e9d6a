"""Announcements: an administrator's own message to every subscription; drafted, counted, released, watched, halted."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Language
from bot.store.database import Database, insert_into
from bot.store.deliveries import SENDING, Deliveries
from bot.store.entering import enter
from bot.store.states import WAITING, Delivery, Halt
from bot.store.tables import chats, editions, subscriptions
from bot.subscription import State
from bot.views.administration import Stage
from bot.views.edition import EditionKind

DRAFT: Final = "draft"
"""The state of an announcement that nobody has released yet."""
_CADENCE: Final = "once"
_ENTERED: Final = "entered"
"""The key of the body under which stands whether every recipient has a row."""
_RELEASED: Final = (SENDING, Halt.PAUSED.value)
"""States of one that goes out, now or later: its recipients are entered in either."""
_SLICE: Final = 1_000
"""Recipients entered in one transaction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement is: its state, how many recipients are in which state of delivery, and whether all of
    them are `entered`, or more are to come."""

    state: str
    deliveries: Mapping[Delivery, int]
    entered: bool

    @property
    def recipients(self) -> int:
        """All who get it, or were to."""
        return sum(self.deliveries.values())

    @property
    def done(self) -> int:
        """Those for whom nothing more will happen by itself."""
        return self.recipients - sum(self.deliveries.get(each, 0) for each in (*WAITING, Delivery.SENDING))

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself to anybody."""
        return self.done == self.recipients and (self.entered or self.state == Halt.CANCELLED)

    @property
    def stage(self) -> Stage:
        """What whoever watches it is told; paused when everybody has it, it is done."""
        if self.state == Halt.CANCELLED:
            return "cancelled"
        if self.over:
            return "done"
        if self.state == Halt.PAUSED:
            return "paused"
        return "going" if self.entered else "preparing"


class Announcements:
    """All of them, each under a name of eight characters that buttons carry. One is an edition in each language."""

    def __init__(self, database: Database, *, late_hours: int) -> None:
        self._database = database
        self._deliveries = Deliveries(database)
        self._late = late_hours * 3600
        self._stopping = False

    def stop(self) -> None:
        """Break off entering recipients after the slice in hand; the next start goes on with it."""
        self._stopping = True

    async def draft(self, texts: Mapping[Language, str], now: int) -> str:
        """Keep a message that goes out once it is released; its name.

        `texts` are HTML as Telegram takes it, in at least one language; whoever reads in another one gets that.
        """
        name = secrets.token_hex(4)
        said = {language.value: words for language, words in texts.items()}
        rows = [
            {
                "kind": EditionKind.ANNOUNCEMENT.value,
                "cadence": _CADENCE,
                "period": f"a{name}",
                "topics": "",
                "language": language.value,
                "version": 0,
                "body": said | {_ENTERED: False},
                "empty": False,
                "created": now,
                "state": DRAFT,
            }
            for language in Language
        ]
        async with self._database.begin() as connection:
            await connection.execute(insert_into(connection, editions), rows)
        return name

    async def texts(self, name: str) -> dict[Language, str]:
        """What it says, in the languages it was written in; empty where there is no such announcement."""
        async with self._database.read() as connection:
            rows = await self._editions(connection, name)
        return {language: rows[0].body[language] for language in Language if language in rows[0].body} if rows else {}

    async def audience(self, written: Collection[Language] = tuple(Language)) -> dict[tuple[str, Language], int]:
        """How many subscriptions would get one now that is written in these languages, by kind of chat and language."""
        query = (
            select(chats.c.kind, subscriptions.c.language, func.count())
            .join(chats, chats.c.key == subscriptions.c.chat)
            .where(subscriptions.c.state == State.ACTIVE.value, _hears(written))
            .group_by(chats.c.kind, subscriptions.c.language)
        )
        async with self._database.read() as connection:
            found = (await connection.execute(query)).all()
        return {(kind, Language(language)): count for kind, language, count in found}

    async def release(self, name: str, now: int) -> bool:
        """Let it go out to all who are subscribed now; False where it was released before, or is gone.

        `enter_all` enters them, which with very many takes a minute.
        """
        drafted = _named(name) & (editions.c.state == DRAFT)
        async with self._database.begin() as connection:
            released = await connection.execute(update(editions).where(drafted).values(state=SENDING, created=now))
        return bool(released.rowcount)

    async def discard(self, name: str) -> bool:
        """Throw a draft away; False where it was released, or is gone."""
        async with self._database.begin() as connection:
            query = delete(editions).where(_named(name) & (editions.c.state == DRAFT))
            return bool((await connection.execute(query)).rowcount)

    async def enter_all(self) -> int:
        """Enter the recipients of what was released, those too whom a kill left out; how many are new."""
        released = (editions.c.kind == EditionKind.ANNOUNCEMENT.value) & editions.c.state.in_(_RELEASED)
        async with self._database.read() as connection:
            rows = (await connection.execute(select(editions).where(released).order_by(editions.c.id))).all()
        return sum([await self._enter(row) for row in rows if not row.body[_ENTERED]])

    async def _enter(self, edition: Any) -> int:
        entered, last = 0, 0
        # Held until the slice is committed, so that whoever cancels it finds the whole slice and nobody comes after.
        state = select(editions.c.state).where(editions.c.id == edition.id).with_for_update(key_share=True)
        while not self._stopping:
            async with self._database.begin() as connection:
                if (await connection.execute(state)).scalar() not in _RELEASED:
                    break
                here = (subscriptions.c.id > last) & (subscriptions.c.language == edition.language)
                here &= (subscriptions.c.state == State.ACTIVE.value) & (subscriptions.c.since <= edition.created)
                here &= _hears([language for language in Language if language in edition.body])
                slice_ = select(subscriptions.c.id).where(here).order_by(subscriptions.c.id).limit(_SLICE)
                ids = (await connection.execute(slice_)).scalars().all()
                due = edition.created
                before = due + self._late
                entered += await enter(connection, edition.id, edition.period, ids, due=due, send_before=before)
                if len(ids) < _SLICE:
                    body = edition.body | {_ENTERED: True}
                    await connection.execute(update(editions).where(editions.c.id == edition.id).values(body=body))
                    break
            last = ids[-1]
        return entered

    async def pause(self, name: str) -> None:
        """Send nothing more of it until `resume`."""
        for edition in await self._ids(name):
            await self._deliveries.pause(edition)

    async def resume(self, name: str, now: int) -> None:
        """Go on; what waited is in time for as long again as after the release."""
        for edition in await self._ids(name):
            await self._deliveries.resume(edition, now, send_before=now + self._late)

    async def cancel(self, name: str, now: int) -> int:
        """Send nothing more of it, ever; how many will not get it."""
        return sum([await self._deliveries.cancel(edition, now) for edition in await self._ids(name)])

    async def progress(self, name: str) -> Progress | None:
        """How far it is; None where there is no such announcement."""
        async with self._database.read() as connection:
            rows = await self._editions(connection, name)
        if not rows:
            return None
        counts: dict[Delivery, int] = {}
        for row in rows:
            for state, count in (await self._deliveries.totals(row.id)).items():
                counts[state] = counts.get(state, 0) + count
        return Progress(rows[0].state, counts, all(row.body[_ENTERED] for row in rows))

    async def _ids(self, name: str) -> list[int]:
        async with self._database.read() as connection:
            return [row.id for row in await self._editions(connection, name) if row.state != DRAFT]

    async def _editions(self, connection: AsyncConnection, name: str) -> Sequence[Any]:
        query = select(editions).where(_named(name)).order_by(editions.c.language)
        return (await connection.execute(query)).all()


def _hears(written: Collection[Language]) -> Any:
    """Leaves out the subscriptions of a place that reads the text already, in a language that it is written in."""
    other = subscriptions.alias()
    same = (other.c.chat == subscriptions.c.chat) & (other.c.thread == subscriptions.c.thread)
    reads = other.c.language.in_([language.value for language in written])
    heard = exists().where(same, reads, other.c.state == State.ACTIVE.value)
    return subscriptions.c.language.in_([language.value for language in written]) | ~heard


def _named(name: str) -> Any:
    return (editions.c.kind == EditionKind.ANNOUNCEMENT.value) & (editions.c.period == f"a{name}")
