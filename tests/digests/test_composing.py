"""Composing into the database: once for equal choices; anew for what is unsent when the content changes."""

from __future__ import annotations

import asyncio

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.differences import differences
from bot.catalog.snapshot import Catalog
from bot.digests.composing import RAN, Chronicle, Composer, Published
from bot.i18n import Language
from bot.search.library import Library
from bot.store.database import Database
from bot.store.editions import EditionStore, Stored
from bot.store.editorial import EditorialStore
from bot.store.states import Delivery
from bot.store.versions import Origin, Signature, Versions
from bot.views.edition import Edition
from tests.catalog.house import House
from tests.digests.almanac import Almanac, day, noon, statistic, term, week
from tests.digests.post import Post, StandingClock

START = 100
CARDS = tuple(statistic(f"s{number}") for number in range(4))


class Desk:
    """An almanac that a composer reads, and what it kept."""

    def __init__(self, database: Database, clock: StandingClock) -> None:
        self.database, self.almanac = database, Almanac()
        self.almanac.publish(CARDS, noon(START))
        self.composer = Composer(database, self.published, clock)

    async def published(self) -> Published:
        return Published(self.almanac.catalog, self.almanac.history)

    async def edition_for(self, number: int = START, topics: tuple[str, ...] = (), lang: Language = Language.EN) -> int:
        async with self.database.begin() as connection:
            edition_id, _ = await self.composer.edition_for(connection, week(number), topics, lang)
        return edition_id

    async def kept(self, edition_id: int) -> Stored:
        async with self.database.read() as connection:
            found = await EditionStore().get(connection, edition_id)
        assert found
        return found

    async def edition(self, edition_id: int) -> Edition:
        return Edition.from_json((await self.kept(edition_id)).body)


async def test_equal_choices_share_one_edition(database: Database, clock: StandingClock) -> None:
    desk = Desk(database, clock)
    assert await desk.edition_for(topics=("a", "b")) == await desk.edition_for(topics=("b", "a"))
    others = [await desk.edition_for(), await desk.edition_for(lang=Language.RU), await desk.edition_for(START + 1)]
    assert len({await desk.edition_for(topics=("a",)), *others}) == 4


async def test_what_is_kept_is_what_was_composed(database: Database, clock: StandingClock) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    assert await desk.edition(edition_id) == desk.almanac.edition(week(START))
    kept = await desk.kept(edition_id)
    assert (kept.version, kept.empty, kept.created) == (1, True, int(clock.seconds))


async def test_several_processes_that_compose_at_once_keep_one(database: Database, clock: StandingClock) -> None:
    desks = [Desk(database, clock) for _ in range(4)]
    assert len(set(await asyncio.gather(*(desk.edition_for() for desk in desks)))) == 1


async def test_whether_there_is_anything_new_is_told(database: Database, clock: StandingClock) -> None:
    desk = Desk(database, clock)
    desk.almanac.publish([*CARDS, term("new")], noon(START + 1))
    async with database.begin() as connection:
        assert (await desk.composer.edition_for(connection, week(START), (), Language.EN))[1]
        assert not (await desk.composer.edition_for(connection, week(START + 1), (), Language.EN))[1]


async def withdraw_picked(desk: Desk, edition_id: int) -> str:
    picked = (await desk.edition(edition_id)).statistic
    assert picked
    desk.almanac.publish([card for card in CARDS if card.id != picked], noon(START + 1, 2))
    return picked


async def test_a_card_withdrawn_while_its_edition_goes_out_is_replaced(
    database: Database, clock: StandingClock, post: Post
) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    await post.deliver(edition_id, await post.subscriber())
    picked = await withdraw_picked(desk, edition_id)
    assert await desk.composer.refresh() == (edition_id,)
    after = await desk.edition(edition_id)
    assert after.statistic not in (picked, None)
    assert (await desk.kept(edition_id)).version == 2
    assert await desk.composer.refresh() == ()


async def test_an_edition_that_everybody_got_stays_as_it_was_sent(
    database: Database, clock: StandingClock, post: Post
) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    await post.deliver(edition_id, await post.subscriber(), state=Delivery.SENT)
    picked = await withdraw_picked(desk, edition_id)
    assert await desk.composer.refresh() == ()
    assert (await desk.edition(edition_id)).statistic == picked


async def test_who_is_planned_later_gets_the_edition_as_it_is_by_then(database: Database, clock: StandingClock) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    picked = await withdraw_picked(desk, edition_id)
    assert await desk.edition_for() == edition_id
    assert (await desk.edition(edition_id)).statistic != picked


async def test_a_version_that_changes_nothing_of_an_edition_is_noted_and_changes_nothing(
    database: Database, clock: StandingClock, post: Post
) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    await post.deliver(edition_id, await post.subscriber())
    desk.almanac.publish([*CARDS, term("later")], noon(START + 1, 2))
    assert await desk.composer.refresh() == ()
    assert (await desk.kept(edition_id)).version == 2


async def test_a_process_that_lags_behind_does_not_bring_an_old_version_back(
    database: Database, clock: StandingClock
) -> None:
    ahead, behind = Desk(database, clock), Desk(database, clock)
    edition_id = await ahead.edition_for()
    await withdraw_picked(ahead, edition_id)
    await ahead.edition_for()
    newer = await ahead.edition(edition_id)
    assert await behind.edition_for() == edition_id
    assert await behind.edition(edition_id) == newer


async def test_what_editors_decide_late_reaches_what_is_unsent(
    database: Database, clock: StandingClock, post: Post
) -> None:
    desk, editorial = Desk(database, clock), EditorialStore(database)
    edition_id = await desk.edition_for()
    await post.deliver(edition_id, await post.subscriber())
    monday = f"w{day(START + 1)}"
    await editorial.write(monday, Language.EN, "Read this.")
    assert await desk.composer.refresh() == (edition_id,)
    assert (await desk.edition(edition_id)).note == "Read this."
    assert not (await desk.kept(edition_id)).empty


async def test_one_that_everybody_got_is_composed_anew_when_it_is_taken_back(
    database: Database, clock: StandingClock
) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    before = await desk.composer.renew(edition_id)
    picked = await withdraw_picked(desk, edition_id)
    assert await desk.composer.renew(edition_id) != before
    assert (await desk.edition(edition_id)).statistic not in (picked, None)
    with pytest.raises(LookupError):
        await desk.composer.renew(99)


async def test_a_preview_is_what_would_be_composed_and_keeps_nothing(database: Database, clock: StandingClock) -> None:
    desk = Desk(database, clock)
    assert await desk.composer.preview(week(START), ("a",), Language.RU) == desk.almanac.edition(
        week(START), ("a",), Language.RU
    )
    async with database.read() as connection:
        assert await EditionStore().get(connection, 1) is None


async def test_the_history_is_that_of_the_version_which_is_served(database: Database) -> None:
    versions = Versions(database)
    first, second = House(), House().change("topics/numbers.yaml", "high: 920000", "high: 900000")

    before = Catalog()
    libraries = []
    for number, house in enumerate((first, second), start=1):
        catalog = house.load().catalog()
        files = {f"content/{name}": text.encode() for name, text in house.content.items()}
        signature = Signature(Origin.DISK, number * 100)
        await versions.publish(Bundle(files), differences(before, catalog), signature, expected=number - 1 or None)
        libraries.append(Library.of(catalog, version=number))
        before = catalog
    served = libraries[0]
    chronicle = Chronicle(versions, lambda: served)
    history = (await chronicle.published()).history
    assert (history.version, history.at, history.news) == (1, 100, ())
    assert (await chronicle.published()).history is history
    served = libraries[1]
    history = (await chronicle.published()).history
    assert (history.version, [change.what for change in history.news]) == (2, ["changed"])


async def test_content_that_is_not_published_has_no_history(database: Database) -> None:
    library = Library.of(House().load().catalog())
    published = await Chronicle(Versions(database), lambda: library).published()
    assert (published.history.version, published.catalog) == (0, library.catalog)


@pytest.mark.parametrize("left", [True, False])
async def test_what_somebody_was_shown_before_it_was_composed_anew_is_remembered_as_shown(
    database: Database, clock: StandingClock, post: Post, left: bool
) -> None:
    desk = Desk(database, clock)
    edition_id = await desk.edition_for()
    await post.deliver(edition_id, await post.subscriber())
    if left:
        await post.deliver(edition_id, await post.subscriber(), state=Delivery.SENT, messages=(1,))
    picked = (await desk.edition(edition_id)).statistic
    await withdraw_picked(desk, edition_id)
    await desk.composer.refresh()
    await desk.composer.refresh()
    assert (await desk.edition(edition_id)).statistic not in (picked, None)
    assert (await desk.kept(edition_id)).body.get(RAN) == ([picked] if left else None)
