"""What a press or an answer in writing changes in what the owner of a subscription chose. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.catalog.snapshot import Catalog, card_key
from bot.subscription import Cadence, Choices
from bot.views.choosing import PREVIEWS
from bot.views.cities import city_of_key

Change = Callable[[Choices, str, Catalog], Choices | None]
HASHTAG_LIMIT = 60
"""Most characters of a hashtag: longer ones nobody types."""
_HASHTAG = re.compile(r"#?(?!\d+$)\w+")


def changed(choices: Choices, what: str, value: str, catalog: Catalog) -> Choices | None:
    """The choices after a press of a button `what:value`; None where there is no such choice (any more)."""
    change = _CHANGES.get(what)
    return change(choices, value, catalog) if change else None


def hashtag_of(words: str) -> str | None:
    """A hashtag as it was typed, with or without its #; None where it is none."""
    tag = words.strip()
    return f"#{tag.removeprefix('#')}" if len(tag) <= HASHTAG_LIMIT and _HASHTAG.fullmatch(tag) else None


def header_of(words: str) -> str:
    """A line as it was typed, on one line."""
    return " ".join(words.split())


def with_timezone(choices: Choices, timezone: str) -> Choices:
    """The same by the clocks of another place."""
    return replace(choices, schedule=replace(choices.schedule, timezone=timezone))


def _cadence(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
    if value not in set(Cadence):
        return None
    return replace(choices, schedule=replace(choices.schedule, cadence=Cadence(value)))


def _day(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
    day = _within(value, range(7))
    return None if day is None else replace(choices, schedule=replace(choices.schedule, weekday=day))


def _hour(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
    hour = _within(value, range(24))
    return None if hour is None else replace(choices, schedule=replace(choices.schedule, hour=hour))


def _zone(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
    city = city_of_key(value)
    return with_timezone(choices, city.timezone) if city else None


def _topic(choices: Choices, value: str, catalog: Catalog) -> Choices | None:
    """One topic more or less. All of them is none: so those that come later are chosen too."""
    key, _, on = value.partition(":")
    there = {topic.id for topic in catalog.topics}
    found = next((each for each in there if card_key(each) == key), None)
    if found is None or on not in ("0", "1"):
        return None
    kept = set(choices.topics) & there
    kept = kept | {found} if on == "1" else kept - {found}
    return replace(choices, topics=() if kept == there else tuple(sorted(kept)))


def _all_topics(choices: Choices, _value: str, _catalog: Catalog) -> Choices:
    return replace(choices, topics=())


def _preview(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
    hours = _within(value, PREVIEWS)
    return None if hours is None else replace(choices, preview_hours=hours)


def _switch(name: str) -> Change:
    def turn(choices: Choices, value: str, _catalog: Catalog) -> Choices | None:
        turned: dict[str, Any] = {name: value == "1"}
        return replace(choices, **turned) if value in ("0", "1") else None

    return turn


def _removal(name: str) -> Change:
    def remove(choices: Choices, _value: str, _catalog: Catalog) -> Choices:
        removed: dict[str, Any] = {name: ""}
        return replace(choices, **removed)

    return remove


def _within(value: str, allowed: range | tuple[int, ...]) -> int | None:
    return int(value) if value.isdecimal() and int(value) in allowed else None


_CHANGES: dict[str, Change] = {
    "cadence": _cadence,
    "day": _day,
    "hour": _hour,
    "zone": _zone,
    "topic": _topic,
    "topics": _all_topics,
    "preview": _preview,
    "quiet": _switch("quiet"),
    "empty": _switch("skip_empty"),
    "links": _switch("links"),
    "header": _removal("header"),
    "hashtag": _removal("hashtag"),
}
