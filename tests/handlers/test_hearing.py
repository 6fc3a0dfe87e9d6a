"""Failures and previews come to one administrator: another sees that, takes it over by a press, and nobody loses it
without a word."""

from __future__ import annotations

import pytest

from bot.sandbox.chats import Member
from tests.conversation import CHANNEL, EDITOR, GROUP, YOU, Conversation, Json, labels_of
from tests.databases import on_both
from tests.handlers.test_subscribing import only, walk

NAME = "@news_from_exile"
MINE, THEIRS, NOBODYS = "✉️ Failures: you are told", "✉️ Failures: somebody else is told", "✉️ Failures: tell me here"


@pytest.fixture
async def first(conversation: Conversation) -> Conversation:
    """An administrator of the channel who chose Russian, gets a preview three hours ahead and hears of failures."""
    first = conversation.as_(EDITOR)
    await first.ask("/language ru")
    await walk(first, await first.ask(f"/subscribe {NAME} en"), "👁 Предпросмотр: нет", "За 3 часа")
    return first


@pytest.fixture
async def second(first: Conversation) -> Conversation:
    """Another one, who reads English."""
    second = first.as_(YOU)
    first.sandbox.acts.member(CHANNEL, YOU, Member("administrator", {"can_post_messages"}))
    await second.say("/start")
    return second


def said(conversation: Conversation) -> str:
    """The latest message in the chat."""
    return str(conversation.messages[-1]["text"])


async def hears(conversation: Conversation) -> int | None:
    """Who is told of failures of the channel's digest."""
    found = await only(conversation, CHANNEL)
    place = await conversation.bot.desk.subscriptions.place_of(found.told) if found.told else None
    return place[0] if place else None


async def test_another_administrator_sees_that_somebody_hears_of_it_and_not_who(second: Conversation) -> None:
    message = await second.ask(f"/settings {NAME}")
    assert (
        "Another administrator gets the previews and is told of failures. To have that come to you" in message["text"]
    )
    assert {THEIRS, "👁 Preview: 3 hours before"} <= {*labels_of(message)}
    preview = await second.press(message, "👁 Preview: 3 hours before")
    assert "another administrator gets the previews" in preview["text"]
    assert "If you choose hours here, both come to you instead" in preview["text"]
    name = second.sandbox.world.people[EDITOR].first_name
    assert not any(name in str(each) or str(EDITOR) in str(each) for each in (message, preview))


async def test_whoever_hears_of_it_reads_that_it_is_them(first: Conversation) -> None:
    message = await first.ask(f"/settings {NAME}")
    assert "✉️ О сбоях сообщаю вам" in labels_of(message)
    assert "друг" not in message["text"]


@on_both
@pytest.mark.parametrize("labels", [(THEIRS,), ("👁 Preview: 3 hours before", "6 hours")])
async def test_one_press_takes_it_over_and_whoever_had_it_gets_one_line_in_their_language(
    first: Conversation, second: Conversation, labels: tuple[str, ...]
) -> None:
    before = len(first.messages)
    message = await walk(second, await second.ask(f"/settings {NAME}"), *labels)
    assert await hears(second) == YOU
    assert MINE in labels_of(message)
    assert "Another administrator" not in message["text"]
    assert (await only(second, CHANNEL)).choices.preview_hours == (6 if "6 hours" in labels else 3)
    assert "You will see each digest of this channel here" in said(second)
    assert len(first.messages) == before + 1
    assert said(first) == (
        "Предпросмотр дайджеста в «News from exile» теперь приходит другому администратору, и о сбоях узнает тоже он. "
        "Вернуть это себе можно в настройках."
    )
    await first.press(first.messages[-1], "⚙️ Настройки")
    assert "О сбоях узнает" not in said(first)
    await first.press(first.messages[-1], "✉️ О сбоях сообщаю другому")
    assert await hears(first) == EDITOR


async def test_without_previews_only_failures_pass_to_another(first: Conversation, second: Conversation) -> None:
    await walk(first, await first.ask(f"/settings {NAME}"), "👁 Предпросмотр: за 3 часа", "Не показывать")
    message = await second.ask(f"/settings {NAME}")
    assert "Another administrator is told of failures. To have that" in message["text"]
    await second.press(message, THEIRS)
    assert "when the digest of a channel" in said(second)
    assert said(first).startswith("О сбоях дайджеста в «News from exile» теперь узнает другой администратор.")


@on_both
async def test_previews_that_another_turns_off_end_with_a_line_and_failures_are_told_on(
    first: Conversation, second: Conversation
) -> None:
    await walk(second, await second.ask(f"/settings {NAME}"), "👁 Preview: 3 hours before", "No preview")
    assert "отключил предпросмотр" in said(first)
    assert await hears(second) == EDITOR
    assert (await only(second, CHANNEL)).choices.preview_hours == 0


@pytest.mark.parametrize("way", ["press", "/unsubscribe", "/forget", "forget"])
async def test_a_digest_that_another_ends_is_told_of(first: Conversation, second: Conversation, way: str) -> None:
    if way == "press":
        await second.press(await second.ask(f"/settings {NAME}"), "✖️ Unsubscribe")
    elif way == "forget":
        await second.press((await second.say(f"/privacy {NAME}"))[-1], "🗑 Delete all")
    else:
        await second.ask(f"{way} {NAME}")
    assert said(first).startswith("Кто-то из администраторов отменил подписку на дайджест по-английски")
    assert labels_of(first.messages[-1]) == []


@pytest.mark.parametrize("labels", [("✉️ О сбоях сообщаю вам",), ("✖️ Отписаться",), ("🔔 Со звуком",)])
async def test_what_they_do_themselves_is_not_told_them(first: Conversation, labels: tuple[str, ...]) -> None:
    message = await first.ask(f"/settings {NAME}")
    there = len(first.messages)
    await walk(first, message, *labels)
    assert len(first.messages) == there


@pytest.mark.parametrize("fault", ["blocked", "drop_after", "error"])
async def test_who_cannot_be_reached_any_more_hinders_nobody(
    first: Conversation, second: Conversation, fault: str
) -> None:
    first.sandbox.faults.add(fault, method="sendMessage", chat_id=EDITOR, times=None)
    message = await second.press(await second.ask(f"/settings {NAME}"), THEIRS)
    assert await hears(second) == YOU
    assert MINE in labels_of(message)


async def test_who_cannot_be_written_to_takes_nothing_over(first: Conversation, second: Conversation) -> None:
    message: Json = await second.ask(f"/settings {NAME}")
    there = len(first.messages)
    second.sandbox.faults.add("blocked", method="sendMessage", chat_id=YOU, times=None)
    await second.press(message, THEIRS, alert=True)
    assert await hears(second) == EDITOR
    assert len(first.messages) == there


async def test_on_a_screen_of_somebody_else_in_a_group_nothing_is_ended_for_them(conversation: Conversation) -> None:
    conversation.sandbox.acts.member(GROUP, YOU, "administrator")
    await conversation.as_(EDITOR).say("/start")
    await conversation.say("/start")
    owner, other = conversation.as_(EDITOR, GROUP), conversation.as_(YOU, GROUP)
    theirs = await owner.press(await owner.ask("/subscribe"), "✉️ Сообщать мне о сбоях")
    seen = await other.press(theirs, "✉️ О сбоях сообщаю вам")
    assert await conversation.bot.desk.subscriptions.told_to(EDITOR)
    assert "Another administrator is told of failures." in seen["text"]
    await other.press(seen, THEIRS)
    assert await conversation.bot.desk.subscriptions.told_to(YOU)


@on_both
async def test_after_whoever_had_previews_was_forgotten_none_are_shown_and_none_come_unasked(
    first: Conversation, second: Conversation
) -> None:
    await first.ask("/forget")
    message = await second.ask(f"/settings {NAME}")
    assert {"👁 Preview: none", NOBODYS} <= {*labels_of(message)}
    await second.press(message, "🔔 With sound")
    assert await hears(second) is None
    message = await second.press(second.again(message), NOBODYS)
    assert await hears(second) == YOU
    assert (await only(second, CHANNEL)).choices.preview_hours == 0
    assert "👁 Preview: none" in labels_of(message)
