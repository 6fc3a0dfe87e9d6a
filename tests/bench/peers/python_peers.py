"""Peers that run in Python, each in a process of its own: `python_peers.py NAME QUESTION ANSWER`. Nothing of ours."""

from __future__ import annotations

import gc
import json
import re
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Search = Callable[[dict[str, Any]], list[int]]


def fts5(task: dict[str, Any], tokenizer: str, *, stemmed: bool) -> tuple[str, Search]:
    """SQLite's own full text search in memory, ranked by its bm25 with our field weights."""
    base = sqlite3.connect(":memory:")
    names = list(task["weights"])
    base.execute(f"CREATE VIRTUAL TABLE card USING fts5({', '.join(names)}, tokenize='{tokenizer}')")
    kind = "stemmed" if stemmed else "plain"
    base.executemany(
        f"INSERT INTO card(rowid, {', '.join(names)}) VALUES ({', '.join('?' * (len(names) + 1))})",
        [(number, *(document[kind][name] for name in names)) for number, document in enumerate(task["documents"])],
    )
    weights = ", ".join(str(weight) for weight in task["weights"].values())
    order = f"SELECT rowid FROM card WHERE card MATCH ? ORDER BY bm25(card, {weights}) LIMIT {task['limit']}"

    def search(query: dict[str, Any]) -> list[int]:
        words = [*query["stems"], *query["synonyms"]] if stemmed else re.findall(r"\w+", query["plain"])
        if tokenizer.startswith("trigram"):
            words = list(dict.fromkeys(word[i : i + 3] for word in words for i in range(len(word) - 2)))
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        return [row[0] for row in base.execute(order, (match,))] if match else []

    form = "stems and synonyms given, OR" if stemmed else "words OR"
    return f"FTS5 {tokenizer}, bm25 with field weights, {form}", search


def bm25s_peer(task: dict[str, Any]) -> tuple[str, Search]:
    """bm25s (Lucene's BM25 over scipy-like arrays); fields weigh by repetition."""
    bm25s = import_module("bm25s")

    def terms(document: dict[str, Any]) -> list[str]:
        return [
            word
            for name, weight in task["weights"].items()
            for word in document["stemmed"][name].split() * round(weight)
        ]

    retriever = bm25s.BM25(method="lucene")
    retriever.index([terms(document) for document in task["documents"]], show_progress=False)
    most = min(task["limit"], len(task["documents"]))

    def search(query: dict[str, Any]) -> list[int]:
        words = [*query["stems"], *query["synonyms"]]
        known = [word for word in words if word in retriever.vocab_dict]
        if not known:
            return []
        found, scores = retriever.retrieve([known], k=most, show_progress=False)
        return [int(number) for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return "bm25s lucene k1=1.5 b=0.75, stems and synonyms given, fields repeated by rounded weight", search


def tantivy_peer(task: dict[str, Any]) -> tuple[str, Search]:
    """tantivy with a fuzzy term for each word: one error, swapped letters as one."""
    tantivy = import_module("tantivy")

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    for name in task["weights"]:
        builder.add_text_field(name, tokenizer_name="whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for number, document in enumerate(task["documents"]):
        writer.add_document(tantivy.Document(number=number, **document["stemmed"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    query_of = tantivy.Query

    def term(word: str, boost: float) -> list[Any]:
        clauses = []
        for name, weight in task["weights"].items():
            exact = query_of.boost_query(query_of.term_query(schema, name, word), weight * boost)
            clauses.append((tantivy.Occur.Should, exact))
            if len(word) > 3:
                fuzzy = query_of.fuzzy_term_query(schema, name, word, distance=1, transposition_cost_one=True)
                clauses.append((tantivy.Occur.Should, query_of.boost_query(fuzzy, weight * boost * 0.5)))
        return clauses

    def search(query: dict[str, Any]) -> list[int]:
        clauses = [clause for word in query["stems"] for clause in term(word, 1.0)]
        clauses += [clause for word in query["synonyms"] for clause in term(word, 0.85)]
        if not clauses:
            return []
        hits = searcher.search(query_of.boolean_query(clauses), task["limit"]).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return "tantivy BM25, stems and synonyms given, field boosts, fuzzy distance 1 at half weight", search


def wratio(task: dict[str, Any]) -> tuple[str, Search]:
    """rapidfuzz over whole texts, as simple bots do it."""
    from rapidfuzz import fuzz, process, utils

    texts = [utils.default_process(" ".join(document["plain"].values())) for document in task["documents"]]

    def search(query: dict[str, Any]) -> list[int]:
        asked = utils.default_process(query["plain"])
        return [number for _, _, number in process.extract(asked, texts, scorer=fuzz.WRatio, limit=task["limit"])]

    return "rapidfuzz WRatio of the question against title, tags, points and text joined", search


PEERS: dict[str, Callable[[dict[str, Any]], tuple[str, Search]]] = {
    "fts5-unicode61": lambda task: fts5(task, "unicode61 remove_diacritics 2", stemmed=False),
    "fts5-trigram": lambda task: fts5(task, "trigram", stemmed=False),
    "fts5-stemmed": lambda task: fts5(task, "unicode61 remove_diacritics 2", stemmed=True),
    "bm25s": bm25s_peer,
    "tantivy": tantivy_peer,
    "rapidfuzz-wratio": wratio,
}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(name: str, question: str, answer: str) -> None:
    """Index, answer, write down."""
    task = json.loads(Path(question).read_text(encoding="utf-8"))
    gc.collect()
    before, begin = _memory(), time.process_time()
    settings, search = PEERS[name](task)
    built, after = time.process_time() - begin, _memory()
    results: list[list[int]] = []
    spent: list[float] = []
    deadline = time.perf_counter() + task["seconds"]
    for _ in range(task["rounds"]):
        for number, query in enumerate(task["queries"]):
            if time.perf_counter() > deadline:
                break
            begin = time.process_time()
            found = search(query)
            taken = (time.process_time() - begin) * 1000
            if number < len(spent):
                spent[number] = min(spent[number], taken)
            else:
                spent.append(taken)
                results.append(found)
    outcome = {
        "settings": settings, "results": results, "milliseconds": spent,
        "build_seconds": built, "memory_mb": after - before,
    }  # fmt: skip
    Path(answer).write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
