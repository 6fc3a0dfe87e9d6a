"""The one place where the parts are put together: from settings to a running bot."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot import handlers
from bot.clock import Clock, SystemClock
from bot.content import described
from bot.digests.composing import Chronicle, Composer
from bot.digests.recall import Recall
from bot.editing.folder import folder_of
from bot.editing.newsroom import Newsroom
from bot.editing.notices import Notice, Refused
from bot.editing.publishing import Publisher
from bot.editing.watching import stirrings
from bot.handlers.administrators import tell_notice
from bot.handlers.desk import Desk, apologise
from bot.handlers.drafts import show_unchecked
from bot.handlers.freshness import tell_due
from bot.handlers.moments import publish_due
from bot.handlers.office import Office
from bot.handlers.profile import present, present_to
from bot.handlers.recalling import delete_message, resume, rewrite_message
from bot.handlers.telling import Teller
from bot.loop import keep_what_start_made
from bot.ringing import Ringing
from bot.search.library import Library
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.database import open_database
from bot.store.dossier import dossier_of
from bot.store.drafts import Drafts
from bot.store.editorial import EditorialStore
from bot.store.editors import Editors
from bot.store.keys import open_seal
from bot.store.presence import present as present_in
from bot.store.spool import UpdateSpool
from bot.store.subscriptions import SubscriptionStore
from bot.store.versions import Versions
from bot.store.weeks import begins
from bot.transport.intake import Intake, IntakeSettings
from bot.transport.limiter import PacedLimiter
from bot.transport.lines import Lines
from bot.transport.pacing import Pace, Pacer, Priority
from bot.transport.posting import Posting
from bot.transport.request import AiohttpRequest

_LOG = logging.getLogger(__name__)
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")
"""What the bot asks Telegram for: nothing that it does not handle."""


class StartError(Exception):
    """The bot cannot start; the message says why and what would help. `passing`: trying again later may."""

    def __init__(self, message: str, *, passing: bool) -> None:
        super().__init__(message)
        self.passing = passing


class Dispatcher(Application[ExtBot[Priority], Any, None, None, Desk, None]):
    """PTB's application, but a handler that fails says so to the intake, which tries the update once more."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:  # noqa: ARG002
        """Let the exception through."""
        raise error


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot ready to take updates; `run` takes them until `stop`."""

    desk: Desk
    intake: Intake
    settings: Settings
    telegram: ExtBot[Priority]
    publisher: Publisher
    clock: Clock
    week_begins: Callable[[str], Awaitable[bool]]
    ringing: Ringing
    displaced: asyncio.Event
    """Set where the database must be used no more, since its keys are being changed."""

    async def run(self) -> None:
        """Take updates by long polling, and send what is due, until `stop` is called."""
        async with self.ringing.rings():
            await resume(self.desk, self.telegram)
            await self.intake.run()

    def stop(self) -> None:
        """End `run` once what is being handled is done."""
        self.intake.stop()

    async def reload(self, *, asked: bool = True) -> Notice | None:
        """Look at the content on disk and do what is to be done about it; administrators are told.

        Where anything is wrong with it, what is served stays. `asked`: what was told before is told again.
        """
        notice = await self.publisher.look(asked=asked)
        if isinstance(notice, Refused):
            _LOG.error("the content on disk is not published, what is served stays: it has problems")
            for problem in notice.problems:
                _LOG.error("%s", described(problem))
        if notice and await tell_notice(self.telegram, self.desk, self.settings.admins, notice):
            await self.publisher.told(notice)
        return notice

    async def follow_folder(self) -> None:
        """Keep to what is published, here, on disk or by another process, until cancelled; publish what is due."""
        folder = folder_of(self.settings)
        await self._try(self.show_unchecked, "editors who wait for an answer could not be answered")
        await self._try(self.publisher.prepare, "what is served could not be checked beforehand")
        async with aclosing(stirrings((folder.content, folder.seeds), self.clock)) as told:
            async for _ in told:
                await self.try_reload(asked=False)
                await self._try(self.publish_due, "a draft whose moment has come could not be published")

    async def publish_due(self) -> None:
        """Publish the drafts whose moment has come; once a week, tell editors which cards are due to be looked at."""
        await publish_due(self.telegram, self.desk)
        await tell_due(self.telegram, self.desk, self.week_begins)

    async def show_unchecked(self) -> None:
        """Answer the editors whose files came right before the bot was stopped."""
        await show_unchecked(self.telegram, self.desk)

    async def try_reload(self, *, asked: bool) -> None:
        """The same as `reload`, and what goes wrong is logged: the bot goes on with what it serves."""
        await self._try(partial(self.reload, asked=asked), "the content could not be looked at")

    async def _try(self, act: Callable[[], Awaitable[object]], otherwise: str) -> None:
        """Do something beside the readers, whom trouble with it must not concern: it is logged."""
        try:
            await act()
        except Exception:  # noqa: BLE001 - the next change, or the next start, does it again
            _LOG.exception(otherwise)


@asynccontextmanager
async def open_bot(
    settings: Settings,
    library: Library | None = None,
    *,
    clock: Clock | None = None,
    chance: random.Random | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[Bot]:
    """Everything that a bot needs, opened in order and closed in reverse; `pace` is Telegram's where none is given.

    `library` is content read already: it saves reading it again where it is what is to be served. Raises
    SettingsError, StoreError, SealError and ProblemsError for what must be mended first, StartError where Telegram
    cannot be reached or refuses the token.
    """
    clock = clock or SystemClock()
    token = settings.needed_token
    url = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        database = await open_database(url)
        stack.push_async_callback(database.close)
        key = settings.seal_key.get_secret_value() if settings.seal_key else None
        displaced = await stack.enter_async_context(present_in(database, clock=clock))
        seal = await open_seal(database, key, settings.key_file)
        versions = Versions(database)
        publisher = Publisher(versions, folder_of(settings), clock, settings.publish_from_disk)
        served = await publisher.open(library)
        newsroom = Newsroom(publisher, versions, Drafts(database, seal), Editors(database, seal), clock)
        chronicle = Chronicle(versions, lambda: publisher.library)
        composer = Composer(database, chronicle.published, clock)
        desk = Desk(
            served,
            Chats(database, seal),
            SubscriptionStore(database, seal),
            partial(dossier_of, database, seal),
            composer,
            EditorialStore(database),
            newsroom,
            chance=chance or random.SystemRandom(),
            clock=clock,
            admins=settings.admins,
            timezone=settings.timezone,
            outbox_days=settings.outbox_days,
        )
        publisher.follow(desk.serve)
        stack.callback(desk.pauses.close)
        calling, polling = _request(settings), _request(settings)
        for request in (calling, polling):
            await stack.enter_async_context(request)
        pacer = Pacer(pace or Pace.of(settings.messages_per_second), clock)
        application = _application(settings, desk, calling, pacer)
        await _start(application, settings)
        stack.push_async_callback(application.shutdown)
        desk.username = application.bot.username

        async def handle(update: dict[str, Any]) -> None:
            if parsed := Update.de_json(update, application.bot):
                await application.process_update(parsed)

        async def on_failure(update: dict[str, Any], incident: str) -> None:
            if parsed := Update.de_json(update, application.bot):
                await apologise(desk, parsed, incident)

        intake = Intake(
            polling,
            f"{settings.bot_api_url}/bot{token}",
            handle,
            on_failure=on_failure,
            spool=UpdateSpool(database, seal),
            allowed_updates=ALLOWED_UPDATES,
            settings=IntakeSettings(at_once=settings.concurrency),
            clock=clock,
        )
        lines = Lines(f"{settings.bot_api_url}/bot{token}", proxy=_proxy(settings))
        stack.push_async_callback(lines.close)
        teller = Teller(desk, application.bot)
        ringing = Ringing(
            database,
            seal,
            settings,
            clock,
            chronicle=chronicle,
            composer=composer,
            reading_in=desk.reading_in,
            posting=Posting(lines),
            pacer=pacer,
            teller=teller,
        )
        desk.on_change = ringing.ticking.wake
        recall = Recall(
            database,
            seal,
            clock,
            ringing.printing.parts,
            ringing.renew,
            delete=partial(delete_message, application.bot),
            edit=partial(rewrite_message, application.bot),
            late=settings.late_hours * 3600,
        )
        desk.office = Office(
            ringing.announcements,
            ringing.deliveries,
            recall,
            wake=ringing.sender.wake,
            prepare=ringing.ticking.wake,
            bring_up_to_date=ringing.bring_up_to_date,
            late_seconds=settings.late_hours * 3600,
        )
        stack.push_async_callback(desk.office.close)
        presenting = asyncio.create_task(_present(application.bot, desk))
        stack.push_async_callback(_cancel, presenting)
        week_begins = partial(begins, database, "due")
        yield Bot(desk, intake, settings, application.bot, publisher, clock, week_begins, ringing, displaced)


def _request(settings: Settings) -> AiohttpRequest:
    return AiohttpRequest(proxy=_proxy(settings))


def _proxy(settings: Settings) -> str | None:
    return settings.proxy_url.get_secret_value() if settings.proxy_url else None


def _application(settings: Settings, desk: Desk, request: AiohttpRequest, pacer: Pacer) -> Dispatcher:
    bot: ExtBot[Priority] = ExtBot(
        settings.needed_token,
        base_url=f"{settings.bot_api_url}/bot",
        base_file_url=f"{settings.bot_api_url}/file/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=PacedLimiter(pacer),
    )
    builder = ApplicationBuilder().application_class(Dispatcher).bot(bot).updater(None).job_queue(None)
    application = cast("Dispatcher", builder.build())
    application.bot_data = desk
    handlers.register(application)
    return application


async def _start(application: Dispatcher, settings: Settings) -> None:
    try:
        await application.initialize()
    except InvalidToken:
        raise StartError(
            "Telegram does not accept KOLOKOL_TOKEN. Copy it again from @BotFather.", passing=False
        ) from None
    except TelegramError as error:
        raise StartError(
            f"Telegram cannot be reached at {settings.bot_api_url}: {error.message}. "
            "Check the network, KOLOKOL_BOT_API_URL and KOLOKOL_PROXY_URL.",
            passing=True,
        ) from None


async def _present(bot: ExtBot[Priority], desk: Desk) -> None:
    try:
        await present(bot)
    except TelegramError as error:
        _LOG.warning("menus and descriptions not registered: %s", error)
    for person in dict.fromkeys((*desk.admins, *await desk.newsroom.editors.ids())):
        try:
            await present_to(bot, person, administrator=person in desk.admins)
        except TelegramError as error:  # somebody who has not opened the bot yet
            _LOG.warning("the menu of an editor not registered: %s", error)


async def _cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; SIGHUP looks at the content on disk."""
    loop, stopped, reloads = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    loop.add_signal_handler(signal.SIGHUP, reloads.set)
    async with open_bot(settings) as bot:
        keep_what_start_made()
        _LOG.info("ready: %d cards, @%s", len(bot.desk.library.catalog.cards), bot.desk.username)
        running = asyncio.create_task(bot.run())
        stopping = asyncio.create_task(stopped.wait())
        besides = (bot.follow_folder(), _reload_when(bot, reloads), bot.displaced.wait())
        beside = [asyncio.create_task(each) for each in besides]
        await asyncio.wait({running, stopping, *beside}, return_when=asyncio.FIRST_COMPLETED)
        bot.stop()
        for task in (stopping, *beside):
            await _cancel(task)
        await running


async def _reload_when(bot: Bot, asked: asyncio.Event) -> None:
    while await asked.wait():
        asked.clear()
        await bot.try_reload(asked=True)
