"""Telegram's HTML: what it reads, what it refuses and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import tidied
from bot.sandbox.entities_html import STYLES, MarkupError, parse_html
from bot.sandbox.shapes import Entity, utf16_length, utf16_slice


def span(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp; &quot;x&quot;", 'plain <b> & "x"', []),
        ("&#33;&#x21;&#1087;", "!!п", []),
        ("&nbsp; &copy; & &#; &#0; fish&chips", "&nbsp; &copy; & &#; &#0; fish&chips", []),
        ("&ltb&gt", "&ltb>", []),
        ("<b>a</b><strong>b</strong>", "ab", [span("bold", 0, 1), span("bold", 1, 1)]),
        ("<I>a</I><EM>b</em>", "ab", [span("italic", 0, 1), span("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [span("underline", 0, 1), span("underline", 1, 1)]),
        ("<s>a</s><del>b</del><strike>c</strike>", "abc", [span("strikethrough", i, 1) for i in range(3)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [span("spoiler", i, 1) for i in (0, 1)]),
        ('<a href="http://Example.org">x</a>', "x", [span("text_link", 0, 1, url="http://example.org/")]),
        ("<a href=example.org>x</a>", "x", [span("text_link", 0, 1, url="http://example.org/")]),
        ('<a href="https://e.org/?a=1&amp;b=2">x</a>', "x", [span("text_link", 0, 1, url="https://e.org/?a=1&b=2")]),
        ("<a>https://e.org/p</a>", "https://e.org/p", [span("text_link", 0, 15, url="https://e.org/p")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ('<a href="tg://user?id=5">x</a>', "x", [span("text_mention", 0, 1, user={"id": 5})]),
        ("<code>a</code><pre>b</pre>", "ab", [span("code", 0, 1), span("pre", 1, 1)]),
        ('<code class="language-py">a</code>', "a", [span("code", 0, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [span("pre", 0, 1, language="py")]),
        ("<blockquote>a</blockquote>", "a", [span("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [span("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍",
         [span("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
        ("𝔸<b>𝔹</b>ы<i>ъ</i>", "𝔸𝔹ыъ", [span("bold", 2, 2), span("italic", 5, 1)]),
        ("<b></b>x", "x", []),
        ("<b >a</b >", "a", [span("bold", 0, 1)]),
        ("<b>a</>", "a", [span("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_markup_becomes_text_and_entities(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("я<div>", 'Unsupported start tag "div" at byte offset 2'),
        ("1 < 2 and 3 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<a ", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_malformed_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(source)
    assert str(caught.value) == words


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(LETTERS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escaped(text)) == (text, [])


@given(LETTERS, LETTERS.filter(bool), LETTERS, st.sampled_from(sorted(set(STYLES) - {"span"})))
def test_a_styled_part_is_found_at_its_place_in_utf16(before: str, inside: str, after: str, tag: str) -> None:
    text, entities = parse_html(f"{escaped(before)}<{tag}>{escaped(inside)}</{tag}>{escaped(after)}")
    assert text == before + inside + after
    assert [utf16_slice(text, e["offset"], e["length"]) for e in entities] == [inside]


@st.composite
def nested(draw: st.DrawFn, depth: int = 3) -> str:
    """Well-formed markup, nested a few levels deep."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        inner = escaped(draw(LETTERS)) if depth == 0 or draw(st.booleans()) else draw(nested(depth - 1))
        tag = draw(st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler", ""]))
        parts.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
    return "".join(parts)


@given(nested())
def test_tidied_entities_are_ordered_within_the_text_and_never_cross(source: str) -> None:
    text, entities = parse_html(source)
    tidy = tidied(entities)
    assert tidy == tidied(tidy), "tidying again changes nothing"
    assert [e["offset"] for e in tidy] == sorted(e["offset"] for e in tidy)
    for index, one in enumerate(tidy):
        assert 0 < one["length"] <= utf16_length(text) - one["offset"]
        for other in tidy[index + 1 :]:
            end, other_end = one["offset"] + one["length"], other["offset"] + other["length"]
            assert other["offset"] >= end or other_end <= end, "entities nest or lie apart"


@given(st.text(st.sampled_from("<>/abi =\"'&;#x1ы𝔸\n"), max_size=40))
def test_any_text_parses_or_is_refused_and_nothing_else(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)
