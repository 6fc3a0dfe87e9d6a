"""Editors pin, hold and write notes in the chat, and see the edition in both languages; nobody else can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_bot
from bot.catalog.snapshot import card_key
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.store.editorial import NOTE_LENGTH
from bot.views.editorial import act
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, GROUP, YOU, Conversation, labels_of, talking
from tests.databases import on_both


@pytest.fixture
async def editor(library: Library, tmp_path: Path, home: str) -> AsyncIterator[Conversation]:
    """An administrator in a private chat with the bot."""
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path, home).model_copy(update={"admins": (EDITOR,)})
        async with (
            open_bot(settings, library, pace=FREE_PACE) as bot,
            talking(sandbox, bot) as conversation,
        ):
            sandbox.acts.change_person(EDITOR, language_code="en")
            yield conversation.as_(EDITOR)


def a_title(editor: Conversation, number: int = 40) -> str:
    return editor.bot.desk.library.catalog.cards[number].title.en


async def test_a_card_is_pinned_by_its_title_and_shown_in_the_proof(editor: Conversation) -> None:
    answer = await editor.ask(f"/pin {a_title(editor)}")
    assert "Pinned:" in answer["text"]
    assert a_title(editor) in answer["text"]
    proof = await editor.press(answer, "👁 English")
    assert "The editors suggest" in proof["text"]
    assert a_title(editor) in proof["text"]


async def test_the_proof_is_there_in_both_languages_and_leads_back(editor: Conversation) -> None:
    answer = await editor.ask("/edition")
    russian = await editor.press(answer, "👁 Русский")
    assert "«Колокол»" in russian["text"]
    back = await editor.press(russian, "⬅️ Назад")
    assert "Editions from Monday" in back["text"]


async def test_what_goes_out_follows_each_decision_at_once(editor: Conversation) -> None:
    heard: list[str] = []
    said = ""
    editor.bot.desk.on_change = lambda: heard.append(said)
    for said in ("/edition", f"/hold now {a_title(editor)}", f"/pin now {a_title(editor)}", "/note now en For now."):
        answer = await editor.ask(said)
    said = "✖️"
    await editor.press(answer, next(label for label in labels_of(answer) if label.startswith(said)))
    assert [each.split()[0] for each in heard] == ["/hold", "/pin", "/note", "✖️"]


async def test_a_button_takes_a_decision_back(editor: Conversation) -> None:
    answer = await editor.ask(f"/hold {a_title(editor)}")
    assert "Held back:" in answer["text"]
    (button,) = (label for label in labels_of(answer) if label.startswith("✖️"))
    assert "Nothing is pinned" in (await editor.press(answer, button))["text"]


@on_both
async def test_pinning_what_was_held_and_the_other_way_round(editor: Conversation) -> None:
    await editor.ask(f"/hold {a_title(editor)}")
    pinned = await editor.ask(f"/pin {a_title(editor)}")
    assert "Held back:" not in pinned["text"]
    assert "Pinned:" not in (await editor.ask(f"/hold {a_title(editor)}"))["text"]


@on_both
async def test_the_next_week_is_meant_unless_now_is_said(editor: Conversation) -> None:
    await editor.ask("/note en For later.")
    now = await editor.ask("/note now en For now.")
    assert "For now." in now["text"]
    assert "For later." not in now["text"]
    later = await editor.press(now, "Next week →")
    assert "For later." in later["text"]
    assert "For now." in (await editor.press(later, "← This week"))["text"]


@on_both
async def test_a_note_stands_in_its_language_and_can_have_paragraphs(editor: Conversation) -> None:
    await editor.ask("/note en First.\n\nSecond.")
    answer = await editor.ask("/note\nru Привет.")
    assert "Second." in answer["text"]
    assert "Привет." in answer["text"]
    english = await editor.press(answer, "👁 English")
    assert "From the editors" in english["text"]
    assert "Привет." not in english["text"]
    assert "First." not in (await editor.ask("/note en"))["text"]


async def test_a_note_that_is_too_long_is_refused_and_the_earlier_one_stays(editor: Conversation) -> None:
    await editor.ask("/note en Short.")
    answer = await editor.ask("/note en " + "long " * NOTE_LENGTH)
    assert str(NOTE_LENGTH) in answer["text"]
    assert "Short." in (await editor.ask("/edition"))["text"]


async def test_a_note_without_a_language_says_how(editor: Conversation) -> None:
    assert "/note en" in (await editor.ask("/note Hello there"))["text"]


async def test_a_card_is_found_by_its_link_and_by_its_message(editor: Conversation) -> None:
    card = editor.bot.desk.library.catalog.cards[40]
    link = f"https://t.me/{editor.bot.desk.username}?start={card.id}"
    assert card.title.en in (await editor.ask(f"/pin {link}"))["text"]
    shown = await editor.ask(f"/start {card.id}")
    (held,) = await editor.say("/hold", reply_to=shown["message_id"])
    assert "Held back:" in held["text"]
    assert card.title.en in held["text"]


async def test_a_title_that_nearly_fits_offers_the_near_ones(editor: Conversation) -> None:
    answer = await editor.ask("/pin " + a_title(editor)[:-6])
    assert "Which card?" in answer["text"]
    assert "Pinned:" in (await editor.press(answer, labels_of(answer)[0]))["text"]


async def test_a_title_that_fits_nothing_says_so(editor: Conversation) -> None:
    assert "no card of that name" in (await editor.ask("/pin xyzzyqwfp"))["text"]
    assert "no card of that name" in (await editor.ask("/pin"))["text"]


async def test_more_pins_than_an_edition_has_room_for_are_refused(editor: Conversation) -> None:
    for number in (40, 60, 80):
        await editor.ask(f"/pin {a_title(editor, number)}")
    assert "already" in (await editor.ask(f"/pin {a_title(editor, 100)}"))["text"]
    assert "Pinned:" in (await editor.ask(f"/pin {a_title(editor, 40)}"))["text"]


@pytest.mark.parametrize("command", ["/pin x", "/hold x", "/note en x", "/edition"])
async def test_to_everybody_else_the_commands_do_not_exist(editor: Conversation, command: str) -> None:
    reader = editor.as_(YOU)
    assert "do not know this command" in (await reader.ask(command))["text"]
    assert await editor.as_(EDITOR, GROUP).say(command) == []


async def test_a_forged_button_does_nothing(editor: Conversation) -> None:
    reader = editor.as_(YOU)
    message = await reader.ask("/start")
    card = editor.bot.desk.library.catalog.cards[40]
    data = act("pin", 1, card.id).data()
    assert card_key(card.id) in data
    stored = reader.sandbox.acts.chat(YOU).messages[message["message_id"]]
    stored["reply_markup"] = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    message["reply_markup"] = stored["reply_markup"]
    await reader.press(message, data, alert=True)
    assert (await editor.bot.desk.editorial.read()).weeks == {}
