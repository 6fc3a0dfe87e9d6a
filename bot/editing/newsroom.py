"""The editors' room: what they send joins a draft, the draft is examined as a whole, seen, and published or left."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.catalog.bundle import Bundle
from bot.catalog.differences import Differences, differences
from bot.catalog.faults import Fault, faults_of
from bot.catalog.freshness import is_stale
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError, kilobytes
from bot.catalog.reading import Path
from bot.clock import Clock
from bot.editing.archives import MAX_FILES, TOTAL_BYTES, shown
from bot.editing.entries import SheetState, state_of
from bot.editing.examination import Examined
from bot.editing.fields import change_field
from bot.editing.merging import merge
from bot.editing.notices import Published
from bot.editing.publishing import Publisher
from bot.editing.refusals import refusals
from bot.editing.scalars import FieldValue
from bot.editing.sheets import Sheet
from bot.editing.uploads import Upload, receive
from bot.editing.whole import check_whole
from bot.store.drafts import Draft, Drafts
from bot.store.editors import Editors
from bot.store.versions import ConflictError, Origin, Version, Versions

_LOG = logging.getLogger(__name__)
REMEMBERED = 4
"""Examined drafts kept in memory: who turns pages of one would wait a second for each otherwise."""
ROLES_SECONDS = 5.0
"""How long it is remembered who edits; what an editor does is asked anew each time."""


class StaleError(Exception):
    """The draft is not what its editor looked at: more was sent since, or something was published under it."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A published file: what it holds, its cards and how many of them are stale, the version that last changed it.

    `problems` are those of the published file, which a newer program may find; `on_disk` those for which the working
    copy in the folder is not published.
    """

    path: str
    data: bytes
    cards: int
    stale: int
    changed: Version
    problems: int = 0
    on_disk: int = 0


@dataclass(frozen=True, slots=True)
class Beneath:
    """What was published since a draft was begun. Of the files that the draft changes too, `joined` are those in which
    both changes will stand once its editor has looked at it, `apart` those in which they cannot.
    """

    current: Version
    differences: Differences
    joined: tuple[str, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """The files that a draft changes or adds, and those that it takes away."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


class Newsroom:
    """One per process: the way for all that editors do. A user id stands for who they are; nothing else is known."""

    def __init__(
        self, publisher: Publisher, versions: Versions, drafts: Drafts, editors: Editors, clock: Clock
    ) -> None:
        self.publisher = publisher
        self.versions = versions
        self.drafts = drafts
        self.editors = editors
        self._clock = clock
        self._examined: OrderedDict[str, Examined] = OrderedDict()
        self._examining = asyncio.Lock()
        self._roles: tuple[float, frozenset[int]] = (float("-inf"), frozenset())
        self._published: dict[int, str] = {}

    @property
    def now(self) -> int:
        """The current moment in whole seconds since 1970."""
        return int(self._clock.now().timestamp())

    async def is_editor(self, user_id: int) -> bool:
        """Whether somebody is an editor, as known some seconds ago at the earliest."""
        until, ids = self._roles
        if self._clock.monotonic() >= until:
            ids = frozenset(await self.editors.ids())
            self._roles = (self._clock.monotonic() + ROLES_SECONDS, ids)
        return user_id in ids

    def roles_changed(self) -> None:
        """Forget who edits, so that it is asked anew."""
        self._roles = (float("-inf"), frozenset())

    async def receive(
        self, user_id: int, uploads: Sequence[Upload], unread: Mapping[str, Sequence[Problem]] | None = None
    ) -> tuple[Problem, ...]:
        """Put what was sent into the editor's draft, and beside it what is wrong with what could not be taken.

        `unread`: the names of files that came and could not even be read, with what is wrong.
        """
        draft = await self.drafts.of(user_id)
        received = await asyncio.to_thread(receive, uploads, await self._under(draft))
        taken, refused = received.taken, [*(each for found in (unread or {}).values() for each in found)]
        refused += received.problems
        try:
            _check_size(draft, taken)
        except ProblemsError as error:
            taken = {}
            refused += error.problems
        names = [*(each.name for each in uploads), *(unread or ())]
        kept, told = (draft.refused, draft.checked) if draft else ((), False)
        whole = refusals(kept, refused, names, told=told)
        await self.drafts.put(user_id, taken, self.publisher.library.version, self.now, whole)
        return tuple(refused)

    async def delete(self, user_id: int, path: str) -> None:
        """Let the editor's draft take away a published file. Raises ProblemsError."""
        await self.put(user_id, {path: None})

    async def correct(self, user_id: int, card_id: str, path: Path, value: FieldValue | None) -> None:
        """Put the file with one field of a card changed into the editor's draft. Raises ProblemsError."""
        bundle = await self.bundle_of(user_id)
        await self.put(user_id, await asyncio.to_thread(_corrected, bundle, card_id, path, value))

    async def put(self, user_id: int, files: Mapping[str, bytes | None]) -> None:
        """Add files to an editor's draft, of which whoever lets them do so tells at once.

        Raises ProblemsError where it would come to more than an upload may hold.
        """
        _check_size(await self.drafts.of(user_id), files)
        await self.drafts.put(user_id, files, self.publisher.library.version, self.now, unchecked=False)

    async def bundle_of(self, user_id: int) -> Bundle:
        """The files as they would be with an editor's draft, or as they are published."""
        return await self._under(await self.drafts.of(user_id))

    async def content_of(self, user_id: int) -> Content:
        """The content as it would be with an editor's draft, or as it is published; with what is wrong in it."""
        return await asyncio.to_thread((await self.bundle_of(user_id)).load)

    async def _under(self, draft: Draft | None) -> Bundle:
        """The files as they would be with a draft, or as they are published."""
        if draft is None or not draft.files:
            return await self.versions.bundle(self.publisher.library.version)
        return (await self.versions.bundle(draft.base)).with_files(draft.files)

    async def under(self, user_id: int) -> Bundle:
        """The published files on which an editor's draft stands."""
        draft = await self.drafts.of(user_id)
        return await self.versions.bundle(draft.base if draft and draft.files else self.publisher.library.version)

    async def examine(self, draft: Draft) -> Examined:
        """The draft as a whole, against what is published. Raises ProblemsError with everything that is wrong.

        One draft at a time: each needs memory for a whole catalog, and side by side none would be done sooner.
        """
        async with self._examining:
            name = f"{draft.key} {self.publisher.library.version}"
            if name not in self._examined:
                published = self.publisher.library.catalog
                found = await asyncio.to_thread(Examined.of, await self._under(draft), published)
                self._examined[name] = found
                while len(self._examined) > REMEMBERED:
                    self._examined.popitem(last=False)
            return self._examined[name]

    async def beneath(self, draft: Draft) -> Beneath | None:
        """What was published since the draft was begun; None where it stands on the current version."""
        current = await self.versions.current()
        if current is None or current.number == draft.base or not draft.files:
            return None
        before, after = await self.versions.bundle(draft.base), await self.versions.bundle(current.number)
        found = await asyncio.to_thread(_differences, before, after)
        both = await asyncio.to_thread(merge, draft.files, before, after)
        return Beneath(current, found, tuple(both.files), both.apart)

    async def touched(self, draft: Draft) -> Touched:
        """The files that a draft changes: what was sent and is as published counts for nothing."""
        hashes = await self.versions.hashes(self.publisher.library.version)
        written = {path: sha256(data).digest() for path, data in draft.files.items() if data is not None}
        return Touched(
            tuple(sorted(path for path, digest in written.items() if hashes.get(path) != digest)),
            tuple(sorted(path for path, data in draft.files.items() if data is None and path in hashes)),
        )

    async def faults(self, draft: Draft, problems: Iterable[Problem]) -> tuple[Fault, ...]:
        """Problems of a draft with the lines they lie on, those of the files that it changes first."""
        bundle, touched = await self._under(draft), await self.touched(draft)
        return await asyncio.to_thread(faults_of, problems, bundle.files, touched.changed)

    async def look_again(self, user_id: int) -> None:
        """Let the editor's draft stand on the current version, now that what changed under it was shown. Its files hold
        what was published in them since, where both changes can stand in one.
        """
        draft, now = await self.drafts.of(user_id), self.publisher.library.version
        if draft is None or draft.base == now:
            return
        before, after = await self.versions.bundle(draft.base), await self.versions.bundle(now)
        both = await asyncio.to_thread(merge, draft.files, before, after)
        await self.drafts.rebase(user_id, draft, now, both.files)

    async def publish(self, user_id: int, key: str) -> Published:
        """Publish an editor's draft, and forget what is published. `key` is that of the draft as it was looked at.

        Raises StaleError where it is another one by now or stands on an earlier version, ProblemsError where anything
        is wrong with it. After a kill in between it goes on with what was published.
        """
        draft = await self.drafts.of(user_id)
        if draft is None or key != draft.key:
            raise StaleError
        if not draft.files:
            raise ProblemsError(*draft.refused)
        bundle, pen_name = await self._under(draft), await self.editors.pen_name(user_id)
        try:
            published = await self.publisher.publish(bundle, expected=draft.base, pen_name=pen_name)
        except ConflictError:
            before = await self._published_before(draft, bundle, pen_name)
            if before is None:
                raise StaleError from None
            published = before
        ended = await self._entered(draft, bundle)
        await self.drafts.published(user_id, draft.files, published.version.number, draft.refused, ended)
        self._published[user_id] = key
        return published

    def published_last(self, user_id: int, key: str) -> bool:
        """Whether a draft is the one that its editor published last, since the start: a button may be pressed twice."""
        return self._published.get(user_id) == key

    async def _entered(self, draft: Draft, bundle: Bundle) -> dict[str, bytes]:
        """The sheets of a draft, as they are kept, whose cards are in what it comes to, as they were written."""
        under = await self.versions.bundle(draft.base)
        sheets = {key: Sheet.read(data) for key, data in draft.sheets.items()}
        there = await asyncio.to_thread(
            lambda: {key for key, sheet in sheets.items() if state_of(sheet, bundle, under) is SheetState.THERE}
        )
        return {key: data for key, data in draft.sheets.items() if key in there}

    async def _published_before(self, draft: Draft, bundle: Bundle, pen_name: str | None) -> Published | None:
        """What a draft became already, where something kept it from being forgotten then; None where it did not."""
        version = await self.versions.get(draft.base + 1)
        mine = (bundle.digest, Origin.CHAT, pen_name)
        if version is None or (version.digest, version.origin, version.pen_name) != mine:
            return None
        return Published(version, await self.change_between(draft.base, version.number))

    async def publish_due(self, administrators: Collection[int]) -> list[tuple[int, Published | None]]:
        """Publish the drafts whose moment has come; each editor, with None where something stood in the way.

        A draft that something else keeps from it, as a kill or a database in trouble, is due still. That of somebody
        who is neither an editor any more nor one of the administrators waits, and nobody is told.
        """
        outcomes: list[tuple[int, Published | None]] = []
        for user_id in await self.drafts.due(self.now):
            draft = await self.drafts.of(user_id)
            if draft is None or draft.publish_at is None:  # taken back while another was published
                continue
            if not (user_id in administrators or await self.editors.edits(user_id)):
                _LOG.warning("a draft of somebody who is no editor any more is not published")
                await self.drafts.publish_at(user_id, None)
                continue
            try:
                outcomes.append((user_id, await self.publish(user_id, draft.key)))
            except (StaleError, ProblemsError):
                await self.drafts.missed(user_id)
                outcomes.append((user_id, None))
            except Exception:  # noqa: BLE001 - those who are due after it do not wait for it
                _LOG.exception("a draft whose moment has come could not be published; it is tried again")
        return outcomes

    async def roll_back(self, user_id: int, number: int, expected: int) -> Published:
        """Publish an earlier version as a new one, over the version `expected`. Raises as `Publisher.roll_back`."""
        pen_name = await self.editors.pen_name(user_id)
        return await self.publisher.roll_back(number, expected=expected, pen_name=pen_name)

    async def told(self, before: int | None, count: int) -> tuple[tuple[Version, Counter[str]], ...]:
        """Up to `count` versions below a number, the newest first, each with how many cards it added, changed, …"""
        found = await self.versions.newest(count, before)
        if not found:
            return ()
        counts = {version.number: Counter[str]() for version in found}
        for change in await self.versions.changes(found[-1].number, found[0].number + 1):
            counts[change.version][change.what] += 1
        return tuple((version, counts[version.number]) for version in found)

    async def files(self, today: date) -> tuple[FileState, ...]:
        """The files of the current version, by path. `today` decides which cards are stale."""
        bundle = await self.versions.bundle(self.publisher.library.version)
        content = await asyncio.to_thread(bundle.load)
        cards, stale = Counter[str](), Counter[str]()
        for entry in content.cards:
            cards[entry.document.file] += 1
            stale[entry.document.file] += is_stale(entry.card, today)
        changed = await self.versions.last_changes()
        problems = Counter(each.place.file for each in await asyncio.to_thread(check_whole, content))
        on_disk = Counter(each.place.file for each in self.publisher.refused)
        return tuple(
            FileState(path, bundle.files[path], cards[path], stale[path], changed[path], problems[path], on_disk[path])
            for path in sorted(bundle.files)
        )

    async def change_between(self, old: int, new: int) -> Differences:
        """What differs for readers between two versions; with 0 for the first, all is added."""
        return await asyncio.to_thread(_differences, await self.versions.bundle(old), await self.versions.bundle(new))


def _check_size(draft: Draft | None, files: Mapping[str, bytes | None]) -> None:
    whole = {**(draft.files if draft else {}), **files}
    if files and (len(whole) > MAX_FILES or sum(len(data) for data in whole.values() if data) > TOTAL_BYTES):
        first = Place(shown(min(files)))
        raise ProblemsError(Problem.at(first, "draft_too_large", files=MAX_FILES, limit=kilobytes(TOTAL_BYTES)))


def _differences(old: Bundle, new: Bundle) -> Differences:
    return differences(old.load().catalog(), new.load().catalog())


def _corrected(bundle: Bundle, card_id: str, path: Path, value: FieldValue | None) -> dict[str, bytes]:
    name, data = change_field(bundle.load(), bundle.files, card_id, path, value)
    return {name: data}
