from __future__ import annotations

from datetime import date

import pytest

from bot.catalog.freshness import Why, due, is_stale
from tests.catalog.house import House

OUTSIDE = "    outside: [{{text: {{en: a, ru: б}}, where: {{en: c, ru: г}}, checked: {checked}}}]\n"


def house(review_by: str = "", checked: str = "") -> House:
    lines = f"    review_by: {review_by}\n" if review_by else ""
    lines += OUTSIDE.format(checked=checked) if checked else ""
    return House().change("glossary.yaml", "id: exile\n", f"id: exile\n{lines}")


@pytest.mark.parametrize(
    ("review_by", "today", "stale"),
    [
        ("2026-06-09", date(2026, 6, 9), False),
        ("2026-06-09", date(2026, 6, 10), True),
        ("2026-06", date(2026, 6, 30), False),
        ("2026-06", date(2026, 7, 1), True),
        ("2026", date(2026, 12, 31), False),
        ("2026", date(2027, 1, 1), True),
        ("", date(2099, 1, 1), False),
    ],
)
def test_a_card_is_stale_when_the_day_month_or_year_of_its_review_is_over(
    review_by: str, today: date, stale: bool
) -> None:
    card = house(review_by).load().catalog().by_id["exile"]
    assert is_stale(card, today) is stale
    assert [each.card.id for each in due([card], today)] == (["exile"] if stale else [])


def test_what_was_looked_up_long_ago_is_due_too() -> None:
    card = house(checked="2025-01-10").load().catalog().by_id["exile"]
    assert due([card], date(2026, 1, 10)) == ()
    (found,) = due([card], date(2026, 1, 11))
    assert (found.why, found.since) == (Why.OUTSIDE, "2025-01-10")


def test_who_waited_longest_comes_first() -> None:
    both = house("2026-02", "2024").load().catalog().by_id["exile"]
    other = both.model_copy(update={"id": "other", "review_by": "2025-12-31"})
    found = due([both, other], date(2027, 1, 1))
    assert [(each.card.id, each.why, each.since) for each in found] == [
        ("other", Why.REVIEW, "2025-12-31"),
        ("exile", Why.REVIEW, "2026-02"),
    ]
