"""All files of content and seeds, as bytes: what a folder holds, what a version holds, what is checked as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Self

from bot.catalog.loading import Content, load

CONTENT = "content/"
SEEDS = "seeds/"


@dataclass(frozen=True)
class Bundle:
    """Files under paths such as `content/topics/visas.yaml` and `seeds/usip-2023.yaml`."""

    files: Mapping[str, bytes]

    @cached_property
    def hashes(self) -> Mapping[str, bytes]:
        """The SHA-256 of each file."""
        return {path: sha256(data).digest() for path, data in self.files.items()}

    @cached_property
    def digest(self) -> bytes:
        """What tells it from any other: a hash over all paths and the hashes of what they hold."""
        return digest_of(self.hashes.items())

    def load(self) -> Content:
        """The cards in it, with what is wrong in single files; `checking.check` holds the whole."""
        content, seeds = (
            {path.removeprefix(room): data for path, data in self.files.items() if path.startswith(room)}
            for room in (CONTENT, SEEDS)
        )
        return load(content, seeds)

    def with_files(self, changes: Mapping[str, bytes | None]) -> Self:
        """The same with some files changed or added, and those that are None taken out."""
        files = {**self.files, **changes}
        return type(self)({path: data for path, data in files.items() if data is not None})

    def changes_to(self, other: Bundle) -> dict[str, bytes | None]:
        """What `with_files` needs to make the other one of this."""
        changed = {path: data for path, data in other.files.items() if self.hashes.get(path) != other.hashes[path]}
        return {**changed, **dict.fromkeys(self.files.keys() - other.files.keys())}


def digest_of(hashes: Iterable[tuple[str, bytes]]) -> bytes:
    """The digest of a bundle from its paths and their hashes."""
    whole = sha256()
    for path, file_hash in sorted(hashes):
        whole.update(f"{path}\0{file_hash.hex()}\n".encode())
    return whole.digest()
