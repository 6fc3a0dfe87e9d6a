"""What the tests of the transport share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import pytest
import uvloop
from telegram.request import BaseRequest

from bot.transport.request import AiohttpRequest

MakeRequest = Callable[..., BaseRequest]
"""Takes `pool_size`, `timeouts`, `proxy` and `tls`, all optional."""

REQUEST_CLASSES: list[MakeRequest] = [AiohttpRequest]
"""Whoever stands here has to pass the whole contract, on both event loops."""


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The contract is tested on both event loops, all else on the one that the bot runs on."""
    loops = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
    return loops if "test_request" in item.path.name else {"uvloop": uvloop.new_event_loop}


@pytest.fixture(params=REQUEST_CLASSES, ids=lambda made: str(made.__name__))
def make(request: pytest.FixtureRequest) -> MakeRequest:
    made: MakeRequest = request.param
    return made
