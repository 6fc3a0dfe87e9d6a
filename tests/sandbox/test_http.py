"""How a request may be written, and what the server says to one that is none."""

import asyncio
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import YOU, png


async def answer(response: aiohttp.ClientResponse) -> dict[str, Any]:
    body: dict[str, Any] = orjson.loads(await response.read())
    assert response.headers["Content-Type"] == "application/json"
    assert response.status == body.get("error_code", 200)
    return body


async def test_parameters_come_in_the_address_in_a_form_in_json_or_in_parts(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
    fields = {"chat_id": str(YOU), "text": "<b>ы</b>&amp;", "parse_mode": "HTML"}
    ways: list[dict[str, Any]] = [
        {"params": fields},
        {"data": fields},
        {"json": fields},
        {"json": {**fields, "chat_id": YOU}},
        {"data": aiohttp.FormData(fields, default_to_multipart=True)},
        {"params": {"chat_id": str(YOU)}, "json": {"text": "<b>ы</b>&amp;", "parse_mode": "html"}},
    ]
    for way in ways:
        async with http.post(url, **way) as response:
            result = (await answer(response))["result"]
            assert (result["text"], result["entities"]) == ("ы&", [{"type": "bold", "offset": 0, "length": 1}])
    async with http.get(url, params=fields) as response:
        assert (await answer(response))["ok"]


async def test_method_names_are_taken_in_any_case(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    for name in ("getMe", "getme", "GETME"):
        async with http.get(f"{sandbox.url}/bot{sandbox.token}/{name}") as response:
            assert (await answer(response))["result"]["id"] == sandbox.world.bot.id


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/bot{token}/makeTea", 404, "Not Found: method not found"),
        ("/bot{token}", 404, "Not Found: method not found"),
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/file/bot1:wrong/documents/file_1", 401, "Unauthorized"),
        ("/file/bot{token}/documents/none", 404, "Not Found"),
    ],
)
async def test_unknown_tokens_methods_and_files(
    sandbox: Sandbox, http: aiohttp.ClientSession, path: str, code: int, words: str
) -> None:
    async with http.get(sandbox.url + path.format(token=sandbox.token)) as response:
        assert await answer(response) == {"ok": False, "error_code": code, "description": words}


async def test_a_body_that_cannot_be_read_is_refused(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
    for kind, body in (("application/json", b"{"), ("application/json", b"[1]"), ("multipart/form-data", b"x")):
        async with http.post(url, data=body, headers={"Content-Type": kind}) as response:
            assert (await answer(response))["error_code"] == 400


async def test_an_upload_may_be_attached_under_another_name(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData({"chat_id": str(YOU), "photo": "attach://picture"}, default_to_multipart=True)
    form.add_field("picture", png(), filename="a.png", content_type="image/png")
    async with http.post(f"{sandbox.url}/bot{sandbox.token}/sendPhoto", data=form) as response:
        assert (await answer(response))["result"]["photo"][0]["width"] == 40
    exchange = sandbox.journal.exchanges[-1]
    assert (exchange.method, exchange.uploads) == ("sendPhoto", ("picture",))


async def test_many_requests_at_once_on_many_connections(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async def send(number: int) -> None:
        url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
        async with http.post(url, json={"chat_id": YOU, "text": str(number)}) as response:
            assert (await answer(response))["ok"]

    await asyncio.gather(*(send(number) for number in range(300)))
    assert {int(taken.text) for taken in sandbox.journal.messages} == set(range(300))
    assert [taken.seq for taken in sandbox.journal.messages] == list(range(1, 301))
