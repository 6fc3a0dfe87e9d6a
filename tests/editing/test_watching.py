"""Seeing changes as they are made, with real files: nothing here waits for longer than it must."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.editing import watching
from bot.editing.folder import Folder
from bot.editing.publishing import Publisher
from bot.editing.watching import stirrings
from bot.store.versions import Versions
from tests.catalog.house import TOPIC
from tests.conversation import PATIENCE


@pytest.fixture
async def served(
    versions: Versions, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[], str]]:
    """A publisher that follows the folder; what readers see of it."""
    monkeypatch.setattr(watching, "EVERY_SECONDS", 0.5)
    publisher = Publisher(versions, folder, SystemClock())
    await publisher.open()

    async def follow() -> None:
        async for _ in stirrings((folder.content, folder.seeds), SystemClock()):
            await publisher.look()

    following = asyncio.create_task(follow())
    yield lambda: publisher.library.catalog.by_id["numbers"].title.en
    assert not following.done(), "it no longer follows"
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def comes(served: Callable[[], str], title: str) -> None:
    """Wait until readers see a title."""
    for _ in range(int(PATIENCE / 0.02)):
        if served() == title:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"readers still see {served()!r}")


def titled(title: str) -> str:
    return TOPIC.replace("How many left", title)


async def test_a_saved_file_reaches_readers(served: Callable[[], str], folder: Folder) -> None:
    file = folder.content / "topics" / "numbers.yaml"
    for title in ("How many went", "How many fled"):
        file.write_text(titled(title), encoding="utf-8")
        await comes(served, title)


async def test_a_file_renamed_into_place_reaches_readers(served: Callable[[], str], folder: Folder) -> None:
    file = folder.content / "topics" / "numbers.yaml"
    beside = file.with_name(".numbers.yaml.tmp")
    beside.write_text(titled("How many went"), encoding="utf-8")
    beside.rename(file)
    await comes(served, "How many went")


async def test_a_folder_may_go_come_back_and_is_followed_as_before(served: Callable[[], str], folder: Folder) -> None:
    away = folder.content.with_name("away")
    folder.content.rename(away)
    await asyncio.sleep(1)
    assert served() == "How many left"
    shutil.copytree(away, folder.content)
    (folder.content / "topics" / "numbers.yaml").write_text(titled("How many went"), encoding="utf-8")
    await comes(served, "How many went")
    (folder.content / "topics" / "numbers.yaml").write_text(titled("How many fled"), encoding="utf-8")
    await comes(served, "How many fled")


async def test_a_folder_replaced_by_a_link_to_another_is_followed(
    served: Callable[[], str], folder: Folder, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder.content, other)
    (other / "topics" / "numbers.yaml").write_text(titled("How many went"), encoding="utf-8")
    folder.content.rename(tmp_path / "away")
    folder.content.symlink_to(other)
    await comes(served, "How many went")
