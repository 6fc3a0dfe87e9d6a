"""A bot with an administrator, who talks to it in English."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import open_bot
from bot.sandbox import Sandbox
from bot.search.library import Library
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, Conversation, talking


@asynccontextmanager
async def administered(library: Library, folder: Path, database_url: str | None = None) -> AsyncIterator[Conversation]:
    """The editor of the sandbox is the administrator of the bot, and has started it."""
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, folder, database_url).model_copy(update={"admins": (EDITOR,)})
        async with open_bot(settings, library, pace=FREE_PACE) as bot, talking(sandbox, bot) as conversation:
            sandbox.acts.change_person(EDITOR, language_code="en")
            administrator = conversation.as_(EDITOR)
            await administrator.ask("/start")
            yield administrator
