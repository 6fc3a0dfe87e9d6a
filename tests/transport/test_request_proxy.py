"""The contract of a request class, third part: proxies and TLS."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
from telegram.error import NetworkError, TelegramError

from bot.transport.errors import Unsent
from tests.transport.conftest import MakeRequest
from tests.transport.wire import TOKEN, address, data, everything_said, ok, proxy, raw_server, read_request, self_signed

PASSWORD = "p%40ss-word"  # as in a URL; p@ss-word in truth


async def works(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await read_request(reader):
        writer.write(ok())


@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return self_signed(tmp_path)


def test_only_plain_http_proxies_are_taken_and_others_are_refused_with_a_way_out(make: MakeRequest) -> None:
    for refused in ("socks5://127.0.0.1:1080", "https://127.0.0.1:443", "127.0.0.1:3128", "http://", "http://["):
        with pytest.raises(ValueError, match="http://host:port"):
            make(proxy=refused)


async def test_an_http_address_goes_through_the_proxy_with_its_login(make: MakeRequest) -> None:
    async with (
        raw_server(works) as base,
        proxy("bell:p@ss-word") as (through, seen),
        make(proxy=through.replace("//", f"//bell:{PASSWORD}@")) as request,
    ):
        assert await request.post(address(base), data(text="x")) is True
    assert seen == [f"POST {address(base)} HTTP/1.1"]


async def test_a_refused_login_is_an_error_without_password_and_token(make: MakeRequest) -> None:
    async with (
        raw_server(works) as base,
        proxy("bell:other") as (through, _),
        make(proxy=through.replace("//", f"//bell:{PASSWORD}@")) as request,
    ):
        with pytest.raises(NetworkError) as caught:
            await request.post(address(base), data(text="x"))
    said = "\n".join(everything_said(caught.value))
    assert not any(secret in said for secret in (TOKEN, PASSWORD, "p@ss-word", "YmVsbDpwQHNzLXdvcmQ"))


async def test_https_is_spoken_end_to_end(make: MakeRequest, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    server, client = tls
    async with raw_server(works, server) as base, make(tls=client) as request:
        assert await request.post(address(base), data(text="x")) is True


async def test_an_https_address_is_tunnelled_so_that_the_proxy_sees_no_token(
    make: MakeRequest, tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    server, client = tls
    async with (
        raw_server(works, server) as base,
        proxy("bell:p@ss-word") as (through, seen),
        make(tls=client, proxy=through.replace("//", f"//bell:{PASSWORD}@")) as request,
    ):
        assert await request.post(address(base), data(text="x")) is True
        assert await request.post(address(base), data(text="x")) is True
    assert seen == [f"CONNECT {base.removeprefix('https://')} HTTP/1.1"]


@pytest.mark.parametrize(("login", "refuses"), [("bell:other", False), (None, True)], ids=["407", "502"])
async def test_a_tunnel_that_the_proxy_refuses_is_unsent(
    make: MakeRequest, tls: tuple[ssl.SSLContext, ssl.SSLContext], login: str | None, refuses: bool
) -> None:
    server, client = tls
    async with (
        raw_server(works, server) as base,
        proxy(login, refuses) as (through, _),
        make(tls=client, proxy=through.replace("//", f"//bell:{PASSWORD}@")) as request,
    ):
        with pytest.raises(TelegramError) as caught:
            await request.post(address(base), data(text="x"))
    assert type(caught.value) is Unsent
    assert not any(PASSWORD in said or "p@ss-word" in said for said in everything_said(caught.value))


async def test_a_proxy_that_is_not_there_is_unsent(make: MakeRequest) -> None:
    async with make(proxy="http://127.0.0.1:9") as request:
        with pytest.raises(Unsent):
            await request.post(address("http://127.0.0.1:10"), data(text="x"))


async def test_a_certificate_that_is_not_trusted_is_unsent(
    make: MakeRequest, tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    async with raw_server(works, tls[0]) as base, make() as request:
        with pytest.raises(TelegramError, match=r"(?i)certificate") as caught:
            await request.post(address(base), data(text="x"))
    assert type(caught.value) is Unsent
    assert not any(TOKEN in said for said in everything_said(caught.value))


async def test_proxies_of_the_environment_are_left_alone(make: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with raw_server(works) as base, make() as request:
        assert await request.post(address(base), data(text="x")) is True
