"""The shapes of the content files: which keys stand at the top of each, and which cards below them."""

from __future__ import annotations

from pydantic import Field

from bot.catalog.cards import Actor, Argument, Debate, Event, Recommendation, Statistic, Summary, Term
from bot.catalog.values import Bilingual, Line, Slug, Value


class Measure(Value):
    """What a group of statistics counts, so that estimates of the same thing meet."""

    id: Slug
    title: Bilingual
    note: Bilingual | None = None


class TopicFile(Value):
    """`content/topics/<id>.yaml`: the summary bears the topic's id and title."""

    icon: Line
    order: int = Field(ge=0)
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

    groups: tuple[tuple[Line, ...], ...]
