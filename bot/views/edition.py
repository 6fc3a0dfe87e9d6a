"""An edition as a value: what goes out, by the ids of cards; and how it is kept as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from bot.catalog.corrections import Correction
from bot.i18n import Language
from bot.subscription import Cadence


class EditionKind(StrEnum):
    """What kind of edition a row of the table holds."""

    DIGEST = "digest"
    CORRECTION = "correction"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Edition:
    """What goes out for one period (from `first` until before `end`), one list of topics and one language.

    `topics` empty means all. `version` is that of the content it was composed from. Cards stand by their ids: `news`
    first published in the period, `corrections` of that time, `pinned` by editors, then one of each kind from the
    archive; `event` has its anniversary while the edition goes out. `note` is the editors', in the language. An edition
    of the kind correction holds corrections alone.
    """

    cadence: Cadence
    period: str
    first: date
    end: date
    topics: tuple[str, ...]
    language: Language
    version: int
    kind: EditionKind = EditionKind.DIGEST
    news: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pinned: tuple[str, ...] = ()
    statistic: str | None = None
    recommendation: str | None = None
    voice: str | None = None
    event: str | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing new: no card, no correction, no note. There may be something of the archive."""
        return not (self.news or self.corrections or self.note)

    @property
    def cards(self) -> tuple[str, ...]:
        """Every card that it shows, each once."""
        picked = (self.statistic, self.recommendation, self.voice, self.event)
        corrected = (correction.card for correction in self.corrections)
        return tuple(dict.fromkeys((*self.news, *corrected, *self.pinned, *filter(None, picked))))

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the column `editions.body`."""
        return dict(_EDITION.dump_python(self, mode="json"))

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Edition:
        """The reverse of `as_json`. Raises pydantic.ValidationError where the values are others."""
        return _EDITION.validate_python(body)


_EDITION: TypeAdapter[Edition] = TypeAdapter(Edition)
