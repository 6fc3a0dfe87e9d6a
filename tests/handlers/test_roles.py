"""Who may do what: administrators add and remove editors; for everybody else there is no trace of any of it."""

from __future__ import annotations

import pytest

from bot.sandbox.membership import change_member
from tests.conversation import GROUP, YOU, Conversation, Json, buttons_of, labels_of
from tests.handlers.office import MENDED, Office
from tests.handlers.test_crawl import put_button

COMMANDS = ("/editors", "/penname", "/draft", "/files", "/history", "/rollback 1", "/reload", "/new")


async def pen_names(office: Office) -> list[str]:
    return [each.pen_name for each in await office.admin.bot.desk.newsroom.editors.all()]


@pytest.mark.parametrize("command", COMMANDS)
async def test_to_a_stranger_there_is_no_such_command(
    office: Office, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await office.reader.ask(command)
    nonsense = await office.reader.ask("/xyzzyplugh")
    assert answer["text"] == nonsense["text"]
    assert "from somebody else" in caplog.text
    assert str(YOU) not in caplog.text


@pytest.mark.parametrize("command", ["/editors", "/reload", "/editors add 1001 Me"])
async def test_to_an_editor_there_is_no_such_command_of_administrators(office: Office, command: str) -> None:
    answer = await office.editor.ask(command)
    assert answer["text"] == (await office.editor.ask("/xyzzyplugh"))["text"]
    assert await pen_names(office) == ["Ogarev"]


async def test_in_a_group_nobody_sees_anything_of_it(office: Office) -> None:
    group = office.reader.as_(YOU, GROUP)
    for command in COMMANDS:
        assert await group.say(command) == []


FORGED = [
    "a.v..m",
    "a.v..h",
    "a.v..z",
    "a.v..b:1",
    "a.d.00000000.p",
    "a.e.00000000",
    "a.v.0123456789ab.f",
    "a.v..s",
    "a.j",
    "a.j.00000000.n",
    "a.j.00000000.p",
]


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_is_one_that_does_not_exist(
    office: Office, data: str, caplog: pytest.LogCaptureFixture
) -> None:
    message = await office.reader.ask("/start")
    put_button(office.reader, message, data)
    shown = await office.reader.press(office.reader.again(message), data, alert=True)
    assert shown["text"].startswith("🔔 Kolokol")
    assert "from somebody else" in caplog.text
    assert str(YOU) not in caplog.text


async def test_a_forged_answer_to_a_prompt_is_a_question_like_any_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    message = await office.reader.ask("/start")
    stored = office.reader.sandbox.acts.chat(YOU).messages[message["message_id"]]
    stored["entities"] = [{"type": "text_link", "offset": 0, "length": 1, "url": "https://t.me/x?start=d-00000000"}]
    answers = await office.reader.say("23:59", reply_to=message["message_id"])
    assert [each["text"] for each in answers] == [(await office.reader.ask("23:59"))["text"]]
    assert "an answer to editors from somebody else" in caplog.text
    assert str(YOU) not in caplog.text


@pytest.mark.parametrize("data", ["a.v..m", "a.v.00000000.w", "a.v.0123456789ab.f"])
async def test_an_editor_cannot_forge_the_buttons_of_administrators(office: Office, data: str) -> None:
    message = await office.editor.ask("/start")
    put_button(office.editor, message, data)
    shown = await office.editor.press(office.editor.again(message), data, alert=True)
    assert shown["text"].startswith("🔔 Kolokol")


async def test_an_editor_who_was_removed_presses_in_vain(office: Office) -> None:
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    listed = (await office.admin.say("/editors"))[-1]
    asked = await office.admin.press(listed, "Remove Ogarev")
    assert "Remove Ogarev?" in asked["text"]
    done = await office.admin.press(asked, "Yes, remove")
    assert "None yet" in done["text"]
    after = await office.editor.press(shown, "✅ Publish now", alert=True)
    assert after["text"].startswith("🔔 Kolokol")
    assert await office.title() == "🔢 How many left"
    assert await office.reader.bot.desk.newsroom.drafts.of(office.editor.viewer) is None


async def test_a_pen_name_of_an_administrator_outlasts_their_office_and_the_right_to_edit_does_not(
    office: Office,
) -> None:
    desk, admin = office.admin.bot.desk, office.admin
    assert "calls you Iskander" in (await admin.ask("/penname Iskander"))["text"]
    assert await pen_names(office) == ["Ogarev"]
    shown = await office.send(admin, "numbers.yaml", MENDED)
    await desk.newsroom.drafts.put(admin.viewer, {}, 1, desk.now)
    await desk.newsroom.drafts.publish_at(admin.viewer, desk.now - 1)
    desk.admins = ()
    await admin.bot.publish_due()
    await admin.bot.show_unchecked()
    assert await office.title() == "🔢 How many left"
    assert admin.again(shown) == shown == admin.messages[-1], "who is no editor is told nothing"
    assert await desk.newsroom.drafts.due(desk.now) == ()
    assert (await admin.ask("/draft"))["text"] == (await admin.ask("/xyzzyplugh"))["text"]
    assert not await desk.is_editor(admin.viewer)


async def test_somebody_becomes_an_editor_by_number(office: Office) -> None:
    answer = (await office.admin.say(f"/editors add {YOU} Natalie Herzen"))[-1]
    assert "Natalie Herzen is an editor now, and has been told" in answer["text"]
    assert await pen_names(office) == ["Natalie Herzen", "Ogarev"]
    assert "You are an editor now" in office.reader.messages[-1]["text"]
    assert "no draft" in (await office.reader.ask("/draft"))["text"]
    assert "somebody else writes as" in (await office.reader.ask("/penname Ogarev"))["text"].casefold()
    assert "calls you Tuchkova" in (await office.reader.ask("/penname Tuchkova"))["text"]
    assert await pen_names(office) == ["Ogarev", "Tuchkova"]


async def test_somebody_becomes_an_editor_by_the_button_of_the_keyboard(office: Office) -> None:
    await office.admin.say("/editors")
    office.admin.sandbox.acts.share_users(office.admin.viewer, 501, [YOU])
    await office.admin.handled()
    assert "Editor 1 is an editor now" in office.admin.messages[-1]["text"]
    assert await pen_names(office) == ["Editor 1", "Ogarev"]


async def test_somebody_becomes_an_editor_by_their_contact(office: Office) -> None:
    office.admin.sandbox.acts.contact(office.admin.viewer, of=YOU)
    await office.admin.handled()
    assert "Editor 1" in await pen_names(office)


async def test_somebody_becomes_an_editor_by_a_reply_to_what_they_wrote(office: Office) -> None:
    acts, world = office.admin.sandbox.acts, office.admin.sandbox.world
    change_member(world, world.chats[GROUP], office.admin.viewer, "member", by=YOU)
    written = acts.send(YOU, "I would like to help", GROUP)
    forwarded = acts.forward(office.admin.viewer, written["message_id"], GROUP, office.admin.viewer)
    await office.admin.say("/editors Natalie", reply_to=forwarded["message_id"])
    assert "Natalie is an editor now" in office.admin.messages[-1]["text"]
    assert await pen_names(office) == ["Natalie", "Ogarev"]


async def test_who_edits_is_settled_in_private_only(office: Office) -> None:
    acts, world = office.admin.sandbox.acts, office.admin.sandbox.world
    change_member(world, world.chats[GROUP], office.admin.viewer, "member", by=YOU)
    written = acts.send(YOU, "I would like to help", GROUP)
    in_group = office.admin.as_(office.admin.viewer, GROUP)
    assert await in_group.say("/editors Tuchkova", reply_to=written["message_id"]) == []
    assert await pen_names(office) == ["Ogarev"]


@pytest.mark.parametrize("whom", ["Ogarev", "1002"])
async def test_an_editor_is_removed_by_pen_name_or_number(office: Office, whom: str) -> None:
    asked = await office.admin.ask(f"/editors remove {whom}")
    await office.admin.press(asked, "Yes, remove")
    assert await pen_names(office) == []
    assert "None yet" in (await office.admin.ask("/editors remove nobody"))["text"]


async def test_a_contact_of_a_stranger_is_nothing_to_read(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.reader.sandbox.acts.contact(YOU)
    await office.reader.handled()
    assert "I read text" in office.reader.messages[-1]["text"]
    assert "from somebody else" in caplog.text
    assert str(YOU) not in caplog.text
    assert await pen_names(office) == ["Ogarev"]


async def test_who_has_never_opened_the_bot_becomes_an_editor_all_the_same(office: Office) -> None:
    newcomer = office.admin.sandbox.world.add_person("Newcomer").id
    answer = (await office.admin.say(f"/editors add {newcomer} Sasha"))[-1]
    assert "could not write to them" in answer["text"]
    assert await pen_names(office) == ["Ogarev", "Sasha"]


@pytest.mark.parametrize("words", ["add", "add someone", "add -5 X"])
async def test_nobody_is_added_who_is_not_named(office: Office, words: str) -> None:
    assert "Whom?" in (await office.admin.say(f"/editors {words}"))[-1]["text"]
    assert await pen_names(office) == ["Ogarev"]


def menus(conversation: Conversation, person: int) -> list[list[str]]:
    """The menus registered for one person, in the order in which they were."""
    found: list[Json] = [
        each.parameters
        for each in conversation.sandbox.journal.exchanges
        if each.method == "setMyCommands" and each.answer["ok"] and each.parameters["scope"].get("chat_id") == person
    ]
    return [[command["command"] for command in each["commands"]] for each in found]


async def test_menus_are_those_of_ones_role(office: Office) -> None:
    await office.admin.say(f"/editors add {YOU} Natalie")
    mine = menus(office.reader, YOU)[-1]
    assert {"draft", "files", "history", "rollback", "penname", "pin", "topics"} <= set(mine)
    assert not {"editors", "reload", "announce"} & set(mine)
    listed = (await office.admin.say("/editors"))[-1]
    asked = await office.admin.press(listed, "Remove Natalie")
    await office.admin.press(asked, "Yes, remove")
    deleted = [each for each in office.reader.sandbox.journal.exchanges if each.method == "deleteMyCommands"]
    assert deleted[-1].parameters["scope"]["chat_id"] == YOU


async def test_help_names_the_commands_of_editors_to_editors_only(office: Office) -> None:
    shown = (await office.editor.ask("/help"))["text"]
    assert "For editors" in shown
    assert "Send me changed .yaml files" in shown
    assert "/draft — " in shown.split("For editors")[1]
    assert "/draft" not in (await office.reader.ask("/help"))["text"]


async def test_only_an_editor_sees_how_to_edit_a_card(office: Office) -> None:
    assert "✏️ Edit" in labels_of(await office.editor.ask("/topic numbers"))
    assert "✏️ Edit" in labels_of(await office.admin.ask("/topic numbers"))
    assert "✏️ Edit" not in labels_of(await office.reader.ask("/topic numbers"))
    in_group = await office.editor.as_(office.editor.viewer, GROUP).ask("/topic numbers")
    assert not [each for each in buttons_of(in_group) if each["text"] == "✏️ Edit"]
