"""What all tests share: nothing leaves loopback, the shipped catalog, and the real bot over a real sandbox."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_bot, read_catalog
from bot.catalog.snapshot import Catalog
from bot.sandbox import Sandbox
from bot.settings import ROOT, Settings
from tests.conversation import FREE_PACE, Conversation, talking

pytest_plugins = ["tests.browser"]

_LOOPBACK = ("127.", "::1", "localhost")


class LeftLoopbackError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def nothing_leaves_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects elsewhere, or asks for an address by name."""

    def guard(real: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_LOOPBACK):
                raise LeftLoopbackError(f"a test reached for {address[0]}")
            return real(self, address)

        return connect

    real_lookup = socket.getaddrinfo

    def lookup(host: Any, *rest: Any, **more: Any) -> Any:
        if host not in (None, "") and not str(host).startswith(_LOOPBACK) and str(host)[0].isalpha():
            raise LeftLoopbackError(f"a test looked up {host}")
        return real_lookup(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guard(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guard(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def settings_for(sandbox: Sandbox, folder: Path) -> Settings:
    """Settings of a bot that talks to a sandbox and keeps its state in a folder; the environment has no say."""
    return Settings(
        _env_file=None,
        token=sandbox.token,
        bot_api_url=sandbox.url,
        database_url=f"sqlite+aiosqlite:///{folder}/test.db",
        key_file=folder / "keys" / "seal.key",
        content_dir=ROOT / "content",
        seeds_dir=ROOT / "seeds",
    )


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped catalog."""
    return read_catalog(Settings(_env_file=None))


@pytest.fixture
async def conversation(catalog: Catalog, tmp_path: Path) -> AsyncIterator[Conversation]:
    """A person who talks in English to the real bot in a private chat."""
    async with (
        Sandbox(limits="off") as sandbox,
        open_bot(settings_for(sandbox, tmp_path), catalog, pace=FREE_PACE) as bot,
        talking(sandbox, bot) as conversation,
    ):
        yield conversation
