"""The next index is built beside the one in use: a search never waits for it and never sees half of it."""

import threading
from dataclasses import replace

from bot.catalog.snapshot import Catalog
from bot.search.index import Index
from bot.search.library import Library

QUESTION = "how many left russia"


def ids(library: Library) -> tuple[str, ...]:
    return tuple(hit.card.id for hit in library.index.search(QUESTION).hits)


def test_searches_are_answered_from_the_old_index_until_the_new_one_is_whole(index: Index, catalog: Catalog) -> None:
    serving = [Library(catalog, index)]
    before = ids(serving[0])
    fewer = replace(catalog, cards=tuple(card for card in catalog.cards if card.id != before[0]))
    after = ids(Library.of(fewer))
    assert before[0] not in after

    def rebuild() -> None:
        serving[0] = Library.of(fewer)

    building = threading.Thread(target=rebuild)
    building.start()
    seen = [ids(serving[0])]
    while building.is_alive():
        seen.append(ids(serving[0]))
    seen.append(ids(serving[0]))
    assert set(seen) == {before, after}
    assert seen == sorted(seen, key=lambda found: found == after)
    assert seen.count(before) > 1
