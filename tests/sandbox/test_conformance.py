"""The sandbox's half of the conformance test: every answer and every update has the shape that the Bot API says."""

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS
from tests.conformance import required_specification
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, png

API = required_specification()


def test_every_method_of_the_sandbox_is_one_of_the_bot_api() -> None:
    assert {name for name, _ in METHODS.values()} <= set(API.methods)


async def test_a_walk_through_all_families_gives_only_known_shapes(sandbox: Sandbox, call: Call) -> None:
    acts, world = sandbox.acts, sandbox.world
    world.updates.allow(["message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
                         "chosen_inline_result", "callback_query", "poll", "poll_answer", "my_chat_member",
                         "chat_member", "message_reaction"])  # fmt: skip
    acts.member(GROUP, world.bot.id, "administrator")
    acts.send(YOU, "/start x")
    edited = acts.send(YOU, "first")
    acts.edit(YOU, edited["message_id"], "second #tag")
    acts.send(EDITOR, "news", CHANNEL)
    acts.upload(YOU, "a.png", png(), caption="seen")
    acts.upload(YOU, "a.yaml", b"id: x")
    acts.contact(YOU)
    acts.location(YOU, 1.5, 2.5)
    acts.member(GROUP, EDITOR, "left")
    acts.member(GROUP, EDITOR, "member", by=YOU)
    acts.member(GROUP, YOU, "restricted", by=EDITOR)
    acts.block(YOU)
    acts.block(YOU, False)
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}, {"text": "u", "url": "example.org"}]]}
    sent = (await call("sendMessage", chat_id=YOU, text="<b>t</b>", parse_mode="HTML", reply_markup=markup))["result"]
    acts.press(YOU, sent["message_id"], "d")
    acts.react(YOU, sent["message_id"], "👍")
    poll = (await call("sendPoll", chat_id=YOU, question="?", options=["a", "b"], is_anonymous=False))["result"]
    acts.vote(YOU, poll["poll"]["id"], [1])
    old = world.add_chat("group", "Small", creator=YOU)
    acts.migrate(old.id)
    await call("sendVenue", chat_id=YOU, latitude=1, longitude=2, title="t", address="a")
    await call("sendDice", chat_id=GROUP)
    await call("sendContact", chat_id=YOU, phone_number="1", first_name="f")
    for chat in (YOU, GROUP, CHANNEL, new.id if (new := world.chats[old.migrated_to or 0]) else 0):
        await call("getChat", chat_id=chat)
        await call("getChatAdministrators", chat_id=chat)
        await call("getChatMember", chat_id=chat, user_id=YOU)
        await call("getChatMember", chat_id=chat, user_id=world.bot.id)
    for method in ("getMe", "getWebhookInfo", "getMyCommands", "getMyName", "getMyDescription",
                   "getMyShortDescription", "getMyDefaultAdministratorRights", "getChatMenuButton"):  # fmt: skip
        await call(method)
    await call("getUserProfilePhotos", user_id=YOU)
    updates = (await call("getUpdates"))["result"]
    kinds = {kind for update in updates for kind in update if kind != "update_id"}
    assert kinds == set(world.updates.allowed) - {"inline_query", "chosen_inline_result", "edited_channel_post"}
    problems = [p for e in sandbox.journal.exchanges for p in API.check_answer(e.method, e.answer)]
    assert problems == []


def test_the_checker_finds_what_is_wrong_in_an_answer() -> None:
    good = {"ok": True, "result": {"message_id": 1}}
    assert API.check_answer("copyMessage", good) == []
    assert API.check_answer("copyMessage", {"ok": True, "result": {}}) == [
        "copyMessage: MessageId without its message_id"
    ]
    assert (
        "has no field extra"
        in API.check_answer("copyMessage", {"ok": True, "result": {"message_id": 1, "extra": 2}})[0]
    )
    assert "expected Integer" in API.check_answer("copyMessage", {"ok": True, "result": {"message_id": True}})[0]


def test_the_checker_finds_what_is_wrong_in_a_request() -> None:
    assert API.check_request("sendMessage", {"chat_id": 1, "text": "a"}) == []
    assert (
        API.check_request("sendMessage", {"chat_id": "1", "text": "a", "reply_markup": '{"force_reply": true}'}) == []
    )
    assert API.check_request("sendPhoto", {"chat_id": 1}, uploads=("photo",)) == []
    assert API.check_request("sendMessage", {"chat_id": 1}) == ["sendMessage: required parameter text is absent"]
    assert API.check_request("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"}) == [
        "sendMessage: unknown parameter colour"
    ]
    assert API.check_request("sendMesage", {}) == ["sendMesage: there is no such method"]
