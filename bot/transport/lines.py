"""Connections to the Bot API over which one small request after the other goes: as little HTTP/1.1 as that takes.

Why beside `AiohttpRequest`: a digest sends the same short POST a thousand times a second, and aiohttp takes eight times
the processor time for it (`make bench` shows both). The contract is the same: `Unsent` and `UnsentTimedOut` where not
one byte was handed to the socket, `TimedOut` or `NetworkError` where one was and no answer could be read; no error
carries the token. Not supported: request bodies from files, compressed answers (none are asked for).
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Final, cast

from telegram.error import NetworkError, TimedOut
from yarl import URL

from bot.logs import redact
from bot.transport.answer import Answer, AnswerError, read_answer
from bot.transport.errors import Unsent, UnsentTimedOut
from bot.transport.request import IDLE_SECONDS, Timeouts, proxy_of, without_token

_MOST_HEARD: Final = 1 << 20  # bytes of one answer: a message comes back with its text, which is far smaller


def nothing() -> None:
    """What happens between writing a request and reading its answer, where nobody watches."""


class Lines:
    """A pool of connections that grows with the number of requests side by side; whoever sends bounds that number.

    `base_url` ends with the token, as in `https://api.telegram.org/bot…`; `proxy` and `tls` as in `AiohttpRequest`.
    `opened` counts the connections that were made.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._base, self._url = base_url, URL(base_url, encoded=True)
        self._timeouts = timeouts or Timeouts()
        self._proxy, self._login = proxy_of(proxy)
        self._tls = (tls or ssl.create_default_context()) if self._url.scheme == "https" else None
        self._heads: dict[str, bytes] = {}
        self._idle: list[_Line] = []
        self._busy: set[_Line] = set()
        self.opened = 0

    @property
    def patience(self) -> float:
        """For how many seconds an answer is waited for; after that a request is unconfirmed."""
        return self._timeouts.read or 0.0

    async def post(self, method: str, body: bytes, on_left: Callable[[], None] = nothing) -> tuple[int, bytes]:
        """Send a JSON body; the status and the body of the answer. `on_left` is called when it was written.

        Raises as the module says.
        """
        head = self._heads.get(method) or self._head(method)
        line = self._rested() or await self._connect()
        self._busy.add(line)
        try:
            answer = await line.exchange(b"%b%d\r\n\r\n%b" % (head, len(body), body), self._timeouts.read, on_left)
        except BaseException:
            line.abort()
            raise
        finally:
            self._busy.discard(line)
        if answer.keeps:
            line.rests_since = asyncio.get_running_loop().time()
            self._idle.append(line)
        else:
            line.abort()
        # An error page may repeat the address.
        whole = answer.status < 300
        return answer.status, answer.body if whole else without_token(answer.body, f"{self._base}/")

    async def close(self) -> None:
        """Cut every connection; a request under way gets a `NetworkError`."""
        for line in (*self._idle, *self._busy):
            line.abort()
        self._idle.clear()
        await asyncio.sleep(0)

    def _head(self, method: str) -> bytes:
        url = self._url / method
        # A proxy that forwards is given the whole address (RFC 9112, 3.2.2).
        forwarded = self._proxy is not None and self._tls is None
        lines = [f"POST {url if forwarded else url.raw_path} HTTP/1.1", f"Host: {url.raw_authority}"]
        if forwarded and self._login:
            lines.append(f"Proxy-Authorization: {self._login}")
        lines += ["Content-Type: application/json", "Content-Length: "]
        self._heads[method] = head = "\r\n".join(lines).encode()
        return head

    def _rested(self) -> _Line | None:
        """The connection that was used last, unless the other end has closed it or soon will."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            line = self._idle.pop()
            if not line.closed and now - line.rests_since < IDLE_SECONDS:
                return line
            line.abort()
        return None

    async def _connect(self) -> _Line:
        try:
            async with asyncio.timeout(self._timeouts.connect):
                line = await self._open()
        except TimeoutError:
            failure: NetworkError = UnsentTimedOut("Timed out while connecting: nothing was sent to Telegram")
        except (OSError, NetworkError, ssl.CertificateError) as error:
            said = redact(str(error), self._base, self._login)
            failure = Unsent(f"Nothing was sent to Telegram: no connection, {type(error).__name__}: {said}")
        else:
            self.opened += 1
            return line
        # Raised out here so that the error has neither cause nor context: both may carry a login.
        raise failure

    async def _open(self) -> _Line:
        loop = asyncio.get_running_loop()
        there = self._proxy or self._url
        direct_tls = None if self._proxy else self._tls
        _, line = await loop.create_connection(_Line, str(there.host), int(there.port or 0), ssl=direct_tls)
        if self._proxy and self._tls:
            await self._tunnel(line, self._tls)
        return line

    async def _tunnel(self, line: _Line, tls: ssl.SSLContext) -> None:
        """Ask the proxy for a tunnel, and speak TLS through it."""
        target = f"{self._url.host}:{self._url.port}"
        login = f"Proxy-Authorization: {self._login}\r\n" if self._login else ""
        asked = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{login}\r\n"
        try:
            answer = await line.exchange(asked.encode(), None, tunnel=True)
            if answer.status != 200:
                raise NetworkError(f"the proxy answers {answer.status}")
            loop = asyncio.get_running_loop()
            made = await loop.start_tls(line.transport, line, tls, server_hostname=self._url.host)
            line.transport = cast("asyncio.Transport", made)
        except BaseException:
            line.abort()
            raise


class _Line(asyncio.Protocol):
    """One connection; one request at a time."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.closed = False
        self.rests_since = 0.0
        self._heard = b""
        self._awaited: asyncio.Future[Answer] | None = None
        self._tunnel = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    async def exchange(
        self,
        request: bytes,
        patience: float | None,
        on_left: Callable[[], None] = nothing,
        *,
        tunnel: bool = False,
    ) -> Answer:
        """Write a request and wait for its answer; `tunnel` for one that has no body whatever its head says."""
        if self.closed or self.transport.is_closing():
            raise Unsent("The connection was closed before the request was written: nothing was sent to Telegram")
        loop = asyncio.get_running_loop()
        self._heard, self._tunnel = b"", tunnel
        self._awaited = awaited = loop.create_future()
        timer = None if patience is None else loop.call_later(patience, self._tire)
        self.transport.write(request)
        try:
            on_left()
            answer: Answer = await awaited
            return answer
        finally:
            self._awaited = None
            if timer is not None:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        if self._awaited is None:  # nobody asked: such a connection is not to be used again
            self.abort()
            return
        self._heard = self._heard + data if self._heard else data
        self._look(ended=False)

    def eof_received(self) -> bool:
        self.closed = True
        self._look(ended=True)
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        name = f" ({type(error).__name__})" if error else ""
        self._fail(NetworkError(f"The connection was lost before the answer was read{name}"))

    def abort(self) -> None:
        """Cut it, without a word to the other end."""
        self.closed = True
        self.transport.abort()

    def _look(self, *, ended: bool) -> None:
        awaited = self._awaited
        if awaited is None or awaited.done():
            return
        try:
            if len(self._heard) > _MOST_HEARD:
                raise AnswerError("it is too long")
            answer = read_answer(self._heard, ended=ended, tunnel=self._tunnel)
        except AnswerError as error:
            self._fail(NetworkError(f"The answer is no HTTP that could be read: {error}"))
            return
        if answer is not None:
            awaited.set_result(answer)

    def _tire(self) -> None:
        self._fail(TimedOut("Timed out while waiting for the answer"))

    def _fail(self, error: NetworkError) -> None:
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_exception(error)
