"""What the sender writes: everything of one transaction at once, given by value, as on SQLite it runs in a thread."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.digests.carrier import Carried
from bot.digests.probe import Point, Probe
from bot.store.chats import Chats
from bot.store.leadership import Term
from bot.store.outbox import Claims, Outbox
from bot.store.subscriptions import mark_blocked, mark_unreachable


@dataclass(frozen=True, slots=True)
class Entry:
    """Outcomes to commit, and how many rows to claim with them.

    `kept`: the ids of all rows in hand, where the fate of an earlier entry is unknown. `set_back`: the clock was.
    """

    term: Term
    done: tuple[Carried, ...]
    room: int
    now: float
    kept: tuple[int, ...] | None = None
    set_back: bool = False


class Books:
    """Writes entries; the methods are for `Database.work`."""

    def __init__(self, outbox: Outbox, chats: Chats, probe: Probe) -> None:
        self._outbox, self._chats, self._probe = outbox, chats, probe

    def enter(self, connection: Connection, entry: Entry) -> Claims:
        """Commit what became of rows and claim others. Raises LostError where another leadership has begun."""
        entry.term.check(connection)
        epoch, now = entry.term.epoch, entry.now
        if entry.kept is not None:
            self._outbox.let_go(connection, epoch, entry.kept, now)
        if entry.set_back:
            self._outbox.hurry(connection, now)
        self._outbox.settle(connection, [one.outcome for one in entry.done], epoch)
        self._outbox.note_holds(connection, {one.outcome.row.id: one.holds for one in entry.done if one.holds})
        for one in entry.done:
            self._follow_up(connection, one, int(now))
        claims = self._outbox.claim(connection, entry.room, epoch, now) if entry.room else Claims([], {})
        if entry.done:
            self._probe(Point.COMMITTING)
        return claims

    def _follow_up(self, connection: Connection, one: Carried, now: int) -> None:
        row = one.outcome.row
        if one.gone:
            mark_unreachable(connection, row.subscription.chat, now)
        elif one.barred:
            mark_blocked(connection, row.subscription.id)
        elif one.moved_to is not None:
            self._chats.follow(connection, row.chat_id, one.moved_to)

    def left_behind(self, connection: Connection, term: Term) -> int:
        """How many rows earlier leaderships claimed and never settled."""
        return self._outbox.left_behind(connection, term.epoch)

    def recover(self, connection: Connection, term: Term, now: float) -> int:
        """Treat these as unconfirmed; how many wait for somebody to look."""
        term.check(connection)
        return self._outbox.recover(connection, term.epoch, now)

    def next_moment(self, connection: Connection) -> float | None:
        """From when on the next row may be claimed; None where none waits."""
        return self._outbox.next_moment(connection)
