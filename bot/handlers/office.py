"""What administrators work with, and who they are: nobody else learns that it is there."""

from __future__ import annotations

import asyncio
import logging
import re
import textwrap
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from telegram import Update

from bot import logs
from bot.digests.announcements import Announcements
from bot.digests.recall import Recall
from bot.handlers.desk import Context, Desk, desk_of, is_private
from bot.handlers.questions import unknown_command
from bot.i18n import Language
from bot.store.deliveries import Deliveries
from bot.views.edition import EditionKind
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)
WORDS_SHOWN = 40
"""Most characters of an announcement that name it in a list."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Office:
    """The parts behind the commands of administrators. `wake` tells the sender that there is something to send,
    `prepare` has the recipients entered of what was released, beside answering; `bring_up_to_date` composes anew what
    is to be sent and stands on something older."""

    announcements: Announcements
    deliveries: Deliveries
    recall: Recall
    wake: Callable[[], None]
    prepare: Callable[[], None]
    bring_up_to_date: Callable[[], Awaitable[None]]
    late_seconds: int
    watched: set[str] = field(default_factory=set)
    """The announcements whose progress is shown as it goes on, by this process."""
    beside: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that lasts beside answering; ended by `close`."""
        task = asyncio.create_task(work)
        self.beside.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.beside.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("what was begun for an administrator was not ended\n%s", logs.where(error))

    async def first_words(self, kind: str, period: str, language: Language) -> str:
        """The first words of an announcement, by which whoever wrote it knows it again; none of another edition."""
        if kind != EditionKind.ANNOUNCEMENT:
            return ""
        texts = await self.announcements.texts(period.removeprefix("a"))
        said = texts.get(language) or next(iter(texts.values()), "")
        return textwrap.shorten(unescape(_TAG.sub("", said)), WORDS_SHOWN, placeholder="…")

    async def close(self) -> None:
        """End what still lasts."""
        for task in list(self.beside):
            task.cancel()
        await asyncio.gather(*self.beside, return_exceptions=True)


Act = Callable[[Update, Desk, Office, Reading], Awaitable[None]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def administers(desk: Desk, update: Update) -> bool:
    """Whether whoever sent this is an administrator of the bot, talking to it alone."""
    user = update.effective_user
    return user is not None and user.id in desk.admins and is_private(update.effective_chat)


def for_administrators(act: Act) -> Handler:
    """A command of administrators; to everybody else it is one that does not exist."""

    async def handle(update: Update, context: Context) -> None:
        desk = desk_of(context)
        if desk.office is None or not administers(desk, update):
            _LOG.warning("a command of administrators from somebody else")
            if is_private(update.effective_chat):
                await unknown_command(update, context)
            return
        await act(update, desk, desk.office, await desk.reading(update.effective_chat, update.effective_user))

    return handle
