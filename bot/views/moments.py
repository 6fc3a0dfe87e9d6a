"""When a draft is to be published: the moments to choose from, each with the timezone that it is said in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import i18n
from bot.layout.blocks import Buttons, Heading, Link, Paragraph, Press, Screen, text
from bot.views.cities import City, zone_name
from bot.views.drafts import LATER, draft_route
from bot.views.reading import Reading


def moment_name(reading: Reading, moment: datetime) -> str:
    """A day and an hour in words."""
    day = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    return reading.text("moment-at", day=day, hour=f"{moment:%H:%M}")


def zoned_name(reading: Reading, seconds: int, zone: str) -> str:
    """A moment (seconds since 1970) in words, local to a timezone (an IANA name) and with its name."""
    local = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    return reading.text("moment-zoned", moment=moment_name(reading, local), zone=zone_name(reading.language, zone))


def later_screen(reading: Reading, key: str, moments: Sequence[datetime], zone: str) -> Screen:
    """When to publish: some moments as buttons, any other in writing. The moments are local to `zone`."""
    seconds = [int(moment.timestamp()) for moment in moments]
    buttons = tuple(
        (Press(zoned_name(reading, each, zone), draft_route(key, f"{LATER}:{each}").data()),) for each in seconds
    )
    other = reading.press("button-other-moment", draft_route(key, f"{LATER}:ask"))
    return Screen.of(
        Heading(text(reading.text("later-title")), icon="⏰"),
        Paragraph(text(reading.text("later-text", zone=zone_name(reading.language, zone)))),
        Buttons((*buttons, (other, reading.press("button-back", draft_route(key))))),
    )


def later_ask_screen(reading: Reading, key: str, zone: str, wrong: str = "") -> Screen:
    """The question for a moment, answered in writing; its link says of which draft, so that nothing is remembered.
    `wrong` says what could not be understood of the answer before.
    """
    asked = reading.text("later-ask", zone=zone_name(reading.language, zone))
    link = Link(reading.text("draft-prompt-link"), reading.card_url(f"d-{key}"))
    return Screen.of(Paragraph(text("⚠️ ", wrong)) if wrong else None, Paragraph(text(asked)), Paragraph(text(link)))


def unknown_zone(reading: Reading, words: str, near: Sequence[City]) -> str:
    """The place that somebody wrote behind a time is not known; perhaps one of these was meant."""
    if not near:
        return reading.text("later-zone-unknown", zone=words)
    names = ", ".join(city.name_in(reading.language) for city in near)
    return reading.text("later-zone-near", zone=words, near=names)
