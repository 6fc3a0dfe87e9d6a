"""Administrators read what went out by its name, not by its key."""

from __future__ import annotations

import pytest

from bot.i18n import Language
from bot.views.administration import SentShown, period_name, sent_line
from bot.views.reading import Reading


@pytest.mark.parametrize(
    ("period", "in_english", "in_russian"),
    [
        ("w2026-11-16", "every week, 16 November 2026", "каждую неделю, 16 ноября 2026 года"),
        ("f2026-11-16", "every two weeks, 16 November 2026", "раз в две недели, 16 ноября 2026 года"),
        ("d2026-11-26", "every day, 26 November 2026", "каждый день, 26 ноября 2026 года"),
        ("m2026-10", "every month, October 2026", "раз в месяц, октябрь 2026 года"),
        ("c12", "version 12", "версия 12"),
        ("a17e16f2f", "a17e16f2f", "a17e16f2f"),
    ],
)
def test_a_period_is_told_in_words(
    in_english: str, in_russian: str, period: str, english: Reading, russian: Reading
) -> None:
    assert (period_name(english, period), period_name(russian, period)) == (in_english, in_russian)


def test_what_was_sent_is_called_by_kind_period_and_language(english: Reading, russian: Reading) -> None:
    sent = SentShown(1, "digest", "m2026-10", Language.RU, 1200)
    assert sent_line(english, sent) == "Digest, every month, October 2026, Russian: 1,200 sent"
    assert sent_line(russian, sent) == ("Дайджест, раз в месяц, октябрь 2026 года, русский: отправлено 1\u00a0200")
