"""Telegram's two Markdowns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities_html import MarkupError
from bot.sandbox.entities_markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.shapes import Entity


def span(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*b* _i_ __u__ ~s~ ||p||", "b i u s p", [span(kind, 2 * i, 1) for i, kind in enumerate(
            ["bold", "italic", "underline", "strikethrough", "spoiler"])]),
        (r"1\. a\_b", "1. a_b", []),
        ("*a _b_*", "a b", [span("bold", 0, 3), span("italic", 2, 1)]),
        ("_a __b___", "a b", None),
        ("`a*b`", "a*b", [span("code", 0, 3)]),
        ("```py\nx = 1\n```", "x = 1\n", [span("pre", 0, 6, language="py")]),
        ("```\nx\n```", "x\n", [span("pre", 0, 2)]),
        (r"[a](http://e.org/\))", "a", [span("text_link", 0, 1, url="http://e.org/)")]),
        ("[a](tg://user?id=5)", "a", [span("text_mention", 0, 1, user={"id": 5})]),
        ("![👍](tg://emoji?id=7)", "👍", [span("custom_emoji", 0, 2, custom_emoji_id="7")]),
        (">a\n>b\nc", "a\nb\nc", [span("blockquote", 0, 4)]),
        ("x\n>a", "x\na", [span("blockquote", 2, 1)]),
        (">a\n>b||\nc", "a\nb\nc", [span("expandable_blockquote", 0, 4)]),
    ],
)  # fmt: skip
def test_the_second_markdown_is_read(source: str, text: str, entities: list[Entity] | None) -> None:
    got, found = parse_markdown_v2(source)
    assert got == text
    if entities is not None:
        assert found == entities


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("я*a", "Can't find end of Bold entity at byte offset 2"),
        ("*_a*_", "Can't find end of Italic entity at byte offset 4"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]b", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](http://e.org)", "Invalid tg://emoji or tg://time URL specified"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
    ],
)
def test_the_second_markdown_refuses_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_markdown_v2(source)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*b* _i_ `c`", "b i c", [span("bold", 0, 1), span("italic", 2, 1), span("code", 4, 1)]),
        (r"a\_b 1. x", "a_b 1. x", []),
        ("[a](e.org) [b]", "a b", [span("text_link", 0, 1, url="http://e.org/")]),
        ("```\ncode```", "code", [span("pre", 0, 4)]),
        ("*a_b*", "a_b", [span("bold", 0, 3)]),
    ],
)
def test_the_first_markdown_is_read(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_markdown(source) == (text, entities)


def test_the_first_markdown_refuses_what_does_not_end() -> None:
    with pytest.raises(MarkupError, match=r"^Can't find end of the entity starting at byte offset 3$"):
        parse_markdown("ab *c")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = "".join(f"\\{c}" if "\0" < c <= "\x7e" and c != "\n" else c for c in text)
    assert parse_markdown_v2(escaped) == (text, [])


@given(st.text(st.sampled_from("*_~|`[]()>!\\ab\n"), max_size=30))
def test_any_text_parses_or_is_refused_and_nothing_else(source: str) -> None:
    for parse in (parse_markdown, parse_markdown_v2):
        try:
            text, entities = parse(source)
        except MarkupError:
            continue
        assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= len(text) for e in entities)
