"""The Bot API over HTTP: reads a request of any of its forms, has it carried out, writes the answer."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from inspect import isawaitable
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.sandbox import refusals
from bot.sandbox.faults import Fault
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.journal import Exchange
from bot.sandbox.methods import METHODS, Call
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.refusals import Refusal
from bot.sandbox.shapes import Json, is_whole
from bot.sandbox.world import World

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_TOKEN = re.compile(r"\d+:[\w-]{1,80}")
_JSON = [(b"content-type", b"application/json")]


class DroppedError(Exception):
    """The connection is to be cut without an answer."""


class BotApi:
    """An ASGI application for /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        world.webhook.reply = self.reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises DroppedError where a fault wants the connection cut."""
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            await self._download(path, send)
            return
        token, _, name = path.removeprefix("/bot").partition("/")
        try:
            parameters = await read_parameters(scope, receive)
        except Refusal as refusal:
            await respond(send, refusal.code, refusal.as_answer())
            return
        status, answer = await self.carry_out(unquote(token), name, parameters)
        await respond(send, status, answer)

    async def carry_out(self, token: str, name: str, parameters: Parameters) -> tuple[int, Json]:
        """Have a method carried out, with the faults that strike it; the status and the body of the answer."""
        if token.removesuffix("/test") != self.token:
            wording = refusals.UNAUTHORIZED if _TOKEN.fullmatch(token) else refusals.TOKEN_INVALID
            return wording.code, wording.refusal().as_answer()
        entry = METHODS.get(name.lower())
        if entry is None:
            return refusals.METHOD_NOT_FOUND.code, refusals.METHOD_NOT_FOUND.refusal().as_answer()
        faults = self._striking(entry[0], parameters)
        status, answer = await self._answer(entry[0], parameters, faults)
        exchange = Exchange(entry[0], parameters.values, tuple(parameters.uploads), status, answer)
        self.world.journal.answered(exchange)
        for fault in faults:
            if fault.kind == "slow":
                await asyncio.sleep(fault.delay_ms / 1000)
            elif fault.kind == "drop_after":
                raise DroppedError
            elif fault.kind == "error_after":
                return fault.code, fault.server_error().as_answer()
        return status, answer

    def _striking(self, name: str, parameters: Parameters) -> list[Fault]:
        if not self.world.faults.active:
            return []
        raw = parameters.text("chat_id")
        if raw.startswith("@"):
            raw = str(self.world.names.get(raw[1:].lower(), ""))
        return self.world.faults.striking(name, int(raw) if is_whole(raw) else None)

    async def _answer(self, name: str, parameters: Parameters, faults: list[Fault]) -> tuple[int, Json]:
        try:
            for fault in faults:
                if fault.kind == "drop_before":
                    raise DroppedError
                if fault.kind == "slow_before":
                    await asyncio.sleep(fault.delay_ms / 1000)
                refusal = fault.refusal(self._chat_kind(parameters))
                if refusal is not None:
                    raise refusal
            result = METHODS[name.lower()][1](Call(name, parameters, self.world))
            if isawaitable(result):
                result = await result
        except Refusal as refusal:
            return refusal.code, refusal.as_answer()
        except DroppedError:
            raise
        except Exception:
            log.exception("the sandbox failed in %s", name)
            return 500, refusals.INTERNAL.refusal().as_answer()
        return 200, {"ok": True, "result": result}

    def _chat_kind(self, parameters: Parameters) -> str:
        raw = parameters.text("chat_id")
        chat = self.world.chats.get(int(raw)) if is_whole(raw) else None
        return chat.type if chat else "group"

    async def reply(self, answer: Json) -> None:
        """Carry out the method call that a webhook answered with; what goes wrong is nobody's to hear."""
        values = {name: value for name, value in answer.items() if name != "method"}
        try:
            await self.carry_out(self.token, str(answer["method"]), Parameters(values))
        except DroppedError:
            return

    async def _download(self, path: str, send: Send) -> None:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        stored = self.world.files.by_path(name) if unquote(token) == self.token else None
        if stored is None:
            wording = refusals.NOT_FOUND if unquote(token) == self.token else refusals.UNAUTHORIZED
            await respond(send, wording.code, wording.refusal().as_answer())
            return
        headers = [(b"content-type", b"application/octet-stream")]
        await respond_bytes(send, 200, stored.content, headers)


async def read_body(receive: Receive) -> bytes:
    """The whole body; refuses one that is larger than the largest upload."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY_LIMIT:
            raise refusals.UPLOAD_TOO_BIG.refusal()
    return b"".join(parts)


async def read_parameters(scope: Scope, receive: Receive) -> Parameters:
    """The parameters of a request: of its address, and of its body in any of the three forms."""
    values: Json = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    kind, headers = "", scope["headers"]
    for name, value in headers:
        if name == b"content-type":
            kind = value.decode("latin-1")
    body = await read_body(receive)
    if not body:
        return Parameters(values)
    form = kind.partition(";")[0].strip().lower()
    if form == "application/json":
        return Parameters(values | _json_object(body))
    if form == "multipart/form-data":
        return await _multipart(values, kind, body)
    if form == "application/x-www-form-urlencoded":
        values |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Parameters(values)


def _json_object(body: bytes) -> Json:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise refusals.BODY_UNREADABLE.refusal()
    return found


async def _multipart(values: Json, kind: str, body: bytes) -> Parameters:
    async def stream() -> Any:
        yield body

    uploads: dict[str, Upload] = {}
    try:
        parser = MultiPartParser(Headers({"content-type": kind}), stream(), max_part_size=BODY_LIMIT)
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise refusals.FORM_UNREADABLE.refusal(why=error) from None
    for name, item in form.multi_items():
        if isinstance(item, UploadFile):
            content = await item.read()
            uploads[name] = Upload(item.filename or "", item.content_type or "", content)
        else:
            values[name] = item
    await form.close()
    return Parameters(values, uploads)


async def respond(send: Send, status: int, answer: Json) -> None:
    """Write a JSON answer."""
    await respond_bytes(send, status, orjson.dumps(answer), _JSON)


async def respond_bytes(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Write an answer."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
