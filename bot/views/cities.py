"""Cities by which a timezone is chosen: where exiles live. What each is called stands in the locales."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones

from bot.i18n import Language, text
from bot.search.naming import Named, Names

_AREAS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-])(\d\d?)(?::?00)?")
_FIXED = "Etc/GMT"
_DASHES = str.maketrans("−–‑", "---")


@dataclass(frozen=True, slots=True)
class City:
    """A city and the IANA name of its timezone. `key` stands in buttons."""

    key: str
    timezone: str

    def name_in(self, language: Language) -> str:
        """What it is called."""
        return self.names_in(language)[0]

    def names_in(self, language: Language) -> tuple[str, ...]:
        """All names by which it is found, those of its neighbours too; the first is its own."""
        return tuple(text(language, f"city-{self.key}").split(", "))


CITIES = (
    City("almaty", "Asia/Almaty"),
    City("amsterdam", "Europe/Amsterdam"),
    City("athens", "Europe/Athens"),
    City("baku", "Asia/Baku"),
    City("bangkok", "Asia/Bangkok"),
    City("belgrade", "Europe/Belgrade"),
    City("berlin", "Europe/Berlin"),
    City("bishkek", "Asia/Bishkek"),
    City("bratislava", "Europe/Bratislava"),
    City("brussels", "Europe/Brussels"),
    City("bucharest", "Europe/Bucharest"),
    City("budapest", "Europe/Budapest"),
    City("buenosaires", "America/Argentina/Buenos_Aires"),
    City("chicago", "America/Chicago"),
    City("chisinau", "Europe/Chisinau"),
    City("colombo", "Asia/Colombo"),
    City("copenhagen", "Europe/Copenhagen"),
    City("delhi", "Asia/Kolkata"),
    City("denpasar", "Asia/Makassar"),
    City("dubai", "Asia/Dubai"),
    City("dublin", "Europe/Dublin"),
    City("dushanbe", "Asia/Dushanbe"),
    City("helsinki", "Europe/Helsinki"),
    City("istanbul", "Europe/Istanbul"),
    City("kyiv", "Europe/Kyiv"),
    City("lisbon", "Europe/Lisbon"),
    City("ljubljana", "Europe/Ljubljana"),
    City("london", "Europe/London"),
    City("losangeles", "America/Los_Angeles"),
    City("madrid", "Europe/Madrid"),
    City("mexico", "America/Mexico_City"),
    City("minsk", "Europe/Minsk"),
    City("moscow", "Europe/Moscow"),
    City("newyork", "America/New_York"),
    City("nicosia", "Asia/Nicosia"),
    City("oslo", "Europe/Oslo"),
    City("paris", "Europe/Paris"),
    City("podgorica", "Europe/Podgorica"),
    City("prague", "Europe/Prague"),
    City("riga", "Europe/Riga"),
    City("rome", "Europe/Rome"),
    City("seoul", "Asia/Seoul"),
    City("sofia", "Europe/Sofia"),
    City("stockholm", "Europe/Stockholm"),
    City("tallinn", "Europe/Tallinn"),
    City("tashkent", "Asia/Tashkent"),
    City("tbilisi", "Asia/Tbilisi"),
    City("telaviv", "Asia/Jerusalem"),
    City("tokyo", "Asia/Tokyo"),
    City("toronto", "America/Toronto"),
    City("ulaanbaatar", "Asia/Ulaanbaatar"),
    City("vienna", "Europe/Vienna"),
    City("vilnius", "Europe/Vilnius"),
    City("warsaw", "Europe/Warsaw"),
    City("yerevan", "Asia/Yerevan"),
    City("zagreb", "Europe/Zagreb"),
    City("zurich", "Europe/Zurich"),
)
MAIN_CITIES = frozenset(
    {"tbilisi", "yerevan", "vilnius", "riga", "warsaw", "berlin", "prague", "belgrade", "podgorica"}
    | {"istanbul", "almaty", "bishkek", "tashkent", "telaviv", "paris", "london", "lisbon", "newyork"}
)
"""The keys of those that most exiles live in: they stand on the first page."""
_BY_KEY = {city.key: city for city in CITIES}
_BY_TIMEZONE = {city.timezone: city for city in CITIES}


def city_of_key(key: str) -> City | None:
    """The city that a button names."""
    return _BY_KEY.get(key)


def zone_name(language: Language, timezone: str) -> str:
    """What a timezone is called: by its city, as UTC+4 where it is a fixed offset, or else by its IANA name."""
    if city := _BY_TIMEZONE.get(timezone):
        return city.name_in(language)
    if timezone.startswith(_FIXED):  # IANA turns the sign round: Etc/GMT-4 is four hours ahead
        return "UTC" + timezone.removeprefix(_FIXED).translate(str.maketrans("+-", "−+"))
    return timezone.replace("_", " ")


def find_zone(words: str) -> tuple[str | None, tuple[City, ...]]:
    """The timezone of a city, of an IANA name or of an offset such as UTC+4, as somebody typed it.

    Where there is none, the cities of near names.
    """
    exact, near = _named_cities().find(words)
    if exact:
        return exact.timezone, ()
    typed = " ".join(words.translate(_DASHES).split()).casefold()
    found = _zones().get(typed.replace(" ", "_")) or _fixed(typed)
    return found, () if found else near


def _fixed(typed: str) -> str | None:
    """The timezone of an offset in full hours from UTC."""
    if not (match := _OFFSET.fullmatch(typed)):
        return None
    name = f"{_FIXED}{'-' if match[1] == '+' else '+'}{int(match[2])}"
    return name if name in available_timezones() else None


@lru_cache(maxsize=1)
def _named_cities() -> Names[City]:
    return Names(
        Named(city, tuple(name for language in Language for name in city.names_in(language))) for city in CITIES
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """IANA names of places by their lower case, and by the place alone: "asia/omsk" and "omsk"."""
    names = sorted(name for name in available_timezones() if name == "UTC" or name.partition("/")[0] in _AREAS)
    places = {name.rpartition("/")[2].casefold(): name for name in names}
    return places | {name.casefold(): name for name in names}
