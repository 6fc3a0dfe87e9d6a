"""The vocabulary: every word of the catalog with its forms, and what an unknown word may have been meant for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.search.dictionary import is_real, lemmas, read_dictionaries
from bot.search.endings import LONGEST_ENDING, all_endings
from bot.search.families import family
from bot.search.forms import base_of, endings_of, family_of, form_of, partners_of, partners_of_content, sounds_of
from bot.search.transliteration import sound_key
from bot.search.typos import ALIKE, OTHER, Near, NearWords
from bot.search.words import is_cyrillic, plain_form, stem

SIBLING = 0.6
"""Likeness of a word of the same family: an emigrant is not an emigration, but seldom far from it."""
KIN = 0.35
"""The same where no card has the word in any form: it answers by what a title says, not by what is mentioned."""
SURE_ROOT = 5
"""Letters of a root by which a word that no card has is held for one of a known family: гостиница is no гость."""
LEMMA = 0.9
"""Likeness of another form of the same word that the stemmer keeps apart, or of the other aspect of a verb."""
TRANSLITERATED = 0.95
"""Likeness of a word found by its sound in the other alphabet."""
UNMET_FORM = 0.1
"""Cost of a form that stands on no card and is only possible."""
COST = 0.3
"""Likeness that an error of cost 1 takes away."""
SHORT, MIDDLE, SAFE, LONG = 4, 5, 6, 8
"""Letters of a word's beginning from which it forgives slips, likely errors, any one error, and two errors."""
ALLOWED = {SHORT: 0.75, MIDDLE: 0.95, SAFE: 1.5, LONG: 1.8}
"""The greatest cost of errors that is forgiven from each length of a beginning on."""
ALLOWED_WHOLE = {3: 0.5, SHORT: 0.95, MIDDLE: 1.3, SAFE: 1.5}
"""The same by the length of a short form that stands on some card as a whole: that is surer than a beginning."""
ODD_ENDING = 3
"""Letters of an ending that may be misspelt: a longer one is rather another word."""
KEPT = 4
"""Readings of an unknown word that are kept; more would match everything a little."""
MARGIN = 0.13
"""How much less likely than the best a reading may be and still count."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term that a typed word may mean, and how likely (0 to 1); `surface` is a known word to show for it."""

    term: str
    likeness: float
    surface: str


class Vocabulary:
    """Known words, found by their forms, by how they sound and by near writing."""

    def __init__(self, words: Iterable[str], before: Vocabulary | None = None) -> None:
        """`before` is that of the index before, from which is taken what has not changed."""
        read_dictionaries()
        self._surfaces = frozenset(words)
        self._beginnings = frozenset(word[:SHORT] for word in self._surfaces)
        ordered = sorted(self._surfaces, key=lambda word: (len(word), word))
        self._example: dict[str, str] = {}
        endings: defaultdict[str, set[str]] = defaultdict(set)
        terms: dict[str, dict[str, None]] = {}
        for word in ordered:
            form = form_of(word)
            self._example.setdefault(form.stem, word)
            for base in form.bases:
                endings[base].add(word[len(base) :])
                terms.setdefault(base, {})[form.stem] = None
        self._bases = list(terms)
        self._terms = [tuple(found) for found in terms.values()]
        self._number = {base: number for number, base in enumerate(self._bases)}
        known = [base_of(base) for base in self._bases]
        self._endings = [
            endings_of(frozenset(met), cyrillic=base.cyrillic)
            for met, base in zip(endings.values(), known, strict=True)
        ]
        self._sounds = {found: sounds_of(found) for found in set(self._endings)}
        self._all_sounds = frozenset[str]().union(*self._sounds.values())
        self._families: defaultdict[str, list[str]] = defaultdict(list)
        for example in self._example:
            self._families[family_of(example)].append(example)
        self._keep_lemmas(ordered)
        self._plain = frozenset(plain for word in ordered if (plain := form_of(word).plain))
        self._near: NearWords = NearWords(self._bases, before._near if before else None)
        keys: dict[str, list[int]] = {}
        for number, each in enumerate(known):
            keys.setdefault(each.sound, []).append(number)
        self._by_key = keys
        self._keys = [key for key, numbers in keys.items() if any(known[number].cyrillic for number in numbers)]
        self._near_keys: NearWords = NearWords(self._keys, before._near_keys if before else None)

    def _keep_lemmas(self, words: Iterable[str]) -> None:
        """The lemmas of each word with what stands for them, and the stems found under that."""
        self._lemmas: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._partners: dict[str, frozenset[str]] = {}
        self._lemmas_of = {word: found for word in words if (found := form_of(word).lemmas)}
        for word, found in self._lemmas_of.items():
            for lemma, grammar in found:
                if lemma not in self._partners:
                    self._partners[lemma] = partners_of_content(lemma, grammar)
                for partner in self._partners[lemma]:
                    self._lemmas[partner][form_of(word).stem] = None

    def holds(self, words: Collection[str]) -> bool:
        """Whether it is made of exactly these words."""
        return self._surfaces == words

    def knows(self, word: str) -> bool:
        """Whether a word, in whatever form, stands on some card."""
        return stem(word) in self._example

    def met(self, word: str) -> bool:
        """Whether exactly this form stands on some card."""
        return word in self._surfaces

    def has_form(self, word: str) -> bool:
        """Whether a word is of a dictionary, and a form of one that stands on some card."""
        if word[:SHORT] not in self._beginnings or not is_real(word):
            return False
        return self.knows(word) or any(lemma in self._partners for lemma, _ in lemmas(word))

    def meanings(self, word: str) -> tuple[Meaning, ...]:
        """A known word, others of which it may be a form or the transliteration (dozhd), and its family."""
        known = stem(word)
        found = {known: Meaning(known, self._likeness(word), word)}
        others = self.forms(word) if is_cyrillic(word) else () if is_real(word) else self.sounds_like(word)
        for meaning in others:
            found.setdefault(meaning.term, meaning)
        if known in self._example:
            for other in self._families[family(known)]:
                found.setdefault(other, Meaning(other, SIBLING, self._example[other]))
        return tuple(found.values())

    def _likeness(self, word: str) -> float:
        """How surely a word with the stem of known ones is a form of them: calculator is none of calculation."""
        if self.met(word) or not is_real(word):
            return 1.0
        if not is_cyrillic(word):
            return 1.0 if plain_form(word) in self._plain else KIN
        keys = (partner for lemma, grammar in lemmas(word) for partner in partners_of(lemma, grammar))
        return 1.0 if any(stem(word) in self._lemmas.get(key, ()) for key in keys) else SIBLING

    def forms(self, word: str) -> tuple[Meaning, ...]:
        """Known words of which an unknown one is a form, by its lemmas and their aspects, or else by its ending.

        A word of a dictionary is a form of nothing else, but may be of a known family.
        """
        keys = [
            partner
            for lemma, grammar in self._lemmas_of.get(word) or lemmas(word)
            for partner in self._partners.get(lemma) or partners_of(lemma, grammar)
        ]
        terms = dict.fromkeys(term for key in keys for term in self._lemmas.get(key, ()))
        if terms:
            return tuple(Meaning(term, LEMMA, self._example[term]) for term in terms)
        if is_real(word):
            root = family(stem(word))
            kin = self._families.get(root, ()) if len(root) >= SURE_ROOT else ()
            return tuple(Meaning(term, KIN, self._example[term]) for term in kin)
        found = [
            self._meaning(self._number[base], word, 0.0)
            for base, ending in _splits(word)
            if len(base) >= SHORT and base in self._number and ending in self._endings[self._number[base]]
        ]
        return _best(meaning for group in found for meaning in group)

    def sounds_like(self, word: str) -> tuple[Meaning, ...]:
        """Known words of the other alphabet that are written like this in transliteration."""
        return _best(meaning for meaning in self._sounding(word, exact=True))

    def near(self, word: str) -> tuple[Meaning, ...]:
        """Known words, in any form, from which a typed one differs by typing errors, also in Latin letters."""
        found = list(self._misspelt(word))
        if not is_cyrillic(word) and (not found or found[0].likeness < TRANSLITERATED - COST):
            found += self._sounding(word, exact=False)
        return _best(found)

    def slips(self, word: str) -> tuple[Meaning, ...]:
        """Known words, as they stand on some card, of which a long real word is but a slip (тихоновская)."""
        if len(word) < LONG:
            return ()
        near = (meaning for meaning in self.near(word) if meaning.likeness >= 1 - COST * ALIKE)
        return tuple(meaning for meaning in near if abs(len(meaning.surface) - len(word)) <= 1)

    def _misspelt(self, word: str) -> Iterator[Meaning]:
        met = False
        for base, ending in _splits(word):
            exact = self._number.get(base)
            if exact is not None and len(base) >= MIDDLE and self._is_odd(ending, exact):
                yield from self._meaning(exact, base + ending, OTHER)
            for near in self._near.one_error(base):
                if ending in self._endings[near.number] and self._forgives(near, ending):
                    met = True
                    yield from self._meaning(near.number, self._bases[near.number] + ending, near.cost)
        if met or len(word) < LONG:
            return
        for base, ending in _splits(word):
            if len(base) >= LONG - 1:
                for near in self._near.two_errors(base, KEPT):
                    if ending in self._endings[near.number] and _forgiven(self._bases[near.number], near):
                        yield from self._meaning(near.number, self._bases[near.number] + ending, near.cost)

    def _forgives(self, near: Near, ending: str) -> bool:
        """Whether the errors in a beginning are forgiven, with this ending behind it."""
        word = self._bases[near.number] + ending
        if len(word) <= SAFE and word in self._surfaces:
            return near.cost <= ALLOWED_WHOLE.get(len(word), 0.0)
        return _forgiven(self._bases[near.number], near)

    def _is_odd(self, ending: str, number: int) -> bool:
        """Whether an ending may be a misspelt one of this word."""
        endings = self._endings[number]
        return ending not in endings and len(ending) <= ODD_ENDING and ending[:1] in _initials(endings)

    def _sounding(self, word: str, *, exact: bool) -> Iterator[Meaning]:
        cyrillic = is_cyrillic(word)
        key = sound_key(word)
        for base, ending in _splits(key, self._all_sounds):
            if len(base) < SHORT - 1 + (not exact) * 2:
                continue
            nears = (Near(0, 0.0),) if exact else self._near_keys.one_error(base)
            for near in nears:
                numbers = self._by_key.get(base, ()) if exact else self._by_key[self._keys[near.number]]
                if not exact and not _forgiven(self._keys[near.number], near):
                    continue
                for number in numbers:
                    if is_cyrillic(self._bases[number]) != cyrillic and ending in self._sounds[self._endings[number]]:
                        surface = self._sounding_form(number, self._keys[near.number] + ending if not exact else key)
                        if cyrillic and not surface:
                            continue
                        yield from self._meaning(number, surface, near.cost + (1 - TRANSLITERATED) / COST)

    def _sounding_form(self, number: int, key: str) -> str:
        """The form of a word that sounds like this; empty where none was met."""
        base = self._bases[number]
        forms = (base + ending for ending in sorted(self._endings[number]))
        return next((form for form in forms if form in self._surfaces and sound_key(form) == key), "")

    def _meaning(self, number: int, surface: str, cost: float) -> Iterator[Meaning]:
        met = surface in self._surfaces
        likeness = 1 - COST * (cost if met else cost + UNMET_FORM)
        for term in self._terms[number]:
            yield Meaning(term, likeness, surface if met else self._example[term])


def _splits(word: str, endings: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """A word as beginning and ending, at every place where some ending fits; the whole word first."""
    odd = 0 if endings else ODD_ENDING
    endings = endings or all_endings(cyrillic=is_cyrillic(word))
    for length in range(min(LONGEST_ENDING, len(word) - 2) + 1):
        base, ending = word[: len(word) - length], word[len(word) - length :]
        if length <= odd or ending in endings:
            yield base, ending


@lru_cache(maxsize=1024)
def _initials(endings: frozenset[str]) -> frozenset[str]:
    return frozenset(ending[0] for ending in endings if ending)


def _forgiven(base: str, near: Near) -> bool:
    allowed = max((cost for length, cost in ALLOWED.items() if len(base) >= length), default=0.0)
    return near.cost <= allowed


def _best(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """The likeliest readings, each term once."""
    terms: dict[str, Meaning] = {}
    for meaning in sorted(meanings, key=lambda meaning: -meaning.likeness):
        terms.setdefault(meaning.term, meaning)
    best = list(terms.values())[:KEPT]
    return tuple(meaning for meaning in best if meaning.likeness >= best[0].likeness - MARGIN)
