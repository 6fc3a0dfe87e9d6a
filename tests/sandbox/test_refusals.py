"""The sandbox refuses what Telegram refuses, in Telegram's words, and says beside each where they are seen."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import Member
from bot.sandbox.refusals import wordings
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, TurnedClock


@pytest.mark.parametrize("name", sorted(wordings()))
def test_every_refusal_names_its_origin_and_begins_as_its_code_does(name: str) -> None:
    wording = wordings()[name]
    prefixes = {400: "Bad Request: ", 401: "Unauthorized", 403: "Forbidden: ", 404: "Not Found", 409: "Conflict: "}
    assert wording.text.startswith(prefixes.get(wording.code, ""))
    assert len(wording.origin) > 8


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


LINE = "Bad Request: "
TEXTS: list[tuple[dict[str, Any], str]] = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "𝔸" * 2049}, "message is too long"),
    ({"text": "a" * 33_000}, "text is too long"),
    ({"text": "<x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    ({"text": "<b>a", "parse_mode": "html"},
     'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
    ({"text": "a.", "parse_mode": "MarkdownV2"},
     "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"),
    ({"text": "a", "parse_mode": "RTF"}, "unsupported parse_mode"),
    ({"text": "<b>a</b>" * 3 + "<i>b</i><b>c</b>" * 60, "parse_mode": "HTML"},
     "too many entities: 121 after parsing, at most 100"),
    ({"text": "a", "entities": [{"type": "bold", "offset": 0}]},
     'can\'t parse MessageEntity: Can\'t find field "length"'),
    ({"text": "a", "entities": [{"type": "bold", "offset": "x", "length": 1}]},
     'can\'t parse MessageEntity: Field "offset" must be of type Number'),
    ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"),
    ({"text": "a", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
     "entity begins after the end of the text at UTF-16 offset 1"),
    ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": -1}]},
     "receive an entity with incorrect length -1"),
    ({"text": "a", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "nowhere"}]},
     "entity URL 'nowhere' is invalid: Wrong HTTP URL"),
    ({"text": "a", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
     'can\'t parse MessageEntity: Can\'t find field "url"'),
    ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "a", "reply_markup": {"inline_keyboard": {}}},
     'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    ({"text": "a", "reply_markup": keyboard(text="t", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard(text="t", callback_data="ы" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard(text="", callback_data="x")},
     "inline keyboard button text must be non-empty"),
    ({"text": "a", "reply_markup": keyboard(text="t")},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"text": "a", "reply_markup": keyboard(callback_data="t")},
     'can\'t parse inline keyboard button: Can\'t find field "text"'),
    ({"text": "a", "reply_markup": keyboard(text="t", url="http://localhost/")},
     "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"),
    ({"text": "a", "reply_markup": keyboard(text="t", url="ftp://e.org")},
     "inline keyboard button URL 'ftp://e.org' is invalid: Unsupported URL protocol"),
    ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "a", "reply_to_message_id": 99}, "message to be replied not found"),
    ({"text": "a", "link_preview_options": "x"}, "can't parse link preview options JSON object"),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "words"), TEXTS)
async def test_send_message_refuses(call: Call, parameters: dict[str, Any], words: str) -> None:
    assert await call("sendMessage", chat_id=YOU, **parameters) == {
        "ok": False,
        "error_code": 400,
        "description": LINE + words,
    }


async def test_a_text_of_exactly_the_limit_is_taken(call: Call) -> None:
    assert (await call("sendMessage", chat_id=YOU, text="a" * 4096))["ok"]
    assert (await call("sendMessage", chat_id=YOU, text="<b>" + "ы" * 4096 + "</b>", parse_mode="HTML"))["ok"]
    assert (await call("sendMessage", chat_id=YOU, text="a" * 4096 + "   "))["ok"]


async def test_what_is_over_a_hundred_entities_is_dropped_in_silence_when_asked_for(
    sandbox: Sandbox, call: Call
) -> None:
    sandbox.limits = sandbox.limits.changed({"refuse_entities": False})
    sent = await call("sendMessage", chat_id=YOU, text="<b>a</b> " * 120, parse_mode="HTML")
    assert len(sent["result"]["entities"]) == 100


async def said(call: Call, method: str = "sendMessage", **parameters: Any) -> tuple[int, str]:
    answer = await call(method, **({"text": "a"} if method == "sendMessage" else {}) | parameters)
    return answer["error_code"], answer["description"]


async def test_chats_that_cannot_be_written_to(sandbox: Sandbox, call: Call) -> None:
    acts, world = sandbox.acts, sandbox.world
    stranger = world.add_person("Stranger")
    seen = world.add_person("Seen")
    world.chats[GROUP].members[seen.id] = Member("member")
    assert await said(call, chat_id="") == (400, LINE + "chat_id is empty")
    for unknown in (5, "@nobody", "abc", "@you_here", stranger.id):
        assert await said(call, chat_id=unknown) == (400, LINE + "chat not found")
    assert await said(call, chat_id=seen.id) == (403, "Forbidden: bot can't initiate conversation with a user")
    acts.block(YOU)
    assert await said(call, chat_id=YOU) == (403, "Forbidden: bot was blocked by the user")
    world.people[EDITOR].deactivated = True
    assert await said(call, chat_id=EDITOR) == (403, "Forbidden: user is deactivated")
    acts.member(GROUP, world.bot.id, "kicked")
    assert await said(call, chat_id=GROUP) == (403, "Forbidden: bot was kicked from the supergroup chat")
    acts.member(GROUP, world.bot.id, "left")
    assert await said(call, chat_id=GROUP) == (403, "Forbidden: bot is not a member of the supergroup chat")
    acts.member(CHANNEL, world.bot.id, "kicked")
    assert await said(call, chat_id=CHANNEL) == (403, "Forbidden: bot was kicked from the channel chat")
    acts.member(CHANNEL, world.bot.id, "left")
    assert await said(call, chat_id=CHANNEL) == (403, "Forbidden: bot is not a member of the channel chat")
    acts.member(CHANNEL, world.bot.id, "member")
    assert await said(call, chat_id=CHANNEL) == (400, LINE + "need administrator rights in the channel chat")
    group = world.add_chat("group", "Small", creator=YOU, bot="kicked")
    assert await said(call, chat_id=group.id) == (403, "Forbidden: bot was kicked from the group chat")
    group.deleted = True
    assert await said(call, chat_id=group.id) == (403, "Forbidden: the group chat was deleted")


async def test_a_group_where_members_may_not_write(sandbox: Sandbox, call: Call) -> None:
    group = sandbox.world.chats[GROUP]
    group.permissions = group.permissions - {"can_send_messages", "can_send_polls"}
    assert await said(call, chat_id=GROUP) == (400, LINE + "not enough rights to send text messages to the chat")
    poll: dict[str, Any] = {"question": "?", "options": ["a", "b"]}
    assert await said(call, "sendPoll", chat_id=GROUP, **poll) == (
        400,
        LINE + "not enough rights to send polls to the chat",
    )
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    assert (await call("sendMessage", chat_id=GROUP, text="a"))["ok"]


async def test_a_group_that_became_a_supergroup_names_the_new_chat(sandbox: Sandbox, call: Call) -> None:
    group = sandbox.world.add_chat("group", "Small", creator=YOU)
    new = sandbox.acts.migrate(group.id)
    assert await call("sendMessage", chat_id=group.id, text="a") == {
        "ok": False,
        "error_code": 400,
        "description": LINE + "group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert (await call("sendMessage", chat_id=new.id, text="a"))["ok"]


async def test_edits_and_deletions_of_what_is_not_there_or_not_the_bots(
    sandbox: Sandbox, call: Call, clock: TurnedClock
) -> None:
    own = (await call("sendMessage", chat_id=YOU, text="a"))["result"]["message_id"]
    theirs = sandbox.acts.send(YOU, "hello")["message_id"]
    edit: dict[str, Any] = {"method": "editMessageText", "chat_id": YOU, "text": "b"}
    assert await said(call, **edit, message_id=99) == (400, LINE + "message to edit not found")
    assert await said(call, **edit) == (400, LINE + "message identifier is not specified")
    assert await said(call, **edit, message_id=theirs) == (400, LINE + "message can't be edited")
    same: dict[str, Any] = {**edit, "text": "a", "message_id": own}
    assert (await said(call, **same))[1].startswith(LINE + "message is not modified: specified new message content and")
    assert await said(call, **{**same, "text": "a" * 4097}) == (400, LINE + "MESSAGE_TOO_LONG")
    assert await said(call, **{**edit, "chat_id": None, "inline_message_id": "x"}) == (400, LINE + "MESSAGE_ID_INVALID")
    caption: dict[str, Any] = {"method": "editMessageCaption", "chat_id": YOU, "message_id": own, "caption": "c"}
    assert await said(call, **caption) == (400, LINE + "there is no caption in the message to edit")
    assert await said(call, **{**caption, "caption": "c" * 1025}) == (400, LINE + "MEDIA_CAPTION_TOO_LONG")
    delete: dict[str, Any] = {"method": "deleteMessage", "chat_id": YOU}
    assert await said(call, **delete, message_id=99) == (400, LINE + "message to delete not found")
    clock.turn(49 * 3600)
    assert await said(call, **delete, message_id=own) == (400, LINE + "message can't be deleted for everyone")
    in_group = sandbox.acts.send(YOU, "hi", GROUP)["message_id"]
    assert await said(call, "deleteMessage", chat_id=GROUP, message_id=in_group) == (
        400,
        LINE + "message can't be deleted",
    )


async def test_callback_queries_can_be_answered_for_a_while(sandbox: Sandbox, call: Call, clock: TurnedClock) -> None:
    markup = keyboard(text="t", callback_data="d")
    sent = (await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup))["result"]
    query = sandbox.acts.press(YOU, sent["message_id"], "d")
    too_old = LINE + "query is too old and response timeout expired or query ID is invalid"
    assert await said(call, "answerCallbackQuery", callback_query_id="1") == (400, too_old)
    answer: dict[str, Any] = {"method": "answerCallbackQuery", "callback_query_id": query}
    assert await said(call, **answer, text="a" * 201) == (400, LINE + "MESSAGE_TOO_LONG")
    clock.turn(901)
    assert await said(call, **answer) == (400, too_old)


async def test_an_unknown_topic_is_no_place_to_write(sandbox: Sandbox, call: Call) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", creator=YOU, forum=True)
    for chat_id, thread in ((forum.id, 77), (forum.id, 1), (YOU, 77)):
        refused = await said(call, chat_id=chat_id, message_thread_id=thread)
        assert refused == (400, LINE + "message thread not found")
    for chat_id in (GROUP, CHANNEL):
        sent = await call("sendMessage", chat_id=chat_id, text="a", message_thread_id=77)
        assert "message_thread_id" not in sent["result"], "where there are no topics the number is not looked at"


async def test_a_reply_keyboard_has_no_place_in_a_channel(call: Call) -> None:
    markup = {"keyboard": [["a"]]}
    assert await said(call, chat_id=CHANNEL, reply_markup=markup) == (400, LINE + "inline keyboard expected")
    asking: dict[str, Any] = {"keyboard": [[{"text": "a", "request_contact": True}]]}
    assert await said(call, chat_id=GROUP, reply_markup=asking) == (
        400,
        LINE + "phone number can be requested in private chats only",
    )
