"""From text to words that can be compared: lower case, ё as е, stems of both languages, numbers in one writing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from bot.catalog.figures import find_figures

MAX_QUESTION = 300
"""Characters of a question that are read; a longer one is cut."""

_ENGLISH = Stemmer.Stemmer("english")
_RUSSIAN = Stemmer.Stemmer("russian")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

_FILLERS = """
    a an the of in on at to for from by with and or is are was were be been do does did has have had it its this that
    these those what which who whom how why when where many much there their they them about into as if not no can could
    should would will may me my you your we our us tell show give please
    и в во на по о об от до за из с со у к ко не ни но а что как так это этот эта эти тот та те кто где когда почему
    зачем сколько какой какая какие каких чем ли же бы был была было были есть мне нам вы вас их его ее они он она мы
    для при про или да нет можно расскажи покажи скажи
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that ask or join and carry no subject."""


def normalise(text: str) -> str:
    """Compatibility form, lower case, ё as е, apostrophes and soft hyphens gone, hyphens as spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return re.sub(r"[-‐‑–—/]", " ", re.sub(r"['’ʼ`\u00ad\u200b\u0301]", "", text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a normalised word, by its alphabet."""
    return str(_RUSSIAN.stemWord(word) if re.search(r"[а-я]", word) else _ENGLISH.stemWord(word))


def words(text: str) -> list[str]:
    """The normalised words of a text, in order."""
    return _WORD.findall(normalise(text))


def numbers(text: str) -> list[str]:
    """The figures of a text in one writing: "820 тысяч" and "820,000" are both `820000`."""
    return [figure.value for figure in find_figures(text)]
