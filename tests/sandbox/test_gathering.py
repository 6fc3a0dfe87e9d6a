"""How people and chats come to be and change, as foreign clients are told of it."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ChatMemberAdministrator, ChatMemberLeft, ChatMemberOwner, Update

from bot.sandbox import ActError, Sandbox
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, TurnedClock

ALL = ["message", "channel_post", "callback_query", "my_chat_member", "chat_member"]
HOUR = 3600


async def news(bot: Bot) -> list[Update]:
    """What the bot has not heard yet."""
    updates = await bot.get_updates(allowed_updates=ALL, timeout=0)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, allowed_updates=ALL, timeout=0)
    return updates


async def test_the_bot_is_told_of_each_step_of_its_own_in_a_channel(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    channel = sandbox.acts.new_chat(EDITOR, "channel", "Own channel", username="own_channel")
    bot = sandbox.world.bot.id
    sandbox.acts.promote(channel.id, bot, ["can_post_messages", "can_delete_messages"])
    sandbox.acts.promote(channel.id, bot, ["can_delete_messages"])
    sandbox.acts.member(channel.id, bot, "left")
    sandbox.acts.member(channel.id, bot, "administrator")
    sandbox.acts.member(channel.id, bot, "kicked")
    changes = [update.my_chat_member for update in await news(aiogram_bot)]
    steps: list[tuple[Any, Any, Any]] = [
        (c.old_chat_member.status, c.new_chat_member.status, getattr(c.new_chat_member, "can_post_messages", None))
        for c in changes
        if c is not None
    ]
    assert steps == [
        ("left", "administrator", True),
        ("administrator", "administrator", False),
        ("administrator", "left", None),
        ("left", "administrator", True),
        ("administrator", "kicked", None),
    ]


async def test_a_channel_tells_its_administrators_to_an_administrator_only(
    sandbox: Sandbox, aiogram_bot: Bot, call: Call
) -> None:
    owner, bot = await aiogram_bot.get_chat_administrators(CHANNEL)
    assert isinstance(owner, ChatMemberOwner)
    assert isinstance(bot, ChatMemberAdministrator)
    assert (owner.user.id, bot.user.id, bot.can_post_messages) == (EDITOR, sandbox.world.bot.id, True)
    assert (await aiogram_bot.get_chat_member(CHANNEL, YOU)).status == "member"
    assert await aiogram_bot.get_chat_member_count(CHANNEL) == 3
    assert (await aiogram_bot.get_chat("@news_from_exile")).type == "channel"
    sandbox.acts.member(CHANNEL, sandbox.world.bot.id, "left")
    assert (await call("getChat", chat_id="@news_from_exile"))["ok"], "a public channel is open to all"
    for method, more in (("getChatAdministrators", {}), ("getChatMember", {"user_id": YOU})):
        refused = await call(method, chat_id="@news_from_exile", **more)
        assert refused["description"] == "Bad Request: member list is inaccessible"


async def test_an_anonymous_administrator_speaks_in_the_groups_name(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    sandbox.acts.promote(GROUP, YOU, ["can_pin_messages"], is_anonymous=True, custom_title="The desk")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
    sandbox.acts.send(YOU, "/subscribe", GROUP)
    sent = await aiogram_bot.send_message(GROUP, "choose", reply_markup=markup)  # type: ignore[arg-type]
    sandbox.acts.press(YOU, sent.message_id, "d", GROUP)
    said, pressed = await news(aiogram_bot)
    assert said.message is not None
    assert said.message.from_user is not None
    assert said.message.sender_chat is not None
    assert (said.message.from_user.username, said.message.sender_chat.id) == ("GroupAnonymousBot", GROUP)
    assert said.message.author_signature == "The desk"
    assert pressed.callback_query is not None
    assert pressed.callback_query.from_user.id == YOU, "who presses a button is always named"
    members = {member.user.id: member for member in await aiogram_bot.get_chat_administrators(GROUP)}
    hidden = members[YOU]
    assert isinstance(hidden, ChatMemberAdministrator)
    assert (hidden.is_anonymous, hidden.can_pin_messages, hidden.can_restrict_members) == (True, True, False)
    stand_in = await aiogram_bot.get_chat_member(GROUP, said.message.from_user.id)
    assert isinstance(stand_in, ChatMemberLeft)
    edited = sandbox.acts.edit(YOU, said.message.message_id, "/subscribe ru", GROUP)
    assert edited["text"] == "/subscribe ru"
    with pytest.raises(ActError, match="only administrators of supergroups"):
        sandbox.acts.promote(CHANNEL, YOU, is_anonymous=True)
    with pytest.raises(ActError, match="there is no right can_fly"):
        sandbox.acts.promote(GROUP, YOU, ["can_fly"])


async def test_an_owner_can_hide_too_and_stays_the_owner(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    sandbox.acts.promote(GROUP, EDITOR, is_anonymous=True)
    owner = await aiogram_bot.get_chat_member(GROUP, EDITOR)
    assert isinstance(owner, ChatMemberOwner)
    assert owner.is_anonymous


async def test_a_person_who_blocks_is_told_of_and_one_who_goes_for_good_is_not(
    sandbox: Sandbox, aiogram_bot: Bot, call: Call
) -> None:
    sandbox.acts.block(YOU)
    sandbox.acts.deactivate(EDITOR)
    (update,) = await news(aiogram_bot)
    assert update.my_chat_member is not None
    assert (update.my_chat_member.chat.id, update.my_chat_member.new_chat_member.status) == (YOU, "kicked")
    blocked, gone = [await call("sendMessage", chat_id=person, text="a") for person in (YOU, EDITOR)]
    assert blocked["description"] == "Forbidden: bot was blocked by the user"
    assert gone["description"] == "Forbidden: user is deactivated"
    sandbox.acts.block(YOU, False)
    sandbox.acts.deactivate(EDITOR, False)
    assert [(await call("sendMessage", chat_id=person, text="a"))["ok"] for person in (YOU, EDITOR)] == [True, True]


async def test_after_a_group_moved_its_new_number_works(sandbox: Sandbox, call: Call) -> None:
    group = sandbox.world.add_chat("group", "Small", creator=YOU)
    new = sandbox.acts.migrate(group.id)
    refused = await call("sendMessage", chat_id=group.id, text="a")
    assert refused["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call("sendMessage", chat_id=new.id, text="a"))["ok"]


async def test_topics_open_close_and_go(sandbox: Sandbox, call: Call) -> None:
    forum = sandbox.acts.new_chat(EDITOR, "supergroup", "Forum", forum=True)
    sandbox.acts.member(forum.id, sandbox.world.bot.id, "member")
    sandbox.acts.member(forum.id, YOU, "member")
    topic = sandbox.acts.open_topic(EDITOR, forum.id, "Digest")
    digest = {"chat_id": forum.id, "text": "a", "message_thread_id": topic.id}
    assert (await call("sendMessage", **digest))["result"]["is_topic_message"] is True
    sandbox.acts.close_topic(EDITOR, forum.id, topic.id)
    assert (await call("sendMessage", **digest))["description"] == "Bad Request: TOPIC_CLOSED"
    with pytest.raises(ActError, match="the topic Digest is closed"):
        sandbox.acts.send(YOU, "hello", forum.id, thread=topic.id)
    sandbox.acts.send(EDITOR, "from who keeps the topics", forum.id, thread=topic.id)
    sandbox.acts.close_topic(EDITOR, forum.id, topic.id, closed=False)
    assert (await call("sendMessage", **digest))["ok"]
    sandbox.acts.delete_topic(EDITOR, forum.id, topic.id)
    assert (await call("sendMessage", **digest))["description"] == "Bad Request: message thread not found"
    with pytest.raises(ActError, match="may not manage topics"):
        sandbox.acts.open_topic(YOU, forum.id, "Mine")
    with pytest.raises(ActError, match="has no topics"):
        sandbox.acts.open_topic(EDITOR, GROUP, "None")
    kinds = [set(update["message"]) for update in (await call("getUpdates"))["result"] if "message" in update]
    assert any("forum_topic_created" in kind for kind in kinds)
    assert any("forum_topic_closed" in kind for kind in kinds)


@pytest.mark.parametrize("chat_id", [CHANNEL, GROUP, YOU])
async def test_after_two_days_a_bot_deletes_nothing_anywhere_but_still_edits(
    sandbox: Sandbox, call: Call, clock: TurnedClock, chat_id: int
) -> None:
    if chat_id == GROUP:
        sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    old = (await call("sendMessage", chat_id=chat_id, text="old"))["result"]["message_id"]
    clock.turn(48 * HOUR - 1)
    young = (await call("sendMessage", chat_id=chat_id, text="young"))["result"]["message_id"]
    clock.turn(1)
    refused = await call("deleteMessage", chat_id=chat_id, message_id=old)
    assert refused["description"].startswith("Bad Request: message can't be deleted")
    assert (await call("deleteMessages", chat_id=chat_id, message_ids=[old, young]))["result"] is True
    assert (await call("editMessageText", chat_id=chat_id, message_id=old, text="corrected"))["ok"]
    assert [m.get("text") for m in sandbox.world.chats[chat_id].messages.values() if "text" in m] == ["corrected"]


async def test_new_people_and_chats_have_names_of_their_own(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    person = sandbox.acts.new_person("Nina", username="@nina_here", language_code="ru")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(person.id, "too early")
    sandbox.acts.send(person.id, "/start")
    assert (await aiogram_bot.send_message(person.id, "welcome")).chat.username == "nina_here"
    for name, words in (("nina_here", "is taken"), ("you", "is no name"), ("kolokol_sandbox_bot", "is taken")):
        with pytest.raises(ActError, match=words):
            sandbox.acts.new_person("Other", username=name)
    with pytest.raises(ActError, match="a person has a name"):
        sandbox.acts.new_person(" ")
    with pytest.raises(ActError, match="a chat is a group"):
        sandbox.acts.new_chat(YOU, "club", "Club")
    with pytest.raises(ActError, match="is a supergroup"):
        sandbox.acts.new_chat(YOU, "group", "Club", username="club")
