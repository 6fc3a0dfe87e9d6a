"""Files that come: one message says so at once, names them as more come, and becomes the answer."""

from __future__ import annotations

import asyncio

from tests.catalog.house import ACTORS, GLOSSARY, SYNONYMS, TOPIC
from tests.conversation import Conversation, Json, buttons_of, labels_of
from tests.handlers.office import BROKEN, MENDED, Office, hold

CHANGED = GLOSSARY.replace("Life outside", "A life outside")


def calls(who: Conversation, method: str) -> int:
    """How often the bot called a method of Telegram for this chat."""
    made = [each for each in who.sandbox.journal.exchanges if each.method == method]
    return sum(str(each.parameters.get("chat_id")) == str(who.viewer) for each in made)


async def test_that_a_file_came_is_said_at_once_and_the_message_becomes_the_answer(office: Office) -> None:
    clock, before = hold(office), len(office.editor.messages)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED))
    assert "One file is in your draft: content/topics/numbers.yaml" in came["text"]
    assert labels_of(came) == ["🔎 Check now"]
    clock.let_go()
    clock.let_go()
    answer = await office.next(office.editor, before + 1)
    assert answer["message_id"] == came["message_id"]
    assert "How many left → How many went" in answer["text"]
    assert "✅ Publish now" in labels_of(answer)
    assert len(office.editor.messages) == before + 2
    assert office.refusals() == []


async def test_ten_files_at_once_are_one_message_that_is_written_anew_once(office: Office) -> None:
    clock, editor = hold(office), office.editor
    before, said = len(editor.messages), calls(editor, "sendMessage")
    new = [(f"topic-{number}.yaml", TOPIC.replace("numbers", f"topic-{number}")) for number in range(8)]
    await office.hand_in(editor, *new, ("glossary.yaml", CHANGED), ("synonyms.yaml", SYNONYMS), album="1")
    assert "🔎 Check now" in labels_of(editor.messages[-1])
    assert calls(editor, "editMessageText") == 0
    clock.let_go()
    for_all = await until(office, "10 files are in your draft")
    assert "content/topics/topic-7.yaml" in for_all["text"]
    assert calls(editor, "editMessageText") == 1
    clock.let_go()
    await office.next(editor, before + 10)
    answer = editor.again(for_all)
    assert "Not to be published yet" in answer["text"], "eight topics of the same cards"
    assert calls(editor, "sendMessage") == said + 1
    assert office.refusals() == []


async def until(office: Office, words: str) -> Json:
    """The message with these words in the editor's chat; comes with patience."""
    before = len(office.editor.messages)
    while not (found := [each for each in office.editor.messages if words in each.get("text", "")]):
        await asyncio.sleep(0.01)
        assert len(office.editor.messages) == before
    return found[-1]


async def test_nobody_need_wait_who_presses_the_button_and_twice_does_no_harm(office: Office) -> None:
    hold(office)
    editor = office.editor
    came = await office.hand_in(editor, ("numbers.yaml", BROKEN))
    before = len(editor.messages)
    data = buttons_of(came)[0]["callback_data"]
    for _ in range(2):
        editor.sandbox.acts.press(editor.viewer, came["message_id"], data)
    await editor.handled()
    answer = editor.again(came)
    assert "content/topics/numbers.yaml:2:8" in answer["text"]
    assert len(editor.messages) == before
    assert office.refusals() == []
    assert not await office.waits(editor)


async def test_the_button_checks_all_that_came_though_it_was_there_before_the_last(office: Office) -> None:
    hold(office)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED))
    await office.hand_in(office.editor, ("glossary.yaml", CHANGED))
    answer = await office.editor.press(came, "🔎 Check now")
    assert "content/glossary.yaml, content/topics/numbers.yaml" in answer["text"]
    assert "A life outside" in answer["text"]


async def test_the_answer_stands_below_the_last_file(office: Office) -> None:
    clock, before = hold(office), len(office.editor.messages)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED))
    await office.hand_in(office.editor, ("glossary.yaml", CHANGED))
    clock.let_go()
    await until(office, "2 files are in your draft: content/glossary.yaml, content/topics/numbers.yaml")
    clock.let_go()
    await gone(office, came)
    answer = await office.next(office.editor, before + 2)
    assert "A life outside" in answer["text"]
    assert len(office.editor.messages) == before + 3
    assert office.editor.messages[-1] == answer


async def gone(office: Office, message: Json) -> None:
    """Wait until a message of the editor's chat is deleted."""
    while message["message_id"] in [each["message_id"] for each in office.editor.messages]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_a_restart_in_between_still_makes_it_the_answer(office: Office) -> None:
    hold(office)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED), ("notes.docx", "words"), album="1")
    before = len(office.editor.messages)
    office.editor.bot.desk.pauses.close()
    await office.editor.bot.show_unchecked()
    answer = office.editor.again(came)
    assert "How many went" in answer["text"]
    assert "notes.docx" in answer["text"]
    await office.editor.bot.show_unchecked()
    assert len(office.editor.messages) == before
    assert office.refusals() == []


async def test_where_it_was_deleted_the_answer_is_a_new_message(office: Office) -> None:
    hold(office)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED))
    chat = office.editor.sandbox.acts.chat(office.editor.viewer)
    del chat.messages[came["message_id"]]
    await office.editor.bot.show_unchecked()
    assert "How many went" in office.editor.messages[-1]["text"]


async def test_who_looks_at_the_draft_meanwhile_has_the_answer_already(office: Office) -> None:
    clock = hold(office)
    came = await office.hand_in(office.editor, ("numbers.yaml", MENDED))
    await office.editor.say("/draft")
    assert "How many went" in office.editor.messages[-1]["text"]
    assert came["message_id"] not in [each["message_id"] for each in office.editor.messages]
    clock.let_go()
    clock.let_go()
    await office.editor.ask("/help")
    assert len([each for each in office.editor.messages if "How many went" in each.get("text", "")]) == 1


async def test_a_button_of_the_answer_before_shows_what_the_draft_is_now(office: Office) -> None:
    first = await office.send(office.editor, "numbers.yaml", MENDED)
    hold(office)
    came = await office.hand_in(office.editor, ("glossary.yaml", CHANGED))
    now = await office.editor.press(first, "🗑 Discard", alert=True)
    assert "A life outside" in now["text"]
    assert came["message_id"] not in [each["message_id"] for each in office.editor.messages]
    assert "Discarded" in (await office.editor.press(now, "🗑 Discard"))["text"]


async def test_it_is_said_in_the_editors_language(office: Office) -> None:
    hold(office)
    await office.editor.ask("/language ru")
    files = [("numbers.yaml", MENDED), ("actors.yaml", ACTORS), ("a.docx", "x"), ("b.docx", "x")]
    for each in files:
        came = await office.hand_in(office.editor, each)
    office.editor.bot.desk.pauses.close()
    came = await office.editor.press(await until(office, "В черновике 1 файл: "), "🔎 Проверить сейчас")
    assert "Файлы: content/topics/numbers.yaml" in came["text"]
    assert "2 файла не приняты, и в черновике их нет" in came["text"]
    assert "✅ Опубликовать без них" in labels_of(came)
