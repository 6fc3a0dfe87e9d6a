"""Cards and questions as peers take them: the same fields, stems, fillers and synonyms as our own index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.catalog.snapshot import Catalog
from bot.search import fields
from bot.search.numerals import figure_terms
from bot.search.synonyms import Synonyms
from bot.search.words import normalise, stems, tokens
from tests.bench.peers.exchange import Document, Query

_NAMES = ((fields.TITLE, "title"), (fields.TAG, "tags"), (fields.LEADING, "points"), (0.0, "text"))


def documents(catalog: Catalog) -> list[Document]:
    """Every card in catalog order."""
    found = []
    for card in catalog.cards:
        plain: dict[str, list[str]] = {name: [] for _, name in _NAMES}
        for weight, text in fields.fields(catalog, card):
            plain[next(name for least, name in _NAMES if weight >= least)].append(text)
        joined = {name: "\n".join(texts) for name, texts in plain.items()}
        found.append(Document(joined, {name: _stemmed(text) for name, text in joined.items()}))
    return found


def _stemmed(text: str) -> str:
    found = [token.stem for token in tokens(text) if not token.filler]
    return " ".join([*found, *(figure.lstrip("#") for figure in figure_terms(text, normalise(text).split()))])


def peer_queries(catalog: Catalog, questions: Iterable[str]) -> list[Query]:
    """The questions with their stems, and with those that synonyms add."""
    synonyms = Synonyms(catalog.synonyms)
    return [_query(synonyms, question) for question in questions]


def _query(synonyms: Synonyms, question: str) -> Query:
    asked = _stemmed(question).split()
    row: Sequence[str] = [stemmed for _, stemmed in stems(question)]
    more = {stem for concept in synonyms.find(row) for phrase in synonyms.phrases(concept.term) for stem in phrase}
    return Query(normalise(question), asked, sorted(more.difference(asked)))
