from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.i18n import Language
from bot.views.cities import CITIES, City, city_of_key, find_zone, zone_name

EN, RU = Language.EN, Language.RU


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.key)
def test_every_city_is_found_by_each_of_its_names_in_both_languages(city: City) -> None:
    assert city.timezone in available_timezones()
    assert city_of_key(city.key) == city
    for language in Language:
        for name in city.names_in(language):
            assert find_zone(name) == (city.timezone, ())
            assert find_zone(name.upper()) == (city.timezone, ())
        assert zone_name(language, city.timezone) == city.name_in(language)


def test_no_two_cities_share_a_name_a_key_or_a_timezone() -> None:
    names = [name.casefold() for city in CITIES for name in {*city.names_in(EN), *city.names_in(RU)}]
    assert len(names) == len(set(names))
    assert len({city.key for city in CITIES}) == len({city.timezone for city in CITIES}) == len(CITIES)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("tiblisi", "tbilisi"),
        ("Тбилисси", "tbilisi"),
        ("Erevan", "yerevan"),
        ("вильнус", "vilnius"),
        ("Варшва", "warsaw"),
        ("tel avi", "telaviv"),
        ("Алмата", "almaty"),
        ("Lisbonn", "lisbon"),
        ("нью йорк", "newyork"),
        ("Белгад", "belgrade"),
    ],
)
def test_a_typo_leads_to_the_city(typed: str, key: str) -> None:
    zone, near = find_zone(typed)
    city = city_of_key(key)
    assert city is not None
    assert zone == city.timezone or near[0] == city


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Vilnius", "Europe/Vilnius"),
        ("europe/vilnius", "Europe/Vilnius"),
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        (" Asia/Omsk ", "Asia/Omsk"),
        ("omsk", "Asia/Omsk"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Europe/Kiev", "Europe/Kiev"),
        ("UTC", "UTC"),
    ],
)
def test_an_iana_name_is_taken_as_typed(typed: str, zone: str) -> None:
    assert find_zone(typed) == (zone, ())


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("UTC+4", 4), ("gmt+4", 4), ("+4", 4), ("UTC-5", -5), ("utc −5", -5), ("UTC+03:00", 3), ("+14", 14)],
)
def test_an_offset_from_utc_is_taken_with_its_own_sign(typed: str, hours: int) -> None:
    zone, _ = find_zone(typed)
    assert zone is not None
    offset = datetime(2026, 7, 1, tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == hours * 3600
    assert zone_name(EN, zone) == f"UTC{'+' if hours > 0 else '−'}{abs(hours)}"


@pytest.mark.parametrize(
    "typed", ["", "   ", "?!", "qqqqqqq", "UTC+99", "UTC+5:30", "../../etc/passwd", "Europe", "ы" * 5000]
)
def test_what_is_no_place_finds_none(typed: str) -> None:
    zone, near = find_zone(typed)
    assert zone is None
    assert all(isinstance(city, City) for city in near)


def test_a_timezone_without_a_city_goes_by_its_own_name() -> None:
    assert zone_name(RU, "America/Sao_Paulo") == "America/Sao Paulo"


def test_an_unknown_button_names_no_city() -> None:
    assert city_of_key("atlantis") is None
