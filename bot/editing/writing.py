"""The writers' desk: a card is begun, written field by field, and put into the draft; the card of a source likewise."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count

from bot.catalog.bundle import CONTENT, SEEDS, Bundle
from bot.catalog.cards import Actor, Kind
from bot.catalog.grounding import coverage
from bot.catalog.loading import Content
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.reading import Path, read_document
from bot.catalog.snapshot import card_key
from bot.catalog.sources import Reason, Source
from bot.catalog.values import Bilingual, format_lines
from bot.editing.entries import Entered, SheetState, entered, ids_of, state_of
from bot.editing.fields import Field, Form
from bot.editing.leaving import left, settled, with_left_out
from bot.editing.moving import Moved
from bot.editing.newsroom import Newsroom
from bot.editing.proofing import proof
from bot.editing.rewriting import rewrite
from bot.editing.seeding import source_of
from bot.editing.sheets import SOURCE, Sheet, changed_value, source_cited
from bot.editing.skeletons import chosen_lines
from bot.editing.whole import check_whole

MOST_SHEETS = 20
"""Most cards that one editor has begun and not finished."""

ASTRAY = (SheetState.CHANGED, SheetState.PUBLISHED, SheetState.LOST)
"""Of a card that was put into the draft: it is not there as it is written."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet by its key, with all that its writer is shown: its fields, the measures there are, what sources hold.

    `outdated` are the sources whose texts have changed since their lines were chosen: those are to be chosen anew.
    `gone`: the source from which it was begun is not there any more.
    """

    key: str
    sheet: Sheet
    fields: tuple[Field, ...]
    content: Content
    standing: SheetState = SheetState.WRITTEN
    outdated: tuple[str, ...] = ()
    gone: bool = False

    @property
    def title(self) -> str:
        """The title of the card, in English where it is written in that; empty where it is not written yet."""
        title = self.sheet.values.get("title") or {}
        return title.get("en") or title.get("ru") or ""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources that can be cited."""
        return {name: source for name, (source, _) in self.content.sources.items()}

    @property
    def measures(self) -> Mapping[str, Bilingual]:
        """What each measure counts."""
        return {name: measure.title for name, (measure, _) in self.content.measures.items()}

    def field(self, key: str) -> Field | None:
        """A field by its key."""
        return next((each for each in self.fields if self.key_of(each) == key), None)

    def key_of(self, field: Field) -> str:
        """What buttons and prompts call a field: it stays when others come and go before it."""
        return card_key(self.sheet.known(field.path))

    @property
    def first(self) -> Field | None:
        """The lines that are to be chosen before anything else can be checked, as their text has changed."""
        return next(
            (each for each in self.fields if self.outdated and each.form is Form.LINES and not each.value), None
        )

    def beside(self, field: Field | None, step: int) -> Field | None:
        """The field before (-1) one; behind (1) one, the next that is still to be written, from the start again."""
        place = self.place(field)
        if step < 0:
            return self.fields[place - 1] if place > 0 else None
        behind = [*self.fields[place + 1 :], *self.fields[: max(place, 0)]]
        return next((each for each in behind if each.value == ""), None)

    def before_entry(self, field: Field) -> Field | None:
        """The field before the entry of a list that one is a part of."""
        first = next((each for each in self.fields if each.entry == field.entry), field)
        return self.beside(first, -1)

    def place(self, field: Field | None) -> int:
        """Where a field stands among them, or what an answer has made of it; -1 of none."""
        if field is None:
            return -1
        paths = [each.path for each in self.fields]
        if field.path in paths:
            return paths.index(field.path)
        parts = (
            number for number, path in enumerate(paths) if _is_part(path, field.path) or _is_part(field.path, path)
        )
        return next(parts, -1)


def _is_part(path: Path, of: Path) -> bool:
    return path[: len(of)] == of


class Writing:
    """One per process, over the newsroom whose drafts it writes in."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def sheets(self, user_id: int) -> dict[str, Sheet]:
        """The cards that an editor has begun, by their keys."""
        draft = await self._newsroom.drafts.of(user_id)
        return {key: Sheet.read(data) for key, data in sorted(draft.sheets.items())} if draft else {}

    async def begin(self, user_id: int, source_id: str, kind: Kind, topic: str, lines: Sequence[int]) -> str:
        """Begin a card on these lines of a source, or on those that are open; its key. Raises ProblemsError."""
        bundle = await self._newsroom.bundle_of(user_id)
        content = await asyncio.to_thread(bundle.load)
        source, _ = source_of(content, source_id, Place(SEEDS))
        chosen = chosen_lines(content, source, lines)
        if kind is Kind.SUMMARY and (path := f"{CONTENT}sources/{source_id}.yaml") in bundle.files:
            raise ProblemsError(Problem.at(Place(path), "repeated_id", id=source_id, at=Place(path)))
        sheet, there = Sheet.begun(kind, source, topic, chosen), await self.sheets(user_id)
        key = next(each for each in _keys(sheet) if there.get(each, sheet) == sheet)
        if key in there:  # begun already and nothing written: the button was pressed twice
            return key
        if sum(not each.entered for each in there.values()) >= MOST_SHEETS:
            raise ProblemsError(Problem.at(Place(""), "too_many_sheets", limit=MOST_SHEETS))
        await self._keep(user_id, key, sheet)
        return key

    async def page(self, user_id: int, key: str) -> Page | None:
        """A card that is being written, or the card of a source; None where there is none of this key."""
        pages = await self.pages(user_id, key)
        if pages:
            return pages[0]
        bundle = await self._newsroom.bundle_of(user_id)
        sheet = _of_source(bundle, key)
        return _page(key, sheet, await asyncio.to_thread(bundle.load)) if sheet else None

    async def pages(self, user_id: int, key: str = "") -> list[Page]:
        """The cards that an editor has begun and not published, or the one of this key."""
        sheets = {name: sheet for name, sheet in (await self.sheets(user_id)).items() if key in ("", name)}
        if not sheets:
            return []
        bundle, under = await self._newsroom.bundle_of(user_id), await self._newsroom.under(user_id)
        return await asyncio.to_thread(_pages, sheets, bundle, under)

    async def astray(self, user_id: int) -> list[Page]:
        """The cards that were put into the draft and are not there as they were written."""
        if not any(each.entered for each in (await self.sheets(user_id)).values()):
            return []
        return [page for page in await self.pages(user_id) if page.standing in ASTRAY]

    async def answer(self, user_id: int, page: Page, field: Field, sent: str) -> tuple[Page, list[Problem]]:
        """Write what an editor sent for a field; the page as it is then. With problems nothing is written."""
        after = page.sheet.answered(field, sent, await asyncio.to_thread(_actors, page.content))
        if field.form is Form.LINES and (source := page.sources.get(source_cited(after, field))):
            after = after.chosen(source)
        problems = proof(after, field, page.sources, ids_of(page.content) - {page.sheet.entered})
        if problems:
            return page, problems
        return await self._write(user_id, page, after), []

    async def add_entry(self, user_id: int, page: Page, name: str) -> Page:
        """One more entry in a list of the card."""
        return await self._write(user_id, page, page.sheet.with_entry(name)) if name in page.sheet.lists else page

    async def enter(self, user_id: int, page: Page) -> tuple[Problem, ...]:
        """Put a card that is whole into the draft, in place of what it became there before; or what is wrong with it.

        Its sheet stays until it is published. It knows first which card it becomes: whatever comes in between, putting
        it in once more makes no second one.
        """
        sheet = (await self.sheets(user_id)).get(page.key)
        if sheet is None:  # published meanwhile
            return ()
        bundle, under = await self._newsroom.bundle_of(user_id), await self._newsroom.under(user_id)
        try:
            done, problems = await asyncio.to_thread(_examined, sheet, bundle, under)
        except ProblemsError as error:
            return error.problems
        if problems:
            return problems
        await self._keep(user_id, page.key, done.sheet)
        try:
            await self._newsroom.put(user_id, done.changes)
        except ProblemsError as error:
            await self._keep(user_id, page.key, sheet)
            return error.problems
        return ()

    async def give_up(self, user_id: int, key: str) -> None:
        """Throw a card away that was being written."""
        await self._newsroom.drafts.end_writing(user_id, key)

    async def move(self, user_id: int, source_id: str, moved: Moved) -> None:
        """Let the cards that are being written follow a source whose lines stand elsewhere in a new text."""
        for key, sheet in (await self.sheets(user_id)).items():
            after = sheet.moved(source_id, moved.lines, moved.before, moved.after)
            if after != sheet:
                await self._keep(user_id, key, after)

    async def open_lines(self, user_id: int, source_id: str) -> tuple[Source, tuple[int, ...]]:
        """A source, and its lines that no card cites and that are not left out. Raises ProblemsError."""
        content = await self._newsroom.content_of(user_id)
        source, _ = source_of(content, source_id, Place(SEEDS))
        lines = await asyncio.to_thread(coverage, content, source)
        return source, tuple(line.number for line in lines if not line.covered)

    async def leave_out(self, user_id: int, source_id: str, lines: Sequence[int], reason: Reason) -> None:
        """Leave lines of a source out, for a reason; without lines there is nothing to do.

        Raises ProblemsError where it has no such lines, or where a card cites one.
        """
        if not lines:
            return
        bundle = await self._newsroom.bundle_of(user_id)
        content = await asyncio.to_thread(bundle.load)
        source, _ = source_of(content, source_id, Place(SEEDS))
        path = f"{SEEDS}{source_id}.yaml"
        there = [line for line in lines if line in source.lines]
        if not there or max(lines) > max(source.lines):
            missing = tuple(line for line in lines if line not in source.lines)
            raise ProblemsError(Problem.at(Place(path), "no_such_line", lines=format_lines(missing), source=source_id))
        for line in await asyncio.to_thread(coverage, content, source):
            if line.number in there and line.cited_by:
                cards = ", ".join(dict.fromkeys(line.cited_by))
                raise ProblemsError(Problem.at(Place(""), "line_cited", line=line.number, cards=cards))
        data = with_left_out(bundle.files[path], left(source, there, reason), source.lines)
        await self._newsroom.put(user_id, {path: data})

    async def settle_guesses(self, user_id: int, source_id: str, *, right: bool) -> None:
        """Take the note off lines that were left out by a guess, or put them back. Raises ProblemsError."""
        bundle = await self._newsroom.bundle_of(user_id)
        source, _ = source_of(await asyncio.to_thread(bundle.load), source_id, Place(SEEDS))
        path = f"{SEEDS}{source_id}.yaml"
        data = with_left_out(bundle.files[path], settled(source, right=right), source.lines)
        await self._newsroom.put(user_id, {path: data})

    async def _write(self, user_id: int, page: Page, after: Sheet) -> Page:
        if after.kind != SOURCE:
            await self._keep(user_id, page.key, after)
        elif change := changed_value(page.sheet, after):
            path = f"{SEEDS}{after.source}.yaml"
            bundle = await self._newsroom.bundle_of(user_id)
            await self._newsroom.put(user_id, {path: rewrite(bundle.files[path], *change, path)})
        return _page(page.key, after, page.content, page.standing)

    async def _keep(self, user_id: int, key: str, sheet: Sheet) -> None:
        version, now = self._newsroom.publisher.library.version, self._newsroom.now
        await self._newsroom.drafts.write(user_id, key, sheet.data(), version, now)


def _keys(sheet: Sheet) -> Iterator[str]:
    """The keys that a card just begun may have, one after the other."""
    return (sha256(sheet.data() + str(number).encode()).hexdigest()[:8] for number in count())


def _pages(sheets: Mapping[str, Sheet], bundle: Bundle, under: Bundle) -> list[Page]:
    content = bundle.load()
    return [_page(key, sheet, content, state_of(sheet, bundle, under)) for key, sheet in sheets.items()]


def _current(sheet: Sheet, content: Content) -> tuple[Sheet, tuple[str, ...]]:
    """A sheet without the lines that were chosen in a text which is another one by now; the sources of those."""
    outdated = sheet.outdated({name: source for name, (source, _) in content.sources.items()})
    return (sheet.without_lines(outdated) if outdated else sheet), outdated


def _page(key: str, sheet: Sheet, content: Content, stands: SheetState = SheetState.WRITTEN) -> Page:
    sheet, outdated = _current(sheet, content)
    stands = SheetState.CHANGED if stands is SheetState.THERE and sheet.changed else stands
    home = f"{CONTENT}topics/{sheet.topic}.yaml"
    measures = tuple(sorted(content.measures, key=lambda name: content.measures[name][1].document.file != home))
    fields = (replace(each, choices=measures) if each.form is Form.MEASURE else each for each in sheet.fields)
    known = sheet.source in content.sources or any(
        each.place.file == f"{SEEDS}{sheet.source}.yaml" for each in content.problems
    )
    return Page(key, sheet, tuple(fields), content, stands, outdated, gone=sheet.kind != SOURCE and not known)


def _of_source(bundle: Bundle, key: str) -> Sheet | None:
    for path, data in bundle.files.items():
        name = path.removeprefix(SEEDS).removesuffix(".yaml")
        if path.startswith(SEEDS) and card_key(name) == key:
            document, problems = read_document(data, path)
            known = {"title", "genre", "author", "publisher", "date", "url"}
            if problems or not isinstance(document.value, dict) or not known <= document.value.keys() | {"url"}:
                return None
            return Sheet(SOURCE, name, "", "", {each: document.value.get(each) for each in sorted(known)})
    return None


def _actors(content: Content) -> dict[str, str]:
    """The id of each actor by every name that it goes by."""
    found: dict[str, str] = {}
    for each in content.cards:
        if isinstance(each.card, Actor):
            words = each.card.aliases
            names = (each.card.id, each.card.title.en, each.card.title.ru, *words.en, *words.ru)
            found |= {" ".join(name.casefold().split()): each.card.id for name in names}
    return found


def _examined(sheet: Sheet, base: Bundle, under: Bundle) -> tuple[Entered, tuple[Problem, ...]]:
    """What a card changes, and what would be wrong in its file that is right now."""
    content = base.load()
    sheet, outdated = _current(sheet, content)
    if outdated:
        raise ProblemsError(*(Problem.at(Place(""), "source_text_changed", id=name) for name in outdated))
    done = entered(sheet, base, content, under)
    files = {path for path in done.changes if path.startswith(CONTENT)}
    found = [each for each in check_whole(base.with_files(done.changes).load()) if each.place.file in files]
    before = {(each.code, each.words) for each in check_whole(content)} if found else set()
    return done, tuple(each for each in found if (each.code, each.words) not in before)
