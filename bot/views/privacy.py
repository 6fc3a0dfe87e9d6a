"""Everything that is kept about a chat, field by field, as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot import i18n
from bot.layout.blocks import Button, Buttons, Content, Footnote, Heading, ItemList, Paragraph, Screen, bold, text
from bot.views.cities import zone_name
from bot.views.reading import Reading
from bot.views.routes import Route, View

Rows = Sequence[Mapping[str, Any]]
UNDER_WAY = ("queued", "retry", "sending")
"""States of a delivery that is not done: each such is shown by itself."""
FILES = "draft_files-draft"
"""The place of the files of a draft, of the cards that are being written, and of where Telegram has texts."""


def privacy_screen(
    reading: Reading, kept: Sequence[tuple[str, Rows]], *, outbox_days: int, key: str = "", channel: str = ""
) -> Screen:
    """All of it. `kept` are the places where there is something (`subscriptions-chat`) with their rows.

    `key` is that of a subscription of the channel called `channel`; empty for the chat in which this is shown.
    """
    title = reading.text("privacy-title-channel", name=channel) if channel else reading.text("privacy-title")
    if not kept:
        return Screen.of(
            Heading(text(title), icon="🔐"),
            Paragraph(text(reading.text("privacy-nothing"))),
            Footnote(text(reading.text("privacy-spool"))),
            Footnote(text(reading.text("privacy-backups"))),
            Buttons(((reading.menu(),),)),
        )
    return Screen.of(
        Heading(text(title), icon="🔐"),
        Paragraph(text(reading.text("privacy-intro"))),
        *(block for name, rows in kept for block in _section(reading, name, rows, outbox_days)),
        Paragraph(text(reading.text("privacy-forget-how"))),
        Footnote(text(reading.text("privacy-spool"))),
        Footnote(text(reading.text("privacy-backups"))),
        Buttons((_ways(reading, key), (reading.menu(),))),
    )


def _ways(reading: Reading, key: str) -> tuple[Button, ...]:
    export = reading.press("button-export", Route(View.CHANGE, key, "export"))
    return (export, reading.press("button-forget", Route(View.UNSUBSCRIBE, key, "forget")))


def _section(reading: Reading, name: str, rows: Rows, outbox_days: int) -> list[Heading | ItemList | Paragraph]:
    if name == FILES:
        return [
            Heading(text(reading.text(f"kept-{name}")), level=2),
            ItemList(tuple(_file(reading, row) for row in rows)),
        ]
    shown = [row for row in rows if name != "outbox-chat" or row["state"] in UNDER_WAY]
    blocks: list[Heading | ItemList | Paragraph] = []
    for row in shown:
        blocks += [Heading(text(reading.text(f"kept-{name}")), level=2), ItemList(_fields(reading, row))]
    if done := len(rows) - len(shown):
        blocks.append(Paragraph(text(reading.text("privacy-more", count=done, days=outbox_days))))
    return blocks


def _file(reading: Reading, row: Mapping[str, Any]) -> Content:
    """A file by its name and size; what it holds stands in the export."""
    held = row["data"]
    size = reading.text("draft-file-goes") if held is None else reading.text("privacy-size", count=len(held.encode()))
    return text(bold(f"{row['path']}:"), f" {size}")


def _fields(reading: Reading, row: Mapping[str, Any]) -> tuple[Content, ...]:
    return tuple(
        text(bold(f"{reading.text(f'kept-{field}')}:"), f" {_shown(reading, field, value)}")
        for field, value in row.items()
    )


def _shown(reading: Reading, field: str, value: Any) -> str:
    """A value in words; as it stands where there are none for it."""
    if value is None or value == "" or value == []:
        return reading.text("topics-all") if field == "topics" else reading.text("none")
    if isinstance(value, bool):
        return reading.text("yes" if value else "no")
    show = _WORDS.get(field)
    return show(reading, value) if show else str(value)


def _moment(reading: Reading, value: float) -> str:
    moment = datetime.fromtimestamp(value, UTC)
    day = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    return reading.text("moment-at", day=day, hour=f"{moment:%H:%M} UTC")


def _state(reading: Reading, value: str) -> str:
    return reading.text(f"kept-state-{value}")


def _topics(reading: Reading, value: str) -> str:
    chosen = value.split(",")
    titles = {topic.id: reading.title(topic.summary) for topic in reading.catalog.topics}
    return ", ".join(titles.get(each, each) for each in chosen)


_MOMENTS = (
    "unreachable_since",
    "until",
    "since",
    "next_due",
    "due",
    "send_before",
    "not_before",
    "settled",
    "changed",
    "publish_at",
)
_WORDS: dict[str, Callable[[Reading, Any], str]] = {
    "kind": lambda reading, value: reading.text(f"kept-kind-{value}"),
    "language": lambda reading, value: reading.text(f"language-{value}"),
    "cadence": lambda reading, value: reading.text(f"cadence-{value}"),
    "weekday": lambda reading, value: reading.text("settings-monday", day=value),
    "timezone": lambda reading, value: zone_name(reading.language, value),
    "zone": lambda reading, value: zone_name(reading.language, value),
    "refused": lambda _reading, value: ", ".join(each["at"][0] for each in value),
    "hour": lambda _reading, value: f"{value}:00",
    "topics": _topics,
    "state": _state,
    "holds": lambda _reading, value: "; ".join(", ".join(message) for message in value),
    **dict.fromkeys(_MOMENTS, _moment),
}
