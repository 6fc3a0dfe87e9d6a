"""Files that were sent: their bytes in memory, their identifiers, and what can be read off an image's head."""

import base64
import mimetypes
import struct
from dataclasses import dataclass
from itertools import count

from bot.sandbox import refusals
from bot.sandbox.shapes import Json, present

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # Bot API, getFile
UPLOAD_LIMIT = 50 * 1024 * 1024  # Bot API, Sending files
PHOTO_LIMIT = 10 * 1024 * 1024  # Bot API, sendPhoto

_FOLDERS = {"photo": "photos", "video": "videos", "audio": "music", "voice": "voice", "sticker": "stickers"}
_SHORT = {"photo": "AgAC", "video": "BAAC", "audio": "CQAC", "voice": "AwAC", "document": "BQAC", "sticker": "CAAC"}


@dataclass(frozen=True)
class StoredFile:
    """A file by its identifiers; `kind` is what it was sent as, `content` is empty for a mere address."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Where it is downloaded from, under /file/bot<token>/."""
        suffix = "." + self.name.rsplit(".", 1)[1] if "." in self.name else ""
        return f"{_FOLDERS.get(self.kind, 'documents')}/file_{self.unique_id}{suffix}"

    def identifiers(self) -> Json:
        """The fields that all kinds of files have in common."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def as_file(self) -> Json:
        """The File object."""
        return {**self.identifiers(), "file_path": self.path}

    def as_photo(self) -> list[Json]:
        """The sizes of a photo; the sandbox keeps the one it was given."""
        return [{**self.identifiers(), "width": self.width, "height": self.height}]

    def as_media(self, **details: object) -> Json:
        """The object of its kind (Document, Audio and so on) with details that are not None."""
        return {**self.identifiers(), **present(**details)}


class Files:
    """All files, by identifier and by path."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def store(self, kind: str, name: str, content: bytes, mime_type: str = "") -> StoredFile:
        """Keep a file; its type is guessed from the name where none is given."""
        guessed = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        width, height = image_size(content) or (0, 0)
        number = struct.pack(">Q", next(self._numbers))
        unique = "AQAD" + base64.urlsafe_b64encode(number).decode().rstrip("=")
        file_id = _SHORT.get(kind, "BQAC") + base64.urlsafe_b64encode(b"sandbox file " + number).decode().rstrip("=")
        stored = StoredFile(file_id, unique, kind, name, guessed, content, width, height)
        self._by_id[file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this identifier."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file that getFile said lies at this path."""
        return self._by_path.get(path)

    def to_download(self, file_id: str) -> StoredFile:
        """The file for getFile; refuses an unknown one and one of more than 20 MB."""
        if not file_id:
            raise refusals.FILE_ID_EMPTY.refusal()
        stored = self.by_id(file_id)
        if stored is None:
            raise refusals.FILE_UNKNOWN.refusal()
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise refusals.FILE_TOO_BIG.refusal()
        return stored


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP image, None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
