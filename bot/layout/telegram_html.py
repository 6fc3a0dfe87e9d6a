"""The printer for every chat: a screen as messages in classic Telegram HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.layout.blocks import Button, Buttons, Picture, Screen
from bot.layout.buttons import check_buttons
from bot.layout.characters import visible
from bot.layout.limits import CAPTION, MESSAGE_TEXT
from bot.layout.spans import ITALIC, UNDERLINE, fits, lightened, words, write
from bot.layout.splitting import Part, split, together
from bot.layout.telegram_blocks import CardUrl, PicturePart, typeset

_NO_WORDS = "…"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent: `html` for parse mode HTML, or the caption where there is a `picture`.

    `html` is empty only under a picture without words.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Parts that may share a message, under a picture or by themselves."""

    parts: tuple[Part, ...]
    picture: Picture | None = None


def print_html(screen: Screen, *, card_url: CardUrl, limit: int = MESSAGE_TEXT) -> tuple[Message, ...]:
    """The messages of a screen in order, each of at most `limit` UTF-16 units after parsing and in Telegram's limits.

    A picture is a message of its own, with headings right before it in its caption. Buttons stand under the last
    message; where a screen has buttons and no words, under a lone "…", for Telegram sends no empty message. A screen
    that shows nothing is no message. Raises ButtonError where the buttons are not such as Telegram takes.
    """
    buttons = tuple(row for block in screen.blocks if isinstance(block, Buttons) for row in block.rows if row)
    check_buttons(buttons)
    messages = [message for sheet in _sheets(typeset(screen.blocks, card_url)) for message in _messages(sheet, limit)]
    if buttons and not messages:
        messages = [Message(_NO_WORDS)]
    if messages:
        last = messages.pop()
        messages.append(Message(last.html, buttons, last.picture))
    return tuple(messages)


def _sheets(parts: Iterable[Part | PicturePart]) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    flow: list[Part] = []
    for part in parts:
        if isinstance(part, Part):
            flow.append(part)
            continue
        headings = len(flow)
        while headings and flow[headings - 1].leads:
            headings -= 1
        sheets += [_Sheet(tuple(flow[:headings])), _Sheet((*flow[headings:], part.caption), part.picture)]
        flow = []
    return [*sheets, _Sheet(tuple(flow))]


def _messages(sheet: _Sheet, limit: int) -> list[Message]:
    parts = _light_enough(sheet.parts, limit)
    texts = list(split(parts, limit, min(limit, CAPTION) if sheet.picture else None))
    captions = [Message(write(texts.pop(0)) if texts else "", picture=sheet.picture)] if sheet.picture else []
    return captions + [Message(write(text)) for text in texts if visible(words(text))]


def _light_enough(parts: tuple[Part, ...], limit: int) -> tuple[Part, ...]:
    """Lets underlining and then italics go where that alone keeps a screen in one message."""
    for styles in ((), (UNDERLINE,), (UNDERLINE, ITALIC)):
        lighter = tuple(Part(lightened(part.spans, *styles), part.gap, part.leads) for part in parts)
        if fits(together(lighter), limit):
            return lighter
    return parts
