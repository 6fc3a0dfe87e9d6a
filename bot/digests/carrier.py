"""One claimed row to Telegram, and what becomes of it: the meaning of each answer for a delivery."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot import logs
from bot.clock import Clock
from bot.digests.probe import Point, Probe
from bot.store.outbox import Claimed, Holds, Outcome
from bot.store.states import AGAIN, Delivery
from bot.subscription import ChatKind, Subscription
from bot.transport import posting
from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.pacing import Held, Pacer
from bot.transport.posting import Posting

_LOG = logging.getLogger(__name__)


class Part(posting.Part, Protocol):
    """One message, and the names of the pieces of its edition that it holds."""

    @property
    def holds(self) -> tuple[str, ...]:
        """The names."""


class Printing(Protocol):
    """Prints editions."""

    async def __call__(
        self, edition: int, subscription: Subscription, kind: ChatKind, told: Holds, version: int = 0, /
    ) -> Sequence[Part]:
        """The messages of an edition (its id) for a subscription: those that went, by what they hold, and after them
        what is left of the edition as it reads now, in this version or a later one."""


_FIRST_BACK_OFF: Final = 2.0  # seconds; doubled with each attempt
_LONGEST_BACK_OFF: Final = 300.0
_OFTEN: Final = 3  # messages in a row of which Telegram confirmed none, from which the next waits for long
_FIRST_LONG_WAIT: Final = 3600.0  # seconds; doubled with each more
_LONGEST_WAIT: Final = 4 * 3600.0
_NEXT_PART: Final = 1.0  # seconds between two messages to a person (Bots FAQ: one a second in a chat)
_REASON_LENGTH: Final = 24  # of the column

_GONE: Final = {Meaning.UNREACHABLE, Meaning.KICKED}
_BARRED: Final = {Meaning.NO_RIGHTS, Meaning.NO_THREAD}
_UNANSWERED: Final = {Meaning.UNSENT, Meaning.UNCONFIRMED, Meaning.REFUSED, Meaning.CONFLICT}


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a row, and what Telegram's answer meant: None where the message was posted or never left.

    `moved_to` is the id of the supergroup that the chat became; `wait` the seconds that Telegram asks for, of this
    message or of one before; `holds` is what its messages hold, where others may follow; `often` says that as many in a
    row were not confirmed as make the next wait for long.
    """

    outcome: Outcome
    meaning: Meaning | None = None
    moved_to: int | None = None
    wait: float = 0.0
    unprinted: bool = False
    holds: Holds = ()
    often: bool = False

    @property
    def answered(self) -> bool | None:
        """Whether Telegram dealt with the message, be it by a refusal; None where it was not asked."""
        if self.meaning is None:
            return True if self.outcome.parts_sent > self.outcome.row.parts_sent else None
        return self.meaning not in _UNANSWERED

    @property
    def gone(self) -> bool:
        """Whether the chat cannot be written to any more."""
        return self.meaning in _GONE

    @property
    def barred(self) -> bool:
        """Whether the bot may not write there, though the chat is there."""
        return self.meaning in _BARRED


class Carrier:
    """Prints a row's next part, waits for its turn, posts it."""

    def __init__(
        self,
        posting: Posting,
        pacer: Pacer,
        printing: Printing,
        clock: Clock,
        chance: Callable[[], float],
        probe: Probe,
    ) -> None:
        self._posting, self._pacer, self._printing = posting, pacer, printing
        self._clock, self._chance, self._probe = clock, chance, probe

    async def carry(self, row: Claimed, leaves: Callable[[], None]) -> Carried:
        """Send the next part of a row; `leaves` is called before its first byte can. Never raises `TelegramError`."""
        try:
            parts = await self._printing(row.edition, row.subscription, row.kind, row.told, row.version)
        except Exception as error:  # noqa: BLE001 - whatever it is, other editions go out
            _LOG.error("an edition could not be printed\n%s", logs.where(error))
            return Carried(self._again(row, "unprinted"), unprinted=True)
        if row.parts_sent >= len(parts):
            state = Delivery.SENT if row.parts_sent else Delivery.FAILED
            return Carried(self._outcome(row, state, reason=None if row.parts_sent else "empty"))
        if self._now() > row.send_before:
            return Carried(self._outcome(row, Delivery.RETRY, reason="late"))
        part, subscription = parts[row.parts_sent], row.subscription

        async def post() -> int:
            leaves()
            return await self._posting.send(
                row.chat_id,
                part,
                thread=subscription.thread,
                quiet=subscription.choices.quiet,
                on_left=self._on_left,
            )

        try:
            message_id = await self._pacer.once(row.chat_id, post)
        except Held as held:
            return Carried(self._again(row, "held", held.seconds), wait=held.seconds)
        except TelegramError as error:
            return _doubtful(self._refused(row, error), parts)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message may have left
            _LOG.error("sending failed in a way that nobody foresaw\n%s", logs.where(error))
            return _doubtful(self._refused(row, TelegramError("unforeseen")), parts)
        self._probe(Point.TAKEN)
        posted = self._posted(row, message_id, len(parts))
        return Carried(posted, holds=_holds(parts, posted.parts_sent) if posted.state is Delivery.RETRY else ())

    def _on_left(self) -> None:
        self._probe(Point.LEFT)

    def _posted(self, row: Claimed, message_id: int, parts: int) -> Outcome:
        sent, now = row.parts_sent + 1, self._now()
        rest = _NEXT_PART if row.kind is ChatKind.PRIVATE else 0.0
        return Outcome(
            row,
            Delivery.SENT if sent >= parts else Delivery.RETRY,
            settled=now,
            parts_sent=sent,
            message_ids=(*row.message_ids, message_id),
            attempts=0,
            not_before=now + rest,
            reason=None if sent >= parts else "next part",
            doubtful=row.doubtful,
        )

    def _refused(self, row: Claimed, error: TelegramError) -> Carried:
        what = meaning(error)
        reason = what.name.lower()[:_REASON_LENGTH]
        match what:
            case Meaning.RETRY_AFTER if isinstance(error, RetryAfter):
                self._probe(Point.HELD)
                wait = seconds_to_wait(error)
                return Carried(self._again(row, reason, wait), what, wait=wait)
            case Meaning.MIGRATED if isinstance(error, ChatMigrated):
                return Carried(self._again(row, reason), what, moved_to=error.new_chat_id)
            case Meaning.UNSENT | Meaning.REFUSED | Meaning.CONFLICT:
                return Carried(self._again(row, reason), what)
            case Meaning.UNCONFIRMED if row.kind in AGAIN:
                return self._in_doubt(row, reason)
            case Meaning.UNCONFIRMED:
                return Carried(self._outcome(row, Delivery.UNCONFIRMED, reason=reason), what)
            case Meaning.UNREACHABLE | Meaning.KICKED:
                return Carried(self._outcome(row, Delivery.UNREACHABLE, reason=reason), what)
            case _:
                return Carried(self._outcome(row, Delivery.FAILED, reason=reason), what)

    def unsent(self, row: Claimed) -> Carried:
        """A row that was claimed and whose message never left, for the sender stops."""
        return Carried(self._outcome(row, Delivery.RETRY, reason="stopped"))

    def _in_doubt(self, row: Claimed, reason: str) -> Carried:
        """To be sent again though it may stand there: rather twice than never, but not every few minutes."""
        again = replace(self._again(row, reason), doubtful=row.doubtful + 1)
        in_a_row = min(again.attempts, again.doubtful)
        if in_a_row < _OFTEN:
            return Carried(again, Meaning.UNCONFIRMED)
        wait = min(_FIRST_LONG_WAIT * 2.0 ** (in_a_row - _OFTEN), _LONGEST_WAIT)
        again = replace(again, not_before=again.settled + wait)
        return Carried(again, Meaning.UNCONFIRMED, often=in_a_row == _OFTEN)

    def _again(self, row: Claimed, reason: str, wait: float | None = None) -> Outcome:
        """To be sent again: after so many seconds, else after a time that doubles with each attempt, with jitter."""
        attempts = row.attempts + (wait is None)
        if wait is None:
            doubled = min(_FIRST_BACK_OFF * 2.0 ** min(row.attempts, 16), _LONGEST_BACK_OFF)
            wait = doubled * (0.5 + self._chance() / 2)
        return self._outcome(row, Delivery.RETRY, reason=reason, attempts=attempts, wait=wait)

    def _outcome(
        self,
        row: Claimed,
        state: Delivery,
        *,
        reason: str | None,
        attempts: int | None = None,
        wait: float = 0.0,
    ) -> Outcome:
        now = self._now()
        tried = row.attempts if attempts is None else attempts
        return Outcome(row, state, now, row.parts_sent, row.message_ids, tried, now + wait, reason, row.doubtful)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _holds(parts: Sequence[Part], count: int) -> Holds:
    return tuple(part.holds for part in parts[:count])


def _doubtful(carried: Carried, parts: Sequence[Part]) -> Carried:
    """The same with what the message holds of which nobody knows whether it came."""
    if carried.outcome.state is not Delivery.UNCONFIRMED:
        return carried
    return replace(carried, holds=_holds(parts, carried.outcome.parts_sent + 1))
