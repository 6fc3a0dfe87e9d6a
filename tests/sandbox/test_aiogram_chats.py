"""Chats, members and forum topics through aiogram."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatPermissions,
    ChatShared,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import Sandbox
from tests.sandbox.aiogram_pieces import plain
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU


async def test_chats_and_their_members(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    guest = sandbox.world.add_person("Guest")
    administrators = await aiogram_bot.get_chat_administrators(CHANNEL)
    assert {type(member) for member in administrators} == {ChatMemberOwner, ChatMemberAdministrator}
    assert (await aiogram_bot.get_chat_member(GROUP, YOU)).status == "member"
    assert await aiogram_bot.get_chat_member_count(GROUP) == 3
    assert (await aiogram_bot.get_chat("@news_from_exile")).id == CHANNEL
    assert (await aiogram_bot.get_user_profile_photos(YOU)).total_count == 0
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await aiogram_bot.get_chat_administrators(YOU)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await aiogram_bot.ban_chat_member(GROUP, YOU)
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    sandbox.acts.member(GROUP, guest.id, "member")
    await aiogram_bot.restrict_chat_member(GROUP, guest.id, ChatPermissions(can_send_messages=False))
    restricted = await aiogram_bot.get_chat_member(GROUP, guest.id)
    assert isinstance(restricted, ChatMemberRestricted)
    assert (restricted.is_member, restricted.can_send_messages) == (True, False)
    await aiogram_bot.promote_chat_member(GROUP, guest.id, can_pin_messages=True)
    await aiogram_bot.promote_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "member"
    await aiogram_bot.ban_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "kicked"
    await aiogram_bot.unban_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "left"
    with pytest.raises(TelegramBadRequest, match="can't remove chat owner"):
        await aiogram_bot.ban_chat_member(GROUP, EDITOR)
    assert (await aiogram_bot.export_chat_invite_link(GROUP)).startswith("https://t.me/+")
    await aiogram_bot.set_chat_title(GROUP, "New")
    await aiogram_bot.set_chat_description(GROUP, "About")
    group = await aiogram_bot.get_chat(GROUP)
    assert (group.title, group.description) == ("New", "About")
    with pytest.raises(TelegramBadRequest, match="chat description is not modified"):
        await aiogram_bot.set_chat_description(GROUP, "About")
    assert await aiogram_bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await aiogram_bot.send_message(GROUP, "a")


async def test_forum_topics(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", creator=EDITOR, bot="administrator", forum=True)
    topic = await aiogram_bot.create_forum_topic(forum.id, "Visas")
    sent = await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert sent.chat.is_forum
    said = sandbox.acts.send(EDITOR, "b", forum.id, thread=topic.message_thread_id)
    assert said["message_thread_id"] == topic.message_thread_id
    assert await aiogram_bot.edit_forum_topic(forum.id, topic.message_thread_id, name="Papers")
    assert await aiogram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await aiogram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    sandbox.acts.member(forum.id, sandbox.world.bot.id, "member", by=EDITOR)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)
    sandbox.acts.member(forum.id, sandbox.world.bot.id, "administrator", by=EDITOR)
    assert await aiogram_bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await aiogram_bot.hide_general_forum_topic(forum.id)
    assert await aiogram_bot.delete_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)


async def test_a_chat_is_shared_through_a_key(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    wish = KeyboardButtonRequestChat(request_id=7, chat_is_channel=True, request_title=True, request_username=True)
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Which?", request_chat=wish)]])
    await aiogram_bot.send_message(EDITOR, "Choose", reply_markup=markup)
    sandbox.acts.share_chat(EDITOR, 7, CHANNEL)
    message = (await aiogram_bot.get_updates())[-1].message
    assert message is not None
    assert message.chat_shared is not None
    shared = ChatShared(request_id=7, chat_id=CHANNEL, title="News from exile", username="news_from_exile")
    assert plain(message.chat_shared) == plain(shared)
    await aiogram_bot.send_message(EDITOR, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert sandbox.world.chats[EDITOR].keyboard is None
