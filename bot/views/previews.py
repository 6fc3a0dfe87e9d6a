"""What stands under a preview of an edition: skip it, or send it after all."""

from __future__ import annotations

from bot.layout.blocks import Button
from bot.views.reading import Reading
from bot.views.routes import Route, View


def skip_buttons(reading: Reading, key: str, period: str, *, skipped: bool) -> tuple[tuple[Button, ...], ...]:
    """The buttons under the preview of the edition of a period, for the subscription of this key."""
    label, what = ("button-keep", "keep") if skipped else ("button-skip", "skip")
    turn = reading.press(label, Route(View.CHANGE, key, f"{what}:{period}"))
    return ((turn,), (reading.press("button-settings", Route(View.SETTINGS, key)),))
