"""The kinds of card, as editors write them. One class a kind; `Card` is any of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints, WithJsonSchema, model_validator

from bot.catalog.values import (
    Bilingual,
    BilingualWords,
    Citation,
    Holder,
    Outside,
    PartialDate,
    Slug,
    Tags,
    Value,
    When,
)


class Kind(StrEnum):
    """What a card is; also the order in which a topic shows its cards."""

    SUMMARY = "summary"
    STATISTIC = "statistic"
    RECOMMENDATION = "recommendation"
    ARGUMENT = "argument"
    DEBATE = "debate"
    EVENT = "event"
    ACTOR = "actor"
    TERM = "term"


class Audience(StrEnum):
    """Whom a recommendation addresses; the readable names stand in the locales as `audience-…`."""

    EU = "eu"
    US = "us"
    WESTERN_GOVERNMENTS = "western-governments"
    HOST_COUNTRIES = "host-countries"
    INTERNATIONAL_ORGANISATIONS = "international-organisations"
    DONORS = "donors"
    CIVIL_SOCIETY = "civil-society"
    MEDIA = "media"
    EXILE_ORGANISATIONS = "exile-organisations"
    OPPOSITION = "opposition"
    EXILES = "exiles"


TextAt = tuple[tuple[str | int, ...], Bilingual]
"""A text of a card with the path of keys that leads to it, such as `("points", 0)`."""


class BaseCard(Value):
    """What all cards share. `topics` is filled in by the reader: where the card stands, then `also_in`."""

    kind: ClassVar[Kind]

    id: Slug
    title: Bilingual
    cites: tuple[Citation, ...] = Field(min_length=1)
    also_in: tuple[Slug, ...] = ()
    tags: Tags = Tags()
    as_of: When | None = None
    draft: StrictBool = False
    review_by: PartialDate | None = None
    superseded_by: Slug | None = None
    formerly: tuple[Slug, ...] = ()
    outside: tuple[Outside, ...] = ()

    def texts(self) -> Iterator[TextAt]:
        """Every text that says something, the title first; `outside` is not among them."""
        yield ("title",), self.title
        yield from self.own_texts()

    def own_texts(self) -> Iterator[TextAt]:
        """The texts of this kind, without the title."""
        raise NotImplementedError

    def values(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Numbers that stand outside the texts, as written, each with its path."""
        yield from ()

    def holders(self) -> Iterator[tuple[tuple[str | int, ...], Holder]]:
        """Those to whom something is attributed, each with its path."""
        yield from ()

    def all_cites(self) -> tuple[Citation, ...]:
        """Citations of the card and of its parts, without repetition."""
        return tuple(dict.fromkeys(self.cites))


def _each(name: str, texts: tuple[Bilingual, ...]) -> Iterator[TextAt]:
    for number, text in enumerate(texts):
        yield (name, number), text


class Summary(BaseCard):
    """What a topic, or one source, comes down to: short points, then a body."""

    kind = Kind.SUMMARY

    points: tuple[Bilingual, ...] = Field(min_length=1, max_length=7)
    body: Bilingual

    def own_texts(self) -> Iterator[TextAt]:
        """Points, then body."""
        yield from _each("points", self.points)
        yield ("body",), self.body


def _number(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


NUMBER_LENGTH = 24
_NUMBER = r"^\d+(\.\d+)?(/\d+)?$"
Number = Annotated[
    str,
    StringConstraints(pattern=_NUMBER, max_length=NUMBER_LENGTH),
    BeforeValidator(_number),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": _NUMBER}, {"type": "number", "minimum": 0}]}),
]
"""A number as text, so that nothing is rounded: `820000`, `0.5`, or a share `2/3`."""


class Statistic(BaseCard):
    """One figure: what is counted, how many, by whose count, when. Rival estimates share a `measure`.

    How many is `value`, or `low` and `high`, or `in_words` where the source gives no number ("tens of thousands").
    """

    kind = Kind.STATISTIC

    measure: Slug
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    in_words: Bilingual | None = None
    bound: Literal["at-least", "more-than", "at-most", "less-than", "nearly"] | None = None
    approximate: StrictBool = False
    unit: Bilingual
    attributed_to: Holder
    population: Bilingual
    text: Bilingual

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = (self.value is not None, self.low is not None and self.high is not None, self.in_words is not None)
        if sum(forms) != 1 or (self.low is None) != (self.high is None):
            raise ValueError("value_or_range")
        return self

    def own_texts(self) -> Iterator[TextAt]:
        """The figure where it is in words, the sentence, what is counted."""
        if self.in_words:
            yield ("in_words",), self.in_words
        yield ("text",), self.text
        yield ("population",), self.population

    def values(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """`value`, or `low` and `high`."""
        for name, number in (("value", self.value), ("low", self.low), ("high", self.high)):
            if number is not None:
                yield (name,), number

    def holders(self) -> Iterator[tuple[tuple[str | int, ...], Holder]]:
        """Whose count it is."""
        yield ("attributed_to",), self.attributed_to


class Recommendation(BaseCard):
    """What somebody asks somebody else to do, and why."""

    kind = Kind.RECOMMENDATION

    audience: tuple[Audience, ...] = Field(min_length=1)
    action: Bilingual
    reason: Bilingual
    attributed_to: Holder

    def own_texts(self) -> Iterator[TextAt]:
        """The action, then the reason."""
        yield ("action",), self.action
        yield ("reason",), self.reason

    def holders(self) -> Iterator[tuple[tuple[str | int, ...], Holder]]:
        """Who recommends it."""
        yield ("attributed_to",), self.attributed_to


class Argument(BaseCard):
    """A claim with its holder and the grounds that the holder gives."""

    kind = Kind.ARGUMENT

    claim: Bilingual
    grounds: tuple[Bilingual, ...] = Field(min_length=1)
    attributed_to: Holder

    def own_texts(self) -> Iterator[TextAt]:
        """The claim, then its grounds."""
        yield ("claim",), self.claim
        yield from _each("grounds", self.grounds)

    def holders(self) -> Iterator[tuple[tuple[str | int, ...], Holder]]:
        """Who argues it."""
        yield ("attributed_to",), self.attributed_to


class Position(Value):
    """One side of a debate, with its own citation."""

    holder: Holder
    as_of: When | None = None
    text: Bilingual
    cites: tuple[Citation, ...] = Field(min_length=1)


class Debate(BaseCard):
    """A question on which the sources differ; every side, and no verdict. Cites what its positions cite."""

    kind = Kind.DEBATE

    cites: tuple[Citation, ...] = ()
    question: Bilingual
    positions: tuple[Position, ...] = Field(min_length=2)

    def own_texts(self) -> Iterator[TextAt]:
        """The question, then the positions."""
        yield ("question",), self.question
        for number, position in enumerate(self.positions):
            yield ("positions", number, "text"), position.text

    def holders(self) -> Iterator[tuple[tuple[str | int, ...], Holder]]:
        """Who holds which position."""
        for number, position in enumerate(self.positions):
            yield ("positions", number, "holder"), position.holder

    def all_cites(self) -> tuple[Citation, ...]:
        """Its own citations, then those of the positions."""
        return tuple(dict.fromkeys((*self.cites, *(cite for side in self.positions for cite in side.cites))))


class Event(BaseCard):
    """Something that happened, with its date; `until` where it lasted."""

    kind = Kind.EVENT

    when: When
    until: When | None = None
    text: Bilingual

    def own_texts(self) -> Iterator[TextAt]:
        """What happened."""
        yield ("text",), self.text


class Actor(BaseCard):
    """A person or organisation, and what it is to the subject."""

    kind = Kind.ACTOR

    type: Literal["person", "organisation", "outlet", "state-body"]
    role: Bilingual
    text: Bilingual
    aliases: BilingualWords = BilingualWords()

    def own_texts(self) -> Iterator[TextAt]:
        """The role in a few words, then the text."""
        yield ("role",), self.role
        yield ("text",), self.text


class Term(BaseCard):
    """A word of the subject, explained."""

    kind = Kind.TERM

    text: Bilingual
    aliases: BilingualWords = BilingualWords()

    def own_texts(self) -> Iterator[TextAt]:
        """The explanation."""
        yield ("text",), self.text


Card = Summary | Statistic | Recommendation | Argument | Debate | Event | Actor | Term
