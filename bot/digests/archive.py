"""What the editions of the past showed, worked out anew: so that nothing repeats, and no chat needs a memory.

An edition shows the news of its period and picks further cards from the archive. The picks of a list of topics are a
pure function of the history of the content and of what editors pinned or held: from the first period to the asked
one, each takes the first living card, in an order drawn for these topics, that none before it showed. When all are
used a new round begins, in another order. A card that is withdrawn or held while an edition goes out counts as shown,
and so does the one that takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.catalog.cards import Kind
from bot.catalog.corrections import Correction, corrections
from bot.catalog.editorial import Editorial, week_key, weeks_of
from bot.catalog.history import History, Lifetime
from bot.digests.schedule import Period
from bot.subscription import Cadence

SLOTS: dict[str, frozenset[Kind]] = {
    "statistic": frozenset({Kind.STATISTIC}),
    "recommendation": frozenset({Kind.RECOMMENDATION}),
    "voice": frozenset({Kind.ARGUMENT, Kind.DEBATE}),
}
"""What an edition picks from the archive: one card of each."""

_EVER = 1 << 62
_Step = tuple[int, int, frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """The days in which an edition goes out: from the end of its period until before the end of the next one."""

    cadence: Cadence
    first: date
    end: date
    until: date

    @classmethod
    def of(cls, period: Period) -> Run:
        """That of a period."""
        return cls(period.cadence, period.first, period.end, _shifted(period.cadence, period.end, 1))

    def before(self) -> Run:
        """That of the period before."""
        return Run(self.cadence, _shifted(self.cadence, self.end, -2), self.first, self.end)

    @property
    def weeks(self) -> tuple[str, ...]:
        """The editors' weeks that it touches."""
        return weeks_of(self.end, self.until)


def moment(day: date) -> int:
    """When a day begins in UTC, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _shifted(cadence: Cadence, end: date, steps: int) -> date:
    """The end of the period so many periods on; months end on the day before the last."""
    if cadence is not Cadence.MONTHLY:
        days = {Cadence.DAILY: 1, Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14}[cadence]
        return end + timedelta(days=days * steps)
    months = (end + timedelta(days=1)).year * 12 + (end + timedelta(days=1)).month - 1 + steps
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


class Archive:
    """The history of the content, prepared for picking. One serves every edition of a version."""

    def __init__(self, history: History, editorial: Editorial) -> None:
        self.history, self.editorial = history, editorial
        self.origin = history.origin
        self._names = {life.origin: life.card for life in history.lifetimes if life.until is None}
        self._born = _born(history.lifetimes)
        self._walks: dict[Run, list[_Step]] = {}
        self._corrected: dict[Run, tuple[Correction, ...]] = {}
        self._decided: dict[Run, tuple[frozenset[str], frozenset[str]]] = {}

    def name(self, origin: str) -> str | None:
        """The id under which it is published now; None where it is not."""
        return self._names.get(origin)

    def added(self, first: int, end: int) -> tuple[str, ...]:
        """The ids of cards first published from `first` until before `end`, of those that still are."""
        return tuple(name for origin in self._born_between(first, end) if (name := self.name(origin)))

    def _born_between(self, first: int, end: int) -> Iterator[str]:
        return (origin for origin, born in self._born.items() if born is not None and first <= born < end)

    def corrections(self, run: Run) -> tuple[Correction, ...]:
        """The cards corrected in the period of an edition, each from what it said before to what it says now."""
        if run not in self._corrected:
            first, end = moment(run.first), moment(run.end)
            then = {self.origin(each.card) for each in corrections(self.history.between(first, end))}
            now = corrections(self.history.between(first, self.history.at + 1))
            self._corrected[run] = tuple(each for each in now if self.origin(each.card) in then)
        return self._corrected[run]

    def told(self, run: Run) -> frozenset[str]:
        """Origins of the cards that an edition shows whatever is picked: its news, its corrections, its pins."""
        return self._decisions(run)[0]

    def holds(self, run: Run) -> frozenset[str]:
        """Origins of the cards that editors hold while an edition goes out."""
        return self._decisions(run)[1]

    def pins(self, run: Run) -> tuple[str, ...]:
        """What editors pinned for an edition; a daily one shows it once, on the Monday."""
        if run.cadence is Cadence.DAILY and run.end.weekday():
            return ()
        return self.editorial.week(week_key(run.end)).pins

    def _decisions(self, run: Run) -> tuple[frozenset[str], frozenset[str]]:
        if run not in self._decided:
            first, end = moment(run.first), moment(run.end)
            corrected = (each.card for each in corrections(self.history.between(first, end)))
            told = {self.origin(card) for card in (*corrected, *self.pins(run))}
            held = frozenset(map(self.origin, self.editorial.held(run.weeks)))
            self._decided[run] = frozenset(told.union(self._born_between(first, end))), held
        return self._decided[run]

    def picks(self, period: Period, topics: Sequence[str]) -> dict[str, str]:
        """The cards that the edition of a period takes from the archive, by slot; none where no card is left."""
        wanted = frozenset(map(self.origin, topics))
        steps = self._steps(Run.of(period))
        found = {}
        for slot, kinds in SLOTS.items():
            lives = [life for life in self.history.lifetimes if life.kind in kinds and self._within(life, wanted)]
            picker = _Picker.of(lives, f"{slot}:{','.join(sorted(wanted))}")
            picked = None
            for step in steps:
                picked = picker.pick(*step)
            if picked and (name := self.name(picked)):
                found[slot] = name
        return found

    def _within(self, life: Lifetime, wanted: frozenset[str]) -> bool:
        return not wanted or any(self.origin(topic) in wanted for topic in life.topics)

    def _steps(self, last: Run) -> list[_Step]:
        """Each run up to this one: when it begins, until when its cards must live, what it tells and holds anyway."""
        if last not in self._walks:
            runs = list(self._runs(last))
            stops = [moment(run.until) - 1 for run in runs[:-1]] + [max(moment(last.end), self.history.at)]
            self._walks[last] = [
                (moment(run.end), stop, *self._decisions(run)) for run, stop in zip(runs, stops, strict=True)
            ]
        return self._walks[last]

    def _runs(self, last: Run) -> Iterator[Run]:
        """From the first that could go out after anything was published."""
        begin = self.history.changes[0].at if self.history.changes else self.history.at
        runs = [last]
        while moment(runs[-1].end) > begin:
            runs.append(runs[-1].before())
        return reversed(runs)


def _born(lives: Iterable[Lifetime]) -> dict[str, int | None]:
    """Origin → when it was first published, in that order; None for the baseline."""
    born: dict[str, int | None] = {}
    for life in lives:
        born.setdefault(life.origin, life.since)
    return born


@dataclass(slots=True)
class _Picker:
    """One slot of one list of topics, walking through the periods."""

    spans: dict[str, list[tuple[int, int]]]
    name: str
    round: int = 0
    waiting: list[str] = field(default_factory=list)
    """Those not yet used in this round, in its order."""
    last: str | None = None

    @classmethod
    def of(cls, lives: Iterable[Lifetime], name: str) -> _Picker:
        spans: dict[str, list[tuple[int, int]]] = {}
        for life in lives:
            begin, end = (-_EVER if life.since is None else life.since), (_EVER if life.until is None else life.until)
            before = spans.setdefault(life.origin, [])
            if before and before[-1][1] == begin:  # moved on under another id or topic, without a pause
                before[-1] = (before[-1][0], end)
            else:
                before.append((begin, end))
        return cls(spans, name, waiting=_drawn(spans, name, 0))

    def pick(self, start: int, stop: int, told: frozenset[str], held: frozenset[str]) -> str | None:
        """The card of the period that goes out from `start`; it lives until `stop` without a pause, and is not held.

        Until a card was withdrawn it was shown, and then the next one that lived on at that moment.
        """
        tried = told.intersection(self.spans)
        self._use(tried)
        shown_until = start
        while candidate := self._next(start, shown_until, tried):
            tried |= {candidate}
            self._use({candidate})
            if candidate in held:
                continue
            shown_until = self._end(candidate, start)
            if stop < shown_until:
                self.last = candidate
                return candidate
        return None

    def _use(self, origins: Collection[str]) -> None:
        if origins:
            self.waiting = [each for each in self.waiting if each not in origins]

    def _next(self, start: int, stop: int, tried: Collection[str]) -> str | None:
        """The next card that lives from `start` to `stop`; of the next round where this one has none left."""
        fresh = next((each for each in self.waiting if stop < self._end(each, start)), None)
        if fresh:
            return fresh
        living = {each for each in self.spans if each not in tried and stop < self._end(each, start)}
        if not living:
            return None
        self.round += 1
        self.waiting = [each for each in _drawn(self.spans, self.name, self.round) if each not in tried]
        other = living - {self.last} or living
        return next(each for each in self.waiting if each in other)

    def _end(self, origin: str, start: int) -> int:
        """Until when a card lives that lives at `start`; `start` itself where it does not."""
        return next((end for begin, end in self.spans[origin] if begin <= start < end), start)


def _drawn(origins: Iterable[str], name: str, number: int) -> list[str]:
    """The order in which a round goes through the cards: as good as drawn by lot, and the same for everybody."""
    return sorted(origins, key=lambda origin: hashlib.sha256(f"{name}:{number}:{origin}".encode()).digest())
