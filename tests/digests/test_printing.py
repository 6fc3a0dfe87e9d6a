"""Printing: once for all alike, with each one's buttons; anew as soon as the edition or the content is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.snapshot import Catalog
from bot.digests.printing import FRESH_SECONDS, KEPT, MissingEditionError, Part, Printing
from bot.i18n import Language
from bot.layout.blocks import Open, Press
from bot.store.database import Database
from bot.store.editions import EditionStore, Name
from bot.subscription import Cadence, ChatKind, Choices, Subscription
from bot.views.edition import Edition, EditionKind
from bot.views.reading import Reading
from bot.views.routes import Route, View
from tests.digests.almanac import Almanac, day, noon, statistic, term, week
from tests.digests.post import StandingClock

START = 100
CARDS = (statistic("s0"), term("t0"), term("t1"))


class Workshop:
    """A printing over one edition with a card pinned in it."""

    def __init__(self, database: Database, clock: StandingClock) -> None:
        self.database, self.clock = database, clock
        self.almanac = Almanac()
        self.almanac.publish(CARDS, noon(START))
        self.catalog: Catalog = self.almanac.catalog
        self.printing = Printing(database, self.reading_in, clock)

    def reading_in(self, language: Language) -> Reading:
        return Reading(self.catalog, language, "kolokol_bot")

    async def keep(self, edition: Edition, number: int = 1) -> int:
        name = Name(edition.kind, Cadence.WEEKLY, f"w{number}", "", edition.language)
        async with self.database.begin() as connection:
            return await EditionStore().ensure(
                connection, name, version=1, body=edition.as_json(), empty=False, created=1
            )

    async def replace(self, edition_id: int, edition: Edition) -> None:
        async with self.database.begin() as connection:
            await EditionStore().replace(connection, edition_id, version=2, body=edition.as_json(), empty=False)

    async def parts(
        self, edition_id: int, kind: ChatKind = ChatKind.PRIVATE, version: int = 0, **choices: object
    ) -> tuple[Part, ...]:
        wanted = Choices(**choices)  # type: ignore[arg-type]
        subscription = Subscription(1, "abcd2345", b"k" * 16, 0, Language.EN, wanted)
        return await self.printing.parts(edition_id, subscription, kind, version=version)


@pytest.fixture
def shop(database: Database, clock: StandingClock) -> Workshop:
    return Workshop(database, clock)


EDITION = Edition(Cadence.WEEKLY, "w", day(START), day(START + 1), (), Language.EN, 1, pinned=("t0",))


async def test_people_and_groups_get_settings_and_unsubscribing_under_the_last_message(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    for kind in (ChatKind.PRIVATE, ChatKind.GROUP):
        *before, last = await shop.parts(edition, kind)
        assert all(part.buttons == () for part in before)
        (row,) = last.buttons
        data = [button.data for button in row if isinstance(button, Press)]
        assert data == [Route(View.SETTINGS, "abcd2345").data(), Route(View.UNSUBSCRIBE, "abcd2345").data()]


async def test_under_a_channels_post_stands_only_the_way_into_the_bot(shop: Workshop) -> None:
    (last,) = await shop.parts(await shop.keep(EDITION), ChatKind.CHANNEL)
    assert last.buttons == ((Open("🔔 Open in the bot", "https://t.me/kolokol_bot?start=menu"),),)


async def test_a_channels_own_line_stands_over_it_and_its_hashtag_below(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    (part,) = await shop.parts(edition, header="News from <exile>", hashtag="#exile")
    assert part.html.startswith("News from &lt;exile&gt;\n\n🔔 <b>Kolokol, ")
    assert part.html.endswith("\n\n#exile")
    (plain,) = await shop.parts(edition)
    assert "exile" not in plain.html


async def test_an_edition_stays_in_its_language_whatever_its_subscription_speaks_by_now(shop: Workshop) -> None:
    (part,) = await shop.parts(await shop.keep(replace(EDITION, language=Language.RU)))
    assert part.html.startswith("🔔 <b>«Колокол», ")
    assert [button.label for button in part.buttons[0]] == ["⚙️ Настройки", "✖️ Отписаться"]


async def test_equal_choices_share_one_print(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = await shop.keep(EDITION)
    first = await shop.parts(edition)
    monkeypatch.setattr("bot.digests.printing.print_edition", None)
    assert await shop.parts(edition) == first


async def test_an_edition_composed_anew_is_printed_anew_a_moment_later(shop: Workshop, clock: StandingClock) -> None:
    edition = await shop.keep(EDITION)
    assert "t0" in (await shop.parts(edition))[0].html
    await shop.replace(edition, replace(EDITION, pinned=("t1",)))
    clock.seconds += FRESH_SECONDS
    assert "t1" in (await shop.parts(edition))[0].html


async def test_whoever_composed_it_here_need_not_wait(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    await shop.parts(edition)
    await shop.replace(edition, replace(EDITION, pinned=("t1",)))
    shop.printing.forget()
    assert "t1" in (await shop.parts(edition))[0].html


async def test_whoever_knows_of_a_later_version_need_not_wait_either(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    await shop.parts(edition)
    await shop.replace(edition, replace(EDITION, pinned=("t1",)))
    assert "t0" in (await shop.parts(edition, version=1))[0].html
    assert "t1" in (await shop.parts(edition, version=2))[0].html


async def test_a_card_withdrawn_by_now_is_not_printed(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    assert "t0" in (await shop.parts(edition))[0].html
    shop.almanac.publish(CARDS[:1], noon(START + 1))
    shop.catalog = shop.almanac.catalog
    assert "t0" not in (await shop.parts(edition))[0].html


async def test_a_correction_comes_without_a_sound_and_a_digest_with_one(shop: Workshop) -> None:
    shop.almanac.publish([statistic("s0", 2000), *CARDS[1:]], noon(START + 1))
    shop.catalog = shop.almanac.catalog
    found = shop.almanac.edition(week(START + 1)).corrections
    correction = replace(EDITION, kind=EditionKind.CORRECTION, pinned=(), corrections=found)
    assert [part.silent for part in await shop.parts(await shop.keep(correction))] == [True]
    assert [part.silent for part in await shop.parts(await shop.keep(EDITION))] == [False]


async def test_a_correction_of_which_nothing_is_left_is_no_message(shop: Workshop) -> None:
    nothing = replace(EDITION, kind=EditionKind.CORRECTION, pinned=())
    assert await shop.parts(await shop.keep(nothing)) == ()


async def test_what_is_kept_in_memory_is_bounded(shop: Workshop) -> None:
    edition = await shop.keep(EDITION)
    for number in range(KEPT + 10):
        await shop.parts(edition, header=str(number))
    assert len(shop.printing._printed) == KEPT


async def test_an_edition_that_is_not_there_says_so(shop: Workshop) -> None:
    with pytest.raises(MissingEditionError):
        await shop.parts(99)
