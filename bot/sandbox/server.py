"""The sandbox as a running server on loopback: Bot API, control routes and chat page behind one address."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from uvicorn.server import ServerState

from bot.sandbox.acts import Acts
from bot.sandbox.bodies import NO_STORE, answer
from bot.sandbox.chats import Person
from bot.sandbox.control import Control
from bot.sandbox.faults import Faults
from bot.sandbox.hosting import Hosting
from bot.sandbox.http import BotApi, DroppedError, Receive, Scope, Send
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits
from bot.sandbox.shapes import Clock
from bot.sandbox.steering import Steering
from bot.sandbox.timepiece import Move, NextDue, Timepiece
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
BOT_ID = 7000000001
TOKEN = f"{BOT_ID}:sandbox-only-this-is-no-secret"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
GRACE = 0.3  # seconds that requests under way have to end when the server stops
KEEP_ALIVE = 75

_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")


class SandboxError(Exception):
    """The sandbox cannot be started so; the message says why and what would do."""


def default_world(clock: Clock, limits: Limits, *, username: str, name: str, seed: int, exchanges: int) -> World:
    """A bot, two people, a group and a channel: what the chat page shows."""
    bot = Person(BOT_ID, name, username=username, is_bot=True)
    world = World(clock, bot, limits, keep_exchanges=exchanges, seed=seed)
    you = world.add_person("You", user_id=1001, username="you_here", language_code="en", role="you")
    editor = world.add_person("Editor", user_id=1002, username="the_editor", language_code="ru", role="editor")
    world.add_chat("supergroup", "Friends abroad", chat_id=-1001000000001, creator=editor.id, members=(you.id,))
    world.add_chat(
        "channel",
        "News from exile",
        chat_id=-1001000000002,
        username="news_from_exile",
        creator=editor.id,
        members=(you.id,),
        bot="administrator",
    )
    return world


class Sandbox:
    """A Bot API server with its world; `async with Sandbox() as sandbox:` starts and stops it.

    `limits` is a preset's name (strict, demo, off) or the limits themselves, `clock` answers the time that
    messages, limits and lifetimes go by, `move` moves it ahead and `next_due` says to where (see Timepiece).
    Waiting (long polls, slow answers) takes real time.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        token: str = TOKEN,
        clock: Clock | None = None,
        move: Move | None = None,
        next_due: NextDue | None = None,
        limits: Limits | str = "strict",
        username: str = "kolokol_sandbox_bot",
        name: str = "Kolokol",
        seed: int = 0,
        exchanges: int = 10_000,
        page: Path = PAGE,
    ) -> None:
        if isinstance(limits, str):
            limits = Limits.preset(limits)
        check_host(host)
        self.host, self.port, self.token, self.page = host, port, token, page
        self.time = Timepiece(clock, move, next_due)
        self.world = default_world(self.time, limits, username=username, name=name, seed=seed, exchanges=exchanges)
        self.acts = Acts(self.world)
        self._api = BotApi(self.world, token)
        self._web = Starlette(
            routes=[
                *Control(self.acts).routes(),
                *Hosting(self.acts).routes(),
                *Steering(self.world, self.time).routes(),
                Route("/", self._index),
                Route("/page/{name:path}", self._static),
            ],
            exception_handlers={HTTPException: _plain_error},
        )
        self._state = ServerState()
        self._server: asyncio.Server | None = None
        self._stopping = False

    @property
    def url(self) -> str:
        """The address, for KOLOKOL_BOT_API_URL and for a browser: no slash at its end."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def faults(self) -> Faults:
        """The scripted faults."""
        return self.world.faults

    @property
    def journal(self) -> Journal:
        """The message log and the requests with their answers."""
        return self.world.journal

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self.world.pace.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.world.pace.limits = limits

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; with port 0 on a free one. Raises SandboxError where the port is taken."""
        loop = asyncio.get_running_loop()
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE,
            ws="none",
            interface="asgi3",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            h11_max_incomplete_event_size=64 * 1024,
            loop="none",
        )
        config.load()
        # httptools where it is installed, else h11: uvicorn chooses.
        protocol: Any = config.http_protocol_class
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            self._server = await loop.create_server(
                lambda: protocol(config=config, server_state=self._state, app_state={}, _loop=loop),
                self.host,
                self.port,
                family=family,
                backlog=2048,
            )
        except OSError as error:
            raise SandboxError(f"cannot listen on {self.host}:{self.port}: {error.strerror or error}") from error
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop within a second, whatever polls and streams are open."""
        if self._server is None:
            return
        self._stopping = True
        self._server.close()
        self.world.events.close()
        self.world.updates.stop()
        for connection in list(self._state.connections):
            connection.shutdown()
        tasks = list(self._state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for task in self._state.tasks:
            task.cancel()
        await asyncio.gather(*self._state.tasks, return_exceptions=True)
        await self.world.webhook.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        await self._server.wait_closed()
        self._server = None

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        app = self._api if path.startswith(("/bot", "/file/bot")) else self._web
        try:
            if app is self._web and is_foreign(scope):
                refused = answer({"error": "only pages of this address may ask here"}, 403)
                await refused(scope, receive, send)
            else:
                await app(scope, receive, send)
        except DroppedError:
            await self._cut(scope)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            await self._cut(scope)

    async def _cut(self, scope: Scope) -> None:
        """Cut the connection, and wait until the server knows: else it would answer for us."""
        for connection in list(self._state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                connection.transport.abort()
                while connection in self._state.connections:  # noqa: ASYNC110 - a turn or two of the loop
                    await asyncio.sleep(0)

    async def _index(self, request: Request) -> Response:
        return self._page_file(request, "index.html")

    async def _static(self, request: Request) -> Response:
        return self._page_file(request, request.path_params["name"])

    def _page_file(self, request: Request, name: str) -> Response:
        """A file of the page; nothing above its folder."""
        path = (self.page / name).resolve()
        if not path.is_relative_to(self.page.resolve()) or not path.is_file():
            return answer({"error": f"there is no page {request.url.path}"}, 404)
        headers = {
            **NO_STORE,
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        return FileResponse(path, headers=headers)


def check_host(host: str) -> None:
    """Raise SandboxError unless the host is on loopback."""
    with contextlib.suppress(ValueError):
        if ip_address(host).is_loopback:
            return
    raise SandboxError(f"the sandbox listens on loopback only, not on {host!r}: use 127.0.0.1 or ::1")


def is_foreign(scope: Scope) -> bool:
    """Whether a page from elsewhere asks: a web site open in the same browser must not play with the sandbox.

    Its origin is not this address, or (where its name was made to point here) the host is not a loopback one.
    """
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    origin = headers.get(b"origin", b"").decode("latin-1")
    return name not in _OWN_NAMES or (origin != "" and origin.partition("://")[2] != host)


async def _plain_error(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette hands it over
    status = error.status_code if isinstance(error, HTTPException) else 500
    return answer({"error": str(getattr(error, "detail", error))}, status)


@contextlib.asynccontextmanager
async def serve(port: int = 0, **settings: Any) -> AsyncIterator[Sandbox]:
    """The same as `async with Sandbox(port=port, …)`: a running sandbox for as long as the block lasts."""
    async with Sandbox(port=port, **settings) as sandbox:
        yield sandbox
