"""The bot is blocked, removed, added, made an administrator: subscriptions fall silent and come back as they were."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.chats import Member
from bot.subscription import State
from tests.conversation import CHANNEL, EDITOR, GROUP, YOU, Conversation, refusals
from tests.databases import on_both
from tests.handlers.test_subscribing import only, walk

pytestmark = on_both


async def test_who_blocks_the_bot_hears_nothing_and_coming_back_finds_all_as_it_was(conversation: Conversation) -> None:
    await walk(conversation, await conversation.ask("/subscribe"), "🕘 9:00", "18:00")
    before = await only(conversation)
    conversation.sandbox.acts.block(YOU)
    await conversation.handled()
    assert (await only(conversation)).state is State.UNREACHABLE
    conversation.sandbox.acts.block(YOU, False)
    await conversation.handled()
    assert await only(conversation) == before


async def test_a_group_that_puts_the_bot_out_keeps_its_settings(conversation: Conversation) -> None:
    bot = conversation.sandbox.world.bot.id
    owner = conversation.as_(EDITOR, GROUP)
    await owner.ask("/subscribe")
    before = await only(conversation, GROUP)
    for status, state in (("kicked", State.UNREACHABLE), ("member", State.ACTIVE), ("left", State.UNREACHABLE)):
        conversation.sandbox.acts.member(GROUP, bot, status, by=EDITOR)
        await conversation.handled()
        assert await only(conversation, GROUP) == replace(before, state=state)


async def test_a_channel_comes_back_when_the_bot_may_post_again(conversation: Conversation) -> None:
    world = conversation.sandbox.world
    await conversation.as_(EDITOR).ask("/subscribe @news_from_exile")
    conversation.sandbox.acts.member(CHANNEL, world.bot.id, "left", by=EDITOR)
    await conversation.handled()
    assert (await only(conversation, CHANNEL)).state is State.UNREACHABLE
    conversation.sandbox.acts.member(CHANNEL, world.bot.id, Member("administrator", {"can_invite_users"}))
    await conversation.handled()
    assert (await only(conversation, CHANNEL)).state is State.UNREACHABLE
    conversation.sandbox.acts.member(CHANNEL, world.bot.id, Member("administrator", {"can_post_messages"}))
    await conversation.handled()
    assert (await only(conversation, CHANNEL)).state is State.ACTIVE


async def test_a_group_is_greeted_once_and_a_group_it_knows_is_not(conversation: Conversation) -> None:
    bot = conversation.sandbox.world.bot.id
    owner = conversation.as_(EDITOR, GROUP)
    conversation.sandbox.acts.member(GROUP, bot, "left", by=EDITOR)
    conversation.sandbox.acts.member(GROUP, bot, "member", by=EDITOR)
    await conversation.handled()
    assert "/subscribe" in owner.messages[-1]["text"]
    greetings = len(owner.messages)
    conversation.sandbox.acts.member(GROUP, bot, "administrator", by=EDITOR)
    await conversation.handled()
    assert len(owner.messages) == greetings
    await owner.ask("/subscribe")
    conversation.sandbox.acts.member(GROUP, bot, "left", by=EDITOR)
    conversation.sandbox.acts.member(GROUP, bot, "member", by=EDITOR)
    await conversation.handled()
    assert "/topics" not in owner.messages[-1].get("text", "")


async def test_who_adds_the_bot_to_a_channel_is_told_how_to_go_on_where_that_is_allowed(
    conversation: Conversation,
) -> None:
    bot = conversation.sandbox.world.bot.id
    owner = conversation.as_(EDITOR)
    for started in (False, True):
        conversation.sandbox.acts.member(CHANNEL, bot, "left", by=EDITOR)
        conversation.sandbox.acts.member(CHANNEL, bot, "administrator", by=EDITOR)
        await conversation.handled()
        if not started:
            assert owner.messages == []
            await owner.ask("/start")
    assert "«News from exile»" in owner.messages[-1]["text"]
    assert conversation.sandbox.world.chats[CHANNEL].messages == {}
    (refused,) = refusals(conversation.sandbox)
    assert "bot can't initiate conversation" in refused


async def test_a_group_that_becomes_a_supergroup_keeps_its_digest(conversation: Conversation) -> None:
    group = conversation.sandbox.world.add_chat("group", "Small", creator=EDITOR, members=(YOU,))
    await conversation.as_(EDITOR, group.id).ask("/subscribe")
    before = await only(conversation, group.id)
    new = conversation.sandbox.acts.migrate(group.id)
    await conversation.handled()
    assert await only(conversation, new.id) == before
