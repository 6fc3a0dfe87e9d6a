"""Small corrections without a file: from a card to its field, in writing, to the difference, to the readers."""

from __future__ import annotations

from tests.catalog.house import GLOSSARY, TOPIC
from tests.conversation import Json, labels_of
from tests.handlers.office import Office


async def fields(office: Office, command: str) -> Json:
    """The fields of a card."""
    card = await office.editor.ask(command)
    return await office.editor.press(card, "✏️ Edit")


async def choose(office: Office, shown: Json, begins: str) -> Json:
    """Press the button of a field, on whatever page it stands; the message that follows."""
    for _ in range(9):
        if found := next((label for label in labels_of(shown) if label.startswith(begins)), None):
            before = len(office.editor.messages)
            turned = await office.editor.press(shown, found)
            return office.editor.messages[before] if len(office.editor.messages) > before else turned
        shown = await office.editor.press(shown, "→")
    raise AssertionError(f"no field {begins}")


async def test_a_text_is_corrected_and_only_its_line_changes(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/topic numbers"), "title (en)")
    assert "How many left" in prompt["text"]
    answer = (await office.editor.say("How many went", reply_to=prompt["message_id"]))[-1]
    assert "How many left → How many went" in answer["text"]
    assert await office.title() == "🔢 How many left"
    await office.editor.press(answer, "✅ Publish now")
    assert await office.title() == "🔢 How many went"
    written = (office.folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8")
    changed = [(old, new) for old, new in zip(TOPIC.split("\n"), written.split("\n"), strict=True) if old != new]
    assert changed == [
        (
            "  title: {en: How many left, ru: Сколько уехало}",
            "  title: {en: How many went, ru: Сколько уехало}",
        )
    ]
    assert office.refusals() == []


async def test_a_correction_undoes_nothing_that_was_published_in_its_file_meanwhile(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/topic numbers"), "title (en)")
    answer = (await office.editor.say("How many went", reply_to=prompt["message_id"]))[-1]
    theirs = TOPIC.replace("keeps count", "keeps a count")
    await office.admin.press(await office.send(office.admin, "numbers.yaml", theirs), "✅ Publish now")
    stopped = await office.editor.press(answer, "✅ Publish now")
    assert "they do not touch each other" in stopped["text"]
    assert "✂️ Take a file out" not in labels_of(stopped)
    again = await office.editor.press(stopped, "👀 Seen, compare again")
    assert "How many left → How many went" in again["text"]
    assert "keeps" not in again["text"], "what the other changed is not undone"
    await office.editor.press(again, "✅ Publish now")
    written = (office.folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8")
    assert written == theirs.replace("How many left", "How many went")


async def test_a_figure_that_is_not_on_its_line_is_refused_with_its_place(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/start left-by-autumn"), "upper figure")
    answer = (await office.editor.say("900 000", reply_to=prompt["message_id"]))[-1]
    assert "content/topics/numbers.yaml:" in answer["text"]
    assert "900000" in answer["text"]
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)


async def test_several_corrections_join_one_draft(office: Office) -> None:
    for field, value in (("title (en)", "How many went"), ("title (ru)", "Сколько ушло")):
        prompt = await choose(office, await fields(office, "/topic numbers"), field)
        answer = (await office.editor.say(value, reply_to=prompt["message_id"]))[-1]
    assert "How many left → How many went" in answer["text"]
    assert "Сколько уехало → Сколько ушло" in answer["text"]


async def test_a_choice_is_made_by_a_button(office: Office) -> None:
    shown = await choose(office, await fields(office, "/start left-by-autumn"), "bound")
    before = len(office.editor.messages)
    await office.editor.press(shown, "nearly")
    answer = await office.next(office.editor, before)
    assert "bound: + nearly" in answer["text"]


async def test_what_is_optional_is_taken_out_with_a_dash(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/start left-by-autumn"), "as of")
    assert "“-”" in prompt["text"]
    answer = (await office.editor.say("-", reply_to=prompt["message_id"]))[-1]
    assert "as of" in answer["text"]


async def test_an_answer_of_somebody_who_is_no_editor_any_more_is_a_question(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/topic numbers"), "title (en)")
    newsroom = office.editor.bot.desk.newsroom
    (editor,) = await newsroom.editors.all()
    await newsroom.editors.remove(editor.key)
    await office.editor.say("Anna Petrova", reply_to=prompt["message_id"])
    assert await newsroom.drafts.of(office.editor.viewer) is None


LONGER = TOPIC.replace(
    "    - {en: Anna Petrova keeps count., ru: Счет ведет Анна Петрова.}\n",
    "    - {en: A new point., ru: Новый пункт.}\n    - {en: Anna Petrova keeps count., ru: Счет ведет Анна Петрова.}\n",
)
"""The topic with a point before the one that was there."""


async def test_the_fields_are_those_of_the_draft_and_the_screen_says_so(office: Office) -> None:
    shown = await fields(office, "/topic numbers")
    assert "your draft" not in shown["text"]
    await office.send(office.editor, "numbers.yaml", LONGER)
    shown = await fields(office, "/topic numbers")
    assert "text of your draft" in shown["text"]
    labels = [*labels_of(shown), *labels_of(await office.editor.press(shown, "→"))]
    assert [each for each in labels if each.startswith("point")] == [
        "point 1 (en): A new point.",
        "point 1 (ru): Новый пункт.",
        "point 2 (en): Anna Petrova keeps count.",
        "point 2 (ru): Счет ведет Анна Петрова.",
    ]


async def test_a_point_moved_by_the_draft_is_the_one_that_is_changed(office: Office) -> None:
    await office.send(office.editor, "numbers.yaml", LONGER)
    prompt = await choose(office, await fields(office, "/topic numbers"), "point 2 (en)")
    assert "Anna Petrova keeps count." in prompt["text"]
    answer = (await office.editor.say("Anna Petrova keeps a count.", reply_to=prompt["message_id"]))[-1]
    assert "point 2 (en): + Anna Petrova keeps a count." in answer["text"]
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    written = (draft.files["content/topics/numbers.yaml"] or b"").decode()
    assert written == LONGER.replace("keeps count", "keeps a count")


async def test_an_answer_to_a_point_that_was_moved_since_changes_nothing_and_is_asked_anew(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/topic numbers"), "point 1 (en)")
    await office.send(office.editor, "numbers.yaml", LONGER)
    drafts = office.editor.bot.desk.newsroom.drafts
    before = await drafts.of(office.editor.viewer)
    again = (await office.editor.say("Anna Petrova keeps a count.", reply_to=prompt["message_id"]))[-1]
    assert "something else stands here now" in again["text"]
    assert "A new point." in again["text"]
    after = await drafts.of(office.editor.viewer)
    assert before
    assert after
    assert after.files == before.files


async def test_a_text_that_waits_to_be_published_is_what_is_shown(office: Office) -> None:
    prompt = await choose(office, await fields(office, "/topic numbers"), "title (en)")
    await office.editor.say("How many went", reply_to=prompt["message_id"])
    prompt = await choose(office, await fields(office, "/topic numbers"), "title (en)")
    assert "How many went" in prompt["text"]
    assert "text of your draft" in prompt["text"]


async def test_a_card_that_only_the_draft_has_is_edited_from_its_preview(office: Office) -> None:
    term = "  - id: census\n    title: {en: Census, ru: Перепись}\n    text: {en: A count., ru: Подсчет.}\n"
    cites = '    cites: [{source: count-2023, lines: "3"}]\n'
    draft = await office.send(office.editor, "glossary.yaml", GLOSSARY + term + cites)
    preview = await office.editor.press(draft, "👁 As readers will see it · 1")
    shown = await office.editor.press(preview, "✏️ Edit")
    prompt = await choose(office, shown, "text (en)")
    answer = (await office.editor.say("A count of everybody.", reply_to=prompt["message_id"]))[-1]
    assert "Census" in answer["text"]


async def test_where_the_draft_cannot_be_read_its_problems_are_said_instead_of_fields(office: Office) -> None:
    card = await office.editor.ask("/topic numbers")
    await office.send(office.editor, "numbers.yaml", TOPIC.replace("order: 10", "order: ten"))
    before = len(office.editor.messages)
    await office.editor.press(card, "✏️ Edit")
    assert "content/topics/numbers.yaml:2:8" in office.editor.messages[before]["text"]
