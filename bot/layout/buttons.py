"""Buttons held against Telegram's limits before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.layout.blocks import Ask, Button, Open, Press
from bot.layout.characters import units, visible
from bot.layout.limits import BUTTONS, BUTTONS_PER_ROW, CALLBACK_DATA, INLINE_QUERY

ADDRESSES = ("https://", "http://", "tg://")
"""How an address begins that Telegram opens from a button or a link."""


class ButtonError(ValueError):
    """A keyboard that Telegram would refuse; the message says which button, why, and what is allowed."""


def check_buttons(rows: Sequence[Sequence[Button]]) -> None:
    """Raise ButtonError where a keyboard is larger than Telegram takes, or a button's content is not one it takes."""
    total = sum(len(row) for row in rows)
    if total > BUTTONS:
        raise ButtonError(f"{total} buttons under one message: Telegram takes at most {BUTTONS}")
    for number, row in enumerate(rows, start=1):
        if len(row) > BUTTONS_PER_ROW:
            raise ButtonError(f"{len(row)} buttons in row {number}: Telegram takes at most {BUTTONS_PER_ROW}")
        for button in row:
            fault = _fault(button)
            if fault:
                raise ButtonError(f"button {button.label!r} in row {number}: {fault}")


def _fault(button: Button) -> str:
    if not visible(button.label):
        return "its label shows nothing"
    match button:
        case Press(data=data):
            size = len(data.encode("utf-8", "surrogatepass"))
            if not 0 < size <= CALLBACK_DATA:
                return f"its data is {size} bytes in UTF-8: Telegram takes 1 to {CALLBACK_DATA}"
        case Open(url=url):
            if not url.lower().startswith(ADDRESSES):
                return f"its address {url!r} begins with none of {', '.join(ADDRESSES)}"
        case Ask(query=query):
            if units(query) > INLINE_QUERY:
                return f"its query is {units(query)} characters: Telegram takes at most {INLINE_QUERY}"
    return ""
