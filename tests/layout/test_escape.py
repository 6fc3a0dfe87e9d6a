"""Escaping comes back as it went in."""

from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.layout.escape import escape, escape_attribute

from .screens import texts, unhurried


class _Link(HTMLParser):
    href: str | None = None
    text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, len(attrs)) == ("a", 1)
        self.href = attrs[0][1]

    def handle_data(self, data: str) -> None:
        self.text += data


@unhurried
@given(texts)
def test_text_read_back_is_the_same(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not set("<>") & set(escape(text))


@unhurried
@given(texts, st.text(max_size=20))
def test_an_attribute_read_back_is_the_same(text: str, address: str) -> None:
    reader = _Link()
    reader.feed(f'<a href="{escape_attribute(address)}">{escape(text)}</a>')
    reader.close()
    assert reader.href == address
    assert reader.text == text


def test_only_the_four_that_telegram_names_are_escaped() -> None:
    assert escape("""<&>"'""") == """&lt;&amp;&gt;"'"""
    assert escape_attribute("""<&>"'""") == "&lt;&amp;&gt;&quot;'"


def test_nothing_else_in_the_package_escapes_html() -> None:
    root = Path(bot.__file__).parent
    others = [
        p
        for p in root.rglob("*.py")
        if p.parent.name != "sandbox" and "sandbox" not in p.parts and p.name != "escape.py"
    ]
    guilty = [
        str(p) for p in others if "html.escape" in (t := p.read_text(encoding="utf-8")) or "&lt;" in t or "&amp;" in t
    ]
    assert not guilty
