"""Files in memory, and the size of an image read off its head."""

import struct

import pytest

from bot.sandbox.files import DOWNLOAD_LIMIT, Files, image_size
from bot.sandbox.refusals import Refusal
from tests.sandbox.conftest import png

JPEG = b"\xff\xd8\xff\xe0\0\x04ab" + b"\xff\xc0\0\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03" + b"\0" * 9
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(40, 30), (40, 30)),
        (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30)),
        (JPEG, (40, 30)),
        (WEBP + b"VP8X" + b"\0" * 8 + (39).to_bytes(3, "little") + (29).to_bytes(3, "little"), (40, 30)),
        (WEBP + b"VP8 " + b"\0" * 10 + struct.pack("<HH", 40, 30), (40, 30)),
        (WEBP + b"VP8L" + b"\0" * 4 + b"\x2f" + (39 | 29 << 14).to_bytes(4, "little"), (40, 30)),
        (b"", None),
        (b"\x89PNG", None),
        (b"\xff\xd8\xff", None),
        (b"plain text that is no image at all", None),
    ],
)
def test_the_size_of_an_image(content: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(content) == size


def test_a_file_is_found_by_its_identifier_and_its_path() -> None:
    files = Files()
    one, two = files.store("document", "a.yaml", b"a"), files.store("document", "a.yaml", b"a")
    assert one.file_id != two.file_id
    assert files.by_id(one.file_id) is one
    assert files.by_path(two.path) is two
    assert one.path.endswith(".yaml")


def test_what_cannot_be_downloaded_is_refused() -> None:
    files = Files()
    large = files.store("document", "a", b"\0" * (DOWNLOAD_LIMIT + 1))
    for file_id, words in (
        ("", "file_id not specified"),
        ("none", "wrong file_id or the file is temporarily unavailable"),
        (large.file_id, "file is too big"),
    ):
        with pytest.raises(Refusal, match=f"^Bad Request: {words}$"):
            files.to_download(file_id)
