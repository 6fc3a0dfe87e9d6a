"""A kill, or trouble in the database, right after a draft was published: it is told as published, once more or late."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.store.drafts import Drafts
from tests.catalog.house import GLOSSARY
from tests.editing.house_files import retitled
from tests.handlers.office import MENDED, Office

TOPIC_FILE = "content/topics/numbers.yaml"


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Forgetting the draft fails so many times: the version is there, and so is the draft, as a kill leaves them."""
    left, real = [1], Drafts.published

    async def published(drafts: Drafts, *given: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise OSError
        await real(drafts, *given)

    monkeypatch.setattr(Drafts, "published", published)
    return left


async def scheduled(office: Office) -> None:
    """A draft of the editor's whose moment has come."""
    desk, viewer = office.editor.bot.desk, office.editor.viewer
    await desk.newsroom.drafts.put(viewer, {TOPIC_FILE: MENDED.encode()}, 1, desk.now)
    draft = await desk.newsroom.drafts.of(viewer)
    assert draft
    await desk.newsroom.drafts.told(viewer, draft.key)
    await desk.newsroom.drafts.publish_at(viewer, desk.now - 1)


async def test_a_draft_published_at_its_moment_right_before_a_kill_is_told_as_published(
    office: Office, killed: list[int]
) -> None:
    desk, before = office.editor.bot.desk, len(office.editor.messages)
    await scheduled(office)
    await desk.newsroom.publish_due(())
    assert killed == [0]
    assert desk.library.version == 2
    assert await desk.newsroom.drafts.of(office.editor.viewer), "as the kill left it"
    await office.editor.bot.publish_due()
    assert [each["text"].split("\n")[0] for each in office.editor.messages[before:]] == ["✅ Version 2 is published"]
    assert await desk.newsroom.drafts.of(office.editor.viewer) is None
    assert desk.library.version == 2


async def test_it_is_so_too_where_another_version_was_published_since(office: Office, killed: list[int]) -> None:
    desk, before = office.editor.bot.desk, len(office.editor.messages)
    await scheduled(office)
    await desk.newsroom.publish_due(())
    await desk.newsroom.publisher.publish(retitled("How many fled"), expected=2, pen_name="Herzen")
    await office.editor.bot.publish_due()
    assert "Version 2 is published" in office.editor.messages[before]["text"]
    assert await office.title() == "🔢 How many fled"


async def test_a_press_that_is_handled_again_tells_what_was_published(
    office: Office, killed: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    shown = await office.send(office.editor, "numbers.yaml", MENDED)
    with caplog.at_level(logging.ERROR):
        told = await office.editor.press(shown, "✅ Publish now")
    assert killed == [0]
    assert "Version 2 is published" in told["text"]
    assert "How many left" in told["text"], "with what it changed"
    assert caplog.text == ""
    assert await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer) is None


async def test_what_somebody_else_published_alike_is_not_told_as_ones_own(office: Office) -> None:
    desk = office.editor.bot.desk
    await scheduled(office)
    await desk.newsroom.publisher.publish(retitled("How many went"), expected=1, pen_name="Herzen")
    before = len(office.editor.messages)
    await office.editor.bot.publish_due()
    assert "could not be published" in office.editor.messages[before]["text"]
    assert await desk.newsroom.drafts.of(office.editor.viewer)


async def test_a_file_sent_after_the_kill_makes_it_another_draft(office: Office, killed: list[int]) -> None:
    desk = office.editor.bot.desk
    await scheduled(office)
    await desk.newsroom.publish_due(())
    before = len(office.editor.messages)
    await office.send(office.editor, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    came = office.editor.messages[before:]
    shown = next(each for each in came if "How many went" in each.get("text", ""))  # what was published under it
    again = await office.editor.press(shown, "👀 Seen, compare again")
    await office.editor.press(again, "✅ Publish now")
    assert desk.library.version == 3
    assert len(await desk.newsroom.versions.newest(9)) == 3
