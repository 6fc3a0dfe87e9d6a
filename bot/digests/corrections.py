"""Corrections: whoever may have met a figure that is corrected now is told the new one, old → new, once, silently.

A figure that ran in an edition, or in a correction, is out: readers forward it, a channel shows it to everybody, and
/digest shows it to whoever asks. So the correction goes to every subscription that is active or paused, that there was
before the new figure was published, and whose topics hold the card; and to whoever was sent the old figure, whatever
their topics are by now. Who is paused gets it when the pause is over. Who cannot be written to at that moment is not
told when they come back: they see it in the next edition, where that is of the period of the correction. Ran means that
a message with it left, to anybody: what was only composed, or stopped before it left, told nobody. A card that ran
nowhere is corrected in the next edition alone, and another wording is no correction at all (`catalog.corrections`).

It goes at once, as an edition of its own: one for each version of the content, language and set of corrected cards,
entered in the outbox in slices. The version and the last subscription looked at are kept in the transaction of each
slice, so that a kill neither leaves somebody out nor tells anybody twice. A figure corrected again, or a card
withdrawn, while its correction still goes out is brought up to date there first. Whoever has that one before them needs
no other; whoever had it from an earlier version, be it a moment ago, is told anew: with each delivery is kept from
which version it was printed.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import String, cast, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog.corrections import Correction, corrections
from bot.catalog.history import History
from bot.clock import Clock
from bot.digests.composing import RAN, Published
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editions import HAS_LEFT, LEFT, EditionStore, Name, Stored
from bot.store.entering import enter
from bot.store.facts import fact, note
from bot.store.states import WAITING, Delivery, Halt
from bot.store.tables import editions, outbox, subscriptions
from bot.subscription import Cadence, State
from bot.views.edition import Edition, EditionKind

SEND_WITHIN: Final = 3 * 86_400
"""Seconds after which a correction that could not be sent is let go: the next edition holds it too."""
PRINTED_BEFORE: Final = 60
"""Seconds after a version's moment in which a message that arrives may still have been printed from the one before."""
_FACT: Final = "corrections"
_SLICE: Final = 1_000
_TOLD: Final = (Delivery.SENT, Delivery.UNCONFIRMED)
_KINDS: Final = (EditionKind.DIGEST.value, EditionKind.CORRECTION.value)


@dataclass(frozen=True, slots=True)
class _Place:
    """How far corrections are: all versions up to `version` are done, of the next the subscriptions up to `after`."""

    version: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    """The corrections of one version, by card. `held`: which of those cards each edition holds, `ran`: the cards that
    left in one before; `topics`: the first ids of those that a card is in."""

    version: int
    at: int
    found: Mapping[str, Correction]
    held: Mapping[int, frozenset[str]]
    ran: frozenset[str]
    topics: Mapping[str, frozenset[str]]

    def cards(self, of_editions: Sequence[int]) -> frozenset[str]:
        """The corrected cards that these editions hold."""
        return frozenset().union(*(self.held.get(edition, frozenset()) for edition in of_editions))

    def may_have_met(self, topics: frozenset[str]) -> frozenset[str]:
        """Those that ran and that a subscription to these topics is about; none are all."""
        return frozenset(card for card in self.ran if not topics or topics & self.topics[card])


class Corrections:
    """Follows the published versions. `published` gives the content of this moment with its history."""

    def __init__(self, database: Database, published: Callable[[], Awaitable[Published]], clock: Clock) -> None:
        self._database, self._published, self._clock = database, published, clock
        self._editions = EditionStore()

    @property
    def _now(self) -> int:
        return int(self._clock.now().timestamp())

    async def follow(self) -> int:
        """Enter the corrections of every version published since the last call; how many recipients are new.

        The first call on a database only notes where it stands. Safe to be killed, and to be called by any process.
        """
        history = (await self._published()).history
        entered = 0
        while (place := await self._place(history)).version < history.version:
            if work := await self._work(history, place.version + 1):
                await self._renew_all(history)
                entered += await self._do(work, history)
            else:
                await self._pass_over(place)
        await self._renew_all(history)
        return entered

    async def renew(self) -> None:
        """Bring up to date what still goes out, and halt what corrects nothing any more; nobody is entered."""
        await self._renew_all((await self._published()).history)

    async def _place(self, history: History) -> _Place:
        async with self._database.begin() as connection:
            place = await _read(connection)
            if place is None:
                place = _Place(history.version)
                if history.version:
                    await _keep(connection, place)
            return place

    async def _pass_over(self, place: _Place) -> None:
        """Nothing is to be corrected of the next version."""
        async with self._database.begin() as connection:
            if await _read(connection) == place:
                await _keep(connection, _Place(place.version + 1))

    async def _work(self, history: History, version: int) -> _Work | None:
        changes = tuple(change for change in history.news if change.version == version)
        found = {each.card: each for each in corrections(changes)}
        if not found:
            return None
        at = changes[0].at
        held: dict[int, frozenset[str]] = {}
        ran: set[str] = set()
        async with self._database.read() as connection:
            for card in found:
                for name in history.names(card):
                    for edition, left in await _holding(connection, name, at + PRINTED_BEFORE):
                        held[edition] = held.get(edition, frozenset()) | {card}
                        ran |= {card} if left else set()
        homes = {change.card: frozenset(map(history.origin, change.details.topics)) for change in changes}
        return _Work(version, at, found, held, frozenset(ran), homes)

    async def _do(self, work: _Work, history: History) -> int:
        """Enter all recipients, slice by slice."""
        entered = 0
        while True:
            async with self._database.begin() as connection:
                place = await _read(connection)
                if place is None or place.version >= work.version:  # another process was quicker
                    return entered
                slice_ = await _slice(connection, place.after, work.at)
                entered += await self._tell(connection, work, slice_, history) if slice_ else 0
                done = len(slice_) < _SLICE
                await _keep(connection, _Place(work.version) if done else replace(place, after=slice_[-1].id))
            if done:
                return entered

    async def _tell(self, connection: AsyncConnection, work: _Work, slice_: Sequence[Any], history: History) -> int:
        """Enter those of a slice who may have met an old figure, each with the corrections that concern them."""
        old, newest = await _deliveries(connection, slice_[0].id, slice_[-1].id, work)
        groups: dict[tuple[Language, frozenset[str]], list[int]] = {}
        for row in slice_:
            language = Language(row.language)
            topics = frozenset(map(history.origin, row.topics.split(","))) if row.topics else frozenset()
            cards = work.cards(old.get(row.id, ())) | work.may_have_met(topics)
            cards -= work.cards(newest.get(row.id, ()))
            cards = frozenset(card for card in cards if work.found[card].concerns(language.value))
            if cards:
                groups.setdefault((language, cards), []).append(row.id)
        entered = 0
        for (language, cards), ids in groups.items():
            edition = _edition(work, language, cards)
            edition_id = await self._ensure(connection, edition)
            within = self._now + SEND_WITHIN
            entered += await enter(connection, edition_id, edition.period, ids, due=self._now, send_before=within)
        return entered

    async def _ensure(self, connection: AsyncConnection, edition: Edition) -> int:
        """The id of the edition; what it holds stands in the place of its topics."""
        cards = ",".join(sorted(edition.cards))
        name = Name(edition.kind, edition.cadence, edition.period, cards, edition.language)
        return await self._editions.ensure(
            connection, name, version=edition.version, body=edition.as_json(), empty=False, created=self._now
        )

    async def _renew_all(self, history: History) -> None:
        async with self._database.begin() as connection:
            for kept in await self._editions.going_out(connection, EditionKind.CORRECTION):
                if kept.version >= history.version or kept.state == Halt.CANCELLED:
                    continue
                body, empty = _renewed(kept, history)
                version = history.version
                renewed = await self._editions.replace(connection, kept.id, version=version, body=body, empty=empty)
                if renewed and empty:
                    halt = update(editions).where(editions.c.id == kept.id)
                    await connection.execute(halt.values(state=Halt.CANCELLED.value))


def _renewed(kept: Stored, history: History) -> tuple[Mapping[str, Any], bool]:
    """A correction as it reads now, and whether it corrects nothing any more. What it corrects no more it names."""
    before = Edition.from_json(kept.body)
    since = int(before.period.removeprefix("c"))
    news = corrections(change for change in history.news if change.version >= since)
    now = {history.origin(each.card): each for each in news if each.concerns(before.language.value)}
    named = [*(each.card for each in before.corrections), *kept.body.get(RAN, ())]
    stands = tuple(now[origin] for card in named if (origin := history.origin(card)) in now)
    edition = replace(before, corrections=stands, version=history.version)
    gone = sorted(card for card in named if history.origin(card) not in now)
    return edition.as_json() | ({RAN: gone} if gone else {}), not stands


def _edition(work: _Work, language: Language, cards: frozenset[str]) -> Edition:
    day = datetime.fromtimestamp(work.at, UTC).date()
    return Edition(
        cadence=Cadence.DAILY,
        period=f"c{work.version}",
        first=day,
        end=day,
        topics=(),
        language=language,
        version=work.version,
        kind=EditionKind.CORRECTION,
        corrections=tuple(each for card, each in work.found.items() if card in cards),
    )


async def _holding(connection: AsyncConnection, card: str, until: int) -> list[tuple[int, bool]]:
    """The editions that hold a card, or held it when some of it left; and whether some of each left until a moment."""
    holds = cast(editions.c.body, String).like(f'%"{card}"%')
    query = select(editions.c.id, editions.c.body, editions.c.created, editions.c.totals)
    rows = (await connection.execute(query.where(editions.c.kind.in_(_KINDS), holds))).all()
    found = [row for row in rows if card in (*Edition.from_json(row.body).cards, *row.body.get(RAN, ()))]
    before = outbox.c.settled.is_(None) | (outbox.c.settled < until)
    left = select(outbox.c.edition).where(outbox.c.edition.in_([row.id for row in found]), HAS_LEFT, before)
    there = set((await connection.execute(left.distinct())).scalars())
    return [(row.id, row.id in there or (row.created < until and _was_told(row.totals))) for row in found]


def _was_told(totals: Mapping[str, int] | None) -> bool:
    """Whether somebody got it whose delivery is not kept any more."""
    return any((totals or {}).get(state) for state in _TOLD)


async def _slice(connection: AsyncConnection, after: int, at: int) -> Sequence[Any]:
    columns = subscriptions.c
    there = (columns.state.in_((State.ACTIVE.value, State.PAUSED.value))) & (columns.since <= at) & (columns.id > after)
    query = select(columns.id, columns.language, columns.topics).where(there)
    return (await connection.execute(query.order_by(columns.id).limit(_SLICE))).all()


async def _deliveries(
    connection: AsyncConnection, first: int, last: int, work: _Work
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Of some subscriptions, the editions that may have told each an old figure, and the corrections that tell the new.

    The old one may stand in any digest that left before the version was served everywhere, and in any correction that
    was printed from an earlier version.
    """
    between = outbox.c.subscription.between(first, last)
    waits = outbox.c.state.in_(WAITING) & outbox.c.period.startswith("c")
    # Until the end of this transaction none of these is claimed; one that is already is seen as such.
    await connection.execute(select(outbox.c.id).where(between, waits).order_by(outbox.c.id).with_for_update())
    until = work.at + PRINTED_BEFORE
    old: dict[int, list[int]] = {}
    newest: dict[int, list[int]] = {}
    for row in await connection.execute(_DELIVERIES.where(between)):
        left = row.parts_sent > 0 or row.state in LEFT
        if row.kind == EditionKind.CORRECTION and _tells(row, work.version, left=left):
            newest.setdefault(row.subscription, []).append(row.edition)
        elif left and (row.kind == EditionKind.CORRECTION or row.settled is None or row.settled < until):
            old.setdefault(row.subscription, []).append(row.edition)
    return old, newest


_DELIVERIES: Final = (
    select(outbox.c.subscription, outbox.c.edition, outbox.c.state, outbox.c.settled, outbox.c.parts_sent)
    .add_columns(outbox.c.version.label("printed"), editions.c.version, editions.c.kind, editions.c.empty)
    .add_columns((editions.c.state == Halt.CANCELLED.value).label("halted"))
    .join(editions, editions.c.id == outbox.c.edition)
    .where((outbox.c.parts_sent > 0) | outbox.c.state.in_((*LEFT, *WAITING, Delivery.CANCELLED)))
)


def _tells(row: Any, version: int, *, left: bool) -> bool:
    """Whether a delivery of a correction tells what it corrects as it is in a version, or need not, as none of the
    figures between came there: a correction of nothing that never left."""
    if left:
        goes = row.state in LEFT or (row.state in WAITING and not row.halted)
        return goes and row.printed is not None and row.printed >= version
    return row.version >= version and (row.empty or (row.state in WAITING and not row.halted))


async def _read(connection: AsyncConnection) -> _Place | None:
    kept = await fact(connection, _FACT, lock=True)
    return _Place(*json.loads(kept)) if kept else None


async def _keep(connection: AsyncConnection, place: _Place) -> None:
    await note(connection, _FACT, json.dumps([place.version, place.after]).encode())
