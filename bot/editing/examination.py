"""What becomes of a bundle of files before it may be published: the whole is checked, then compared for readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.catalog.bundle import Bundle
from bot.catalog.differences import Differences, differences
from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import Catalog
from bot.editing.whole import check_whole


@dataclass(frozen=True, slots=True)
class Examined:
    """Files that may be published, the catalog that they make, and what that changes for readers."""

    bundle: Bundle
    catalog: Catalog
    differences: Differences

    @classmethod
    def of(cls, bundle: Bundle, published: Catalog, *, catalog: Catalog | None = None) -> Self:
        """Examine files against what is published; takes a second of computing, so call it in a thread.

        `catalog` is theirs, where they were found good already. Raises ProblemsError with everything that is wrong.
        """
        if catalog is None:
            content = bundle.load()
            if problems := check_whole(content):
                raise ProblemsError(*problems)
            catalog = content.catalog()
        return cls(bundle, catalog, differences(published, catalog))
