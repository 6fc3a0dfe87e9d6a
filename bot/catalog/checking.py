"""The content as a whole: ids, references, languages, lengths, and that every line of every source is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import Self

from bot.catalog.cards import BaseCard, Debate, Statistic
from bot.catalog.figures import figure_values
from bot.catalog.files import Measure
from bot.catalog.grounding import check_grounding, coverage
from bot.catalog.loading import Content, Located, Spot
from bot.catalog.problems import Place, Problem
from bot.catalog.snapshot import card_key
from bot.catalog.sources import Source, read_lines
from bot.catalog.synonym_check import check_synonyms
from bot.catalog.values import LANGUAGES, LOST_LINE, Bilingual, Citation, format_lines

CARD_TEXT_LIMIT = 3000
"""Most characters of all texts of a card in one language: a message (Bot API: 4096) less room for citations."""
TITLE_LIMIT = 120
"""Most characters of a title."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that a card may refer to: those of drafts only from a draft."""

    topics: frozenset[str]
    cards: frozenset[str]
    actors: frozenset[str]

    @classmethod
    def of(cls, content: Content, *, drafts: bool) -> Self:
        cards = [entry.card for entry in content.cards if drafts or not entry.card.draft]
        return cls(
            frozenset(topic.id for topic in content.topics),
            frozenset(card.id for card in cards),
            frozenset(card.id for card in cards if card.kind == "actor"),
        )


def check(content: Content, texts: Mapping[str, bytes] | None = None) -> list[Problem]:
    """Everything wrong with the content, sorted by place. `texts` are the source texts by file name, where at hand.

    What an unreadable file may hold is not called missing: one broken file does not make errors in all others.
    """
    known = {drafts: _Known.of(content, drafts=drafts) for drafts in (False, True)}
    problems = [
        *content.problems,
        *([] if content.topics or content.unread else [Problem.at(Place("content"), "no_content")]),
        *_check_ids(content),
        *(problem for entry in content.cards for problem in _check_card(content, known[entry.card.draft], entry)),
        *(problem for measure, spot in content.measures.values() for problem in _check_measure(measure, spot)),
        *check_grounding(content),
        *_check_coverage(content),
        *check_synonyms(content),
        *(_check_texts(content, texts) if texts is not None else ()),
    ]
    return sorted(set(problems))


def _check_ids(content: Content) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    keys: dict[str, str] = {}
    for entry in content.cards:
        for number, card_id in enumerate((entry.card.id, *entry.card.formerly)):
            place = entry.place("formerly", number - 1) if number else entry.place("id")
            if card_id in seen:
                yield Problem.at(place, "repeated_id", id=card_id, at=seen[card_id])
            elif (other := keys.setdefault(card_key(card_id), card_id)) != card_id:
                yield Problem.at(place, "key_collision", id=card_id, other=other)
            seen.setdefault(card_id, place)
    measures: dict[str, str] = {}
    for measure, spot in content.measures.values():
        if (other := measures.setdefault(card_key(measure.id), measure.id)) != measure.id:
            yield Problem.at(spot.place("id"), "key_collision", id=measure.id, other=other)


def _check_card(content: Content, known: _Known, entry: Located) -> Iterator[Problem]:
    yield from _check_references(content, known, entry)
    for path, text in entry.card.texts():
        yield from check_languages(entry, path, text, alike=entry.card.kind == "actor" and path == ("title",))
    for number, outside in enumerate(entry.card.outside):
        yield from check_languages(entry, ("outside", number, "text"), outside.text)
    for language in LANGUAGES:
        length = sum(len(text.in_(language)) for _, text in entry.card.texts())
        if length > CARD_TEXT_LIMIT:
            yield Problem.at(entry.place(), "card_too_long", language=language, length=length, limit=CARD_TEXT_LIMIT)
        if len(entry.card.title.in_(language)) > TITLE_LIMIT:
            yield Problem.at(entry.place("title", language), "title_too_long", limit=TITLE_LIMIT)


def _check_measure(measure: Measure, spot: Spot) -> Iterator[Problem]:
    yield from check_languages(spot, ("title",), measure.title)
    if measure.note:
        yield from check_languages(spot, ("note",), measure.note)


def _check_references(content: Content, known: _Known, entry: Located) -> Iterator[Problem]:
    card = entry.card
    for number, topic in enumerate(card.also_in):
        if topic not in known.topics and f"content/topics/{topic}.yaml" not in content.unread:
            yield _unknown(entry, ("also_in", number), "unknown_topic", topic, known.topics)
    if card.superseded_by and card.superseded_by not in known.cards and not content.unread:
        yield _unknown(entry, ("superseded_by",), "unknown_card", card.superseded_by, known.cards)
    for path, holder in card.holders():
        if isinstance(holder, str) and holder not in known.actors and "content/actors.yaml" not in content.unread:
            yield _unknown(entry, path, "unknown_actor", holder, known.actors)
    if isinstance(card, Statistic) and card.measure not in content.measures and not content.unread:
        yield _unknown(entry, ("measure",), "unknown_measure", card.measure, content.measures)
    for path, cite in _cites(card):
        yield from _check_citation(content, entry, path, cite)


def _unknown(entry: Located, path: tuple[str | int, ...], code: str, name: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(name, sorted(known), n=1)
    return Problem.at(entry.place(*path), code, id=name, near=near[0] if near else "none")


def _cites(card: BaseCard) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    for number, cite in enumerate(card.cites):
        yield ("cites", number), cite
    if isinstance(card, Debate):
        for side, position in enumerate(card.positions):
            for number, cite in enumerate(position.cites):
                yield ("positions", side, "cites", number), cite


def _check_citation(content: Content, entry: Located, path: tuple[str | int, ...], cite: Citation) -> Iterator[Problem]:
    if cite.source not in content.sources:
        if f"seeds/{cite.source}.yaml" not in content.unread:
            yield _unknown(entry, (*path, "source"), "unknown_source", cite.source, content.sources)
        return
    source, _ = content.sources[cite.source]
    yield from _check_lines(entry.place(*path, "lines"), cite.lines, source)


def _check_lines(place: Place, lines: tuple[int, ...], source: Source) -> Iterator[Problem]:
    if lines == (LOST_LINE,):
        yield Problem.at(place, "lines_lost", source=source.id)
        return
    if missing := tuple(line for line in lines if line not in source.lines):
        yield Problem.at(place, "no_such_line", lines=format_lines(missing), source=source.id)


def check_languages(
    entry: Spot, path: tuple[str | int, ...], text: Bilingual, *, alike: bool = False
) -> Iterator[Problem]:
    """Whether the two languages differ, give the same figures and are plain text.

    `alike`: a name may be written alike in both, as The Moscow Times is.
    """
    if text.en == text.ru and any(letter.isalpha() for letter in text.en) and not alike:
        yield Problem.at(entry.place(*path), "languages_equal")
    english, russian = figure_values(text.en), figure_values(text.ru)
    if english != russian:
        yield Problem.at(
            entry.place(*path),
            "figures_differ",
            only_en=", ".join(sorted(english - russian)) or "none",
            only_ru=", ".join(sorted(russian - english)) or "none",
        )
    for language in LANGUAGES:
        if "<" in text.in_(language) or "&" in text.in_(language).replace(" & ", ""):
            yield Problem.at(entry.place(*path, language), "markup")


def _check_coverage(content: Content) -> Iterator[Problem]:
    for source, document in content.sources.values():
        for line in coverage(content, source):
            if not line.covered and not content.unread:
                place = document.place(("lines", line.number), key=True)
                yield Problem.at(place, "line_not_covered", line=line.number, source=source.id)
            if line.cited_by and line.left_out:
                place = document.place(("left_out",))
                yield Problem.at(place, "left_out_but_cited", line=line.number, card=line.cited_by[0])
        for number, entry in enumerate(source.left_out):
            yield from _check_lines(document.place(("left_out", number, "lines")), entry.lines, source)


def _check_texts(content: Content, texts: Mapping[str, bytes]) -> Iterator[Problem]:
    for source, document in content.sources.values():
        if source.file not in texts:
            yield Problem.at(document.place(("file",)), "text_absent", file=source.file)
            continue
        data = texts[source.file]
        if sha256(data).hexdigest() != source.sha256:
            yield Problem.at(document.place(("sha256",)), "text_changed", file=source.file)
        facts = read_lines(data.decode("utf-8", errors="replace"))
        for number in sorted(facts.keys() | source.lines.keys()):
            if facts.get(number) != source.lines.get(number):
                place = document.place(("lines", number), key=True)
                yield Problem.at(place, "line_facts_differ", line=number, file=source.file)
