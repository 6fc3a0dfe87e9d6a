"""The contract of a request class, second part: time-outs, a full pool, connections that break at each point.

What a later sender has to know is whether Telegram can have taken the message: `Unsent` promises that not one byte
left, everything else promises nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.transport.errors import Meaning, Unsent, meaning
from bot.transport.request import Timeouts
from tests.transport.conftest import MakeRequest
from tests.transport.queue import until
from tests.transport.wire import TOKEN, Conversation, address, data, everything_said, ok, post, raw_server, read_request

QUICK = Timeouts(read=0.3, write=0.3, upload=0.3, connect=0.3, pool=0.2)


async def failure_of(request: BaseRequest, base: str, **limits: float) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request.post(address(base), data(text="x"), **limits)
    assert not any(TOKEN in said for said in everything_said(caught.value))
    return caught.value


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


@contextlib.contextmanager
def unconnectable() -> Iterator[str]:
    """An address where connecting hangs: the queue of connections not yet accepted is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                filler.connect(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def test_no_answer_in_time_is_a_time_out_and_unconfirmed(make: MakeRequest) -> None:
    async with raw_server(silent) as base, make(timeouts=QUICK) as request:
        error = await failure_of(request, base)
    assert type(error) is TimedOut
    assert meaning(error) is Meaning.UNCONFIRMED


async def test_a_limit_given_with_the_request_goes_before_the_default(make: MakeRequest) -> None:
    async with raw_server(silent) as base, make(timeouts=Timeouts(read=None)) as request:
        assert type(await failure_of(request, base, read_timeout=0.2)) is TimedOut
        assert type(await failure_of(request, base, read_timeout=0)) is TimedOut


async def test_an_answer_that_stops_in_the_middle_is_a_time_out(make: MakeRequest) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(ok("a long result")[:-5])
        await asyncio.sleep(60)

    async with raw_server(talk) as base, make(timeouts=QUICK) as request:
        assert type(await failure_of(request, base)) is TimedOut


async def test_a_slow_answer_is_no_time_out_as_long_as_it_moves(make: MakeRequest) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        whole = ok("slow")
        for start in range(0, len(whole), 16):
            writer.write(whole[start : start + 16])
            await asyncio.sleep(0.1)

    async with raw_server(talk) as base, make(timeouts=Timeouts(read=10)) as request:
        assert await post(request, base) == "slow"


async def test_connecting_for_too_long_is_a_time_out_before_the_first_byte(make: MakeRequest) -> None:
    with unconnectable() as base:
        async with make(timeouts=QUICK) as request:
            error = await failure_of(request, base)
    assert isinstance(error, TimedOut)
    assert isinstance(error, Unsent)
    assert meaning(error) is Meaning.UNSENT


async def test_an_upload_that_nobody_reads_is_a_time_out_and_not_unsent(make: MakeRequest) -> None:
    big = InputFile(io.BytesIO(bytes(32 * 1024 * 1024)), filename="big")
    async with raw_server(silent) as base, make(timeouts=QUICK) as request:
        with pytest.raises(TimedOut) as caught:
            await request.post(address(base, "sendDocument"), data(document=big))
    assert type(caught.value) is TimedOut
    assert not any(TOKEN in said for said in everything_said(caught.value))


async def test_a_slow_upload_is_no_time_out_as_long_as_it_moves(make: MakeRequest) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = 16 * 1024 * 1024
        while left > 0:
            left -= len(await reader.read(1024 * 1024))
            await asyncio.sleep(0.002)
        writer.write(ok("all of it"))
        await asyncio.sleep(1)

    content = InputFile(io.BytesIO(bytes(16 * 1024 * 1024)), filename="big")
    async with raw_server(talk) as base, make(timeouts=Timeouts(upload=10, read=20)) as request:
        assert await post(request, base, data(document=content), "sendDocument") == "all of it"


async def test_a_full_pool_is_a_time_out_before_the_first_byte_that_says_so(make: MakeRequest) -> None:
    release = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await read_request(reader):
            await release.wait()
            writer.write(ok())

    async with raw_server(talk) as base, make(pool_size=1, timeouts=Timeouts(pool=0.2)) as request:
        first = asyncio.create_task(request.post(address(base)))
        await asyncio.sleep(0.05)
        error = await failure_of(request, base)
        assert isinstance(error, TimedOut)
        assert meaning(error) is Meaning.UNSENT
        assert "pool" in error.message.lower()
        release.set()
        assert await first is True
        assert await request.post(address(base)) is True


async def test_a_cancelled_request_gives_its_connection_back(make: MakeRequest) -> None:
    calls = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        while await read_request(reader):
            calls += 1
            if calls > 3:
                writer.write(ok(calls))

    async with raw_server(talk) as base, make(pool_size=1) as request:
        for number in (1, 2, 3):
            task = asyncio.create_task(request.post(address(base)))
            await until(lambda number=number: calls == number)  # type: ignore[misc]
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert await request.post(address(base), read_timeout=20) == 4


async def test_waiting_for_the_pool_can_be_cancelled(make: MakeRequest) -> None:
    async with raw_server(silent) as base, make(pool_size=1, timeouts=Timeouts(pool=None)) as request:
        tasks = [asyncio.create_task(request.post(address(base))) for _ in range(4)]
        await asyncio.sleep(0.05)
        for task in reversed(tasks):
            task.cancel()
        assert all(
            isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*tasks, return_exceptions=True)
        )
        assert type(await failure_of(request, base, read_timeout=0.1)) is TimedOut


async def test_a_refused_connection_is_unsent(make: MakeRequest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with make() as request:
        error = await failure_of(request, f"http://127.0.0.1:{port}")
    assert type(error) is Unsent
    assert "refused" in error.message.lower() or "connect" in error.message.lower()


@pytest.mark.asyncio(loop_factories=["asyncio"])  # uvloop asks the system itself, and that would leave loopback
async def test_a_name_that_does_not_resolve_is_unsent(make: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with make() as request:
        error = await failure_of(request, "http://nowhere.invalid:80")
    assert type(error) is Unsent
    assert "not known" in error.message


@pytest.mark.parametrize("base", ["http://", "ftp://127.0.0.1", "nothing", "http://127.0.0.1:99999"])
async def test_an_address_that_is_none_is_unsent(make: MakeRequest, base: str) -> None:
    async with make() as request:
        assert type(await failure_of(request, base)) is Unsent


async def after_the_first_byte(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(1)


async def after_the_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def after_the_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def reset_after_the_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def inside_the_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(ok()[:20])
    await writer.drain()


async def inside_the_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(ok("a long result")[:-5])
    await writer.drain()


async def no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    await writer.drain()


async def half_closed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write_eof()
    await asyncio.sleep(60)


@pytest.mark.parametrize(
    "talk",
    [
        after_the_first_byte,
        after_the_head,
        after_the_request,
        reset_after_the_request,
        inside_the_head,
        inside_the_body,
        no_http,
        half_closed,
    ],
)
async def test_a_connection_that_breaks_once_bytes_were_written_is_unconfirmed(
    make: MakeRequest, talk: Conversation
) -> None:
    async with raw_server(talk) as base, make(timeouts=Timeouts(read=10)) as request:
        error = await failure_of(request, base)
        assert isinstance(error, NetworkError)
        assert not isinstance(error, Unsent)
        assert meaning(error) is Meaning.UNCONFIRMED


async def test_unsent_is_only_said_where_the_server_saw_no_byte(make: MakeRequest) -> None:
    came: asyncio.Queue[int] = asyncio.Queue()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write_eof()
        came.put_nowait(len(await reader.read()))

    async with raw_server(talk) as base, make() as request:
        for _ in range(25):
            error = await failure_of(request, base)
            assert not (await came.get() and isinstance(error, Unsent))


async def test_a_message_is_never_sent_twice_by_itself(make: MakeRequest) -> None:
    taken = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        await read_request(reader)
        taken += 1
        if taken == 1:
            writer.write(ok())
            await read_request(reader)
            taken += 1

    async with raw_server(talk) as base, make() as request:
        assert await request.post(address(base), data(text="first")) is True
        await failure_of(request, base)  # on the connection of the first, which breaks
    assert taken == 2


async def test_a_connection_closed_while_idle_is_replaced_unnoticed(make: MakeRequest) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await read_request(reader)
        writer.write(ok(connections))
        await writer.drain()

    async with raw_server(talk) as base, make() as request:
        assert await post(request, base) == 1
        await asyncio.sleep(0.1)
        assert await post(request, base) == 2


async def test_the_pool_is_whole_after_every_kind_of_failure(make: MakeRequest) -> None:
    async with contextlib.AsyncExitStack() as stack:
        request = await stack.enter_async_context(make(pool_size=1, timeouts=QUICK))
        for talk in (after_the_first_byte, after_the_request, inside_the_body, silent):
            await failure_of(request, await stack.enter_async_context(raw_server(talk)))
        base = await stack.enter_async_context(_working())
        assert await request.post(address(base), read_timeout=20, connect_timeout=20) is True


@contextlib.asynccontextmanager
async def _working() -> AsyncIterator[str]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await read_request(reader):
            writer.write(ok())

    async with raw_server(talk) as base:
        yield base
