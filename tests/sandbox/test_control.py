"""The routes that the chat page uses."""

import asyncio
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, Page, png


async def test_the_state_has_the_four_chats(page: Page, call: Call) -> None:
    await call("setMyShortDescription", short_description="short")
    await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await call("setMyCommands", commands=[{"command": "help", "description": "Да"}], language_code="ru")
    state = await page.get("state")
    assert state["bot"]["short_description"] == "short"
    assert [(person["id"], person["role"]) for person in state["people"]] == [(YOU, "you"), (EDITOR, "editor")]
    views = {view["key"]: view for view in state["views"]}
    assert {key: (v["viewer"], v["chat"]["id"], v["can_write"], v["bot_member"]) for key, v in views.items()} == {
        "you": (YOU, YOU, True, "member"),
        "editor": (EDITOR, EDITOR, True, "member"),
        "group": (YOU, GROUP, True, "member"),
        "channel": (EDITOR, CHANNEL, True, "administrator"),
    }
    assert [views[key]["commands"][0]["description"] for key in ("you", "editor")] == ["Help", "Да"]
    assert (views["you"]["messages"], views["you"]["keyboard"], views["you"]["blocked"]) == ([], None, False)


async def test_a_conversation_over_the_routes(page: Page, call: Call) -> None:
    sent = await page.post("send", viewer=YOU, chat_id=YOU, text="/start visas")
    assert sent["message"]["entities"][0]["type"] == "bot_command"
    update = (await call("getUpdates"))["result"][0]
    assert update["message"]["text"] == "/start visas"
    markup = {"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]}
    answered = (await call("sendMessage", chat_id=YOU, text="card", reply_markup=markup))["result"]
    pressed = await page.post("press", viewer=YOU, chat_id=YOU, message_id=answered["message_id"], data="m")
    query = (await call("getUpdates", offset=update["update_id"] + 1))["result"][0]["callback_query"]
    assert (query["id"], query["data"]) == (pressed["callback_query_id"], "m")
    await call("sendMessage", chat_id=YOU, text="k", reply_markup={"keyboard": [["a"]], "input_field_placeholder": "p"})
    view = next(v for v in (await page.get("state"))["views"] if v["key"] == "you")
    assert (view["keyboard"]["keyboard"], view["placeholder"]) == ([[{"text": "a"}]], "p")
    assert [m["text"] for m in view["messages"]] == ["/start visas", "card", "k"]
    assert [line["text"] for line in (await page.get("log"))["log"]] == ["card", "k"]
    assert [line["text"] for line in (await page.get("log?after=1"))["log"]] == ["k"]


async def test_files_go_up_and_are_shown(sandbox: Sandbox, page: Page, http: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData({"viewer": str(YOU), "chat_id": str(YOU), "caption": "two #files"})
    form.add_field("file", png(), filename="a.png", content_type="image/png")
    form.add_field("file", b"<svg onload='x'/>", filename="b.svg", content_type="image/svg+xml")
    async with http.post(f"{page.url}/upload", data=form) as response:
        photo, document = (await response.json())["messages"]
    assert (photo["caption"], photo["caption_entities"][0]["type"]) == ("two #files", "hashtag")
    assert photo["media_group_id"] == document["media_group_id"]
    async with http.get(f"{page.url}/files/{photo['photo'][0]['file_id']}") as response:
        assert (response.content_type, await response.read()) == ("image/png", png())
        assert "Content-Disposition" not in response.headers
    async with http.get(f"{page.url}/files/{document['document']['file_id']}") as response:
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with http.get(f"{page.url}/files/none") as response:
        assert response.status == 404


class Events:
    """The stream of events, read one by one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            while not (line := await self.response.content.readline()).startswith(b"data: "):
                pass
        found: dict[str, Any] = orjson.loads(line[6:])
        return found


async def test_the_page_is_told_what_happens(
    sandbox: Sandbox, page: Page, call: Call, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{page.url}/events") as response:
        events = Events(response)
        assert response.content_type == "text/event-stream"
        await response.content.readline()
        markup = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
        message = (await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup))["result"]
        assert await events.next() == {"type": "message", "chat_id": YOU, "message": message}
        await call("editMessageText", chat_id=YOU, message_id=message["message_id"], text="b", reply_markup=markup)
        edited = await events.next()
        assert (edited["type"], edited["message"]["text"]) == ("edited", "b")
        query = sandbox.acts.press(YOU, message["message_id"], "d")
        await call("answerCallbackQuery", callback_query_id=query, text="ok")
        assert await events.next() == {
            "type": "callback_answer", "viewer": YOU, "text": "ok", "show_alert": False, "url": None,
        }  # fmt: skip
        await call("sendChatAction", chat_id=YOU, action="typing")
        assert await events.next() == {"type": "typing", "chat_id": YOU, "action": "typing"}
        await call("deleteMessage", chat_id=YOU, message_id=message["message_id"])
        assert await events.next() == {"type": "deleted", "chat_id": YOU, "message_ids": [message["message_id"]]}
        await page.post("block", viewer=YOU, blocked=True)
        row = await events.next()
        assert (row["type"], row["view"]["key"], row["view"]["blocked"]) == ("view", "you", True)
        await page.post("person", viewer=EDITOR, language_code="en", first_name="Ed")
        kinds = [await events.next() for _ in range(5)]
        assert [event["type"] for event in kinds] == ["view"] * 4 + ["people"]
        assert kinds[-1]["people"][1]["first_name"] == "Ed"


async def test_inline_queries_over_the_routes(sandbox: Sandbox, page: Page, call: Call) -> None:
    asking = asyncio.create_task(page.post("inline", viewer=YOU, query="visa", offset=""))
    query = (await call("getUpdates", timeout=5))["result"][0]["inline_query"]
    article = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "chosen"}}
    await call("answerInlineQuery", inline_query_id=query["id"], results=[article], cache_time=5)
    answered = await asking
    assert (answered["results"], answered["cache_time"], answered["is_personal"]) == ([article], 5, False)
    message = (await page.post("choose", viewer=YOU, chat_id=GROUP, result_id="1"))["message"]
    assert (message["text"], message["via_bot"]["username"]) == ("chosen", "kolokol_sandbox_bot")
    sandbox.limits = sandbox.limits.changed({"inline_seconds": 0.05})
    assert await page.post("inline", viewer=YOU, query="") == {"error": "the bot did not answer in time"}


async def test_members_come_and_go_over_the_routes(sandbox: Sandbox, page: Page, call: Call) -> None:
    await page.post("member", chat_id=GROUP, user_id="bot", status="administrator")
    await page.post("member", chat_id=GROUP, user_id=YOU, status="left")
    updates = (await call("getUpdates"))["result"]
    change = updates[0]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "administrator")
    assert updates[1]["message"]["left_chat_member"]["id"] == YOU


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("send", {"viewer": 5, "chat_id": 5, "text": "a"}, "there is no person 5; there are [1001, 1002]"),
        ("send", {"viewer": YOU, "chat_id": EDITOR, "text": "a"}, "chat 1002 is someone else's private chat"),
        ("send", {"viewer": YOU, "chat_id": CHANNEL, "text": "a"}, "You cannot write in News from exile"),
        ("send", {"viewer": YOU, "chat_id": YOU, "text": ""}, "text must be a text that is not empty"),
        ("send", {"viewer": "x", "chat_id": YOU, "text": "a"}, "viewer must be a whole number"),
        ("send", {"viewer": YOU, "chat_id": 77, "text": "a"}, "there is no chat 77"),
        ("press", {"viewer": YOU, "chat_id": YOU, "message_id": 9, "data": "d"}, "there is no message 9"),
        ("choose", {"viewer": YOU, "chat_id": YOU, "result_id": "9"}, "no inline answer to 1001 holds the result '9'"),
        ("member", {"chat_id": YOU, "user_id": YOU, "status": "left"}, "there is no group or channel 1001"),
        ("member", {"chat_id": GROUP, "user_id": YOU, "status": "king"}, "there is no status 'king'"),
        ("member", {"chat_id": GROUP, "user_id": 5, "status": "left"}, "there is no 5"),
        ("person", {"viewer": YOU, "language_code": "english!"}, "'english!' is no language code"),
        ("share_chat", {"viewer": YOU, "request_id": 1, "chat_id": GROUP}, "there is no key that requests a chat"),
    ],
)
async def test_what_cannot_be_done_is_said_in_plain_words(
    page: Page, path: str, body: dict[str, Any], words: str
) -> None:
    assert words in (await page.post(path, **body))["error"]


async def test_a_body_that_is_no_object_is_refused(page: Page) -> None:
    for body in (b"{", b"[]"):
        async with page.http.post(f"{page.url}/send", data=body) as response:
            assert response.status == 400
            assert "the body is not" in (await response.json())["error"]
