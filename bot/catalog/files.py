"""The shapes of the content files: which keys stand at the top of each, and which cards below them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.catalog.cards import Actor, Argument, Debate, Event, Recommendation, Statistic, Summary, Term
from bot.catalog.values import Bilingual, Slug, Value, Word

Icon = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]
"""One emoji; the longest ones are some eight characters joined into one."""


class Measure(Value):
    """What a group of statistics counts, so that estimates of the same thing meet."""

    id: Slug
    title: Bilingual
    note: Bilingual | None = None


LAST = 9_999
"""Largest `order`: what has no topic is listed behind all that have one."""


class TopicFile(Value):
    """`content/topics/<id>.yaml`: the summary bears the topic's id and title."""

    icon: Icon
    order: int = Field(ge=0, le=LAST, strict=True)
    summary: Summary
    measures: tuple[Measure, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    arguments: tuple[Argument, ...] = ()
    debates: tuple[Debate, ...] = ()
    events: tuple[Event, ...] = ()


class SourceFile(Value):
    """`content/sources/<id>.yaml`: the summary of one source; it bears the source's id."""

    summary: Summary


class ActorsFile(Value):
    """`content/actors.yaml`."""

    actors: tuple[Actor, ...]


class GlossaryFile(Value):
    """`content/glossary.yaml`."""

    terms: tuple[Term, ...]


class SynonymsFile(Value):
    """`content/synonyms.yaml`: groups of words and phrases, in both languages, that mean the same when searching."""

    groups: tuple[tuple[Word, ...], ...]
