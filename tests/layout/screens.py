"""Any text and any screen, for property tests."""

from hypothesis import settings
from hypothesis import strategies as st

from bot.layout.blocks import (
    Ask,
    Block,
    Buttons,
    CardLink,
    Content,
    Details,
    Divider,
    Figure,
    Footnote,
    Heading,
    ItemList,
    Link,
    Open,
    Paragraph,
    Picture,
    Press,
    Quote,
    Run,
    Screen,
    Table,
)
from bot.layout.characters import clean, visible

AWKWARD = (
    "<b>", "</b>", "&amp;", "&", "<", ">", '"', "'", "&lt", "&#0;", "<!--", "]]>", "<a href='x'>",
    "\n", "\n\n", " \n ", "  ", "\t", "\r\n", "\u00a0", "\u2028", "\x0b", "\x00", "\x1b[31m", "\x1b]0;title\x07",
    "\x9b2J", "\x1b]open", "\x7f", "\x85", "\u202e", "\u200f", "\u2067", "\u200b", "\u200d", "\ufeff",
    "\ufe0f", "\ud83d", "\udc00",
    "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇬🇪", "👍🏽", "é", "й", "שלום", "مرحبا", "क्षि", "漢字", "𝔘", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚",
    "Визы. ", "Left in 2022! ", "820\u00a0000", "word ", "слово ", "x" * 60, "#tag", "@name", "/policy", "example.com",
)  # fmt: skip

unhurried = settings(deadline=None, max_examples=60)
"""For screens: they take their time to make up on a busy machine."""

texts = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=12), max_size=12).map("".join)
addresses = st.sampled_from(('https://example.org/?a=1&b="2"\'<>', "HTTP://x.org", "", "javascript:alert(1)", "x y"))
ids = st.sampled_from(("visas", "georgia-2023"))
flags = st.booleans()
inlines = (
    st.builds(Run, texts, bold=flags, italic=flags, code=flags, strike=flags, mark=flags)
    | st.builds(Link, texts, addresses, bold=flags, mark=flags)
    | st.builds(CardLink, texts, ids, bold=flags, mark=flags)
)
contents = st.lists(inlines, max_size=5).map(tuple)
lines = st.lists(contents, max_size=5).map(tuple)
tables = st.builds(
    Table,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.lists(contents, max_size=3).map(tuple), max_size=4).map(tuple),
)
pictures = st.builds(Picture, st.just("chart.png"), texts, contents)
presses = st.builds(Press, st.just("Next"), st.text("abc:", min_size=1, max_size=64))
buttons = (
    presses | st.builds(Open, st.just("Open"), st.just("https://x.org")) | st.builds(Ask, st.just("Ask"), st.just("q"))
)
keyboards = st.builds(Buttons, st.lists(st.lists(buttons, max_size=8).map(tuple), max_size=4).map(tuple))
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, contents, st.integers(1, 2), st.sampled_from(("", "📊", "\u200b"))),
    st.builds(Paragraph, contents),
    st.builds(Figure, texts, texts, contents),
    tables,
    st.builds(ItemList, lines, flags, st.integers(1, 99)),
    st.builds(Quote, contents),
    st.builds(Details, contents, lines),
    st.builds(Footnote, contents),
    st.just(Divider()),
    pictures,
    keyboards,
)
screens = st.lists(blocks, max_size=8).map(lambda chosen: Screen(tuple(chosen)))


def seen(text: str) -> str:
    """The letters that a reader sees, without white space, dividers, bullets and bars."""
    return "".join(c for c in clean(text) if visible(c) and c not in "—•│")


def said(block: Block) -> list[str]:
    """The words of a block, piece by piece, in the order in which a reader must meet them; pictures left aside."""
    match block:
        case Heading(content=content, icon=icon):
            return [icon, *pieces(content)]
        case Paragraph(content=content) | Quote(content=content) | Footnote(content=content):
            return pieces(content)
        case Figure(number=number, unit=unit, caption=caption):
            return [number, unit, *pieces(caption)]
        case Table(rows=rows):
            return pieces(*(cell for row in rows for cell in row))
        case ItemList(items=items):
            return pieces(*items)
        case Details(summary=summary, content=content):
            return pieces(summary, *content)
    return []


def pieces(*lines: Content) -> list[str]:
    return [part.text for line in lines for part in line]


def assert_all_said_in_order(text: str, blocks: tuple[Block, ...]) -> None:
    """Each piece of each block stands in the text, behind the piece before it."""
    shown = seen(text)
    at = 0
    for piece in [seen(piece) for block in blocks for piece in said(block)]:
        found = shown.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)
