"""The one place where the parts are put together: from settings to a running bot."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot import catalog, handlers
from bot.catalog.checking import check
from bot.catalog.loading import load, read_folder
from bot.catalog.problems import Place, Problem
from bot.catalog.snapshot import Catalog
from bot.clock import Clock, SystemClock
from bot.handlers.administrators import tell_problems
from bot.handlers.desk import Desk, Library, apologise
from bot.handlers.profile import present
from bot.i18n import Language, text
from bot.loop import keep_what_start_made
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.database import open_database
from bot.store.dossier import dossier_of
from bot.store.keys import open_seal
from bot.store.spool import UpdateSpool
from bot.store.subscriptions import SubscriptionStore
from bot.transport.intake import Intake, IntakeSettings
from bot.transport.limiter import PacedLimiter
from bot.transport.pacing import Pace, Pacer, Priority
from bot.transport.request import AiohttpRequest

_LOG = logging.getLogger(__name__)
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")
"""What the bot asks Telegram for: nothing that it does not handle."""


class ContentError(Exception):
    """The content cannot be served; `problems` says why, each with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the content; kolokol check lists them")
        self.problems = problems


def described(problem: Problem) -> str:
    """A problem on one line, as logs and the terminal show it: `file:line:column: what is wrong`."""
    return f"{problem.place}: {text(Language.EN, problem.message_key, **dict(problem.words))}"


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


CHECKED = Path("var/checked")
"""Where a start notes which content was checked and found good, so that the next one need not check it again."""


def read_catalog(settings: Settings, *, checked: Path | None = None) -> Catalog:
    """The catalog of the content folders. Raises ContentError where anything is wrong with it, or a folder is gone.

    `checked` is a file that remembers the content found good last; the same content is not checked twice.
    """
    folders = (settings.content_dir, settings.seeds_dir)
    if gone := [Problem.at(Place(str(folder)), "no_folder") for folder in folders if not folder.is_dir()]:
        raise ContentError(gone)
    files, seeds = (read_folder(folder) for folder in folders)
    content = load(files, seeds)
    digest = _digest(files, seeds)
    if content.problems or not checked or not checked.is_file() or checked.read_text(encoding="ascii") != digest:
        if problems := check(content):
            raise ContentError(problems)
        if checked:
            with suppress(OSError):  # where nothing can be written, the next start checks again
                checked.parent.mkdir(parents=True, exist_ok=True)
                checked.write_text(digest, encoding="ascii")
    return content.catalog()


def _digest(files: Mapping[str, bytes], seeds: Mapping[str, bytes]) -> str:
    """A hash of the content and of the program that checks it."""
    rules = {path.name: path.read_bytes() for path in Path(catalog.__file__).parent.glob("*.py")}
    whole = sha256()
    for group in (files, seeds, rules):
        for name, data in sorted(group.items()):
            whole.update(f"{name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def read_library(settings: Settings, *, checked: Path | None = None) -> Library:
    """The catalog of the content folders with its index, as `read_catalog` reads it. Raises ContentError."""
    return Library.of(read_catalog(settings, checked=checked))


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot ready to take updates; `run` takes them until `stop`."""

    desk: Desk
    intake: Intake
    settings: Settings
    telegram: ExtBot[Priority]

    async def run(self) -> None:
        """Take updates by long polling until `stop` is called."""
        await self.intake.run()

    def stop(self) -> None:
        """End `run` once what is being handled is done."""
        self.intake.stop()

    async def reload(self) -> None:
        """Read the content anew. Where anything is wrong, what is served stays, and administrators are told."""
        try:
            library = await asyncio.to_thread(read_library, self.settings)
        except ContentError as error:
            _LOG.error("content not reloaded, the one before stays: %s", error)
            for problem in error.problems:
                _LOG.error("%s", described(problem))
            await tell_problems(self.telegram, self.desk, self.settings.admins, error.problems)
            return
        self.desk.library = library
        _LOG.info("content reloaded: %d cards", len(library.catalog.cards))


@asynccontextmanager
async def open_bot(
    settings: Settings,
    library: Library,
    *,
    clock: Clock | None = None,
    chance: random.Random | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[Bot]:
    """Everything that a bot needs, opened in order and closed in reverse; `pace` is Telegram's where none is given.

    Raises SettingsError, StoreError and SealError for what must be mended first, StartError where Telegram cannot be
    reached or refuses the token.
    """
    clock = clock or SystemClock()
    token = settings.needed_token
    url = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        database = await open_database(url)
        stack.push_async_callback(database.close)
        key = settings.seal_key.get_secret_value() if settings.seal_key else None
        seal = await open_seal(database, key, settings.key_file)
        desk = Desk(
            library,
            Chats(database, seal),
            SubscriptionStore(database, seal),
            partial(dossier_of, database, seal),
            chance=chance or random.SystemRandom(),
            clock=clock,
            admins=settings.admins,
            timezone=settings.timezone,
            outbox_days=settings.outbox_days,
        )
        calling, polling = _request(settings), _request(settings)
        for request in (calling, polling):
            await stack.enter_async_context(request)
        application = _application(settings, desk, calling, Pacer(pace or Pace(), clock))
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
        presenting = asyncio.create_task(_present(application.bot))
        stack.push_async_callback(_cancel, presenting)
        yield Bot(desk, intake, settings, application.bot)


def _request(settings: Settings) -> AiohttpRequest:
    return AiohttpRequest(proxy=settings.proxy_url.get_secret_value() if settings.proxy_url else None)


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


async def _present(bot: ExtBot[Priority]) -> None:
    try:
        await present(bot)
    except TelegramError as error:
        _LOG.warning("menus and descriptions not registered: %s", error)


async def _cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; SIGHUP reads the content anew."""
    loop, stopped, reloads = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    loop.add_signal_handler(signal.SIGHUP, reloads.set)
    library = await asyncio.to_thread(partial(read_library, settings, checked=CHECKED))
    async with open_bot(settings, library) as bot:
        keep_what_start_made()
        _LOG.info("ready: %d cards, @%s", len(library.catalog.cards), bot.desk.username)
        running = asyncio.create_task(bot.run())
        waiting = [asyncio.create_task(stopped.wait()), asyncio.create_task(_reload_when(bot, reloads))]
        await asyncio.wait({running, *waiting}, return_when=asyncio.FIRST_COMPLETED)
        bot.stop()
        for task in waiting:
            await _cancel(task)
        await running


async def _reload_when(bot: Bot, asked: asyncio.Event) -> None:
    while await asked.wait():
        asked.clear()
        await bot.reload()
