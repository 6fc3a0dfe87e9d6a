"""Reads Telegram's HTML by the rules of the Bot API, apart from printer and sandbox, and refuses the rest."""

from dataclasses import dataclass
from html.parser import HTMLParser

TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote"}


@dataclass(frozen=True)
class Entity:
    """An entity with its place in UTF-16 units."""

    tag: str
    offset: int
    length: int
    attributes: tuple[tuple[str, str | None], ...] = ()


def utf16(text: str) -> int:
    return sum(2 if ord(c) > 0xFFFF else 1 for c in text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[str, int, tuple[tuple[str, str | None], ...]]] = []
        self.entities: list[Entity] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        outside = [name for name, _, _ in self.open]
        assert tag in TAGS, f"<{tag}> is none of Telegram's tags"
        assert tag not in outside, f"<{tag}> inside itself"
        assert not {"code", "pre"} & set(outside), f"<{tag}> inside code"
        assert tag not in ("code", "pre") or set(outside) <= {"blockquote"}, f"<{tag}> inside {outside}"
        allowed = {"a": [["href"]], "blockquote": [[], ["expandable"]]}.get(tag, [[]])
        assert [name for name, _ in attrs] in allowed, f"<{tag}> with {attrs}"
        self.open.append((tag, utf16(self.text), tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        name, offset, attributes = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        length = utf16(self.text) - offset
        assert length > 0, f"<{tag}> around nothing"
        self.entities.append(Entity(tag, offset, length, attributes))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def read(html: str) -> tuple[str, list[Entity]]:
    """The text and the entities of a message; AssertionError where Telegram would refuse or drop something."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"left open: {reader.open}"
    return reader.text, sorted(reader.entities, key=lambda entity: (entity.offset, -entity.length))
