"""A library: a published snapshot with its index, replaced as one when content is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.catalog.snapshot import Catalog
from bot.search.index import Index


@dataclass(frozen=True, slots=True)
class Library:
    """What readers get. `version` is the number under which it was published, 0 where it is none yet; `digest` is that
    of the files it was read from, empty where that is not known."""

    catalog: Catalog
    index: Index
    version: int = 0
    digest: bytes = b""

    @classmethod
    def of(cls, catalog: Catalog, *, version: int = 0, digest: bytes = b"") -> Self:
        """Index a snapshot."""
        return cls(catalog, Index.build(catalog), version, digest)
