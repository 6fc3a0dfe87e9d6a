"""What the tests of the corrections share: an almanac whose corrections go out."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from bot.catalog.cards import Card
from bot.digests.composing import Published
from bot.digests.corrections import PRINTED_BEFORE, Corrections
from bot.i18n import Language
from bot.store.database import Database
from bot.store.editions import EditionStore, Name, Stored
from bot.store.states import Delivery
from bot.store.tables import editions, outbox
from bot.subscription import Cadence, Subscription
from bot.views.edition import Edition, EditionKind
from tests.digests.almanac import Almanac, week
from tests.digests.post import Post, StandingClock

START = 100
DAY = 86_400


class Desk:
    """An almanac whose corrections go out; a first version with the figure 1000 is published."""

    def __init__(self, database: Database, clock: StandingClock, post: Post) -> None:
        self.database, self.clock, self.post = database, clock, post
        self.almanac = Almanac()
        self.corrections = self.follower()

    def follower(self) -> Corrections:
        """One more process."""
        return Corrections(self.database, self.published, self.clock)

    async def published(self) -> Published:
        return Published(self.almanac.catalog, self.almanac.history)

    async def publish(self, *cards: Card) -> int:
        """A version of this moment; how many are told of it."""
        self.almanac.publish(cards, int(self.clock.seconds))
        self.clock.seconds += 1
        return await self.corrections.follow()

    async def edition(self, *, language: Language = Language.EN, period: str = "w1") -> int:
        """An edition with the statistic."""
        body = self.almanac.edition(week(START), language=language)
        name = Name(EditionKind.DIGEST, Cadence.WEEKLY, period, "", language)
        async with self.database.begin() as connection:
            return await EditionStore().ensure(
                connection, name, version=1, body=body.as_json(), empty=True, created=int(self.clock.seconds)
            )

    async def shows(self, edition: int, *cards: str) -> None:
        """Put these cards into an edition, and no others."""
        body = replace(self.almanac.edition(week(START)), statistic=None, pinned=cards)
        version = self.almanac.history.version
        async with self.database.begin() as connection:
            await EditionStore().replace(connection, edition, version=version, body=body.as_json(), empty=True)

    async def sent(self, edition: int, *to: Subscription, state: Delivery = Delivery.SENT, period: str = "w1") -> None:
        for each in to:
            await self.post.deliver(edition, each, period, state=state, messages=(5,), settled=self.clock.seconds)
        self.clock.seconds += PRINTED_BEFORE + DAY

    async def leaves(self) -> list[int]:
        """Claim what waits; to which subscriptions."""
        return await self.post.claimed(self.clock.seconds)

    async def arrives(self) -> None:
        """What is under way is confirmed, at this moment."""
        under_way = update(outbox).where(outbox.c.state == Delivery.SENDING)
        async with self.database.begin() as connection:
            await connection.execute(
                under_way.values(state=Delivery.SENT, parts_sent=1, message_ids=[9], settled=self.clock.seconds)
            )

    async def says(self, edition: str = "c2") -> list[tuple[str | None, str | None]]:
        """The figures that a correction tells of, old and new."""
        query = select(editions.c.body).where(editions.c.period == edition)
        async with self.database.read() as connection:
            body = (await connection.execute(query)).scalar_one()
        figures = [each.figure for each in Edition.from_json(body).corrections]
        return [(each.old.value, each.new.value) for each in figures if each]

    async def told(self) -> list[tuple[int, str]]:
        """(subscription, period) of every correction in the outbox."""
        return [(row[0], row[2]) for row in await self.post.all_rows() if row[2].startswith("c")]

    async def stored(self) -> list[Stored]:
        async with self.database.read() as connection:
            return list(await EditionStore().going_out(connection, EditionKind.CORRECTION))
