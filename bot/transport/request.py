"""python-telegram-bot's request layer over aiohttp and orjson.

Why not its own: over httpx a bot answers some tens of updates a second where each request takes 50 ms. The contract
that any replacement has to keep is tests/transport/test_request.py.

Supported: http and https addresses, HTTP/1.1 with keep-alive, an `http://` proxy with name and password (https
addresses are tunnelled by CONNECT). Not supported: SOCKS proxies and proxies spoken to over TLS (refused with a
`ValueError`), HTTP/2, proxies from the environment. Redirects are not followed: the token must not travel.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.logs import redact
from bot.transport.body import Body, WriteTimeout, body_of
from bot.transport.errors import Unsent, UnsentTimedOut

T = TypeVar("T")

_NO_LIMIT: Final = 0
IDLE_SECONDS: Final = 30.0  # how long an unused connection is kept for the next request
_SHORTEST_TIMEOUT: Final = 0.001  # aiohttp reads 0 as "no limit"
_TOKEN_IN_ADDRESS: Final = re.compile(r"/bot([^/]+)/")
_POOL_TIMEOUT: Final = (
    "Pool timeout: every connection in the pool is in use. Nothing was sent to Telegram. "
    "Raise the size of the connection pool or the pool timeout."
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The default time limits in seconds; None is no limit.

    `read`: between two pieces of an answer, and before its first; `write`: for each 64 KiB of a request, `upload` in
    its place where the request carries files; `connect`: name, TCP, proxy and TLS together; `pool`: for a free
    connection. Numbers: python-telegram-bot's own defaults.
    """

    read: float | None = 5.0
    write: float | None = 5.0
    upload: float | None = 20.0
    connect: float | None = 5.0
    pool: float | None = 1.0


class AiohttpRequest(BaseRequest):
    """Requests to the Bot API through one pool of `pool_size` connections.

    Errors: `TimedOut` for every kind of time-out, `NetworkError` for everything else that keeps an answer from being
    read; both as `UnsentTimedOut` and `Unsent` where not one byte of the request had been written. No error of this
    class carries the token, also not in its cause or context. `proxy` is a URL such as
    `http://name:password@host:3128`; `tls` replaces the system's trust store.
    """

    __slots__ = ("_free", "_pool_size", "_proxy", "_proxy_login", "_session", "_timeouts", "_tls")

    def __init__(
        self,
        pool_size: int = 256,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._pool_size = pool_size
        self._timeouts = timeouts or Timeouts()
        self._proxy, self._proxy_login = proxy_of(proxy)
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None
        self._free = asyncio.Semaphore(pool_size)

    @property
    def read_timeout(self) -> float | None:
        """The default read time-out in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the pool; nothing happens where it is open."""
        if self._session is not None:
            return
        self._free = asyncio.Semaphore(self._pool_size)
        # The pool is ours (`_free`), so that waiting for it and connecting have each a time-out of their own.
        connector = aiohttp.TCPConnector(
            limit=_NO_LIMIT, keepalive_timeout=IDLE_SECONDS, ttl_dns_cache=60, ssl=self._tls or True
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trust_env=False,
        )

    async def shutdown(self) -> None:
        """Close the pool and its connections; nothing happens where it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; the status and the body of the answer. See `BaseRequest.do_request`."""
        session = self._session
        if session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        limits = self._timeouts
        uploads = request_data is not None and request_data.contains_files
        body = body_of(request_data, _or(write_timeout, limits.upload if uploads else limits.write))
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_shortest(_or(connect_timeout, limits.connect)),
            sock_read=_shortest(_or(read_timeout, limits.read)),
        )
        try:
            async with self._connection(_or(pool_timeout, limits.pool)):
                code, payload = await self._exchange(session, method, url, body, timeout)
        except TelegramError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold the address
            failure = self._explained(error, url, body)
        else:
            return code, without_token(payload, url) if code >= 300 else _with_result(payload, method)
        # Raised out here so that the error has neither cause nor context: both would carry the address.
        raise failure

    async def _exchange(
        self, session: aiohttp.ClientSession, method: str, url: str, body: Body, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        extra: dict[str, Any] = {}
        if self._proxy is not None and self._proxy_login is not None:
            # A tunnel is asked for with the login; a forwarded request carries it.
            tunnelled = url.startswith("https:")
            extra["proxy_headers" if tunnelled else "headers"] = {"Proxy-Authorization": self._proxy_login}
        async with session.request(
            method,
            URL(url, encoded=True),
            data=None if method == "GET" else body,
            timeout=limits,
            allow_redirects=False,
            proxy=self._proxy,
            **extra,
        ) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def _connection(self, patience: float | None) -> AsyncIterator[None]:
        if self._free.locked():
            await self._wait_for_one(patience)
        else:
            await self._free.acquire()
        try:
            yield
        finally:
            self._free.release()

    async def _wait_for_one(self, patience: float | None) -> None:
        try:
            async with asyncio.timeout(patience):
                await self._free.acquire()
        except TimeoutError:
            late = True
        else:
            late = False
        if late:
            raise UnsentTimedOut(_POOL_TIMEOUT)

    def _explained(self, error: Exception, url: str, body: Body) -> NetworkError:
        """What python-telegram-bot expects in place of `error`, with nothing secret in it."""
        unsent = isinstance(error, _BEFORE_WRITING) or not body.begun
        if isinstance(error, WriteTimeout):
            return TimedOut("Timed out while the request was being written")
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return UnsentTimedOut("Timed out while connecting: nothing was sent to Telegram")
        if isinstance(error, TimeoutError):
            return TimedOut("Timed out while waiting for the answer")
        known = _TOKEN_IN_ADDRESS.search(url)
        text = redact(str(error), url, known and known[1], self._proxy_login)
        return (Unsent if unsent else NetworkError)(f"{type(error).__name__}: {text}")

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer as a dict; bytes that are no UTF-8 are replaced, as in `BaseRequest`.

        Raises `TelegramError` where it is no JSON object. The answer itself is not logged: it may hold messages.
        """
        try:
            try:
                answer = orjson.loads(payload)
            except orjson.JSONDecodeError:
                answer = orjson.loads(payload.decode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


# A GET has no body that could tell, so for these the class tells: all are raised before a request can be written.
_BEFORE_WRITING: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientConnectorCertificateError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


def _or(given: ODVInput[T], otherwise: T | None) -> T | None:
    return otherwise if isinstance(given, DefaultValue) else given


def _shortest(seconds: float | None) -> float | None:
    return None if seconds is None else max(seconds, _SHORTEST_TIMEOUT)


def _with_result(payload: bytes, method: str) -> bytes:
    # `BaseRequest.post` would answer a missing result with a bare KeyError.
    if method == "POST" and b'"result"' not in payload and isinstance(_parsed(payload), dict):
        raise TelegramError("Invalid server response: it has no result")
    return payload


def _parsed(payload: bytes) -> object:
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return None


def without_token(payload: bytes, url: str) -> bytes:
    """An error page may repeat the address, and python-telegram-bot puts the page into its message."""
    known = _TOKEN_IN_ADDRESS.search(url)
    return payload.replace(known[1].encode(), b"<redacted>") if known else payload


def proxy_of(address: str | None) -> tuple[URL | None, str | None]:
    """The proxy without its login, and the login as a header value."""
    if not address:
        return None, None
    try:
        url = URL(address)
    except ValueError:
        url = URL()
    if url.scheme != "http" or not url.host:
        raise ValueError(
            "The proxy must be given as http://host:port or http://name:password@host:port. SOCKS and https proxies "
            "are not supported; a local HTTP proxy in front of them (privoxy, for example) is."
        )
    login = aiohttp.encode_basic_auth(url.user, url.password or "") if url.user else None
    return url.with_user(None), login
