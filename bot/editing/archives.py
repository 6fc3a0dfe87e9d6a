"""Taking files out of a zip that a stranger may have made: nothing is written, nothing costs more than its limit."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog.problems import Place, Problem, kilobytes
from bot.catalog.reading import MAX_BYTES

ARCHIVE_BYTES = 4_000_000
"""Largest archive that is opened; the whole content of today packs to a tenth of it."""
MAX_FILES = 300
"""Most files in one upload, also packed, and in a draft; today's content has fewer than thirty."""
TOTAL_BYTES = 12_000_000
"""Most bytes of all files of an upload, unpacked, and of a draft."""
RATIO = 100
"""A file that unpacks to more than so many times its size is no text: YAML packs to a fourth, hardly to a twentieth."""
_SMALL = 64_000
"""Up to this size nothing is said about a ratio: a file of blank lines harms nobody."""

_HEADER = b"PK\x01\x02"
"""Before each entry in the directory of an archive."""
PACKED = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: where it stands there, and its bytes."""

    name: str
    data: bytes


def shown(name: str) -> str:
    """A name as it may stand in a message: without control characters, and not longer than can be read."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return plain if len(plain) <= 120 else f"{plain[:119]}…"


def unpack(archive: str, data: bytes) -> Iterator[Member | Problem]:
    """Each file of a zip, or what is wrong with it; folders, hidden files and what systems add are passed over."""
    if len(data) > ARCHIVE_BYTES:
        yield _problem(archive, "", "upload_too_large", size=kilobytes(len(data)), limit=kilobytes(ARCHIVE_BYTES))
        return
    if data.count(_HEADER) > 4 * MAX_FILES:  # counted before the directory is read, which costs a kilobyte an entry
        yield _problem(archive, "", "upload_too_many", limit=MAX_FILES)
        return
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        yield _problem(archive, "", "zip_broken")
        return
    with packed:
        entries = [entry for entry in packed.infolist() if not _passed_over(entry)]
        if len(entries) > MAX_FILES:
            yield _problem(archive, "", "upload_too_many", limit=MAX_FILES)
            return
        total = 0
        for entry in entries:
            found = _member(archive, packed, entry)
            total += len(found.data) if isinstance(found, Member) else 0
            if total > TOTAL_BYTES:
                yield _problem(archive, "", "upload_total", limit=kilobytes(TOTAL_BYTES))
                return
            yield found
    if not entries:
        yield _problem(archive, "", "zip_empty")


def _passed_over(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return entry.is_dir() or hidden or parts[0] == "__MACOSX" or parts[-1].lower() in ("readme.md", "thumbs.db")


def _member(archive: str, packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member | Problem:
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return _problem(archive, name, "zip_link")
    if entry.flag_bits & 1:
        return _problem(archive, name, "zip_encrypted")
    if name.lower().endswith(PACKED):
        return _problem(archive, name, "zip_nested")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _problem(archive, name, "zip_method")
    if entry.file_size > max(_SMALL, RATIO * entry.compress_size):
        return _problem(archive, name, "zip_bomb", size=kilobytes(entry.file_size))
    if entry.file_size > MAX_BYTES:
        return _problem(archive, name, "file_too_large", size=kilobytes(entry.file_size), limit=kilobytes(MAX_BYTES))
    try:
        with packed.open(entry) as stream:
            data = stream.read(MAX_BYTES + 1)  # never more than the directory says, and that was looked at
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return _problem(archive, name, "zip_broken")
    return Member(name, data)


def _problem(archive: str, name: str, code: str, **words: object) -> Problem:
    place = Place(shown(f"{archive}/{name}") if name else shown(archive))
    return Problem(place, code, tuple((key, str(word)) for key, word in sorted(words.items())))
