"""A source text extracted anew: citations move to where their lines stand now, and what no longer matches is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from bot.catalog.bundle import Bundle
from bot.catalog.cards import BaseCard, Debate
from bot.catalog.problems import Place
from bot.catalog.reading import Path
from bot.catalog.sources import LeftOut, LineFacts, Source, read_lines
from bot.catalog.values import LOST_LINE, Citation, format_lines
from bot.editing.leaving import with_left_out
from bot.editing.rewriting import rewrite
from bot.editing.seeding import decoded, source_of


@dataclass(frozen=True, slots=True)
class Lost:
    """A line of the old text that is not in the new one, with the cards that cite it, and the new line most like it.

    `broken`: cards of which no line of the citation is left. It names no line of the new text then, and the check
    refuses it until somebody has mended it.
    """

    line: int
    cards: tuple[str, ...]
    broken: tuple[str, ...]
    near: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """New bytes of every file that changes, for `Bundle.with_files`; how many lines moved; what no longer matches.

    `lines` leads from the number of each line that is still there to that which it has now; `before` and `after` are
    the fingerprints (SHA-256) of the texts.
    """

    changes: Mapping[str, bytes]
    moved: int
    added: tuple[int, ...]
    lost: tuple[Lost, ...]
    lines: Mapping[int, int]
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether it is the very text that was there."""
        return self.before == self.after

    @property
    def doubtful(self) -> bool:
        """Whether most lines are gone: it may be the text of another source."""
        return len(self.lost) > len(self.lines)


def move(source_id: str, text: bytes, file: str, base: Bundle, *, renames: bool = True) -> Moved:
    """Put a new text under a source. Raises ProblemsError where there is no such source or the text cannot be read.

    Lines are known by their hashes. Files change only where a citation does; the card of the source gets the new name,
    fingerprint and lines; of the same text under another name nothing where it does not rename.
    """
    content = base.load()
    source, document = source_of(content, source_id, Place(file))
    digest = sha256(text).hexdigest()
    if digest == source.sha256 and not renames:
        return Moved({}, 0, (), (), {number: number for number in source.lines}, digest, digest)
    facts = read_lines(decoded(text, file))
    lines = _lines_now(source.lines, facts)
    changes: dict[str, bytes] = {}
    broken: dict[int, list[str]] = {}
    cited: dict[int, list[str]] = {}
    for entry in content.cards:
        for path, cite in _cites(entry.card):
            if cite.source != source_id:
                continue
            now = tuple(dict.fromkeys(lines[number] for number in cite.lines if number in lines))
            for number in cite.lines:
                if number not in lines:
                    cited.setdefault(number, []).append(entry.card.id)
                    broken.setdefault(number, []).extend([] if now else [entry.card.id])
            now = now or (LOST_LINE,)
            if now != cite.lines:
                name = entry.document.file
                data = changes.get(name, base.files[name])
                changes[name] = rewrite(data, (*entry.path, *path, "lines"), format_lines(now), name)
    name = document.file
    changes[name] = _card(base.files[name], name, source, lines, facts, file, digest)
    free = [number for number in facts if number not in lines.values()]
    lost = [number for number in source.lines if number not in lines]
    return Moved(
        {path: data for path, data in changes.items() if data != base.files[path]},
        sum(old != new for old, new in lines.items()),
        tuple(free),
        tuple(
            Lost(
                number,
                tuple(dict.fromkeys(cited.get(number, ()))),
                tuple(dict.fromkeys(broken.get(number, ()))),
                _near(source.lines[number], facts, free),
            )
            for number in lost
        ),
        lines,
        source.sha256,
        digest,
    )


def _lines_now(old: Mapping[int, LineFacts], new: Mapping[int, LineFacts]) -> dict[int, int]:
    """Old number → new number of each line that is still there: in their order first, then those that were moved."""
    before, after = list(old), list(new)
    hashes = [old[number].hash for number in before], [new[number].hash for number in after]
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, *hashes, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[before[block.a + step]] = after[block.b + step]
    taken = set(found.values())
    free: dict[str, list[int]] = {}
    for number in after:
        if number not in taken:
            free.setdefault(new[number].hash, []).append(number)
    for number in before:
        if number not in found and free.get(old[number].hash):
            found[number] = free[old[number].hash].pop(0)
    by_hash = {new[number].hash: number for number in reversed(after)}
    for number in before:  # said twice in the old text and once in the new one
        if number not in found and old[number].hash in by_hash:
            found[number] = by_hash[old[number].hash]
    return found


def _near(lost: LineFacts, new: Mapping[int, LineFacts], free: list[int]) -> int | None:
    """The new line that shares most figures and names with a lost one, if that is more than half of them."""
    best, most = None, 0.5
    mine = {*lost.figures, *lost.names}
    for number in free:
        theirs = {*new[number].figures, *new[number].names}
        share = len(mine & theirs) / len(mine | theirs) if mine or theirs else 0
        if share > most:
            best, most = number, share
    return best


def _cites(card: BaseCard) -> list[tuple[Path, Citation]]:
    found: list[tuple[Path, Citation]] = [(("cites", number), cite) for number, cite in enumerate(card.cites)]
    if isinstance(card, Debate):
        for side, position in enumerate(card.positions):
            found += [(("positions", side, "cites", number), cite) for number, cite in enumerate(position.cites)]
    return found


def _card(
    data: bytes,
    name: str,
    source: Source,
    lines: Mapping[int, int],
    facts: Mapping[int, LineFacts],
    file: str,
    digest: str,
) -> bytes:
    """The card of the source: what people wrote stays, what is made from the text is made anew."""
    data = rewrite(rewrite(data, ("file",), file, name), ("sha256",), digest, name)
    for number, cite in enumerate(source.standing.cites if source.standing else ()):
        now = tuple(lines[line] for line in cite.lines if line in lines)
        if now and now != cite.lines and cite.source == source.id:
            data = rewrite(data, ("standing", "cites", number, "lines"), format_lines(now), name)
    left_out = []
    for entry in source.left_out:
        now = tuple(sorted({lines[line] for line in entry.lines if line in lines}))
        if now:
            left_out.append(LeftOut(lines=now, reason=entry.reason, note=entry.note))
    return with_left_out(data, left_out, facts)
