from __future__ import annotations

from typing import Any

import pytest

from bot.digests.previews import Preview, Previews
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from tests.digests.community import Press, at, change, deliveries, row, seconds, subscribe

DUE = "2026-11-30T05:00"
"""Monday at nine in Tbilisi; the week is over in UTC five hours before."""


class Owner:
    """Whoever is shown previews; refuses so many first."""

    def __init__(self, refuses: int = 0) -> None:
        self.shown: list[Preview] = []
        self.refuses = refuses

    async def __call__(self, preview: Preview) -> None:
        self.refuses -= 1
        if self.refuses >= 0:
            raise ConnectionError("chat 4711")
        self.shown.append(preview)


async def with_owner(database: Database, hours: int, due: str = DUE, **columns: Any) -> int:
    """A subscription with somebody to tell, who wants a preview so many hours before."""
    [wanting] = await subscribe(database, due, preview_hours=hours, **columns)
    [other] = await subscribe(database, None, state="blocked")
    await change(database, [wanting], told=(await row(database, other)).chat)
    return wanting


async def test_a_preview_is_shown_some_hours_before_and_once(database: Database) -> None:
    wanting = await with_owner(database, 3)
    owner, press = Owner(), Press()
    previews = Previews(database, press, owner)
    assert await previews.show(at("2026-11-30T01:59")) == 0
    assert [await previews.show(at(f"2026-11-30T02:0{minute}")) for minute in range(3)] == [1, 0, 0]
    [shown] = owner.shown
    assert (shown.subscription, shown.key) == (wanting, (await row(database, wanting)).key)
    assert (shown.period.key, shown.due, shown.empty) == ("w2026-11-23", seconds(DUE), False)
    assert press.asked == ["w2026-11-23  en"]
    assert await deliveries(database) == []


async def test_a_preview_waits_until_the_period_is_over_however_early_it_is_wanted(database: Database) -> None:
    await with_owner(database, 24)
    owner = Owner()
    previews = Previews(database, Press(), owner)
    assert [await previews.show(at(when)) for when in ("2026-11-29T23:59", "2026-11-30T00:00")] == [0, 1]


@pytest.mark.parametrize(
    ("hours", "columns", "due"),
    [
        (3, {}, "2026-11-30T02:00"),
        (24, {}, "2026-11-30T00:00"),
        (3, {"previewed": "w2026-11-23"}, None),
        (3, {"skipped": "w2026-11-23"}, None),
        (0, {}, None),
    ],
)
async def test_when_a_preview_comes_is_known_beforehand(
    database: Database, hours: int, columns: dict[str, Any], due: str | None
) -> None:
    await with_owner(database, hours, **columns)
    previews = Previews(database, Press(), Owner())
    assert await previews.next_due(at("2026-11-28T12:00")) == (at(due) if due else None)


async def test_the_next_period_has_a_preview_again(database: Database) -> None:
    wanting = await with_owner(database, 3)
    owner = Owner()
    previews = Previews(database, Press(), owner)
    await previews.show(at("2026-11-30T02:00"))
    await change(database, [wanting], next_due=seconds("2026-12-07T05:00"))
    assert await previews.show(at("2026-12-07T02:00")) == 1
    assert [each.period.key for each in owner.shown] == ["w2026-11-23", "w2026-11-30"]


@pytest.mark.parametrize(
    "columns",
    [{"preview_hours": 0}, {"told": None}, {"state": "paused"}, {"state": "unreachable"}, {"skipped": "w2026-11-23"}],
    ids=str,
)
async def test_whoever_wants_none_or_nobody_to_be_told_gets_none(
    database: Database, columns: dict[str, object]
) -> None:
    wanting = await with_owner(database, 3)
    await change(database, [wanting], **columns)
    assert await Previews(database, Press(), Owner()).show(at("2026-11-30T03:00")) == 0


async def test_after_the_moment_itself_there_is_nothing_to_preview(database: Database) -> None:
    await with_owner(database, 3)
    assert await Previews(database, Press(), Owner()).show(at(DUE)) == 0


async def test_an_edition_without_news_that_will_not_go_out_is_not_shown(database: Database) -> None:
    await with_owner(database, 3, skip_empty=True)
    owner = Owner()
    assert await Previews(database, Press(empty=True), owner).show(at("2026-11-30T03:00")) == 0
    assert owner.shown == []


async def test_an_edition_that_was_deleted_is_not_shown(database: Database) -> None:
    await with_owner(database, 3)
    await with_owner(database, 4)
    owner = Owner()
    previews = Previews(database, Press(), owner)
    assert await previews.show(at("2026-11-30T01:00")) == 1
    await Deliveries(database).cancel(owner.shown[0].edition, seconds("2026-11-30T01:30"))
    assert await previews.show(at("2026-11-30T02:00")) == 0
    assert len(owner.shown) == 1


async def test_one_that_cannot_be_shown_is_tried_again_and_holds_up_no_other(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        await with_owner(database, 3)
    owner = Owner(refuses=1)
    previews = Previews(database, Press(), owner)
    assert [await previews.show(at("2026-11-30T03:00")) for _ in range(3)] == [2, 1, 0]
    assert len({each.subscription for each in owner.shown}) == 3
    assert "4711" not in caplog.text
