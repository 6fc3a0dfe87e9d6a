"""The digest as people get it: subscribed in the chat, rung by a clock that is moved, read and left in the chat."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_bot
from bot.catalog.bundle import Bundle
from bot.catalog.cards import Argument, Debate, Recommendation, Statistic
from bot.clock import MovableClock
from bot.digests.ticking import Ticking
from bot.editing.folder import folder_of
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.settings import ROOT
from tests.conftest import settings_for
from tests.conversation import CHANNEL, EDITOR, FREE_PACE, PATIENCE, YOU, Conversation, labels_of, talking
from tests.databases import on_both

pytestmark = on_both


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def conversation(library: Library, clock: MovableClock, tmp_path: Path, home: str) -> AsyncIterator[Conversation]:
    """A person who talks to a bot whose clock can be moved."""
    async with (
        Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox,
        open_bot(settings_for(sandbox, tmp_path, home), library, clock=clock, pace=FREE_PACE) as bot,
        talking(sandbox, bot) as conversation,
    ):
        yield conversation


async def ring(conversation: Conversation, clock: MovableClock) -> None:
    """Move the clock to the next digest and tick."""
    due = await conversation.bot.ringing.next_due()
    assert due is not None
    clock.advance((due - clock.now()).total_seconds() + 1)
    ticking: Ticking = conversation.bot.ringing.ticking
    await ticking.tick()


async def arrived(conversation: Conversation, more_than: int) -> list[dict[str, Any]]:
    """The messages that came after so many, once there are some."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while len(conversation.messages) <= more_than:
        assert asyncio.get_running_loop().time() < until, "no digest came"
        await asyncio.sleep(0.01)
    return conversation.messages[more_than:]


async def test_a_subscriber_gets_a_digest_each_week_and_no_card_of_the_archive_twice(
    conversation: Conversation, clock: MovableClock
) -> None:
    await conversation.ask("/subscribe")
    seen: set[str] = set()
    for _ in range(4):
        before = len(conversation.messages)
        await ring(conversation, clock)
        digest = await arrived(conversation, before)
        links = {
            entity["url"].rpartition("start=")[2]
            for message in digest
            for entity in message["entities"]
            if entity["type"] == "text_link" and "start=" in entity["url"]
        }
        found = (conversation.bot.desk.library.catalog.find(link) for link in links)
        cards = {card.id for card in found if isinstance(card, Statistic | Recommendation | Argument | Debate)}
        assert len(cards) >= 3
        assert not cards & seen
        seen |= cards
        assert labels_of(digest[-1]) == ["⚙️ Settings", "✖️ Unsubscribe"]


async def test_an_owner_is_shown_before_its_time_and_in_their_language_what_their_channel_will_get(
    conversation: Conversation, clock: MovableClock
) -> None:
    owner = conversation.as_(EDITOR)
    message = await owner.ask("/subscribe @news_from_exile")
    await owner.press(await owner.press(message, "👁 Предпросмотр: нет"), "За 3 часа")
    before = len(owner.messages)
    await ring(owner, clock)
    await arrived(owner, before + 1)
    assert "Следующий выпуск для «News from exile»" in owner.messages[before]["text"]
    assert labels_of(owner.messages[-1]) == ["⏭ Пропустить выпуск", "⚙️ Настройки"]
    channel = owner.as_(EDITOR, CHANNEL)
    assert channel.messages == []
    await ring(owner, clock)
    assert await arrived(channel, 0)


async def test_one_press_under_a_digest_ends_the_subscription(conversation: Conversation, clock: MovableClock) -> None:
    await conversation.ask("/subscribe")
    before = len(conversation.messages)
    await ring(conversation, clock)
    digest = await arrived(conversation, before)
    await conversation.press(digest[-1], "✖️ Unsubscribe")
    assert await conversation.bot.desk.subscriptions.of_chat(YOU) == ()
    assert await conversation.bot.ringing.next_due() is None


async def test_a_digest_missed_for_long_expires_and_the_next_one_comes(
    conversation: Conversation, clock: MovableClock
) -> None:
    await conversation.ask("/subscribe")
    before = len(conversation.messages)
    due = await conversation.bot.ringing.next_due()
    assert due is not None
    clock.advance((due - clock.now()).total_seconds() + 20 * 3600)
    await conversation.bot.ringing.ticking.tick()
    assert len(conversation.messages) == before
    await ring(conversation, clock)
    assert await arrived(conversation, before)


async def test_administrators_hear_once_of_what_was_missed_each_in_their_language(
    library: Library, clock: MovableClock, tmp_path: Path, home: str
) -> None:
    async with Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox:
        settings = settings_for(sandbox, tmp_path, home).model_copy(update={"admins": (YOU, EDITOR)})
        async with (
            open_bot(settings, library, clock=clock, pace=FREE_PACE) as bot,
            talking(sandbox, bot) as conversation,
        ):
            editor = conversation.as_(EDITOR)
            await conversation.ask("/subscribe")
            await editor.ask("/start")
            before, there = len(conversation.messages), len(editor.messages)
            due = await bot.ringing.next_due()
            assert due is not None
            clock.advance((due - clock.now()).total_seconds() + 20 * 3600)
            for _ in range(2):
                await bot.ringing.ticking.tick()
            (told,) = await arrived(conversation, before)
            (said,) = await arrived(editor, there)
            assert "1 delivery of a digest was missed" in told["text"]
            assert "Не отправлено из-за опоздания: 1 доставка" in said["text"]


async def test_who_was_told_a_figure_hears_at_once_and_without_a_sound_that_it_was_corrected(
    library: Library, clock: MovableClock, tmp_path: Path, home: str
) -> None:
    folders = {f"{name}_dir": tmp_path / name for name in ("content", "seeds")}
    for folder in folders.values():
        shutil.copytree(ROOT / folder.name, folder)
    async with Sandbox(limits="off", clock=lambda: clock.now().timestamp(), move=clock.advance) as sandbox:
        settings = settings_for(sandbox, tmp_path, home).model_copy(update=folders)
        async with (
            open_bot(settings, library, clock=clock, pace=FREE_PACE) as bot,
            talking(sandbox, bot) as conversation,
        ):
            await conversation.ask("/subscribe")
            before = len(conversation.messages)
            await ring(conversation, clock)
            digest = await arrived(conversation, before)
            before = len(conversation.messages)
            card = next(card for card in library.catalog.of_type(Statistic) if card.title.en in digest[0]["text"])
            files = folder_of(settings).read()
            await bot.publisher.publish(
                with_other_figure(files, card.id), expected=bot.publisher.library.version, pen_name=None
            )
            (correction,) = await arrived(conversation, before)
            assert "Correction" in correction["text"].splitlines()[0]
            assert card.title.en in correction["text"]
            sent = [each for each in sandbox.journal.exchanges if each.method == "sendMessage"][-1]
            assert sent.parameters["disable_notification"] is True
            await bot.ringing.ticking.tick()
            assert conversation.messages[-1] == correction


def with_other_figure(files: Bundle, card_id: str) -> Bundle:
    """The content with a statistic said to be about so much, or no more about."""
    mark, about = f"  - id: {card_id}\n".encode(), b"    approximate: true\n"
    path = next(name for name, data in files.files.items() if mark in data and name.startswith("content/topics/"))
    before, after = files.files[path].split(mark)
    card, border, rest = after.partition(b"\n  - id: ")
    card = card.replace(about, b"") if about in card else about + card
    return Bundle({**files.files, path: before + mark + card + border + rest})
