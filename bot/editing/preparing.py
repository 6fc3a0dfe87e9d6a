"""What publishing a bundle takes, worked out in a thread, and begun before it is known whether it will be wanted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Self

from bot.catalog.bundle import Bundle
from bot.catalog.snapshot import Catalog
from bot.editing.examination import Examined
from bot.search.library import Library


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that may be published, and the library that they make; it has no number yet."""

    found: Examined
    library: Library

    @classmethod
    def of(cls, bundle: Bundle, published: Catalog, known: Library | None = None) -> Self:
        """Examine and index; `known` is what the files make, where they were found good already.

        Raises ProblemsError with everything that is wrong.
        """
        found = Examined.of(bundle, published, catalog=known.catalog if known else None)
        return cls(found, known or Library.of(found.catalog))


class Preparing:
    """One bundle at a time; what was worked out is kept until it is forgotten."""

    def __init__(self) -> None:
        self._wanted: tuple[bytes, Catalog] | None = None
        self._task: asyncio.Task[Prepared] | None = None

    def begin(self, bundle: Bundle, published: Catalog) -> None:
        """Begin, unless another bundle is being worked on still: what changes all the time is not run after."""
        if self._task is None or (self._task.done() and not self._is(bundle, published)):
            self._wanted = (bundle.digest, published)
            self._task = asyncio.create_task(asyncio.to_thread(Prepared.of, bundle, published))
            self._task.add_done_callback(self._ended)

    async def of(self, bundle: Bundle, published: Catalog) -> Prepared:
        """What was begun, once it is ready; where that was another bundle, this one. Raises ProblemsError."""
        if self._task and self._is(bundle, published):
            return await asyncio.shield(self._task)
        return await asyncio.to_thread(Prepared.of, bundle, published)

    def forget(self) -> None:
        """Want nothing of it any more; a thread that is at work ends by itself."""
        self._wanted = None
        if self._task and self._task.done():
            self._task = None

    def _is(self, bundle: Bundle, published: Catalog) -> bool:
        return self._wanted is not None and self._wanted[0] == bundle.digest and self._wanted[1] is published

    def _ended(self, task: asyncio.Task[Prepared]) -> None:
        if not task.cancelled():
            task.exception()  # what is wrong with a bundle that is not asked for concerns nobody
        if self._wanted is None:
            self._task = None
