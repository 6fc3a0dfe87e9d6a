"""What the publisher found in the folder: what administrators are told of."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from bot.catalog.differences import Differences
from bot.catalog.problems import Problem
from bot.store.versions import Version

OFFER_LENGTH = 12
"""Characters of a digest by which a button names what is offered."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The folder holds the current version."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What the folder holds cannot be published; what was served before is served still."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BroughtForward:
    """The folder held an earlier version and holds the current one now; `written` is False where it cannot be."""

    earlier: int
    current: int
    written: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A change in the folder was published."""

    version: Version
    differences: Differences


@dataclass(frozen=True, slots=True)
class Offered:
    """A change in the folder could be published and waits for somebody's word.

    `key` is how it is named then. `behind`: it was made on an earlier version, and would undo what was published since.
    """

    key: str
    differences: Differences
    behind: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """The folder holds something else, and the settings say that the folder is not published."""


Notice = Unchanged | Refused | BroughtForward | Published | Offered | Ignored


def mark_of(notice: Notice) -> bytes | None:
    """What tells a finding that stands until somebody does something from every other: a digest, with no word of it.

    None for what is over when it is told, and for what is not told of.
    """
    match notice:
        case Refused(problems):
            return _digest("refused", *problems)
        case BroughtForward(earlier, current, written=False):
            return _digest("behind", earlier, current)
        case Offered(key, _, behind):
            return _digest("offered", key, behind)
        case _:
            return None


def _digest(*parts: object) -> bytes:
    return sha256(repr(parts).encode()).digest()
