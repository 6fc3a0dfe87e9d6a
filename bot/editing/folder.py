"""The content folders as a working copy: read whole and with limits, written beside and renamed.

People, editors' programs and git work in these folders at the same time, so anything may be half there, gone or odd.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.bundle import CONTENT, SEEDS, Bundle
from bot.catalog.loading import SINGLE_FILES, yaml_files
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.reading import MAX_BYTES
from bot.settings import Settings

BESIDE = ".publishing"
"""How the name of a file ends that is being written beside the one it will replace; it begins with a dot."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of the content and that of the seeds."""

    content: Path
    seeds: Path

    @property
    def rooms(self) -> tuple[tuple[str, Path], ...]:
        """How paths in a bundle begin, and the folder behind that."""
        return ((CONTENT, self.content), (SEEDS, self.seeds))

    def read(self) -> Bundle:
        """All files. Raises ProblemsError where a folder is gone or a file cannot be read."""
        files: dict[str, bytes] = {}
        problems: list[Problem] = []
        for room, folder in self.rooms:
            if not folder.is_dir():
                problems.append(Problem.at(Place(str(folder)), "no_folder"))
                continue
            for name, path in yaml_files(folder).items():
                found = _read(folder, path, room + name)
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    files[room + name] = found
        if problems:
            raise ProblemsError(*problems)
        return Bundle(files)

    def read_what_is_there(self) -> Bundle:
        """The files that can be read; none of a folder that is gone."""
        files: dict[str, bytes] = {}
        for room, folder in self.rooms:
            for name, path in (yaml_files(folder) if folder.is_dir() else {}).items():
                found = _read(folder, path, room + name)
                if isinstance(found, bytes):
                    files[room + name] = found
        return Bundle(files)

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        """Replace files, add them, and delete those that are None. Each is at every moment old or new as a whole.

        Raises OSError where the folder does not let itself be written to; what was replaced before stays replaced.
        """
        self._sweep()
        written = {path: _write_beside(self._at(path), data) for path, data in changes.items() if data is not None}
        for path, beside in written.items():
            os.replace(beside, self._at(path))
        for path in changes.keys() - written.keys():
            self._at(path).unlink(missing_ok=True)
        for parent in {self._at(path).parent for path in changes}:
            _sync(parent)

    def _at(self, path: str) -> Path:
        room, folder = next(each for each in self.rooms if path.startswith(each[0]))
        return folder / path.removeprefix(room)

    def _sweep(self) -> None:
        """Delete what a kill left half written."""
        for _, folder in self.rooms:
            for path in folder.rglob(f".*{BESIDE}"):
                path.unlink(missing_ok=True)


def folder_of(settings: Settings) -> Folder:
    """The folders that the settings name."""
    return Folder(settings.content_dir, settings.seeds_dir)


def _read(folder: Path, path: Path, name: str) -> bytes | Problem:
    place = Place(name.encode(errors="replace").decode())
    if place.file != name:  # bytes that are no text
        return Problem.at(place, "unknown_file", known=", ".join(SINGLE_FILES))
    if not os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep):
        return Problem.at(place, "link_outside")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # enough to be refused as too large when it is parsed
    except OSError as error:
        return Problem.at(place, "unreadable_file", what=error.strerror or "")


def _write_beside(path: Path, data: bytes) -> Path:
    """Write next to where it belongs, readable to whom the one before it is, or to whom its folder is."""
    _make(path.parent)
    beside = path.with_name(f".{path.name}{BESIDE}")
    like = path if path.exists() else path.parent
    with beside.open("wb") as file:
        os.fchmod(file.fileno(), like.stat().st_mode & 0o666)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return beside


def _make(folder: Path) -> None:
    """Make a folder that is open to whom the one above it is, whatever the process grants to its own files."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir()
        folder.chmod(folder.parent.stat().st_mode & 0o777)


def _sync(folder: Path) -> None:
    with suppress(OSError):  # a folder that cannot be synced (some network drives) is written all the same
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
