"""How well the search finds: labelled questions over the shipped content, beside other engines on the same cards.

`python -m tests.bench.search_quality [QUERIES]` prints tables. A result is relevant when it cites one of the labelled
lines; a question without lines is answered rightly by nothing. success@1: the first result is relevant. recall@5: the
share of the labelled lines that the first five cite. MRR@10: one by the place of the first relevant result, 0 past the
tenth. "without summaries" leaves summaries out of the results. "lines": how many lines the first result cites.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bot.catalog.cards import Card, Kind
from bot.catalog.loading import load, read_folder
from bot.catalog.snapshot import Catalog, cited_lines
from bot.search.index import Index
from tests.bench.peers.corpus import documents, peer_queries
from tests.bench.peers.exchange import LIMIT, PeerMissingError, run_peer
from tests.bench.peers.home import commands

QUERIES = Path("../shared/search/dev-queries.jsonl")
OWN_QUERIES = Path("tests/search/questions.jsonl")
"""The questions of this repository, which its tests hold to a floor."""
PEER_SECONDS = 120

Line = tuple[str, int]
Finder = Callable[[int], Sequence[Card]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its class and the lines that answer it: file name and number."""

    id: str
    question: str
    group: str
    lines: frozenset[Line]

    @property
    def tuned(self) -> bool:
        """Whether it belongs to the half that settings may be tuned on, by a hash of its id."""
        return hashlib.sha256(self.id.encode()).digest()[-1] % 2 == 0


@dataclass(frozen=True, slots=True)
class Score:
    """What one question scored; for one without an answer only `right` counts."""

    query: Labelled
    right: bool
    recall: float
    reciprocal: float
    lines_of_first: int


def read_queries(file: Path) -> list[Labelled]:
    """Read labelled questions, one JSON object a line."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Labelled(
            row["id"],
            row["q"],
            row["class"],
            frozenset((entry["seed"], line) for entry in row["relevant"] for line in entry["lines"]),
        )
        for row in rows
    ]


def score(catalog: Catalog, query: Labelled, found: Sequence[Card]) -> Score:
    """Judge what was found for one question."""
    cited = [
        frozenset((catalog.sources[name].file, line) for name, line in cited_lines(card.all_cites())) for card in found
    ]
    if not query.lines:
        return Score(query, not found, 0.0, 0.0, 0)
    place = next((place for place, lines in enumerate(cited[:LIMIT], start=1) if lines & query.lines), 0)
    recall = len(query.lines & frozenset[Line]().union(*cited[:5])) / len(query.lines)
    return Score(query, place == 1, recall, 1 / place if place else 0.0, len(cited[0]) if cited else 0)


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over a set of questions. `false_answers` is over those that have no answer."""

    questions: int
    success: float
    recall: float
    mrr: float
    false_answers: float
    lines_of_first: float

    @classmethod
    def of(cls, scores: Iterable[Score]) -> Report:
        """Average what questions scored."""
        found = list(scores)
        answered = [one for one in found if one.query.lines]
        none = [one for one in found if not one.query.lines]

        def mean(values: Iterable[float]) -> float:
            return fmean([*values] or [0.0])

        return cls(
            len(found),
            mean(one.right for one in answered),
            mean(one.recall for one in answered),
            mean(one.reciprocal for one in answered),
            mean(not one.right for one in none),
            mean(one.lines_of_first for one in answered if one.lines_of_first),
        )

    def row(self, name: str) -> str:
        """One line of the table."""
        return (
            f"{name:28} {self.questions:4} {self.success:6.3f} {self.recall:6.3f} {self.mrr:6.3f} "
            f"{self.false_answers:6.3f} {self.lines_of_first:6.1f}"
        )


HEAD = f"{'':28} {'n':>4} {'s@1':>6} {'r@5':>6} {'mrr':>6} {'false':>6} {'lines':>6}"


def run(catalog: Catalog, queries: Sequence[Labelled], find: Finder) -> list[Score]:
    """Score every question with what `find` gives for its number."""
    return [score(catalog, query, find(number)) for number, query in enumerate(queries)]


def by_class(scores: Sequence[Score]) -> Mapping[str, Report]:
    """A report for each class of question, in the order of the file."""
    groups: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scores:
        groups[one.query.group].append(one)
    return {name: Report.of(found) for name, found in groups.items()}


@dataclass(frozen=True, slots=True)
class Quality:
    """What is measured: our own scores with and without summaries, and those of each peer that could run."""

    own: list[Score]
    without_summaries: list[Score]
    peers: dict[str, tuple[str, list[Score]]]
    missing: list[str]


def evaluate(queries_file: Path = QUERIES, *, peers: bool = True) -> Quality | None:
    """Ask every question of ours and of every peer; None where the questions are not at hand."""
    if not queries_file.exists():
        return None
    catalog = load(read_folder(Path("content")), read_folder(Path("seeds"))).catalog()
    queries = read_queries(queries_file)
    index = Index.build(catalog)
    answers = [[hit.card for hit in index.search(query.question).hits] for query in queries]
    own = run(catalog, queries, answers.__getitem__)
    narrow = run(catalog, queries, lambda n: [card for card in answers[n] if card.kind != Kind.SUMMARY])
    found: dict[str, tuple[str, list[Score]]] = {}
    missing: list[str] = []
    given = documents(catalog), peer_queries(catalog, [query.question for query in queries])
    for name, command in commands() if peers else ():
        try:
            if isinstance(command, PeerMissingError):
                raise command
            outcome = run_peer(command, name, *given, PEER_SECONDS)
        except PeerMissingError as error:
            missing.append(str(error))
            continue
        answered = [[catalog.cards[number] for number in numbers] for numbers in outcome.results]
        in_time = queries[: len(answered)]
        note = "" if len(in_time) == len(queries) else f" (answered {len(in_time)} of {len(queries)} in time)"
        found[name] = (outcome.settings + note, run(catalog, in_time, answered.__getitem__))
    return Quality(own, narrow, found, missing)


def report(quality: Quality) -> str:
    """The tables."""
    tuned, held = _halves(quality)
    lines = [
        *_table("kolokol", quality.own),
        "",
        *_table("without summaries", quality.without_summaries),
        "",
        HEAD,
        tuned.row("half tuned on"),
        held.row("half held out"),
        f"gap of success@1: {tuned.success - held.success:+.3f}",
        "",
        HEAD,
        Report.of(quality.own).row("kolokol"),
        *(Report.of(scores).row(name) for name, (_, scores) in quality.peers.items()),
        "",
        _success_by_class(quality),
        "",
        *notes(quality),
    ]
    missed = [one.query for one in quality.own if not one.right]
    lines += [f"missed {query.id} {query.group}: {query.question}" for query in missed]
    return "\n".join(lines)


def _table(name: str, scores: Sequence[Score]) -> list[str]:
    """Every class, and all together."""
    rows = [found.row(group) for group, found in by_class(scores).items()]
    return [f"{name:28}" + HEAD[28:], *rows, Report.of(scores).row("all")]


def _success_by_class(quality: Quality) -> str:
    """Right first results, or right silence, as counts by class and engine."""
    engines = {"kolokol": quality.own, **{name: scores for name, (_, scores) in quality.peers.items()}}
    classes = list(by_class(quality.own))
    rows = [f"{'right, by class':18}" + "".join(f"{name[:12]:>13}" for name in classes)]
    for name, scores in engines.items():
        counts = [sum(one.right for one in scores if one.query.group == group) for group in classes]
        rows.append(f"{name:18}" + "".join(f"{count:>13}" for count in counts))
    return "\n".join(rows)


def measure() -> list[tuple[str, float, str]]:
    """Rows for `make bench`, for both files of questions; prints the tables, or one line without the questions."""
    return _measure(QUERIES, "") + _measure(OWN_QUERIES, "own questions, ")


def _measure(file: Path, prefix: str) -> list[tuple[str, float, str]]:
    quality = evaluate(file)
    if quality is None:
        print(f"  skipped: no questions at {file}")
        return []
    print(*(f"  {line}" for line in (str(file), *report(quality).splitlines())), sep="\n")
    return [(prefix + name, value, unit) for name, value, unit in _all_rows(quality)]


def _all_rows(quality: Quality) -> list[tuple[str, float, str]]:
    rows = _rows("kolokol", Report.of(quality.own))
    rows += _rows("kolokol without summaries", Report.of(quality.without_summaries))
    tuned, held = _halves(quality)
    rows += [("success@1, half tuned on", tuned.success, ""), ("success@1, half held out", held.success, "")]
    rows += [("success@1, gap", tuned.success - held.success, "")]
    for name, (_, scores) in quality.peers.items():
        rows += _rows(name, Report.of(scores))
    return rows


def _rows(name: str, found: Report) -> list[tuple[str, float, str]]:
    return [
        (f"{name}: success@1", found.success, ""),
        (f"{name}: recall@5", found.recall, ""),
        (f"{name}: MRR@10", found.mrr, ""),
        (f"{name}: false answers", found.false_answers, ""),
        (f"{name}: cited by the first result", found.lines_of_first, "lines"),
    ]


def _halves(quality: Quality) -> tuple[Report, Report]:
    """The half that settings were tuned on, and the other."""
    tuned = Report.of(one for one in quality.own if one.query.tuned)
    return tuned, Report.of(one for one in quality.own if not one.query.tuned)


def notes(quality: Quality) -> list[str]:
    """How each peer was set up, and which could not run."""
    settings = [f"{name}: {settings}" for name, (settings, _) in quality.peers.items()]
    return settings + [f"skipped {line}" for line in quality.missing]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print; one line where the questions are not at hand."""
    file = Path(arguments[0]) if arguments else QUERIES
    quality = evaluate(file)
    print(report(quality) if quality else f"search quality: skipped, no questions at {file}")


if __name__ == "__main__":
    main(sys.argv[1:])
