"""Taking back over what Telegram answers: what it refuses stands, and can be taken back later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.search.library import Library
from bot.store.tables import outbox
from tests.conversation import CHANNEL, EDITOR, GROUP, Conversation, Json
from tests.handlers.administration import administered
from tests.handlers.test_administering import done, draft, stands_in

WORDS = "News of ours"


@pytest.fixture
async def administrator(library: Library, tmp_path: Path) -> AsyncIterator[Conversation]:
    """Whoever runs the bot, talking to it in private."""
    async with administered(library, tmp_path) as conversation:
        yield conversation


async def announce(administrator: Conversation) -> None:
    """Send an announcement to all who are subscribed."""
    sure = await administrator.press(await draft(administrator, WORDS), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))


async def delete(administrator: Conversation) -> Json:
    """Delete the edition that was sent last; what came of it."""
    await administrator.handled()
    before = len(administrator.messages)
    one = await administrator.press(await administrator.ask("/recall"), "1")
    sure = await administrator.press(one, "🗑 Delete everywhere")
    await administrator.press(sure, "🗑 Yes, delete")
    result = await stands_in(administrator, EDITOR, f"Announcement “{WORDS}”, English")
    assert result["message_id"] not in [each["message_id"] for each in administrator.messages[:before]]
    administrator.sandbox.world.chats[EDITOR].messages.pop(result["message_id"])
    return result


def standing(administrator: Conversation, chat: int) -> list[str]:
    """The texts of announcements in a chat."""
    messages = administrator.sandbox.world.chats[chat].messages.values()
    return [text for each in messages if (text := each.get("text", "")) == WORDS]


async def test_what_the_bot_may_not_delete_in_a_channel_stands_until_it_may(administrator: Conversation) -> None:
    acts, bot = administrator.sandbox.acts, administrator.sandbox.world.bot.id
    await administrator.ask("/subscribe @news_from_exile en")
    await announce(administrator)
    acts.promote(CHANNEL, bot, ["can_edit_messages"])
    assert (await delete(administrator))["text"].endswith("English\n\nRefused by Telegram: 1.")
    assert standing(administrator, CHANNEL) == [WORDS]
    acts.promote(CHANNEL, bot, ["can_post_messages"])
    assert "Done: 1." in (await delete(administrator))["text"]
    assert standing(administrator, CHANNEL) == []


async def test_what_stands_in_a_group_that_put_the_bot_out_counts_as_refused(administrator: Conversation) -> None:
    acts, bot = administrator.sandbox.acts, administrator.sandbox.world.bot.id
    await administrator.as_(EDITOR, GROUP).ask("/subscribe en")
    await announce(administrator)
    acts.member(GROUP, bot, "kicked", by=EDITOR)
    assert (await delete(administrator))["text"].endswith("English\n\nRefused by Telegram: 1.")
    acts.member(GROUP, bot, "member", by=EDITOR)
    assert "Done: 1." in (await delete(administrator))["text"]
    assert standing(administrator, GROUP) == []


async def test_what_somebody_deleted_by_hand_counts_as_gone(administrator: Conversation) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    await announce(administrator)
    administrator.sandbox.world.chats[CHANNEL].messages.clear()
    assert "\n\nAlready gone, or already as it should be: 1." in (await delete(administrator))["text"]


@pytest.mark.parametrize("fault", ["error", "too_many"])
async def test_what_telegram_does_not_answer_is_asked_again(administrator: Conversation, fault: str) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    await announce(administrator)
    administrator.sandbox.faults.add(fault, method="deleteMessage", chat_id=CHANNEL)
    assert "Done: 1." in (await delete(administrator))["text"]
    assert standing(administrator, CHANNEL) == []


async def test_one_that_breaks_off_is_told_in_words_and_stays_ordered(
    administrator: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    await administrator.ask("/subscribe @news_from_exile en")
    await announce(administrator)
    office = administrator.bot.desk.office
    assert office
    monkeypatch.setattr(office.recall, "_delete", broken)
    one = await administrator.press(await administrator.ask("/recall"), "1")
    sure = await administrator.press(one, "🗑 Delete everywhere")
    await administrator.press(sure, "🗑 Yes, delete")
    told = await stands_in(administrator, EDITOR, "The order is kept")
    assert told["text"].startswith(f"Announcement “{WORDS}”, English")
    assert [erase for _, erase in await office.recall.ordered()] == [True]


async def test_what_somebody_said_is_there_has_to_be_deleted_by_hand_and_its_channel_is_named(
    administrator: Conversation,
) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    await announce(administrator)
    async with administrator.bot.desk.subscriptions._database.begin() as connection:
        await connection.execute(update(outbox).values(message_ids=[0]))
    told = (await delete(administrator))["text"]
    assert "Refused" not in told
    assert "1 message stands in its chat" in told
    assert "Look in: News from exile" in told


async def test_after_a_small_group_became_a_supergroup_no_message_of_its_members_is_deleted(
    administrator: Conversation,
) -> None:
    acts, world = administrator.sandbox.acts, administrator.sandbox.world
    small = world.add_chat("group", "Small")
    small.members.update(world.chats[GROUP].members)
    await administrator.as_(EDITOR, small.id).ask("/subscribe en")
    await announce(administrator)
    new = acts.migrate(small.id)
    await administrator.handled()
    for number in range(12):
        acts.send(EDITOR, f"Ours {number}", new.id)
    await administrator.handled()
    acts.promote(new.id, world.bot.id, ["can_delete_messages"])
    before = set(new.messages)
    told = (await delete(administrator))["text"]
    assert "1 message stands in its chat" in told
    assert "Look in: Small" in told
    assert set(new.messages) == before
