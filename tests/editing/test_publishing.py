"""What is published from elsewhere than the folder reaches readers, folder and history, and overwrites nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.editing.folder import Folder
from bot.editing.notices import Offered
from bot.editing.publishing import Publisher
from bot.store.versions import ConflictError, Origin, Versions
from tests.editing.house_files import five_files_later, folder_in, lay_out, reopened, retitled, title, write


async def test_what_an_editor_publishes_reaches_readers_folder_and_history(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    published = await publisher.publish(five_files_later(), expected=1, pen_name="Ogarev", note="Spring")
    assert (published.version.number, published.version.pen_name, published.version.note) == (2, "Ogarev", "Spring")
    assert title(publisher) == "How many went"
    assert folder.read().digest == five_files_later().digest == publisher.library.digest
    assert await versions.folder_at() == 2
    assert await publisher.look() is None
    assert {change.card for change in (await versions.history()).news} == {
        "anna-petrova",
        "count-2023",
        "exile",
        "numbers",
    }


async def test_two_editors_do_not_overwrite_one_another(publisher: Publisher, versions: Versions) -> None:
    await publisher.publish(retitled("How many went"), expected=1, pen_name="Ogarev")
    with pytest.raises(ConflictError):
        await publisher.publish(retitled("How many stayed"), expected=1, pen_name="Herzen")
    assert title(publisher) == "How many went"
    assert len(await versions.newest(9)) == 2


async def test_nothing_unchecked_is_published(publisher: Publisher, versions: Versions) -> None:
    broken = retitled("How many left, 12 of them")
    with pytest.raises(ProblemsError):
        await publisher.publish(broken, expected=1, pen_name="Ogarev")
    with pytest.raises(ProblemsError):
        await publisher.publish(Bundle({}), expected=1, pen_name="Ogarev")
    assert len(await versions.newest(9)) == 1


async def test_a_file_that_somebody_is_changing_on_disk_is_left_to_them(
    publisher: Publisher, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder, "How many left", "How many fled")
    await publisher.publish(five_files_later(), expected=1, pen_name="Ogarev")
    assert title(publisher) == "How many went"
    assert "How many fled" in (folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8")
    assert "content/topics/numbers.yaml" in caplog.text
    assert (folder.content / "sources" / "count-2023.yaml").is_file()
    notice = await publisher.look()
    assert isinstance(notice, Offered)
    assert notice.behind
    assert title(publisher) == "How many went"


async def test_a_roll_back_is_a_new_version(publisher: Publisher, versions: Versions, first: Bundle) -> None:
    await publisher.publish(five_files_later(), expected=1, pen_name="Ogarev")
    published = await publisher.roll_back(1, expected=2, pen_name="Herzen")
    version = published.version
    assert (version.number, version.origin, version.note, version.digest) == (3, Origin.ROLLBACK, "1", first.digest)
    assert title(publisher) == "How many left"
    assert publisher._folder.read().digest == first.digest
    with pytest.raises(KeyError):
        await publisher.roll_back(9, expected=3, pen_name="Herzen")
    with pytest.raises(ConflictError):
        await publisher.roll_back(2, expected=2, pen_name="Herzen")


async def test_what_another_process_published_is_served_and_written(
    publisher: Publisher, versions: Versions, folder: Folder, tmp_path: Path, first: Bundle
) -> None:
    elsewhere = await reopened(versions, lay_out(tmp_path / "elsewhere", first))
    await elsewhere.publish(retitled("How many went"), expected=1, pen_name="Ogarev")
    assert title(publisher) == "How many left"
    await publisher.look()
    assert title(publisher) == "How many went"
    assert folder.read().digest == retitled("How many went").digest


async def test_what_a_kill_left_beside_the_files_is_swept_away(publisher: Publisher, folder: Folder) -> None:
    left = folder.content / "topics" / ".numbers.yaml.publishing"
    left.write_text("half")
    await publisher.publish(retitled("How many went"), expected=1, pen_name=None)
    assert not left.exists()
    assert folder_in(folder.content.parent).read().digest == retitled("How many went").digest


async def test_files_keep_their_rights_and_new_ones_take_those_of_their_folder(
    publisher: Publisher, folder: Folder
) -> None:
    topic = folder.content / "topics" / "numbers.yaml"
    topic.chmod(0o664)
    (folder.content).chmod(0o755)
    before = os.umask(0o077)
    try:
        await publisher.publish(five_files_later(), expected=1, pen_name=None)
    finally:
        os.umask(before)
    assert topic.stat().st_mode & 0o777 == 0o664
    assert (folder.content / "sources").stat().st_mode & 0o777 == 0o755
    assert (folder.content / "sources" / "count-2023.yaml").stat().st_mode & 0o777 == 0o644
