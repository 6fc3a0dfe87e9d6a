"""A source: who wrote it, where, when; what stands on which line. `seeds/<id>.yaml` holds no sentence of the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StringConstraints

from bot.catalog.figures import figure_values
from bot.catalog.names import name_hash, name_words
from bot.catalog.schema_comments import schema_mark
from bot.catalog.values import Bilingual, Citation, Lines, Outside, Slug, Value, When, format_lines

LINE_HASH_LENGTH = 12
Reason = Literal["boilerplate", "repeated", "off-subject", "no-assertion"]


class Credit(Value):
    """An author or publisher; `inferred` says how it was worked out where the text does not state it."""

    name: Bilingual
    inferred: Bilingual | None = None


class Standing(Value):
    """Standing of the publisher under Russian law, as the cited lines state it."""

    status: Literal["undesirable", "foreign-agent", "banned"]
    text: Bilingual
    cites: tuple[Citation, ...] = Field(min_length=1)


class LeftOut(Value):
    """Lines that no card cites, and why."""

    lines: Lines
    reason: Reason
    note: str | None = None


class LineFacts(Value):
    """What is known of one line: a short hash of it, its figures, short hashes of the capitalised words on it."""

    hash: str
    figures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Source(Value):
    """One source text. What the text does not state is null, or inferred with the reason."""

    id: Slug
    title: Bilingual
    genre: Literal["essay", "analysis", "opinion", "interview", "report", "article"]
    author: Credit | None
    publisher: Credit | None
    date: When | None
    language: Literal["en", "ru"]
    file: str
    sha256: str
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    standing: Standing | None = None
    outside: tuple[Outside, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lines: dict[int, LineFacts]

    @property
    def left_out_lines(self) -> dict[int, LeftOut]:
        """Line number to the entry that leaves it out."""
        return {line: entry for entry in self.left_out for line in entry.lines}


def split_lines(text: str) -> list[str]:
    """Lines as `sed -n` counts them: only a line feed ends one."""
    return text.removesuffix("\n").split("\n")


def _short_hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _sorted_figures(figures: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(figures, key=lambda figure: (len(figure), figure)))


def read_lines(text: str) -> dict[int, LineFacts]:
    """The facts of every line that is not blank."""
    return {
        number: LineFacts(
            hash=_short_hash(" ".join(line.split()), LINE_HASH_LENGTH),
            figures=_sorted_figures(figure_values(line)),
            names=tuple(sorted({name_hash(word) for word in name_words(line)})),
        )
        for number, line in enumerate(split_lines(text), start=1)
        if line.strip()
    }


def write_source(source: Source) -> str:
    """The YAML of a source card: one line of YAML for each line of the text."""
    head = source.model_dump(mode="json", exclude={"lines", "left_out"})
    for entry in (head["author"], head["publisher"], head["date"]):
        if entry and entry["inferred"] is None:
            del entry["inferred"]
    return write_head(head) + write_lines(source.left_out, source.lines)


def write_head(head: Mapping[str, Any]) -> str:
    """What people write of a source card, down to `left_out`."""
    comment = f"{schema_mark('../content/', 'seed')}\n"
    return comment + str(yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False, width=118))


def write_lines(left_out: Sequence[LeftOut], lines: Mapping[int, LineFacts]) -> str:
    """What stands at the end of a source card: the lines left out, and the facts of each line."""
    entries = "".join(
        f'  - {{lines: "{format_lines(entry.lines)}", reason: {entry.reason}'
        + (f", note: {json.dumps(entry.note, ensure_ascii=False)}" if entry.note else "")
        + "}\n"
        for entry in left_out
    )
    facts = "".join(f"  {number}: {_flow(each)}\n" for number, each in lines.items())
    return f"left_out:{' []' if not entries else ''}\n{entries}lines:\n{facts}"


def _flow(facts: LineFacts) -> str:
    parts = [f'hash: "{facts.hash}"']
    for name, values in (("figures", facts.figures), ("names", facts.names)):
        if values:
            quoted = ", ".join(f'"{value}"' for value in values)
            parts.append(f"{name}: [{quoted}]")
    return "{" + ", ".join(parts) + "}"
