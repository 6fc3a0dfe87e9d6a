"""The index: one for both languages, built once for a snapshot of the catalog and never changed.

A question is interpreted (`interpretation`), the cards that can answer are found by its rare words (`candidates`) and
put in order (`ranking`); what says the same is grouped (`groups`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.catalog.cards import Card
from bot.catalog.snapshot import Catalog
from bot.search.correction import Corrector
from bot.search.dictionary import is_real
from bot.search.fields import fields, measure_names, names
from bot.search.groups import Groups
from bot.search.interpretation import Interpretation, Interpreter
from bot.search.marking import Marks
from bot.search.memory import Making, Memory
from bot.search.naming import Named, Names
from bot.search.numerals import plain_points
from bot.search.postings import Postings
from bot.search.questions import FILLERS
from bot.search.ranking import BREAK, Ranked, Ranking, stems_of
from bot.search.synonyms import Synonyms
from bot.search.words import MAX_QUESTION, normalise, plain, stems

NEAR_CARDS = 3
"""Topics offered where nothing fits."""
ABOVE = 2.0
"""How far above the best of the others a card stands that is asked for by its id."""
MOST_HITS = 40
"""Results of one question: more than anybody turns pages for."""
_MEMORY = Memory()


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that answers, and how well; scores compare only within one answer. `alike` say the same, best first."""

    card: Card
    score: float
    alike: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question finds, best first. Where nothing fits: other words to try, and cards near it.

    `read_as` is the question as it was understood, where words were corrected. `marks` finds the matched words in a
    text.
    """

    hits: tuple[Hit, ...] = ()
    did_you_mean: str | None = None
    near: tuple[Card, ...] = ()
    read_as: str | None = None
    marks: Marks = field(default_factory=Marks)


class Index:
    """Cards under their words in both languages. Threads may search at once: nothing changes after building."""

    def __init__(self, catalog: Catalog, memory: Memory = _MEMORY) -> None:
        """Index a snapshot; what the index before was made of is taken from the memory."""
        self.catalog = catalog
        self._synonyms = Synonyms(catalog.synonyms)
        making = Making(catalog.synonyms, self._synonyms, memory)
        indexer = _Indexer(catalog, making)
        self._postings = Postings(indexer.cards())
        vocabulary = making.vocabulary(indexer.words | self._synonyms.words)
        self._interpreter = Interpreter(Corrector(vocabulary), self._synonyms, self._postings)
        self._groups = Groups(catalog)
        self._numbers = {card.id: number for number, card in enumerate(catalog.cards)}
        self._titles = {
            plain(title): number
            for number, card in reversed([*enumerate(catalog.cards)])
            for title in (card.title.en, card.title.ru)
        }
        self._topics = Names(
            Named(topic.id, (topic.id, topic.summary.title.en, topic.summary.title.ru)) for topic in catalog.topics
        )
        self._ranking = Ranking(
            catalog.cards,
            self._postings,
            self._synonyms,
            indexer.rows,
            indexer.numbers,
            indexer.titles,
            indexer.measures,
        )

    @classmethod
    def build(cls, catalog: Catalog) -> Index:
        """Index a snapshot."""
        return cls(catalog)

    def search(self, question: str) -> Answer:
        """Answer a question; in bounded time, whatever is asked. Only the first 300 characters are read.

        A real word is read as a misspelt other one only where that stands in a phrase (brian drain).
        """
        question = plain_points(question[:MAX_QUESTION])
        reading = self._interpreter.read(question)
        exact = self._named(question, reading.read_as)
        ranked = self._ranking.rank(reading)
        if not ranked and exact is None:
            loosely = self._loosely(question, reading)
            ranked = [found for found in self._ranking.rank(loosely) if found.together] if loosely.read_as else []
            if not ranked:
                return self._nothing(question, reading, loosely)
            reading = loosely
        scores = {found.number: found.score for found in ranked[:MOST_HITS]}
        if exact is not None:
            scores = {exact: max(scores.values(), default=1.0) * ABOVE} | {
                n: s for n, s in scores.items() if n != exact
            }
        cards = self.catalog.cards
        hits = tuple(
            Hit(cards[lead], scores[lead], tuple(cards[number] for number in rest))
            for lead, *rest in self._groups.group(list(scores))
        )
        return Answer(hits, read_as=reading.read_as, marks=self._marks(reading))

    def _named(self, *questions: str | None) -> int | None:
        """The number of the card of exactly this id or title, as it was written or as it was read."""
        for question in filter(None, questions):
            card = self.catalog.find("-".join(question.lower().split()))
            number = self._numbers.get(card.id) if card else self._titles.get(normalise(question))
            if number is not None:
                return number
        return None

    def _loosely(self, question: str, reading: Interpretation) -> Interpretation:
        """The question with real and known words read as misspelt ones; the same reading where there are none."""
        if any(unit.meanings or is_real(unit.typed) for unit in reading.units):
            return self._interpreter.read(question, lightly=False)
        return reading

    def _nothing(self, question: str, reading: Interpretation, loosely: Interpretation) -> Answer:
        """Other words to try: real ones read as misspelt, or the part that is known; and near topics."""
        known = " ".join(reading.known)
        part = self._answers(known)
        rest = () if part else reading.known[:NEAR_CARDS]
        tried = ((words, self._answers(words)) for words in (loosely.read_as or "", known, *rest))
        other = next((words for words, found in tried if found and normalise(words) != normalise(question)), None)
        part = part or self._answers(other or "")
        homes = [home for found in part[:NEAR_CARDS] for home in self.catalog.topics_of.get(self._id(found), ())[:1]]
        exact, named = self._topics.find(question, NEAR_CARDS)
        near = dict.fromkeys(((exact,) if exact else ()) + named + tuple(homes))
        topics = [topic.summary for name in near if (topic := self.catalog.topic(name))]
        return Answer(did_you_mean=other, near=tuple(topics[:NEAR_CARDS]))

    def _answers(self, words: str) -> list[Ranked]:
        return self._ranking.rank(self._interpreter.read(words)) if words else []

    def _id(self, found: Ranked) -> str:
        return self.catalog.cards[found.number].id

    def _marks(self, reading: Interpretation) -> Marks:
        return Marks(stems_of(reading, self._synonyms))


class _Indexer:
    """Walks over the cards once and keeps what the index is made of."""

    def __init__(self, catalog: Catalog, making: Making) -> None:
        self._catalog = catalog
        self._making = making
        self._written: dict[str, str] = {}
        self.words: set[str] = set()
        self.rows: list[str] = []
        self.numbers: dict[str, int] = {}
        self.measures: list[frozenset[frozenset[str]]] = []
        self.titles: list[frozenset[frozenset[str]]] = []

    def cards(self) -> Iterator[dict[str, float]]:
        """For each card its terms with the sum of their field weights."""
        for card in self._catalog.cards:
            terms: defaultdict[str, float] = defaultdict(float)
            row: list[str] = []
            for weight, text in fields(self._catalog, card):
                self._read(weight, text, terms, row)
            self.rows.append("".join(row))
            self.measures.append(frozenset(filter(None, map(_content, measure_names(self._catalog, card)))))
            self.titles.append(frozenset(filter(None, map(_content, names(card)))))
            yield terms

    def _read(self, weight: float, text: str, terms: defaultdict[str, float], row: list[str]) -> None:
        read = self._making.read(text)
        for term in read.concepts:
            terms[term] += weight
        for term in read.terms:
            terms[term] += weight
        if text not in self._written:
            self.words.update(read.words)
            self._written[text] = self._row(read.row)
        row.append(self._written[text])

    def _row(self, stems: Sequence[str]) -> str:
        """A row of words; many texts, such as a holder's name, stand on many cards."""
        return "".join([chr(self.numbers.setdefault(stemmed, len(self.numbers) + 1)) for stemmed in stems]) + BREAK


def _content(name: str) -> frozenset[str]:
    return frozenset(stemmed for word, stemmed in stems(name) if word not in FILLERS)
