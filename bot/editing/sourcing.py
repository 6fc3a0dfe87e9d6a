"""The sources as editors work with them: one made of a text, one with a new text, what becomes of each line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.catalog.bundle import SEEDS
from bot.catalog.grounding import LineCoverage, coverage
from bot.catalog.problems import Place
from bot.catalog.snapshot import Topic
from bot.catalog.sources import Source
from bot.editing.moving import Moved, move
from bot.editing.newsroom import Newsroom
from bot.editing.seeding import Seeded, decoded, numbered, seed, source_of
from bot.editing.skeletons import Skeleton, skeleton


@dataclass(frozen=True, slots=True)
class Sourced:
    """A source made of a text: its card, and the text with numbers, figures and marks, for its editor alone."""

    seeded: Seeded
    numbered: str


@dataclass(frozen=True, slots=True)
class Renewed:
    """A source whose text was sent anew: what moved and what is gone, and the text as in `Sourced`."""

    moved: Moved
    numbered: str


class Sourcing:
    """One per process, over the newsroom in whose drafts the cards of sources stand. Of the texts nothing is kept."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def add(self, user_id: int, name: str, text: bytes, source_id: str = "") -> Sourced:
        """Put the card of a new source into the editor's draft, under this id or the one that `seed` finds.

        Raises ProblemsError.
        """
        bundle = await self._newsroom.bundle_of(user_id)
        seeded = await asyncio.to_thread(seed, text, name, bundle, source_id)
        await self._newsroom.put(user_id, {seeded.path: seeded.data})
        return Sourced(seeded, numbered(decoded(text, name)))

    async def meant(self, user_id: int, name: str, caption: str) -> str | None:
        """The source whose text is sent anew: named by the caption, or by its id or its text's name as the file's."""
        content = await self._newsroom.content_of(user_id)
        if caption.strip() in content.sources:
            return caption.strip()
        stem = name.rpartition(".")[0]
        files = {source.file: source.id for source, _ in content.sources.values()}
        return stem if stem in content.sources else files.get(name)

    async def renew(self, user_id: int, source_id: str, name: str, text: bytes, *, sure: bool = False) -> Renewed:
        """Put a source with a new text into the editor's draft, and its citations with their lines. One that is
        doubtful changes nothing, unless its editor is sure.

        Raises ProblemsError.
        """
        bundle = await self._newsroom.bundle_of(user_id)
        moved = await asyncio.to_thread(partial(move, source_id, text, name, bundle, renames=False))
        if moved.changes and (sure or not moved.doubtful):
            await self._newsroom.put(user_id, moved.changes)
        return Renewed(moved, numbered(decoded(text, name)))

    async def note_text(self, user_id: int, source_id: str, file_id: str) -> None:
        """Note under which name Telegram has the text of a source, so that its lines can be shown."""
        version, now = self._newsroom.publisher.library.version, self._newsroom.now
        await self._newsroom.drafts.note_text(user_id, source_id, file_id, version, now)

    async def outline(self, user_id: int, source_id: str) -> tuple[Source, tuple[LineCoverage, ...]]:
        """What becomes of each line of a source, with the editor's draft. Raises ProblemsError where there is none."""
        content = await self._newsroom.content_of(user_id)
        source, _ = source_of(content, source_id, Place(SEEDS))
        return source, tuple(coverage(content, source))

    async def ids(self, user_id: int) -> tuple[str, ...]:
        """The ids of the sources, those of the editor's draft among them."""
        names = (await self._newsroom.bundle_of(user_id)).files
        return tuple(sorted(path.removeprefix(SEEDS).removesuffix(".yaml") for path in names if path.startswith(SEEDS)))

    async def topics(self, user_id: int) -> tuple[Topic, ...]:
        """The topics in which a card may stand, those of the editor's draft among them, in their order."""
        content = await self._newsroom.content_of(user_id)
        published = self._newsroom.publisher.library.catalog.topics
        found = {each.id: each for each in (*published, *content.topics)}
        return tuple(sorted(found.values(), key=lambda topic: topic.order))

    async def skeleton(self, user_id: int, source_id: str, topic: str) -> Skeleton:
        """A file with a card to be written that cites a source. Raises ProblemsError."""
        return await asyncio.to_thread(skeleton, await self._newsroom.bundle_of(user_id), source_id, topic)
