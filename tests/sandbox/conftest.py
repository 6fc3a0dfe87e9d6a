"""What the sandbox's tests share: a clock to turn, a running sandbox, and three clients of it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import orjson
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot

from bot.sandbox import Sandbox
from tests.conformance import specification

YOU = 1001
EDITOR = 1002
GROUP = -1001000000001
CHANNEL = -1001000000002

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


class TurnedClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def sandbox(clock: TurnedClock) -> AsyncIterator[Sandbox]:
    """A sandbox without limits on speed, where both people have talked to the bot; its answers are held to the API."""
    async with Sandbox(limits="off", clock=clock, move=clock.turn) as running:
        for person in running.world.people.values():
            person.started = True
        yield running
        known = specification()
        if known is not None:
            exchanges = running.journal.exchanges
            problems = [p for exchange in exchanges for p in known.check_answer(exchange.method, exchange.answer)]
            assert problems == []


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(sandbox: Sandbox, http: aiohttp.ClientSession) -> Call:
    """Calls a method with JSON parameters and answers the whole body."""

    async def do(method: str, **parameters: Any) -> dict[str, Any]:
        url = f"{sandbox.url}/bot{sandbox.token}/{method}"
        async with http.post(url, data=orjson.dumps(parameters), headers={"Content-Type": "application/json"}) as got:
            body: dict[str, Any] = orjson.loads(await got.read())
            assert got.status == body.get("error_code", 200)
            return body

    return do


class Page:
    """The page's side: asks as the browser does."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url, self.http = f"{url}/sandbox", http

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.url}/{path}", json=body) as response:
            found: dict[str, Any] = orjson.loads(await response.read())
            assert (response.status >= 400) == ("error" in found)
            return found

    async def get(self, path: str) -> dict[str, Any]:
        async with self.http.get(f"{self.url}/{path}") as response:
            found: dict[str, Any] = orjson.loads(await response.read())
            return found


@pytest.fixture
def page(sandbox: Sandbox, http: aiohttp.ClientSession) -> Page:
    return Page(sandbox.url, http)


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.token, session=session) as bot:
        yield bot


@pytest.fixture
async def telebot_bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    monkeypatch.setattr(asyncio_helper, "API_URL", sandbox.url + "/bot{0}/{1}")
    monkeypatch.setattr(asyncio_helper, "FILE_URL", sandbox.url + "/file/bot{0}/{1}")
    bot: Any = AsyncTeleBot(sandbox.token)
    yield bot
    await bot.close_session()


def png(width: int = 40, height: int = 30) -> bytes:
    """The head of a picture of this size: as much as is looked at."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + b"\0\0\0\rIHDR"
        + width.to_bytes(4, "big")
        + height.to_bytes(4, "big")
        + b"\x08\x02\0\0\0"
    )
