"""What stands over the next edition: never that it goes out where it will not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.subscription import Choices, State, Subscription
from bot.views.coming import coming_note
from bot.views.reading import Reading
from tests.views.test_editions import WEEK

DUE = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp())
WEEK_OVER = DUE - 3600
IN_THE_WEEK = DUE - 86_400
SUBSCRIPTION = Subscription(1, "abcdefgh", b"k" * 16, 0, Language.EN, Choices(), next_due=DUE)
QUIET = replace(SUBSCRIPTION, choices=Choices(skip_empty=True))


@pytest.mark.parametrize(
    ("subscription", "news", "now", "expected"),
    [
        (None, (), IN_THE_WEEK, "Subscribe, and it will come"),
        (SUBSCRIPTION, (), IN_THE_WEEK, "goes out Monday, 23 November, 9:00; what is still published"),
        (SUBSCRIPTION, (), WEEK_OVER, "The next digest. It goes out Monday, 23 November, 9:00."),
        (replace(SUBSCRIPTION, skipped=WEEK.period), (), WEEK_OVER, "will not go out"),
        (QUIET, (), IN_THE_WEEK, "Nothing new has been published so far."),
        (QUIET, (), WEEK_OVER, "so no message comes"),
        (QUIET, ("some-card",), WEEK_OVER, "It goes out"),
        (replace(SUBSCRIPTION, state=State.BLOCKED), (), WEEK_OVER, "may not write there"),
        (replace(SUBSCRIPTION, state=State.PAUSED), (), WEEK_OVER, "It goes out"),
    ],
)
def test_it_says_whether_the_edition_goes_out(
    catalog: Catalog, subscription: Subscription | None, news: tuple[str, ...], now: int, expected: str
) -> None:
    reading = Reading(catalog, Language.EN, "kolokol_bot")
    assert expected in coming_note(reading, subscription, replace(WEEK, news=news), DUE, now)
