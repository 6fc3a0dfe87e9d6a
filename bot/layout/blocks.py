"""The block model: *what* is shown. Views build blocks; printers turn them into Telegram HTML, terminal text and such.

Everything here is an immutable value. Texts are plain: no markup, nothing escaped. Only printers escape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `mark` is a word that a search matched."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens an address outside the bot. `bold` and `mark` as in a Run: a linked title can show a hit."""

    text: str
    url: str
    bold: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class CardLink:
    """Text that opens a card of ours; the printer knows how cards are reached where it prints."""

    text: str
    card_id: str
    bold: bool = False
    mark: bool = False


Inline = Run | Link | CardLink
Content = tuple[Inline, ...]
"""What stands on a line."""


def text(*parts: str | Inline) -> Content:
    """Build a line from plain strings and styled pieces; empty strings fall away."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part != "")


def bold(value: str) -> Run:
    """Emphasis that carries structure: a label, a name."""
    return Run(value, bold=True)


def italic(value: str) -> Run:
    """Emphasis within a sentence, or an aside."""
    return Run(value, italic=True)


def plain(content: Content) -> str:
    """The words of a line without their styles."""
    return "".join(part.text for part in content)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title. Level 1 opens a screen and stands once; 2 opens a part of it. `icon` is an emoji before the title."""

    content: Content
    level: int = 1
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    content: Content


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that stands out: `number` as shown ("820,000–920,000"), its unit, and what it counts in a line."""

    number: str
    unit: str = ""
    caption: Content = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads. Narrow places print a row as a list item, so the first column must name the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """Points, each a line; numbered where the order means something (`start` is the first number)."""

    items: tuple[Content, ...]
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's position or words, set apart."""

    content: Content


@dataclass(frozen=True, slots=True)
class Details:
    """A part that may stay folded until the reader opens it."""

    summary: Content
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """Small print at the end, such as citations and "as of"."""

    content: Content


@dataclass(frozen=True, slots=True)
class Divider:
    """A pause between two parts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path or by an id that the transport knows; `alt` says in words what it shows."""

    source: str
    alt: str
    caption: Content = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A button that calls the bot back; `data` is at most 64 bytes (Bot API: InlineKeyboardButton.callback_data)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Open:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A button that puts an inline query to this bot into a chat that the reader chooses, or into this one."""

    label: str
    query: str
    here: bool = False


Button = Press | Open | Ask


@dataclass(frozen=True, slots=True)
class Buttons:
    """Rows of buttons. A screen has at most one such block; printers put it under the last message."""

    rows: tuple[tuple[Button, ...], ...]


Block = Heading | Paragraph | Figure | Table | ItemList | Quote | Details | Footnote | Divider | Picture | Buttons


@dataclass(frozen=True, slots=True)
class Screen:
    """What one answer shows, from top to bottom."""

    blocks: tuple[Block, ...] = field(default=())

    @classmethod
    def of(cls, *blocks: Block | Iterable[Block] | None) -> Screen:
        """Build a screen from blocks and groups of blocks; None falls away."""
        flat: list[Block] = []
        for block in blocks:
            if block is None:
                continue
            if isinstance(block, Iterable):
                flat.extend(block)
            else:
                flat.append(block)
        return cls(tuple(flat))
