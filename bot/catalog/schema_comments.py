"""The first line of a content file: a comment that tells editors' programs where its JSON Schema lies."""

from __future__ import annotations

FOLDER = ".schema"
"""The folder of the schemas in that of the content; its dot keeps it out of what is read as content."""
KINDS = ("topic", "source", "actors", "glossary", "synonyms", "seed")
_MARK = "# yaml-language-server: $schema="


def schema_mark(up: str, kind: str) -> str:
    """The comment that names the schema of a kind; `up` leads from the file to the folder of the content."""
    return f"{_MARK}{up}{FOLDER}/{kind}.json"


def schema_comment(path: str) -> str | None:
    """The first line of a file of the content, such as `content/topics/visas.yaml`; None for one of no known kind."""
    room, *folders, name = path.split("/")
    if room == "seeds" and not folders:
        return schema_mark("../content/", "seed")
    if room == "content" and folders in (["topics"], ["sources"]):
        return schema_mark("../", folders[0].removesuffix("s"))
    kind = name.removesuffix(".yaml")
    known = room == "content" and not folders and kind in KINDS
    return schema_mark("", kind) if known else None


def with_schema_comment(path: str, data: bytes) -> bytes:
    """The file with the comment that names its schema as its first line; any other such line goes."""
    comment = schema_comment(path)
    if comment is None or data.startswith(comment.encode() + b"\n"):
        return data
    first, _, rest = data.partition(b"\n")
    return comment.encode() + b"\n" + (rest if first.startswith(_MARK.encode()) else data)
