"""The digest put together: what is due is planned, composed, printed and sent, for as long as the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import func, select

from bot.clock import Clock
from bot.digests.announcements import Announcements
from bot.digests.composing import Chronicle, Composer
from bot.digests.corrections import Corrections
from bot.digests.planner import Planner
from bot.digests.previews import Previews
from bot.digests.printing import Printing
from bot.digests.pruning import Pruning
from bot.digests.rounds import Rounds
from bot.digests.sender import Company, Limits, Sender
from bot.digests.ticking import Job, Tick, Ticking
from bot.digests.trouble import Notices, Trouble, TroubleKind
from bot.handlers.telling import Teller
from bot.i18n import Language
from bot.seal import Seal
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.database import Database, StoreError
from bot.store.deliveries import Deliveries
from bot.store.outbox import Outbox
from bot.store.tables import subscriptions
from bot.subscription import State
from bot.transport.pacing import Pacer
from bot.transport.posting import Posting
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)


def _say_why(sending: asyncio.Task[None]) -> None:
    """Sending that ended before it was asked to says so at once, not when the bot stops."""
    if not sending.cancelled() and (error := sending.exception()):
        _LOG.error("digests cannot be sent: %s", error if isinstance(error, StoreError) else type(error).__name__)


class Ringing:
    """One per process. `reading_in` gives the view of what is published in a language."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        settings: Settings,
        clock: Clock,
        *,
        chronicle: Chronicle,
        composer: Composer,
        reading_in: Callable[[Language], Reading],
        posting: Posting,
        pacer: Pacer,
        teller: Teller,
    ) -> None:
        self._database, self._clock = database, clock
        self.printing = Printing(database, reading_in, clock)
        self.composer = composer
        self.corrections = Corrections(database, chronicle.published, clock)
        self.deliveries = Deliveries(database)
        self.announcements = Announcements(database, late_hours=settings.late_hours)
        self.sender = Sender(
            database,
            Outbox(seal),
            Chats(database, seal),
            Company(posting, pacer, self.printing.parts, teller.report, teller.silent),
            clock,
            limits=Limits(settings.unconfirmed, settings.messages_per_second),
        )
        self._notices = Notices(teller.report, clock)
        planner = Planner(
            database,
            self.composer.edition_for,
            late_hours=settings.late_hours,
            outbox_days=settings.outbox_days,
            planned=self.sender.wake,
            tell=self._notices.tell,
        )
        self._previews = previews = Previews(
            database, self.composer.edition_for, partial(teller.preview, self.printing)
        )
        self.rounds = Rounds(database, planner, previews, Pruning(database, settings.outbox_days), self.sender.wake)
        unplanned = partial(self._notices.tell, Trouble(TroubleKind.UNPLANNED))
        self.ticking = Ticking(clock, self._jobs(), self._stop, failed=unplanned)

    def _jobs(self) -> dict[str, Job]:
        return {**self.rounds.jobs, "announcements": self._announce, "content": self._follow_content}

    def _stop(self) -> None:
        self.rounds.stop()
        self.announcements.stop()

    async def _announce(self, _: Tick) -> None:
        """Enter the recipients of what was released, those too whom a kill left out."""
        if await self.announcements.enter_all():
            self.sender.wake()

    async def _follow_content(self, _: Tick) -> None:
        """What goes out of an older version, or of other decisions of the editors, is composed anew for the rest;
        a corrected figure goes to whoever was told the old one."""
        await self._refresh()
        if await self.corrections.follow():
            self.sender.wake()

    async def _refresh(self) -> None:
        if await self.composer.refresh():
            self.printing.forget()

    async def bring_up_to_date(self) -> None:
        """Compose anew what has still to go out, or may have to, as far as it stands on something older."""
        await self._refresh()
        await self.corrections.renew()

    async def renew(self, edition_id: int) -> str:
        """Compose an edition anew that went out already; a short name of what it stands on now."""
        name = await self.composer.renew(edition_id)
        self.printing.forget()
        return name

    async def next_due(self) -> datetime | None:
        """When the next digest or preview is due; None where nobody awaits one."""
        query = select(func.min(subscriptions.c.next_due)).where(subscriptions.c.state == State.ACTIVE.value)
        async with self._database.read() as connection:
            due = (await connection.execute(query)).scalar()
        moments = [datetime.fromtimestamp(due, UTC)] if due is not None else []
        preview = await self._previews.next_due(self._clock.now())
        return min([*moments, preview] if preview else moments, default=None)

    @asynccontextmanager
    async def rings(self) -> AsyncIterator[None]:
        """Plan and send until the end of the block; messages under way are waited for."""
        sending = asyncio.create_task(self.sender.run())
        sending.add_done_callback(_say_why)
        try:
            async with self.ticking:
                yield
        finally:
            self.sender.stop()
            with suppress(asyncio.CancelledError):
                await sending
            await self._notices.told()
