"""The timezone database of this machine: which one it is, and reading it anew when it was replaced."""

from __future__ import annotations

import hashlib
import logging
import zoneinfo
from functools import lru_cache
from importlib import resources
from pathlib import Path

from bot.digests.schedule import forget_offsets
from bot.subscription import Cadence, Schedule

_LOG = logging.getLogger(__name__)
FALLBACK = "UTC"


def fingerprint() -> bytes:
    """A hash over the rules of all timezones that are known here; another one where any of them changed."""
    whole = hashlib.sha256()
    for name in sorted(zoneinfo.available_timezones()):
        whole.update(f"{name}\0".encode() + _rules(name))
    return whole.digest()


def _rules(name: str) -> bytes:
    for folder in zoneinfo.TZPATH:
        path = Path(folder, name)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", name).read_bytes()


def read_anew() -> None:
    """Forget what was read of the timezone database, so that from now on the one on disk counts."""
    zoneinfo.ZoneInfo.clear_cache()
    forget_offsets()
    is_known.cache_clear()


@lru_cache(maxsize=1024)
def is_known(timezone: str) -> bool:
    """Whether a timezone is known here; the first time that it is not goes into the log."""
    try:
        zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        _LOG.error("the timezone %s is unknown on this machine: its digests go by %s", timezone, FALLBACK)
        return False
    return True


def schedule_of(cadence: str, weekday: int, hour: int, timezone: str) -> Schedule:
    """A schedule as it is kept; it goes by UTC where its timezone is unknown here, so that nobody gets nothing."""
    return Schedule(Cadence(cadence), weekday, hour, timezone if is_known(timezone) else FALLBACK)
