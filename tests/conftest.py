"""What all tests share: nothing leaves loopback, the shipped catalog, and the real bot over a real sandbox."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import uvloop

from bot.app import open_bot
from bot.catalog.snapshot import Catalog
from bot.content import read_library
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.settings import ROOT, Settings
from tests.conversation import FREE_PACE, Conversation, talking

pytest_plugins = ["tests.browser", "tests.databases"]


class LeftLoopbackError(AssertionError):
    """A test tried to reach another machine."""


def _is_address(host: object) -> bool:
    with suppress(ValueError):
        return bool(ip_address(str(host)))
    return False


def _stays_here(host: object) -> bool:
    return ip_address(str(host)).is_loopback if _is_address(host) else host == "localhost"


def _connects(host: object) -> None:
    if not _stays_here(host):
        raise LeftLoopbackError(f"a test reached for {host}")


def _looks_up(host: object) -> None:
    if host and not _is_address(host) and not _stays_here(host):
        raise LeftLoopbackError(f"a test looked up {host!r}")


@pytest.fixture(autouse=True)
def nothing_leaves_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects elsewhere, or asks for an address by name; uvloop does both without `socket`."""

    def guard(owner: Any, name: str, check: Callable[..., None]) -> None:
        real = getattr(owner, name)

        def guarded(*given: Any, **named: Any) -> Any:
            check(*given, **named)
            return real(*given, **named)

        monkeypatch.setattr(owner, name, guarded)

    def connect(sock: socket.socket, address: Any) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            _connects(address[0])

    def lookup(host: Any, *_: Any, **__: Any) -> None:
        _looks_up(host)

    def loop_lookup(_loop: Any, host: Any, *_: Any, **__: Any) -> None:
        _looks_up(host)

    def loop_connect(_loop: Any, sock: socket.socket, address: Any) -> None:
        connect(sock, address)

    def loop_open(_loop: Any, _made: Any, host: Any = None, *_: Any, **__: Any) -> None:
        if host is not None:
            _connects(host)

    def loop_datagram(_loop: Any, _made: Any, local_addr: Any = None, remote_addr: Any = None, **__: Any) -> None:
        if remote_addr is not None:
            _connects(remote_addr[0])

    guard(socket.socket, "connect", connect)
    guard(socket.socket, "connect_ex", connect)
    guard(socket, "getaddrinfo", lookup)
    guard(uvloop.Loop, "getaddrinfo", loop_lookup)
    guard(uvloop.Loop, "sock_connect", loop_connect)
    guard(uvloop.Loop, "create_connection", loop_open)
    guard(uvloop.Loop, "create_datagram_endpoint", loop_datagram)


def settings_for(sandbox: Sandbox, folder: Path, database_url: str | None = None) -> Settings:
    """Settings of a bot that talks to a sandbox and keeps its state in a folder, or in this database; the environment
    has no say."""
    return Settings(
        _env_file=None,
        token=sandbox.token,
        bot_api_url=sandbox.url,
        database_url=database_url or f"sqlite+aiosqlite:///{folder}/test.db",
        key_file=folder / "keys" / "seal.key",
        content_dir=ROOT / "content",
        seeds_dir=ROOT / "seeds",
    )


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped catalog with its index, built once."""
    return read_library(Settings(_env_file=None))


@pytest.fixture(scope="session")
def catalog(library: Library) -> Catalog:
    """The shipped catalog."""
    return library.catalog


@pytest.fixture
async def conversation(library: Library, tmp_path: Path, home: str) -> AsyncIterator[Conversation]:
    """A person who talks in English to the real bot in a private chat."""
    async with (
        Sandbox(limits="off") as sandbox,
        open_bot(settings_for(sandbox, tmp_path, home), library, pace=FREE_PACE) as bot,
        talking(sandbox, bot) as conversation,
    ):
        yield conversation
