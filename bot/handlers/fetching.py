"""Fetching a file that somebody sent, within limits."""

from __future__ import annotations

from telegram import Document

from bot.catalog.problems import Place, Problem, ProblemsError, kilobytes
from bot.editing.archives import ARCHIVE_BYTES, shown
from bot.editing.uploads import Upload


async def fetched(document: Document) -> Upload:
    """The file as it was sent. Raises ProblemsError where it is larger than anything that is taken: it stays there."""
    name = document.file_name or "?"
    if (document.file_size or 0) > ARCHIVE_BYTES:
        size, limit = kilobytes(document.file_size or 0), kilobytes(ARCHIVE_BYTES)
        raise ProblemsError(Problem.at(Place(shown(name)), "upload_too_large", size=size, limit=limit))
    file = await document.get_file()
    return Upload(name, bytes(await file.download_as_bytearray()))
