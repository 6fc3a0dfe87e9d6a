"""Corrections reach everybody who may have met the old figure, once; and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.catalog.cards import Card
from bot.catalog.values import Bilingual
from bot.digests import corrections as module
from bot.digests.composing import RAN
from bot.digests.corrections import PRINTED_BEFORE, SEND_WITHIN
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editions import EditionStore
from bot.store.states import Delivery
from bot.store.tables import editions, outbox
from bot.views.edition import Edition
from tests.digests.almanac import noon, statistic, term, topic, week
from tests.digests.correcting import DAY, START, Desk
from tests.digests.post import Post, StandingClock


async def test_whoever_was_there_and_follows_the_topic_is_told_once_the_old_figure_ran(desk: Desk) -> None:
    got, other, of_topic = [await desk.post.subscriber(topics=topics) for topics in ((), (), ("a", "z"))]
    elsewhere = await desk.post.subscriber(topics=("b",))
    await desk.sent(await desk.edition(), got)
    young = await desk.post.subscriber(since=int(desk.clock.seconds) + 1)
    assert await desk.publish(statistic("s", 2000), term("t")) == 3
    assert await desk.told() == [(each.id, "c2") for each in (got, other, of_topic)]
    (kept,) = await desk.stored()
    (correction,) = Edition.from_json(kept.body).corrections
    assert correction.figure
    assert (correction.figure.old.value, correction.figure.new.value) == ("1000", "2000")
    assert elsewhere.id < young.id


async def test_who_was_sent_the_old_figure_is_told_whatever_the_topics_are_by_now(desk: Desk) -> None:
    got, _ = [await desk.post.subscriber(topics=("b",)) for _ in range(2)]
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    assert await desk.told() == [(got.id, "c2")]


async def test_a_topic_under_another_id_is_the_same(desk: Desk) -> None:
    desk.almanac.home = {"s": ("now-a",)}
    cards = (statistic("s"), term("t"))
    await desk.publish(*cards, topic("a"))
    await desk.publish(*cards, topic("now-a", formerly=["a"]))
    got, by_topic = await desk.post.subscriber(), await desk.post.subscriber(topics=("a",))
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000), term("t"), topic("now-a", formerly=["a"]))
    assert [row for row, _ in await desk.told()] == [got.id, by_topic.id]


@pytest.mark.parametrize("state", [Delivery.EXPIRED, Delivery.CANCELLED, Delivery.FAILED, Delivery.QUEUED])
async def test_a_figure_of_which_nothing_left_ran_nowhere(desk: Desk, state: Delivery) -> None:
    await desk.post.deliver(await desk.edition(), await desk.post.subscriber(), "w1", state=state)
    assert await desk.publish(statistic("s", 2000)) == 0


@pytest.mark.parametrize("state", [Delivery.SENDING, Delivery.RETRY])
async def test_one_that_is_under_way_or_between_its_parts_may_have_told_it(desk: Desk, state: Delivery) -> None:
    got = await desk.post.subscriber(topics=("b",))
    messages = () if state is Delivery.SENDING else (5,)
    await desk.post.deliver(await desk.edition(), got, "w1", state=state, messages=messages)
    assert await desk.publish(statistic("s", 2000)) == 1


async def test_an_unconfirmed_message_may_have_told_it_too(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got, state=Delivery.UNCONFIRMED)
    assert await desk.publish(statistic("s", 2000)) == 1


async def test_it_goes_once_however_often_and_by_whomever_it_is_looked_for(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    assert [await desk.corrections.follow(), await desk.follower().follow()] == [0, 0]
    assert len(await desk.told()) == 1


async def test_another_wording_is_sent_to_nobody(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    assert await desk.publish(statistic("s"), term("t", "Another word.")) == 0
    assert await desk.told() == []


async def test_a_card_that_ran_nowhere_is_corrected_in_the_next_edition_alone(desk: Desk) -> None:
    await desk.post.subscriber()
    assert await desk.publish(statistic("s", 2000)) == 0


@pytest.mark.parametrize("state", ["blocked", "unreachable"])
async def test_who_cannot_be_written_to_is_not_told(desk: Desk, state: str) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.post.stop(got, state)
    assert await desk.publish(statistic("s", 2000)) == 0


async def test_who_is_paused_is_told_when_the_pause_is_over(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    until = int(desk.clock.seconds) + 30 * DAY
    await desk.post.store.pause(got.key, until, until + DAY, now=int(desk.clock.seconds))
    assert await desk.publish(statistic("s", 2000)) == 1
    assert await desk.post.claimed(until - 1, set_back=True) == []
    assert await desk.post.claimed(until + SEND_WITHIN) == [got.id]


@pytest.mark.parametrize("parts", [0, 1])
@pytest.mark.parametrize("state", [Delivery.QUEUED, Delivery.RETRY])
async def test_who_pauses_while_it_waits_is_told_when_the_pause_is_over(
    desk: Desk, state: Delivery, parts: int
) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    async with desk.database.begin() as connection:
        waits = update(outbox).where(outbox.c.period == "c2")
        await connection.execute(waits.values(state=state, parts_sent=parts, message_ids=[7] * parts))
    now = int(desk.clock.seconds)
    until = now + 30 * DAY
    await desk.post.store.pause(got.key, until, until + DAY, now=now)
    assert await desk.post.claimed(until - 1, set_back=True) == []
    assert await desk.post.claimed(until + SEND_WITHIN) == [got.id]


@pytest.mark.parametrize("weeks", [1, 4])
@pytest.mark.parametrize("first", [True, False], ids=["corrected in the pause", "corrected before"])
async def test_a_pause_of_another_length_puts_it_off_until_its_end(desk: Desk, weeks: int, first: bool) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    now = int(desk.clock.seconds)
    for corrects in (first, not first):
        if corrects:
            await desk.publish(statistic("s", 2000))
        else:
            await desk.post.store.pause(got.key, now + 14 * DAY, now + 15 * DAY, now=now)
    until = now + weeks * 7 * DAY
    for _ in range(2):
        await desk.post.store.pause(got.key, until, until + DAY, now=now)
    assert await desk.post.claimed(until - 1, set_back=True) == []
    async with desk.database.read() as connection:
        last = select(outbox.c.send_before).where(outbox.c.period == "c2")
        assert (await connection.execute(last)).scalar_one() == until + SEND_WITHIN
    assert await desk.post.claimed(until + SEND_WITHIN) == [got.id]


async def test_one_put_off_goes_at_once_where_the_pause_is_ended(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    now = int(desk.clock.seconds)
    await desk.post.store.pause(got.key, now + 14 * DAY, now + 15 * DAY, now=now)
    await desk.post.store.resume(got.key, now + DAY)
    assert await desk.post.claimed(desk.clock.seconds) == [got.id]


async def test_who_unsubscribes_in_a_pause_is_told_nothing(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    now = int(desk.clock.seconds)
    await desk.post.store.pause(got.key, now + 14 * DAY, now + 15 * DAY, now=now)
    await desk.post.store.unsubscribe(got.key)
    assert await desk.post.claimed(now + 14 * DAY) == []


async def test_who_ends_the_pause_is_told_then(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    until = int(desk.clock.seconds) + 30 * DAY
    await desk.post.store.pause(got.key, until, until + DAY, now=int(desk.clock.seconds))
    await desk.publish(statistic("s", 2000))
    await desk.post.store.resume(got.key, until + DAY)
    assert await desk.post.claimed(desk.clock.seconds) == [got.id]


async def test_an_edition_sent_after_the_correction_told_the_new_figure(desk: Desk) -> None:
    await desk.publish(statistic("s", 2000))
    desk.clock.seconds += PRINTED_BEFORE
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    assert await desk.corrections.follow() == 0


async def test_of_one_composed_anew_half_way_the_other_half_is_told_too(desk: Desk) -> None:
    early, late = [await desk.post.subscriber() for _ in range(2)]
    edition = await desk.edition()
    await desk.sent(edition, early)
    await desk.post.deliver(edition, late, "w1")
    await desk.publish(statistic("s", 2000))
    assert await desk.told() == [(early.id, "c2"), (late.id, "c2")]


@pytest.mark.parametrize(("ended", "told"), [("sent", 2), ("unconfirmed", 2), ("expired", 0), ("cancelled", 0)])
async def test_of_an_edition_whose_deliveries_are_pruned_it_is_known_whether_it_ran(
    desk: Desk, ended: str, told: int
) -> None:
    for topics in ((), ("a", "z"), ("b",)):
        await desk.post.subscriber(topics=topics)
    edition = await desk.edition()
    async with desk.database.begin() as connection:
        await connection.execute(update(editions).where(editions.c.id == edition).values(totals={ended: 1}))
    desk.clock.seconds += 31 * DAY
    assert await desk.publish(statistic("s", 2000)) == told


async def test_a_card_that_an_edition_showed_before_it_was_composed_anew_ran_too(desk: Desk) -> None:
    got = await desk.post.subscriber()
    edition = await desk.edition()
    await desk.sent(edition, got)
    async with desk.database.begin() as connection:
        body = replace(desk.almanac.edition(week(START)), statistic=None).as_json() | {RAN: ["s"]}
        await EditionStore().replace(connection, edition, version=1, body=body, empty=True)
    assert await desk.publish(statistic("s", 2000)) == 1


async def test_readers_of_one_language_are_not_told_what_stood_in_the_other(desk: Desk) -> None:
    english, russian = await desk.post.subscriber(), await desk.post.subscriber(Language.RU)
    for each in (english, russian):
        await desk.sent(await desk.edition(language=each.language), each)
    before = statistic("s").model_copy(update={"text": Bilingual(en="15 of them", ru="15 из них")})
    after = statistic("s").model_copy(update={"text": Bilingual(en="15 of them", ru="16 из них")})
    await desk.publish(before)
    await desk.publish(after)
    assert await desk.told() == [(russian.id, "c3")]


async def test_several_corrected_cards_come_in_one_message(desk: Desk) -> None:
    desk.almanac.home = {"r": ("b",)}
    both_ = [statistic("s"), statistic("r")]
    await desk.publish(*both_)
    got, more = await desk.post.subscriber(), await desk.post.subscriber(topics=("a",))
    first, second = await desk.edition(period="w1"), await desk.edition(period="w2")
    body = Edition.from_json(desk.almanac.edition(week(START)).as_json())
    async with desk.database.begin() as connection:
        for edition, card in ((first, "s"), (second, "r")):
            changed = replace(body, statistic=card)
            await EditionStore().replace(connection, edition, version=2, body=changed.as_json(), empty=True)
    await desk.sent(first, got, more, period="w1")
    await desk.sent(second, got, period="w2")
    await desk.publish(statistic("s", 2000), statistic("r", 3000))
    assert await desk.told() == [(got.id, "c3"), (more.id, "c3")]
    assert sorted(Edition.from_json(each.body).cards for each in await desk.stored()) == [("s",), ("s", "r")]


async def test_a_correction_was_told_too_and_is_corrected_in_turn(desk: Desk) -> None:
    got = await desk.post.subscriber()
    edition = await desk.edition()
    await desk.sent(edition, got)
    await desk.publish(statistic("s", 2000))
    async with desk.database.begin() as connection:
        sent = update(outbox).values(state="sent", settled=desk.clock.seconds)
        await connection.execute(sent.where(outbox.c.state == "queued"))
    desk.clock.seconds += DAY
    await desk.publish(statistic("s", 3000))
    assert await desk.told() == [(got.id, "c2"), (got.id, "c3")]


async def test_a_figure_corrected_again_while_its_correction_waits_is_told_once(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    await desk.publish(statistic("s", 3000))
    assert await desk.told() == [(got.id, "c2")]
    (kept,) = await desk.stored()
    (correction,) = Edition.from_json(kept.body).corrections
    assert correction.figure
    assert (correction.figure.old.value, correction.figure.new.value) == ("1000", "3000")


@pytest.mark.parametrize("cards", [(statistic("s"),), ()], ids=["taken back", "withdrawn"])
async def test_a_correction_of_nothing_is_halted(desk: Desk, cards: tuple[Card, ...]) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("s", 2000))
    await desk.publish(*cards)
    (kept,) = await desk.stored()
    assert (kept.state, kept.empty) == ("cancelled", True)


async def test_a_card_under_another_id_is_known_by_its_first(desk: Desk) -> None:
    got = await desk.post.subscriber()
    await desk.sent(await desk.edition(), got)
    await desk.publish(statistic("now-so", formerly=["s"]))
    assert await desk.publish(statistic("now-so", 2000, formerly=["s"])) == 1


async def test_a_kill_between_two_slices_leaves_nobody_out_and_tells_nobody_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 2)
    edition = await desk.edition()
    got = [await desk.post.subscriber() for _ in range(7)]
    await desk.sent(edition, *got)
    dying = desk.follower()
    calls = 0
    tell = dying._tell

    async def die(*arguments: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return await tell(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(dying, "_tell", die)
    desk.corrections = dying
    with pytest.raises(KeyboardInterrupt):
        await desk.publish(statistic("s", 2000))
    assert len(await desk.told()) == 4
    assert await desk.follower().follow() == 3
    assert await desk.told() == [(each.id, "c2") for each in got]


async def test_a_database_that_never_followed_begins_where_it_stands(
    database: Database, clock: StandingClock, post: Post
) -> None:
    desk = Desk(database, clock, post)
    desk.almanac.publish([statistic("s")], noon(START))
    got = await post.subscriber()
    await desk.sent(await desk.edition(), got)
    desk.almanac.publish([statistic("s", 2000)], noon(START + 1))
    assert await desk.corrections.follow() == 0
    assert await desk.publish(statistic("s", 3000)) == 1
