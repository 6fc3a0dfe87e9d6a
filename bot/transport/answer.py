"""Reading one HTTP/1.1 answer from the bytes that have come so far (RFC 9112). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MOST_HEAD: Final = 1 << 16
_STATUS: Final = re.compile(rb"HTTP/1\.([01]) (\d{3})[ \r]")
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*(?=\r)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*(?=\r)", re.IGNORECASE)
_CLOSES: Final = re.compile(rb"\r\nconnection:[ \t]*close[ \t]*(?=\r)", re.IGNORECASE)
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


class AnswerError(ValueError):
    """What came is no HTTP answer; the message says what is wrong and shows nothing of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `keeps`: the connection may be used again."""

    status: int
    body: bytes
    keeps: bool


def read_answer(heard: bytes, *, ended: bool, tunnel: bool = False) -> Answer | None:
    """The answer, or None where more has to come. Raises AnswerError.

    `ended`: nothing more will come. `tunnel`: of the answer to CONNECT only the head is read.
    """
    end = heard.find(b"\r\n\r\n")
    if end < 0:
        if len(heard) > _MOST_HEAD:
            raise AnswerError("its head is too long")
        if ended:
            raise AnswerError("it ends within its head")
        return None
    first = _STATUS.match(heard)
    if first is None:
        raise AnswerError("it does not begin as one")
    status, start = int(first[2]), end + 4
    if 100 <= status < 200:
        return read_answer(heard[start:], ended=ended, tunnel=tunnel)
    head = heard[: end + 2]
    if tunnel:
        return Answer(status, b"", keeps=True)
    keeps = first[1] == b"1" and not ended and _CLOSES.search(head) is None
    if _CHUNKED.search(head):
        return _chunked(heard, start, status, keeps, ended)
    length = _LENGTH.search(head)
    if length is None:  # it lasts until the connection ends
        return Answer(status, heard[start:], keeps=False) if ended else None
    stop = start + int(length[1])
    if len(heard) < stop:
        if ended:
            raise AnswerError("it ends before its length")
        return None
    return Answer(status, heard[start:stop], keeps and len(heard) == stop)


def _chunked(heard: bytes, at: int, status: int, keeps: bool, ended: bool) -> Answer | None:
    pieces: list[bytes] = []
    while size := _CHUNK.match(heard, at):
        begin = size.end()
        at = begin + int(size[1], 16)
        if begin == at:  # the last one, empty; trailers may follow
            stop = begin if heard[begin : begin + 2] == b"\r\n" else heard.find(b"\r\n\r\n", begin) + 2
            if stop >= begin and heard[stop : stop + 2] == b"\r\n":
                return Answer(status, b"".join(pieces), keeps and len(heard) == stop + 2)
            break
        if len(heard) < at + 2:
            break
        if heard[at : at + 2] != b"\r\n":
            raise AnswerError("a chunk is longer than it says")
        pieces.append(heard[begin:at])
        at += 2
    else:
        if b"\r\n" in heard[at : at + 32]:
            raise AnswerError("the length of a chunk is no number")
    if ended:
        raise AnswerError("it ends within its chunks")
    return None
