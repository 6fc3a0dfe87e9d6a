"""Writing the published version back into the content folder, whatever became of that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.editing.folder import Folder
from bot.store.versions import Version, Versions


class NothingPublishedError(Exception):
    """The database holds no version yet: the first start of the bot takes one from the folder."""


class UnpublishedError(Exception):
    """Files in the folder hold what no version holds; writing would lose it. `paths` names them."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the version that the folder holds now, and the files that were written or taken away for that."""

    version: Version
    paths: tuple[str, ...]


async def restore(versions: Versions, folder: Folder, *, force: bool = False) -> Restored:
    """Bring the folder to the current version. `force`: also over what was never published.

    Raises NothingPublishedError, UnpublishedError, and OSError where the folder cannot be written.
    """
    current = await versions.current()
    if current is None:
        raise NothingPublishedError
    there = await asyncio.to_thread(folder.read_what_is_there)
    bundle = await versions.bundle(current.number)
    changes = there.changes_to(bundle)
    known = await versions.known_hashes()
    lost = [path for path in sorted(changes) if path in there.hashes and there.hashes[path] not in known]
    if lost and not force:
        raise UnpublishedError(tuple(lost))
    await asyncio.to_thread(folder.write, changes)
    await versions.folder_is_at(current.number)
    return Restored(current, tuple(sorted(changes)))
