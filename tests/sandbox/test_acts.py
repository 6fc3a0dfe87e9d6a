"""What people do, and what of it reaches the bot."""

from typing import Any

import pytest

from bot.sandbox import ActError, Sandbox
from bot.sandbox.chats import Member
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call


def arrived(sandbox: Sandbox) -> list[tuple[str, Any]]:
    """What waits for the bot: kind and body of each update."""
    return [(k, v) for update in sandbox.world.updates.take(0, 100) for k, v in update.items() if k != "update_id"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("hello all", False),
        ("/help", True),
        ("/help@kolokol_sandbox_bot", True),
        ("/help@other_bot", False),
        ("ask @Kolokol_Sandbox_Bot about it", True),
        ("ask @someone about it", False),
        ("see example.org", False),
    ],
)
def test_in_a_group_the_bot_sees_what_is_meant_for_it(sandbox: Sandbox, text: str, seen: bool) -> None:
    sandbox.acts.send(YOU, text, GROUP)
    assert [body["text"] for _, body in arrived(sandbox)] == [text] * seen


async def test_in_a_group_the_bot_sees_replies_to_it(sandbox: Sandbox, call: Call) -> None:
    own = (await call("sendMessage", chat_id=GROUP, text="a"))["result"]["message_id"]
    theirs = sandbox.acts.send(EDITOR, "b", GROUP)["message_id"]
    sandbox.acts.send(YOU, "to a person", GROUP, reply_to=theirs)
    sandbox.acts.send(YOU, "to the bot", GROUP, reply_to=own)
    assert [body["text"] for _, body in arrived(sandbox)] == ["to the bot"]


def test_an_administrator_or_a_bot_without_privacy_sees_all(sandbox: Sandbox) -> None:
    sandbox.world.sees_all_group_messages = True
    sandbox.acts.send(YOU, "one", GROUP)
    sandbox.world.sees_all_group_messages = False
    sandbox.world.chats[GROUP].members[sandbox.world.bot.id] = Member("administrator")
    sandbox.acts.send(YOU, "two", GROUP)
    assert [body["text"] for _, body in arrived(sandbox)] == ["one", "two"]


def test_a_bot_that_is_not_there_sees_nothing(sandbox: Sandbox) -> None:
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "kicked")
    sandbox.acts.send(YOU, "/help", GROUP)
    assert [kind for kind, _ in arrived(sandbox)] == ["my_chat_member"]


def test_posts_of_people_in_a_channel_come_without_a_name(sandbox: Sandbox) -> None:
    message = sandbox.acts.send(EDITOR, "news", CHANNEL)
    sandbox.acts.edit(EDITOR, message["message_id"], "better news", CHANNEL)
    (first, post), (second, edited) = arrived(sandbox)
    assert (first, second) == ("channel_post", "edited_channel_post")
    assert "from" not in post
    assert post["sender_chat"]["id"] == CHANNEL
    assert (edited["text"], "edit_date" in edited) == ("better news", True)


async def test_in_a_channel_the_bot_edits_others_posts_only_with_the_right(sandbox: Sandbox, call: Call) -> None:
    theirs = sandbox.acts.send(EDITOR, "news", CHANNEL)["message_id"]
    own = (await call("sendMessage", chat_id=CHANNEL, text="own"))["result"]["message_id"]
    edit = {"chat_id": CHANNEL, "text": "edited"}
    assert (await call("editMessageText", message_id=theirs, **edit))["ok"]
    rights = {"can_post_messages"}
    sandbox.acts.member(CHANNEL, sandbox.world.bot.id, Member("administrator", rights))
    assert (await call("editMessageText", message_id=own, **edit))["ok"]
    other = sandbox.acts.send(EDITOR, "more", CHANNEL)["message_id"]
    refused = await call("editMessageText", message_id=other, **edit)
    assert refused["description"] == "Bad Request: message can't be edited"
    assert (await call("deleteMessage", chat_id=CHANNEL, message_id=own))["ok"]
    refused = await call("deleteMessage", chat_id=CHANNEL, message_id=other)
    assert refused["description"] == "Bad Request: message can't be deleted"


def test_someone_who_blocked_the_bot_and_writes_again_lets_it_in(sandbox: Sandbox) -> None:
    sandbox.acts.block(YOU)
    sandbox.acts.block(YOU)
    sandbox.acts.send(YOU, "/start")
    kinds = [kind for kind, _ in arrived(sandbox)]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    states = [body["new_chat_member"]["status"] for kind, body in arrived(sandbox) if kind == "my_chat_member"]
    assert states == ["kicked", "member"]


def test_coming_and_going_leave_notices(sandbox: Sandbox) -> None:
    sandbox.world.updates.allow(["message", "chat_member", "my_chat_member"])
    guest = sandbox.world.add_person("Guest")
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    sandbox.acts.member(GROUP, guest.id, "member")
    sandbox.acts.member(GROUP, guest.id, "left")
    bodies = arrived(sandbox)
    assert [kind for kind, _ in bodies] == ["my_chat_member", "chat_member", "message", "chat_member", "message"]
    assert bodies[2][1]["new_chat_members"][0]["id"] == guest.id
    assert bodies[4][1]["left_chat_member"]["id"] == guest.id
    assert bodies[3][1]["from"]["id"] == guest.id, "who leaves does it alone"


def test_a_group_that_migrates_leaves_a_notice_in_both(sandbox: Sandbox) -> None:
    group = sandbox.world.add_chat("group", "Small", creator=YOU)
    new = sandbox.acts.migrate(group.id)
    assert [{k: body[k] for k in body if k.startswith("migrate")} for _, body in arrived(sandbox)] == [
        {"migrate_to_chat_id": new.id},
        {"migrate_from_chat_id": group.id},
    ]
    assert new.type == "supergroup"
    with pytest.raises(ActError, match="cannot write in Small"):
        sandbox.acts.send(YOU, "hello", group.id)


async def test_only_buttons_that_are_there_can_be_pressed(sandbox: Sandbox, call: Call) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
    sent = (await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup))["result"]
    with pytest.raises(ActError, match="has no button with the data 'other'"):
        sandbox.acts.press(YOU, sent["message_id"], "other")
    query = sandbox.acts.press(YOU, sent["message_id"], "d")
    body = arrived(sandbox)[0][1]
    assert (body["id"], body["data"], body["message"]["message_id"]) == (query, "d", sent["message_id"])
    assert sandbox.acts.answer_of(query) is None
    await call("answerCallbackQuery", callback_query_id=query)
    assert sandbox.acts.answer_of(query) == {"text": None, "show_alert": False, "url": None}


async def test_a_keyboard_for_once_is_gone_after_its_use(sandbox: Sandbox, call: Call) -> None:
    markup = {"keyboard": [["yes"]], "one_time_keyboard": True}
    await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup)
    chat = sandbox.world.chats[YOU]
    assert chat.keyboard is not None
    sandbox.acts.send(YOU, "yes")
    assert chat.keyboard is None


async def test_sharing_a_channel_makes_the_bot_an_administrator_where_asked(sandbox: Sandbox, call: Call) -> None:
    other = sandbox.world.add_chat("channel", "Other", creator=EDITOR, bot="left")
    rights = {"can_post_messages": True, "can_edit_messages": True}
    wish = {"request_id": 3, "chat_is_channel": True, "bot_administrator_rights": rights}
    markup = {"keyboard": [[{"text": "Choose", "request_chat": wish}]]}
    await call("sendMessage", chat_id=EDITOR, text="a", reply_markup=markup)
    with pytest.raises(ActError, match="is not of the kind that the key asks for"):
        sandbox.acts.share_chat(EDITOR, 3, GROUP)
    message = sandbox.acts.share_chat(EDITOR, 3, other.id)
    assert message["chat_shared"] == {"request_id": 3, "chat_id": other.id}
    assert (await call("sendMessage", chat_id=other.id, text="posted"))["ok"]


def test_numbers_of_messages_are_shared_by_private_chats_and_own_to_supergroups(sandbox: Sandbox) -> None:
    first = sandbox.acts.send(YOU, "a")["message_id"]
    assert sandbox.acts.send(EDITOR, "b")["message_id"] == first + 1
    assert sandbox.acts.send(EDITOR, "c", GROUP)["message_id"] == 2, "1 is the notice that the group was made"
