"""Keeping to what is published, beside the readers: no trouble on the way ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.editing.publishing import Publisher
from tests.catalog.house import TOPIC
from tests.conversation import PATIENCE
from tests.editing.house_files import reopened
from tests.handlers.office import BROKEN, MENDED, Office, open_office

MANY_PROBLEMS = "terms:\n" + "".join(f"  - id: word-{n}\n    title: {{en: Word, ru: Word}}\n" for n in range(60))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An administrator, an editor, a reader."""
    async with open_office(tmp_path) as office:
        yield office


@asynccontextmanager
async def following(office: Office) -> AsyncIterator[asyncio.Task[None]]:
    """The bot follows its folder meanwhile."""
    task = asyncio.create_task(office.admin.bot.follow_folder())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(met: Callable[[], bool], task: asyncio.Task[None]) -> None:
    """Wait for something, as long as the folder is followed."""
    for _ in range(int(PATIENCE / 0.02)):
        if met():
            return
        if task.done():
            await task
        await asyncio.sleep(0.02)
    raise AssertionError("it does not come")


async def assert_still_follows(office: Office) -> None:
    """A change on disk reaches readers."""
    desk = office.admin.bot.desk
    async with following(office) as task:
        (office.folder.content / "topics" / "numbers.yaml").write_text(MENDED, encoding="utf-8")
        await until(lambda: desk.library.catalog.by_id["numbers"].title.en == "How many went", task)


async def test_an_editor_who_blocked_the_bot_and_waits_for_a_long_list_does_not_end_it(office: Office) -> None:
    drafts = office.editor.bot.desk.newsroom.drafts
    await drafts.put(office.editor.viewer, {"content/glossary.yaml": MANY_PROBLEMS.encode()}, 1, 0)
    office.editor.sandbox.acts.block(office.editor.viewer)
    await assert_still_follows(office)
    assert await drafts.unchecked() == (), "the next start does not try it again"


async def test_trouble_in_telegram_right_after_a_start_does_not_end_it(office: Office) -> None:
    drafts = office.editor.bot.desk.newsroom.drafts
    fled = TOPIC.replace("How many left", "How many fled")
    for moment, (who, text) in enumerate(((office.editor, MENDED), (office.admin, fled))):
        await drafts.put(who.viewer, {"content/topics/numbers.yaml": text.encode()}, 1, moment)
    before = len(office.admin.messages)
    office.editor.sandbox.faults.add("error", method="sendMessage", chat_id=office.editor.viewer, times=None)
    await assert_still_follows(office)
    assert "How many fled" in office.admin.messages[before]["text"], "who is next in turn is answered"
    assert await drafts.unchecked() == (office.editor.viewer,), "the next start tries it again"


async def test_a_database_that_fails_while_it_is_prepared_does_not_end_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(Publisher, "prepare", fail)
    await assert_still_follows(office)


async def test_administrators_are_told_once_of_what_is_wrong_over_all_starts(office: Office) -> None:
    admin, before = office.admin, len(office.admin.messages)
    versions = admin.bot.desk.newsroom.versions
    (office.folder.content / "topics" / "numbers.yaml").write_text(BROKEN, encoding="utf-8")
    fault = admin.sandbox.faults.add("error", method="sendMessage", chat_id=admin.viewer, times=None)
    assert await admin.bot.reload(asked=False)
    assert await (await reopened(versions, office.folder)).look(), "nobody could be told: the next start tells it"
    admin.sandbox.faults.remove(fault.id)
    assert await admin.bot.reload(asked=True)
    assert "order" in admin.messages[before]["text"]
    assert await (await reopened(versions, office.folder)).look() is None
    assert len(admin.messages) == before + 1
