"""Where updates wait that Telegram has been told are taken and that nobody has handled yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol


class Spool(Protocol):
    """A small durable queue. What `keep` has returned from must survive a kill and a power cut.

    An update is its `update_id` and its JSON as bytes. Errors may be of any class: a failed `keep` leaves the
    updates unconfirmed, a failed `drop` is tried again, a failed `load` stops the start.
    """

    async def keep(self, updates: Sequence[tuple[int, bytes]]) -> None:
        """Store these, all or none, committed on return; an id already stored is stored once."""
        ...

    async def drop(self, update_ids: Collection[int]) -> None:
        """Forget these; unknown ids are no error. May be lost in a crash: they are then handled again."""
        ...

    async def load(self) -> list[tuple[int, bytes]]:
        """All that is stored, in the order in which it was kept."""
        ...
