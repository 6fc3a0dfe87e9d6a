"""Methods beyond what the two clients' scripts touch, and what each refuses."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import PERMISSIONS
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, png

LINE = "Bad Request: "


async def refused(call: Call, method: str, **parameters: Any) -> str:
    answer = await call(method, **parameters)
    assert not answer["ok"], answer
    description: str = answer["description"]
    return description.removeprefix(LINE)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendPhoto", {"chat_id": YOU}, "there is no photo in the request"),
    ("sendVideoNote", {"chat_id": YOU}, "there is no video note in the request"),
    ("sendDocument", {"chat_id": YOU, "document": "attach://x"}, "there is no document in the request"),
    ("sendPhoto", {"chat_id": YOU, "photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
    ("sendMediaGroup", {"chat_id": YOU}, "there are no messages to send"),
    ("sendMediaGroup", {"chat_id": YOU, "media": "x"}, "can't parse media JSON object"),
    ("sendMediaGroup", {"chat_id": YOU, "media": {}}, "expected an Array of InputMedia"),
    ("sendMediaGroup", {"chat_id": YOU, "media": ["x"]}, "can't parse InputMedia: expected an Object"),
    ("sendMediaGroup", {"chat_id": YOU, "media": [{"type": "animation", "media": "x"}]},
     'can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup'),
    ("sendMediaGroup", {"chat_id": YOU, "media": [{"type": "photo"}]}, "can't parse InputMedia: media not found"),
    ("sendLocation", {"chat_id": YOU, "latitude": 1}, "longitude is empty"),
    ("sendVenue", {"chat_id": YOU, "latitude": 1, "longitude": 1, "title": "t"}, 'parameter "address" is required'),
    ("sendPoll", {"chat_id": YOU, "question": "", "options": ["a"]}, "poll question must be non-empty"),
    ("sendPoll", {"chat_id": YOU, "question": "q" * 301, "options": ["a"]}, "poll question length must not exceed 300"),
    ("sendPoll", {"chat_id": YOU, "question": "q", "options": []}, "poll must have at least one answer option"),
    ("sendPoll", {"chat_id": YOU, "question": "q", "options": ["a"] * 13}, "poll can't have more than 12 options"),
    ("sendPoll", {"chat_id": YOU, "question": "q", "options": [{"text": ""}]}, "poll option must be non-empty"),
    ("sendPoll", {"chat_id": YOU, "question": "q", "options": ["o" * 101]}, "poll options length must not exceed 100"),
    ("sendPoll", {"chat_id": YOU, "question": "q", "options": ["a"], "type": "quiz"},
     "wrong correct option ID specified"),
    ("stopPoll", {"chat_id": YOU, "message_id": 9}, "message with poll to stop not found"),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("getUserProfilePhotos", {"user_id": 5}, "user not found"),
    ("getUserProfilePhotos", {}, "invalid user_id specified"),
    ("getChatMember", {"chat_id": GROUP, "user_id": 5}, "PARTICIPANT_ID_INVALID"),
    ("deleteMessages", {"chat_id": YOU}, "message identifiers are not specified"),
    ("deleteMessages", {"chat_id": YOU, "message_ids": "x"}, "can't parse message_ids JSON object"),
    ("deleteMessages", {"chat_id": YOU, "message_ids": ["a"]}, "expected an Array of message identifiers"),
    ("deleteMessages", {"chat_id": YOU, "message_ids": list(range(1, 102))},
     "too many message identifiers specified"),
    ("pinChatMessage", {"chat_id": GROUP, "message_id": 9}, "message to pin not found"),
    ("unpinAllChatMessages", {"chat_id": GROUP}, "not enough rights to manage pinned messages in the chat"),
    ("setChatTitle", {"chat_id": GROUP, "title": "x"}, "not enough rights to change chat title"),
    ("setChatTitle", {"chat_id": YOU, "title": "x"}, "not enough rights to change chat title"),
    ("exportChatInviteLink", {"chat_id": GROUP}, "not enough rights to manage chat invite link"),
    ("banChatMember", {"chat_id": YOU, "user_id": YOU}, "chat member status can't be changed in private chats"),
    ("leaveChat", {"chat_id": YOU}, "chat member status can't be changed in private chats"),
    ("createForumTopic", {"chat_id": GROUP, "name": "a"}, "the chat is not a forum"),
    ("createForumTopic", {"chat_id": CHANNEL, "name": "a"}, "method is available only for supergroups"),
    ("setMyCommands", {"commands": [1]}, "can't parse BotCommand: expected an Object"),
    ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
    ("setMyCommands", {"commands": [{"command": f"c{i}", "description": "d"} for i in range(101)]},
     "BOT_COMMANDS_TOO_MUCH"),
    ("getMyCommands", {"scope": "x"}, "can't parse BotCommandScope JSON object"),
    ("getMyCommands", {"scope": 1}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
    ("getMyCommands", {"scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ("getMyCommands", {"scope": {"type": "chat"}}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
    ("getMyCommands", {"scope": {"type": "chat_member", "chat_id": GROUP}},
     "can't parse BotCommandScope: Invalid user_id specified"),
    ("setMyDescription", {"description": "d" * 513}, "bot description is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "moon"}},
     "can't parse menu button: MenuButton has unsupported type"),
    ("setChatMenuButton", {"menu_button": {"type": "web_app"}},
     "can't parse menu button: Can't find field \"web_app\""),
    ("answerInlineQuery", {"results": {}}, "expected an Array of inline query results"),
    ("editMessageLiveLocation", {"chat_id": YOU, "message_id": 9, "latitude": 1, "longitude": 1},
     "message to edit not found"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "parameters", "words"), REFUSED)
async def test_what_each_method_refuses(call: Call, method: str, parameters: dict[str, Any], words: str) -> None:
    assert await refused(call, method, **parameters) == words


async def test_a_live_location_moves_and_stops(call: Call) -> None:
    sent = (await call("sendLocation", chat_id=YOU, latitude=1, longitude=2, live_period=600))["result"]
    where = {"chat_id": YOU, "message_id": sent["message_id"]}
    moved = (await call("editMessageLiveLocation", latitude=3, longitude=4, **where))["result"]
    assert (moved["location"]["latitude"], moved["location"]["live_period"]) == (3.0, 600)
    stopped = (await call("stopMessageLiveLocation", **where))["result"]
    assert "live_period" not in stopped["location"]
    words = "there is no live location in the message to edit"
    assert await refused(call, "stopMessageLiveLocation", **where) == words


async def test_the_general_topic_and_pins_in_topics(sandbox: Sandbox, call: Call) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", creator=EDITOR, bot="administrator", forum=True)
    for method in ("closeGeneralForumTopic", "reopenGeneralForumTopic", "unhideGeneralForumTopic"):
        assert (await call(method, chat_id=forum.id))["ok"]
    assert (await call("editGeneralForumTopic", chat_id=forum.id, name="All"))["ok"]
    assert await refused(call, "editGeneralForumTopic", chat_id=forum.id, name=" ") == "TOPIC_TITLE_EMPTY"
    assert (await call("getForumTopicIconStickers"))["result"] == []
    topic = (await call("createForumTopic", chat_id=forum.id, name="a", icon_color=0xFFD67E))["result"]
    assert topic["icon_color"] == 0xFFD67E
    thread = topic["message_thread_id"]
    inside = (await call("sendMessage", chat_id=forum.id, text="a", message_thread_id=thread))["result"]
    reply = await call("sendMessage", chat_id=forum.id, text="b", reply_to_message_id=inside["message_id"])
    assert reply["result"]["message_thread_id"] == thread, "a reply stays in the topic of what it replies to"
    outside = (await call("sendMessage", chat_id=forum.id, text="a"))["result"]
    for message in (inside, outside):
        await call("pinChatMessage", chat_id=forum.id, message_id=message["message_id"])
    await call("unpinAllForumTopicMessages", chat_id=forum.id, message_thread_id=thread)
    assert forum.pinned == [outside["message_id"]]
    await call("unpinAllGeneralForumTopicMessages", chat_id=forum.id)
    assert forum.pinned == []


async def test_permissions_titles_and_links(sandbox: Sandbox, call: Call) -> None:
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    await call("setChatPermissions", chat_id=GROUP, permissions={"can_send_messages": True})
    permissions = (await call("getChat", chat_id=GROUP))["result"]["permissions"]
    assert {name for name, on in permissions.items() if on} == {"can_send_messages"}
    assert set(permissions) == set(PERMISSIONS)
    await call("promoteChatMember", chat_id=GROUP, user_id=YOU, can_pin_messages=True)
    await call("setChatAdministratorCustomTitle", chat_id=GROUP, user_id=YOU, custom_title="Keeper")
    member = (await call("getChatMember", chat_id=GROUP, user_id=YOU))["result"]
    assert (member["custom_title"], member["can_pin_messages"], member["can_promote_members"]) == (
        "Keeper",
        True,
        False,
    )
    words = "user is an administrator of the chat"
    assert await refused(call, "banChatMember", chat_id=GROUP, user_id=YOU) == words
    assert await refused(call, "banChatMember", chat_id=GROUP, user_id=sandbox.world.bot.id) == "can't restrict self"
    link = (await call("createChatInviteLink", chat_id=GROUP, name="n", member_limit=5))["result"]
    assert (link["name"], link["member_limit"], link["is_primary"]) == ("n", 5, False)
    assert (await call("close"))["result"] is True


async def test_a_promotion_gives_no_right_that_the_bot_lacks(sandbox: Sandbox, call: Call) -> None:
    sandbox.world.profile.default_rights[False] = {"can_promote_members": True, "can_restrict_members": True}
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    asked = {"chat_id": GROUP, "user_id": YOU, "can_delete_messages": True}
    assert await refused(call, "promoteChatMember", **asked) == "RIGHT_FORBIDDEN"


async def test_a_reply_into_another_chat_shows_where_it_came_from(sandbox: Sandbox, call: Call) -> None:
    post = sandbox.acts.send(EDITOR, "news", CHANNEL)["message_id"]
    options = {"message_id": post, "chat_id": CHANNEL, "quote": "new"}
    sent = (await call("sendMessage", chat_id=YOU, text="a", reply_parameters=options))["result"]
    assert (sent["external_reply"]["chat"]["id"], sent["quote"]["text"]) == (CHANNEL, "new")
    options["quote"] = "old"
    assert await refused(call, "sendMessage", chat_id=YOU, text="a", reply_parameters=options) == "QUOTE_TEXT_INVALID"
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in (await call("sendMessage", chat_id=YOU, text="a", reply_parameters=gone))["result"]


async def test_protected_messages_and_notices_are_not_passed_on(sandbox: Sandbox, call: Call) -> None:
    closed = (await call("sendMessage", chat_id=YOU, text="a", protect_content=True))["result"]["message_id"]
    words = {"forwardMessage": "messages can't be forwarded", "copyMessage": "message can't be copied"}
    for method, said in words.items():
        assert await refused(call, method, chat_id=EDITOR, from_chat_id=YOU, message_id=closed) == said
    many = {"chat_id": EDITOR, "from_chat_id": YOU, "message_ids": [closed]}
    assert await refused(call, "forwardMessages", **many) == "messages to forward not found"


async def test_a_copy_may_carry_another_caption_or_none(sandbox: Sandbox, call: Call) -> None:
    source = sandbox.acts.upload(YOU, "a.png", png(), caption="old")["message_id"]
    copied = {"chat_id": EDITOR, "from_chat_id": YOU}
    first = (await call("copyMessage", **copied, message_id=source, caption="<b>new</b>", parse_mode="HTML"))["result"]
    second = (await call("copyMessages", **copied, message_ids=[source], remove_caption=True))["result"][0]
    kept = sandbox.world.chats[EDITOR].messages
    assert kept[first["message_id"]]["caption"] == "new"
    assert "caption" not in kept[second["message_id"]]


TEXT = {"message_text": "t"}
RESULTS: list[tuple[dict[str, Any], str]] = [
    ({"type": "location", "title": "t", "latitude": 1, "longitude": 2}, "location"),
    ({"type": "venue", "title": "t", "address": "a", "latitude": 1, "longitude": 2}, "venue"),
    ({"type": "contact", "phone_number": "1", "first_name": "f"}, "contact"),
    ({"type": "photo", "photo_url": "https://e.org/a.jpg", "thumbnail_url": "https://e.org/t.jpg"}, "photo"),
    ({"type": "gif", "gif_url": "https://e.org/a.gif", "thumbnail_url": "https://e.org/t.jpg"}, "animation"),
    ({"type": "document", "title": "t", "document_url": "https://e.org/a.pdf", "mime_type": "application/pdf"},
     "document"),
    ({"type": "photo", "photo_url": "https://e.org/a.jpg", "input_message_content": TEXT}, "text"),
    ({"type": "article", "title": "t", "input_message_content": {"phone_number": "1", "first_name": "f"}}, "contact"),
]  # fmt: skip


@pytest.mark.parametrize(("result", "kind"), RESULTS)
async def test_inline_results_of_all_kinds_become_messages(
    sandbox: Sandbox, call: Call, result: dict[str, Any], kind: str
) -> None:
    asking = asyncio.create_task(sandbox.acts.ask_inline(YOU, "q"))
    query = (await call("getUpdates", timeout=5))["result"][0]["inline_query"]
    assert (await call("answerInlineQuery", inline_query_id=query["id"], results=[{"id": "1", **result}]))["ok"]
    await asking
    assert kind in sandbox.acts.choose(YOU, "1")


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("x", "can't parse inline query result: Inline query result must be an object"),
        ({"id": "1"}, "can't parse inline query result: Can't find field \"type\""),
        ({"id": "1", "type": "moon"},
         'can\'t parse inline query result: type "moon" is unsupported for the inline query result'),
        ({"id": "1", "type": "article"}, "can't parse inline query result: Can't find field \"title\""),
        ({"id": "1", "type": "article", "title": "t"},
         "can't parse inline query result: Input message content is not specified"),
        ({"id": "1", "type": "article", "title": "t", "input_message_content": {"message_text": ""}},
         "message text is empty"),
        ({"id": "1", "type": "article", "title": "t",
          "input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"id": "1", "type": "article", "title": "t", "input_message_content": TEXT,
          "reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
        ({"id": "1", "type": "photo"}, "can't parse inline query result: Can't find field \"photo_url\""),
        ({"id": "1", "type": "photo", "photo_file_id": "x"}, "wrong file identifier/HTTP URL specified"),
    ],
)  # fmt: skip
async def test_inline_results_that_are_refused(call: Call, result: Any, words: str) -> None:
    assert await refused(call, "answerInlineQuery", inline_query_id="1", results=[result]) == words


async def test_parameters_of_wrong_types_are_read_as_telegram_reads_them(call: Call) -> None:
    assert (await call("sendMessage", chat_id=YOU, text=42))["result"]["text"] == "42"
    assert (await call("sendMessage", chat_id=f" {YOU} ", text="a"))["ok"]
    assert (await call("getUpdates", limit="many", offset="x", timeout="soon"))["ok"], "what is no number is 0"
    assert await refused(call, "sendMessage", chat_id={"id": 1}, text="a") == "chat not found"
    markup = {"inline_keyboard": [[{"text": {"a": 1}, "callback_data": "d"}]]}
    assert await refused(call, "sendMessage", chat_id=YOU, text="a", reply_markup=markup) == (
        'can\'t parse inline keyboard button: Field "text" must be of type String'
    )
    many = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}] * 101]}
    assert await refused(call, "sendMessage", chat_id=YOU, text="a", reply_markup=many) == "reply markup is too long"
