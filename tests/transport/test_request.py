"""The contract of a request class: what it sends, what it makes of answers, its pool and its life.

Any class in `REQUEST_CLASSES` (conftest.py) has to pass; time-outs and broken connections are in
test_request_failures.py, proxies and TLS in test_request_proxy.py.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaDocument
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.request import Timeouts
from tests.transport.conftest import MakeRequest
from tests.transport.wire import (
    TOKEN,
    address,
    answer,
    data,
    everything_said,
    ok,
    post,
    raw_server,
    read_request,
    web_server,
)

Seen = list[dict[str, Any]]


async def test_parameters_arrive_with_their_types_and_the_result_comes_back(make: MakeRequest) -> None:
    seen: Seen = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(json.loads((await read_request(reader)).partition(b"\r\n\r\n")[2]))
        writer.write(ok({"message_id": 5, "text": "колокол 🔔"}))

    async with raw_server(talk) as base, make() as request:
        sent = data(chat_id=-100123, text="колокол 🔔", disable=True, reply_markup={"rows": [[{"a": 1.5}]]})
        result = await request.post(address(base), sent)
    assert result == {"message_id": 5, "text": "колокол 🔔"}
    assert seen == [
        {"chat_id": -100123, "text": "колокол 🔔", "disable": True, "reply_markup": {"rows": [[{"a": 1.5}]]}}
    ]


async def test_a_request_without_parameters_is_a_valid_request(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": [request.method, request.path, await request.text()]})

    async with web_server(handler) as base, make() as request:
        assert await post(request, base, None, "getMe") == ["POST", f"/bot{TOKEN}/getMe", "{}"]
        assert await post(request, base, data(), "getMe") == ["POST", f"/bot{TOKEN}/getMe", "{}"]


async def test_the_user_agent_names_the_library(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": request.headers["User-Agent"]})

    async with web_server(handler) as base, make() as request:
        assert await post(request, base) == request.USER_AGENT


async def test_text_that_is_no_unicode_is_refused_without_being_shown(make: MakeRequest) -> None:
    async with make() as request:
        with pytest.raises(BadRequest) as caught:
            await request.post(address("http://127.0.0.1:9"), data(text="half a pair \ud83d"))
    assert type(caught.value) is BadRequest
    assert not any("half a pair" in said for said in everything_said(caught.value))


async def test_files_go_up_whole_with_their_names_beside_the_parameters(make: MakeRequest, tmp_path: Path) -> None:
    big = bytes(range(256)) * 4096  # 1 MiB, sixteen pieces
    path = tmp_path / "карта.bin"
    path.write_bytes(b"skipped" + big)
    parts: Seen = []

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.content_length is not None
        async for part in await request.multipart():
            name, kind = part.filename, part.headers.get("Content-Type")  # type: ignore[union-attr]
            body = bytes(await part.read())  # type: ignore[union-attr]
            parts.append({"name": part.name, "filename": name, "type": kind, "body": body})  # type: ignore[union-attr]
        return web.json_response({"ok": True, "result": True})

    with path.open("rb") as opened:
        opened.seek(len(b"skipped"))
        sent = data(
            chat_id=1,
            caption="подпись",
            reply_markup={"rows": []},
            document=InputFile(opened, filename='график "2".bin', read_file_handle=False),
            thumbnail=InputFile(b"small", filename="t.png"),
        )
        async with web_server(handler) as base, make() as request:
            assert await post(request, base, sent, "sendDocument") is True
    named = {part["name"]: part for part in parts}
    assert {name: named[name]["body"] for name in ("chat_id", "caption", "reply_markup")} == {
        "chat_id": b"1",
        "caption": "подпись".encode(),
        "reply_markup": b'{"rows":[]}',
    }
    assert named["document"]["body"] == big
    assert named["document"]["filename"].replace("%22", '"') == 'график "2".bin'
    assert named["thumbnail"] == {"name": "thumbnail", "filename": "t.png", "type": "image/png", "body": b"small"}


async def test_several_files_of_one_request_arrive_each_under_its_own_name(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        form = await request.post()
        media = json.loads(str(form["media"]))
        files = [form[item["media"].removeprefix("attach://")] for item in media]
        return web.json_response({"ok": True, "result": [file.file.read().decode() for file in files]})  # type: ignore[union-attr]

    async with web_server(handler) as base, make() as request:
        media = [InputMediaDocument(text) for text in (b"first", b"second")]
        assert await post(request, base, data(media=media), "sendMediaGroup") == ["first", "second"]


async def test_a_file_comes_down_byte_for_byte(make: MakeRequest) -> None:
    content = bytes(range(256)) * 2000

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.method == "GET"
        return web.Response(body=content)

    async with web_server(handler) as base, make() as request:
        assert await request.retrieve(f"{base}/file/bot{TOKEN}/photos/a%20b.jpg") == content


async def test_a_compressed_answer_is_read(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        body = gzip.compress(b'{"ok":true,"result":"small"}')
        return web.Response(body=body, headers={"Content-Encoding": "gzip"}, content_type="application/json")

    async with web_server(handler) as base, make() as request:
        assert await post(request, base) == "small"


REFUSALS: list[tuple[int, dict[str, Any], type[TelegramError]]] = [
    (400, {}, BadRequest),
    (401, {}, InvalidToken),
    (403, {}, Forbidden),
    (404, {}, InvalidToken),
    (409, {}, Conflict),
    (413, {}, NetworkError),
    (429, {"retry_after": 7}, RetryAfter),
    (400, {"migrate_to_chat_id": -1009}, ChatMigrated),
    (500, {}, NetworkError),
    (502, {}, NetworkError),
]


@pytest.mark.parametrize(("status", "parameters", "kind"), REFUSALS, ids=lambda value: str(value))
async def test_refusals_become_the_errors_of_the_library(
    make: MakeRequest, status: int, parameters: dict[str, Any], kind: type[TelegramError]
) -> None:
    refusal = {"ok": False, "error_code": status, "description": "Bad Request: as it is"}
    body = json.dumps(refusal | ({"parameters": parameters} if parameters else {})).encode()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await read_request(reader):
            writer.write(answer(body, f"{status} Refused"))

    async with raw_server(talk) as base, make() as request:
        with pytest.raises(TelegramError) as caught:
            await request.post(address(base))
    assert type(caught.value) is kind
    if isinstance(caught.value, RetryAfter):
        assert seconds_to_wait(caught.value) == 7
    elif isinstance(caught.value, ChatMigrated):
        assert caught.value.new_chat_id == -1009
    else:
        assert caught.value.message == "As it is"


@pytest.mark.parametrize(
    "body",
    [b"<html>not JSON", b"[1]", b"", b'{"ok":true', b'{"ok":false,"description":"x"}', b'"result"'],
    ids=["html", "list", "empty", "cut", "no result", "text"],
)
async def test_an_answer_that_cannot_be_read_is_an_error_and_unconfirmed(
    make: MakeRequest, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer(body))

    async with raw_server(talk) as base, make() as request:
        with pytest.raises(TelegramError, match="Invalid server response") as caught:
            await request.post(address(base))
    assert meaning(caught.value) is Meaning.UNCONFIRMED
    assert "html" not in caplog.text, "an answer may hold messages and stays out of the log"


async def test_broken_utf8_is_replaced_and_not_refused(make: MakeRequest) -> None:
    assert make().parse_json_payload(b'{"ok":true,"result":"a\xffb"}') == {"ok": True, "result": "a\ufffdb"}


async def test_an_error_page_that_repeats_the_address_does_not_bring_the_token_back(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=502, text=f"<h1>no answer for {request.path}</h1>")

    async with web_server(handler) as base, make() as request:
        with pytest.raises(NetworkError, match="Bad Gateway") as caught:
            await request.post(address(base))
    assert not any(TOKEN in said for said in everything_said(caught.value))


async def test_a_redirect_is_not_followed(make: MakeRequest) -> None:
    paths: list[str] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        paths.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with web_server(handler) as base, make() as request:
        with pytest.raises(NetworkError):
            await request.post(address(base))
    assert paths == [f"/bot{TOKEN}/sendMessage"]


async def test_requests_one_after_the_other_share_a_connection(make: MakeRequest) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while await read_request(reader):
            writer.write(ok())

    async with raw_server(talk) as base, make() as request:
        for _ in range(5):
            assert await request.post(address(base), data(text="x")) is True
    assert connections == 1


async def test_requests_run_side_by_side_up_to_the_size_of_the_pool(make: MakeRequest) -> None:
    now = most = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        return web.json_response({"ok": True, "result": True})

    async with web_server(handler) as base, make(pool_size=3, timeouts=Timeouts(pool=10)) as request:
        await asyncio.gather(*(request.post(address(base)) for _ in range(9)))
    assert most == 3


async def test_starting_and_stopping_twice_does_no_harm_and_a_stopped_one_starts_again(make: MakeRequest) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": True})

    request = make()
    await request.shutdown()
    async with web_server(handler) as base:
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await request.post(address(base)) is True
            await request.shutdown()
            await request.shutdown()
        with pytest.raises(NetworkError, match="not initialized"):
            await request.post(address(base))


async def test_the_default_read_timeout_is_told(make: MakeRequest) -> None:
    assert make(timeouts=Timeouts(read=7.5)).read_timeout == 7.5
    assert make(timeouts=Timeouts(read=None)).read_timeout is None


async def test_the_library_runs_on_it_and_waits_long_for_updates(make: MakeRequest) -> None:
    me = {"id": 1, "is_bot": True, "first_name": "Kolokol", "username": "kolokol_bot"}

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/getMe"):
            return web.json_response({"ok": True, "result": me})
        await asyncio.sleep(1.0)
        return web.json_response({"ok": True, "result": []})

    short = make(timeouts=Timeouts(read=0.5))
    async with web_server(handler) as base:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=make(), get_updates_request=short)
        async with bot:
            assert bot.username == "kolokol_bot"
            assert await bot.get_updates(timeout=10) == ()
