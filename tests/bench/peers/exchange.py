"""What goes to a peer and comes back: one JSON file each way, so that every peer runs in a process of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LIMIT = 10
"""Results asked of every engine: MRR@10 looks no further."""
ROUNDS = 2
"""Times that all queries are asked, one after another; the least time of each counts, since the machine is shared."""
ANSWERING_SECONDS = 60
"""A slow engine stops answering then; what it answered by then counts."""
FIELD_WEIGHTS = {"title": 4.0, "tags": 3.0, "points": 1.7, "text": 1.0}
"""What our own ranking counts a word by where it stands; peers that weigh fields get the same."""


@dataclass(frozen=True, slots=True)
class Document:
    """A card in both languages, by field: as written, and as stems of words that are no fillers."""

    plain: dict[str, str]
    stemmed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as typed, its stems without fillers, and the stems that the synonyms add."""

    plain: str
    stems: list[str]
    synonyms: list[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine answered: its settings in words, numbers of documents per query, milliseconds per query.

    Times, also that of building, are the processor's, since other programs share the machine.
    `build_seconds` and `memory_mb` (of the process, after building, above what it held before) are for its own index.
    """

    settings: str
    results: list[list[int]]
    milliseconds: list[float]
    build_seconds: float
    memory_mb: float


class PeerMissingError(Exception):
    """A peer cannot run here; the message says why in one line."""


def run_peer(
    command: Sequence[str],
    name: str,
    documents: Sequence[Document],
    queries: Sequence[Query],
    seconds: float,
    weights: Mapping[str, float] = FIELD_WEIGHTS,
) -> Outcome:
    """Let a peer index the documents and answer the queries. Raises PeerMissingError."""
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder, "question.json"), Path(folder, "answer.json")
        question.write_text(
            json.dumps(
                {
                    "limit": LIMIT,
                    "seconds": ANSWERING_SECONDS,
                    "rounds": ROUNDS,
                    "weights": dict(weights),
                    "documents": [asdict(document) for document in documents],
                    "queries": [asdict(query) for query in queries],
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )
        try:
            done = subprocess.run(
                [*command, name, str(question), str(answer)],
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PeerMissingError(f"{name}: took more than {seconds:.0f} s") from None
        except OSError as error:
            raise PeerMissingError(f"{name}: {error}") from None
        if done.returncode:
            last = (done.stderr.strip() or "no message").splitlines()[-1]
            raise PeerMissingError(f"{name}: {last}")
        return Outcome(**json.loads(answer.read_text(encoding="utf-8")))
