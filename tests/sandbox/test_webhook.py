"""Updates delivered to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from tests.sandbox.conftest import EDITOR, YOU, Call


class Receiver:
    """A bot's end of a webhook: keeps what it got, answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.reply: dict[str, Any] | None = None
        self.url = ""
        self.news = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.news.set()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hook", found.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.01)


async def test_updates_are_delivered_with_the_secret(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    sandbox.acts.send(YOU, "before the webhook was set")
    assert (await call("setWebhook", url=receiver.url, secret_token="s-1"))["ok"]
    await receiver.wait_for(1)
    sandbox.acts.send(YOU, "after")
    await receiver.wait_for(2)
    assert [update["message"]["text"] for update in receiver.got] == ["before the webhook was set", "after"]
    assert receiver.secrets == ["s-1", "s-1"]
    await until(lambda: len(sandbox.world.updates) == 0)
    info = (await call("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 40)


async def test_an_update_that_is_not_taken_comes_again_and_holds_its_chat_but_no_other(
    sandbox: Sandbox, call: Call, receiver: Receiver
) -> None:
    receiver.statuses = [500, 503]
    await call("setWebhook", url=receiver.url)
    sandbox.acts.send(YOU, "one")
    await receiver.wait_for(1)
    sandbox.acts.send(YOU, "two")
    sandbox.acts.send(EDITOR, "other chat")
    await receiver.wait_for(5)
    said = [update["message"]["text"] for update in receiver.got]
    assert [text for text in said if text != "other chat"][-1] == "two"
    assert said.count("two") == 1
    assert said.count("one") + said.count("other chat") == 4, "two failures were made good"
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 50")


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await call("setWebhook", url=receiver.url)
    assert (await asyncio.wait_for(polling, 5))["description"] == "Conflict: terminated by setWebhook request"
    refused = await call("getUpdates")
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_pending_updates_can_be_dropped(sandbox: Sandbox, call: Call) -> None:
    sandbox.acts.send(YOU, "hello")
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


async def test_a_webhook_may_answer_with_a_method(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": YOU, "text": "from the answer"}
    await call("setWebhook", url=receiver.url)
    sandbox.acts.send(YOU, "hello")
    await until(lambda: sandbox.journal.messages)
    assert sandbox.journal.messages[0].text == "from the answer"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: IP address example.org is reserved"),
        ({"url": "http://10.0.0.1/hook"}, "bad webhook: IP address 10.0.0.1 is reserved"),
        ({"url": "nonsense"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_addresses_off_loopback_and_bad_secrets_are_refused(
    call: Call, parameters: dict[str, Any], words: str
) -> None:
    assert (await call("setWebhook", **parameters))["description"] == f"Bad Request: {words}"
