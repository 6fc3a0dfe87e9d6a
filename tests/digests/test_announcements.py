"""Announcements: drafted, released once, entered for everybody in slices, paused, resumed, cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests import announcements as module
from bot.digests.announcements import DRAFT, Announcements
from bot.digests.printing import print_stored
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editions import EditionStore
from bot.store.entering import enter
from bot.store.states import PARKED, Delivery, Halt
from bot.store.tables import editions, outbox
from bot.subscription import ChatKind
from bot.views.edition import EditionKind
from bot.views.reading import Reading
from tests.digests.almanac import Almanac
from tests.digests.post import Post

NOW = 1_000_000
During = Callable[[AsyncConnection], Awaitable[None]]
BOTH = {Language.EN: "<b>News</b>", Language.RU: "<b>Новости</b>"}


@pytest.fixture
def announcements(database: Database) -> Announcements:
    return Announcements(database, late_hours=12)


async def told(post: Post, database: Database) -> dict[int, str]:
    """Subscription → what it is to get, as its reader will see it."""
    found = {}
    for subscription, edition, _, _ in await post.all_rows():
        async with database.read() as connection:
            kept = await EditionStore().get(connection, edition)
        assert kept
        reading = Reading(Almanac().catalog, Language(kept.name.language), "kolokol_bot")
        (part,) = print_stored(kept, reading)
        assert subscription not in found
        found[subscription] = part.html
    return found


async def released(announcements: Announcements) -> str:
    """The name of one that was released, with all its recipients."""
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)
    await announcements.enter_all()
    return name


async def stage(announcements: Announcements, name: str) -> str:
    progress = await announcements.progress(name)
    assert progress
    return progress.stage


async def test_a_draft_goes_to_nobody(announcements: Announcements, post: Post) -> None:
    await post.subscriber()
    name = await announcements.draft(BOTH, NOW)
    assert await announcements.texts(name) == BOTH
    progress = await announcements.progress(name)
    assert progress
    assert (progress.state, progress.recipients) == (DRAFT, 0)
    assert await announcements.enter_all() == 0
    assert await post.all_rows() == []


async def test_everybody_who_is_subscribed_gets_it_in_their_language(
    announcements: Announcements, post: Post, database: Database
) -> None:
    english, russian = await post.subscriber(), await post.subscriber(Language.RU)
    paused, later = await post.subscriber(), await post.subscriber(since=NOW + 1)
    await post.stop(paused)
    name = await announcements.draft(BOTH, NOW)
    assert sum((await announcements.audience()).values()) == 3
    assert await announcements.release(name, NOW)
    assert await announcements.enter_all() == 2
    assert await told(post, database) == {english.id: "<b>News</b>", russian.id: "<b>Новости</b>"}
    assert later.id


async def test_it_is_released_once(announcements: Announcements, post: Post) -> None:
    await post.subscriber()
    name = await announcements.draft(BOTH, NOW)
    assert [await announcements.release(name, NOW), await announcements.release(name, NOW)] == [True, False]
    await announcements.enter_all()
    assert len(await post.all_rows()) == 1
    assert not await announcements.discard(name)


async def test_a_discarded_draft_is_gone(announcements: Announcements) -> None:
    name = await announcements.draft(BOTH, NOW)
    assert await announcements.discard(name)
    assert await announcements.texts(name) == {}
    assert await announcements.progress(name) is None
    assert not await announcements.release(name, NOW)


@pytest.mark.parametrize("language", list(Language))
async def test_one_text_reaches_a_place_of_two_languages_once(
    announcements: Announcements, post: Post, database: Database, language: Language
) -> None:
    channel = -1001
    both = {each: await post.subscriber(each, chat=channel, kind=ChatKind.CHANNEL) for each in Language}
    alone = {each: await post.subscriber(each) for each in Language}
    text = {language: BOTH[language]}
    name = await announcements.draft(text, NOW)
    assert sum((await announcements.audience(text)).values()) == 3
    await announcements.release(name, NOW)
    await announcements.enter_all()
    expected = {each.id: BOTH[language] for each in (both[language], *alone.values())}
    assert await told(post, database) == expected


async def test_what_a_kill_left_out_is_entered_later_and_nobody_twice(
    announcements: Announcements, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 2)
    recipients = [await post.subscriber() for _ in range(7)]
    name = await announcements.draft(BOTH, NOW)
    calls = 0

    async def die(*arguments: object, **named: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return await enter(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "enter", die)
    await announcements.release(name, NOW)
    with pytest.raises(KeyboardInterrupt):
        await announcements.enter_all()
    assert 0 < len(await post.all_rows()) < 7
    assert await announcements.enter_all() > 0
    assert [row[0] for row in await post.all_rows()] == [each.id for each in recipients]
    assert await announcements.enter_all() == 0


async def test_one_that_was_released_right_before_a_kill_goes_out_after_it(
    announcements: Announcements, post: Post, database: Database
) -> None:
    await post.subscriber()
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)
    assert await stage(announcements, name) == "preparing", "nobody is entered yet, and it is not done"
    anew = Announcements(database, late_hours=12)
    assert await anew.enter_all() == 1
    assert await stage(anew, name) == "going"


async def test_one_that_nobody_hears_is_done_once_that_is_known(announcements: Announcements) -> None:
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)
    assert await stage(announcements, name) == "preparing"
    await announcements.enter_all()
    assert await stage(announcements, name) == "done"


async def test_while_recipients_are_entered_it_is_not_over_and_can_be_paused(
    announcements: Announcements, post: Post
) -> None:
    await post.subscriber()
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)
    await announcements.pause(name)
    assert await stage(announcements, name) == "paused"
    assert await announcements.enter_all() == 1
    assert await stage(announcements, name) == "paused"
    await announcements.resume(name, NOW)
    assert await stage(announcements, name) == "going"


@pytest.fixture
def after_the_first_slice(monkeypatch: pytest.MonkeyPatch) -> Callable[[During], None]:
    """Has something happen when the first two recipients are entered."""
    monkeypatch.setattr(module, "_SLICE", 2)

    def arrange(what: During) -> None:
        async def enter_and(connection: AsyncConnection, *arguments: object, **named: object) -> int:
            entered: int = await enter(connection, *arguments, **named)  # type: ignore[arg-type]
            await what(connection)
            return entered

        monkeypatch.setattr(module, "enter", enter_and)

    return arrange


async def test_when_it_is_stopped_while_recipients_are_entered_nobody_comes_after(
    announcements: Announcements, post: Post, after_the_first_slice: Callable[[During], None]
) -> None:
    for _ in range(7):
        await post.subscriber()
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)

    async def cancel(connection: AsyncConnection) -> None:
        await connection.execute(update(editions).values(state=Halt.CANCELLED.value))

    after_the_first_slice(cancel)
    assert await announcements.enter_all() == 2
    assert await announcements.cancel(name, NOW) == 2
    assert await announcements.enter_all() == 0
    assert {row[3] for row in await post.all_rows()} == {"cancelled"}
    progress = await announcements.progress(name)
    assert progress
    assert (progress.stage, progress.over) == ("cancelled", True)


async def test_a_bot_that_stops_waits_for_one_slice_and_the_next_one_goes_on(
    announcements: Announcements, post: Post, database: Database, after_the_first_slice: Callable[[During], None]
) -> None:
    for _ in range(7):
        await post.subscriber()
    await announcements.release(name := await announcements.draft(BOTH, NOW), NOW)

    async def stop(_: AsyncConnection) -> None:
        announcements.stop()

    after_the_first_slice(stop)
    assert await announcements.enter_all() == 2
    assert await stage(announcements, name) == "preparing"
    assert await Announcements(database, late_hours=12).enter_all() == 5
    assert await stage(announcements, name) == "going"


async def test_two_processes_that_enter_recipients_at_once_enter_each_once(
    announcements: Announcements, post: Post, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 2)
    recipients = [await post.subscriber() for _ in range(9)]
    name = await announcements.draft(BOTH, NOW)
    await announcements.release(name, NOW)
    other = Announcements(database, late_hours=12)
    assert sum(await asyncio.gather(announcements.enter_all(), other.enter_all())) == len(recipients)
    assert await stage(announcements, name) == "going"


async def test_all_states_add_up_to_the_recipients(
    announcements: Announcements, post: Post, database: Database
) -> None:
    recipients = [await post.subscriber() for _ in range(5)]
    name = await released(announcements)
    async with database.begin() as connection:
        for each, state in zip(recipients, ("sent", "sent", "failed", "sending"), strict=False):
            row = update(outbox).where(outbox.c.subscription == each.id)
            await connection.execute(row.values(state=state))
    progress = await announcements.progress(name)
    assert progress
    assert progress.deliveries == {
        Delivery.SENT: 2,
        Delivery.FAILED: 1,
        Delivery.SENDING: 1,
        Delivery.QUEUED: 1,
    }
    assert (progress.recipients, progress.done) == (5, 3)


async def test_pausing_resuming_and_cancelling(announcements: Announcements, post: Post, database: Database) -> None:
    for _ in range(3):
        await post.subscriber()
    name = await released(announcements)
    await announcements.pause(name)
    assert (await announcements.progress(name)).state == "paused"  # type: ignore[union-attr]
    async with database.begin() as connection:  # as the sender does with what it meets meanwhile
        await connection.execute(update(outbox).values(not_before=PARKED))
    await announcements.resume(name, NOW + 60)
    async with database.read() as connection:
        rows = await connection.execute(outbox.select())
        assert {row.not_before for row in rows} == {NOW + 60}
    assert await announcements.cancel(name, NOW + 90) == 3
    assert {row[3] for row in await post.all_rows()} == {"cancelled"}
    progress = await announcements.progress(name)
    assert progress
    assert (progress.state, progress.done) == ("cancelled", 3)


@pytest.mark.parametrize(
    ("states", "halted", "stage"),
    [
        (("sent", "queued"), False, "going"),
        (("sent", "sending"), True, "paused"),
        (("sent", "failed"), True, "done"),
        (("sent", "sent"), False, "done"),
    ],
)
async def test_paused_where_nothing_is_left_it_is_done(
    announcements: Announcements, post: Post, database: Database, states: tuple[str, str], halted: bool, stage: str
) -> None:
    recipients = [await post.subscriber() for _ in states]
    name = await released(announcements)
    if halted:
        await announcements.pause(name)
    async with database.begin() as connection:
        for each, state in zip(recipients, states, strict=True):
            await connection.execute(update(outbox).where(outbox.c.subscription == each.id).values(state=state))
    progress = await announcements.progress(name)
    assert progress
    assert progress.stage == stage


async def test_what_was_paused_for_a_day_is_in_time_when_it_goes_on(
    announcements: Announcements, post: Post, database: Database
) -> None:
    for _ in range(3):
        await post.subscriber()
    name = await released(announcements)
    await announcements.pause(name)
    async with database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id == 1).values(not_before=PARKED))
        await connection.execute(update(outbox).where(outbox.c.id == 3).values(state="expired"))
    resumed = NOW + 24 * 3600
    await announcements.resume(name, resumed)
    async with database.read() as connection:
        rows = await connection.execute(outbox.select().order_by(outbox.c.id))
        lasts = [row.send_before - NOW for row in rows]
    assert lasts == [36 * 3600, 36 * 3600, 12 * 3600]


async def test_an_announcement_is_an_edition_of_its_own_kind(announcements: Announcements, database: Database) -> None:
    first, second = await announcements.draft(BOTH, NOW), await announcements.draft(BOTH, NOW)
    assert first != second
    async with database.read() as connection:
        kept = await EditionStore().get(connection, 1)
    assert kept
    assert (kept.name.kind, kept.state) == (EditionKind.ANNOUNCEMENT, DRAFT)
