"""Who gets the digest, when and about what: the repository of subscriptions."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, case, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Language
from bot.seal import Seal
from bot.store.batches import as_table
from bot.store.chats import Chats
from bot.store.database import Database, insert_into
from bot.store.dossier import references
from bot.store.states import PARKED, Delivery, move
from bot.store.tables import chats, editions, outbox, subscriptions
from bot.store.totals import count_out
from bot.subscription import Cadence, ChatKey, ChatKind, Choices, Schedule, State, Subscription

KEY_RANDOM_BYTES = 5
"""40 random bits are 8 characters of base32: short enough for a button, too many to guess."""
MOST_IN_A_CHAT = 20
"""Subscriptions of one chat; each is a thread or a language, so only somebody who plays reaches this."""

NextDue = Callable[[Schedule, int, Collection[str]], int]
"""When a schedule rings next, in seconds since 1970: from now on, or after a later moment; never for the edition of one
of these periods. It is `digests.schedule.next_due`, handed in by a caller."""


class FullError(Exception):
    """The chat has as many subscriptions as one may have."""


def row_to_subscription(row: Row[Any], seal: Seal) -> Subscription:
    """A subscription from a row that ends with all columns of its table, in order; `seal` opens header and hashtag.

    Read by place and not by name, which costs several times as much: the sender reads a thousand a second.
    """
    number, key, chat, thread, language, *chosen, _, skipped, told, state, until, _, next_due = row[-_WIDTH:]
    choices = _choices(seal, *chosen)
    return Subscription(
        number,
        key,
        chat,
        thread,
        _LANGUAGES[language],
        choices,
        _STATES[state],
        until=until,
        next_due=next_due,
        told=told,
        skipped=skipped,
    )


# Of those to whom one digest goes most have chosen the same.
@lru_cache(maxsize=4096)
def _choices(
    seal: Seal,
    cadence: str,
    weekday: int,
    hour: int,
    timezone: str,
    topics: str,
    quiet: bool,
    skip_empty: bool,
    links: bool,
    header: bytes | None,
    hashtag: bytes | None,
    preview_hours: int,
) -> Choices:
    return Choices(
        Schedule(Cadence(cadence), weekday, hour, timezone),
        topics=tuple(topics.split(",")) if topics else (),
        quiet=quiet,
        skip_empty=skip_empty,
        links=links,
        header=_open(seal, header, "header"),
        hashtag=_open(seal, hashtag, "hashtag"),
        preview_hours=preview_hours,
    )


_CORRECTIONS = select(editions.c.id).where(editions.c.kind == "correction")
_WIDTH = len(subscriptions.c)
_LANGUAGES = {each.value: each for each in Language}
_STATES = {each.value: each for each in State}


def choices_to_columns(choices: Choices, seal: Seal) -> dict[str, Any]:
    """The columns that hold what was chosen; the reverse of `row_to_subscription`. Topics are sorted."""
    schedule = choices.schedule
    return {
        "cadence": schedule.cadence.value,
        "weekday": schedule.weekday,
        "hour": schedule.hour,
        "timezone": schedule.timezone,
        "topics": ",".join(sorted(choices.topics)),
        "quiet": choices.quiet,
        "skip_empty": choices.skip_empty,
        "links": choices.links,
        "sealed_header": seal.seal(choices.header.encode(), "header") if choices.header else None,
        "sealed_hashtag": seal.seal(choices.hashtag.encode(), "hashtag") if choices.hashtag else None,
        "preview_hours": choices.preview_hours,
    }


def _open(seal: Seal, sealed: bytes | None, purpose: str) -> str:
    return seal.open(sealed, purpose).decode() if sealed else ""


class SubscriptionStore:
    """The subscriptions. A chat is named by its id here, and by its random key in what is returned."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._chats = Chats(database, seal)

    async def of_chat(self, chat_id: int) -> tuple[Subscription, ...]:
        """Those of a chat, oldest first."""
        async with self._database.read() as connection:
            chat = await self._chats.find(connection, chat_id)
            return await self._all(connection, subscriptions.c.chat == chat) if chat else ()

    async def told_to(self, chat_id: int) -> tuple[Subscription, ...]:
        """Those of other chats whose owner wants to be told in this private chat."""
        async with self._database.read() as connection:
            chat = await self._chats.find(connection, chat_id)
            return await self._all(connection, subscriptions.c.told == chat) if chat else ()

    async def by_key(self, key: str) -> Subscription | None:
        """The one that a button names; None where it is gone."""
        async with self._database.read() as connection:
            return await self._one(connection, subscriptions.c.key == key)

    async def place_of(self, chat: ChatKey) -> tuple[int, ChatKind] | None:
        """The id and the kind of the chat of a subscription; None where it was forgotten."""
        async with self._database.read() as connection:
            query = select(chats.c.sealed_id, chats.c.kind).where(chats.c.key == chat)
            row = (await connection.execute(query)).first()
        return (self._seal.open_id(row.sealed_id), ChatKind(row.kind)) if row else None

    async def subscribe(
        self,
        chat_id: int,
        kind: ChatKind,
        thread: int,
        language: Language,
        choices: Choices,
        told: int | None,
        next_due: int,
        *,
        since: int,
    ) -> Subscription:
        """Keep a new subscription, or return the one of this chat, thread and language as it is.

        `told` is the id of a private chat, `since` the moment of subscribing. Raises FullError.
        """
        async with self._database.begin() as connection:
            chat = await self._chats.enter(connection, chat_id, kind)
            teller = await self._chats.enter(connection, told, ChatKind.PRIVATE) if told is not None else None
            here = subscriptions.c.chat == chat
            place = here & (subscriptions.c.thread == thread) & (subscriptions.c.language == language.value)
            there = await self._all(connection, here)
            while not (found := await self._one(connection, place)):
                if len(there) >= MOST_IN_A_CHAT:
                    raise FullError
                row = {"chat": chat, "thread": thread, "language": language.value, "told": teller, "since": since}
                row |= {"key": _new_key(), "state": State.ACTIVE.value, "next_due": next_due}
                row |= choices_to_columns(choices, self._seal)
                # A key that is taken already inserts nothing, and the next round draws another.
                await connection.execute(insert_into(connection, subscriptions).values(row).on_conflict_do_nothing())
            return found

    async def change(self, key: str, choices: Choices, *, now: int, next_due: NextDue) -> Subscription | None:
        """Keep other choices in place of the earlier ones; None where the subscription is gone.

        Another schedule rings from now on. A bell that is due already and not planned yet stays due, so that nobody
        loses an edition by pressing a button at the moment in which it comes.
        """
        async with self._database.begin() as connection:
            before = await self._one(connection, subscriptions.c.key == key, lock=True)
            if before is None:
                return None
            columns = choices_to_columns(choices, self._seal)
            awaited = before.state is State.ACTIVE and before.next_due is not None and before.next_due <= now
            if choices.schedule != before.choices.schedule and not awaited:
                had = await _periods_had(connection, before.id)
                columns["next_due"] = next_due(choices.schedule, before.until or 0, had)
            await connection.execute(update(subscriptions).where(subscriptions.c.key == key).values(columns))
            return await self._one(connection, subscriptions.c.key == key)

    async def speak(self, key: str, language: Language) -> Subscription | None:
        """Change the language; None where it is gone, or the same place has one in this language already."""
        async with self._database.begin() as connection:
            found = await self._one(connection, subscriptions.c.key == key)
            if found is None:
                return None
            same = (subscriptions.c.chat == found.chat) & (subscriptions.c.thread == found.thread)
            if await self._one(connection, same & (subscriptions.c.language == language.value)):
                return found if found.language == language else None
            row = update(subscriptions).where(subscriptions.c.key == key)
            await connection.execute(row.values(language=language.value))
            return replace(found, language=language)

    async def tell(self, key: str, told: int | None) -> Subscription | None:
        """Whom to tell when it cannot be delivered: a private chat, or nobody; None where it is gone."""
        async with self._database.begin() as connection:
            before = await self._one(connection, subscriptions.c.key == key)
            if before is None:
                return None
            teller = await self._chats.enter(connection, told, ChatKind.PRIVATE) if told is not None else None
            await connection.execute(update(subscriptions).where(subscriptions.c.key == key).values(told=teller))
            await _drop_if_bare(connection, before.told)
            return replace(before, told=teller)

    async def pause(self, key: str, until: int, next_due: int, *, now: int) -> Subscription | None:
        """Ring no more until a moment, and first again at `next_due`; what waits to be sent is cancelled, but for a
        correction: that waits for the end of the pause.

        None where it is gone.
        """
        async with self._database.begin() as connection:
            before = await self._one(connection, subscriptions.c.key == key, lock=True)
            if before is None:
                return None
            row = update(subscriptions).where(subscriptions.c.key == key)
            await connection.execute(row.values(state=State.PAUSED.value, until=until, next_due=next_due))
            await _put_off(connection, before, until)
            others = (outbox.c.subscription == before.id) & outbox.c.edition.not_in(_CORRECTIONS)
            gone = move(Delivery.CANCELLED).where(others)
            await connection.execute(gone.values(settled=now, reason="paused"))
            return replace(before, state=State.PAUSED, until=until, next_due=next_due)

    async def resume(self, key: str, next_due: int) -> Subscription | None:
        """Ring again, whatever kept it silent, and get what waited for the end of a pause; None where it is gone."""
        found = await self._set(key, state=State.ACTIVE.value, until=None, next_due=next_due)
        if found:  # whoever decides for the chat says that it can be written to: it is not to be deleted as lost
            async with self._database.begin() as connection:
                await connection.execute(update(chats).where(chats.c.key == found.chat).values(unreachable_since=None))
                waits = (outbox.c.subscription == found.id) & (outbox.c.state == Delivery.RETRY)
                awaited = update(outbox).where(waits, outbox.c.not_before < PARKED)
                await connection.execute(awaited.values(not_before=outbox.c.due))
        return found

    async def skip(self, key: str, period: str | None) -> Subscription | None:
        """Skip the edition of one period, or none; None where it is gone."""
        return await self._set(key, skipped=period)

    async def unsubscribe(self, key: str) -> bool:
        """Delete it with what waits to be sent, and its chat where nothing else is kept; whether it was there."""
        async with self._database.begin() as connection:
            found = await self._one(connection, subscriptions.c.key == key, lock=True)
            if found:
                await connection.run_sync(count_out, outbox.c.subscription == found.id)
            query = delete(subscriptions).where(subscriptions.c.key == key)
            row = (await connection.execute(query.returning(subscriptions.c.chat, subscriptions.c.told))).first()
            for chat in row or ():
                await _drop_if_bare(connection, chat)
            return row is not None

    async def lost(self, chat_id: int, now: int) -> None:
        """The bot was blocked or removed: keep the settings, ring no more."""
        async with self._database.begin() as connection:
            if chat := await self._chats.find(connection, chat_id):
                await connection.run_sync(mark_unreachable, chat, now)

    async def found_again(self, chat_id: int, now: int, next_due: NextDue) -> int:
        """The bot may write there again: ring on, or stay paused where a pause is not over. How many came back."""
        async with self._database.begin() as connection:
            chat = await self._chats.find(connection, chat_id)
            if chat is None:
                return 0
            await connection.execute(update(chats).where(chats.c.key == chat).values(unreachable_since=None))
            silent = subscriptions.c.state.in_((State.UNREACHABLE.value, State.BLOCKED.value))
            back = await self._all(connection, (subscriptions.c.chat == chat) & silent)
            for each in back:
                paused = each.until is not None and each.until > now
                state = State.PAUSED if paused else State.ACTIVE
                row = update(subscriptions).where(subscriptions.c.id == each.id).values(state=state.value)
                await connection.execute(row if paused else row.values(next_due=next_due(each.choices.schedule, 0, ())))
            return len(back)

    async def _set(self, key: str, **columns: Any) -> Subscription | None:
        async with self._database.begin() as connection:
            await connection.execute(update(subscriptions).where(subscriptions.c.key == key).values(columns))
            return await self._one(connection, subscriptions.c.key == key)

    async def _one(self, connection: AsyncConnection, condition: Any, *, lock: bool = False) -> Subscription | None:
        query = select(subscriptions).where(condition)
        row = (await connection.execute(query.with_for_update() if lock else query)).first()
        return row_to_subscription(row, self._seal) if row else None

    async def _all(self, connection: AsyncConnection, condition: Any) -> tuple[Subscription, ...]:
        rows = await connection.execute(select(subscriptions).where(condition).order_by(subscriptions.c.id))
        return tuple(row_to_subscription(row, self._seal) for row in rows)


def mark_unreachable(connection: Connection, chat: ChatKey, now: int) -> None:
    """Within a transaction: the bot cannot write to a chat any more. Its settings stay; `now` counts from the first."""
    first = update(chats).where(chats.c.key == chat, chats.c.unreachable_since.is_(None))
    connection.execute(first.values(unreachable_since=now))
    row = update(subscriptions).where(subscriptions.c.chat == chat)
    connection.execute(row.values(state=State.UNREACHABLE.value))


def mark_blocked(connection: Connection, subscription_id: int) -> None:
    """Within a transaction: the bot may not write there, for want of rights or because the thread is gone."""
    row = update(subscriptions).where(subscriptions.c.id == subscription_id)
    connection.execute(row.values(state=State.BLOCKED.value))


async def set_next_due(connection: AsyncConnection, moves: Sequence[tuple[int, int | None]]) -> None:
    """Within a transaction: set when many are due next, from pairs of a subscription's id and a moment."""
    if moves:
        given = as_table(connection, "given", {"id": BigInteger(), "next_due": BigInteger()}, moves).c
        row = update(subscriptions).where(subscriptions.c.id == given.id)
        await connection.execute(row.values(next_due=given.next_due))


async def _put_off(connection: AsyncConnection, before: Subscription, until: int) -> None:
    """Let the corrections that wait for a subscription wait until its pause is over, and be in time for as long from
    then on as they were; `before` is the subscription before that pause."""
    waits = (outbox.c.subscription == before.id) & outbox.c.edition.in_(_CORRECTIONS)
    await connection.execute(move(Delivery.RETRY, Delivery.QUEUED).where(waits))
    earlier = before.until or 0
    since = case((outbox.c.due < earlier, earlier), else_=outbox.c.due)
    later = update(outbox).where(waits, outbox.c.state == Delivery.RETRY, outbox.c.not_before < PARKED)
    await connection.execute(later.values(not_before=float(until), send_before=outbox.c.send_before - since + until))


async def _periods_had(connection: AsyncConnection, subscription: int) -> frozenset[str]:
    """The periods of which a subscription has an edition, whatever became of it; of those that are kept still."""
    query = select(outbox.c.period).where(outbox.c.subscription == subscription)
    return frozenset((await connection.execute(query)).scalars())


async def _drop_if_bare(connection: AsyncConnection, chat: ChatKey | None) -> None:
    """Delete a chat about which nothing is kept but that it exists."""
    _, *others = references()
    bare = [~exists().where(column == chats.c.key) for column in others]
    await connection.execute(delete(chats).where(chats.c.key == chat, chats.c.language.is_(None), *bare))


def _new_key() -> str:
    return base64.b32encode(os.urandom(KEY_RANDOM_BYTES)).decode().lower()
