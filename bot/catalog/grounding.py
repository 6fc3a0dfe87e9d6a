"""Grounding: figures, and names of actors, stand on the cited lines; every line of a source is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.catalog.cards import Actor, Card, Debate, Event, Position, Statistic
from bot.catalog.figures import find_figures
from bot.catalog.loading import Content, Located
from bot.catalog.names import name_hash, name_words
from bot.catalog.problems import Place, Problem
from bot.catalog.sources import LineFacts, Source
from bot.catalog.values import LANGUAGES, Citation, LanguageCode, When, format_lines


@dataclass(frozen=True, slots=True)
class Ground:
    """What the cited lines hold, taken together, and in which languages they are."""

    figures: frozenset[str]
    names: frozenset[str]
    where: str
    languages: frozenset[LanguageCode]

    @classmethod
    def of(cls, cites: Iterable[Citation], sources: dict[str, Source]) -> Ground:
        """Gather the facts of the cited lines; the date of a cited source counts as standing there."""
        cites = tuple(cites)
        facts: list[LineFacts] = []
        dates: set[str] = set()
        languages: set[LanguageCode] = set()
        for cite in cites:
            source = sources.get(cite.source)
            if source:
                facts += [source.lines[line] for line in cite.lines if line in source.lines]
                languages.add(source.language)
                dates |= {str(part) for part in source.date.parts} if source.date else set()
        return cls(
            figures=frozenset(dates).union(*(line.figures for line in facts)),
            names=frozenset().union(*(line.names for line in facts)),
            where="; ".join(f"{cite.source} {format_lines(cite.lines)}" for cite in cites),
            languages=frozenset(languages),
        )


def check_grounding(content: Content) -> Iterator[Problem]:
    """Figures, dates and names that do not stand where the card says, card by card."""
    sources = {name: source for name, (source, _) in content.sources.items()}
    for entry in content.cards:
        if all(cite.source in sources for cite in entry.card.all_cites()):  # an unknown source is a problem by itself
            yield from _check_card(entry, sources)


def _check_card(entry: Located, sources: dict[str, Source]) -> Iterator[Problem]:
    card = entry.card
    whole = Ground.of(card.all_cites(), sources)
    for path, text in card.texts():
        ground = whole
        if isinstance(card, Debate) and path[0] == "positions":
            ground = Ground.of(card.positions[int(path[1])].cites, sources)
        for language in LANGUAGES:
            yield from check_text(text.in_(language), ground, entry.place(*path, language))
    for path, number in card.values():
        yield from check_number(number, whole, entry.place(*path))
    for path, when, ground in _dates(card, whole, sources):
        if not when.inferred:
            yield from check_date(when, ground, entry.place(*path))
    if isinstance(card, Actor):
        names = {language: (card.title.in_(language), *card.aliases.in_(language)) for language in LANGUAGES}
        yield from check_names(names, whole, entry.place("title"))


def check_text(text: str, ground: Ground, place: Place) -> Iterator[Problem]:
    """The figures of a text that stand on none of the lines."""
    for figure in find_figures(text):
        if figure.value not in ground.figures:
            yield Problem.at(
                place,
                "figure_not_on_line",
                figure=figure.value,
                written=figure.written,
                plain="yes" if figure.written == figure.value else "no",
                lines=ground.where,
            )


def check_number(number: str, ground: Ground, place: Place) -> Iterator[Problem]:
    """Whether a number stands on the lines, as a share or a multiple too."""
    if number not in ground.figures and f"x{number}" not in ground.figures:
        yield Problem.at(place, "figure_not_on_line", figure=number, written=number, plain="yes", lines=ground.where)


def check_date(when: When, ground: Ground, place: Place) -> Iterator[Problem]:
    """Whether the year of a date, and its day, stand on the lines."""
    if any(str(part) not in ground.figures for part in (when.parts[0], *when.parts[2:])):
        yield Problem.at(place, "date_not_on_line", date=when.date, lines=ground.where)


def check_names(names: Mapping[LanguageCode, Sequence[str]], ground: Ground, place: Place) -> Iterator[Problem]:
    """Whether one of the names stands on the lines.

    A text in Russian holds no name in English letters: the Russian one is enough there, and is the one that is named.
    """
    counted = (*(names["ru"] if "ru" in ground.languages else ()), *names["en"])
    for name in counted:
        words = [word for word in name_words(name) if len(word) > 1]
        if words and all(name_hash(word) in ground.names for word in words):
            return
    yield Problem.at(place, "name_not_on_line", name=counted[0], lines=ground.where)


def _dates(
    card: Card, whole: Ground, sources: dict[str, Source]
) -> Iterator[tuple[tuple[str | int, ...], When, Ground]]:
    if isinstance(card, Statistic | Event | Debate) and card.as_of:
        yield ("as_of",), card.as_of, whole
    if isinstance(card, Event):
        yield ("when",), card.when, whole
        if card.until:
            yield ("until",), card.until, whole
    if isinstance(card, Debate):
        for number, side in enumerate(card.positions):
            if side.as_of:
                yield ("positions", number, "as_of"), side.as_of, _side(side, sources)


def _side(side: Position, sources: dict[str, Source]) -> Ground:
    return Ground.of(side.cites, sources)


@dataclass(frozen=True, slots=True)
class LineCoverage:
    """What becomes of one line of a source: the cards that cite it, or the reason why none does."""

    number: int
    cited_by: tuple[str, ...]
    left_out: str | None

    @property
    def covered(self) -> bool:
        """Whether the line is accounted for."""
        return bool(self.cited_by) or self.left_out is not None


def coverage(content: Content, source: Source) -> list[LineCoverage]:
    """Every line with content of a source, in order."""
    cited: dict[int, list[str]] = {}
    for entry in content.cards:
        for cite in entry.card.all_cites():
            if cite.source == source.id:
                for line in cite.lines:
                    cited.setdefault(line, []).append(entry.card.id)
    left_out = source.left_out_lines
    return [
        LineCoverage(
            number,
            tuple(dict.fromkeys(cited.get(number, ()))),
            left_out[number].reason if number in left_out else None,
        )
        for number in source.lines
    ]
