"""The screens on which one setting of a subscription is chosen, and the prompts that are answered in writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.catalog.snapshot import card_key
from bot.i18n import Language
from bot.layout.blocks import Button, Buttons, Heading, Link, Paragraph, Press, Screen, text
from bot.subscription import Cadence
from bot.views.cities import CITIES, MAIN_CITIES, City, zone_name
from bot.views.lists import page_buttons, pages
from bot.views.reading import Reading, rows
from bot.views.routes import Route, View
from bot.views.subscriptions import LIST, MAIN, Kept, also_button, another_hears

PAUSES = (1, 2, 3, 4, 6, 8, 12)
"""Weeks that a pause may last."""
PREVIEWS = (0, 1, 3, 6, 12, 24)
"""Hours that a preview may come before; 0 is none."""
HEADER_LIMIT = 120
"""Most characters of a channel's own line: it must leave room for the digest, and look like a line."""
PROMPTS = ("header", "hashtag", "zone")
"""What can be answered in writing."""
_START = "u-"
_PROMPT = re.compile(rf"\?start={_START}([a-z0-9]{{8}})-({'|'.join(PROMPTS)})$")
_DEEP_LINK = re.compile(rf"{_START}([a-z0-9]{{8}})(?:-(?:{'|'.join(PROMPTS)}))?")


def choosing_screen(reading: Reading, kept: Kept, trail: str, page: int = 0) -> Screen | None:
    """The screen of a choice; None where there is none of this name."""
    build = SCREENS.get(trail)
    return build(reading, kept, page) if build else None


def prompt_screen(reading: Reading, kept: Kept, what: str, wrong: str = "") -> Screen:
    """A question that is answered in writing; `wrong` says what was, where it is asked once more.

    Its link names the subscription, so that nothing need be remembered.
    """
    link = reading.card_url(f"{_START}{kept.key}-{what}")
    asked = reading.text(f"prompt-{what}", limit=HEADER_LIMIT)
    return Screen.of(
        Paragraph(text(wrong)) if wrong else None,
        Paragraph(text(asked)),
        Paragraph(text(Link(reading.text("prompt-link"), link))),
    )


def prompted(url: str) -> tuple[str, str] | None:
    """The subscription's key and what was asked, from the link of a prompt; None where it is another link."""
    match = _PROMPT.search(url)
    return (match[1], match[2]) if match else None


def linked(words: str) -> str | None:
    """The subscription's key from the words of a deep link to its settings."""
    match = _DEEP_LINK.fullmatch(words)
    return match[1] if match else None


def cities_screen(reading: Reading, words: str, near: Iterable[City], kept: Kept | None) -> Screen:
    """A typed city is none that we know: those written nearly like it, for one subscription or for all of the chat."""
    key = kept.key if kept else ""
    buttons = [
        (Press(city.name_in(reading.language), Route(View.CHANGE, key, f"zone:{city.key}").data()),) for city in near
    ]
    note = reading.text("zone-near" if buttons else "zone-unknown", words=words)
    back = Route(View.SETTINGS, key, "zone" if kept else LIST)
    return Screen.of(Paragraph(text(note)), Buttons((*buttons, (reading.press("button-back", back), reading.menu()))))


def _screen(reading: Reading, kept: Kept, what: str, note: str, buttons: Iterable[tuple[Button, ...]]) -> Screen:
    return Screen.of(
        Heading(text(reading.text(f"ask-{what}"))),
        Paragraph(text(note)) if note else None,
        Buttons((*buttons, (reading.press("button-back", kept.settings(MAIN)),))),
    )


def _option(label: str, chosen: bool, route: Route) -> Press:
    return Press(f"✓ {label}" if chosen else label, route.data())


def _cadence(reading: Reading, kept: Kept, _page: int) -> Screen:
    now = kept.subscription.choices.schedule.cadence
    buttons = [
        _option(reading.text(f"cadence-{each.value}"), each is now, kept.change("cadence", each.value))
        for each in Cadence
    ]
    return _screen(reading, kept, "cadence", "", rows(buttons, 2))


def _day(reading: Reading, kept: Kept, _page: int) -> Screen:
    schedule = kept.subscription.choices.schedule
    buttons = [
        _option(reading.text("settings-monday", day=day), day == schedule.weekday, kept.change("day", day))
        for day in range(7)
    ]
    monthly = schedule.cadence is Cadence.MONTHLY
    return _screen(reading, kept, "day-monthly" if monthly else "day", "", rows(buttons, 2))


def _hour(reading: Reading, kept: Kept, _page: int) -> Screen:
    schedule = kept.subscription.choices.schedule
    buttons = [_option(f"{hour}:00", hour == schedule.hour, kept.change("hour", hour)) for hour in range(24)]
    note = reading.text("ask-hour-text", zone=zone_name(reading.language, schedule.timezone))
    return _screen(reading, kept, "hour", note, rows(buttons, 4))


def _zone(reading: Reading, kept: Kept, page: int) -> Screen:
    now = kept.subscription.choices.schedule.timezone
    on_page = len(MAIN_CITIES)
    cities = sorted(CITIES, key=lambda city: (city.key not in MAIN_CITIES, city.name_in(reading.language)))
    page = min(page, pages(len(cities), on_page) - 1)
    shown = cities[page * on_page : (page + 1) * on_page]
    buttons = [
        _option(city.name_in(reading.language), city.timezone == now, kept.change("zone", city.key)) for city in shown
    ]
    turn = page_buttons(kept.settings("zone"), page, pages(len(cities), on_page))
    write = reading.press("button-zone-type", kept.change("ask", "zone"))
    return _screen(
        reading,
        kept,
        "zone",
        reading.text("ask-zone-text"),
        (*rows(buttons, 3), *([turn] if turn else []), (write,)),
    )


def _speak(reading: Reading, kept: Kept, _page: int) -> Screen:
    now = kept.subscription.language
    buttons = [
        _option(reading.text(f"language-{each.value}").capitalize(), each is now, kept.change("speak", each.value))
        for each in Language
    ]
    also = [also_button(reading, kept, each) for each in Language if each is not now]
    return _screen(reading, kept, "speak", reading.text("ask-speak-text"), (*rows(buttons, 2), *rows(also, 1)))


def _topics(reading: Reading, kept: Kept, _page: int) -> Screen:
    chosen = kept.subscription.choices.topics
    buttons = [
        _option(
            f"{topic.icon} {reading.title(topic.summary)}",
            topic.id in chosen,
            kept.change("topic", f"{card_key(topic.id)}:{int(topic.id not in chosen)}"),
        )
        for topic in reading.catalog.topics
    ]
    every = _option(reading.text("button-topics-all"), not chosen, kept.change("topics", "all"))
    return _screen(reading, kept, "topics", reading.text("ask-topics-text"), ((every,), *rows(buttons, 2)))


def _pause(reading: Reading, kept: Kept, _page: int) -> Screen:
    buttons = [reading.press("pause-weeks", kept.change("pause", weeks), weeks=weeks) for weeks in PAUSES]
    return _screen(reading, kept, "pause", "", rows(buttons, 2))


def _preview(reading: Reading, kept: Kept, _page: int) -> Screen:
    now, notes = kept.preview_hours, [reading.text("ask-preview-text")]
    if kept.another:
        notes.insert(0, another_hears(reading, kept, "preview-another"))
    buttons = [
        _option(reading.text("preview-hours", hours=hours), hours == now, kept.change("preview", hours))
        for hours in PREVIEWS
    ]
    return _screen(reading, kept, "preview", " ".join(notes), rows(buttons, 2))


def _header(reading: Reading, kept: Kept, _page: int) -> Screen:
    return _written(reading, kept, "header", kept.subscription.choices.header)


def _hashtag(reading: Reading, kept: Kept, _page: int) -> Screen:
    return _written(reading, kept, "hashtag", kept.subscription.choices.hashtag)


def _written(reading: Reading, kept: Kept, what: str, now: str) -> Screen:
    """What is written, not chosen: as it stands, and buttons to write it or leave it out."""
    buttons: list[Button] = [reading.press("button-write", kept.change("ask", what))]
    if now:
        buttons.append(reading.press("button-remove", kept.change(what, 0)))
    return _screen(reading, kept, what, now or reading.text(f"ask-{what}-text"), (tuple(buttons),))


SCREENS: dict[str, Callable[[Reading, Kept, int], Screen]] = {
    "cadence": _cadence,
    "day": _day,
    "hour": _hour,
    "zone": _zone,
    "speak": _speak,
    "topics": _topics,
    "pause": _pause,
    "preview": _preview,
    "header": _header,
    "hashtag": _hashtag,
}
"""Each choice by the name that buttons carry."""
