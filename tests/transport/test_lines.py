"""The lean connections keep what concerns them of the contract of request classes: the same tests run on them here."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.errors import Meaning, Unsent, meaning
from bot.transport.lines import Lines
from bot.transport.request import AiohttpRequest, Timeouts
from tests.transport import test_request_failures as failures
from tests.transport import test_request_proxy as proxies
from tests.transport.conftest import MakeRequest
from tests.transport.queue import until
from tests.transport.wire import TOKEN, answer, everything_said, ok, raw_server, read_request


class LinesRequest(BaseRequest):
    """Lines in the clothes of a request class: one pool for each base address that is asked."""

    def __init__(
        self,
        pool_size: int = 1,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._timeouts = timeouts or Timeouts()
        self._proxy, self._tls = proxy, tls
        Lines("http://127.0.0.1:9/bot1", proxy=proxy)
        self._lines: dict[str, Lines] = {}

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None:
        for lines in self._lines.values():
            await lines.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        base, _slash, name = url.rpartition("/")
        if base not in self._lines:
            self._lines[base] = Lines(base, timeouts=self._timeouts, proxy=self._proxy, tls=self._tls)
        return await self._lines[base].post(name, request_data.json_payload if request_data else b"{}")

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)


@pytest.fixture
def make() -> MakeRequest:
    return LinesRequest


test_no_answer_in_time = failures.test_no_answer_in_time_is_a_time_out_and_unconfirmed
test_an_answer_that_stops = failures.test_an_answer_that_stops_in_the_middle_is_a_time_out
test_a_slow_answer = failures.test_a_slow_answer_is_no_time_out_as_long_as_it_moves
test_connecting_for_too_long = failures.test_connecting_for_too_long_is_a_time_out_before_the_first_byte
test_a_refused_connection = failures.test_a_refused_connection_is_unsent
test_a_connection_that_breaks = failures.test_a_connection_that_breaks_once_bytes_were_written_is_unconfirmed
test_unsent_is_only_said = failures.test_unsent_is_only_said_where_the_server_saw_no_byte
test_never_sent_twice = failures.test_a_message_is_never_sent_twice_by_itself
test_closed_while_idle = failures.test_a_connection_closed_while_idle_is_replaced_unnoticed

tls = proxies.tls
test_only_plain_http_proxies = proxies.test_only_plain_http_proxies_are_taken_and_others_are_refused_with_a_way_out
test_through_the_proxy = proxies.test_an_http_address_goes_through_the_proxy_with_its_login
test_a_refused_login = proxies.test_a_refused_login_is_an_error_without_password_and_token
test_https = proxies.test_https_is_spoken_end_to_end
test_https_is_tunnelled = proxies.test_an_https_address_is_tunnelled_so_that_the_proxy_sees_no_token
test_a_refused_tunnel = proxies.test_a_tunnel_that_the_proxy_refuses_is_unsent
test_a_proxy_that_is_not_there = proxies.test_a_proxy_that_is_not_there_is_unsent
test_an_untrusted_certificate = proxies.test_a_certificate_that_is_not_trusted_is_unsent
test_proxies_of_the_environment = proxies.test_proxies_of_the_environment_are_left_alone


async def works(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await read_request(reader):
        await asyncio.sleep(0.01)
        writer.write(ok())


async def test_one_request_after_the_other_goes_over_one_connection() -> None:
    async with raw_server(works) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        for _ in range(5):
            assert (await lines.post("getMe", b"{}"))[0] == 200
        assert lines.opened == 1
        await asyncio.gather(*(lines.post("getMe", b"{}") for _ in range(4)))
        assert lines.opened == 4
        await lines.close()


async def test_the_body_arrives_as_it_was_given() -> None:
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(ok())

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        await lines.post("sendMessage", '{"text":"колокол"}'.encode())
        await lines.close()
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(
        f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: {base.removeprefix('http://')}\r\n".encode()
    )
    assert body.decode() == '{"text":"колокол"}'


async def test_what_was_left_is_told_before_the_answer_comes() -> None:
    order: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        order.append("taken")
        writer.write(ok())

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        await lines.post("sendMessage", b"{}", lambda: order.append("left"))
        await lines.close()
    assert order == ["left", "taken"]


async def test_a_cancelled_request_leaves_no_answer_behind_for_the_next() -> None:
    calls = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        while await read_request(reader):
            calls += 1
            if calls > 1:
                writer.write(ok(calls))

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        task = asyncio.create_task(lines.post("getMe", b"{}"))
        await until(lambda: calls == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert b'"result": 2' in (await lines.post("getMe", b"{}"))[1]
        await lines.close()


async def test_a_connection_that_says_it_closes_is_not_used_again() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await read_request(reader):
            writer.write(ok().replace(b"\r\n", b"\r\nConnection: close\r\n", 1))

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        for _ in range(3):
            assert (await lines.post("getMe", b"{}"))[0] == 200
        assert lines.opened == 3
        await lines.close()


async def test_words_that_nobody_asked_for_end_a_connection() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(ok(1))
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(ok("a late one"))
        await asyncio.sleep(60)

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        await lines.post("getMe", b"{}")
        await asyncio.sleep(0.2)
        assert b'"result": 1' in (await lines.post("getMe", b"{}"))[1]
        assert lines.opened == 2
        await lines.close()


async def test_an_error_page_that_repeats_the_address_does_not_show_the_token() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await read_request(reader)
        writer.write(answer(b"no such page: " + head.split(b"\r\n")[0], "502 Bad Gateway"))

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}")
        status, body = await lines.post("getMe", b"{}")
        assert status == 502
        assert TOKEN.encode() not in body
        await lines.close()


async def test_closing_ends_what_is_under_way() -> None:
    async with raw_server(failures.silent) as base:
        lines = Lines(f"{base}/bot{TOKEN}", timeouts=Timeouts(read=30))
        task = asyncio.create_task(lines.post("getMe", b"{}"))
        await until(lambda: lines.opened == 1)
        await asyncio.sleep(0.05)
        await lines.close()
        with pytest.raises(NetworkError) as caught:
            await task
    assert meaning(caught.value) is Meaning.UNCONFIRMED
    assert not isinstance(caught.value, Unsent | TimedOut)


async def test_an_answer_without_end_is_cut() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(2 << 20))
        await asyncio.sleep(60)

    async with raw_server(talk) as base:
        lines = Lines(f"{base}/bot{TOKEN}", timeouts=Timeouts(read=30))
        with pytest.raises(TelegramError, match="too long") as caught:
            await lines.post("getMe", b"{}")
        await lines.close()
    assert not any(TOKEN in said for said in everything_said(caught.value))
