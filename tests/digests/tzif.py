"""Timezone databases for tests: the one of this machine with the rules of some zones replaced."""

from __future__ import annotations

import struct
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def zone_file(rule: str) -> bytes:
    """A timezone file (RFC 8536, version 2) without transitions: all its times follow a POSIX rule such as `X-4`."""
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    block = b"TZif2" + bytes(15) + counts + struct.pack(">lBB", 0, 0, 0) + b"UTC\0"
    return block + block + b"\n" + rule.encode() + b"\n"


@contextmanager
def other_rules(folder: Path, **rules: str) -> Iterator[None]:
    """While it lasts, this process finds the zones named (`Asia__Tbilisi="X-3"`) with other rules; all else stays."""
    before = zoneinfo.TZPATH
    for name, rule in rules.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zone_file(rule))
    zoneinfo.reset_tzpath([str(folder), *before])
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        zoneinfo.ZoneInfo.clear_cache()
