"""Fetching a file that somebody sent, within limits."""

from __future__ import annotations

from telegram import Document

from bot.catalog.problems import Place, Problem, ProblemsError, kilobytes
from bot.editing.archives import ARCHIVE_BYTES, shown
from bot.editing.uploads import Upload


async def fetched(document: Document) -> Upload:
    """The file as it was sent. Raises ProblemsError where it is larger than anything that is taken: it stays there."""
    name = document.file_name or "?"
    _refuse_large(name, document.file_size)
    file = await document.get_file()
    _refuse_large(name, file.file_size)
    return Upload(name, bytes(await file.download_as_bytearray()))


def _refuse_large(name: str, size: int | None) -> None:
    """`size` is None where Telegram does not tell it: of a file that it hands out at all it does with the address."""
    if size is not None and size > ARCHIVE_BYTES:
        limit = kilobytes(ARCHIVE_BYTES)
        raise ProblemsError(Problem.at(Place(shown(name)), "upload_too_large", size=kilobytes(size), limit=limit))
