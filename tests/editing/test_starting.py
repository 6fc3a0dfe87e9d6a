"""The first version, the start, and a folder that is no good: what was published last is served."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from hashlib import sha256

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.catalog.reading import MAX_BYTES
from bot.catalog.snapshot import Catalog
from bot.editing.folder import Folder
from bot.editing.notices import Published, Refused, Unchanged
from bot.editing.publishing import Publisher
from bot.search.library import Library
from bot.store.versions import Origin, Versions
from tests.catalog.house import House
from tests.editing.house_files import QuickClock, bundle_of, reopened, title, write


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


@pytest.mark.parametrize("harm", HARM)
async def test_what_administrators_were_told_no_start_tells_again(
    publisher: Publisher, versions: Versions, folder: Folder, harm: Callable[[Folder], None]
) -> None:
    harm(folder)
    notice = await publisher.look()
    assert notice
    untold = await reopened(versions, folder)
    assert await untold.look() == notice, "what was found and not told is told by the next start"
    await untold.told(notice)
    again = await reopened(versions, folder)
    assert await again.look() is None
    assert await again.look(asked=True) == notice
    assert again.refused


async def test_a_fault_that_was_mended_meanwhile_is_told_anew(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    for mend in (Unchanged, Published):
        break_a_file(folder)
        notice = await publisher.look()
        assert isinstance(notice, Refused)
        await publisher.told(notice)
        write(folder, "order: [", "order: 10" if mend is Unchanged else "order: 11")
        assert isinstance(await publisher.look(asked=True), mend)
        assert await versions.told() is None
        publisher = await reopened(versions, folder)
    write(folder, "order: 11", "order: [")
    assert isinstance(await publisher.look(), Refused)


async def test_another_fault_is_told_also_after_a_start(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    break_a_file(folder)
    notice = await publisher.look()
    assert notice
    await publisher.told(notice)
    write(folder, "order: [", "order: ten")
    other = await (await reopened(versions, folder)).look()
    assert isinstance(other, Refused)
    assert other != notice


async def test_of_what_administrators_were_told_only_a_digest_is_kept(
    publisher: Publisher, versions: Versions, folder: Folder
) -> None:
    write(folder, "order: 10", "order: nobody-may-read-this")
    notice = await publisher.look()
    assert notice
    await publisher.told(notice)
    kept = await versions.told()
    assert kept
    assert len(kept) == sha256().digest_size


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
