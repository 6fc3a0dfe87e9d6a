from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.catalog.bundle import Bundle
from bot.catalog.differences import Differences, differences
from bot.catalog.history import History
from bot.catalog.snapshot import Catalog
from bot.store.database import Database, open_database
from bot.store.tables import blobs
from bot.store.versions import ConflictError, Origin, Signature, Version, Versions
from tests.catalog.house import House


def bundle_of(house: House) -> Bundle:
    files = {f"content/{name}": text.encode() for name, text in house.content.items()}
    return Bundle({**files, **{f"seeds/{name}": text.encode() for name, text in house.seeds.items()}})


def between(old: Bundle | None, new: Bundle) -> Differences:
    return differences(old.load().catalog() if old else Catalog(), new.load().catalog())


def at(moment: int, origin: Origin = Origin.CHAT, pen_name: str | None = "Ogarev") -> Signature:
    return Signature(origin, moment, pen_name)


@pytest.fixture
def first() -> Bundle:
    return bundle_of(House())


@pytest.fixture
def second() -> Bundle:
    house = House().change("topics/numbers.yaml", "low: 820000", "low: 810000")
    house.change("topics/numbers.yaml", "From 820,000", "From 810,000").change(
        "topics/numbers.yaml", "от 820", "от 810"
    )
    return bundle_of(house)


@pytest.fixture
async def versions(database: Database, first: Bundle) -> Versions:
    """A store that holds the first version."""
    store = Versions(database)
    await store.publish(first, between(None, first), at(1000, Origin.DISK, None), expected=None)
    return store


async def test_before_the_first_version_there_is_nothing(database: Database) -> None:
    store = Versions(database)
    assert await store.current() is None
    assert await store.newest(10) == ()
    assert await store.history() == History()
    assert (await store.bundle(1)).files == {}
    assert await store.hashes(1) == {}


async def test_a_version_gives_back_every_byte(versions: Versions, first: Bundle) -> None:
    current = await versions.current()
    assert current == Version(1, first.digest, 1000, Origin.DISK)
    assert (await versions.bundle(1)).files == first.files
    assert await versions.hashes(1) == first.hashes


async def test_the_next_version_is_current_and_the_one_before_stays(
    versions: Versions, first: Bundle, second: Bundle
) -> None:
    signature = Signature(Origin.CHAT, 2000, "Огарев", "One figure mended")
    published = await versions.publish(second, between(first, second), signature, expected=1)
    assert published == Version(2, second.digest, 2000, Origin.CHAT, "Огарев", "One figure mended")
    assert await versions.current() == published
    assert await versions.get(2) == published
    assert (await versions.bundle(1)).files == first.files
    assert (await versions.bundle(2)).files == second.files


async def test_who_stands_on_an_older_version_must_look_again(
    versions: Versions, first: Bundle, second: Bundle
) -> None:
    await versions.publish(second, between(first, second), at(2000), expected=1)
    for expected in (1, None, 3):
        with pytest.raises(ConflictError):
            await versions.publish(first, between(second, first), at(3000), expected=expected)
    assert (await versions.current()) == await versions.get(2)
    assert len(await versions.newest(10)) == 2


async def test_of_two_who_publish_at_once_one_succeeds(url: str, first: Bundle, second: Bundle) -> None:
    databases = [await open_database(url) for _ in range(2)]
    stores = [Versions(database) for database in databases]
    await stores[0].publish(first, between(None, first), at(1000), expected=None)
    found = between(first, second)
    results = await asyncio.gather(
        *(store.publish(second, found, at(2000), expected=1) for store in stores), return_exceptions=True
    )
    for database in databases:
        await database.close()
    assert sorted(type(result).__name__ for result in results) == ["ConflictError", "Version"]


async def test_a_version_is_found_by_its_files_the_newest_first(
    versions: Versions, first: Bundle, second: Bundle
) -> None:
    await versions.publish(second, between(first, second), at(2000), expected=1)
    await versions.publish(first, between(second, first), at(3000, Origin.ROLLBACK), expected=2)
    found = [await versions.find_digest(each.digest) for each in (first, second)]
    assert [version.number for version in found if version] == [3, 2]
    assert await versions.find_digest(Bundle({}).digest) is None


async def test_versions_are_listed_newest_first_and_in_pages(versions: Versions, first: Bundle, second: Bundle) -> None:
    for number in range(2, 6):
        old, new = (first, second) if number % 2 == 0 else (second, first)
        await versions.publish(new, between(old, new), at(number * 1000), expected=number - 1)
    assert [version.number for version in await versions.newest(3)] == [5, 4, 3]
    assert [version.number for version in await versions.newest(3, before=3)] == [2, 1]


async def test_the_history_tells_every_change_of_a_card(versions: Versions, first: Bundle, second: Bundle) -> None:
    house = House().change("glossary.yaml", "id: exile", "id: banishment")
    third = bundle_of(house)
    await versions.publish(second, between(first, second), at(2000), expected=1)
    await versions.publish(third, between(second, third), at(3000), expected=2)
    history = await versions.history()
    assert (history.version, history.at, history.baseline) == (3, 3000, 1)
    assert [(change.version, change.card, change.what) for change in history.news] == [
        (2, "left-by-autumn", "changed"),
        (3, "banishment", "added"),
        (3, "exile", "withdrawn"),
        (3, "left-by-autumn", "changed"),
    ]
    correction = history.news[0].details.figure
    assert correction is not None
    assert (correction.old.low, correction.new.low) == ("820000", "810000")
    assert history.changes == await versions.changes(1, 4)
    assert {change.version for change in await versions.changes(2, 3)} == {2}
    lives = {life.card: (life.since, life.until) for life in history.lifetimes}
    assert lives["exile"] == (None, 3000)
    assert lives["banishment"] == (3000, None)


async def test_a_clock_set_back_dates_no_version_before_the_one_it_follows(
    versions: Versions, first: Bundle, second: Bundle
) -> None:
    published = await versions.publish(second, between(first, second), at(10), expected=1)
    assert published.published == 1000


async def test_the_same_file_is_stored_once_however_many_versions_hold_it(
    versions: Versions, database: Database, first: Bundle, second: Bundle
) -> None:
    await versions.publish(second, between(first, second), at(2000), expected=1)
    await versions.publish(first, between(second, first), at(3000), expected=2)
    async with database.read() as connection:
        stored = (await connection.execute(select(func.count()).select_from(blobs))).scalar()
    assert stored == len(first.files) + 1


async def test_a_version_that_changes_no_card_is_a_version_all_the_same(versions: Versions, first: Bundle) -> None:
    commented = first.with_files({"content/synonyms.yaml": b"# words\n" + first.files["content/synonyms.yaml"]})
    await versions.publish(commented, between(first, commented), at(2000), expected=1)
    history = await versions.history()
    assert (history.version, history.news) == (2, ())


async def test_where_the_folder_stands_is_known_after_a_restart(url: str) -> None:
    for number in (None, 7, 12):
        database = await open_database(url)
        store = Versions(database)
        if number:
            assert await store.folder_at() == (None if number == 7 else 7)
            await store.folder_is_at(number)
        assert await store.folder_at() == number
        await database.close()


async def test_it_is_kept_what_administrators_were_told_as_long_as_it_stands(url: str) -> None:
    for before, mark in ((None, b"one" * 10), (b"one" * 10, b"other"), (b"other", None), (None, None)):
        database = await open_database(url)
        store = Versions(database)
        assert await store.told() == before
        await store.keep_told(mark)
        assert await store.told() == mark
        await database.close()
