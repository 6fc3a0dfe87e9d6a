"""What administrators do: announce, watch, take back; and that nobody else can, or learns of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import open_bot
from bot.search.library import Library
from bot.store.tables import outbox
from bot.views.menus import ADMINISTRATOR_COMMANDS, COMMANDS, EDITOR_COMMANDS
from tests.conversation import (
    CHANNEL,
    EDITOR,
    FREE_PACE,
    GROUP,
    PATIENCE,
    YOU,
    Conversation,
    Json,
    buttons_of,
    labels_of,
    talking,
)
from tests.databases import on_both
from tests.handlers.administration import administered
from tests.handlers.test_crawl import put_button
from tests.handlers.test_subscribing import only


@pytest.fixture
async def administrator(library: Library, tmp_path: Path, home: str) -> AsyncIterator[Conversation]:
    """Whoever runs the bot, talking to it in private."""
    async with administered(library, tmp_path, home) as conversation:
        yield conversation


async def subscribe_all(administrator: Conversation) -> None:
    """A person, a group and a channel are subscribed; the person reads in Russian."""
    await administrator.as_(YOU).ask("/subscribe ru")
    await administrator.as_(EDITOR, GROUP).ask("/subscribe en")
    await administrator.ask("/subscribe @news_from_exile en")


async def draft(administrator: Conversation, text: str = "News of ours") -> Json:
    """Begin an announcement; the screen under its preview."""
    prompt = await administrator.ask("/announce")
    answers = await administrator.say(text, reply_to=prompt["message_id"])
    return answers[-1]


async def stands_in(conversation: Conversation, chat: int, words: str) -> Json:
    """Wait until a message with these words stands in a chat."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        messages = conversation.sandbox.world.chats[chat].messages.values()
        if found := [each for each in messages if words in each.get("text", "")]:
            return found[-1]
        assert asyncio.get_running_loop().time() < until, f"no {words!r} in {chat}"
        await asyncio.sleep(0.02)


async def done(administrator: Conversation, message: Json, words: str = "Finished") -> Json:
    """Wait until the progress says that all are done, or something else."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while words not in message["text"]:
        assert asyncio.get_running_loop().time() < until, message["text"]
        message = await administrator.press(message, "🔄 Refresh")
    return message


@on_both
async def test_a_message_is_drafted_previewed_counted_confirmed_and_sent(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    screen = await draft(administrator)
    assert "3 subscriptions: people — 1, groups — 1, channels — 1; in English — 2, in Russian — 1" in screen["text"]
    assert "one text" in screen["text"]
    await administrator.press(screen, "✏️ Russian text")
    prompt = administrator.messages[-1]
    *previews, screen = await administrator.say("Наши новости", reply_to=prompt["message_id"])
    assert {each["text"] for each in previews} == {"News of ours", "Наши новости"}
    assert "one text" not in screen["text"]
    sure = await administrator.press(screen, "📨 Send…")
    assert "Send it to 3 subscriptions?" in sure["text"]
    assert not any("News of ours" in str(each) for each in administrator.sandbox.world.chats[GROUP].messages.values())
    progress = await administrator.press(sure, "📨 Yes, send it")
    await stands_in(administrator, YOU, "Наши новости")
    await stands_in(administrator, GROUP, "News of ours")
    await stands_in(administrator, CHANNEL, "News of ours")
    assert "sent: 3" in (await done(administrator, progress))["text"]


async def test_the_text_keeps_its_form(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    prompt = await administrator.ask("/announce")
    stored = administrator.sandbox.acts.world.chats[EDITOR]
    content = {"text": "Bold <news>", "entities": [{"type": "bold", "offset": 0, "length": 4}]}
    person = administrator.sandbox.acts.person(EDITOR)
    administrator.sandbox.acts._say(person, stored, content, reply_to=prompt["message_id"])
    await administrator.handled()
    screen = administrator.messages[-1]
    await administrator.press(await administrator.press(screen, "📨 Send…"), "📨 Yes, send it")
    message = await stands_in(administrator, GROUP, "Bold <news>")
    assert message["entities"] == content["entities"]


async def test_the_progress_shows_itself(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    message = await administrator.press(sure, "📨 Yes, send it")
    until = asyncio.get_running_loop().time() + PATIENCE
    while "Finished" not in administrator.again(message)["text"]:
        assert asyncio.get_running_loop().time() < until
        await asyncio.sleep(0.1)


async def test_a_draft_can_be_thrown_away_and_its_buttons_then_lead_nowhere(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    screen = await draft(administrator)
    gone = await administrator.press(screen, "🗑 Discard")
    assert "nothing was sent" in gone["text"]
    data = next(b["callback_data"] for row in screen["reply_markup"]["inline_keyboard"] for b in row)
    put_button(administrator, gone, data)
    assert "gone" in (await administrator.press(gone, data))["text"]


@on_both
async def test_a_second_press_sends_nothing_twice(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    data = next(b["callback_data"] for row in sure["reply_markup"]["inline_keyboard"] for b in row)
    message = await administrator.press(sure, data)
    for _ in range(2):
        put_button(administrator, message, data)
        message = await administrator.press(message, data)
    await done(administrator, message)
    group = administrator.sandbox.world.chats[GROUP].messages.values()
    assert sum("News of ours" in each.get("text", "") for each in group) == 1


@on_both
async def test_it_is_paused_taken_up_and_stopped(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    administrator.bot.ringing.sender.stop()
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    message = await administrator.press(sure, "📨 Yes, send it")
    message = await done(administrator, message, "going out: 0 of 3")
    message = await administrator.press(message, "⏸ Pause")
    assert "Paused: 0 of 3" in message["text"]
    message = await administrator.press(message, "▶️ Resume")
    assert "going out: 0 of 3" in message["text"]
    message = await administrator.press(message, "⏹ Stop for good")
    assert "Stopped: it goes to nobody else" in message["text"]
    assert "cancelled: 3" in message["text"]
    assert not any("News of ours" in str(each) for each in administrator.sandbox.world.chats[GROUP].messages.values())


async def test_what_is_no_text_is_asked_for_once_more(administrator: Conversation) -> None:
    prompt = await administrator.ask("/announce")
    administrator.sandbox.acts.contact(EDITOR)
    await administrator.handled()
    stored = administrator.sandbox.acts.world.chats[EDITOR]
    person = administrator.sandbox.acts.person(EDITOR)
    location = {"location": {"latitude": 1.0, "longitude": 2.0}}
    administrator.sandbox.acts._say(person, stored, location, reply_to=prompt["message_id"])
    await administrator.handled()
    assert "is text" in administrator.messages[-1]["text"]


@on_both
async def test_deliveries_are_shown_by_run(administrator: Conversation) -> None:
    assert "Nothing has gone out yet" in (await administrator.ask("/delivery"))["text"]
    await subscribe_all(administrator)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    shown = (await administrator.ask("/delivery"))["text"]
    assert "Announcement · News of ours" in shown
    assert "recipients, due" in shown or "recipient, due" in shown
    assert "sent: " in shown


async def state_when_settled(administrator: Conversation) -> str:
    """What became of the one delivery there is, once it waits and is under way no more."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        async with administrator.bot.desk.subscriptions._database.read() as connection:
            state: str = (await connection.execute(select(outbox.c.state))).scalar_one()
        if state not in ("queued", "sending", "retry"):
            return state
        assert asyncio.get_running_loop().time() < until, state
        await asyncio.sleep(0.02)


@on_both
async def test_what_is_unconfirmed_in_a_channel_is_posted_by_a_press_and_only_once(
    administrator: Conversation,
) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    database = administrator.bot.desk.subscriptions._database
    async with database.begin() as connection:
        lost = {"state": "unconfirmed", "parts_sent": 0, "message_ids": []}
        await connection.execute(update(outbox).values(lost))
    shown = await administrator.ask("/delivery")
    assert "News from exile, part 1" in shown["text"]
    data = next(b["callback_data"] for row in shown["reply_markup"]["inline_keyboard"] for b in row)
    after = await administrator.press(shown, data, alert=True)
    assert await state_when_settled(administrator) == "sent"
    put_button(administrator, after, data)
    await administrator.press(after, data, alert=True)
    assert await state_when_settled(administrator) == "sent"
    assert len(administrator.sandbox.world.chats[CHANNEL].messages) == 2


async def test_every_unconfirmed_message_is_counted_and_within_reach(administrator: Conversation) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    for _ in range(12):
        sure = await administrator.press(await draft(administrator), "📨 Send…")
        await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    async with administrator.bot.desk.subscriptions._database.begin() as connection:
        await connection.execute(update(outbox).values(state="unconfirmed", parts_sent=0, message_ids=[]))
    shown = await administrator.ask("/delivery")
    assert "Shown: 1–10 of 12" in shown["text"]
    more = await administrator.press(shown, "More unconfirmed →")
    assert "Shown: 11–12 of 12" in more["text"]
    assert more["text"].count("News from exile, part 1") == 2
    assert labels_of(more)[2:4] == ["2. 📨 Post now", "2. ✅ It is there"]
    assert "Shown: 1–10 of 12" in (await administrator.press(more, "More unconfirmed →"))["text"]


@on_both
async def test_what_is_unconfirmed_and_stands_in_the_channel_counts_as_sent(administrator: Conversation) -> None:
    await administrator.ask("/subscribe @news_from_exile en")
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    async with administrator.bot.desk.subscriptions._database.begin() as connection:
        await connection.execute(update(outbox).values(state="unconfirmed", parts_sent=0, message_ids=[]))
    shown = await administrator.ask("/delivery")
    assert labels_of(shown)[:2] == ["1. 📨 Post now", "1. ✅ It is there"]
    after = await administrator.press(shown, "1. ✅ It is there", alert=True)
    assert "Unconfirmed" not in after["text"]
    assert await state_when_settled(administrator) == "sent"
    assert len(administrator.sandbox.world.chats[CHANNEL].messages) == 1


@on_both
async def test_what_was_sent_is_deleted_everywhere_after_one_more_question(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    listed = await administrator.ask("/recall")
    assert "Announcement “News of ours”" in listed["text"], "it is known by its words"
    for _ in range(2):  # an edition in each language
        listed = await administrator.ask("/recall")
        if "Nothing was sent" in listed["text"]:
            break
        one = await administrator.press(listed, "1")
        assert labels_of(one) == ["🗑 Delete everywhere", "⬅️ Back"], "its words cannot be written anew"
        sure = await administrator.press(one, "🗑 Delete everywhere")
        assert "cannot be undone" in sure["text"]
        await administrator.press(sure, "🗑 Yes, delete")
        result = await stands_in(administrator, EDITOR, "Done: ")
        assert result["text"].startswith("Announcement “News of ours”, ")
        listed = await administrator.press(listed, "⬅️ Back") if "⬅️ Back" in labels_of(listed) else listed


async def test_what_was_sent_before_the_last_ones_is_a_press_away(
    administrator: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("bot.handlers.recalling", "bot.views.recalling"):
        monkeypatch.setattr(f"{room}.SENT_SHOWN", 1)
    await subscribe_all(administrator)
    for words in ("The first", "The second"):
        sure = await administrator.press(await draft(administrator, words), "📨 Send…")
        await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    listed, seen = await administrator.ask("/recall"), []
    while "Earlier →" in labels_of(listed):
        seen.append(listed["text"])
        listed = await administrator.press(listed, "Earlier →")
    assert "“The second”" in seen[0]
    assert "“The first”" in listed["text"]
    assert "“The first”" in (await administrator.press(listed, str(len(seen) + 1)))["text"]
    back = await administrator.press(await administrator.ask("/recall"), "Earlier →")
    assert "← Later" in labels_of(back)


@on_both
async def test_a_recall_that_a_restart_broke_off_is_ended_after_it(library: Library, tmp_path: Path, home: str) -> None:
    async with administered(library, tmp_path, home) as administrator:
        sandbox, settings = administrator.sandbox, administrator.bot.settings
        await subscribe_all(administrator)
        sure = await administrator.press(await draft(administrator), "📨 Send…")
        await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
        office = administrator.bot.desk.office
        assert office
        for each in await office.deliveries.sent():
            await office.recall.order(each.id, erase=True)
        administrator.bot.stop()
        await asyncio.sleep(0)
        async with open_bot(settings, library, pace=FREE_PACE) as bot, talking(sandbox, bot):
            await stands_in(administrator, EDITOR, "Announcement “News of ours”, English")
            until = asyncio.get_running_loop().time() + PATIENCE
            while sandbox.world.chats[CHANNEL].messages or await bot.desk.office.recall.ordered():  # type: ignore[union-attr]
                assert asyncio.get_running_loop().time() < until
                await asyncio.sleep(0.02)


async def test_the_link_of_a_prompt_leads_to_what_it_is_about(administrator: Conversation) -> None:
    await subscribe_all(administrator)
    assert "Reply to this message" in (await administrator.ask("/start n-new-en"))["text"]
    screen = await draft(administrator, "News of ours")
    name = next(b["callback_data"] for b in buttons_of(screen)).split(".")[2]
    shown = await administrator.say(f"/start n-{name}-ru")
    assert shown[0]["text"] == "News of ours"
    assert labels_of(shown[-1]) == labels_of(screen)
    sure = await administrator.press(screen, "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    assert "Finished" in (await administrator.ask(f"/start n-{name}-ru"))["text"]
    assert "Reply to this message" not in (await administrator.as_(YOU).ask("/start n-new-en"))["text"]


FORGED = [f"/{name}" for name in ADMINISTRATOR_COMMANDS]


@pytest.mark.parametrize("command", FORGED)
async def test_to_everybody_else_the_commands_do_not_exist(
    administrator: Conversation, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = administrator.as_(YOU)
    unknown = await stranger.ask("/nosuchcommand")
    assert (await stranger.ask(command))["text"] == unknown["text"]
    assert await administrator.as_(YOU, GROUP).say(command) == []
    assert await administrator.as_(EDITOR, GROUP).say(command) == []
    warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    role = "editors" if command.strip("/") in (*EDITOR_COMMANDS, "editors", "reload") else "administrators"
    assert warned == [f"a command of {role} from somebody else"] * 3
    assert command not in str((await stranger.ask("/help"))["text"])


@pytest.mark.parametrize("data", ["a.n..delivery", "a.n..recalls", "a.n.0123abcd.send"])
async def test_a_forged_button_is_one_that_is_no_longer_known(administrator: Conversation, data: str) -> None:
    stranger = administrator.as_(YOU)
    message = await stranger.ask("/start")
    put_button(stranger, message, data)
    assert "Kolokol" in (await stranger.press(message, data, alert=True))["text"]


async def test_a_forged_answer_drafts_nothing(administrator: Conversation) -> None:
    prompt = await administrator.ask("/announce")
    stranger = administrator.as_(YOU)
    mine = await stranger.ask("/start")
    stored = stranger.sandbox.acts.chat(YOU).messages[mine["message_id"]]
    stored["entities"] = prompt["entities"]
    assert await stranger.say("All is lost", reply_to=mine["message_id"]) == []


async def test_administrators_see_their_commands_in_their_own_menu_and_nobody_else_does(
    administrator: Conversation,
) -> None:
    def menus() -> dict[tuple[str, int | None, str], list[str]]:
        exchanges = administrator.sandbox.journal.exchanges
        asked = [each.parameters for each in exchanges if each.method == "setMyCommands" and each.answer["ok"]]
        return {
            (each["scope"]["type"], each["scope"].get("chat_id"), each.get("language_code", "")): [
                command["command"] for command in each["commands"]
            ]
            for each in asked
        }

    for _ in range(int(PATIENCE / 0.02)):
        if len(menus()) == 27:
            break
        await asyncio.sleep(0.02)
    assert len(menus()) == 27
    for (scope, chat, _), names in menus().items():
        own = {*names} & {*ADMINISTRATOR_COMMANDS}
        assert bool(own) == (scope == "chat")
        if scope == "chat":
            assert (chat, names) == (EDITOR, [*COMMANDS, *ADMINISTRATOR_COMMANDS])


async def test_a_subscriber_of_no_announcement_is_left_alone(administrator: Conversation) -> None:
    await administrator.as_(YOU).ask("/subscribe")
    before = await only(administrator, YOU)
    sure = await administrator.press(await draft(administrator), "📨 Send…")
    await done(administrator, await administrator.press(sure, "📨 Yes, send it"))
    assert await only(administrator, YOU) == before
