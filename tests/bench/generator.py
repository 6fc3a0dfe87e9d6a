"""A corpus of any size: cards in two languages with made-up words as frequent as real ones, and questions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tests.bench.peers.exchange import Document

SEED = 1857
"""Any number would do; this one makes every run the same."""
ZIPF = 1.0
"""How fast words get rarer with their rank: near 1 in every language."""
TITLE_WORDS, TEXT_WORDS = 3, 18
"""Words of a title and of a text, in each language: a short card."""
LEMMAS_PER_ROOT_OF_CARDS = 110
"""Heaps' law: a vocabulary grows with the square root of the texts (about 11,000 words in 10,000 cards)."""
TYPO_SHORTEST = 5
"""Letters of a word that gets a typing error."""


def _split(letters: str) -> list[str]:
    return letters.split()


_CONSONANTS = {
    "en": _split("b c d f g h k l m n p r s t v w st tr pl"),
    "ru": _split("б в г д ж з к л м н п р с т ф х ц ст пр кл"),
}
_VOWELS = {"en": _split("a e i o u ea"), "ru": _split("а е и о у я")}
_CLOSING = {"en": _split("n t r l nd ct m rk"), "ru": _split("н т р л к в д м")}
_PARADIGMS = (
    ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
    ("а", "ы", "е", "у", "ой", "ам", "ами", "ах"),
    ("ия", "ии", "ию", "ией", "ий", "иям", "иями", "иях"),
    ("ный", "ного", "ному", "ным", "ном", "ная", "ную", "ные", "ных", "ными"),
)
_ENGLISH_FORMS = ("", "s")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the number of the card it was made from, and whether it has a typing error or another form."""

    text: str
    card: int
    sort: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Cards as title and text, and questions to them."""

    titles: list[str]
    texts: list[str]
    questions: list[Question]

    def documents(self, stemmed: Sequence[tuple[str, str]]) -> list[Document]:
        """The cards as peers take them."""
        return [
            Document(
                {"title": title, "tags": "", "points": "", "text": text},
                {"title": stems[0], "tags": "", "points": "", "text": stems[1]},
            )
            for title, text, stems in zip(self.titles, self.texts, stemmed, strict=True)
        ]


def generate(cards: int, questions: int) -> Corpus:
    """Make a corpus; half of the questions have one typing error, half are Russian words in another form."""
    chance = random.Random(SEED)
    count = int(LEMMAS_PER_ROOT_OF_CARDS * cards**0.5)
    words = {language: _lemmas(chance, language, count) for language in ("en", "ru")}
    weights = list(accumulate(1 / (rank + 3) ** ZIPF for rank in range(count)))
    drawn: list[dict[str, list[int]]] = []
    titles, texts = [], []
    for _ in range(cards):
        ranks = {
            language: chance.choices(range(count), cum_weights=weights, k=TITLE_WORDS + TEXT_WORDS)
            for language in words
        }
        forms = {
            language: [_form(chance, words[language][rank]) for rank in found] for language, found in ranks.items()
        }
        titles.append(" ".join(forms["en"][:TITLE_WORDS] + forms["ru"][:TITLE_WORDS]))
        texts.append(" ".join(forms["en"][TITLE_WORDS:]) + ". " + " ".join(forms["ru"][TITLE_WORDS:]))
        drawn.append(ranks)
    asked = []
    for number in range(questions):
        card = chance.randrange(cards)
        if number % 2:
            asked.append(Question(_other_forms(chance, words["ru"], drawn[card]["ru"], texts[card]), card, "form"))
        else:
            asked.append(
                Question(_with_typo(chance, f"{titles[card]} {texts[card]}", drawn[card], words), card, "typo")
            )
    return Corpus(titles, texts, asked)


Lemma = tuple[str, tuple[str, ...]]
"""The beginning of a word and the endings that it takes."""


def _lemmas(chance: random.Random, language: str, count: int) -> list[Lemma]:
    found: dict[str, Lemma] = {}
    while len(found) < count:
        syllables = "".join(
            chance.choice(_CONSONANTS[language]) + chance.choice(_VOWELS[language])
            for _ in range(chance.choice((1, 2, 2, 3)))
        )
        base = syllables + chance.choice(_CONSONANTS[language])[0] + chance.choice(_VOWELS[language])[0]
        base += chance.choice(_CLOSING[language])
        found.setdefault(base, (base, chance.choice(_PARADIGMS) if language == "ru" else _ENGLISH_FORMS))
    return list(found.values())


def _form(chance: random.Random, lemma: Lemma) -> str:
    return lemma[0] + chance.choice(lemma[1])


def _rare(chance: random.Random, ranks: Sequence[int], count: int) -> list[int]:
    """Words that a person would ask for: of the rarer half of a card."""
    rarer = sorted(set(ranks), reverse=True)
    return chance.sample(rarer[: max(count, len(rarer) // 2)], count)


def _other_forms(chance: random.Random, words: Sequence[Lemma], ranks: Sequence[int], text: str) -> str:
    """Two or three words of a card, each in a form that the card has not."""
    met = set(text.split())
    return " ".join(
        chance.choice([base + ending for ending in endings if base + ending not in met])
        for base, endings in (words[rank] for rank in _rare(chance, ranks, chance.choice((2, 3))))
    )


def _with_typo(chance: random.Random, text: str, ranks: dict[str, list[int]], words: dict[str, list[Lemma]]) -> str:
    """Two or three words of a card as they stand there, one of them with a typing error."""
    count = chance.choice((2, 3))
    language = chance.choice(("en", "ru"))
    bases = [words[language][rank][0] for rank in _rare(chance, ranks[language], count)]
    asked = [next(word for word in text.replace(".", "").split() if word.startswith(base)) for base in bases]
    place = max(range(count), key=lambda number: len(asked[number]) >= TYPO_SHORTEST)
    asked[place] = _misspelt(chance, asked[place])
    return " ".join(asked)


def _misspelt(chance: random.Random, word: str) -> str:
    """One error: two letters swapped, one dropped, one doubled or one replaced by another of the word."""
    place = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[: place + 1] + word[place:]
        case _:
            return word[:place] + chance.choice(word) + word[place + 1 :]
