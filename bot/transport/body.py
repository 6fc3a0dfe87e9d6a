"""The body of a request to the Bot API, written to the wire in pieces that are watched.

JSON where there are no files, multipart/form-data (RFC 7578) where there are. A body knows whether any byte of the
request was handed to the socket (head and body leave together, with the first piece) and gives each piece its time.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, cast

import orjson
from aiohttp.payload import Payload
from telegram.error import BadRequest

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from telegram.request import RequestData

_PIECE = 64 * 1024  # bytes; what asyncio buffers for one socket before it makes the writer wait

Part = bytes | IO[bytes]
"""A stretch of the body: bytes, or a file read from where it stands to its end."""


class WriteTimeout(TimeoutError):  # noqa: N818 - named as the errors around it (TimedOut)
    """One piece of the body was not taken in time."""


class Body(Payload):
    """Parts of known length, sent one after the other.

    `begun` is true from the moment at which a byte may have left; `write_timeout` is in seconds for each 64 KiB
    piece, None for no limit.
    """

    def __init__(self, parts: list[Part], content_type: str, write_timeout: float | None) -> None:
        super().__init__(parts, content_type=content_type)
        self._parts = parts
        self._size = length = sum(_length(part) for part in parts)
        self._short = length <= _PIECE
        self._write_timeout = write_timeout
        self._autoclose = True  # files belong to whoever opened them
        self.begun = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write the whole body; its length was announced by `size`, so `content_length` says nothing new."""
        del content_length
        transport = writer.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError("the connection was closed before the request was written")
        self.begun = True
        for part in self._parts:
            if isinstance(part, bytes):
                for start in range(0, len(part), _PIECE):
                    await self._put(writer, part[start : start + _PIECE])
            else:
                while piece := await asyncio.to_thread(part.read, _PIECE):
                    await self._put(writer, piece)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """As `write_with_length`; aiohttp asks for both."""
        await self.write_with_length(writer, None)

    async def _put(self, writer: AbstractStreamWriter, piece: bytes) -> None:
        if self._short:  # fits into the buffer: never waits
            await writer.write(piece)
            return
        try:
            async with asyncio.timeout(self._write_timeout):
                await writer.write(piece)
        except TimeoutError:
            raise WriteTimeout("the request could not be written in time") from None

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """The body as text; aiohttp asks for it, files in it cannot be shown."""
        return b"".join(part for part in self._parts if isinstance(part, bytes)).decode(encoding, errors)


def body_of(request: RequestData | None, write_timeout: float | None) -> Body:
    """The body for these parameters; with nothing to send, an empty JSON object.

    Raises `BadRequest` for text that is no valid Unicode (Telegram: "strings must be encoded in UTF-8").
    """
    try:
        if request is not None and request.contains_files:
            return _form(_fields(request.parameters), cast("Mapping[str, Any]", request.multipart_data), write_timeout)
        return Body([orjson.dumps(request.parameters if request else {})], "application/json", write_timeout)
    except (TypeError, UnicodeEncodeError) as error:
        # The error's own text would show the parameter.
        refused = type(error).__name__
    raise BadRequest(f"a parameter of the request cannot be encoded ({refused})")


def _fields(parameters: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    for name, value in parameters.items():
        yield name, value.encode() if isinstance(value, str) else orjson.dumps(value)


def _form(fields: Iterator[tuple[str, bytes]], files: Mapping[str, Any], write_timeout: float | None) -> Body:
    boundary = secrets.token_hex(16)
    line = f"--{boundary}\r\n".encode()
    parts: list[Part] = []
    for name, value in fields:
        parts += [line + _head(f'name="{_quoted(name)}"'), value, b"\r\n"]
    for name, (filename, content, mime) in files.items():
        shown = f'name="{_quoted(name)}"; filename="{_quoted(filename)}"'
        parts += [line + _head(shown, mime), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return Body(_joined(parts), f"multipart/form-data; boundary={boundary}", write_timeout)


def _head(disposition: str, mime: str | None = None) -> bytes:
    kind = f"Content-Type: {mime}\r\n" if mime else ""
    return f"Content-Disposition: form-data; {disposition}\r\n{kind}\r\n".encode()


def _quoted(name: str) -> str:
    # As browsers do (HTML standard, multipart/form-data encoding); other letters go as UTF-8.
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _joined(parts: list[Part]) -> list[Part]:
    """Neighbouring short bytes as one, so that a small form leaves in one write."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, bytes) and isinstance(last, bytes) and len(last) + len(part) <= _PIECE:
            joined[-1] = last + part
        else:
            joined.append(part)
    return joined


def _length(part: Part) -> int:
    if isinstance(part, bytes):
        return len(part)
    here = part.tell()
    end = part.seek(0, os.SEEK_END)
    part.seek(here)
    return end - here
