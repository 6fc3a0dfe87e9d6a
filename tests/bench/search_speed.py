"""How fast the search answers: on the shipped content, and on generated corpora beside other engines.

`python -m tests.bench.search_speed [SIZE ...]`: sizes of generated corpora; 1,000, 10,000 and 100,000 where none is
given (the last takes a quarter of an hour and two gigabytes). Each engine runs in a process of its
own, one query after another.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bot.catalog.loading import load, read_folder
from bot.search import words
from bot.search.index import Index
from tests.bench.generator import Corpus, generate
from tests.bench.peers.exchange import FIELD_WEIGHTS, Document, Outcome, PeerMissingError, Query, run_peer
from tests.bench.peers.home import commands

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 400
ROUNDS = 7
"""Times that each question is asked of the shipped content; the least counts, since the machine is shared."""
QUERIES = Path("../shared/search/dev-queries.jsonl")
PEER_SECONDS = 3600
PAUSE_SECONDS = 0.002
"""Between two searches while the index is rebuilt: people do not ask without a pause."""
EVEN = dict.fromkeys(FIELD_WEIGHTS, 1.0)
"""Peers weigh the fields of generated cards evenly: questions are made from all words of a card, so titles mislead."""
SHIPPED = (
    "how many russians left after the invasion?", "кто такой Солдатов", "what should the EU do about visas", "visa",
    "нансеновского паспорта", "820 тысяч", "920k", "ghbpsd", "мшыф", "oppozitsiya", "zhurnalisty v izgnanii",
    "braindrain", "иностранныйагент", "tikhanovskya", "правительсво в изгнаниии", "казахстн релоканты",
    "champions league final",
    "asdkjh", "сколько стоит билет", "weather in Tbilisi", "political exiles and civil society after Putin",
    "что делать Западу с эмигрантами из России", "vjpub entxrf", "unknown words misspeld entirly wrongley",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of processor time per query at the median and the 99th percentile, hits by sort of question (where
    the corpus is generated),
    seconds of building, memory.
    """

    engine: str
    cards: int
    p50: float
    p99: float
    typo: float
    form: float
    build_seconds: float
    memory_mb: float
    generated: bool = True

    def row(self) -> str:
        """One line of the table."""
        return (
            f"{self.engine:18} {self.cards:8,} {self.p50:9.2f} {self.p99:9.2f} {self.typo:6.2f} {self.form:6.2f} "
            f"{self.build_seconds:8.1f} {self.memory_mb:8.0f}"
        )


HEAD = f"{'':18} {'cards':>8} {'p50 ms':>9} {'p99 ms':>9} {'typo':>6} {'form':>6} {'build s':>8} {'mem MB':>8}"


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which a share of all lies."""
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))]


def shipped(questions: Sequence[str] = SHIPPED) -> Speed:
    """Our search on the shipped content, in processor time. Searching keeps no caches, so each query is a cold one."""
    catalog = load(read_folder(Path("content")), read_folder(Path("seeds"))).catalog()
    begin = time.process_time()
    index = Index.build(catalog)
    built = time.process_time() - begin
    spent = [min(_timed(index, question) for _ in range(ROUNDS)) for question in questions]
    return Speed(
        "kolokol, shipped",
        len(catalog.cards),
        percentile(spent, 0.5),
        percentile(spent, 0.99),
        0,
        0,
        built,
        0,
        generated=False,
    )


def rebuilding() -> Speed:
    """Searches by the clock while another thread builds the next index of the shipped content, as a reload does."""
    catalog = load(read_folder(Path("content")), read_folder(Path("seeds"))).catalog()
    index = Index.build(catalog)
    building = threading.Thread(target=Index.build, args=(catalog,))
    spent: list[float] = []
    begin = time.perf_counter()
    building.start()
    while building.is_alive():
        asked = time.perf_counter()
        index.search(SHIPPED[len(spent) % len(SHIPPED)])
        spent.append((time.perf_counter() - asked) * 1000)
        time.sleep(PAUSE_SECONDS)
    built = time.perf_counter() - begin
    return Speed(
        "while rebuilding",
        len(catalog.cards),
        percentile(spent, 0.5),
        percentile(spent, 0.99),
        0,
        0,
        built,
        0,
        generated=False,
    )


def _timed(index: Index, question: str) -> float:
    begin = time.process_time()
    index.search(question)
    return (time.process_time() - begin) * 1000


def generated(cards: int) -> tuple[list[Speed], list[str]]:
    """Every engine that can run on a generated corpus, and why others cannot."""
    corpus = generate(cards, QUESTIONS)
    given = corpus.documents([(_stemmed(t), _stemmed(x)) for t, x in zip(corpus.titles, corpus.texts, strict=True)])
    queries = [Query(question.text, _stemmed(question.text).split(), []) for question in corpus.questions]
    own = ("kolokol", (sys.executable, "-m", "tests.bench.peers.own"))
    found: list[Speed] = []
    missing: list[str] = []
    for name, command in (own, *commands()):
        try:
            if isinstance(command, PeerMissingError):
                raise command
            found.append(_speed(name, corpus, _outcome(command, name, given, queries)))
        except PeerMissingError as error:
            missing.append(f"{error} ({cards:,} cards)")
    return found, missing


def _outcome(command: Sequence[str], name: str, documents: Sequence[Document], queries: Sequence[Query]) -> Outcome:
    return run_peer(command, name, documents, queries, PEER_SECONDS, EVEN)


def _stemmed(text: str) -> str:
    return " ".join(stemmed for _, stemmed in words.stems(text))


def _speed(name: str, corpus: Corpus, outcome: Outcome) -> Speed:
    answered = list(zip(corpus.questions, outcome.results, strict=False))

    def hits(sort: str) -> float:
        return fmean([float(found[:1] == [asked.card]) for asked, found in answered if asked.sort == sort] or [0.0])

    spent = outcome.milliseconds
    return Speed(
        name, len(corpus.titles), percentile(spent, 0.5), percentile(spent, 0.99), hits("typo"), hits("form"),
        outcome.build_seconds, outcome.memory_mb,
    )  # fmt: skip


def time_all(sizes: Sequence[int] = SIZES) -> tuple[list[Speed], list[str]]:
    """The shipped content, with labelled questions where at hand; each size of generated corpus; what could not run."""
    asked = SHIPPED
    if QUERIES.exists():
        asked += tuple(json.loads(line)["q"] for line in QUERIES.read_text(encoding="utf-8").splitlines())
    found, missing = [shipped(asked), rebuilding()], list[str]()
    for size in sizes:
        speeds, lacking = generated(size)
        found += speeds
        missing += lacking
    return found, missing


def measure(sizes: Sequence[int] = SIZES) -> list[tuple[str, float, str]]:
    """Rows for `make bench`."""
    found, missing = time_all(sizes)
    print(*(f"  skipped {line}" for line in missing), sep="\n", end="\n" if missing else "")
    rows: list[tuple[str, float, str]] = []
    for speed in found:
        name = f"{speed.engine}, {speed.cards:,} cards"
        rows += [(f"{name}: median", speed.p50, "ms"), (f"{name}: 99 of 100", speed.p99, "ms")]
        rows += [(f"{name}: built in", speed.build_seconds, "s")]
        if speed.generated:
            rows += [(f"{name}: hit@1, one typo", speed.typo, ""), (f"{name}: hit@1, other form", speed.form, "")]
            rows += [(f"{name}: memory", speed.memory_mb, "MB")]
    return rows


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    found, missing = time_all([int(size) for size in arguments] or SIZES)
    print(HEAD, *(speed.row() for speed in found), *(f"skipped {line}" for line in missing), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
