"""Files that were read and found good, remembered: of a new version only what changed in it is read anew."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from pydantic import BaseModel

from bot.catalog.problems import Problem
from bot.catalog.reading import Document, Model, read_document, validate

MOST_PLACES = 80_000
"""Most keys and values of all files that are remembered, some 30 MB: three times those of today's content and seeds."""


class Shelf:
    """What files hold, by their names and bytes. Threads may share one; what they get of it none may change."""

    def __init__(self, most: int = MOST_PLACES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, bytes, type[BaseModel]], tuple[Document, BaseModel]] = OrderedDict()
        self._places = 0
        self._lock = Lock()

    def read(self, data: bytes, file: str, model: type[Model]) -> tuple[Document, Model | None, list[Problem]]:
        """The document with what it holds, or what is wrong with it."""
        key = (file, sha256(data).digest(), model)
        with self._lock:
            if kept := self._kept.get(key):
                self._kept.move_to_end(key)
        if kept and isinstance(kept[1], model):
            return kept[0], kept[1], []
        document, problems = read_document(data, file)
        if problems:
            return document, None, problems
        found, problems = validate(document, model)
        if found:
            self._keep(key, document, found)
        return document, found, problems

    def _keep(self, key: tuple[str, bytes, type[BaseModel]], document: Document, found: BaseModel) -> None:
        with self._lock:
            if key in self._kept or _places(document) > self._most:
                return
            self._kept[key] = (document, found)
            self._places += _places(document)
            while self._places > self._most:
                self._places -= _places(self._kept.popitem(last=False)[1][0])


def _places(document: Document) -> int:
    return len(document.keys) + len(document.values)
