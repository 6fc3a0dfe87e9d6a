from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select

from bot.i18n import Language
from bot.seal import Seal
from bot.store import subscriptions as module
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.subscriptions import FullError, NextDue, SubscriptionStore, mark_blocked
from bot.store.tables import chats as chats_table
from bot.store.tables import editions, outbox
from bot.store.tables import subscriptions as table
from bot.subscription import Cadence, ChatKind, Choices, Schedule, State, Subscription

ANNA = 5_187_302_644
GROUP = -1_001_234_567_890
CHANNEL = -1_009_876_543_210
DUE = 1_795_000_000
CHOICES = Choices(
    Schedule(Cadence.MONTHLY, 4, 18, "Asia/Tbilisi"),
    topics=("hosts", "war"),
    quiet=True,
    skip_empty=True,
    links=False,
    header="Вести из изгнания",
    hashtag="#колокол",
    preview_hours=6,
)


@pytest.fixture
def store(database: Database, seal: Seal) -> SubscriptionStore:
    return SubscriptionStore(database, seal)


async def enter(
    store: SubscriptionStore,
    chat: int = ANNA,
    thread: int = 0,
    language: Language = Language.EN,
    told: int | None = None,
) -> Subscription:
    kind = ChatKind.PRIVATE if chat > 0 else ChatKind.GROUP
    return await store.subscribe(chat, kind, thread, language, Choices(), told, DUE, since=DUE - 100)


def rings(moment: int) -> NextDue:
    """A clock by which every schedule rings at this moment."""
    return lambda _schedule, _after, _had: moment


async def count(database: Database, of: object = table) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(of))).scalar_one()  # type: ignore[arg-type]


async def wait_for_delivery(database: Database, subscription: Subscription, state: str) -> None:
    """Put a delivery of this subscription into the outbox."""
    async with database.begin() as connection:
        edition = await connection.execute(
            insert(editions)
            .values(kind="digest", cadence="weekly", period=state, topics="", language="en", version=1)
            .values(body={}, empty=False, created=DUE, state="open")
            .returning(editions.c.id)
        )
        row = {"edition": edition.scalar_one(), "subscription": subscription.id, "period": state}
        row |= {"chat": subscription.chat, "state": state, "parts_sent": 0, "message_ids": [], "attempts": 0}
        row |= {"due": DUE, "send_before": DUE + 1, "not_before": DUE}
        await connection.execute(insert(outbox).values(row))


async def states_in_outbox(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(select(outbox.c.state).order_by(outbox.c.id))).scalars())


async def test_what_was_chosen_comes_back_as_it_was(store: SubscriptionStore) -> None:
    made = await store.subscribe(CHANNEL, ChatKind.CHANNEL, 0, Language.RU, CHOICES, ANNA, DUE, since=DUE - 9)
    assert made.choices == CHOICES
    assert (made.language, made.thread, made.state, made.next_due) == (Language.RU, 0, State.ACTIVE, DUE)
    assert await store.by_key(made.key) == made
    assert await store.of_chat(CHANNEL) == await store.told_to(ANNA) == (made,)
    assert await store.place_of(made.chat) == (CHANNEL, ChatKind.CHANNEL)


async def test_a_chat_of_which_nothing_is_known_has_no_subscriptions(store: SubscriptionStore) -> None:
    await enter(store)
    assert await store.of_chat(GROUP) == await store.told_to(GROUP) == ()
    assert await store.by_key("nosuchke") is None
    assert await store.place_of(b"0" * 16) is None


async def test_threads_and_languages_are_subscriptions_of_their_own(store: SubscriptionStore) -> None:
    places = [(0, Language.EN), (7, Language.EN), (7, Language.RU)]
    made = [await enter(store, GROUP, thread, language) for thread, language in places]
    assert await store.of_chat(GROUP) == tuple(made)
    assert len({each.key for each in made}) == 3


async def test_subscribing_twice_keeps_the_first(store: SubscriptionStore, database: Database) -> None:
    first = await enter(store)
    changed = await store.change(first.key, CHOICES, now=DUE - 50, next_due=rings(DUE + 5))
    again = await enter(store)
    assert changed == again == replace(first, choices=CHOICES, next_due=DUE + 5)
    assert await count(database) == 1


async def test_a_change_at_the_moment_of_a_bell_loses_no_edition(store: SubscriptionStore) -> None:
    one = await enter(store)
    for choices in (Choices(quiet=True), CHOICES):
        changed = await store.change(one.key, choices, now=DUE + 10, next_due=rings(DUE + 700))
        assert changed == replace(one, choices=choices), "what is due and not planned yet stays due"


async def test_what_is_no_matter_of_time_leaves_the_next_bell_alone(store: SubscriptionStore) -> None:
    one = await enter(store)
    changed = await store.change(one.key, Choices(quiet=True), now=DUE - 10, next_due=rings(DUE + 700))
    assert changed == replace(one, choices=Choices(quiet=True))


async def test_another_schedule_passes_over_the_editions_that_came_already(
    store: SubscriptionStore, database: Database
) -> None:
    one = await enter(store)
    await wait_for_delivery(database, one, "sent")
    asked: list[object] = []

    def next_due(*what: object) -> int:
        asked.extend(what)
        return DUE + 700

    changed = await store.change(one.key, CHOICES, now=DUE - 10, next_due=next_due)
    assert changed == replace(one, choices=CHOICES, next_due=DUE + 700)
    assert asked == [CHOICES.schedule, 0, {"sent"}]


async def test_one_chat_may_subscribe_in_two_processes_at_once(url: str, seal: Seal) -> None:
    databases = [await open_database(url) for _ in range(3)]
    made = await asyncio.gather(*(enter(SubscriptionStore(each, seal)) for each in databases * 5))
    assert len({each.key for each in made}) == 1
    assert await count(databases[0]) == 1
    for database in databases:
        await database.close()


async def test_a_chat_cannot_fill_the_database(store: SubscriptionStore) -> None:
    for thread in range(module.MOST_IN_A_CHAT):
        await enter(store, GROUP, thread)
    assert (await enter(store, GROUP, 0)).thread == 0
    with pytest.raises(FullError):
        await enter(store, GROUP, 1000)


async def test_a_key_that_is_taken_is_drawn_again(store: SubscriptionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["aaaaaaaa", "aaaaaaaa", "bbbbbbbb"])
    monkeypatch.setattr(module, "_new_key", lambda: next(keys))
    assert [(await enter(store)).key, (await enter(store, GROUP)).key] == ["aaaaaaaa", "bbbbbbbb"]


async def test_the_language_changes_unless_the_place_has_one_in_it(store: SubscriptionStore) -> None:
    one = await enter(store, GROUP, 7)
    assert await store.speak(one.key, Language.RU) == replace(one, language=Language.RU)
    other = await enter(store, GROUP, 7, Language.EN)
    assert await store.speak(other.key, Language.EN) == other
    assert await store.speak(other.key, Language.RU) is None
    assert await store.by_key(other.key) == other
    assert await store.speak("nosuchke", Language.RU) is None


async def test_a_pause_cancels_what_waits_and_nothing_else(store: SubscriptionStore, database: Database) -> None:
    one = await enter(store)
    for state in ("queued", "retry", "sending", "sent"):
        await wait_for_delivery(database, one, state)
    paused = await store.pause(one.key, DUE + 1000, DUE + 1200, now=DUE + 3)
    assert paused == replace(one, state=State.PAUSED, until=DUE + 1000, next_due=DUE + 1200)
    assert await states_in_outbox(database) == ["cancelled", "cancelled", "sending", "sent"]
    async with database.read() as connection:
        settled = (await connection.execute(select(outbox.c.settled).order_by(outbox.c.id))).scalars().all()
    assert settled == [DUE + 3, DUE + 3, None, None]
    assert await store.resume(one.key, DUE + 7) == replace(one, next_due=DUE + 7)


async def test_a_skip_names_a_period_and_is_taken_back(store: SubscriptionStore) -> None:
    one = await enter(store)
    assert await store.skip(one.key, "w2026-11-16") == replace(one, skipped="w2026-11-16")
    assert await store.skip(one.key, None) == one


async def test_unsubscribing_deletes_with_what_waits_and_leaves_no_trace(
    store: SubscriptionStore, database: Database
) -> None:
    one = await enter(store, CHANNEL, told=ANNA)
    await wait_for_delivery(database, one, "queued")
    assert await store.unsubscribe(one.key)
    assert not await store.unsubscribe(one.key)
    assert [await count(database, each) for each in (table, outbox, chats_table)] == [0, 0, 0]


async def test_unsubscribing_leaves_the_language_and_the_other_subscriptions(
    store: SubscriptionStore, database: Database, seal: Seal
) -> None:
    await Chats(database, seal).choose_language(ANNA, Language.RU)
    own, other = await enter(store), await enter(store, GROUP, told=ANNA)
    await store.unsubscribe(own.key)
    assert await Chats(database, seal).language(ANNA) is Language.RU
    assert await store.told_to(ANNA) == (other,)


async def test_whom_to_tell_is_kept_and_taken_back(store: SubscriptionStore, database: Database) -> None:
    one = await enter(store, GROUP)
    told = await store.tell(one.key, ANNA)
    assert told
    assert await store.told_to(ANNA) == (told,)
    assert await store.tell(one.key, None) == one
    assert await count(database, chats_table) == 1
    assert await store.tell("nosuchke", ANNA) is None


async def test_who_forgets_the_bot_is_told_no_more_and_the_channel_stays(
    store: SubscriptionStore, database: Database, seal: Seal
) -> None:
    one = await enter(store, CHANNEL, told=ANNA)
    await Chats(database, seal).forget(ANNA)
    assert await store.of_chat(CHANNEL) == (replace(one, told=None),)


async def test_a_chat_that_was_lost_comes_back_with_its_settings(store: SubscriptionStore, database: Database) -> None:
    active, paused, silent = [await enter(store, GROUP, thread) for thread in range(3)]
    await store.pause(paused.key, DUE + 5000, DUE + 5500, now=DUE)
    async with database.begin() as connection:
        await connection.run_sync(mark_blocked, silent.id)
    await store.lost(GROUP, DUE)
    await store.lost(GROUP, DUE + 10)
    assert {each.state for each in await store.of_chat(GROUP)} == {State.UNREACHABLE}
    async with database.read() as connection:
        assert (await connection.execute(select(chats_table.c.unreachable_since))).scalar() == DUE
    assert await store.found_again(GROUP, DUE + 100, lambda schedule, _, __: DUE + 200 + schedule.hour) == 3
    back = await store.of_chat(GROUP)
    assert [each.state for each in back] == [State.ACTIVE, State.PAUSED, State.ACTIVE]
    assert [each.next_due for each in back] == [DUE + 209, DUE + 5500, DUE + 209]
    assert back[0] == replace(active, next_due=DUE + 209)
    async with database.read() as connection:
        assert (await connection.execute(select(chats_table.c.unreachable_since))).scalar() is None


async def test_who_resumes_is_no_longer_counted_as_lost(store: SubscriptionStore, database: Database) -> None:
    one = await enter(store)
    await store.lost(ANNA, DUE)
    assert await store.resume(one.key, DUE + 7) == replace(one, next_due=DUE + 7)
    async with database.read() as connection:
        assert (await connection.execute(select(chats_table.c.unreachable_since))).scalar() is None


async def test_a_stranger_can_be_lost_and_found_without_a_trace(store: SubscriptionStore, database: Database) -> None:
    await store.lost(ANNA, DUE)
    assert await store.found_again(ANNA, DUE, rings(DUE)) == 0
    assert await count(database, chats_table) == 0


async def test_a_group_that_moves_keeps_its_subscriptions(
    store: SubscriptionStore, database: Database, seal: Seal
) -> None:
    made = await enter(store, GROUP, 7)
    await Chats(database, seal).move(GROUP, GROUP - 1)
    assert await store.of_chat(GROUP - 1) == (made,)
    assert await store.of_chat(GROUP) == ()
