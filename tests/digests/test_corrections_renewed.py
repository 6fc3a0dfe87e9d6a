"""A figure corrected again while its correction goes out: everybody hears the newest, and as a rule once."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from sqlalchemy import update

from bot.store.database import Database
from bot.store.outbox import Outbox
from bot.store.states import Delivery, Halt
from bot.store.tables import editions, outbox
from bot.subscription import Subscription
from tests.digests.almanac import statistic, term
from tests.digests.correcting import DAY, Desk
from tests.store.postgresql import somebody_waits


@pytest.fixture
async def got(desk: Desk) -> Subscription:
    """Whoever got the first figure and has the second before them."""
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    assert await desk.publish(statistic("s", 2000), term("t")) == 1
    return got


def publish(desk: Desk, *figures: int) -> None:
    """Publish without following."""
    for figure in figures:
        desk.almanac.publish([statistic("s", figure), term("t")], int(desk.clock.seconds))
        desk.clock.seconds += 1


@pytest.mark.parametrize("later", [1, DAY], ids=["at once", "long after"])
async def test_what_left_before_it_was_brought_up_to_date_is_followed_by_the_newest(
    desk: Desk, got: Subscription, later: int
) -> None:
    publish(desk, 3000)
    desk.clock.seconds += later
    assert await desk.leaves() == [got.id]
    await desk.arrives()
    assert await desk.corrections.follow() == 1
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")]
    assert await desk.says("c3") == [("2000", "3000")]


async def test_so_is_what_is_under_way_at_that_moment(desk: Desk, got: Subscription) -> None:
    assert await desk.leaves() == [got.id]
    assert await desk.publish(statistic("s", 3000), term("t")) == 1
    await desk.arrives()
    desk.clock.seconds += DAY
    assert await desk.corrections.follow() == 0


async def test_what_leaves_after_it_was_brought_up_to_date_is_followed_by_nothing(
    desk: Desk, got: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = desk.corrections._do

    async def later(*arguments: object) -> int:
        assert await desk.leaves() == [got.id]
        await desk.arrives()
        return await enter(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.corrections, "_do", later)
    assert await desk.publish(statistic("s", 3000), term("t")) == 0
    assert await desk.says() == [("1000", "3000")]
    assert await desk.told() == [(got.id, "c2")]


@pytest.mark.parametrize("meanwhile", [False, True], ids=["waits", "leaves meanwhile"])
@pytest.mark.parametrize("step", ["_renew_all", "_do"])
async def test_a_kill_between_two_steps_leaves_nobody_out_and_tells_nobody_twice(
    desk: Desk, got: Subscription, monkeypatch: pytest.MonkeyPatch, step: str, meanwhile: bool
) -> None:
    async def die(*_: object) -> None:
        raise KeyboardInterrupt

    dying = desk.follower()
    monkeypatch.setattr(dying, step, die)
    publish(desk, 3000)
    with pytest.raises(KeyboardInterrupt):
        await dying.follow()
    if meanwhile:
        await desk.leaves()
        await desk.arrives()
    printed_before = meanwhile and step == "_renew_all"
    assert await desk.follower().follow() == int(printed_before)
    assert await desk.says() == [("1000", "2000" if printed_before else "3000")]
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")][: 1 + printed_before]


async def test_of_several_versions_at_once_each_brings_up_to_date_what_the_one_before_it_entered(
    desk: Desk, got: Subscription
) -> None:
    await desk.leaves()
    await desk.arrives()
    publish(desk, 3000, 4000)
    assert await desk.corrections.follow() == 1
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")]
    assert await desk.says("c3") == [("2000", "4000")]


@pytest.mark.parametrize("killed", [False, True])
async def test_a_figure_taken_back_before_its_correction_left_is_no_news_to_whoever_never_heard_it(
    desk: Desk, got: Subscription, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    follower = desk.follower()
    enter = follower._do

    async def later(*arguments: object) -> int:
        assert await desk.leaves() == []  # the sender comes by, and finds it halted
        if killed:
            raise KeyboardInterrupt
        return await enter(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(follower, "_do", later)
    publish(desk, 1000)
    if killed:
        with pytest.raises(KeyboardInterrupt):
            await follower.follow()
        follower = desk.follower()
    assert await follower.follow() == 0
    assert await desk.told() == [(got.id, "c2")]
    assert await desk.publish(statistic("s", 4000), term("t")) == 1
    assert await desk.says("c4") == [("1000", "4000")]


async def test_one_of_two_taken_back_and_corrected_again_stands_again(desk: Desk) -> None:
    await desk.publish(statistic("r"), statistic("s"))
    got = await desk.post.subscriber()
    edition = await desk.edition()
    await desk.shows(edition, "r", "s")
    await desk.sent(edition, got)
    assert await desk.publish(statistic("r", 2000), statistic("s", 5000)) == 1
    assert await desk.publish(statistic("r", 2000), statistic("s")) == 0
    assert await desk.says("c3") == [("1000", "2000")]
    assert await desk.publish(statistic("r", 2000), statistic("s", 6000)) == 0
    assert sorted(await desk.says("c3")) == [("1000", "2000"), ("1000", "6000")]
    assert await desk.told() == [(got.id, "c3")]


async def test_whose_correction_was_deleted_before_it_left_hears_the_next(desk: Desk, got: Subscription) -> None:
    async with desk.database.begin() as connection:
        await connection.execute(update(editions).where(editions.c.period == "c2").values(state=Halt.CANCELLED))
    assert await desk.publish(statistic("s", 3000), term("t")) == 1
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")]
    assert await desk.says() == [("1000", "2000")]


async def test_what_nobody_confirmed_is_brought_up_to_date_for_whoever_posts_it_now(
    desk: Desk, got: Subscription
) -> None:
    await desk.leaves()
    async with desk.database.begin() as connection:
        lost = update(outbox).where(outbox.c.state == Delivery.SENDING)
        await connection.execute(lost.values(state=Delivery.UNCONFIRMED, settled=desk.clock.seconds))
    assert await desk.publish(statistic("s", 3000), term("t")) == 1
    assert await desk.says() == [("1000", "3000")]
    assert await desk.says("c3") == [("2000", "3000")]
    assert await desk.corrections.follow() == 0
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")]


class TestOnPostgreSQL:
    """Where a claim and a follower may be at work at the same moment."""

    @pytest.fixture
    def url(self, postgresql_url: str) -> str:
        return postgresql_url

    async def test_what_is_being_claimed_as_it_is_looked_for_counts_as_printed_before(
        self, desk: Desk, database: Database, got: Subscription
    ) -> None:
        publish(desk, 3000)
        async with database.begin() as claiming:
            claim = partial(Outbox(desk.post.seal).claim, room=9, epoch=1, now=desk.clock.seconds)
            claims = await claiming.run_sync(claim)
            assert [(row.subscription.id, row.version) for row in claims.rows] == [(got.id, 2)]
            following = asyncio.create_task(desk.corrections.follow())
            await somebody_waits(database)
        assert await following == 1
