from __future__ import annotations

import shutil

import pytest

from bot.catalog.bundle import Bundle
from bot.editing.folder import Folder
from bot.editing.publishing import Publisher
from bot.editing.restoring import NothingPublishedError, UnpublishedError, restore
from bot.store.versions import Versions
from tests.editing.house_files import five_files_later


async def test_a_folder_that_is_gone_comes_back(publisher: Publisher, versions: Versions, folder: Folder) -> None:
    await publisher.publish(five_files_later(), expected=1, pen_name=None)
    shutil.rmtree(folder.content)
    shutil.rmtree(folder.seeds)
    restored = await restore(versions, folder)
    assert restored.version.number == 2
    assert len(restored.paths) == len(five_files_later().files)
    assert folder.read().digest == five_files_later().digest
    assert await publisher.look() is None


async def test_a_folder_that_is_whole_stays_as_it_is(publisher: Publisher, versions: Versions, folder: Folder) -> None:
    assert (await restore(versions, folder)).paths == ()


async def test_an_earlier_version_is_no_loss(
    publisher: Publisher, versions: Versions, folder: Folder, first: Bundle
) -> None:
    await publisher.publish(five_files_later(), expected=1, pen_name=None)
    folder.write(folder.read().changes_to(first))
    await restore(versions, folder)
    assert folder.read().digest == five_files_later().digest


async def test_what_was_never_published_is_overwritten_only_by_force(
    publisher: Publisher, versions: Versions, folder: Folder, first: Bundle
) -> None:
    mine = folder.content / "topics" / "numbers.yaml"
    extra = folder.content / "topics" / "new.yaml"
    for file in (mine, extra):
        file.write_text("order: 1\n", encoding="utf-8")
    with pytest.raises(UnpublishedError) as caught:
        await restore(versions, folder)
    assert caught.value.paths == ("content/topics/new.yaml", "content/topics/numbers.yaml")
    assert mine.read_text(encoding="utf-8") == "order: 1\n"
    await restore(versions, folder, force=True)
    assert folder.read().digest == first.digest


async def test_before_the_first_version_there_is_nothing_to_write(versions: Versions, folder: Folder) -> None:
    with pytest.raises(NothingPublishedError):
        await restore(versions, folder)
