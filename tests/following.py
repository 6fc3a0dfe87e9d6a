"""A bot that follows a copy of the shipped content, and a reader who asks it for the title of a topic."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import open_bot
from bot.content import read_library
from bot.sandbox import Sandbox
from bot.settings import ROOT
from tests.conftest import settings_for
from tests.conversation import FREE_PACE, Conversation, talking

TITLE = "How many left, and when"
"""The English title of the topic `numbers` as it is shipped."""


@dataclass(frozen=True)
class Followed:
    """A reader, and the file that an editor saves."""

    reader: Conversation
    file: Path

    async def save(self, title: str) -> None:
        """Save the file with another English title of its topic."""
        text = await asyncio.to_thread((ROOT / "content" / "topics" / "numbers.yaml").read_text, encoding="utf-8")
        await asyncio.to_thread(self.file.write_text, text.replace(TITLE, title), encoding="utf-8")

    async def reads(self, title: str, seconds: float) -> bool:
        """Whether the reader gets this title as answer within so long; asked again and again."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            if title in (await self.reader.ask("/topic numbers"))["text"].split("\n")[0]:
                return True
            await asyncio.sleep(0.05)
        return False


def copy_of_the_content(place: Path) -> None:
    """The shipped folders below a place."""
    for name in ("content", "seeds"):
        shutil.copytree(ROOT / name, place / name)


@asynccontextmanager
async def following(place: Path) -> AsyncIterator[Followed]:
    """Run the bot as `kolokol run` does while the block lasts: beside taking updates, it follows the folder."""
    await asyncio.to_thread(copy_of_the_content, place)
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, place).model_copy(
            update={"content_dir": place / "content", "seeds_dir": place / "seeds"}
        )
        async with (
            open_bot(settings, read_library(settings), pace=FREE_PACE) as bot,
            talking(sandbox, bot) as reader,
        ):
            await reader.ask("/language en")
            beside = asyncio.create_task(bot.follow_folder())
            try:
                yield Followed(reader, place / "content" / "topics" / "numbers.yaml")
                assert not beside.done(), "it no longer follows"
            finally:
                beside.cancel()
                await asyncio.gather(beside, return_exceptions=True)
