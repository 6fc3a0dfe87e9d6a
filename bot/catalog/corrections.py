"""What counts as a correction: a figure that a card gave and now gives differently. Another wording is none.

The figure of a statistic is its number, its bounds and what goes with them; in the texts of any card it is what
`figures` finds. A text corrects a figure where one is gone from it and another has come; a figure that only came, or
only went, completes or shortens the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.catalog.differences import FieldChange, FigureCorrection
from bot.catalog.figures import figure_values, find_figures
from bot.catalog.history import Change
from bot.catalog.values import LANGUAGES, LanguageCode

_NAMES = frozenset({"tags", "aliases"})
"""Fields in a language that say nothing: words under which a card is found."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as a text wrote them and as it writes them now, in order."""

    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected card. `figure`: that of a statistic. `texts`: those in its texts, for each language that had them."""

    card: str
    figure: FigureCorrection | None
    texts: Mapping[LanguageCode, Figures]

    def concerns(self, language: LanguageCode) -> bool:
        """Whether who reads in this language was told another figure."""
        return self.figure is not None or language in self.texts


def corrections(changes: Iterable[Change]) -> tuple[Correction, ...]:
    """What changes, oldest first, come to: from what a card said before the first to what it says after the last.

    In order of each card's last change. A card withdrawn in between, or a figure that came back, is no correction.
    """
    by_card: dict[str, list[Change]] = {}
    for change in changes:
        known = by_card.pop(change.details.formerly or change.card, [])
        if change.what == "changed":
            by_card[change.card] = [*known, change]
    return tuple(found for card, each in by_card.items() if (found := _correction(card, each)))


def _correction(card: str, changes: Sequence[Change]) -> Correction | None:
    figures = [change.details.figure for change in changes if change.details.figure]
    figure = FigureCorrection(figures[0].old, figures[-1].new) if figures else None
    if figure and figure.old == figure.new:
        figure = None
    texts = _texts([field for change in changes for field in change.details.fields])
    return Correction(card, figure, texts) if figure or texts else None


def _texts(fields: Iterable[FieldChange]) -> dict[LanguageCode, Figures]:
    first: dict[tuple[object, ...], str] = {}
    last: dict[tuple[object, ...], str] = {}
    for field in fields:
        if field.language and field.path[0] not in _NAMES:
            place = (field.language, *field.path)
            first.setdefault(place, field.old or "")
            last[place] = field.new or ""
    found: dict[LanguageCode, Figures] = {}
    for language in LANGUAGES:
        places = [place for place in first if place[0] == language]
        if figures := _swapped([(first[place], last[place]) for place in places]):
            found[language] = figures
    return found


def _swapped(texts: Sequence[tuple[str, str]]) -> Figures | None:
    """The figures of those texts in which one took the place of another; one that moved between texts took none."""
    stood = frozenset().union(*(figure_values(old) for old, _ in texts))
    stands = frozenset().union(*(figure_values(new) for _, new in texts))
    pairs = [(tuple(_without(old, stands)), tuple(_without(new, stood))) for old, new in texts]
    pairs = [(gone, come) for gone, come in pairs if gone and come]
    if not pairs:
        return None
    old, new = ([each for figures in side for each in figures] for side in zip(*pairs, strict=True))
    return Figures(tuple(dict.fromkeys(old)), tuple(dict.fromkeys(new)))


def _without(text: str, values: frozenset[str]) -> Iterator[str]:
    return (figure.written for figure in find_figures(text) if figure.value not in values)
