from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import MAX_BYTES
from bot.catalog.snapshot import Catalog
from bot.editing.folder import Folder
from bot.editing.notices import BroughtForward, Ignored, Offered, Published, Refused, Unchanged
from bot.editing.publishing import Publisher
from bot.search.library import Library
from bot.store.versions import ConflictError, Origin, Versions
from tests.catalog.house import House
from tests.editing.house_files import QuickClock, bundle_of, five_files_later, folder_in, lay_out, retitled


def title(publisher: Publisher) -> str:
    """What readers see now."""
    topic = publisher.library.catalog.topic("numbers")
    assert topic
    return topic.summary.title.en


def write(folder: Folder, old: str, new: str) -> None:
    """Change the topic file as an editor's program does."""
    file = folder.content / "topics" / "numbers.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def reopened(versions: Versions, folder: Folder, **more: object) -> Publisher:
    """The publisher of the next start."""
    publisher = Publisher(versions, folder, QuickClock(), **more)  # type: ignore[arg-type]
    await publisher.open()
    return publisher


# The first version, and the start


async def test_the_first_start_publishes_the_folder(publisher: Publisher, versions: Versions, first: Bundle) -> None:
    current = await versions.current()
    assert current
    assert (current.number, current.digest, current.origin) == (1, first.digest, Origin.DISK)
    assert (publisher.library.version, publisher.library.digest) == (1, first.digest)
    assert await publisher.look() is None


async def test_the_first_start_refuses_broken_content(versions: Versions, folder: Folder) -> None:
    write(folder, "order: 10", "order: ten")
    with pytest.raises(ProblemsError) as caught:
        await Publisher(versions, folder, QuickClock()).open()
    assert [problem.code for problem in caught.value.problems] == ["wrong_type"]
    assert await versions.current() is None


async def test_what_was_read_already_is_taken_where_it_is_the_same(
    versions: Versions, folder: Folder, first: Bundle
) -> None:
    ready = Library.of(first.load().catalog(), digest=first.digest)
    for _ in range(2):
        publisher = Publisher(versions, folder, QuickClock())
        assert (await publisher.open(ready)).index is ready.index
    other = Library.of(Catalog(), digest=b"another")
    assert (await Publisher(versions, folder, QuickClock()).open(other)).catalog.cards


async def test_the_next_start_serves_the_same_version(publisher: Publisher, versions: Versions, folder: Folder) -> None:
    again = await reopened(versions, folder)
    assert again.library.version == 1
    assert await again.look() is None
    assert len(await versions.newest(9)) == 1


def lose(folder: Folder) -> None:
    shutil.rmtree(folder.content)


def empty(folder: Folder) -> None:
    shutil.rmtree(folder.content)
    folder.content.mkdir()


def break_a_file(folder: Folder) -> None:
    write(folder, "order: 10", "order: [")


def fill_with_nul(folder: Folder) -> None:
    (folder.content / "actors.yaml").write_bytes(b"\0" * 100)


def replace_with_a_file(folder: Folder) -> None:
    shutil.rmtree(folder.seeds)
    folder.seeds.write_text("not a folder")


def put_a_large_file(folder: Folder) -> None:
    (folder.content / "glossary.yaml").write_bytes(b"#" * (MAX_BYTES + 1))


def link_outside(folder: Folder) -> None:
    target = folder.content.parent / "elsewhere.yaml"
    (folder.content / "glossary.yaml").rename(target)
    (folder.content / "glossary.yaml").symlink_to(target)


def name_in_no_encoding(folder: Folder) -> None:
    with open(os.fsencode(folder.content) + b"/topics/\xff.yaml", "w") as file:
        file.write("order: 1\n")


HARM = [lose, empty, break_a_file, fill_with_nul, replace_with_a_file, put_a_large_file, link_outside]
HARM += [name_in_no_encoding]


@pytest.mark.parametrize("harm", HARM)
async def test_a_folder_that_is_no_good_changes_nothing_and_is_told_once(
    publisher: Publisher, versions: Versions, folder: Folder, harm: Callable[[Folder], None]
) -> None:
    harm(folder)
    notice = await publisher.look()
    assert isinstance(notice, Refused)
    assert notice.problems
    assert title(publisher) == "How many left"
    assert await publisher.look() is None
    assert await publisher.look(asked=True) == notice
    assert len(await versions.newest(9)) == 1


@pytest.mark.parametrize("harm", HARM)
async def test_a_start_serves_the_last_good_version_whatever_became_of_the_folder(
    publisher: Publisher, versions: Versions, folder: Folder, harm: Callable[[Folder], None]
) -> None:
    harm(folder)
    again = await reopened(versions, folder)
    assert title(again) == "How many left"
    assert isinstance(await again.look(), Refused)


@pytest.mark.parametrize("name", [".numbers.yaml.swp", "numbers.yaml~", "#numbers.yaml#", "4913", ".git/HEAD"])
async def test_what_editors_programs_put_beside_the_files_is_no_change(
    publisher: Publisher, folder: Folder, name: str
) -> None:
    file = folder.content / "topics" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"\0half")
    (folder.content / ".#actors.yaml").symlink_to("somebody@somewhere.1")
    (folder.content / "gone.yaml").symlink_to("nowhere.yaml")
    (folder.content / "loop.yaml").symlink_to("loop.yaml")
    assert isinstance(await publisher.look(asked=True), Unchanged)


async def test_a_link_within_the_folder_is_a_file(publisher: Publisher, folder: Folder) -> None:
    hidden = folder.content / "..data"
    hidden.mkdir()
    (folder.content / "actors.yaml").rename(hidden / "actors.yaml")
    (folder.content / "actors.yaml").symlink_to("..data/actors.yaml")
    assert isinstance(await publisher.look(asked=True), Unchanged)


# Changes on disk


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
    assert await publisher.look() == BroughtForward(1, 2, written=False)
    assert await publisher.look() is None


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


# From elsewhere


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


async def test_two_first_starts_at_once_make_one_first_version(versions: Versions, folder: Folder) -> None:
    publishers = [Publisher(versions, folder, QuickClock()) for _ in range(3)]
    libraries = await asyncio.gather(*(each.open() for each in publishers))
    assert {library.version for library in libraries} == {1}
    assert len(await versions.newest(9)) == 1


async def test_a_version_that_a_newer_program_reads_only_in_part_is_served_as_far_as_it_goes(
    publisher: Publisher, versions: Versions, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House().change("glossary.yaml", "terms:", "words:")
    broken = bundle_of(house)
    monkeypatch.setattr("bot.editing.examination.check_whole", lambda _content: [])
    await publisher.publish(broken, expected=1, pen_name=None)
    monkeypatch.undo()
    again = await reopened(versions, folder)
    assert again.library.version == 2
    assert again.library.catalog.find("numbers")
    assert not again.library.catalog.find("exile")


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
