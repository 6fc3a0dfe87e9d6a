"""A small, whole content folder: one topic, one source, one actor, one term; tests break one part of it."""

from __future__ import annotations

import textwrap
from hashlib import sha256

from bot.catalog.checking import check
from bot.catalog.loading import Content, load
from bot.catalog.problems import Problem
from bot.catalog.sources import Source, read_lines, write_source
from bot.catalog.values import Bilingual

TEXT = """Anna Petrova counts 820,000 to 920,000 people who left by 28 September 2023.

Two-thirds of them were under 45, she says.
Subscribe now!
"""

TOPIC = """\
icon: "🔢"
order: 10
summary:
  id: numbers
  title: {en: How many left, ru: Сколько уехало}
  points:
    - {en: Anna Petrova keeps count., ru: Счет ведет Анна Петрова.}
  body: {en: The count goes on., ru: Подсчет продолжается.}
  cites: [{source: count-2023, lines: "1"}]
measures:
  - id: left-russia
    title: {en: People who left, ru: Сколько людей уехало}
statistics:
  - id: left-by-autumn
    title: {en: "From 820,000 to 920,000 left", ru: Уехали от 820 до 920 тысяч}
    measure: left-russia
    low: 820000
    high: 920000
    unit: {en: people, ru: человек}
    population: {en: everyone who left, ru: все уехавшие}
    as_of: 2023-09-28
    attributed_to: anna-petrova
    text: {en: She counted those who left., ru: Она сосчитала уехавших.}
    cites: [{source: count-2023, lines: "1, 3"}]
"""
ACTORS = """\
actors:
  - id: anna-petrova
    title: {en: Anna Petrova, ru: Анна Петрова}
    type: person
    role: {en: demographer, ru: демограф}
    text: {en: She counts people., ru: Она считает людей.}
    cites: [{source: count-2023, lines: "1"}]
"""
GLOSSARY = """\
terms:
  - id: exile
    title: {en: Exile, ru: Изгнание}
    text: {en: Life outside one's country., ru: Жизнь вне своей страны.}
    cites: [{source: count-2023, lines: "3"}]
"""
SYNONYMS = "groups: [[exile, изгнание]]\n"


def source_of(text: str = TEXT) -> Source:
    """The source card of the small text."""
    return Source.model_validate(
        {
            "id": "count-2023",
            "title": Bilingual(en="The count", ru="Подсчет"),
            "genre": "report",
            "author": {"name": {"en": "Anna Petrova", "ru": "Анна Петрова"}},
            "publisher": None,
            "date": "2023-10",
            "language": "en",
            "file": "count.txt",
            "sha256": sha256(text.encode()).hexdigest(),
            "left_out": [{"lines": "4", "reason": "boilerplate", "note": 'says "subscribe"'}],
            "lines": read_lines(text),
        }
    )


class House:
    """The files of the small content; `change` replaces a text in one of them, which must stand there once."""

    def __init__(self) -> None:
        self.content = {
            "topics/numbers.yaml": TOPIC,
            "actors.yaml": ACTORS,
            "glossary.yaml": GLOSSARY,
            "synonyms.yaml": SYNONYMS,
        }
        self.seeds = {"count-2023.yaml": write_source(source_of())}

    def change(self, name: str, old: str, new: str) -> House:
        files = self.seeds if name in self.seeds else self.content
        assert files[name].count(old) == 1, f"“{old}” stands {files[name].count(old)} times in {name}"
        files[name] = files[name].replace(old, new)
        return self

    def add(self, name: str, text: str) -> House:
        """Add to the end of a file, or a file."""
        self.content[name] = self.content.get(name, "") + textwrap.dedent(text)
        return self

    def card(self, section: str, text: str, name: str = "topics/numbers.yaml") -> House:
        """Add a card to a section at the end of a topic file."""
        body = textwrap.indent(textwrap.dedent(text).strip(), "    ")
        return self.add(name, f"{section}:\n  -{body[3:]}\n")

    def load(self) -> Content:
        return load(
            {name: text.encode() for name, text in self.content.items()},
            {name: text.encode() for name, text in self.seeds.items()},
        )

    def check(self, texts: dict[str, bytes] | None = None) -> list[Problem]:
        return check(self.load(), texts)

    def found(self, texts: dict[str, bytes] | None = None) -> list[tuple[str, str]]:
        """Code and the text that stands at the place of each problem, up to the end of its line."""
        return [(problem.code, self.at(problem)) for problem in self.check(texts)]

    def at(self, problem: Problem) -> str:
        """What stands at the place of a problem: from its column, in its line."""
        folder, _, name = problem.place.file.partition("/")
        text = (self.seeds if folder == "seeds" else self.content)[name]
        return text.split("\n")[problem.place.line - 1][problem.place.column - 1 :]
