"""Talking to the bot as a person does: over the sandbox, by real HTTP, with words and buttons."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.app import Bot
from bot.sandbox import Sandbox
from bot.transport.pacing import Pace

YOU = 1001
EDITOR = 1002
GROUP = -1001000000001
CHANNEL = -1001000000002
PATIENCE = 20.0
"""Seconds to wait for an answer: bounded by the machine, so generous."""
FREE_PACE = Pace(overall=100_000, reserve=0, private_burst=100_000, private_interval=0.00001, group=100_000)
"""A pace that never makes a test wait."""

Json = dict[str, Any]


class NoAnswerError(AssertionError):
    """The bot did not handle what was sent to it in time."""


@dataclass(frozen=True)
class Conversation:
    """One person in one chat with the bot. Each verb returns when the bot has handled what it sent."""

    sandbox: Sandbox
    bot: Bot
    viewer: int = YOU
    chat_id: int = YOU

    def as_(self, viewer: int, chat_id: int | None = None) -> Conversation:
        """The same world seen by another person, or in another chat."""
        return replace(self, viewer=viewer, chat_id=chat_id or viewer)

    @property
    def messages(self) -> list[Json]:
        """What stands in the chat, oldest first."""
        return list(self.sandbox.acts.chat(self.viewer, self.chat_id).messages.values())

    async def say(self, text: str, reply_to: int | None = None) -> list[Json]:
        """Write something; what the bot answered."""
        before = len(self.messages)
        self.sandbox.acts.send(self.viewer, text, self.chat_id, reply_to=reply_to)
        await self.handled()
        return self.messages[before + 1 :]

    async def ask(self, text: str) -> Json:
        """Write something and take the one answer."""
        answers = await self.say(text)
        assert len(answers) == 1, f"{len(answers)} answers to {text!r}"
        return answers[0]

    async def press(self, message: Json, label_or_data: str, *, alert: bool = False) -> Json:
        """Press the button with this label or data; the message as it stands then. Only with `alert` may one come."""
        data = next(
            (b["callback_data"] for b in buttons_of(message) if label_or_data in (b.get("callback_data"), b["text"])),
            None,
        )
        assert data, f"no button {label_or_data!r} among {[b['text'] for b in buttons_of(message)]}"
        query = self.sandbox.acts.press(self.viewer, message["message_id"], data, self.chat_id)
        await self.handled()
        answered = self.sandbox.acts.answer_of(query)
        assert answered is not None, f"the press of {label_or_data!r} got no answer"
        assert alert or not answered.get("show_alert"), f"the press of {label_or_data!r} got {answered.get('text')!r}"
        return self.again(message)

    def again(self, message: Json) -> Json:
        """A message as it stands now."""
        found = self.sandbox.acts.chat(self.viewer, self.chat_id).messages[message["message_id"]]
        return dict(found)

    async def handled(self) -> None:
        """Wait until the bot has taken every update and handled it; one that takes long is confirmed before that."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while len(self.sandbox.world.updates) or self.bot.intake.unhandled:
            if asyncio.get_running_loop().time() > until:
                raise NoAnswerError
            await asyncio.sleep(0.001)


def buttons_of(message: Json) -> list[Json]:
    """The inline buttons under a message, row by row."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]


def labels_of(message: Json) -> list[str]:
    """What the buttons under a message say."""
    return [button["text"] for button in buttons_of(message)]


def refusals(sandbox: Sandbox) -> Iterator[str]:
    """What the sandbox refused, as Telegram would have."""
    for exchange in sandbox.journal.exchanges:
        if not exchange.answer.get("ok"):
            yield f"{exchange.method}: {exchange.answer.get('description')}"


@asynccontextmanager
async def talking(sandbox: Sandbox, bot: Bot) -> AsyncIterator[Conversation]:
    """Run the bot while the block lasts."""
    running = asyncio.create_task(bot.run())
    try:
        yield Conversation(sandbox, bot)
    finally:
        bot.stop()
        await running
