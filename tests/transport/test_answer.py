"""HTTP answers are read whole, however they are framed and wherever they are cut."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.answer import Answer, AnswerError, read_answer

SIZED = b"HTTP/1.1 200 OK\r\nServer: nginx\r\ncontent-length:  5 \r\n\r\nhello"
CHUNKED = b"HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
TRAILED = CHUNKED[:-2] + b"Digest: none\r\n\r\n"
EARLY = b"HTTP/1.1 100 Continue\r\n\r\n" + SIZED
EMPTY = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
OPEN = b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nhello"

WHOLE = {
    SIZED: Answer(200, b"hello", keeps=True),
    CHUNKED: Answer(502, b"hello", keeps=True),
    TRAILED: Answer(502, b"hello", keeps=True),
    EARLY: Answer(200, b"hello", keeps=True),
    EMPTY: Answer(400, b"", keeps=True),
}


@pytest.mark.parametrize("heard", WHOLE)
def test_a_whole_answer_is_read_and_each_shorter_piece_of_it_waits_for_more(heard: bytes) -> None:
    assert read_answer(heard, ended=False) == WHOLE[heard]
    for length in range(len(heard)):
        assert read_answer(heard[:length], ended=False) is None


@pytest.mark.parametrize("heard", WHOLE)
def test_an_answer_that_ends_too_soon_is_an_error(heard: bytes) -> None:
    for length in range(1, len(heard)):
        with pytest.raises(AnswerError):
            read_answer(heard[:length], ended=True)


def test_an_answer_without_a_length_lasts_until_the_connection_ends() -> None:
    assert read_answer(OPEN, ended=False) is None
    assert read_answer(OPEN, ended=True) == Answer(200, b"hello", keeps=False)


@pytest.mark.parametrize(
    "heard",
    [
        SIZED.replace(b"Server", b"Connection: close\r\nServer"),
        SIZED.replace(b"HTTP/1.1", b"HTTP/1.0"),
        SIZED + b"more than was announced",
        CHUNKED + b"HTTP/1.1 200 OK",
    ],
)
def test_a_connection_is_kept_only_where_nothing_speaks_against_it(heard: bytes) -> None:
    answer = read_answer(heard, ended=False)
    assert answer is not None
    assert answer.body == b"hello"
    assert not answer.keeps


def test_the_answer_to_connect_has_no_body() -> None:
    heard = b"HTTP/1.1 200 Connection established\r\nContent-Length: 9\r\n\r\n"
    assert read_answer(heard, ended=False, tunnel=True) == Answer(200, b"", keeps=True)


@pytest.mark.parametrize(
    "heard",
    [
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        CHUNKED.replace(b"3;a=b", b"zz"),
        CHUNKED.replace(b"3;a=b", b"2"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000,
    ],
)
def test_what_is_no_http_is_an_error(heard: bytes) -> None:
    with pytest.raises(AnswerError):
        read_answer(heard, ended=False)


@given(st.binary(max_size=60), st.booleans())
def test_nonsense_is_an_answer_an_error_or_a_wait(junk: bytes, ended: bool) -> None:
    with contextlib.suppress(AnswerError):
        read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + junk, ended=ended)
