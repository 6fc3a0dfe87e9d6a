"""The editors' room as its people meet it: an administrator, an editor and a reader, over a small content folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import open_bot
from bot.clock import MovableClock, SystemClock
from bot.content import read_library
from bot.editing.folder import Folder
from bot.editing.publishing import Mode
from bot.sandbox import Sandbox
from tests.catalog.house import TOPIC, House
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, PATIENCE, Conversation, Json, refusals, talking
from tests.editing.house_files import bundle_of, lay_out

BROKEN = TOPIC.replace("order: 10", "order: ten")
MENDED = TOPIC.replace("How many left", "How many went")


@dataclass
class Office:
    """Three people and a bot; each talks in a private chat of their own."""

    admin: Conversation
    editor: Conversation
    reader: Conversation
    folder: Folder

    async def send(self, who: Conversation, name: str, data: str | bytes) -> Json:
        """Send a file; the last message in the chat once the bot has answered and said no more for now."""
        before = len(who.messages)
        await self.hand_in(who, (name, data))
        return await self.next(who, before + 1)

    async def hand_in(self, who: Conversation, *files: tuple[str, str | bytes], album: str | None = None) -> Json:
        """Send files; the last message in the chat once they were taken, before they are looked at."""
        for name, data in files:
            raw = data.encode() if isinstance(data, str) else data
            who.sandbox.acts.upload(who.viewer, name, raw, as_document=True, album=album)
        await who.handled()
        return who.messages[-1]

    async def next(self, who: Conversation, before: int) -> Json:
        """The last message once there are more than so many and files that came are answered: patience brings both."""
        for _ in range(int(PATIENCE / 0.02)):
            if len(who.messages) > before and not who.bot.intake.unhandled and not await self.waits(who):
                return who.messages[-1]
            await asyncio.sleep(0.02)
        raise AssertionError("nothing came")

    async def waits(self, who: Conversation) -> bool:
        """Whether a message says that files came which is still to become the answer."""
        draft = await who.bot.desk.newsroom.drafts.of(who.viewer)
        return draft is not None and draft.notice is not None

    def read(self, message: Json) -> str:
        """What the document in a message holds."""
        stored = self.admin.sandbox.world.files.by_id(message["document"]["file_id"])
        assert stored
        return stored.content.decode()

    def refusals(self) -> list[str]:
        """What Telegram refused, but for menus: the bot offers theirs to administrators who have not opened it yet."""
        return [each for each in refusals(self.admin.sandbox) if not each.startswith("setMyCommands")]

    async def title(self) -> str:
        """What a reader sees as the title of the topic."""
        return str((await self.reader.ask("/topic numbers"))["text"]).split("\n")[0]


@asynccontextmanager
async def open_office(
    place: Path, publish_from_disk: Mode = "publish", *, clock: MovableClock | None = None
) -> AsyncIterator[Office]:
    """Open it, with what the setting makes of a change in the folder; the editor is one already. With a clock, bot and
    sandbox go by that.
    """
    folder = lay_out(place, bundle_of(House()))
    time, move = (lambda: clock.now().timestamp(), clock.advance) if clock else (None, None)
    async with Sandbox(limits="off", clock=time, move=move) as sandbox:
        admin = sandbox.world.add_person("Alexander").id
        settings = settings_for(sandbox, place).model_copy(
            update={
                "content_dir": folder.content,
                "seeds_dir": folder.seeds,
                "admins": (admin,),
                "publish_from_disk": publish_from_disk,
            }
        )
        async with (
            open_bot(settings, read_library(settings), clock=clock, pace=FREE_PACE) as bot,
            talking(sandbox, bot) as conversation,
        ):
            office = Office(conversation.as_(admin), conversation.as_(EDITOR), conversation, folder)
            await bot.desk.newsroom.editors.add(EDITOR, "Ogarev", bot.desk.now)
            for who in (office.admin, office.editor, office.reader):
                await who.ask("/language en")
            yield office


class HeldClock(SystemClock):
    """A clock whose sleepers wait until they are let go, each sleep by itself."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(0)

    async def sleep(self, seconds: float) -> None:
        """Wait to be let go."""
        await self._turns.acquire()

    def let_go(self) -> None:
        """End one sleep, of whoever sleeps or of who is the next to."""
        self._turns.release()


def hold(office: Office) -> HeldClock:
    """Let the pauses after files last until they are let go: half of one is a sleep of its own, and so is the rest."""
    clock = HeldClock()
    office.admin.bot.desk.pauses._clock = clock
    return clock
