"""The guard that keeps every test on this machine holds on both event loops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import uvloop

from tests.conftest import LeftLoopbackError

ELSEWHERE = "192.0.2.1"  # RFC 5737: in documentation only, nobody has it
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}

Run = Callable[[Coroutine[Any, Any, None]], None]
Reach = Callable[[], Coroutine[Any, Any, object]]


@pytest.fixture(params=LOOPS)
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a coroutine to its end in a loop of each kind, for twenty seconds at most."""

    def to_its_end(main: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=LOOPS[request.param]) as runner:
            runner.run(asyncio.wait_for(main, 20))

    return to_its_end


async def through_a_socket() -> None:
    with socket.socket() as sock:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (ELSEWHERE, 80))


async def through_the_loop() -> None:
    await asyncio.get_running_loop().create_connection(asyncio.Protocol, ELSEWHERE, 80)


async def through_a_stream() -> None:
    await asyncio.open_connection(host=ELSEWHERE, port=80)


async def through_datagrams() -> None:
    await asyncio.get_running_loop().create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(ELSEWHERE, 53))


async def through_a_client() -> None:
    async with aiohttp.ClientSession() as session, session.get(f"http://{ELSEWHERE}/"):
        pass


async def by_name() -> None:
    await asyncio.get_running_loop().getaddrinfo("example.com", 80)


async def by_a_name_that_begins_as_an_address_here_does() -> None:
    await asyncio.get_running_loop().getaddrinfo("127.example.com", 80)


async def by_name_and_stream() -> None:
    await asyncio.open_connection("example.com", 80)


async def by_name_and_client() -> None:
    async with aiohttp.ClientSession() as session, session.get("http://example.com/"):
        pass


REACHES: list[Reach] = [
    through_a_socket,
    through_the_loop,
    through_a_stream,
    through_datagrams,
    through_a_client,
    by_name,
    by_a_name_that_begins_as_an_address_here_does,
    by_name_and_stream,
    by_name_and_client,
]


@pytest.mark.parametrize("reach", REACHES, ids=lambda reach: reach.__name__)
def test_no_way_out_is_left_open(run: Run, reach: Reach) -> None:
    async def main() -> None:
        with pytest.raises(LeftLoopbackError):
            await reach()

    run(main())


@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, ELSEWHERE), (socket.AF_INET6, "2001:db8::1"), (socket.AF_INET, "example.com")]
)
def test_a_socket_without_a_loop_stays_too(family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as sock:
        sock.settimeout(5)
        with pytest.raises(LeftLoopbackError):
            sock.connect((host, 80))
        with pytest.raises(LeftLoopbackError):
            sock.connect_ex((host, 80))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached_by_address_and_name(run: Run, host: str) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()
        await writer.wait_closed()

    async def main() -> None:
        async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(host, server.sockets[0].getsockname()[1])
            writer.write(b"bell\n")
            assert await reader.readline() == b"bell\n"
            writer.close()
            await writer.wait_closed()

    run(main())
