"""Each block as Telegram shows it, and any screen within Telegram's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.layout.blocks import (
    Block,
    Buttons,
    CardLink,
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
    Press,
    Quote,
    Run,
    Screen,
    Table,
    bold,
    text,
)
from bot.layout.buttons import ButtonError
from bot.layout.characters import clean, visible
from bot.layout.limits import CAPTION, ENTITIES, MESSAGE_TEXT
from bot.layout.telegram_html import Message, print_html
from bot.sandbox.entities import tidied, trimmed, with_found
from bot.sandbox.entities_html import parse_html
from bot.sandbox.shapes import utf16_length

from .screens import assert_all_said_in_order, contents, screens, seen, texts, unhurried
from .telegram_reading import read, utf16

HELD = "\u00a0"


def card_url(card_id: str) -> str:
    return f"https://t.me/bot?start={card_id}"


def printed(*blocks: Block, limit: int = MESSAGE_TEXT) -> tuple[Message, ...]:
    return print_html(Screen.of(*blocks), card_url=card_url, limit=limit)


def html(*blocks: Block) -> str:
    (message,) = printed(*blocks)
    return message.html


def said_in(messages: tuple[Message, ...]) -> str:
    return "".join(read(message.html)[0] for message in messages)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(text("Visas & papers"), icon="🛂"), "🛂 <b>Visas &amp; papers</b>"),
        (Heading(text("Part"), level=2), "<b>Part</b>"),
        (
            Paragraph(text("a ", bold("b"), Run(" c", italic=True), Run("d", strike=True))),
            "a <b>b</b><i> c</i><s>d</s>",
        ),
        (Paragraph(text("  padded \n")), "padded"),
        (Figure("820,000–920,000", "people", text("left by July")), "<b>820,000–920,000 people</b>\nleft by July"),
        (Figure("12%"), "<b>12%</b>"),
        (ItemList((text("a"), text("b"))), f"•{HELD}a\n•{HELD}b"),
        (ItemList((text("a"), text(" "), text("b")), numbered=True, start=9), f"9.{HELD}a\n10.{HELD}b"),
        (ItemList((text("a"), text("b" * 141))), f"•{HELD}a\n\n•{HELD}{'b' * 141}"),
        (Quote(text("a\nb ")), "<blockquote>a\nb</blockquote>"),
        (
            Details(text("Why"), (text("One."), text("Two."))),
            "<b>Why</b>\n<blockquote expandable>One.\nTwo.</blockquote>",
        ),
        (Details((), (text("One."),)), "<blockquote expandable>One.</blockquote>"),
        (Details(text("Why"), ()), "<b>Why</b>"),
        (Footnote(text("Source: A, 2024")), "<i>Source: A, 2024</i>"),
        (
            Table(("Country", "People"), ((text("Georgia"), text("60,000")),)),
            "<pre>Country  People\nGeorgia  60,000</pre>",
        ),
        (
            Table(("Country", "People"), ((text("Georgia"), text("60,000, or more by other counts")),)),
            f"<i>Country — People</i>\n•{HELD}<b>Georgia</b> — 60,000, or more by other counts",
        ),
        (
            Table(
                ("Country", "People", "When"), ((text("Georgia"), text("60,000"), text("as of the end of May 2023")),)
            ),
            f"•{HELD}<b>Georgia</b> — People: 60,000 · When: as of the end of May 2023",
        ),
    ],
)
def test_a_block_looks_its_best(block: Block, expected: str) -> None:
    assert html(block) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Run("visa", mark=True), "<b><u>visa</u></b>"),
        (Run("/policy", code=True, bold=True, mark=True), "<code>/policy</code>"),
        (Link("a", 'https://x.org/?a="&b'), '<a href="https://x.org/?a=&quot;&amp;b">a</a>'),
        (Link("a", "javascript:alert(1)"), "a"),
        (Link("visa", "https://x.org", bold=True, mark=True), '<a href="https://x.org"><b><u>visa</u></b></a>'),
        (CardLink("a", "visas"), '<a href="https://t.me/bot?start=visas">a</a>'),
        (CardLink("a", "visas", bold=True), '<a href="https://t.me/bot?start=visas"><b>a</b></a>'),
        (Run("a\x1b[1m\x00\u202eb\tc"), "ab c"),
    ],
)
def test_a_piece_of_a_line_looks_its_best(part: Inline, expected: str) -> None:
    assert html(Paragraph((part,))) == expected


def test_neither_code_nor_a_quote_holds_what_telegram_refuses_there() -> None:
    code = Run("x", code=True)
    assert html(Heading((code,))) == "<code>x</code>"
    assert html(Footnote((code,))) == "<code>x</code>"
    assert html(Quote((code,))) == "<blockquote><code>x</code></blockquote>"


def test_blocks_are_set_as_a_typographer_would() -> None:
    assert html(
        Heading(text("Title")),
        Paragraph(text("Say this:")),
        ItemList((text("a"),)),
        Heading(text("Part"), level=2),
        Paragraph(text("Text.")),
        Divider(),
        Footnote(text("One")),
        Footnote(text("Two")),
    ) == (f"<b>Title</b>\n\nSay this:\n•{HELD}a\n\n<b>Part</b>\nText.\n\n———\n\n<i>One</i>\n<i>Two</i>")


def test_a_divider_that_parts_nothing_is_not_shown() -> None:
    assert html(Divider(), Paragraph(text("a")), Divider(), Paragraph(()), Divider()) == "a"


def test_what_shows_nothing_is_left_out() -> None:
    assert printed(Paragraph(()), Heading(text(" ")), Table(("A",), ()), ItemList(((),)), Quote(text("\u200b"))) == ()


def test_a_picture_is_a_message_of_its_own_with_the_headings_before_it() -> None:
    picture = Picture("chart.png", "a chart", text("By country"))
    messages = printed(Paragraph(text("before")), Heading(text("H")), picture, Paragraph(text("after")))
    assert messages == (Message("before"), Message("<b>H</b>\n\nBy country", picture=picture), Message("after"))


def test_the_words_of_a_picture_stand_where_it_has_no_caption() -> None:
    assert printed(Picture("chart.png", "a chart"))[0].html == "a chart"
    assert printed(Picture("chart.png", ""))[0].html == ""


def test_a_caption_too_long_goes_on_in_a_message() -> None:
    picture = Picture("chart.png", "", text("word " * 300))
    first, second = printed(picture)
    assert utf16(read(first.html)[0]) <= CAPTION
    assert (first.picture, second.picture) == (picture, None)
    assert seen(read(first.html)[0] + read(second.html)[0]) == "word" * 300


def test_a_message_of_which_nothing_is_seen_is_not_sent() -> None:
    rows = ((Press("Next", "n"),),)
    (message,) = printed(Paragraph(text("word", "\u200b" * 5000)), Buttons(rows))
    assert message.html.startswith("word")
    assert message.buttons == rows


def test_buttons_stand_under_the_last_message() -> None:
    rows = ((Press("Next", "n"),), (Open("Share", "https://t.me/share/url?url=x"),))
    messages = printed(Buttons((*rows, ())), Paragraph(text("word " * 1000)))
    assert [message.buttons for message in messages] == [(), rows]


def test_buttons_without_words_stand_under_something() -> None:
    rows = ((Press("Next", "n"),),)
    assert printed(Buttons(rows)) == (Message("…", rows),)
    picture = Picture("a.png", "")
    assert printed(picture, Buttons(rows)) == (Message("", rows, picture),)


def test_buttons_that_telegram_refuses_are_an_error() -> None:
    with pytest.raises(ButtonError, match="65 bytes"):
        printed(Paragraph(text("a")), Buttons(((Press("x", "d" * 65),),)))


def test_a_long_screen_keeps_its_heading_first_and_splits_between_blocks() -> None:
    points = [Paragraph(text(f"{number}: " + "слово " * 60)) for number in range(30)]
    messages = printed(Heading(text("Title"), icon="📚"), *points)
    assert messages[0].html.startswith("📚 <b>Title</b>\n\n0: ")
    assert all(message.html[0].isdigit() for message in messages[1:])


def test_underlining_goes_before_a_message_is_split_for_its_entities() -> None:
    hits = [part for _ in range(60) for part in (Run("visa", mark=True), Run(" and "))]
    (message,) = printed(Paragraph(tuple(hits)))
    assert message.html.startswith("<b>visa</b> and <b>visa</b>")


def test_links_are_never_given_up_for_their_number() -> None:
    links = [part for n in range(150) for part in (CardLink("card", f"card-{n}"), Run(", "))]
    messages = printed(Paragraph(tuple(links)))
    assert [len(read(message.html)[1]) for message in messages] == [100, 50]


@unhurried
@given(texts)
def test_any_text_comes_back_as_it_went_in(value: str) -> None:
    messages = printed(Paragraph(text(value)))
    expected = clean(value).strip()
    assert [read(message.html)[0] for message in messages] == ([expected] if visible(expected) else [])


@unhurried
@given(screens, st.integers(30, 700) | st.just(MESSAGE_TEXT))
def test_any_screen_keeps_telegrams_rules(screen: Screen, limit: int) -> None:
    messages = print_html(screen, card_url=card_url, limit=limit)
    for message in messages:
        shown, entities = read(message.html)
        message.html.encode()
        assert visible(shown) or message.picture
        assert shown == shown.strip()
        assert utf16(shown) <= (min(limit, CAPTION) if message.picture else limit)
        assert len(entities) <= ENTITIES
    assert not any(message.buttons for message in messages[:-1])
    assert [m.picture for m in messages if m.picture] == [b for b in screen.blocks if isinstance(b, Picture)]
    assert messages == print_html(screen, card_url=card_url, limit=limit)


@unhurried
@given(screens, st.integers(30, 700))
def test_any_screen_loses_nothing_and_keeps_its_order(screen: Screen, limit: int) -> None:
    buttonless = Screen(tuple(block for block in screen.blocks if not isinstance(block, Buttons | Picture)))
    shown = said_in(print_html(buttonless, card_url=card_url, limit=limit))
    assert_all_said_in_order(shown, buttonless.blocks)
    unsplit = print_html(buttonless, card_url=card_url, limit=10**6)
    assert seen(shown) == seen(said_in(unsplit))


@unhurried
@given(st.lists(contents, min_size=1, max_size=30).map(tuple))
def test_any_screen_is_taken_whole_by_the_sandbox(items: tuple[tuple[Inline, ...], ...]) -> None:
    for message in printed(ItemList(items), Details(text("Why"), items), Footnote(items[0])):
        shown, entities = parse_html(message.html)
        assert shown == read(message.html)[0]
        kept_text, kept = trimmed(shown, with_found(shown, tidied(entities)))
        assert kept_text == shown
        assert utf16_length(kept_text) <= MESSAGE_TEXT
        assert len(kept) <= ENTITIES
