"""From text to words that can be compared: lower case, ё as е, no accents, apostrophes gone, one alphabet a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

from bot.search.questions import FILLERS

MAX_QUESTION = 300
"""Characters of a question that are read; a longer one is cut. The longest that people type is about 120."""
MAX_WORD = 64
"""Characters of a word that are read: longer ones are no words, and would make every look-up slow."""
WORD_CACHE = 65_536
"""Words of the content that are remembered while it is read: several times its vocabulary, a few megabytes."""
ACRONYM = "·"
"""Ends the word of an acronym that is spelled like a filler: IT is not "it", US is not "us"."""

_NO_CACHE = 0
"""Stemming a word takes less time than the stemmer's cache does, and no word of a question is remembered."""
_ENGLISH = Stemmer.Stemmer("english", _NO_CACHE)
_RUSSIAN = Stemmer.Stemmer("russian", _NO_CACHE)
_INSIDE = "'’ʼ`´\u00ad\u0301\u200b\u200d"
_WORD = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]+)*")
_DROPPED = re.compile(rf"[{_INSIDE}\u0300-\u0305\u0307-\u036f\u200c-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ACCENTED = re.compile(r"[À-ɏ]")
_HYPHENS = frozenset("-‐‑–—/")
_TIED = re.compile(r"([^\W_]+)[-‐‑]([^\W_]+)")
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_LATIN = re.compile(r"[a-z]")
_LOOKALIKES = "aceopxykmhtb", "асеорхукмнтв"
_TO_CYRILLIC = str.maketrans(*_LOOKALIKES)
_TO_LATIN = str.maketrans(*reversed(_LOOKALIKES))

_IRREGULAR = {
    form: word
    for word, forms in {
        "leave": "left",
        "flee": "fled flown",
        "go": "went gone goes",
        "come": "came",
        "send": "sent",
        "fight": "fought",
        "speak": "spoke spoken",
        "choose": "chose chosen",
        "lose": "lost",
        "find": "found",
        "keep": "kept",
        "build": "built",
        "meet": "met",
        "grow": "grew grown",
        "know": "knew known",
        "rise": "rose risen",
        "take": "took taken",
        "give": "gave given",
        "write": "wrote written",
        "man": "men",
        "woman": "women",
        "child": "children",
        "begin": "began begun",
        "teach": "taught",
        "think": "thought",
        "steal": "stole stolen",
        "freeze": "froze frozen",
        "оставаться": "остался осталась остались",
        "уйти": "ушел ушла ушли ушедший ушедшие ушедших",
        "идти": "шел шла шли",
        "человек": "люди людей людям людьми людях",
        "ребенок": "дети детей детям детьми детях",
    }.items()
    for form in forms.split()
}


class Token(NamedTuple):
    """A word of a text: normalised, its stem, where it stands (offsets), and whether a hyphen ties it to the last."""

    word: str
    stem: str
    start: int
    end: int
    tied: bool = False

    @property
    def filler(self) -> bool:
        """Whether it asks or joins and carries no subject."""
        return self.word in FILLERS


def normalise_word(word: str) -> str:
    """One word as it is compared. A word that mixes look-alike letters of two alphabets is put into the main one."""
    if word in _ACRONYMS:
        return word.lower() + ACRONYM
    word = word[:MAX_WORD].lower()
    if not word.isascii():
        word = _DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold()).replace("ё", "е")
        word = _ACCENTED.sub(lambda match: unicodedata.normalize("NFD", match[0])[0], word)
        if _CYRILLIC.search(word) and _LATIN.search(word):
            mostly_latin = len(_LATIN.findall(word)) > len(_CYRILLIC.findall(word))
            word = word.translate(_TO_LATIN if mostly_latin else _TO_CYRILLIC)
    else:
        word = _DROPPED.sub("", word)
    return word[:MAX_WORD]


_ACRONYMS = frozenset(word.upper() for word in FILLERS if word.isascii() and len(word) == 2)


def stem(word: str) -> str:
    """The stem of a normalised word, by its alphabet; fleeting vowels go (беженец, беженцы)."""
    word = _IRREGULAR.get(word, word)
    if not _CYRILLIC.search(word):
        return str(_ENGLISH.stemWord(word))
    found = str(_RUSSIAN.stemWord(word))
    if found.endswith(_NU_ENDS):
        found = _NU_VERB.sub(r"\1", found)
    if found.endswith(_NOUN_OR_VERB_ENDS) and len(found) > SHORT_STEM - 1:
        found = found[:-1]
    if len(found) > SHORT_STEM:
        for ending, short in _FLEETING:
            if found.endswith(ending):
                return found[: -len(ending)] + short
    return found


SHORT_STEM = 4
"""Stems up to this length keep their vowels: "отец" would meet others, "срок" and "урок" are whole."""
_NU_VERB = re.compile(r"(.{3}н)у(?:вш|т|л|в)?$")
"""Forms of verbs in -нуть, which the stemmer keeps apart: вернуться, вернулись, вернувшихся."""
_NU_ENDS = ("у", "увш", "ут", "ул", "ув")
_NOUN_OR_VERB_ENDS = ("ан", "ал", "ян", "ял")
"""The stemmer takes Казахстана and телеканал for verbs, but not Казахстаном and телеканалы: here they meet."""
_FLEETING = (("ец", "ц"), ("ок", "к"), ("ек", "к"))


_FORM = re.compile(r"(?<=..)(?:ies|ied|ying|y|es|ed|ing|ings|s|e|ly|er|ers)$")


def prefix_of(word: str) -> str:
    """The unchanging beginning of a normalised word: its stem where that is how the word begins, or the whole word."""
    short = str((_RUSSIAN if _CYRILLIC.search(word) else _ENGLISH).stemWord(word))
    return short if word.startswith(short) else word


def plain_form(word: str) -> str:
    """An English word without the endings of its forms, roughly: what `banned`, `banning` and `bans` share."""
    short = _FORM.sub("", _IRREGULAR.get(word, word))
    return short[:-1] if short[-1:] == short[-2:-1] else short


def is_cyrillic(word: str) -> bool:
    """Whether a normalised word is written in Cyrillic."""
    return bool(_CYRILLIC.search(word))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order, fillers among them."""
    last = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = normalise_word(match[0])
        if word:
            yield Token(word, stem(word), start, end, last == start - 1 and text[last] in _HYPHENS)
        last = end


def stems(text: str) -> list[tuple[str, str]]:
    """The normalised words of a text with their stems: `tokens` without places, for reading much content fast.

    Words are remembered; `tokens` remembers none, so that no question stays in memory.
    """
    return list(map(_read, _WORD.findall(text)))


def plain(text: str) -> str:
    """A text of the content as `normalise` gives it; its words are remembered."""
    return " ".join([word for word, _ in stems(text) if word])


def tied_words(text: str) -> list[str]:
    """Words tied by a hyphen, as one word each: anti-war is also `antiwar`."""
    if _HYPHENS.isdisjoint(text):
        return []
    return [normalise_word(match[1] + match[2]) for match in _TIED.finditer(text)]


@lru_cache(maxsize=WORD_CACHE)
def _read(written: str) -> tuple[str, str]:
    word = normalise_word(written)
    return word, stem(word)


def words(text: str) -> list[str]:
    """The normalised words of a text, in order."""
    return [token.word for token in tokens(text)]


def normalise(text: str) -> str:
    """A text as its normalised words with one space between."""
    return " ".join(words(text))
