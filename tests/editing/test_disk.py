"""Changes on disk: published, offered, brought forward or told of, by what the folder holds."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.catalog.bundle import Bundle
from bot.editing.examination import Examined
from bot.editing.folder import Folder
from bot.editing.notices import BroughtForward, Ignored, Offered, Published, Refused, Unchanged
from bot.editing.publishing import Publisher
from bot.search.library import Library
from bot.store.versions import Origin, Versions
from tests.catalog.house import House
from tests.editing.house_files import QuickClock, bundle_of, five_files_later, lay_out, reopened, retitled, title, write


async def test_a_change_on_disk_is_published_and_noted(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    served: list[Library] = []
    publisher.follow(served.append)
    before = publisher.library
    write(folder, "How many left", "How many went")
    notice = await publisher.look()
    assert isinstance(notice, Published)
    assert (notice.version.number, notice.version.origin, notice.version.pen_name) == (2, Origin.DISK, None)
    assert [change.card.id for change in notice.differences.changed] == ["numbers"]
    assert title(publisher) == "How many went"
    assert served == [before, publisher.library]
    assert before.catalog.by_id["numbers"].title.en == "How many left", "who reads keeps the snapshot they began with"
    assert await publisher.look() is None
    history = await versions.history()
    assert [(change.version, change.card, change.what) for change in history.news] == [(2, "numbers", "changed")]


async def test_only_comments_changed_is_a_version_without_a_difference(publisher: Publisher, folder: Folder) -> None:
    write(folder, "order: 10", "order: 10  # first of all")
    notice = await publisher.look()
    assert isinstance(notice, Published)
    assert not notice.differences


async def test_a_mended_file_is_published_and_the_next_fault_told_anew(publisher: Publisher, folder: Folder) -> None:
    write(folder, "order: 10", "order: ten")
    assert isinstance(await publisher.look(), Refused)
    write(folder, "order: ten", "order: 11")
    assert isinstance(await publisher.look(), Published)
    write(folder, "order: 11", "order: ten")
    assert isinstance(await publisher.look(), Refused)


async def test_a_half_written_file_is_waited_for(versions: Versions, folder: Folder) -> None:
    """A program writes while the publisher looks: what is published is the file as it was meant."""

    class Writing(QuickClock):
        steps: tuple[str, ...] = ("How", "How many", "How many of them went")

        async def sleep(self, seconds: float) -> None:
            if self.steps:
                (folder.content / "topics" / "numbers.yaml").write_text(
                    whole.replace("How many left", self.steps[0]), encoding="utf-8"
                )
                self.steps = self.steps[1:]
            await super().sleep(seconds)

    publisher = Publisher(versions, folder, Writing())
    await publisher.open()
    whole = (folder.content / "topics" / "numbers.yaml").read_text(encoding="utf-8")
    write(folder, "How many left", "H")
    assert isinstance(await publisher.look(), Published)
    assert title(publisher) == "How many of them went"
    assert len(await versions.newest(9)) == 2


async def test_a_folder_that_never_rests_is_left_alone(versions: Versions, folder: Folder) -> None:
    class Restless(QuickClock):
        count = 0

        async def sleep(self, seconds: float) -> None:
            self.count += 1
            (folder.content / "synonyms.yaml").write_text(f"groups: [[a{self.count}, б]]\n", encoding="utf-8")
            await super().sleep(seconds)

    publisher = Publisher(versions, folder, Restless())
    await publisher.open()
    write(folder, "How many left", "How many went")
    assert await publisher.look(asked=True) is None
    assert len(await versions.newest(9)) == 1


async def test_an_earlier_version_in_the_folder_is_brought_forward(
    publisher: Publisher, versions: Versions, folder: Folder, first: Bundle
) -> None:
    await publisher.publish(five_files_later(), expected=1, pen_name="Ogarev")
    shutil.rmtree(folder.content)
    shutil.rmtree(folder.seeds)
    lay_out(folder.content.parent, first)
    assert await publisher.look() == BroughtForward(1, 2, written=True)
    assert folder.read().digest == five_files_later().digest
    assert await publisher.look() is None
    assert len(await versions.newest(9)) == 2


@pytest.mark.parametrize("mode", ["offer", "off"])
async def test_a_start_brings_the_folder_forward_whatever_the_setting(
    publisher: Publisher, versions: Versions, folder: Folder, tmp_path: Path, mode: str, first: Bundle
) -> None:
    await publisher.publish(five_files_later(), expected=1, pen_name=None)
    old = lay_out(tmp_path / "restored", first)
    again = await reopened(versions, old, mode=mode)
    assert isinstance(await again.look(), BroughtForward)
    assert old.read().digest == five_files_later().digest


class ReadOnly(Folder):
    """A folder on a drive that cannot be written to."""

    def write(self, changes: object) -> None:
        raise PermissionError(13, "Permission denied")


async def test_a_folder_that_cannot_be_written_stays_behind_and_is_said_once(
    versions: Versions, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    publisher = await reopened(versions, ReadOnly(folder.content, folder.seeds))
    with caplog.at_level(logging.WARNING):
        await publisher.publish(retitled("How many went"), expected=1, pen_name="Ogarev")
    assert "not written to the folder: Permission denied" in caplog.text
    assert title(publisher) == "How many went"
    notice = BroughtForward(1, 2, written=False)
    assert await publisher.look() == notice
    assert await publisher.look() is None
    await publisher.told(notice)
    again = await reopened(versions, ReadOnly(folder.content, folder.seeds))
    assert await again.look() is None


async def test_a_change_made_on_an_earlier_version_is_offered_not_published(versions: Versions, folder: Folder) -> None:
    """What was published from the chat would be undone by it."""
    publisher = await reopened(versions, ReadOnly(folder.content, folder.seeds))
    await publisher.publish(retitled("How many went"), expected=1, pen_name="Ogarev")
    write(folder, "order: 10", "order: 11")
    notice = await publisher.look()
    assert isinstance(notice, Offered)
    assert notice.behind
    assert "How many went" in {change.old for each in notice.differences.changed for change in each.fields}
    assert title(publisher) == "How many went"


async def test_where_the_folder_is_only_offered_a_word_publishes_it(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    offering = await reopened(versions, folder, mode="offer")
    write(folder, "How many left", "How many went")
    notice = await offering.look()
    assert isinstance(notice, Offered)
    assert not notice.behind
    assert title(offering) == "How many left"
    assert await offering.look() is None
    write(folder, "order: 10", "order: 11")
    assert await offering.accept(notice.key, "Herzen") is None, "it holds something else by now"
    earlier = await offering.look()
    assert isinstance(earlier, Offered)
    await offering.publish(bundle_of(House().add("glossary.yaml", "# words")), expected=1, pen_name="Ogarev")
    assert await offering.accept(earlier.key, "Herzen") is None, "another difference than the one that was shown"
    notice = await offering.look()
    assert isinstance(notice, Offered)
    published = await offering.accept(notice.key, "Herzen")
    assert published
    assert (published.version.origin, published.version.pen_name) == (Origin.DISK, "Herzen")
    assert title(offering) == "How many went"
    assert isinstance(await offering.look(asked=True), Unchanged)


async def test_where_it_is_off_the_folder_is_not_published(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    off = await reopened(versions, folder, mode="off")
    write(folder, "How many left", "How many went")
    assert await off.look() is None
    assert isinstance(await off.look(asked=True), Ignored)
    assert title(off) == "How many left"


async def test_an_offer_is_made_once_and_again_for_another_change(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    write(folder, "How many left", "How many went")
    notice = await (offering := await reopened(versions, folder, mode="offer")).look()
    assert isinstance(notice, Offered)
    await offering.told(notice)
    again = await reopened(versions, folder, mode="offer")
    assert await again.look() is None
    assert await again.accept(notice.key, "Herzen"), "the button under it still holds"
    write(folder, "How many went", "How many fled")
    assert isinstance(await again.look(), Offered)


async def test_trouble_in_the_database_while_a_change_is_published_does_not_lose_it(
    publisher: Publisher, versions: Versions, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError

    write(folder, "How many left", "How many went")
    with monkeypatch.context() as patched:
        patched.setattr(Versions, "publish", fail)
        with pytest.raises(OSError):
            await publisher.look()
    assert title(publisher) == "How many left"
    assert isinstance(await publisher.look(), Published), "nothing has changed in the folder since"


async def test_a_folder_that_stays_as_it_was_refused_is_not_examined_again(
    publisher: Publisher, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined: list[Bundle] = []
    real = Examined.of

    def of(bundle: Bundle, *given: Any, **named: Any) -> Examined:
        examined.append(bundle)
        return real(bundle, *given, **named)

    monkeypatch.setattr(Examined, "of", of)
    write(folder, "order: 10", "order: ten")
    for _ in range(3):
        await publisher.look()
    assert len(examined) == 1
