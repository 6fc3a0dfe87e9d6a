"""The digest put together: what is due is planned, composed, printed and sent, for as long as the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.digests.announcements import Announcements
from bot.digests.composing import Composer, Published
from bot.digests.planner import Planner
from bot.digests.printing import Printing
from bot.digests.schedule import Period
from bot.digests.sender import Company, Limits, Sender
from bot.digests.ticking import Ticking
from bot.digests.trouble import Report, Tell
from bot.i18n import Language
from bot.seal import Seal
from bot.search.library import Library
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.outbox import Outbox
from bot.store.tables import subscriptions
from bot.store.versions import Versions
from bot.subscription import State
from bot.transport.pacing import Pacer
from bot.transport.posting import Posting
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)
_DAY: Final = 24 * 3600


class Ringing:
    """One per process. `serving` gives the library that readers get now, `reading_in` the view of it in a language."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        settings: Settings,
        clock: Clock,
        *,
        serving: Callable[[], Library],
        reading_in: Callable[[Language], Reading],
        posting: Posting,
        pacer: Pacer,
        report: Report,
        tell: Tell,
    ) -> None:
        self._database, self._settings, self._clock, self._serving = database, settings, clock, serving
        self._versions = Versions(database)
        self._published: Published | None = None
        self.printing = Printing(database, reading_in, clock)
        self.composer = Composer(database, self._content, clock)
        self.deliveries = Deliveries(database)
        self.announcements = Announcements(database, late_hours=settings.late_hours)
        self.sender = Sender(
            database,
            Outbox(seal),
            Chats(database, seal),
            Company(posting, pacer, self.printing.parts, report, tell),
            clock,
            limits=Limits(settings.unconfirmed, settings.messages_per_second),
        )
        self.planner = Planner(
            database,
            self._compose,
            late_hours=settings.late_hours,
            outbox_days=settings.outbox_days,
            planned=self.sender.wake,
        )

    def _content(self) -> Published:
        if self._published is None:
            raise RuntimeError("nothing is composed before the content is followed")
        return self._published

    async def _compose(
        self, connection: AsyncConnection, period: Period, topics: tuple[str, ...], language: Language
    ) -> tuple[int, bool]:
        return await self.composer.edition_for(connection, period, topics, language)

    async def follow(self) -> None:
        """Take up what is published now; what is going out of an older version is composed anew."""
        library = self._serving()
        if self._published and self._published.history.version == library.version:
            return
        history = await self._versions.history()
        if history.version != library.version:  # another process is ahead; its version is taken up here soon
            return
        first, self._published = self._published is None, Published(library.catalog, history)
        self.printing.forget()
        changed = await self.composer.refresh()
        if changed and not first:
            _LOG.info("%d editions say something else now", len(changed))

    async def tick(self, now: datetime) -> None:
        """All that has come due by now."""
        await self.follow()
        if self._published is None:
            return
        await self.planner.plan(now)
        if await self.announcements.enter_all():
            self.sender.wake()
        await self.deliveries.prune(int(now.timestamp()) - self._settings.outbox_days * _DAY)

    async def next_due(self) -> datetime | None:
        """When the next digest is due; None where nobody awaits one."""
        query = select(func.min(subscriptions.c.next_due)).where(subscriptions.c.state == State.ACTIVE.value)
        async with self._database.read() as connection:
            due = (await connection.execute(query)).scalar()
        return None if due is None else datetime.fromtimestamp(due, UTC)

    @asynccontextmanager
    async def rings(self) -> AsyncIterator[None]:
        """Plan and send until the end of the block; messages under way are waited for."""
        ticking = Ticking(self.tick, self._clock)
        sending = asyncio.create_task(self.sender.run())
        try:
            async with ticking:
                yield
        finally:
            self.planner.stop()
            self.sender.stop()
            with suppress(asyncio.CancelledError):
                await sending
