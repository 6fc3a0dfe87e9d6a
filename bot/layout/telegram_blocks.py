"""How each block looks in Telegram, on a phone first: blocks in, styled parts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

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
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    plain,
)
from bot.layout.buttons import ADDRESSES
from bot.layout.characters import clean, units, visible
from bot.layout.spans import (
    BOLD,
    CODE,
    FOLDED,
    ITALIC,
    PRE,
    QUOTE,
    STRIKE,
    UNDERLINE,
    Span,
    Spans,
    Style,
    joined,
    link,
    styled,
    trimmed,
    words,
)
from bot.layout.splitting import Part
from bot.layout.tables import as_letters, as_list

CardUrl = Callable[[str], str]
"""The address under which a card is reached, from its id."""

PHONE_COLUMNS: Final = 30
"""Letters of one width that fit side by side in a bubble on a narrow phone, at Telegram's default size of text."""

DIVIDER: Final = "———"

_LONG_ITEM: Final = 140
_HELD: Final = "\u00a0"  # keeps a bullet with its first word, in a line and at a split


@dataclass(frozen=True, slots=True)
class PicturePart:
    """A picture and the text that goes under it."""

    picture: Picture
    caption: Part


def typeset(blocks: Iterable[Block], card_url: CardUrl) -> Iterator[Part | PicturePart]:
    """Each block as the text it is printed as, with the gap to the one before; none for blocks that show nothing."""
    before: Block | None = None
    divided = False
    for block in blocks:
        if isinstance(block, Divider):
            divided = before is not None
            continue
        spans = trimmed(joined(_spans(block, card_url)))
        seen = visible(words(spans))
        if not seen and not isinstance(block, Picture):
            continue
        part = Part(spans if seen else (), _gap(before, block, divided), isinstance(block, Heading))
        yield PicturePart(block, part) if isinstance(block, Picture) else part
        before, divided = block, False


def _gap(before: Block | None, block: Block, divided: bool) -> str:
    if divided:
        return f"\n\n{DIVIDER}\n\n"
    match before, block:
        case (Heading(level=level), _) if level > 1 and not isinstance(block, Heading):
            return "\n"
        case (Footnote(), Footnote()):
            return "\n"
        case (Paragraph(content=content), ItemList() | Table() | Quote()) if plain(content).rstrip().endswith(":"):
            return "\n"
    return "\n\n"


def _spans(block: Block, card_url: CardUrl) -> list[Span]:
    match block:
        case Heading(content=content, icon=icon):
            sign = [Span(f"{clean(icon)} ")] if visible(clean(icon)) else []
            return [*sign, *_line(content, card_url, BOLD)]
        case Paragraph(content=content):
            return _line(content, card_url)
        case Figure():
            return _figure(block, card_url)
        case Table():
            return _table(block, card_url)
        case ItemList():
            return _items(block, card_url)
        case Quote(content=content):
            return _set_apart(_line(content, card_url), QUOTE)
        case Details():
            return _details(block, card_url)
        case Footnote(content=content):
            return _line(content, card_url, ITALIC)
        case Picture(alt=alt, caption=caption):
            # Telegram has no place for the words that stand for a picture, so they stand where a caption is missing.
            return _line(caption if visible(clean(plain(caption))) else (Run(alt),), card_url)
        case Buttons() | Divider():
            return []
        case _:
            assert_never(block)


def _line(content: Content, card_url: CardUrl, *around: Style) -> list[Span]:
    return [styled(clean(part.text), (*around, *_styles(part, card_url))) for part in content]


def _styles(part: Inline, card_url: CardUrl) -> Iterator[Style]:
    if part.bold or part.mark:
        yield BOLD
    if part.mark:
        yield UNDERLINE
    match part:
        case Run(italic=italic, strike=strike, code=code):
            yield from (style for style, on in ((ITALIC, italic), (STRIKE, strike), (CODE, code)) if on)
        case Link(url=url):
            yield from _link(url)
        case CardLink(card_id=card_id):
            yield from _link(card_url(card_id))
        case _:
            assert_never(part)


def _link(address: str) -> Iterator[Style]:
    """A link only where Telegram opens it; elsewhere its words stand plain, as Telegram would leave them."""
    address = clean(address).strip()
    if address.lower().startswith(ADDRESSES):
        yield link(address)


def _figure(figure: Figure, card_url: CardUrl) -> list[Span]:
    number = " ".join(part for part in (clean(figure.number).strip(), clean(figure.unit).strip()) if part)
    return [Span(number, (BOLD,)), Span("\n"), *_line(figure.caption, card_url)]


def _table(table: Table, card_url: CardUrl) -> list[Span]:
    letters = as_letters(table, PHONE_COLUMNS)
    if letters is not None:
        return [Span(letters, (PRE,))]
    lead, rows = as_list(table)
    return [*(_line(lead.content, card_url) if lead else []), Span("\n"), *_items(rows, card_url)]


def _items(items: ItemList, card_url: CardUrl) -> list[Span]:
    shown = [line for content in items.items if visible(words(line := _bare(content, card_url)))]
    out: list[Span] = []
    for number, line in enumerate(shown, start=items.start):
        sign = f"{number}." if items.numbered else "•"
        out += [Span((_between(shown) if out else "") + sign + _HELD), *line]
    return out


def _details(details: Details, card_url: CardUrl) -> list[Span]:
    paragraphs = [line for content in details.content if visible(words(line := _bare(content, card_url)))]
    inside: list[Span] = []
    for line in paragraphs:
        inside += [*([Span(_between(paragraphs))] if inside else []), *line]
    return [*trimmed(joined(_line(details.summary, card_url, BOLD))), Span("\n"), *_set_apart(inside, FOLDED)]


def _set_apart(spans: Iterable[Span], quote: Style) -> list[Span]:
    return [styled(span.text, (quote, *span.styles)) for span in trimmed(joined(spans))]


def _bare(content: Content, card_url: CardUrl) -> Spans:
    return trimmed(joined(_line(content, card_url)))


def _between(lines: Sequence[Spans]) -> str:
    """Short lines stand close; where one runs over several lines of a phone, air keeps them apart."""
    return "\n\n" if any(units(words(line)) > _LONG_ITEM or "\n" in words(line) for line in lines) else "\n"
