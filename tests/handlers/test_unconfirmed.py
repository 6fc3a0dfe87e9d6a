"""What administrators do about messages that nobody confirmed, where the content has changed since."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.i18n import Language
from bot.search.library import Library
from bot.store.editions import EditionStore, Name
from bot.store.entering import enter
from bot.store.tables import outbox
from bot.subscription import Cadence
from bot.views.edition import Edition
from tests.conversation import CHANNEL, Conversation
from tests.handlers.administration import administered
from tests.handlers.test_administering import state_when_settled


@pytest.fixture
async def administrator(library: Library, tmp_path: Path, home: str) -> AsyncIterator[Conversation]:
    """Whoever runs the bot, talking to it in private."""
    async with administered(library, tmp_path, home) as conversation:
        yield conversation


async def test_what_is_posted_by_a_press_reads_as_what_is_published_now(administrator: Conversation) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    (to,) = await administrator.bot.desk.subscriptions.of_chat(CHANNEL)
    database = administrator.bot.desk.subscriptions._database
    body = Edition(Cadence.WEEKLY, "w", date(2026, 1, 5), date(2026, 1, 12), (), Language.EN, 0, note="Old words")
    name = Name(body.kind, body.cadence, body.period, "", body.language)
    async with database.begin() as connection:
        edition = await EditionStore().ensure(connection, name, version=0, body=body.as_json(), empty=False, created=1)
        await enter(connection, edition, body.period, [to.id], due=1, send_before=2**40)
        await connection.execute(update(outbox).values(state="unconfirmed"))
    await administrator.press(await administrator.ask("/delivery"), "1. 📨 Post now", alert=True)
    assert await state_when_settled(administrator) == "sent"
    (posted,) = administrator.sandbox.world.chats[CHANNEL].messages.values()
    assert "Old words" not in posted["text"]
