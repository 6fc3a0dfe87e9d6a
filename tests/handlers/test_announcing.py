"""An announcement to very many: the press is answered at once, whatever is still to be done for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.search.library import Library
from tests.conversation import EDITOR, Conversation, labels_of
from tests.handlers.administration import administered
from tests.handlers.test_administering import draft, stands_in, subscribe_all


@pytest.fixture
async def administrator(library: Library, tmp_path: Path) -> AsyncIterator[Conversation]:
    """Whoever runs the bot, talking to it in private."""
    async with administered(library, tmp_path) as conversation:
        yield conversation


async def test_the_screen_answers_before_the_recipients_are_entered_and_is_renewed_by_itself(
    administrator: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribe_all(administrator)
    monkeypatch.setattr("bot.handlers.announcing.LOOK_EVERY", 0.05)
    announcements, very_many = administrator.bot.ringing.announcements, asyncio.Event()
    enter_all = announcements.enter_all

    async def enter_very_many() -> int:
        await very_many.wait()
        return await enter_all()

    monkeypatch.setattr(announcements, "enter_all", enter_very_many)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    message = await administrator.press(sure, "📨 Yes, send it")
    assert "It is going out. The list of recipients is being made: 0 so far." in message["text"]
    assert labels_of(message) == ["🔄 Refresh", "⏸ Pause", "⏹ Stop for good"]
    message = await administrator.press(message, "⏸ Pause")
    assert "Paused" in message["text"]
    message = await administrator.press(message, "▶️ Resume")
    very_many.set()
    assert "sent: 3" in (await stands_in(administrator, EDITOR, "Finished"))["text"]
