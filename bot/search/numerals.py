"""Numbers in any writing: the figures of a text as terms of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.catalog.figures import Figure, find_figures

MARK = "#"
"""Begins the term of a figure, so that it meets no word: 820,000 and 820 тысяч are both `#820000`."""

_CLAUSE = re.compile(r"[^.;:!?()\n]*(?:\d[.:]\d[^.;:!?()\n]*)*")
_WORD = re.compile(r"\w+")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.,]*\d)")
_HINT = re.compile(
    r"\d|(?:ten|eleven|twel|thirt|fourt|fift|sixt|sevent|eight|ninet|twent|fort[yi]|hundred|thousand|million|billion|"
    r"half|halve|third|quarter|doubl|twice|twofold|tripl|thri|three|quadrupl|fourfold|dozen|tens|"
    r"десят|одиннад|двенад|трин|четырн|пятна|шестна|семна|восемна|девят|двадц|тридц|сорок|пят[ьи]|шест[ьи]|"
    r"сем[ьи]|вос[еь]м|ст[оа]$|двест|двухс|трист|тр[её]хс|четырест|четыр[её]хс|тыс|миллион|миллиард|млн|млрд|полов|"
    r"пол[мту]|трет|четверт|вдво|удво|двукрат|двойн|втро|утро|тр[её]хкрат|дюжин|сот(?:ен|н)|раза?$)",
    re.IGNORECASE,
)


def plain_points(question: str) -> str:
    """A question with points that part thousands as commas (820.000 is 820,000); places stay as they are."""
    return _THOUSANDS.sub(lambda match: match[0].replace(".", ","), question)


@lru_cache(maxsize=65_536)
def hints(word: str) -> bool:
    """Whether a word can be part of a figure: it begins with a digit or is spelled like a number."""
    return bool(_HINT.match(word))


def figure_terms(text: str, words: Iterable[str]) -> Iterator[str]:
    """The figures of a text with these words, as terms. Only clauses with a hint are read: figures are slow to find."""
    if any(map(hints, words)):
        for clause in _CLAUSE.findall(text):
            yield from map(term, figures(clause))


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text with their places; none where nothing hints at a number."""
    return find_figures(text) if any(map(_HINT.match, _WORD.findall(text))) else ()


def term(figure: Figure) -> str:
    """The term of a figure."""
    return MARK + figure.value
