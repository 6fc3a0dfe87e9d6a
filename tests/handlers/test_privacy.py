"""/privacy shows every field and exports it; /forget and /stop delete it at once."""

from __future__ import annotations

import logging

import orjson
import pytest
from sqlalchemy import func, select

from bot.i18n import Language, text
from bot.sandbox.chats import Member
from bot.store.dossier import references
from bot.store.tables import chats, draft_files, outbox, subscriptions
from tests.conversation import CHANNEL, EDITOR, GROUP, YOU, Conversation, Json
from tests.databases import on_both
from tests.handlers.test_subscribing import only, walk


async def kept_in_all(conversation: Conversation) -> int:
    """How many rows refer to any chat."""
    database = conversation.bot.desk.subscriptions._database
    async with database.read() as connection:
        counts = [await connection.execute(select(func.count()).select_from(each)) for each in (chats, subscriptions)]
        return sum(count.scalar_one() for count in counts)


def exported(conversation: Conversation, message: Json) -> dict[str, list[Json]]:
    """The file under a message, read."""
    files = conversation.sandbox.world.files
    stored = files.by_id(message["document"]["file_id"])
    assert stored
    data: dict[str, list[Json]] = orjson.loads(stored.content)
    return data


async def test_where_nothing_is_kept_it_says_nothing(conversation: Conversation) -> None:
    assert "Nothing." in (await conversation.ask("/privacy"))["text"]
    assert await kept_in_all(conversation) == 0


@pytest.mark.parametrize("language", list(Language))
def test_every_field_of_a_delivery_has_a_name(language: Language) -> None:
    names = [text(language, f"kept-{column.name}") for column in outbox.c if column.name not in ("id", "chat")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", list(Language))
async def test_every_field_is_shown_with_its_value(conversation: Conversation, language: Language) -> None:
    await conversation.ask(f"/language {language}")
    await conversation.ask("/subscribe")
    await conversation.ask("/settings Tbilisi")
    found = await only(conversation)
    shown = "\n".join(each["text"] for each in await conversation.say("/privacy"))
    for column in (chats.c.key, subscriptions.c.chat):
        for each in column.table.columns:
            assert text(language, f"kept-{each.name.removeprefix('sealed_')}") in shown
    for value in (str(YOU), found.key, found.chat.hex(), text(language, "city-tbilisi").split(",")[0]):
        assert value in shown
    assert "/forget" in shown


@on_both
async def test_the_export_holds_what_the_tables_hold(conversation: Conversation) -> None:
    await conversation.ask("/language en")
    await conversation.ask("/subscribe")
    found = await only(conversation)
    message = (await conversation.say("/privacy"))[-1]
    await conversation.press(message, "💾 As a file")
    data = exported(conversation, conversation.messages[-1])
    assert data["chats"] == [
        {"key": found.chat.hex(), "id": YOU, "kind": "private", "language": "en", "unreachable_since": None}
    ]
    (row,) = data["subscriptions-chat"]
    assert row.keys() == {each.name.removeprefix("sealed_") for each in subscriptions.columns}
    assert (row["key"], row["timezone"], row["next_due"]) == (found.key, "UTC", found.next_due)


async def test_who_has_blocked_the_bot_before_the_file_came_is_no_incident(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    await conversation.ask("/language en")
    message = await conversation.ask("/privacy")
    for method in ("sendDocument", "editMessageText"):
        conversation.sandbox.faults.add("blocked", method=method, chat_id=conversation.viewer, times=None)
    with caplog.at_level(logging.WARNING):
        await conversation.press(message, "💾 As a file")
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


@on_both
@pytest.mark.parametrize("command", ["/forget", "/stop"])
async def test_forgetting_deletes_at_once_and_twice_does_no_harm(conversation: Conversation, command: str) -> None:
    await conversation.ask("/language ru")
    await conversation.ask("/subscribe")
    assert "ничего не хранится" in (await conversation.ask(command))["text"]
    assert await kept_in_all(conversation) == 0
    assert "Nothing is kept" in (await conversation.ask(command))["text"]


async def test_the_button_forgets_too_and_speaks_the_language_that_is_left(conversation: Conversation) -> None:
    await conversation.ask("/language ru")
    await conversation.ask("/subscribe")
    message = (await conversation.say("/privacy"))[-1]
    assert "Nothing is kept" in (await conversation.press(message, "🗑 Удалить все"))["text"]
    assert await kept_in_all(conversation) == 0


@on_both
async def test_in_a_group_its_administrators_see_and_delete_and_nobody_else(conversation: Conversation) -> None:
    owner, member = conversation.as_(EDITOR, GROUP), conversation.as_(YOU, GROUP)
    await owner.ask("/subscribe")
    for command in ("/privacy", "/forget"):
        assert "administrators" in (await member.ask(command))["text"]
    message = await owner.ask("/privacy")
    assert str(GROUP) in message["text"]
    for label in ("💾 Файлом", "🗑 Удалить все"):
        await member.press(message, label, alert=True)
    assert await only(conversation, GROUP)
    await owner.ask("/forget")
    assert await kept_in_all(conversation) == 0


@on_both
async def test_of_a_channel_its_administrators_see_and_delete_in_private(conversation: Conversation) -> None:
    conversation.sandbox.acts.change_person(EDITOR, language_code="en")
    owner = conversation.as_(EDITOR)
    await owner.ask("/subscribe @news_from_exile")
    for command in ("/privacy", "/forget"):
        assert "not among them" in (await conversation.ask(f"{command} @news_from_exile"))["text"]
    message = (await owner.say("/privacy @news_from_exile"))[-1]
    await owner.press(message, "💾 As a file")
    assert exported(owner, owner.messages[-1])["chats"][0]["id"] == CHANNEL
    again = (await owner.say("/privacy @news_from_exile"))[-1]
    assert "about the channel" in (await owner.press(again, "🗑 Delete all"))["text"]
    assert await kept_in_all(conversation) == 0


@pytest.mark.parametrize("command", ["/privacy", "/forget", "/unsubscribe"])
async def test_an_administrator_sees_and_ends_what_is_kept_of_a_channel_whoever_may_not_post_there(
    conversation: Conversation, command: str
) -> None:
    await conversation.as_(EDITOR).ask("/subscribe @news_from_exile")
    bot = conversation.sandbox.world.bot.id
    assert "not among them" in (await conversation.ask(f"{command} @news_from_exile"))["text"]
    for person in (bot, YOU):
        conversation.sandbox.acts.member(CHANNEL, person, Member("administrator", {"can_invite_users"}))
    answer = (await conversation.say(f"{command} @news_from_exile"))[-1]
    if command == "/privacy":
        assert "News from exile" in answer["text"]
        await conversation.press(answer, "💾 As a file")
        assert exported(conversation, conversation.messages[-1])["chats"][0]["id"] == CHANNEL
        again = (await conversation.say("/privacy @news_from_exile"))[-1]
        await conversation.press(again, "🗑 Delete all")
    assert await conversation.bot.desk.subscriptions.of_chat(CHANNEL) == ()


@on_both
async def test_what_is_told_of_another_chat_is_shown_and_goes_with_the_person(conversation: Conversation) -> None:
    conversation.sandbox.acts.change_person(EDITOR, language_code="en")
    owner = conversation.as_(EDITOR)
    await walk(owner, await owner.ask("/subscribe @news_from_exile"), "✉️ Failures: tell me here")
    shown = "\n".join(each["text"] for each in await owner.say("/privacy"))
    assert "Subscription of another chat" in shown
    await owner.ask("/forget")
    assert (await only(conversation, CHANNEL)).told is None


@on_both
async def test_the_files_of_a_draft_are_named_exported_and_forgotten(conversation: Conversation) -> None:
    await conversation.ask("/language en")
    drafts, you = conversation.bot.desk.newsroom.drafts, conversation.viewer
    await drafts.put(you, {"content/actors.yaml": b"actors: []\n", "content/topics/old.yaml": None}, 1, 1000)
    await drafts.write(you, "00000001", '{"title": "Слово"}'.encode(), 1, 1000)
    await drafts.note_text(you, "count-2023", "BQACAgIAAx", 3, 1000)
    answers = await conversation.say("/privacy")
    shown = "\n".join(each["text"] for each in answers)
    assert "content/actors.yaml: 11 bytes" in shown
    assert "content/topics/old.yaml: will be deleted" in shown
    assert "sheets/00000001: 23 bytes" in shown
    assert "texts/count-2023: 10 bytes" in shown
    await conversation.press(answers[-1], "💾 As a file")
    rows = exported(conversation, conversation.messages[-1])["draft_files-draft"]
    assert {row["path"]: row["data"] for row in rows} == {
        "content/actors.yaml": "actors: []\n",
        "content/topics/old.yaml": None,
        "sheets/00000001": '{"title": "Слово"}',
        "texts/count-2023": "BQACAgIAAx",
    }
    await conversation.ask("/forget")
    async with conversation.bot.desk.subscriptions._database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(draft_files))).scalar_one() == 0


def test_every_table_that_refers_to_a_chat_is_looked_through() -> None:
    assert {chats.c.key, subscriptions.c.chat, subscriptions.c.told, outbox.c.chat, draft_files.c.draft} <= set(
        references()
    )
