"""The routes by which people and chats come to be and change."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, Call, Page


async def test_a_stranger_makes_a_channel_and_the_bot_its_administrator(page: Page, call: Call) -> None:
    made = await page.post("new_chat", viewer=YOU, type="channel", title="Mine", username="mine_here")
    channel = made["chat"]["id"]
    views = {view["chat"]["id"]: view for view in (await page.get("state"))["views"]}
    assert (views[channel]["viewer"], views[channel]["bot_member"]) == (YOU, "left")
    await page.post("member", chat_id=channel, user_id="bot", status="administrator", rights=["can_post_messages"])
    assert (await call("sendMessage", chat_id="@mine_here", text="a"))["ok"]
    await page.post("member", chat_id=channel, user_id="bot", status="administrator", rights=[])
    refused = await call("sendMessage", chat_id=channel, text="a")
    assert refused["error_code"] == 400
    views = {view["chat"]["id"]: view for view in (await page.get("state"))["views"]}
    assert views[channel]["bot_rights"] == ["can_manage_chat"]


async def test_the_state_says_for_each_person_what_they_are_and_which_menu_they_see(page: Page, call: Call) -> None:
    def menu(word: str) -> list[dict[str, str]]:
        return [{"command": word, "description": word}]

    scopes: list[tuple[str, dict[str, Any]]] = [
        ("everyone", {"type": "default"}),
        ("people", {"type": "all_private_chats"}),
        ("editors", {"type": "chat", "chat_id": EDITOR}),
        ("groups", {"type": "all_group_chats"}),
        ("chiefs", {"type": "all_chat_administrators"}),
        ("yours", {"type": "chat_member", "chat_id": GROUP, "user_id": YOU}),
    ]
    for word, scope in scopes:
        await call("setMyCommands", commands=menu(word), scope=scope)

    async def shown() -> dict[str, list[str]]:
        views = {view["key"]: view["members"] for view in (await page.get("state"))["views"]}
        return {
            key: [members[str(person)]["commands"][0]["command"] for person in (YOU, EDITOR)]
            for key, members in views.items()
            if key != "channel"
        }

    # In a private chat only its own person's menu matters: you in yours, the editor in theirs.
    menus = await shown()
    assert (menus["you"][0], menus["editor"][1]) == ("people", "editors")
    assert menus["group"] == ["yours", "chiefs"]
    await call("deleteMyCommands", scope={"type": "chat", "chat_id": EDITOR})
    await call("deleteMyCommands", scope={"type": "chat_member", "chat_id": GROUP, "user_id": YOU})
    menus = await shown()
    assert (menus["editor"][1], menus["group"]) == ("people", ["groups", "chiefs"])
    await call("setMyCommands", commands=menu("staff"), scope={"type": "chat_administrators", "chat_id": GROUP})
    await call("setMyCommands", commands=menu("friends"), scope={"type": "chat", "chat_id": GROUP})
    assert (await shown())["group"] == ["friends", "staff"]
    views = {view["key"]: view for view in (await page.get("state"))["views"]}
    assert views["channel"]["commands"] == [], "a bot has no menu in a channel"
    assert [views["group"]["members"][str(p)]["status"] for p in (YOU, EDITOR)] == ["member", "creator"]


async def test_someone_new_comes_to_the_page(page: Page, call: Call) -> None:
    person = (await page.post("new_person", first_name="Nina", language_code="ru"))["person"]
    await page.post("send", viewer=person["id"], chat_id=person["id"], text="/start")
    assert (await call("sendMessage", chat_id=person["id"], text="a"))["ok"]
    state = await page.get("state")
    assert state["people"][-1]["first_name"] == "Nina"
    assert state["views"][2]["key"] == person["role"]


async def test_crowds_block_go_and_move(page: Page, call: Call) -> None:
    crowd = await page.post("population", people=3, groups=2)
    first, second, third = crowd["people"]
    await page.post("block", viewers=[first])
    await page.post("deactivate", viewers=[second])
    codes = [(await call("sendMessage", chat_id=one, text="a")).get("error_code") for one in (first, second, third)]
    assert codes == [403, 403, None]
    moved = (await page.post("migrate", chat_ids=crowd["groups"]))["migrated"]
    for old in crowd["groups"]:
        refused = await call("sendMessage", chat_id=old, text="a")
        assert refused["parameters"]["migrate_to_chat_id"] == moved[str(old)]
        assert (await call("sendMessage", chat_id=moved[str(old)], text="a"))["ok"]


async def test_topics_over_the_route(page: Page) -> None:
    forum = (await page.post("new_chat", viewer=EDITOR, type="supergroup", title="Forum", is_forum=True))["chat"]["id"]
    place = {"viewer": EDITOR, "chat_id": forum}
    thread = (await page.post("topic", **place, name="News"))["topic"]["message_thread_id"]
    await page.post("topic", **place, message_thread_id=thread, do="close")
    view = next(view for view in (await page.get("state"))["views"] if view["chat"]["id"] == forum)
    assert [(topic["name"], topic["closed"]) for topic in view["topics"]] == [("News", True)]
    await page.post("topic", **place, message_thread_id=thread, do="reopen")
    await page.post("send", **place, text="in it", message_thread_id=thread)
    await page.post("topic", **place, message_thread_id=thread, do="delete")
    view = next(view for view in (await page.get("state"))["views"] if view["chat"]["id"] == forum)
    assert (view["topics"], [m for m in view["messages"] if "text" in m]) == ([], [])
    assert (await page.post("topic", **place, message_thread_id=5, do="paint"))["error"] == (
        "do is close, reopen or delete"
    )


async def test_contacts_forwards_and_users_over_the_routes(sandbox: Sandbox, page: Page, call: Call) -> None:
    wish = {"request_id": 3, "max_quantity": 1}
    markup = {"keyboard": [[{"text": "Whom?", "request_users": wish}]]}
    await call("sendMessage", chat_id=YOU, text="a", reply_markup=markup)
    shared = await page.post("share_users", viewer=YOU, request_id=3, user_ids=[EDITOR])
    assert shared["message"]["users_shared"]["users"] == [{"user_id": EDITOR}]
    contact = await page.post("contact", viewer=YOU, user_id=EDITOR)
    assert contact["message"]["contact"]["user_id"] == EDITOR
    place = await page.post("location", viewer=YOU, chat_id=YOU, latitude=41.7, longitude=44.8)
    assert place["message"]["location"] == {"latitude": 41.7, "longitude": 44.8}
    await page.post("person", viewer=EDITOR, hides_forwards=True)
    said = sandbox.acts.send(EDITOR, "hello", GROUP)["message_id"]
    passed = await page.post("forward", viewer=YOU, message_id=said, from_chat_id=GROUP, chat_id=YOU)
    assert passed["message"]["forward_origin"]["type"] == "hidden_user"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("block", {"viewers": "all"}, "viewers must be a list of whole numbers"),
        ("member", {"chat_id": CHANNEL, "user_id": YOU, "status": "administrator", "rights": ["can_fly"]}, "can_fly"),
        ("migrate", {"chat_ids": [CHANNEL]}, "there is no basic group"),
        ("new_chat", {"viewer": YOU, "type": "channel", "title": "x", "username": "me"}, "is no name"),
        ("new_person", {"first_name": ""}, "first_name must be a text"),
        ("topic", {"viewer": YOU, "chat_id": GROUP, "name": "x"}, "has no topics"),
    ],
)
async def test_what_cannot_be_is_said_in_plain_words(page: Page, path: str, body: dict[str, Any], words: str) -> None:
    assert words in (await page.post(path, **body))["error"]
