"""A draft that is published at a time: chosen or written, in the bot's timezone or another; and what prevents it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.i18n import Language
from bot.store.versions import Versions
from tests.conversation import Json, labels_of
from tests.editing.sources_texts import ARTICLE
from tests.handlers.office import MENDED, Office, open_office


async def test_a_draft_waits_for_its_time(office: Office) -> None:
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    times = await office.editor.press(shown, "⏰ Later")
    moments = [label for label in labels_of(times) if ":00" in label]
    assert len(moments) == 5
    kept = await office.editor.press(times, moments[0])
    assert f"It will be published on {moments[0]}" in kept["text"]
    desk = office.editor.bot.desk
    assert await desk.newsroom.publish_due(()) == []
    await desk.newsroom.drafts.publish_at(office.editor.viewer, desk.now - 1)
    before = len(office.editor.messages)
    await office.editor.bot.publish_due()
    assert "Version 2 is published" in (await office.next(office.editor, before))["text"]
    assert await office.title() == "🔢 How many went"


async def due_drafts(office: Office) -> list[int]:
    """The editor's draft, and after it the administrator's: both due, and only the first can be published."""
    desk, people = office.editor.bot.desk, (office.editor, office.admin)
    for moment, who in enumerate(people, start=1):
        await desk.newsroom.drafts.put(who.viewer, {"content/topics/numbers.yaml": MENDED.encode()}, 1, moment)
        await desk.newsroom.drafts.publish_at(who.viewer, desk.now - 1)
    return [who.viewer for who in people]


async def test_a_moment_is_not_lost_to_a_database_in_trouble(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    people = await due_drafts(office)
    drafts = office.editor.bot.desk.newsroom.drafts

    async def fail(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(Versions, "publish", fail)
        await office.editor.bot.publish_due()
    assert await drafts.due(office.editor.bot.desk.now) == tuple(people), "neither is forgotten"
    await office.editor.bot.publish_due()
    assert await office.title() == "🔢 How many went"
    assert await drafts.of(office.editor.viewer) is None
    assert await drafts.due(office.editor.bot.desk.now) == ()


async def test_one_editor_who_cannot_be_told_keeps_nobody_else_from_it(office: Office) -> None:
    await due_drafts(office)
    office.editor.sandbox.faults.add("error", method="sendMessage", chat_id=office.editor.viewer, times=None)
    before = len(office.admin.messages)
    await office.editor.bot.publish_due()
    assert await office.title() == "🔢 How many went"
    assert "could not be published" in office.admin.messages[before]["text"]


async def test_who_could_not_be_told_that_a_moment_was_missed_is_told_after_the_next_start(office: Office) -> None:
    await due_drafts(office)
    desk = office.admin.bot.desk
    for person in (office.editor, office.admin):
        draft = await desk.newsroom.drafts.of(person.viewer)
        await desk.newsroom.drafts.told(person.viewer, draft.key if draft else "")
    office.admin.sandbox.faults.add("error", method="sendMessage", chat_id=office.admin.viewer, times=None)
    await office.editor.bot.publish_due()
    assert await desk.newsroom.drafts.unchecked() == (office.admin.viewer,)


async def test_a_moment_taken_back_while_another_draft_is_published_holds_no_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await due_drafts(office)
    newsroom, real = office.admin.bot.desk.newsroom, Versions.publish

    async def publish(*given: Any, **named: Any) -> Any:
        await newsroom.drafts.publish_at(office.admin.viewer, None)
        return await real(*given, **named)

    monkeypatch.setattr(Versions, "publish", publish)
    assert [person for person, _ in await newsroom.publish_due(people)] == [office.editor.viewer]


async def test_a_time_may_be_written_or_taken_back(office: Office) -> None:
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    times = await office.editor.press(shown, "⏰ Later")
    before = len(office.editor.messages)
    await office.editor.press(times, "Another time")
    prompt = office.editor.messages[before]
    unclear = await office.editor.say("soon", reply_to=prompt["message_id"])
    assert "could not read" in unclear[0]["text"]
    kept = (await office.editor.say("23:59", reply_to=unclear[0]["message_id"]))[-1]
    assert "23:59" in kept["text"]
    plain = await office.editor.press(kept, "⏰ Cancel the time")
    assert "Nothing of this is public yet" in plain["text"]


async def test_a_moment_that_has_passed_since_it_was_offered_is_not_kept(tmp_path: Path) -> None:
    clock = MovableClock()
    async with open_office(tmp_path, clock=clock) as office:
        shown = await office.send(office.editor, "numbers.yaml", MENDED)
        times = await office.editor.press(shown, "⏰ Later")
        first = labels_of(times)[0]
        clock.advance(timedelta(days=4).total_seconds())
        again = await office.editor.press(times, first)
        assert "When?" in again["text"]
        assert first not in labels_of(again)
        assert await moment_of(office) is None
        kept = await office.editor.press(again, labels_of(again)[0])
        assert f"It will be published on {labels_of(again)[0]}" in kept["text"]


async def prompt_of(office: Office) -> Json:
    """The question for a moment under the draft of a file."""
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    await office.editor.press(await office.editor.press(shown, "⏰ Later"), "Another time")
    return office.editor.messages[-1]


async def test_a_time_of_another_place_is_kept_and_shown_as_it_was_written(office: Office) -> None:
    prompt = await prompt_of(office)
    assert "1.12 9:00 Tbilisi" in prompt["text"]
    day = office.editor.bot.desk.clock.now() + timedelta(days=3)
    written = f"{day:%d.%m} 18:00 Tbilisi"
    kept = (await office.editor.say(written, reply_to=prompt["message_id"]))[-1]
    assert f"{day:%B %Y}, 18:00 (Tbilisi)" in kept["text"]
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft is not None
    assert datetime.fromtimestamp(draft.publish_at or 0, UTC).hour == 14
    assert draft.zone == "Asia/Tbilisi"


async def test_the_timezone_stands_beside_every_moment_in_the_editors_language(office: Office) -> None:
    office.editor.bot.desk.timezone = "Asia/Yerevan"
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    times = await office.editor.press(shown, "⏰ Later")
    assert "Timezone: Yerevan" in times["text"]
    assert len([label for label in labels_of(times) if label.endswith(":00 (Yerevan)")]) == 5
    await office.editor.ask("/language ru")
    times = await office.editor.press(await office.editor.ask("/draft"), "⏰ Позже")
    assert len([label for label in labels_of(times) if label.endswith(":00 (Ереван)")]) == 5


@pytest.mark.parametrize(
    ("written", "language", "says"),
    [
        ("9:00 Tbilis", Language.EN, "Did you mean: Tbilisi?"),
        ("9:00 Атлантида", Language.RU, "Не знаю места «Атлантида»"),
    ],
)
async def test_a_place_that_is_not_known_is_asked_about(
    office: Office, written: str, language: Language, says: str
) -> None:
    prompt = await prompt_of(office)
    await office.editor.ask(f"/language {language.value}")
    (answer,) = await office.editor.say(written, reply_to=prompt["message_id"])
    assert says in answer["text"]
    assert "1.12 9:00" in answer["text"], "it is asked for again"
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft is not None
    assert draft.publish_at is None


async def wait_for_its_time(office: Office) -> int:
    """Let the editor's draft wait for a moment chosen; how many messages there are then."""
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    times = await office.editor.press(shown, "⏰ Later")
    await office.editor.press(times, next(label for label in labels_of(times) if ":00" in label))
    return len(office.editor.messages)


async def moment_of(office: Office) -> int | None:
    """When the editor's draft is to be published."""
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft is not None
    return draft.publish_at


def told_of(office: Office, before: int) -> list[str]:
    """What the editor was told since then of a moment that holds no more."""
    said = [each.get("text", "") for each in office.editor.messages[before:]]
    return [each for each in said if "will not go out by itself" in each]


async def send_source(office: Office) -> None:
    await office.hand_in(office.editor, ("street.txt", ARTICLE))


async def answer_one_field_of_a_source(office: Office) -> None:
    shown = (await office.editor.say("/outline count-2023"))[-1]
    await office.editor.press(await office.editor.press(shown, "📰 Fill in the source"), "✓ title (en): The count")
    await office.editor.say("A count anew", reply_to=office.editor.messages[-1]["message_id"])


async def send_another_file(office: Office) -> None:
    await office.send(office.editor, "numbers.yaml", MENDED.replace("order: 10", "order: 11"))


async def keep_a_file_that_was_to_go(office: Office) -> None:
    desk, user_id = office.editor.bot.desk, office.editor.viewer
    await desk.newsroom.delete(user_id, "content/glossary.yaml")
    await desk.newsroom.drafts.publish_at(user_id, desk.now + 9000)
    await office.editor.press(await office.editor.ask("/draft"), "↩️ Keep that file")


@pytest.mark.parametrize(
    "change", [send_source, answer_one_field_of_a_source, send_another_file, keep_a_file_that_was_to_go]
)
async def test_whatever_changes_a_draft_that_waits_says_that_it_waits_no_more(
    office: Office, change: Callable[[Office], Awaitable[None]]
) -> None:
    before = await wait_for_its_time(office)
    await change(office)
    assert await moment_of(office) is None
    (told,) = told_of(office, before)
    assert "Your draft was to be published on" in told
    assert "choose the time again: /draft" in told
    await office.editor.ask("/draft")
    assert len(told_of(office, before)) == 1, "it is said once"


async def test_what_could_not_be_taken_leaves_the_moment(office: Office) -> None:
    before = await wait_for_its_time(office)
    shown = await office.send(office.editor, "notes.docx", b"PK")
    assert await moment_of(office) is not None
    assert "It will be published on" in shown["text"]
    assert told_of(office, before) == []
