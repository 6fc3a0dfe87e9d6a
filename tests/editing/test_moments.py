from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.editing.moments import UnknownZoneError, moments_from, read_moment

NOW = datetime(2026, 11, 26, 12, 30, tzinfo=ZoneInfo("UTC"))


def read(words: str, zone: str = "UTC") -> str | None:
    found = read_moment(words, NOW, zone)
    return f"{found.at:%Y-%m-%d %H:%M} {found.zone}" if found else None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-12-01 09:00", "2026-12-01 09:00 UTC"),
        (" 2026-12-1  9.05 ", "2026-12-01 09:05 UTC"),
        ("18:30", "2026-11-26 18:30 UTC"),
        ("12:30", "2026-11-27 12:30 UTC"),
        ("27.11 18:00", "2026-11-27 18:00 UTC"),
        ("1.12.2026, 18.00", "2026-12-01 18:00 UTC"),
        ("3.2 9:00", "2027-02-03 09:00 UTC"),
        ("27.11 18:00 Tbilisi", "2026-11-27 18:00 Asia/Tbilisi"),
        ("27.11 18:00 (Тбилиси)", "2026-11-27 18:00 Asia/Tbilisi"),
        ("2026-12-01 09:00 europe/riga", "2026-12-01 09:00 Europe/Riga"),
        ("9:00 UTC+4", "2026-11-27 09:00 Etc/GMT-4"),
        ("16:00 New York", "2026-11-26 16:00 America/New_York"),
        ("16:00 Tbilisi", "2026-11-27 16:00 Asia/Tbilisi"),
        ("завтра в 9", "2026-11-27 09:00 UTC"),
        ("Tomorrow at 18:30 Tbilisi", "2026-11-27 18:30 Asia/Tbilisi"),
        ("послезавтра, 10:00", "2026-11-28 10:00 UTC"),
        ("1.12 в 9", "2026-12-01 09:00 UTC"),
        ("at 18", "2026-11-26 18:00 UTC"),
    ],
)
def test_a_moment_is_read_as_people_write_it(words: str, moment: str) -> None:
    assert read(words) == moment


def test_without_a_place_it_is_local_to_the_bot() -> None:
    assert read("16:00", "Asia/Tbilisi") == "2026-11-27 16:00 Asia/Tbilisi"
    assert read("16:40", "Asia/Tbilisi") == "2026-11-26 16:40 Asia/Tbilisi"


@pytest.mark.parametrize("words", ["", "soon", "27.11", "27.11 Tbilisi", "25:00", "31.2 9:00", "2026-13-01 9:00", "9"])
def test_what_is_no_moment_is_none(words: str) -> None:
    assert read(words) is None


def test_a_place_that_is_not_known_is_said_with_those_that_may_be_meant() -> None:
    with pytest.raises(UnknownZoneError) as caught:
        read("9:00 Tbilis")
    assert caught.value.words == "Tbilis"
    assert [city.key for city in caught.value.near] == ["tbilisi"]
    with pytest.raises(UnknownZoneError):
        read("9:00 tomorrow")


def test_the_next_mornings_and_evenings_are_offered() -> None:
    assert [f"{each:%d %H:%M}" for each in moments_from(NOW)] == [
        "26 18:00",
        "27 09:00",
        "27 18:00",
        "28 09:00",
        "28 18:00",
    ]
