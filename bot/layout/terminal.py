"""The printer for a terminal, and for a pipe when it prints without colour."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final, assert_never

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from bot.layout.blocks import (
    Block,
    Buttons,
    CardLink,
    Content,
    Details,
    Divider,
    Figure,
    Footnote,
    Heading,
    Inline,
    ItemList,
    Link,
    Open,
    Paragraph,
    Picture,
    Quote,
    Run,
    Screen,
    Table,
    plain,
)
from bot.layout.characters import clean, visible, without_marks_of_direction
from bot.layout.tables import as_list, filled, is_numeric

_UNBOUNDED: Final = 100_000
_NARROWEST_COLUMN: Final = 8
_NARROWEST_LINE: Final = 20
_PICTURE: Final = "🖼 "
_DIM: Final = Style(dim=True)


def print_terminal(
    screen: Screen, *, width: int | None, colour: bool, card_url: Callable[[str], str] | None = None
) -> str:
    """The screen as lines, each ended by a newline; empty where there is nothing to show.

    Lines are wrapped at `width` columns (at least 20), or not at all where it is None, as suits a pipe. With `colour`
    they hold ANSI colours, else none; of the texts no control character gets through. A card that a text links to is
    named in brackets by `card_url` (its id serves as well), where that is given. Of the buttons those that open an
    address remain.
    """
    return _Terminal(width, colour, card_url).print(screen)


class _Terminal:
    def __init__(self, width: int | None, colour: bool, card_url: Callable[[str], str] | None) -> None:
        self.width = None if width is None else max(width, _NARROWEST_LINE)
        self.colour = colour
        self.card_url = card_url
        self.console = Console(
            file=io.StringIO(),
            width=self.width or _UNBOUNDED,
            height=25,
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            force_jupyter=False,
            force_interactive=False,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def print(self, screen: Screen) -> str:
        printed: list[str] = []
        before: Block | None = None
        for block in screen.blocks:
            lines = [self.ansi(line) for line in self.lines(block)]
            if not any(line.strip() for line in lines):
                continue
            if before is not None and not _stands_close(before, block):
                printed.append("")
            printed += lines
            before = block
        return "".join(f"{line}\n" for line in printed)

    def ansi(self, line: Text) -> str:
        line.rstrip()
        with self.console.capture() as captured:
            self.console.print(line, soft_wrap=True, end="")
        return captured.get()

    def lines(self, block: Block) -> Iterable[Text]:
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph(content=content):
                return self.wrapped(self.line(content))
            case Figure():
                return self.figure(block)
            case Table():
                return self.table(block)
            case ItemList():
                return self.items(block)
            case Quote(content=content):
                return self.wrapped(self.line(content), "│ ", "│ ")
            case Details(summary=summary, content=content):
                inside = (line for part in content for line in self.wrapped(self.line(part), "  ", "  "))
                return (*self.wrapped(self.line(summary, "bold")), *inside)
            case Footnote(content=content):
                return self.wrapped(self.line(content, _DIM))
            case Divider():
                return [Text("* * *", style=_DIM)]
            case Picture(alt=alt, caption=caption):
                shown = self.wrapped(Text(_shown(alt), style="italic"), _PICTURE, " " * cell_len(_PICTURE))
                return (*shown, *self.wrapped(self.line(caption)))
            case Buttons(rows=rows):
                opening = (button for row in rows for button in row if isinstance(button, Open))
                return [Text(f"{_shown(b.label)}: {_shown(b.url)}".replace("\n", " ")) for b in opening]
            case _:
                assert_never(block)

    def heading(self, heading: Heading) -> Iterator[Text]:
        title = self.line(heading.content, "bold" if heading.level > 1 else "bold cyan")
        icon = _shown(heading.icon).strip()
        lines = self.wrapped(Text.assemble(f"{icon} " if icon else "", title))
        yield from lines
        if not self.colour and heading.level == 1:
            yield Text("=" * max((cell_len(line.plain.rstrip()) for line in lines), default=0))

    def figure(self, figure: Figure) -> Iterable[Text]:
        number = f"{_shown(figure.number)} {_shown(figure.unit)}".strip()
        return (*self.wrapped(Text(number, style="bold green")), *self.wrapped(self.line(figure.caption)))

    def items(self, items: ItemList) -> Iterator[Text]:
        last = items.start + len(items.items) - 1
        room = len(f"{last}. ") if items.numbered else 2
        for number, content in enumerate(items.items, start=items.start):
            sign = f"{number}. ".rjust(room) if items.numbered else "• "
            yield from self.wrapped(self.line(content), sign, " " * len(sign))

    def table(self, table: Table) -> Iterable[Text]:
        head, rows = filled(table)
        if not rows:
            return []
        if len(head) * _NARROWEST_COLUMN > self.console.width:
            lead, items = as_list(table)
            return (*(self.wrapped(self.line(lead.content)) if lead else []), *self.items(items))
        grid = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        for column, name in enumerate(head):
            numbers = is_numeric([plain(row[column]) for row in rows])
            grid.add_column(Text(_shown(name)), justify="right" if numbers else "left", overflow="fold")
        for row in rows:
            grid.add_row(*(self.line(cell) for cell in row))
        with self.console.capture() as captured:
            self.console.print(grid)
        return [Text.from_ansi(line) for line in captured.get().splitlines()]

    def line(self, content: Content, style: str | Style = "") -> Text:
        """One line's words in their styles, links with their address behind them."""
        out = Text(style=style)
        for part in content:
            shown = _shown(part.text)
            # Struck out is what no longer holds: that must not get lost where there are no styles.
            struck = isinstance(part, Run) and part.strike and not self.colour and bool(shown)
            out.append(f"~~{shown}~~" if struck else shown, style=_style(part))
            address = _shown(self.address(part))
            if address and address != shown:
                out.append(f" ({address})", style=_DIM)
        return out

    def address(self, part: Inline) -> str:
        match part:
            case Run():
                return ""
            case Link(url=url):
                return url
            case CardLink(card_id=card_id):
                return self.card_url(card_id) if self.card_url else ""
            case _:
                assert_never(part)

    def wrapped(self, text: Text, first: str = "", others: str = "") -> list[Text]:
        """Lines of at most the width, the first and the others each behind a prefix; none where nothing is seen."""
        if not visible(text.plain):
            return []
        lines: list[Text] = []
        for line in text.split("\n", allow_blank=True):
            room = None if self.width is None else self.width - cell_len(first)
            lines += [line] if room is None else line.wrap(self.console, room, overflow="fold") or [line]
        return [Text.assemble((others if number else first, ""), line) for number, line in enumerate(lines)]


def _stands_close(before: Block, block: Block) -> bool:
    match before, block:
        case (Footnote(), Footnote()):
            return True
        case (Heading(level=level), _):
            return level > 1
        case (Paragraph(content=content), ItemList() | Quote()):
            return plain(content).rstrip().endswith(":")
    return False


def _shown(text: str) -> str:
    return without_marks_of_direction(clean(text))


def _style(part: Inline) -> Style:
    if isinstance(part, Run):
        return Style(
            bold=part.bold or None,
            italic=part.italic or None,
            strike=part.strike or None,
            color="yellow" if part.mark else "cyan" if part.code else None,
            underline=part.mark or None,
        )
    return Style(bold=part.bold or None, underline=True, color="yellow" if part.mark else None)
