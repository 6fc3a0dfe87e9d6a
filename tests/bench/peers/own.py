"""Our own search as a peer, in a process of its own: `python -m tests.bench.peers.own NAME QUESTION ANSWER`."""

from __future__ import annotations

import sys
from typing import Any

from bot.catalog.cards import Card, Term
from bot.catalog.snapshot import Catalog
from bot.catalog.values import Bilingual
from bot.search.index import Index
from tests.bench.peers.python_peers import PEERS, Search, main


def kolokol(task: dict[str, Any]) -> tuple[str, Search]:
    """Documents as terms: the title, and one text with both languages."""
    cards: list[Card] = []
    for number, document in enumerate(task.pop("documents")):
        plain = document["plain"]
        title = Bilingual.model_construct(en=plain["title"], ru="–")
        text = Bilingual.model_construct(en=plain["text"], ru="–")
        cards.append(
            Term.model_construct(id=f"card-{number}", title=title, text=text, cites=(), also_in=(), formerly=())
        )
    index = Index.build(Catalog(cards=tuple(cards)))

    def search(query: dict[str, Any]) -> list[int]:
        return [int(hit.card.id[5:]) for hit in index.search(query["plain"]).hits[: task["limit"]]]

    return "kolokol: bot.search as it ships (memory includes the cards)", search


if __name__ == "__main__":
    PEERS["kolokol"] = kolokol
    main(*sys.argv[1:4])
