"""What a chat subscribed to: plain values that the store keeps, the schedule reads and the views show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.i18n import Language

ChatKey = bytes
"""A chat's random key of 16 bytes: what every table but `chats` calls a chat."""

DEFAULT_WEEKDAY = 0
DEFAULT_HOUR = 9


class ChatKind(StrEnum):
    """What kind of chat a digest goes to; it decides what an unconfirmed message means."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class Cadence(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    DAILY = "daily"


class State(StrEnum):
    """Whether a subscription rings."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By its owner, until a moment."""
    BLOCKED = "blocked"
    """The bot may not write there: no rights, or the thread is gone."""
    UNREACHABLE = "unreachable"
    """Blocked by the person, or the bot was removed; settings are kept for a while."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it rings, in local time. `weekday` is 0 for Monday; for monthly it is the first such day of the month; for
    daily it means nothing. `timezone` is an IANA name."""

    cadence: Cadence = Cadence.WEEKLY
    weekday: int = DEFAULT_WEEKDAY
    hour: int = DEFAULT_HOUR
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner of a subscription chose beside place and language.

    `topics` empty means all. `quiet`: without a sound. `skip_empty`: nothing new, no message. `links`: whether texts
    link to the outlets. `header` and `hashtag` stand over and under a channel's digest. `preview_hours` before it is
    sent the one who subscribed sees it; 0 is never.
    """

    schedule: Schedule = field(default_factory=Schedule)
    topics: tuple[str, ...] = ()
    quiet: bool = False
    skip_empty: bool = False
    links: bool = True
    header: str = ""
    hashtag: str = ""
    preview_hours: int = 0


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription: a chat, a thread in it (0 for none), a language.

    `key` is its random name of 8 characters that buttons carry. `told` is the private chat of whoever agreed to be told
    when it cannot be delivered. Moments (`until`, `next_due`) are whole seconds since 1970 in UTC; `next_due` is None
    while nothing is planned. `skipped` names the one period that its owner skips.
    """

    id: int
    key: str
    chat: ChatKey
    thread: int
    language: Language
    choices: Choices
    state: State = State.ACTIVE
    until: int | None = None
    next_due: int | None = None
    told: ChatKey | None = None
    skipped: str | None = None
