"""Publishing: one truth, the versions in the database; what readers get and what the folder holds follow it.

In this order: the files are checked as a whole, the new snapshot is indexed, the version's row is committed, readers
are given the new library, the files of the folder are replaced. A kill at any point leaves the old version or the new
one, and the next start brings the folder to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from bot.catalog.bundle import Bundle
from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.snapshot import Catalog
from bot.clock import Clock
from bot.editing.examination import Examined
from bot.editing.folder import Folder
from bot.editing.notices import (
    OFFER_LENGTH,
    BroughtForward,
    Ignored,
    Notice,
    Offered,
    Published,
    Refused,
    Unchanged,
    mark_of,
)
from bot.editing.preparing import Prepared, Preparing
from bot.editing.settling import Seen, settled
from bot.editing.whole import check_whole
from bot.search.library import Library
from bot.store.versions import ConflictError, Origin, Signature, Version, Versions

_LOG = logging.getLogger(__name__)

Mode = Literal["publish", "offer", "off"]
"""What becomes of a change in the folder (the setting `publish_from_disk`)."""


class Publisher:
    """One per process. All that changes what is published goes through it, one thing at a time."""

    def __init__(self, versions: Versions, folder: Folder, clock: Clock, mode: Mode = "publish") -> None:
        self._versions = versions
        self._folder = folder
        self._clock = clock
        self._mode = mode
        self._lock = asyncio.Lock()
        self._library: Library | None = None
        self._serve: Callable[[Library], None] = lambda _library: None
        self._preparing = Preparing()
        self._judged: object = None
        self._found: Notice | None = None
        self._mark: bytes | None = None

    @property
    def library(self) -> Library:
        """What is served now; there is something once it is open."""
        if self._library is None:
            raise RuntimeError("the publisher is not open")
        return self._library

    @property
    def refused(self) -> tuple[Problem, ...]:
        """What keeps the folder, as it was last looked at, from being published."""
        return self._found.problems if isinstance(self._found, Refused) else ()

    def follow(self, serve: Callable[[Library], None]) -> None:
        """Hand every library over from now on, beginning with the one that is served."""
        self._serve = serve
        serve(self.library)

    async def open(self, ready: Library | None = None) -> Library:
        """Take up the current version; where there is none yet, the folder becomes the first.

        `ready` saves the work where it is made of the same files. Raises ProblemsError where nothing can be served.
        """
        async with self._lock:
            current = await self._versions.current()
            if current is None:
                try:
                    await self._publish_first(ready)
                except ConflictError:  # another process was first
                    current = await self._versions.current()
            if current is not None:
                await self._take_up(current, ready)
            self._mark = await self._versions.told()
        return self.library

    async def _publish_first(self, ready: Library | None) -> None:
        bundle = await asyncio.to_thread(self._folder.read)
        known = ready if ready and ready.digest == bundle.digest else None
        prepared = await asyncio.to_thread(Prepared.of, bundle, Catalog(), known)
        await self._commit(prepared, self._signed(Origin.DISK), expected=None)
        await self._versions.folder_is_at(self.library.version)

    async def _take_up(self, version: Version, ready: Library | None = None) -> None:
        """Serve a version. It was checked when it was published; what a newer program cannot read of it is left out."""
        if ready and ready.digest == version.digest:
            self._swap(replace(ready, version=version.number))
            return
        bundle = await self._versions.bundle(version.number)
        content = await asyncio.to_thread(bundle.load)
        catalog = content.catalog()
        if not catalog.cards:
            raise ProblemsError(*content.problems)
        for problem in content.problems:
            _LOG.error("version %d is not read as a whole: %s: %s", version.number, problem.place, problem.code)
        library = await asyncio.to_thread(Library.of, catalog, version=version.number, digest=version.digest)
        self._swap(library)

    def _swap(self, library: Library) -> None:
        self._library = library
        self._serve(library)

    def _signed(self, origin: Origin, pen_name: str | None = None, note: str | None = None) -> Signature:
        return Signature(origin, int(self._clock.now().timestamp()), pen_name, note)

    async def _commit(self, ready: Prepared, signature: Signature, *, expected: int | None) -> Version:
        """The row, which makes it so; then the readers."""
        found = ready.found
        version = await self._versions.publish(found.bundle, found.differences, signature, expected=expected)
        self._swap(replace(ready.library, version=version.number, digest=version.digest))
        _LOG.info("version %d published: %d cards", version.number, len(found.catalog.cards))
        return version

    async def publish(
        self,
        bundle: Bundle,
        *,
        expected: int,
        pen_name: str | None,
        note: str | None = None,
        origin: Origin = Origin.CHAT,
    ) -> Published:
        """Publish files that stand on the version `expected`, and write them to the folder.

        Raises ProblemsError where anything is wrong with them, ConflictError where another version is current.
        """
        async with self._lock:
            current = await self._follow_database()
            if current.number != expected:
                raise ConflictError
            ready = await asyncio.to_thread(Prepared.of, bundle, self.library.catalog)
            before = await self._versions.bundle(expected)
            version = await self._commit(ready, self._signed(origin, pen_name, note), expected=expected)
            await self._write(before, bundle, version)
        return Published(version, ready.found.differences)

    async def prepare(self) -> None:
        """Check what is served, for what that works out of unchanged cards is remembered: the next publishing is quick.

        A start passes over content that was found good already, so nothing of it is known then.
        """
        bundle = await self._versions.bundle(self.library.version)
        await asyncio.to_thread(lambda: check_whole(bundle.load()))

    async def roll_back(self, number: int, *, expected: int, pen_name: str | None) -> Published:
        """Publish an earlier version as a new one. Raises as `publish`, and KeyError where there is no such version."""
        bundle = await self._versions.bundle(number)
        if not bundle.files:
            raise KeyError(number)
        note = str(number)
        return await self.publish(bundle, expected=expected, pen_name=pen_name, note=note, origin=Origin.ROLLBACK)

    async def _write(self, before: Bundle, after: Bundle, version: Version) -> None:
        """Bring the folder from one version to the next; a file that somebody is changing there is left to them."""
        changes = before.changes_to(after)
        try:
            seen = await asyncio.to_thread(self._folder.read)
            mine = {path: data for path, data in changes.items() if seen.hashes.get(path) == before.hashes.get(path)}
            await asyncio.to_thread(self._folder.write, mine)
        except (OSError, ProblemsError) as error:
            _LOG.warning("version %d is published and not written to the folder: %s", version.number, _reason(error))
            return
        theirs = {path for path in changes.keys() - mine.keys() if seen.hashes.get(path) != after.hashes.get(path)}
        if theirs:
            _LOG.warning("not written, for they were changed in the folder: %s", ", ".join(sorted(theirs)))
        elif await self._versions.folder_at() == version.number - 1:
            await self._versions.folder_is_at(version.number)

    async def _follow_database(self) -> Version:
        """The current version, served also where another process published it."""
        current = await self._versions.current()
        if current is None:
            raise RuntimeError("the publisher is not open")
        if current.number != self.library.version:
            await self._take_up(current)
        return current

    async def look(self, *, asked: bool = False) -> Notice | None:
        """Look at the folder and the database, do what is to be done, and bring back what should be told of it.

        The same finding is told once only, also over a restart where `told` says that it was; `asked`: tell it again,
        and also that there is nothing to tell.
        """
        async with self._lock:
            try:
                notice = await self._look(asked=asked)
            except ConflictError:  # another process published just now: the next look will see it
                return None
            finally:
                self._preparing.forget()
            if notice is None:
                return None
            again = await self._note(notice)
        return None if (again or isinstance(notice, Unchanged | Ignored)) and not asked else notice

    async def _look(self, *, asked: bool) -> Notice | None:
        """What is found; None where nothing is, or where it was judged before and nobody asked."""
        current = await self._follow_database()
        seen = await self._settled(current)
        judged = (seen.digest if isinstance(seen, Bundle) else seen, current.number)
        if seen is None or (judged == self._judged and not asked):
            return None
        try:
            notice = await self._judge(seen, current) if isinstance(seen, Bundle) else Refused(seen)
        except ProblemsError as error:
            notice = Refused(error.problems)
        self._judged = judged
        return notice

    async def _note(self, notice: Notice) -> bool:
        """Keep what was found; whether it stands already since an earlier look. What no longer stands is forgotten."""
        mark = mark_of(notice)
        if self._mark and not mark:
            await self._versions.keep_told(None)
        before, self._found, self._mark = self._mark, notice, mark
        return mark is not None and mark == before

    async def told(self, notice: Notice) -> None:
        """Note that everybody was told of a finding: as long as it stands, no start tells of it again."""
        mark = mark_of(notice)
        if mark and mark == self._mark:
            await self._versions.keep_told(mark)

    async def _settled(self, current: Version) -> Seen | None:
        """What the folder holds once it rests; what publishing that takes is begun meanwhile."""
        return await settled(self._folder, self._clock, current.digest, self._begin)

    def _begin(self, seen: Bundle) -> None:
        if self._mode == "publish" and (seen.digest, self.library.version) != self._judged:
            self._preparing.begin(seen, self.library.catalog)

    async def _judge(self, seen: Bundle, current: Version) -> Notice:
        """What to make of what the folder holds."""
        if seen.digest == current.digest:
            if await self._versions.folder_at() != current.number:
                await self._versions.folder_is_at(current.number)
            return Unchanged()
        if earlier := await self._earlier(seen, current):
            return await self._bring_forward(seen, earlier, current)
        if self._mode == "off":
            return Ignored()
        behind = await self._versions.folder_at() != current.number
        if behind or self._mode == "offer":
            found = await asyncio.to_thread(Examined.of, seen, self.library.catalog)
            return Offered(_offer_key(seen, current), found.differences, behind)
        return await self._publish_seen(seen, current, pen_name=None)

    async def _earlier(self, seen: Bundle, current: Version) -> int | None:
        """The earlier version that the folder holds, wholly or, after a kill while it was written, in part."""
        if found := await self._versions.find_digest(seen.digest):
            return found.number
        base = await self._versions.folder_at()
        if base is None or base == current.number:
            return None
        old, new = await self._versions.hashes(base), await self._versions.hashes(current.number)
        paths = old.keys() | new.keys() | seen.hashes.keys()
        half_way = all(seen.hashes.get(path) in (old.get(path), new.get(path)) for path in paths)
        return base if half_way else None

    async def _bring_forward(self, seen: Bundle, earlier: int, current: Version) -> BroughtForward:
        bundle = await self._versions.bundle(current.number)
        try:
            await asyncio.to_thread(self._folder.write, seen.changes_to(bundle))
        except OSError as error:
            _LOG.warning("the folder holds version %d and cannot be written: %s", earlier, error.strerror)
            return BroughtForward(earlier, current.number, written=False)
        await self._versions.folder_is_at(current.number)
        return BroughtForward(earlier, current.number, written=True)

    async def _publish_seen(self, seen: Bundle, current: Version, pen_name: str | None) -> Published:
        ready = await self._preparing.of(seen, self.library.catalog)
        version = await self._commit(ready, self._signed(Origin.DISK, pen_name), expected=current.number)
        await self._versions.folder_is_at(version.number)
        return Published(version, ready.found.differences)

    async def accept(self, key: str, pen_name: str | None) -> Published | None:
        """Publish what was offered under this key; None where folder or published version are others by now.

        Raises as `publish`.
        """
        async with self._lock:
            current = await self._follow_database()
            seen = await self._settled(current)
            if not isinstance(seen, Bundle) or seen.digest == current.digest or _offer_key(seen, current) != key:
                return None
            try:
                return await self._publish_seen(seen, current, pen_name)
            finally:
                self._preparing.forget()


def _offer_key(seen: Bundle, current: Version) -> str:
    """It changes with the folder and with what is published: an offer holds for the difference that was shown."""
    return sha256(seen.digest + str(current.number).encode()).hexdigest()[:OFFER_LENGTH]


def _reason(error: OSError | ProblemsError) -> str:
    return str(error.strerror) if isinstance(error, OSError) else str(error)
